"""Document records of some sections: what each states, whose it is, when it was posted.

RULEBOOK "Documents". Whatever is not known is None and stays so: the auditor decides whether the
level depends on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from audit.address import canonical
from audit.evidence import Sighting
from audit.ledger import document_key
from audit.posts import ZONE, Post, local_day
from audit.walk import Seen, Walk
from pages.docnumbers import find_number
from pages.model import DocumentRow, Stated
from pages.text import label_key
from rubric.model import Period

_TICK = timedelta(microseconds=1)
# Days after the close in which the period is audited: what was issued in it and stands there by then
# without any posting date is taken as posted in it, not in the days since.
_GRACE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Record:
    """One document record.

    ``row`` is what the register and the detail page state together. ``first`` and ``last`` bound the
    day it was posted (equal when the portal states it); ``first`` is None when nothing bounds it,
    ``bounded_by`` tells whether the ``portal`` says so or the ``ledger`` (None: neither).
    ``in_period`` is None when the bounds straddle an end of the period. ``detail_unread``: its own
    page was not seen, so what the row lacks may stand there; ``detail_missed``: it was asked for.
    """

    key: str
    row: DocumentRow
    source: Seen
    in_period: bool | None = None
    first: date | None = None
    last: date | None = None
    bounded_by: str | None = None
    detail_unread: bool = False
    detail_missed: bool = False
    from_post: bool = False

    @property
    def legal(self) -> bool:
        """True for a legal normative document, by the form of its number."""
        number = find_number(self.row.number) if self.row.number else None
        return number is not None and number.kind == "qppl"


def collect_records(
    walk: Walk,
    pages: Sequence[Seen],
    posts: Sequence[Post],
    ledger: Mapping[str, Sighting],
    period: Period,
    stale_by: date,
) -> tuple[Record, ...]:
    """All distinct records on ``pages`` and among ``posts`` (the posts of the same sections).

    ``stale_by``: a record without any posting date that was issued on or before this day (its deadline
    ran out before the period opened) is taken as posted before the period, as listings are read back
    by the date of issue where no posting date is stated.
    """
    found: dict[tuple[str, str], Record] = {}
    own_pages = _own_pages(pages)
    for seen in pages:
        if canonical(seen.capture.url) in own_pages and len(seen.reading.documents) == 1:
            continue  # joined with its row
        for row in seen.reading.documents:
            _add(found, _from_row(walk, seen, row))
    urls = {canonical(record.row.url) for record in found.values() if record.row.url}
    for post in posts:
        if not any(canonical(url) in urls for url in post.urls) and (record := _from_post(post)):
            _add(found, record)
    dated = (_bounded(record, ledger, period, stale_by) for record in found.values())
    return tuple(
        sorted(dated, key=lambda r: (-(r.last or date.min).toordinal(), r.key, r.row.abstract or ""))
    )


def _own_pages(pages: Sequence[Seen]) -> set[str]:
    """Addresses of the pages of single documents that some register among ``pages`` lists."""
    return {
        canonical(row.url)
        for seen in pages
        for row in seen.reading.documents
        if row.url and canonical(row.url) != canonical(seen.capture.url)
    }


def _add(found: dict[tuple[str, str], Record], record: Record) -> None:
    """Keep a record, joined with the same one from another list (same key, same abstract)."""
    key = (record.key, label_key(record.row.abstract or ""))
    before = found.get(key)
    if before is None:
        found[key] = record
        return
    found[key] = replace(
        before,
        row=_filled(before.row, record.row),
        detail_unread=before.detail_unread and record.detail_unread,
        detail_missed=before.detail_missed and record.detail_missed,
    )


def _from_row(walk: Walk, seen: Seen, row: DocumentRow) -> Record:
    key = document_key(row)
    own_page = walk.at(row.url) if row.url else None
    if own_page is not None and own_page.position != seen.position and not own_page.holds_nothing:
        row = _with_page(row, own_page)
    unread = bool(row.url) and own_page is None and walk.inside(row.url or "")
    missed = bool(row.url) and walk.missed(row.url or "")
    return Record(key, row, seen, detail_unread=unread or missed, detail_missed=missed)


def _with_page(row: DocumentRow, page: Seen) -> DocumentRow:
    """The row completed with what the document's own page states."""
    reading = page.reading
    details = [other for other in reading.documents if _same_number(row, other)]
    if len(reading.documents) == 1 or len(details) == 1:
        row = _filled(row, details[0] if details else reading.documents[0])
    files = tuple(link.url for link in reading.files)
    posted = row.posted or _page_date(row, reading.posted)
    return replace(row, posted=posted, file_urls=row.file_urls or files, has_file=row.has_file or bool(files))


