"""Criteria cases: a folder of saved pages and what a lawyer would say about them.

``<leaf>/<case>/case.yml``::

    case: one sentence that says what the case shows
    pages: {/tin-tuc: ten.html}    # address: file in the case's folder or in shared/
    fails: {/tin-tuc: timeout}     # or an HTTP status
    without: [/lich]               # menu entries that this portal does not have
    home: home-extra.html          # put into the home page's main column
    footer: footer.html            # put at the foot of every page
    province: {/pakn: list.html}   # pages of the province's portal; "unreached" when it never answered
    search: {positive: a.html, nonsense: b.html, phrase: …, expect_url: …, expect_title: …}
    first_seen: [{number: …, issuer: …, issued: …, absent: 2026-05-05, seen: 2026-05-06}]
    register: few.yml              # another register than shared/register.yml
    as_of: 2026-05-23
    expect: {level: full, reason: documents.full, cites: [/van-ban], possible: [], values: {}}

A file that does not begin with ``<!DOCTYPE`` is the main column of a page; the shared layout goes around it.
Menu entries whose pages a case does not give answer with a placeholder. Pages are read by the real readers
and the trails are those that the crawler would walk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import yaml

import pages
from audit.auditors import KINDS
from audit.context import Context
from audit.evidence import Sighting, UnitEvidence
from audit.ledger import document_key
from audit.model import Finding
from pages.capture import Capture, Trail
from pages.model import DocumentRow, PageReading, Stated
from pages.urls import canonical
from rubric.calendar import load_calendar
from rubric.edition import load_edition
from rubric.model import Leaf, Register
from rubric.period import parse_period
from rubric.register import load_register

FOLDER = Path(__file__).parent
SHARED = FOLDER / "shared"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PERIOD = parse_period("2026-05")
EDITION = load_edition("kh65-2025")
CALENDAR = load_calendar()
UNITS = {"PL1": "sokhcn", "PL2": "quangtrung"}
BODIES = {"pdf": b"%PDF-1.4 saved", "empty": b""}
WHOLE = "<!DOCTYPE"
read = lru_cache(maxsize=4096)(pages.read)  # cases share most of their pages


@dataclass(frozen=True)
class Case:
    """One case as written down."""

    leaf: Leaf
    folder: Path
    given: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.leaf.id}/{self.folder.name}"

    @property
    def expect(self) -> dict[str, Any]:
        wanted: dict[str, Any] = self.given["expect"]
        return wanted


def all_leaves() -> tuple[Leaf, ...]:
    """Every leaf of the edition, departments first."""
    return tuple(leaf for group in EDITION.groups.values() for leaf in group.leaves)


def cases_of(leaf: Leaf) -> list[Case]:
    """The cases of one leaf, by name."""
    found = sorted((FOLDER / leaf.id).glob("*/case.yml"))
    return [Case(leaf, path.parent, yaml.safe_load(path.read_text("utf-8"))) for path in found]


def judge_case(case: Case) -> Finding:
    """What the auditors find on the case's pages."""
    register = _register(case.given.get("register", "register.yml"))
    unit = register.get(UNITS[case.leaf.id[:3]])
    assert unit is not None and unit.url is not None
    now = datetime.combine(case.given.get("as_of", date(2026, 5, 23)), datetime.min.time(), ZONE)
    menu = _menu(case.leaf.id[:3])
    site = _Site(case, unit.url, unit.name, menu, now, case.given.get("pages", {}))
    evidence = site.evidence(unit.id, _sightings(case))
    province = _province(case, register, now)
    context = Context(evidence, unit, register, CALENDAR, PERIOD, now, province)
    return KINDS[case.leaf.kind](context, case.leaf)


def _province(case: Case, register: Register, now: datetime) -> UnitEvidence | None:
    given = case.given.get("province", {})
    unit = register.province
    if unit is None or unit.url is None or given == "unreached":
        return None
    site = _Site(Case(case.leaf, case.folder, {}), unit.url, unit.name, _menu("province"), now, given)
    return site.evidence(unit.id, {})


def _sightings(case: Case) -> dict[str, Sighting]:
    found = {}
    for seen in case.given.get("first_seen", ()):
        row = DocumentRow(number=seen["number"], issuer=seen["issuer"], issued=Stated(seen["issued"]))
        absent = datetime.combine(seen["absent"], datetime.min.time(), ZONE) if "absent" in seen else None
        key = document_key(row)
        found[key] = Sighting(key, datetime.combine(seen["seen"], datetime.min.time(), ZONE), absent)
    return found


@cache
def _register(name: str) -> Register:
    return load_register(SHARED / name)


@cache
def _menu(kind: str) -> dict[str, str]:
    """Labels by address."""
    menus: dict[str, dict[str, str]] = yaml.safe_load((SHARED / "menus.yml").read_text("utf-8"))
    return menus[kind]


