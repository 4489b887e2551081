"""The articles whose tools are looked at: those of the period, newest first."""

from __future__ import annotations

from datetime import date

from crawler.desk import Desk, Find

# At most this many times the sample, however many posts one day has.
_TIES = 2


def sample(desk: Desk) -> list[Find]:
    """Posts to fetch: the newest of the period, or the newest few of any date when it has none.

    All posts of the last day taken belong to it, so that whoever breaks ties otherwise finds them.
    """
    posts = [find for find in desk.finds.values() if find.record.url and desk.fetchable(find.record.url)]
    dated = sorted((find for find in posts if find.record.day), key=_newest)
    within = [find for find in dated if desk.in_period(find.record.day)]
    if within:
        return _first(within, desk.plan.sample)
    return _first(dated, desk.plan.sample_fallback) or posts[: desk.plan.sample_fallback]


def _newest(find: Find) -> tuple[int, str]:
    return (date.max - (find.record.day or date.min)).days, find.record.key


def _first(finds: list[Find], count: int) -> list[Find]:
    """The first ``count`` distinct posts (title and day), and all that share the last one's day."""
    seen: set[tuple[str, date | None]] = set()
    for find in finds:
        seen.add((find.record.title.casefold(), find.record.day))
        if len(seen) >= count:
            ties = [other for other in finds if _newest(other)[0] <= _newest(find)[0]]
            return ties[: count * _TIES]
    return finds
