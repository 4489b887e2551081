"""First-seen intervals from what was kept of each night (RULEBOOK "First seen").

An item lies in (``absent_at``, ``seen_at``]: the last complete crawl of its section without it, the
first crawl with it. A crawl says that an item was absent only if it read the section completely and
far enough back: the listing of a crawl that ended at ``back_to`` never showed older items.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from audit.evidence import Sighting


@dataclass(frozen=True, slots=True)
class Visit:
    """One complete reading of a section; ``back_to`` None means to its end."""

    at: datetime
    back_to: date | None

    def would_show(self, dated: date | None) -> bool:
        """True when an item dated so would have been among what was read."""
        return self.back_to is None or (dated is not None and dated >= self.back_to)


@dataclass(frozen=True, slots=True)
class Seen:
    """An item in one section: first and last crawl with it, and the dates stated then."""

    key: str
    section: str
    first: datetime
    last: datetime
    first_dated: date | None
    dated: date | None


def absent_before(seen: Seen, visits: Iterable[Visit]) -> datetime | None:
    """The last complete crawl without the item before the first one with it, or None."""
    times = (visit.at for visit in visits if visit.at < seen.first and visit.would_show(seen.first_dated))
    return max(times, default=None)


def gone_since(seen: Seen, visits: Iterable[Visit]) -> datetime | None:
    """The first complete crawl without the item after the last one with it, or None."""
    times = (visit.at for visit in visits if visit.at > seen.last and visit.would_show(seen.dated))
    return min(times, default=None)


def intervals(rows: Iterable[Seen], visits: Mapping[str, list[Visit]]) -> dict[str, Sighting]:
    """Each key's interval over all sections: that of the crawl that showed it first.

    Where that crawl showed it in two sections, the wider interval holds: it may have stood in the one
    before it stood in the other.
    """
    found: dict[str, Sighting] = {}
    for row in rows:
        absent = absent_before(row, visits.get(row.section, ()))
        known = found.get(row.key)
        if known is None or row.first < known.seen_at:
            found[row.key] = Sighting(row.key, row.first, absent)
        elif row.first == known.seen_at:
            both = None if absent is None or known.absent_at is None else min(absent, known.absent_at)
            found[row.key] = Sighting(row.key, row.first, both)
    return found