def _page_date(row: DocumentRow, posted: Stated | None) -> Stated | None:
    """The page's post date, unless it is the document's own date read again."""
    own_dates = {stated.date for stated in (row.issued, row.effective) if stated}
    return posted if posted and posted.date not in own_dates else None


def _same_number(first: DocumentRow, second: DocumentRow) -> bool:
    return bool(first.number) and label_key(first.number or "") == label_key(second.number or "")


def _filled(row: DocumentRow, other: DocumentRow) -> DocumentRow:
    """``row`` with what it lacks taken from ``other``."""
    return DocumentRow(
        number=row.number or other.number,
        type=row.type or other.type,
        issuer=row.issuer or other.issuer,
        issued=row.issued or other.issued,
        effective=row.effective or other.effective,
        posted=row.posted or other.posted,
        abstract=row.abstract or other.abstract,
        file_urls=tuple(dict.fromkeys(row.file_urls + other.file_urls)),
        has_file=row.has_file or other.has_file,
        url=row.url or other.url,
        quote=row.quote or other.quote,
    )


def _from_post(post: Post) -> Record | None:
    """A post of a document section as the record it stands for; None when it announces no document."""
    article = post.article
    number = find_number(post.title)
    files = tuple(link.url for link in article.reading.files) if article else ()
    if article is not None and not files and not article.reading.documents and number is None:
        return None
    posted = Stated(post.posted, quote=post.quote) if post.posted and not post.future else None
    row = DocumentRow(
        number=number.number if number else None,
        posted=posted,
        abstract=post.title,
        file_urls=files,
        has_file=bool(files),
        url=post.url,
        quote=post.title,
    )
    if article is not None and len(article.reading.documents) == 1:
        row = _filled(row, article.reading.documents[0])
    return Record(document_key(row), row, post.source, detail_unread=article is None, from_post=True)


def _bounded(record: Record, ledger: Mapping[str, Sighting], period: Period, stale_by: date) -> Record:
    """The record with the days between which it was posted, and whether they lie in the period."""
    row, sighting = record.row, ledger.get(record.key)
    issued = row.issued.date if row.issued else None
    if row.posted is not None:
        day = row.posted.date
        future = day > local_day(record.source.capture)
        inside = False if future else period.holds(day)
        return replace(record, first=day, last=day, bounded_by="portal", in_period=inside)
    last = _day(sighting.seen_at if sighting else record.source.capture.seen_at)
    if sighting is not None and sighting.absent_at is not None:
        first = max(_local(sighting.absent_at), issued or date.min)
        first = min(first, last)
        return replace(
            record, first=first, last=last, bounded_by="ledger", in_period=_inside(first, last, period)
        )
    if issued is not None and issued <= stale_by and not record.detail_missed:
        return replace(record, first=None, last=last, in_period=False)
    standing = _inside(issued or date.min, last, period)
    if standing is None and issued is not None and period.holds(issued) and last <= period.closes + _GRACE:
        standing = True
    return replace(record, first=issued, last=last, in_period=standing)


def _inside(first: date, last: date, period: Period) -> bool | None:
    if last < period.opens or first > period.closes:
        return False
    return True if period.holds(first) and period.holds(last) else None


def _day(moment: datetime) -> date:
    """The last local day on which something seen at ``moment`` can have been posted."""
    return _local(moment - _TICK)


def _local(moment: datetime) -> date:
    return (moment.astimezone(ZONE) if moment.tzinfo else moment).date()
