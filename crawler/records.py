"""The records of one page, as far as the walk cares: where each leads and which day it states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from crawler.plan import PortalPlan
from crawler.unsafe import unsafe_reason
from pages.capture import PageRequest
from pages.model import DocumentRow, Item, PageReading, Question, Stated
from pages.urls import canonical

Kind = Literal["item", "document", "question"]

# A register that states only issue dates may hold a record issued before the period and posted in it.
_POSTING_LAG = timedelta(days=31)


@dataclass(slots=True, eq=False)
class Record:
    """One post, document or question of a listing.

    ``day`` is the day it states (None: not known yet); older than ``floor`` means that it is before
    what the plan asks for. ``exact`` is false when ``day`` is not the day it was put there.
    """

    kind: Kind
    key: str
    url: str | None
    title: str
    day: date | None
    floor: date
    exact: bool = True
    settled: bool = True
    files: tuple[str, ...] = field(default=())

    @property
    def old(self) -> bool:
        """It is surely before what the plan asks for."""
        return self.day is not None and self.day < self.floor

    def date_by(self, stated: Stated | None) -> None:
        """Take the day that its own page states, when the listing stated none."""
        if self.day is None and stated is not None:
            self.day = stated.date


def records_of(reading: PageReading, plan: PortalPlan, sections: frozenset[str]) -> list[Record]:
    """The page's records; a post that is also a document row is the document.

    ``sections`` are the page's: where it holds only questions or only documents, its posts are those,
    and what there is to know of them stands on their own pages.
    """
    documents = [_document(row, plan) for row in reading.documents]
    taken = {record.url for record in documents if record.url}
    items = [
        record
        for record in (_item(item, plan, sections) for item in reading.items)
        if record.url not in taken
    ]
    return [*documents, *items, *(_question(question, plan) for question in reading.questions)]


def _item(item: Item, plan: PortalPlan, sections: frozenset[str]) -> Record:
    url = _address(item.url)
    day = _day(item.posted)
    key = item.identity or url or f"{item.title}|{day}"
    if sections == {"petitions_qa"}:
        return Record("question", key, url, item.title, day, plan.questions_since, settled=False)
    kind: Kind = "document" if sections == {"documents"} else "item"
    return Record(kind, key, url, item.title, day, plan.since)


def _document(row: DocumentRow, plan: PortalPlan) -> Record:
    url = _address(row.url)
    key = url or next(iter(row.file_urls), None) or f"{row.number}|{row.abstract}|{row.quote}"
    exact = row.posted is not None
    floor = plan.since if exact else plan.since - _POSTING_LAG
    title = row.abstract or row.number or ""
    day = _day(row.posted or row.issued)
    return Record("document", key, url, title, day, floor, exact, files=row.file_urls)


def _question(question: Question, plan: PortalPlan) -> Record:
    url = _address(question.url)
    day = _day(question.asked)
    key = question.ref or url or f"{question.subject}|{day}|{question.quote}"
    settled = day is not None and (
        question.answered_flag is False or (bool(question.answered_flag) and question.answered is not None)
    )
    return Record("question", key, url, question.subject or "", day, plan.questions_since, settled=settled)


def stated_days(record: Record, reading: PageReading) -> Iterator[Stated | None]:
    """The dates that a record's own page may state for it, the best first."""
    if record.kind == "document":
        for row in reading.documents[:1]:
            yield from (row.posted, row.issued)
    if record.kind == "question":
        yield from (question.asked for question in reading.questions[:1])
    yield reading.posted


def _day(stated: Stated | None) -> date | None:
    return stated.date if stated else None


def _address(url: str | None) -> str | None:
    """One spelling for one page; an address that acts is left as it is, so that it is seen to act."""
    if url is None or unsafe_reason(PageRequest(url)) is not None:
        return url
    return canonical(url)
