"""The walk through one portal: which pages to read next, decided from the pages read so far.

A pure state machine: no network, no storage, no clock. Whoever drives it fetches what
:meth:`PortalWalk.start` and :meth:`PortalWalk.on_capture` return, in any order, and hands back every
exchange. The phases, each begun when the one before has come to its end: the home page, the site
map, the sections (in rounds: section pages may name further ones), the sample of articles, the
search probes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from crawler.desk import Desk
from crawler.listing import Listing
from crawler.plan import CrawlLimits, PortalPlan
from crawler.probes import Probe, nonsense_probe, phrase_probe
from crawler.sample import sample
from crawler.scope import Origin, Scope
from crawler.targets import Target, Targets
from crawler.visits import COMPLETE, Fetch, Outcome, Reader, Visit, Visits
from pages.capture import Capture, PageRequest, Trail, TrailState
from pages.model import MenuEntry, SearchForm
from pages.urls import canonical

_HOME, _SITEMAP, _NEEDED, _INHERITED, _OTHER, _SAMPLE, _SEARCH = range(7)
# Pages kept for the sample and the probes when listings have used up the rest.
_RESERVE = 80
_UNFINISHED = Outcome("capped", "interrupted")


@dataclass(slots=True, eq=False)
class _Entry:
    """A page that is read for its menus: the home page, an extra entry page, a site map."""

    section: str
    label: str
    visit: Visit
    outcome: Outcome | None = None
    menu: tuple[MenuEntry, ...] = ()


@dataclass(slots=True)
class PortalWalk:
    """The walk of one portal. ``reader`` turns a capture into a reading (:func:`pages.read`)."""

    plan: PortalPlan
    limits: CrawlLimits
    reader: Reader
    finished: bool = False
    _desk: Desk = field(init=False)
    _targets: Targets = field(init=False)
    _entries: list[_Entry] = field(init=False, default_factory=list)
    _probes: list[tuple[Probe, Visit]] = field(init=False, default_factory=list)
    _search: SearchForm = field(init=False, default_factory=SearchForm)
    _cms: str | None = field(init=False, default=None)
    _phases: list[Callable[[], bool]] = field(init=False)

    def __post_init__(self) -> None:
        visits = Visits(Scope.of(self.plan.url), self.limits, self.reader)
        self._desk = Desk(self.plan, self.limits, visits)
        self._targets = Targets(self._desk, {canonical(self.plan.url)})
        self._phases = [self._map, self._sections, self._sample, self._probe]

    def start(self) -> list[Fetch]:
        """The first requests to make."""
        for url in dict.fromkeys((self.plan.url, *self.plan.start_urls)):
            self._enter("home", "", url, _HOME)
        return self._next()

    def on_capture(self, fetch: Fetch, position: int, capture: Capture) -> list[Fetch]:
        """One exchange has been made for ``fetch``; the requests to make because of it."""
        self._desk.visits.take(fetch, position, capture)
        self._spend()
        return self._next()

    def halt(self, reason: str, state: TrailState = "capped") -> None:
        """Stop here: what is not read yet ends in ``state`` for ``reason``."""
        self._desk.visits.halt(Outcome(state, reason))
        self._next()
        self.finished = True

    def tire(self, reason: str) -> None:
        """Turn no more pages of lists; still take the sample and the probes."""
        self._desk.tired = self._desk.tired or Outcome("capped", reason)

    @property
    def origin(self) -> Origin:
        """The portal's scheme, host and port."""
        return self._desk.visits.scope.origin

    @property
    def reached(self) -> bool:
        """At least one page of the portal was really seen."""
        return self._desk.visits.seen_page

    @property
    def facts(self) -> Mapping[str, object]:
        """What the walk knows beside its trails, as plain JSON values."""
        return {
            "pages": self._desk.visits.pages,
            "cuts": dict(sorted(self._desk.cuts.items())),
            "cms": self._cms,
            "sections": self._targets.counts(),
        }

    def trails(self) -> tuple[Trail, ...]:
        """How far each thing that the walk set out to read was read."""
        rest = self._desk.visits.halted or _UNFINISHED
        entries = [self._entry_trail(entry) for entry in self._entries]
        sections = [
            trail
            for target in self._targets.told()
            if target.outcome or self._wanted(target)
            for trail in target.trails(rest)
        ]
        return (*entries, *sections, *self._flooded(), *self._search_trails())

    def _spend(self) -> None:
        visits = self._desk.visits
        for reason, spent, budget in (
            ("pages", visits.pages, self.limits.pages),
            ("bytes", visits.bytes, self.limits.bytes),
        ):
            if spent >= budget:
                self.halt(reason)
            elif spent >= budget - min(_RESERVE if reason == "pages" else budget // 10, budget // 2):
                self.tire(reason)

    def _next(self) -> list[Fetch]:
        visits = self._desk.visits
        visits.settle()
        while not self.finished and self._phases and self._ready():
            phase = self._phases[0]
            if phase():
                self._phases.remove(phase)
            visits.settle()
        self.finished = self.finished or (not self._phases and not visits.pending)
        out, visits.out = visits.out, []
        return out

    def _ready(self) -> bool:
        """The next phase, or the next round of sections, may begin."""
        if self._phases[0] == self._sections:
            return all(entry.outcome for entry in self._entries) and all(
                target.listing.entered for target in self._targets.found.values() if target.listing
            )
        return not self._desk.visits.pending

    def _enter(self, section: str, label: str, url: str, priority: int) -> None:
        visit = self._desk.visits.open(
            PageRequest(url), "sitemap" if section == "sitemap" else "home", priority=priority
        )
        entry = _Entry(section, label, visit)
        self._entries.append(entry)
        self._desk.visits.open(PageRequest(url), visit.role, lambda _: self._entered(entry))

    def _entered(self, entry: _Entry) -> None:
        visits = self._desk.visits
        entry.outcome = entry.visit.outcome
        if entry.outcome == Outcome("external", "off_scope"):
            entry.outcome = Outcome("failed", "off_scope")
        if entry.outcome != COMPLETE:
            return
        reading = visits.read(entry.visit)
        if reading.wall is not None and (entry.section == "home" or reading.wall.unseen):
            entry.outcome = Outcome("failed", reading.wall.kind)
            return
        entry.menu = reading.menu
        if entry is self._entries[0]:
            self._search, self._cms = reading.search, reading.cms
            self._targets.own.add(entry.visit.address)
        elif entry.section == "home":
            entry.menu += (MenuEntry("", entry.visit.request.url),)

    def _take_menus(self) -> None:
        """In the order of the entry pages, whatever came first: the same portal gives the same trails."""
        for entry in self._entries:
            self._targets.add(entry.menu)
            entry.menu = ()

    def _map(self) -> bool:
        """Read the site map, if one is linked."""
        self._take_menus()
        for url, label in self._targets.sitemaps.items():
            self._enter("sitemap", label, url, _SITEMAP)
        return True

    def _sections(self) -> bool:
        """One round: take in what the newest section pages name, then read what is new."""
        self._take_menus()
        menus, self._desk.menus = dict(self._desk.menus), {}
        for target in list(self._targets.found.values()):
            if target.listing in menus:
                self._targets.add(menus[target.listing], target)
        unread = [target for target in self._targets.unread() if self._wanted(target)]
        for target in sorted(unread, key=self._priority):
            priority = self._priority(target)
            target.listing = Listing(self._desk, target.url, target.sections, priority, target.picture)
            target.listing.start()
        return not unread

    def _wanted(self, target: Target) -> bool:
        return self.plan.read_other or bool(target.sections & self.plan.sections)

    def _priority(self, target: Target) -> int:
        needed = [inherited for section, inherited in target.names if section in self.plan.sections]
        return _OTHER if not needed else _INHERITED if all(needed) else _NEEDED

    def _sample(self) -> bool:
        for find in sample(self._desk) if self.plan.read_other else ():
            self._desk.visits.open(PageRequest(find.record.url or ""), "article", priority=_SAMPLE, wide=True)
        return True

    def _probe(self) -> bool:
        if (
            self.plan.read_other
            and self._search.kind in ("form", "post_form")
            and self._search.action
            and self._search.field
        ):
            positive = phrase_probe(self._search, self._desk)
            for probe in (positive, nonsense_probe(self._search, self.plan.unit_id)):
                if probe is not None:
                    visit = self._desk.visits.open(probe.request, "search", priority=_SEARCH, wide=True)
                    self._probes.append((probe, visit))
        return True

    def _entry_trail(self, entry: _Entry) -> Trail:
        outcome = entry.outcome or self._desk.visits.halted or _UNFINISHED
        url = entry.visit.request.url
        return Trail(entry.section, entry.label, url, outcome.state, outcome.reason, entry.visit.trail)

    def _search_trails(self) -> list[Trail]:
        trails = []
        for probe, visit in self._probes:
            outcome = visit.outcome or self._desk.visits.halted or _UNFINISHED
            if outcome.state == "external" and visit.positions:
                outcome = Outcome("failed", "off_scope")
            trails.append(
                Trail(
                    "search", "", probe.request.url, outcome.state, outcome.reason, visit.trail,
                    facts=probe.facts,
                )
            )  # fmt: skip
        return trails

    def _flooded(self) -> list[Trail]:
        """Menu entries left out because there were too many of them."""
        reasons = [reason for reason in ("entries_alike", "too_many_entries") if self._desk.cuts[reason]]
        return [Trail("other", "", self.plan.url, "capped", reason) for reason in reasons]
