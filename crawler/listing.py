"""One section: its entry page and the further pages of its list, read back to the first day asked for."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.desk import Desk
from crawler.records import Record, records_of, stated_days
from crawler.visits import COMPLETE, Outcome, Visit, request_key
from pages.capture import PageRequest, Role
from pages.labels import match_sections
from pages.model import PageReading

# Pages in a row that bring no record not seen before: the list goes round in circles.
_STALE = 2
# When this many posts of one page state no date on their own pages either, others will not.
_TRIES = 3
_BATCH = 20
_FILES = 3
_NO_LISTS = frozenset({"contact", "directory", "sitemap", "login", "error", "search_form"})
_ROLES: dict[str, Role] = {"item": "article", "document": "document", "question": "petition"}


@dataclass(slots=True, eq=False)
class Listing:
    """Reads one list. :attr:`outcome` is None while it reads; :attr:`captures` what it has read.

    Of an ``unnamed`` list, to which only a picture leads, :attr:`own_names` are the sections that the
    page itself names, each with the words."""

    desk: Desk
    url: str
    sections: frozenset[str]
    priority: int
    unnamed: bool = False
    outcome: Outcome | None = None
    own_names: tuple[tuple[str, str], ...] = ()
    entered: bool = False
    kind: str = ""
    captures: list[int] = field(default_factory=list)
    _pages: list[Visit] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)
    _stale: int = 0
    _undatable: bool = False
    _missed: str | None = None

    def start(self) -> None:
        """Ask for the entry page."""
        self._open(PageRequest(self.url), "section")

    def _open(self, request: PageRequest, role: Role) -> None:
        wide = role == "listing"
        self.desk.visits.open(request, role, self._take, priority=self.priority, wide=wide)

    def _take(self, visit: Visit) -> None:
        first = not self._pages
        self._pages.append(visit)
        self.captures.extend(position for position in visit.trail if position not in self.captures)
        assert visit.outcome is not None
        if visit.outcome != COMPLETE:
            self._enter(None)
            return self._finish(visit.outcome)
        reading = self.desk.visits.read(visit)
        self.kind = reading.kind if first else self.kind
        self._enter(reading)
        if reading.wall is not None:
            return self._finish(Outcome("failed", reading.wall.kind) if reading.wall.unseen else COMPLETE)
        fresh = self._fresh(reading)
        self.desk.found(self, fresh)
        self._details(reading, fresh, first)
        return None

    def _enter(self, reading: PageReading | None) -> None:
        """The entry page has come: its menus may name further sections."""
        if not self.entered:
            self.entered = True
            if reading is not None:
                self._take_name(reading)
                self.desk.entered(self, reading)

    def _take_name(self, reading: PageReading) -> None:
        """An unnamed page says itself what it is; what its address seemed to say no longer counts."""
        if self.unnamed and reading.wall is None:
            found = ((name, match_sections(name)) for name in reading.names)
            name, sections = next((pair for pair in found if pair[1]), ("", ()))
            self.own_names = tuple((section, name) for section in sections)
            self.sections = frozenset(sections) or self.sections

    def _fresh(self, reading: PageReading) -> list[Record]:
        if reading.kind in _NO_LISTS:
            return []
        fresh = [
            record
            for record in records_of(reading, self.desk.plan, self.sections)
            if record.key not in self._seen
        ]
        self._seen.update(record.key for record in fresh)
        return fresh

    def _details(self, reading: PageReading, fresh: list[Record], first: bool) -> None:
        """Ask for the pages behind the records; go on once the undated ones have been looked at."""
        undated = (
            [] if self._undatable else [r for r in fresh if r.day is None and self.desk.fetchable(r.url)]
        )
        following = _Following(self, reading.next, fresh, undated)
        if first and self.sections & self.desk.plan.content_sections:
            self._contents(reading, fresh)
        for record in fresh:
            if record not in undated:
                self.desk.detail(record, self.priority)
        following.go_on()

    def _contents(self, reading: PageReading, fresh: list[Record]) -> None:
        """Sections that are about what they say: the first posts and the files, whatever their date."""
        for link in reading.files[: self.desk.plan.content_items]:
            self.desk.file(link.url, self.priority)
        posts = [r for r in fresh if r.kind == "item" and self.desk.fetchable(r.url)]
        for record in posts[: self.desk.plan.content_items]:
            self.desk.visits.open(
                PageRequest(record.url or ""), "article", self._files_of, priority=self.priority, wide=True
            )

    def _files_of(self, visit: Visit) -> None:
        if visit.outcome == COMPLETE:
            for link in self.desk.visits.read(visit).files[:_FILES]:
                self.desk.file(link.url, self.priority)

    def follow(self, following: PageRequest | None, fresh: list[Record]) -> None:
        """Every record of the newest page is known as well as can be: stop here or turn the page."""
        fresh = [record for record in fresh if not self.desk.is_menu(record)]
        self._stale = 0 if fresh or len(self._pages) == 1 else self._stale + 1
        if following is None or self._stale >= _STALE or (fresh and all(record.old for record in fresh)):
            return self._finish(COMPLETE)
        if request_key(following) in {request_key(page.request) for page in self._pages}:
            return self._finish(COMPLETE)
        if len(self._pages) >= self.desk.limits.listing_pages:
            return self._finish(Outcome("capped", "listing_pages"))
        if self.desk.tired is not None:
            return self._finish(self.desk.tired)
        return self._open(following, "listing")

    def looked_at(self, records: list[Record], failures: list[str]) -> None:
        """Some undated records of one page have been looked at on their own pages."""
        self._missed = self._missed or next(iter(failures), None)
        self._undatable = len(records) >= _TRIES and all(record.day is None for record in records)

    @property
    def undatable(self) -> bool:
        """The posts of this list state no dates, here or on their own pages."""
        return self._undatable

    @property
    def records(self) -> int:
        """How many different records its pages have shown."""
        return len(self._seen)

    def _finish(self, outcome: Outcome) -> None:
        if outcome == COMPLETE and self._missed is not None:
            outcome = Outcome("failed", f"article:{self._missed}")
        if outcome.state == "external" and len(self._pages) > 1:
            outcome = Outcome("failed", "next:off_scope")
        self.outcome = self.outcome or outcome


@dataclass(slots=True)
class _Following:
    """Looks at the pages behind the undated records of one page of a list, a batch at a time."""

    listing: Listing
    next: PageRequest | None
    fresh: list[Record]
    undated: list[Record]
    _batch: list[Record] = field(default_factory=list)
    _failures: list[str] = field(default_factory=list)
    _missing: int = 0

    def go_on(self) -> None:
        """Ask for the next batch; hand back to the listing when there is none worth asking for."""
        batch = self.undated[:_BATCH]
        self.undated = self.undated[_BATCH:]
        self._batch, self._failures, self._missing = batch, [], len(batch)
        if not batch or self.listing.undatable:
            self.listing.follow(self.next, self.fresh)
        for record in batch if self._missing and not self.listing.undatable else ():
            self._look_at(record)

    def _look_at(self, record: Record) -> None:
        self.listing.desk.visits.open(
            PageRequest(record.url or ""),
            _ROLES[record.kind],
            lambda visit: self._seen(record, visit),
            priority=self.listing.priority,
            wide=True,
        )

    def _seen(self, record: Record, visit: Visit) -> None:
        if visit.outcome == COMPLETE:
            reading = self.listing.desk.visits.read(visit)
            for stated in stated_days(record, reading):
                record.date_by(stated)
            self.listing.desk.files_of_document(record, reading, self.listing.priority)
        elif (
            visit.outcome is not None
            and visit.outcome.state != "external"
            and not self.listing.desk.is_menu(record)
        ):
            self._failures.append(visit.outcome.reason or "failed")
        self._missing -= 1
        if self._missing == 0:
            self.listing.looked_at(self._batch, self._failures)
            self.go_on()
