"""What the listings of one walk share: the plan, the pages, what has been found so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from crawler.plan import CrawlLimits, PortalPlan
from crawler.records import Record, stated_days
from crawler.visits import COMPLETE, Outcome, Visit, Visits
from pages.capture import PageRequest
from pages.model import MenuEntry, PageReading

if TYPE_CHECKING:
    from crawler.listing import Listing

_FILES = 3


@dataclass(slots=True, eq=False)
class Find:
    """One post that some listing holds, with the sections it was seen in."""

    record: Record
    sections: set[str]


@dataclass(slots=True, eq=False)
class Desk:
    """Shared state of one walk. ``tired`` is set when a budget is nearly used up: listings then stop,
    so that the sample and the probes can still be taken. ``sections`` are the addresses that the
    home page's menus name."""

    plan: PortalPlan
    limits: CrawlLimits
    visits: Visits
    tired: Outcome | None = None
    finds: dict[str, Find] = field(default_factory=dict)
    menus: dict[Listing | None, tuple[MenuEntry, ...]] = field(default_factory=dict)
    sections: set[str] = field(default_factory=set)
    _cut: set[tuple[str, str]] = field(default_factory=set)

    def cut(self, reason: str, url: str) -> None:
        """An address is left out for ``reason``."""
        self._cut.add((reason, url))

    @property
    def cuts(self) -> Counter[str]:
        """How many addresses were left out, by reason."""
        return Counter(reason for reason, _ in self._cut)

    def entered(self, listing: Listing, reading: PageReading) -> None:
        """The entry page of ``listing`` has come. What stands around a single post of no known section
        (its tools, related posts) names no sections."""
        if listing.sections or reading.kind != "article":
            self.menus[listing] = reading.menu

    def found(self, listing: Listing, records: Sequence[Record]) -> None:
        """A page of ``listing`` held these records. Those whose pages are not read are counted by cause."""
        for record in records:
            refusal = self.refusal(record.url) if record.url else None
            if refusal is not None:
                self.cut(refusal, record.url or "")
            if record.kind == "item" and not self.is_menu(record):
                self.finds.setdefault(record.key, Find(record, set())).sections.update(listing.sections)

    def refusal(self, url: str) -> str | None:
        """Why a page shown by one of the portal's own lists is not read; None when it may be."""
        return self.visits.scope.refuse(PageRequest(url), wide=True)

    def is_menu(self, record: Record) -> bool:
        """A list of links without dates may hold the menu's own entries: those are no posts."""
        return record.day is None and record.url in self.sections

    def fetchable(self, url: str | None) -> bool:
        """A page of the portal's own host that may be read."""
        return url is not None and self.refusal(url) is None

    def in_period(self, day: date | None) -> bool:
        """The day lies in the plan's period."""
        return day is not None and self.plan.since <= day <= self.plan.until

    def detail(self, record: Record, priority: int) -> None:
        """Ask for the page and files of a document of the period, the page of an unsettled question."""
        if record.kind == "question" and not record.settled and not record.old and self.fetchable(record.url):
            self.visits.open(PageRequest(record.url or ""), "petition", priority=priority, wide=True)
        if record.kind == "document" and self._concerns(record):
            for url in record.files[:_FILES]:
                self.file(url, priority)
            if self.fetchable(record.url):
                self.visits.open(
                    PageRequest(record.url or ""),
                    "document",
                    lambda visit: self._document(record, visit, priority),
                    priority=priority,
                    wide=True,
                )

    def _concerns(self, record: Record) -> bool:
        day = record.day
        return day is not None and record.floor <= day <= self.plan.until

    def _document(self, record: Record, visit: Visit, priority: int) -> None:
        if visit.outcome == COMPLETE:
            self.files_of_document(record, self.visits.read(visit), priority)

    def files_of_document(self, record: Record, reading: PageReading, priority: int) -> None:
        """Files that a document's own page offers."""
        stated = any(day is not None and self.in_period(day.date) for day in stated_days(record, reading))
        if record.kind != "document" or not (stated or self._concerns(record)):
            return
        urls = [url for row in reading.documents[:1] for url in row.file_urls]
        for url in (urls or [link.url for link in reading.files])[:_FILES]:
            self.file(url, priority)

    def file(self, url: str, priority: int) -> None:
        """Ask for a file on the portal's own host."""
        if self.fetchable(url):
            self.visits.open(PageRequest(url), "file", priority=priority, wide=True)
