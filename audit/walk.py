"""What of a portal was really seen: pages, trails, sections. Unseen is never absent.

A capture counts as seen when it answered with success, was not cut, and is no wall that hides the
page. A page that answered with nothing on it (an error body, a login form, a placeholder, an empty
list) was seen too: it holds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from audit.address import canonical
from audit.evidence import UnitEvidence
from audit.model import Citation
from pages.capture import Capture, Trail
from pages.labels import sections_named
from pages.model import PageReading
from pages.text import label_key
from pages.urls import join
from pages.vocabulary import keys

_MAX_REDIRECTS = 6
_FILE_STARTS = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"{\\rtf")
_PAGE_TYPES = ("text/", "application/xhtml", "application/json", "application/xml")
_FRAME = ("home", "sitemap", "search")
_GONE = (404, 410)
# How the crawler words that a list was read, but not some page behind its records; and that an entry
# page answered with an error status of which its own words may say more.
_RECORDS_ONLY = "article:"
_GONE_REASONS = ("http_404", "http_410")
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Seen:
    """One page that was really read. ``position`` is its place among the unit's captures."""

    position: int
    capture: Capture
    reading: PageReading

    @property
    def holds_nothing(self) -> bool:
        """True for an error body, a login form, a placeholder or an empty list served with success."""
        return self.reading.wall is not None

    def cite(self, quote: str = "") -> Citation:
        """The citation of this page; ``quote`` are words that stand on it."""
        return cite(self.capture, quote)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that was needed and not seen: which address, why, and the failed exchange if any."""

    where: str
    why: str
    capture: Capture | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """How far some sections were seen.

    ``trails`` are the section's own menu entries inside the portal, ``external`` those that lead out of
    it. ``frame_gaps`` are gaps in home page and site map, ``gaps`` those in the trails.
    """

    trails: tuple[Trail, ...]
    external: tuple[Trail, ...]
    frame_gaps: tuple[Gap, ...]
    gaps: tuple[Gap, ...]

    @property
    def exact(self) -> bool:
        """The section was found and read to its end: what it lists is all it lists."""
        return bool(self.trails) and not self.gaps

    @property
    def complete(self) -> bool:
        """What was not seen is not there: home page, site map and section were all read. A section whose
        only entries lead outside the portal was not."""
        return not self.missing

    @property
    def missing(self) -> tuple[Gap, ...]:
        """Everything that keeps an absence from being known, most telling first."""
        outside = () if self.trails else tuple(Gap(t.url, "external") for t in self.external)
        return self.gaps + self.frame_gaps + outside


class Walk:
    """One unit's evidence, asked in the auditors' words. Pages are read when first asked for."""

    def __init__(self, evidence: UnitEvidence, scope: str | None) -> None:
        """``scope`` is the portal's registered address (None: every address counts as inside)."""
        self.evidence = evidence
        self.scope = scope
        self._by_url: dict[str, list[int]] = {}
        self._found: dict[str, Seen | None] = {}
        for position, capture in enumerate(evidence.captures):
            self._by_url.setdefault(canonical(capture.url), []).append(position)

    def page(self, position: int) -> Seen | None:
        """The page of the capture at ``position``; None for a redirect, a failure or a hidden page."""
        capture = self.evidence.captures[position]
        if not (answered(capture) or self._says_gone(position)):
            return None
        reading = self.evidence.read(position)
        if reading.wall is not None and reading.wall.unseen:
            return None
        return Seen(position, capture, reading)

    def _says_gone(self, position: int) -> bool:
        """True for the portal's own page that says "not found": it was read, and holds nothing. A bare
        server error says nothing about the portal."""
        capture = self.evidence.captures[position]
        if capture.status not in _GONE or capture.error or capture.truncated:
            return False
        wall = self.evidence.read(position).wall
        return wall is not None and wall.kind == "error_body" and not wall.quote.startswith("HTTP ")

    def pages(self, trail: Trail) -> list[Seen]:
        """The pages of a trail that were seen, in reading order, each once."""
        return [seen for position in dict.fromkeys(trail.captures) if (seen := self.page(position))]

    def at(self, url: str) -> Seen | None:
        """The last page seen at an address, redirects followed; None when there is none."""
        if url not in self._found:
            self._found[url] = self._find(url)
        return self._found[url]

    def _find(self, url: str) -> Seen | None:
        for _ in range(_MAX_REDIRECTS):
            positions = self._by_url.get(canonical(url), [])
            found = next((seen for p in reversed(positions) if (seen := self.page(p))), None)
            if found is not None or not positions:
                return found
            target = self.evidence.captures[positions[-1]].location
            following = join(url, target) if target else None
            if following is None:
                return None
            url = following
        return None

    def targets(self, trail: Trail) -> tuple[str, ...]:
        """Where an entry leads: its own address, then those that its redirects name."""
        taken = [self.evidence.captures[position] for position in trail.captures]
        moved = [join(capture.url, capture.location) for capture in taken if capture.location]
        return (trail.url, *(url for url in moved if url))

    def file(self, url: str) -> Capture | None:
        """The last exchange for a file's address, redirects followed; None when it was never asked for."""
        for _ in range(_MAX_REDIRECTS):
            positions = self._by_url.get(canonical(url), [])
            if not positions:
                return None
            good = [p for p in positions if answered(self.evidence.captures[p])]
            capture = self.evidence.captures[(good or positions)[-1]]
            following = join(url, capture.location) if capture.location else None
            if following is None:
                return capture
            url = following
        return None

    def asked(self, url: str) -> bool:
        """True when the address was ever asked for."""
        return canonical(url) in self._by_url

    def missed(self, url: str) -> bool:
        """True when the address was asked for and no page came."""
        return self.asked(url) and self.at(url) is None

    def inside(self, url: str) -> bool:
        """True when the address belongs to this portal (host, port and path prefix; either scheme)."""
        return self.scope is None or within(url, self.scope)

    def trails(self, sections: Iterable[str], children: bool = True) -> list[Trail]:
        """Trails of any of the sections; ``children``: entries that only stand below one, too."""
        wanted = set(sections)
        return [
            trail
            for trail in self.evidence.trails
            if trail.section in wanted and (children or not trail.inherited)
        ]

    def home(self) -> list[Seen]:
        """The home page (and the register's extra entry pages) as seen, without those that hold nothing."""
        return [
            seen for trail in self.trails(["home"]) for seen in self.pages(trail) if not seen.holds_nothing
        ]

    def reached(self) -> bool:
        """True when at least one page of the portal was seen that is more than an error or a login."""
        return any(not seen.holds_nothing for trail in self.evidence.trails for seen in self.pages(trail))

    def gaps(self, trail: Trail) -> tuple[Gap, ...]:
        """What of a trail was not seen: failed exchanges, hidden pages, or the state it ended in.

        A list whose pages were all read but not the pages behind its records was read: whoever needs one
        of those asks for it by its address.
        """
        last: dict[tuple[object, ...], int] = {}
        for position in trail.captures:
            capture = self.evidence.captures[position]
            last[capture.method, canonical(capture.url), capture.form] = position
        holes = [gap for position in last.values() if (gap := self._hole(position))]
        reason = trail.reason or trail.state
        listed = trail.state in ("complete", "external") or reason.startswith((_RECORDS_ONLY, *_GONE_REASONS))
        if not holes and not listed:
            holes = [Gap(trail.url, reason)]
        if not holes and trail.state != "external" and not self.pages(trail):
            holes = [Gap(trail.url, "unread")]
        return tuple(holes)

    def gaps_at(self, urls: Iterable[str]) -> tuple[Gap, ...]:
        """What was not seen at these addresses: the failed exchange, or that it was never asked for."""
        unseen = [url for url in urls if self.at(url) is None]
        last = {url: self._by_url.get(canonical(url), [None])[-1] for url in unseen}
        holes = {url: self._hole(position) for url, position in last.items() if position is not None}
        return tuple(holes.get(url) or Gap(url, "not_fetched") for url in unseen)

    def _hole(self, position: int) -> Gap | None:
        capture = self.evidence.captures[position]
        if capture.location is not None or self.page(position) is not None:
            return None
        return Gap(capture.url, self._why(position), capture)

    def _why(self, position: int) -> str:
        capture = self.evidence.captures[position]
        if capture.status is None or capture.error:
            return capture.error or "no_answer"
        if not 200 <= capture.status < 300:
            return f"http_{capture.status}"
        if capture.truncated:
            return "cut"
        wall = self.evidence.read(position).wall
        return wall.kind if wall else "unread"

    def frame_gaps(self) -> tuple[Gap, ...]:
        """What of home page, menus and site map was not seen."""
        homes = self.trails(["home"])
        frames = homes + self.trails(["sitemap"])
        gaps = [gap for trail in frames for gap in self.gaps(trail)]
        pages = self.home()
        if not gaps and not pages:
            where = homes[0].url if homes else (self.scope or "")
            gaps.append(Gap(where, "no_home"))
        elif not gaps and not any(seen.reading.menu for seen in pages):
            gaps.append(Gap(pages[0].capture.url, "no_menu", pages[0].capture))
        return tuple(gaps) or self._walled()[:1]

    def _walled(self) -> tuple[Gap, ...]:
        """The gaps of a portal that shows its home page and hides most of the rest behind a bot wall:
        what stands in the menus behind it was not seen either. One hidden page is only its own gap."""
        inside = [t for t in self.evidence.trails if t.section not in _FRAME and t.state != "external"]
        hidden = [gap for trail in inside for gap in self.gaps(trail)[:1] if gap.why == "bot_wall"]
        return tuple(hidden) if len(hidden) > max(2, len(inside) // 2) else ()

    def cover(self, sections: Iterable[str], children: bool = True) -> Cover:
        """How far the sections were seen."""
        sections = tuple(sections)
        trails = self.trails(sections, children)
        own = tuple(trail for trail in trails if trail.state != "external")
        gaps = {gap: None for trail in own for gap in self.gaps(trail)}
        gaps |= {} if trails else dict.fromkeys(self._boxes(sections))
        return Cover(
            trails=own,
            external=tuple(trail for trail in trails if trail.state == "external"),
            frame_gaps=self.frame_gaps(),
            gaps=tuple(gaps),
        )

    def _boxes(self, sections: Iterable[str]) -> list[Gap]:
        """Boxes of the home page under such a section's own label: it is there, but no link leads to it.
        Boxes of what is newest or most read repeat posts of all sections."""
        wanted, mixed = set(sections), keys("listing", "popular")
        return [
            Gap(seen.capture.url, "box_only", seen.capture)
            for seen in self.home()
            if any(
                wanted.intersection(sections_named(heading)) and label_key(heading) not in mixed
                for heading in seen.reading.headings
            )
        ]


def answered(capture: Capture) -> bool:
    """True when the exchange brought a whole answer with success."""
    ok = capture.status is not None and 200 <= capture.status < 300
    return ok and not capture.error and not capture.truncated


def is_download(capture: Capture) -> bool:
    """True when the answer is a file and no page, by its first bytes or its declared type."""
    if capture.body.startswith(_FILE_STARTS):
        return True
    kind = (capture.header("content-type") or "").partition(";")[0].strip().lower()
    return bool(capture.body) and bool(kind) and not kind.startswith(_PAGE_TYPES)


def cite(capture: Capture, quote: str = "") -> Citation:
    """The citation of one exchange."""
    return Citation(capture.ref, capture.url, capture.fetched_at, quote)


@lru_cache(maxsize=1 << 16)  # every portal's links are compared with every other portal's address
def place(url: str) -> tuple[str, int | None, str]:
    """Host (without a leading ``www.``), port (None for the scheme's own) and path of an address."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower().rstrip("."), parts.port
    except ValueError:
        return "", None, ""
    return host.removeprefix("www."), None if port == _DEFAULT_PORTS.get(parts.scheme) else port, parts.path


def within(url: str, portal: str) -> bool:
    """True when ``url`` lies in the portal at ``portal``: same host and port, below its path prefix."""
    host, port, path = place(url)
    portal_host, portal_port, prefix = place(portal)
    prefix = prefix.rstrip("/")
    return (host, port) == (portal_host, portal_port) and (
        path == prefix or path.startswith(f"{prefix}/") or not prefix
    )


def on_host(url: str, hosts: Iterable[str]) -> bool:
    """True when the address stands on one of the hosts (``host`` or ``host:port``)."""
    host, port, _ = place(url)
    return bool(host) and any((host, port) == place(f"//{wanted}")[:2] for wanted in hosts)