@dataclass
class _Site:
    """One portal being walked: home page, menu entries with their further pages, then everything else."""

    case: Case
    base: str
    name: str
    menu: dict[str, str]
    now: datetime
    files: dict[str, Any]
    captures: list[Capture] = field(default_factory=list)
    trails: list[Trail] = field(default_factory=list)

    def evidence(self, unit_id: str, ledger: dict[str, Sighting]) -> UnitEvidence:
        """Walks the portal and gives what was collected."""
        home, reading = self._fetch("/")
        state, reason = self._state(home)
        self.trails.append(Trail("home", "home", self.base, state, reason, (home,)))
        self._sections(reading)
        self._search()
        taken = {capture.url for capture in self.captures}
        for path in [*self.files, *self.given("fails", {})]:
            if self._url(path) not in taken:
                self._fetch(path)
        return UnitEvidence(unit_id, tuple(self.captures), tuple(self.trails), read, ledger)

    def given(self, name: str, default: Any) -> Any:
        return self.case.given.get(name, default)

    def _sections(self, home: PageReading) -> None:
        walked: dict[str, tuple[int, ...]] = {}
        for entry in home.menu:
            key = canonical(entry.url)
            if entry.url.startswith(self.base) and key not in walked and key != canonical(self.base):
                walked[key] = tuple(self._pages(entry.url))
            for section in entry.sections or entry.inherited or ("other",):
                if not entry.url.startswith(self.base):
                    self.trails.append(Trail(section, entry.label, entry.url, "external"))
                elif key in walked:
                    state, reason = self._state(walked[key][-1])
                    more = (state, reason, walked[key], not entry.sections)
                    self.trails.append(Trail(section, entry.label, entry.url, *more))

    def _pages(self, url: str) -> Iterator[int]:
        """The page and those that follow it, as far as the case has them."""
        while True:
            position, reading = self._fetch(url)
            yield position
            following = reading.next.url if reading.next else ""
            if not following.startswith(self.base) or not self._known(following):
                return
            url = following

    def _known(self, url: str) -> bool:
        return any(self._url(path) == url for path in [*self.files, *self.given("fails", {})])

    def _search(self) -> None:
        search = self.given("search", None)
        if search is None:
            return
        for probe in ("positive", "nonsense"):
            self.files[f"/tim?probe={probe}"] = search[probe]
            position, _ = self._fetch(f"/tim?probe={probe}")
            facts = {"probe": probe, "phrase": search["phrase"] if probe == "positive" else "zqxjv"}
            facts |= {name: search[name] for name in ("expect_url", "expect_title") if probe == "positive"}
            state, reason = self._state(position)
            url = self.captures[position].url
            self.trails.append(
                Trail("search", probe, url, state, reason, (position,), False, tuple(facts.items()))
            )

    def _state(self, position: int) -> tuple[Any, str | None]:
        capture = self.captures[position]
        if capture.error or capture.status != 200:
            return "failed", capture.error or f"http_{capture.status}"
        return "complete", None

    def _fetch(self, path: str) -> tuple[int, PageReading]:
        url = self._url(path)
        fails = {self._url(key): value for key, value in self.given("fails", {}).items()}
        failure = fails.get(url)
        status, error = (
            (200, None)
            if failure is None
            else (failure, None)
            if isinstance(failure, int)
            else (None, failure)
        )
        body = self._body(url) if status == 200 else b""
        kind = "application/pdf" if body.startswith(b"%PDF") else "text/html; charset=utf-8"
        ref = f"sha256:{hashlib.sha256(body or url.encode()).hexdigest()}"
        headers = (("content-type", kind),)
        self.captures.append(Capture(ref, url, self.now, self.now, status, error, headers=headers, body=body))
        return len(self.captures) - 1, read(self.captures[-1])

    def _url(self, path: str) -> str:
        return urljoin(self.base, path)

    def _body(self, url: str) -> bytes:
        given = {self._url(path): name for path, name in self.files.items()}
        name = given.get(url) or (self.given("home", "home.html") if url == self.base else "placeholder.html")
        if name in BODIES:
            return BODIES[name]
        text = self._text(name)
        if text.startswith(WHOLE):
            return text.encode()
        return self._layout(text, url).encode()

    def _text(self, name: str) -> str:
        own = self.case.folder / name
        return (own if own.exists() else SHARED / name).read_text("utf-8")

    def _layout(self, main: str, url: str) -> str:
        without = self.given("without", [])
        entries = {path: label for path, label in self.menu.items() if path not in without}
        menu = "\n".join(f'<li><a href="{path}">{label}</a></li>' for path, label in entries.items())
        footer = self._text(self.case.given["footer"]) if "footer" in self.case.given else ""
        title = self.name if url == self.base else entries.get(url.removeprefix(self.base[:-1]), self.name)
        layout = self._text(self.given("layout", "layout.html"))
        parts = {"TITLE": title, "NAME": self.name, "MENU": menu, "MAIN": main, "FOOTER": footer}
        for name, value in parts.items():
            layout = layout.replace(f"[[{name}]]", value)
        return layout
