"""Topic by topic: the sections that make one case of one criterion come about."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from tests.portals import words
from tests.portals.content import (
    Anchor,
    Block,
    Bullets,
    FileLink,
    Grid,
    Heading,
    Para,
    Picture,
    Post,
    Section,
    State,
    UnitInfo,
)
from tests.portals.posts import PostMaker
from tests.portals.text import slug

STATES: dict[str, State] = {
    "placeholder": "placeholder",
    "soft404": "soft404",
    "login": "login",
    "empty": "empty",
    "error": "error",
    "refused": "refused",
    "flaky": "flaky",
}
LABELS: dict[str, tuple[str, ...]] = {
    "structure": ("Cơ cấu tổ chức", "Sơ đồ tổ chức", "Tổ chức bộ máy"),
    "functions": ("Chức năng, nhiệm vụ", "Chức năng - Nhiệm vụ - Quyền hạn"),
    "subordinate": ("Đơn vị trực thuộc", "Các đơn vị trực thuộc"),
    "apparatus": ("Tổ chức bộ máy", "Cơ cấu tổ chức"),
    "map": ("Bản đồ địa giới hành chính", "Bản đồ hành chính"),
    "history": ("Lịch sử hình thành và phát triển", "Lịch sử hình thành"),
    "culture": ("Lịch sử, văn hóa, di tích, danh thắng", "Lịch sử - Văn hóa", "Di tích, danh thắng"),
    "news": ("Tin tức - Sự kiện", "Tin tức, sự kiện", "Tin tức sự kiện", "TIN TỨC"),
    "law": (
        "Phổ biến, hướng dẫn pháp luật, chế độ, chính sách",
        "Phổ biến giáo dục pháp luật",
        "Tuyên truyền pháp luật",
    ),
    "strategy": ("Chiến lược, quy hoạch, kế hoạch", "Quy hoạch - Kế hoạch", "Chiến lược - Quy hoạch"),
    "projects": (
        "Dự án, đầu tư công, mua sắm công",
        "Dự án - Đầu tư - Mua sắm công",
        "Thông tin dự án đầu tư",
    ),
    "plans": ("Kế hoạch, dự án, công trình đầu tư", "Thông tin dự án đầu tư", "Dự án, công trình đầu tư"),
    "finance": ("Công khai ngân sách", "Báo cáo tài chính", "Công khai tài chính, ngân sách"),
    "statistics": ("Thông tin thống kê", "Số liệu thống kê", "Thống kê"),
    "drafts": ("Lấy ý kiến văn bản dự thảo", "Góp ý dự thảo văn bản", "Lấy ý kiến dự thảo"),
    "schedule": ("Lịch làm việc của lãnh đạo", "Lịch công tác", "Lịch làm việc"),
    "rewards": ("Khen thưởng, xử phạt", "Thông tin khen thưởng, xử phạt"),
    "radio": ("Tin phát thanh", "Truyền thanh cơ sở", "Phát thanh xã"),
    "access": ("Tiếp cận thông tin", "Thông tin về tiếp cận thông tin"),
    "procedures": ("Thủ tục hành chính", "Bộ thủ tục hành chính"),
    "services": ("Dịch vụ công trực tuyến", "Dịch vụ công"),
}
TEMPLATES = {
    "history": words.CULTURE,
    "culture": words.CULTURE,
    "strategy": words.PLANS,
    "projects": words.PROJECTS,
    "plans": words.PROJECTS,
    "finance": (
        "Công khai dự toán thu, chi ngân sách phục vụ {topic}",
        "Quyết toán ngân sách năm 2025: {topic}",
    ),
    "statistics": words.STATISTICS,
    "drafts": words.DRAFTS,
    "rewards": words.REWARDS,
    "radio": words.RADIO,
    "law": words.LAW,
    "news": words.NEWS,
}
NATIONAL_PROCEDURES = "https://dichvucong.gov.vn/p/home/dvc-tthc-theo-co-quan.html?coquan="
SERVICE_PORTALS = ("https://dichvucong.gov.vn/", "https://dichvucong.bacninh.gov.vn/")
FORMER_SERVICE_PORTAL = "http://motcua-cu.example.vn/"


class SectionMaker:
    """Sections of one unit."""

    def __init__(self, unit: UnitInfo, skin: str, rng: random.Random, posts: PostMaker) -> None:
        self.unit = unit
        self.skin = skin
        self.rng = rng
        self.posts = posts
        self._slugs: set[str] = set()

    def section(self, key: str, label: str, **more: object) -> Section:
        """A section with an address of its own."""
        name = slug(label)
        while name in self._slugs:
            name += "1"
        self._slugs.add(name)
        return Section(key, label, name, **more)  # type: ignore[arg-type]

    def label(self, topic: str) -> str:
        """One of the ways portals call this topic."""
        return self.rng.choice(LABELS[topic])

    def nothing(self, topic: str, case: str, **more: object) -> list[Section]:
        """A section that is absent, answers with nothing, or cannot be seen."""
        if case == "missing":
            return []
        return [self.section(topic, self.label(topic), state=STATES[case], **more)]

    # --- presence -------------------------------------------------------------------------------

    def presence(self, topic: str, case: str) -> list[Section]:
        """Something or nothing, in one of the ways of ``plan``."""
        if case in ("posts", "flaky", "unlisted", "recent_year"):
            return [self._posted(topic, case)]
        if case == "page":
            return [self._page(topic, (Para(words.HISTORY[0]), Para(words.HISTORY[1])))]
        if case == "short":
            return [self._page(topic, (Para("Nội dung giới thiệu ngắn gọn của trang."),))]
        if case == "stale":
            return [self._stale(topic)]
        return self.nothing(topic, case)

    def _posted(self, topic: str, case: str) -> Section:
        templates = TEMPLATES[topic]
        posts = self.posts.old(templates, self.rng.randint(2, 5))
        if case == "recent_year":
            posts = [self._aged(templates, 400), self._aged(templates, 900)]
        elif self.rng.random() < 0.4:
            posts += self.posts.inside(1, templates)
        dated = not (self.skin in ("plain", "liferay62") and self.rng.random() < 0.2)
        section = self.section(topic, self.label(topic), posts=posts, dated=dated, menu=case != "unlisted")
        section.state = "flaky" if case == "flaky" else "ok"
        return section

    def _stale(self, topic: str) -> Section:
        posts = [self._aged(TEMPLATES[topic], days) for days in (640, 900, 1200)]
        return self.section(topic, self.label(topic), posts=posts)

    def _aged(self, templates: tuple[str, ...], days: int) -> Post:
        when = self.posts.old(templates, 1)[0].when
        assert when is not None
        return self.posts.make(templates, when - timedelta(days=days))

    def _page(self, topic: str, blocks: tuple[Block, ...], **more: object) -> Section:
        return self.section(topic, self.label(topic), kind="page", blocks=blocks, **more)

    # --- components -----------------------------------------------------------------------------

    def organisation(self, case: str) -> list[Section]:
        """Introduction pages: departments show structure, functions, subordinates; communes others."""
        parts: tuple[str, ...] = ("structure", "functions", "subordinate")
        if self.unit.kind == "commune":
            parts = ("apparatus", "map", "leaders")
        if case == "missing":
            return []
        if case in ("placeholder", "error"):
            return [self._part(part, STATES[case]) for part in parts]
        if case == "some":
            parts = parts[:1] if self.rng.random() < 0.5 else parts[:2]
        if case == "one_page" and self.unit.kind == "department":
            blocks = tuple(block for part in parts for block in self._part_blocks(part))
            page = self.section("organisation", "Giới thiệu chung", kind="page", blocks=blocks)
            page.tags = frozenset(parts)
            return [page]
        return [self._part(part, "ok") for part in parts]

    def _part(self, part: str, state: State) -> Section:
        label = self._leaders_label() if part == "leaders" else self.label(part)
        page = self.section("organisation", label, kind="page", state=state)
        page.blocks = self._part_blocks(part)
        page.tags = frozenset({part})
        return page

    def _leaders_label(self) -> str:
        kind = "phường" if "phường" in self.unit.name else "xã"
        return self.rng.choice((f"Lãnh đạo UBND {kind}", "Thông tin lãnh đạo"))

    def _part_blocks(self, part: str) -> tuple[Block, ...]:
        blocks: dict[str, Callable[[], tuple[Block, ...]]] = {
            "structure": self._structure,
            "functions": self._functions,
            "subordinate": self._subordinate,
            "apparatus": self._apparatus,
            "map": self._map,
            "leaders": self.leaders_blocks,
        }
        return blocks[part]()

    def _structure(self) -> tuple[Block, ...]:
        return (
            Heading("Cơ cấu tổ chức"),
            Para("Cơ cấu tổ chức của cơ quan gồm:"),
            Bullets(("Giám đốc", "Các Phó Giám đốc", "Văn phòng", "Thanh tra", "Kế hoạch - Tài chính")),
        )

    def _functions(self) -> tuple[Block, ...]:
        return (
            Heading("Chức năng, nhiệm vụ và quyền hạn"),
            Para(
                f"{self.unit.name} là cơ quan chuyên môn thuộc UBND tỉnh, thực hiện chức năng tham mưu, "
                "giúp UBND tỉnh quản lý nhà nước."
            ),
            Para(
                "Nhiệm vụ, quyền hạn: trình UBND tỉnh dự thảo quyết định, kế hoạch dài hạn; "
                "tổ chức thực hiện các văn bản được phê duyệt."
            ),
        )

    def _subordinate(self) -> tuple[Block, ...]:
        return (
            Heading("Các đơn vị trực thuộc"),
            Bullets(
                (
                    "Trung tâm Thông tin và Ứng dụng",
                    "Trung tâm Kỹ thuật nghiệp vụ",
                    "Chi cục Quản lý chuyên ngành",
                )
            ),
        )

    def _apparatus(self) -> tuple[Block, ...]:
        return (
            Heading("Tổ chức bộ máy hành chính"),
            Para("Tổ chức bộ máy gồm Đảng ủy, Hội đồng nhân dân, Ủy ban nhân dân và các phòng chuyên môn:"),
            Bullets(
                (
                    "Văn phòng HĐND và UBND",
                    "Phòng Kinh tế",
                    "Phòng Văn hóa - Xã hội",
                    "Trung tâm Phục vụ hành chính công",
                )
            ),
        )

    def _map(self) -> tuple[Block, ...]:
        place = self.unit.name.removeprefix("UBND ")
        return (
            Heading(f"Bản đồ địa giới hành chính {place}"),
            Picture(f"Bản đồ địa giới hành chính {place}", "ban-do.jpg"),
        )

    def leaders_blocks(self) -> tuple[Block, ...]:
        """Leaders with a short biography and what each is in charge of."""
        names = [f"{self.rng.choice(words.FAMILY)} Văn {self.rng.choice('ABCDEGHK')}" for _ in range(3)]
        roles = ("Chủ tịch UBND", "Phó Chủ tịch UBND", "Phó Chủ tịch UBND")
        rows = tuple(
            (
                str(place),
                name,
                role,
                "1975",
                "Thạc sĩ Quản lý kinh tế",
                "Phụ trách chung; trực tiếp chỉ đạo tài chính, đất đai",
            )
            for place, (name, role) in enumerate(zip(names, roles, strict=True), 1)
        )
        head = ("STT", "Họ và tên", "Chức vụ", "Năm sinh", "Trình độ", "Nhiệm vụ được phân công")
        return (Heading("Tiểu sử tóm tắt và nhiệm vụ đảm nhiệm của lãnh đạo"), Grid(head, rows))

    def access(self, case: str) -> list[Section]:
        """The catalogue of information to be made public, with or without its columns."""
        if case in ("missing", "placeholder", "error"):
            return self.nothing("access", case, kind="page")
        kinds = ("Dự toán ngân sách", "Kế hoạch công tác", "Quy hoạch", "Danh mục dự án")
        if case == "some":
            page = self._page("access", (Heading("Danh mục thông tin phải được công khai"), Bullets(kinds)))
            page.tags = frozenset({"catalogue"})
            return [page]
        head = (
            "STT",
            "Danh mục thông tin công khai",
            "Địa chỉ công khai",
            "Hình thức công khai",
            "Thời điểm công khai",
            "Thời hạn công khai",
        )
        rows = tuple(
            (str(n), kind, "Trụ sở cơ quan", "Đăng trên Cổng TTĐT", "Ngay khi ban hành", "30 ngày")
            for n, kind in enumerate(kinds, 1)
        )
        page = self._page("access", (Heading("Danh mục thông tin phải được công khai"), Grid(head, rows)))
        page.tags = frozenset({"catalogue", "address", "form", "time", "limit"})
        return [page]

    # --- counting -------------------------------------------------------------------------------

    def counted(self, topic: str, case: str) -> list[Section]:
        """A section with an exact number of posts of the period, or nothing."""
        templates = TEMPLATES[topic]
        if case == "old_only":
            return [self.section(topic, self.label(topic), posts=self.posts.outside(templates, 6))]
        if not case.isdigit():
            return self.nothing(topic, case)
        posts = self.posts.inside(int(case), templates) + self.posts.outside(
            templates, self.rng.randint(2, 9)
        )
        return [self.section(topic, self.label(topic), posts=posts, per_page=self.rng.choice((5, 8, 10)))]

    # --- one of a kind --------------------------------------------------------------------------

    def procedures(self, case: str) -> list[Section]:
        """A list of administrative procedures, or the national portal opened at this unit."""
        if case == "national":
            url = NATIONAL_PROCEDURES + self.unit.id
            return [self.section("procedures", self.label("procedures"), kind="external", url=url)]
        if case != "list":
            return self.nothing("procedures", case, kind="page")
        rows = tuple((str(n), name, "Cấp xã", "Mức độ 4") for n, name in enumerate(words.PROCEDURES, 1))
        return [self._page("procedures", (Grid(("STT", "Tên thủ tục", "Cấp thực hiện", "Mức độ"), rows),))]

    def services(self, case: str) -> list[Section]:
        """The way to the public-service portals."""
        portal = SERVICE_PORTALS[1] if self.rng.random() < 0.5 else SERVICE_PORTALS[0]
        if case == "menu":
            return [self.section("services", self.label("services"), kind="external", url=portal)]
        if case == "page":
            anchor = Anchor("Nộp hồ sơ trên Cổng Dịch vụ công", SERVICE_PORTALS[1])
            return [
                self._page(
                    "services", (Para("Tổ chức, cá nhân nộp hồ sơ trực tuyến tại địa chỉ sau:"), anchor)
                )
            ]
        if case == "outdated":
            return [
                self.section("services", self.label("services"), kind="external", url=FORMER_SERVICE_PORTAL)
            ]
        return []

    def schedule(self, case: str) -> list[Section]:
        """Leaders' schedules: by week as posts, or one table."""
        monday = date(2026, 5, 18)
        if case == "table":
            return [self._schedule_table(monday)]
        first, weeks = {
            "weeks": (monday, 4),
            "edge_week": (monday - timedelta(days=14), 3),
            "old_weeks": (monday - timedelta(days=21), 3),
            "next_weeks": (monday + timedelta(days=7), 1),
        }.get(case, (monday, 0))
        if not weeks:
            return self.nothing("schedule", case)
        posts = [self._week_post(first - timedelta(days=7 * back)) for back in range(weeks)]
        ranges = tuple(
            (first - timedelta(days=7 * n), first - timedelta(days=7 * n - 6)) for n in range(weeks)
        )
        return [self.section("schedule", self.label("schedule"), posts=posts, ranges=ranges)]

    def _week_post(self, monday: date) -> Post:
        sunday = monday + timedelta(days=6)
        title = (
            f"Lịch làm việc của lãnh đạo tuần {monday.isocalendar().week} "
            f"(từ ngày {monday:%d/%m/%Y} đến ngày {sunday:%d/%m/%Y})"
        )
        when = self.posts.clock(monday - timedelta(days=3), 16, 30)
        return self.posts.make(
            words.NOTICES, when, title=title, attachment=f"lich-tuan-{monday:%d-%m-%Y}.pdf"
        )

    def _schedule_table(self, monday: date) -> Section:
        sunday = monday + timedelta(days=6)
        names = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu")
        rows = tuple(
            (
                f"{name} ({monday + timedelta(days=n):%d/%m/%Y})",
                "8h00: Họp giao ban lãnh đạo",
                "14h00: Làm việc tại cơ sở",
            )
            for n, name in enumerate(names)
        )
        heading = Heading(f"Lịch công tác tuần từ ngày {monday:%d/%m/%Y} đến ngày {sunday:%d/%m/%Y}")
        page = self._page("schedule", (heading, Grid(("Ngày", "Sáng", "Chiều"), rows)))
        page.ranges = ((monday, sunday),)
        return page

    def overview(self) -> Section:
        """A general page about the place, which is none of the parts that are asked for."""
        blocks: tuple[Block, ...] = (Para(words.FILLER), FileLink("Tài liệu giới thiệu", "gioi-thieu.pdf"))
        return self.section("overview", "Giới thiệu", kind="page", blocks=blocks)
