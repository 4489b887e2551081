"""Portals made of readings, for testing auditors without pages: what was seen, what failed, in few words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from audit.auditors import KINDS
from audit.context import Context
from audit.evidence import Sighting, UnitEvidence
from audit.model import Finding
from pages.capture import Capture, Role, Trail, TrailState
from pages.model import DocumentRow, Item, Link, MenuEntry, PageReading, Question, SearchForm, Stated, Wall
from rubric.calendar import load_calendar
from rubric.edition import load_edition
from rubric.model import Leaf, Register, Unit
from rubric.period import parse_period

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PERIOD = parse_period("2026-05")  # 23/04/2026 to 22/05/2026
AS_OF = datetime(2026, 5, 23, tzinfo=ZONE)
CALENDAR = load_calendar()
EDITION = load_edition("kh65-2025")

PROVINCE = Unit("bacninh", "UBND tỉnh Bắc Ninh", "province", "http://tinh.test/", scored=False,
                aliases=("UBND tỉnh", "tỉnh Bắc Ninh"))  # fmt: skip
SO = Unit("sokhcn", "Sở Khoa học và Công nghệ", "department", "http://so.test/",
          aliases=("Sở KHCN", "Sở KH&CN", "SKHCN"))  # fmt: skip
SYT = Unit("soyte", "Sở Y tế", "department", "http://syt.test/", aliases=("SYT",))
XA = Unit("quangtrung", "UBND xã Quang Trung", "commune", "http://xa.test/", admin_code="07333")
PHUONG = Unit("vocuong", "UBND phường Võ Cường", "commune", "http://phuong.test/", admin_code="09190")
REGISTER = Register((PROVINCE, SO, SYT, XA, PHUONG))
ALONE = Register((SO, SYT, XA, PHUONG))


def day(text: str) -> date:
    """``dd/mm`` of 2026, or ``dd/mm/yyyy``."""
    return datetime.strptime(text if text.count("/") == 2 else f"{text}/2026", "%d/%m/%Y").date()  # noqa: DTZ007


def stated(text: str | None) -> Stated | None:
    """The date as a page states it; None stays None."""
    return Stated(day(text), quote=text) if text else None


def at(text: str, hour: int = 1) -> datetime:
    """A moment of that day."""
    return datetime.combine(day(text), datetime.min.time(), ZONE) + timedelta(hours=hour)


def item(title: str, posted: str | None = None, url: str | None = None, identity: str | None = None) -> Item:
    """One record of a listing; its address follows from its title unless given."""
    slug = hashlib.sha256(title.encode()).hexdigest()[:10]
    return Item(title, url or f"http://so.test/tin/{slug}", stated(posted), identity)


def listing(*items: Item, **more: Any) -> PageReading:
    """A listing page."""
    return PageReading(kind="listing", items=items, **more)


def article(posted: str | None = None, text: str = "Nội dung bài viết.", **more: Any) -> PageReading:
    """An article page."""
    return PageReading(kind="article", posted=stated(posted), text=text, **more)


def row(
    number: str | None = "12/QĐ-SKHCN",
    issued: str | None = "05/05",
    posted: str | None = "06/05",
    **more: Any,
) -> DocumentRow:
    """A complete record of Sở Khoa học và Công nghệ unless told otherwise."""
    fields: dict[str, Any] = {
        "type": "Quyết định",
        "issuer": "Sở Khoa học và Công nghệ",
        "abstract": f"Về việc {number}",
        "file_urls": (f"http://so.test/tep/{number}.pdf".replace(" ", "_"),),
        "has_file": True,
        "quote": f"{number} {issued}",
    }
    return DocumentRow(number=number, issued=stated(issued), posted=stated(posted), **{**fields, **more})


def question(asked: str | None, answered: str | None = None, **more: Any) -> Question:
    """A petition; without a date of answer the page shows none, unless ``answered_flag`` says otherwise."""
    fields: dict[str, Any] = {
        "answered_flag": answered is not None,
        "subject": f"Kiến nghị {asked} {answered}",
    }
    return Question(asked=stated(asked), answered=stated(answered), **{**fields, **more})


def wall(kind: Any, quote: str = "") -> PageReading:
    """A page that answered and is not the page."""
    return PageReading(kind="error", wall=Wall(kind, quote))


HOME = PageReading(
    kind="home",
    menu=(MenuEntry("Tin tức", "http://so.test/tin-tuc", ("news",)),),
    links=(Link("Tin tức", "http://so.test/tin-tuc"),),
    search=SearchForm("form", "http://so.test/tim", "q"),
)


class Portal:
    """One portal's evidence in the making. The home page is there unless ``home`` is None."""

    def __init__(
        self, home: PageReading | None = HOME, base: str = "http://so.test/", seen: datetime = AS_OF
    ) -> None:
        self.base = base
        self.seen = seen
        self.captures: list[Capture] = []
        self.readings: dict[str, PageReading] = {}
        self.trails: list[Trail] = []
        if home is not None:
            self.section("home", home, path="")

    def page(
        self,
        path: str,
        reading: PageReading | None = None,
        *,
        status: int | None = 200,
        error: str | None = None,
        role: Role = "other",
        body: bytes = b"<html></html>",
        headers: tuple[tuple[str, str], ...] = (),
    ) -> int:
        """One exchange; its place among the captures."""
        url = path if "://" in path else self.base + path
        ref = "sha256:" + hashlib.sha256(f"{len(self.captures)} {url}".encode()).hexdigest()
        self.readings[ref] = reading or PageReading()
        self.captures.append(
            Capture(ref, url, self.seen, self.seen, status, error, headers=headers, body=body, role=role)
        )
        return len(self.captures) - 1

    def section(
        self,
        key: str,
        *readings: PageReading,
        path: str | None = None,
        state: TrailState = "complete",
        reason: str | None = None,
        inherited: bool = False,
        label: str = "",
        facts: Mapping[str, str] | None = None,
    ) -> Portal:
        """A menu entry of a section, and its pages one after another."""
        first = path if path is not None else f"{key}-{len(self.trails)}"
        places = [self.page(first if i == 0 else f"{first}?trang={i + 1}", r) for i, r in enumerate(readings)]
        url = first if "://" in first else self.base + first
        pairs = tuple((facts or {}).items())
        self.trails.append(Trail(key, label or key, url, state, reason, tuple(places), inherited, pairs))
        return self

    def broken(self, key: str, error: str = "timeout", inherited: bool = False) -> Portal:
        """A menu entry whose page never came."""
        place = self.page(f"{key}-hong", status=None, error=error, body=b"")
        self.trails.append(Trail(key, key, self.captures[place].url, "failed", error, (place,), inherited))
        return self

    def outside(self, key: str, url: str) -> Portal:
        """A menu entry that leads outside the portal."""
        self.trails.append(Trail(key, key, url, "external"))
        return self

    def files(self, *urls: str, body: bytes = b"%PDF-1.7 ...", status: int | None = 200) -> Portal:
        """Downloads of these addresses."""
        for url in urls:
            self.page(url, status=status, body=body, role="file", error=None if status else "timeout")
        return self

    def evidence(self, *sightings: Sighting) -> UnitEvidence:
        """The evidence as the auditors get it."""
        return UnitEvidence(
            unit_id="sokhcn",
            captures=tuple(self.captures),
            trails=tuple(self.trails),
            reader=lambda capture: self.readings[capture.ref],
            ledger={sighting.key: sighting for sighting in sightings},
        )


def leaf(leaf_id: str) -> Leaf:
    """A leaf of the edition in force."""
    return next(one for group in EDITION.groups.values() for one in group.leaves if one.id == leaf_id)


def context(
    portal: Portal,
    *sightings: Sighting,
    unit: Unit = SO,
    register: Register = REGISTER,
    province: Portal | None = None,
    as_of: datetime = AS_OF,
) -> Context:
    """The context of one unit."""
    return Context(
        portal.evidence(*sightings),
        unit,
        register,
        CALENDAR,
        PERIOD,
        as_of,
        province.evidence() if province else None,
    )


def judge_leaf(leaf_id: str, portal: Portal, *sightings: Sighting, **more: Any) -> Finding:
    """What the auditor of a leaf finds on a portal."""
    one = leaf(leaf_id)
    return KINDS[one.kind](context(portal, *sightings, **more), one)
