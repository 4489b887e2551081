"""Puts one unit's sections into a menu, and what stands around them."""

from __future__ import annotations

import random
from dataclasses import replace

from tests.portals import words
from tests.portals.content import (
    Anchor,
    Block,
    Grid,
    Office,
    Officer,
    Para,
    Portal,
    Post,
    Question,
    Section,
    UnitInfo,
)
from tests.portals.days import in_period
from tests.portals.plan import Case
from tests.portals.posts import Ids, PostMaker
from tests.portals.registers import DocumentMaker, PetitionMaker
from tests.portals.sections import SERVICE_PORTALS, STATES, SectionMaker

GOVERNMENT = Anchor("Cổng Thông tin điện tử Chính phủ", "https://chinhphu.vn/")
_RELATIVE_SKINS = ("plain", "wordpress")


def direction_news(ids: Ids, seed: int) -> list[Post]:
    """The province's news of its leaders, copied to every portal."""
    maker = PostMaker("UBND tỉnh", random.Random(f"{seed}/direction"), ids)
    return maker.inside(5, words.DIRECTION) + maker.old(words.DIRECTION, 6)


class SiteBuilder:
    """One portal of the fleet."""

    def __init__(self, unit: UnitInfo, skin: str, cases: dict[str, Case], ids: Ids, seed: int) -> None:
        self.unit = unit
        self.skin = skin
        self.cases = {topic: case[0] for topic, case in cases.items()}
        self.rng = random.Random(f"{seed}/{unit.id}")
        self.ids = ids
        self.posts = PostMaker(unit.name, self.rng, ids)
        self.make = SectionMaker(unit, skin, self.rng, self.posts)
        self.petitions: list[Question] = []
        self.officer: Officer | None = None

    def build(self, direction: list[Post]) -> Portal:
        """The whole portal; links to other units are set later, when all are known."""
        office = self._office()
        self.officer = self._officer()
        sections = [
            *self._introduction(),
            *self._news(direction),
            *self._papers(),
            *self._topics(),
            *self._exchange(office),
        ]
        portal = Portal(self.unit, self.skin, office, sections, self.officer)
        self._tools(portal)
        portal.style = self.rng.randrange(1_000)
        portal.site_map = any(not section.menu for section in portal.walk()) or self.rng.random() < 0.3
        portal.validators = self.rng.random() < 0.8
        if any(section.state == "refused" for section in portal.walk()):
            portal.robots = "refused"
        return portal

    # --- menu -----------------------------------------------------------------------------------

    def _introduction(self) -> list[Section]:
        children = self.make.organisation(self.cases["organisation"])
        if self.unit.kind == "department":
            children += self.make.presence("history", self.cases["history"])
        else:
            children += self.make.presence("culture", self.cases["culture"])
        if self.rng.random() < 0.5:
            overview = self.make.overview()
            overview.children = children
            return [overview]
        return (
            [self.make.section("folder", "Giới thiệu", kind="folder", children=children)] if children else []
        )

    def _news(self, direction: list[Post]) -> list[Section]:
        sections = self.make.counted("news", self.cases["news"])
        for section in sections:
            self._spice(section)
            self._divide(section)
        notices = self.posts.inside(self.rng.randint(0, 3), words.NOTICES) + self.posts.old(words.NOTICES, 3)
        sections.append(self.make.section("notices", "Thông báo", posts=notices))
        copied = direction[: self.rng.randint(0, len(direction))]
        if copied:
            sections.append(
                self.make.section("direction", "Thông tin chỉ đạo, điều hành", posts=list(copied))
            )
        return sections

    def _spice(self, section: Section) -> None:
        """Things that must not change the count: undated, impossible, future, pinned, long ago."""
        if not self.cases["news"].isdigit():
            return
        chance = self.rng.random()
        if chance < 0.35:
            section.posts += self.posts.odd(words.NEWS)
        if chance < 0.5:
            section.posts += self.posts.pinned(words.NEWS)
        if 0.5 < chance < 0.65:
            section.posts.append(self.posts.again(section.posts[-1]))
        if self.skin in _RELATIVE_SKINS and int(self.cases["news"]) > 2:
            section.posts = self.posts.ago(section.posts, words.NEWS)

    def _divide(self, section: Section) -> None:
        """Some portals keep news in child sections, which the parent shows as well."""
        if section.state != "ok" or len(section.posts) < 4 or self.rng.random() < 0.5:
            return
        child = self.make.section(
            "news", self.rng.choice(("Tin trong tỉnh", "Hoạt động của ngành", "Tin địa phương"))
        )
        moved = section.posts[::3]
        shared, only_there = moved[::2], moved[1::2]
        section.posts = [post for post in section.posts if post not in only_there]
        child.posts = [*shared, *only_there]
        child.per_page = section.per_page
        section.children = [child]

    def _papers(self) -> list[Section]:
        case = self.cases["documents"]
        if case in ("missing", "placeholder", "error"):
            sections = self._no_documents(case)
        else:
            sections = [self.make.section("documents", self._documents_label(), kind="documents")]
            sections[0].documents = DocumentMaker(self.unit, self.rng, self.ids).register(case)
            sections[0].document_search = case != "no_search"
            sections[0].issuer_column = case != "no_issuer"
            sections[0].posted_column = case != "unposted"
            sections[0].per_page = 10
        if self.unit.kind == "department":
            sections += self.make.presence("drafts", self.cases["drafts"])
        return sections

    def _documents_label(self) -> str:
        return self.rng.choice(
            ("Văn bản", "Hệ thống văn bản", "Văn bản pháp quy", "Văn bản quản lý, điều hành")
        )

    def _no_documents(self, case: str) -> list[Section]:
        if case == "missing":
            return []
        return [self.make.section("documents", self._documents_label(), kind="documents", state=STATES[case])]

    def _topics(self) -> list[Section]:
        one_column = ("strategy", "projects", "plans", "finance", "statistics", "rewards")
        inside = [
            s
            for topic in one_column
            if topic in self.cases
            for s in self.make.presence(topic, self.cases[topic])
        ]
        inside += self.make.access(self.cases["access"])
        self.rng.shuffle(inside)
        sections = self.make.counted("law", self.cases["law"])
        if "radio" in self.cases:
            sections += self.make.counted("radio", self.cases["radio"])
        sections += self.make.procedures(self._procedures_case())
        sections += self.make.services(self.cases["services"])
        if self.rng.random() < 0.5 and inside:
            return [*sections, self.make.section("folder", "Chuyên mục", kind="folder", children=inside)]
        return [*sections, *inside]

    def _procedures_case(self) -> str:
        """The national procedure pages stand on the service portal's host: never together with "no link"."""
        if self.cases["services"] in ("missing", "outdated") and self.cases["procedures"] == "national":
            return "list"
        return self.cases["procedures"]

    def _exchange(self, office: Office) -> list[Section]:
        sections = self.make.schedule(self.cases["schedule"])
        sections += self._petitions()
        contact = self.make.section("contact", self.rng.choice(("Liên hệ", "Thông tin liên hệ")), kind="page")
        contact.blocks = (
            self._office_blocks(office)
            if office.on_page
            else (Para("Mời quý vị gửi ý kiến góp ý cho Ban Biên tập."),)
        )
        if self.cases["officer"] != "none":
            contact.children = [self._officer_page()]
        return [*sections, contact]

    def _petitions(self) -> list[Section]:
        case = self.cases["petitions"]
        mine = PetitionMaker(self.unit, self.rng, self.ids).petitions(case)
        label = self.rng.choice(("Phản ánh, kiến nghị", "Phản ánh kiến nghị", "Hỏi đáp"))
        if case in ("no_own", "own_login", "error"):
            self.petitions = mine
            state = {"own_login": STATES["login"], "error": STATES["error"]}.get(case)
            return [self.make.section("petitions", label, kind="questions", state=state)] if state else []
        section = self.make.section("petitions", label, kind="questions")
        for question in mine:
            where = self.rng.choice(("province", "own", "both"))
            if where != "own":
                self.petitions.append(question)
            if where != "province":
                section.questions.append(question)
        section.state = "ok" if section.questions else "empty"
        return [section]

    # --- contact --------------------------------------------------------------------------------

    def _office(self) -> Office:
        case = self.cases["contact"]
        if case == "none":
            return Office(None, None, None, None, False, False)
        tail = f"02223.{self.rng.randint(800, 899)}.{self.rng.randint(100, 999)}"
        mail = f"{self.unit.id}@bacninh.gov.vn" if case != "private_mail" else f"{self.unit.id}.vp@gmail.com"
        fax: str | None = tail[:-1] + str((int(tail[-1]) + 1) % 10)
        phone: str | None = tail
        if case == "part":
            phone, fax = (None, None) if self.unit.kind == "commune" else (tail, None)
        address = f"Số {self.rng.randint(2, 90)}, đường Lý Thái Tổ, tỉnh Bắc Ninh"
        return Office(address, phone, fax, mail, case != "page", case == "page" or self.rng.random() < 0.5)

    def _office_blocks(self, office: Office) -> tuple[Block, ...]:
        lines = (
            self.unit.name,
            f"Địa chỉ: {office.address}",
            office.phone and f"Điện thoại: {office.phone}",
            office.fax and f"Fax: {office.fax}",
            office.email and f"Email: {office.email}",
        )
        return tuple(Para(line) for line in lines if line)

    def _officer(self) -> Officer | None:
        case = self.cases["officer"]
        if case == "none":
            return None
        name = f"{self.rng.choice(words.FAMILY)} Đức {self.rng.choice(('Bình', 'Hải', 'Long', 'Sơn'))}"
        part = case == "some"
        return Officer(
            name,
            self.rng.choice(words.POSITIONS),
            f"Văn phòng {self.unit.name}",
            None if part else f"0222.3{self.rng.randint(100_000, 999_999)}",
            None if part else f"0222.3{self.rng.randint(100_000, 999_999)}",
            f"{self.unit.id}.vanphong@bacninh.gov.vn",
        )

    def _officer_page(self) -> Section:
        officer = self.officer
        assert officer is not None
        cells = {
            "Họ và tên": officer.name,
            "Chức vụ": officer.position,
            "Đơn vị công tác": officer.workplace,
            "Điện thoại": officer.phone,
            "Fax": officer.fax,
            "Email": officer.email,
        }
        shown = {head: cell for head, cell in cells.items() if cell}
        label = self.rng.choice(("Cán bộ đầu mối liên hệ", "Đầu mối liên hệ"))
        grid = Grid(tuple(shown), (tuple(shown.values()),))
        return self.make.section(
            "officer", label, kind="page", blocks=(Para("Cán bộ, công chức có thẩm quyền:"), grid)
        )

    # --- tools ----------------------------------------------------------------------------------

    def _tools(self, portal: Portal) -> None:
        case = self.cases["tools"]
        portal.print_tool = case != "no_print"
        portal.save_tool = case != "no_save"
        if case == "one_bare":
            bare_newest(portal)
        portal.search = self.cases["search"]  # type: ignore[assignment]
        if self.cases["services"] == "banner":
            portal.links = (Anchor("Cổng Dịch vụ công quốc gia", SERVICE_PORTALS[0]),)


def bare_newest(portal: Portal) -> None:
    """Take the tools away from the newest article a sample must hold: of the period, else of any date."""
    dated = [
        post.when for section in portal.walk() if section.readable for post in section.posts if post.when
    ]
    of_period = [when for when in dated if in_period(when.date())]
    newest = max(of_period or dated)
    for section in portal.walk():
        section.posts = [
            replace(post, tools=False) if post.when == newest else post for post in section.posts
        ]
