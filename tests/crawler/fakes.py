"""A portal made of readings: the walk is driven as the spider would, without any network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from crawler.plan import CrawlLimits, PortalPlan
from crawler.visits import Fetch
from crawler.walk import PortalWalk
from pages.capture import Capture, PageRequest, Trail
from pages.model import Item, MenuEntry, PageReading, Stated
from pages.urls import canonical

HOME = "http://portal.test/"
NOW = datetime(2026, 5, 23, 1, 0, tzinfo=UTC)


def plan(**changes: object) -> PortalPlan:
    """A plan for May 2026."""
    given: dict[str, object] = {
        "unit_id": "sokhcn",
        "url": HOME,
        "sections": frozenset({"news", "documents", "petitions_qa"}),
        "since": date(2026, 4, 23),
        "until": date(2026, 5, 22),
        "questions_since": date(2026, 3, 9),
    }
    return PortalPlan(**{**given, **changes})  # type: ignore[arg-type]


def at(path: str) -> str:
    """Absolute address of a path of the portal."""
    return HOME.rstrip("/") + path


def menu(
    label: str, path: str, *sections: str, inherited: tuple[str, ...] = (), path_labels: tuple[str, ...] = ()
) -> MenuEntry:
    """One menu entry."""
    return MenuEntry(label, at(path) if path.startswith("/") else path, sections, inherited, path_labels)


def item(title: str, path: str, day: date | None) -> Item:
    """One post."""
    return Item(title, at(path) if path.startswith("/") else path, Stated(day) if day else None)


Page = PageReading | int | str | Capture


@dataclass
class FakePortal:
    """Answers fetches. A page is a reading, a status, ``"error:<name>"``, or ``"-> <location>"``."""

    pages: Mapping[str, Page]
    asked: list[str] = field(default_factory=list)
    roles: dict[str, str] = field(default_factory=dict)
    requests: list[PageRequest] = field(default_factory=list)
    captures: list[Capture] = field(default_factory=list)
    choose: Callable[[list[Fetch]], int] = lambda queue: 0

    def walk(self, given: PortalPlan | None = None, limits: CrawlLimits | None = None) -> PortalWalk:
        """Walk the portal to the end."""
        walk = PortalWalk(given or plan(), limits or CrawlLimits(), self.read)
        queue = walk.start()
        while queue and not walk.finished:
            fetch = queue.pop(self.choose(queue))
            queue.extend(walk.on_capture(fetch, len(self.captures), self.answer(fetch)))
        assert walk.finished
        return walk

    def answer(self, fetch: Fetch) -> Capture:
        """One exchange."""
        url = fetch.request.url
        key = "POST " + url if fetch.request.method == "POST" else url
        self.asked.append(key)
        self.roles[url] = fetch.role
        self.requests.append(fetch.request)
        page = self.pages.get(key, self.pages.get(key.removeprefix(HOME.rstrip("/")), 404))
        capture = self._capture(fetch, page)
        self.captures.append(capture)
        return capture

    def _capture(self, fetch: Fetch, page: Page) -> Capture:
        common = {
            "ref": "sha256:0",
            "url": fetch.request.url,
            "fetched_at": NOW,
            "seen_at": NOW,
            "role": fetch.role,
        }
        if isinstance(page, str) and page.startswith("-> "):
            return Capture(**common, status=302, headers=(("location", page[3:]),))  # type: ignore[arg-type]
        if isinstance(page, str):
            return Capture(**common, status=None, error=page.partition(":")[2])  # type: ignore[arg-type]
        return Capture(**common, status=page if isinstance(page, int) else 200, body=b"x" * 9000)  # type: ignore[arg-type]

    def read(self, capture: Capture) -> PageReading:
        """The reading kept for the page."""
        page = self.pages.get(capture.url, self.pages.get(capture.url.removeprefix(HOME.rstrip("/"))))
        return page if isinstance(page, PageReading) else PageReading(kind="error")


def trail_of(walk: PortalWalk, section: str, url: str | None = None) -> Trail:
    """The one trail of a section (and address)."""
    found = [
        t for t in walk.trails() if t.section == section and (url is None or t.url == canonical(at(url)))
    ]
    assert len(found) == 1, found
    return found[0]
