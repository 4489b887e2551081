"""What a reviewer should see about a unit's posts and documents (RULEBOOK "First seen"). Flags move no
points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from audit.context import Context
from audit.evidence import Sighting
from audit.model import Flag
from audit.posts import ZONE, Post

_DAY = timedelta(days=1)


def find_flags(context: Context) -> tuple[Flag, ...]:
    """All flags of the unit, sorted; none twice."""
    found = {flag for post in context.posts for flag in _of_post(context, post)}
    found |= set(_removed(context))
    return tuple(sorted(found, key=lambda flag: (flag.kind, flag.url, flag.detail)))


def _of_post(context: Context, post: Post) -> Iterator[Flag]:
    url = post.url or ""
    if post.future:
        yield Flag("future", url, f"{post.posted}: {post.title}")
    elif post.posted is None and not post.unread:
        yield Flag("undated", url, post.title)
    if post.copies > 1 and context.counts(post):
        yield Flag("duplicate", url, f"{post.copies} × {post.title}")
    sighting = context.evidence.ledger.get(post.key)
    if sighting is not None and post.posted is not None and not post.future:
        yield from _against_ledger(context, post.posted, url, post.title, sighting)


def _against_ledger(
    context: Context, posted: date, url: str, title: str, sighting: Sighting
) -> Iterator[Flag]:
    """Back-dated: stated more than a day before the last complete crawl that did not hold it (only for
    posts of the period: older ones may have stood on pages that crawl did not read). Re-dated: stated
    another date when first seen."""
    if sighting.absent_at is not None and context.period.holds(posted):
        absent = sighting.absent_at.astimezone(ZONE).date()
        if posted < absent - _DAY:
            yield Flag("back_dated", url, f"{posted}, not there on {absent}: {title}")
    if sighting.stated is not None and sighting.stated != posted:
        yield Flag("re_dated", url, f"{sighting.stated} → {posted}: {title}")


def _removed(context: Context) -> Iterator[Flag]:
    """Posts and records of the period that an earlier crawl saw and this complete one does not."""
    sections = {section for trail in context.evidence.trails for section in [trail.section]}
    present = _present(context)
    for key, sighting in context.evidence.ledger.items():
        if key in present or sighting.stated is None or not context.period.holds(sighting.stated):
            continue
        if sighting.section in sections and context.walk.cover([sighting.section]).exact:
            yield Flag("removed", key, f"{sighting.stated}, seen {sighting.seen_at.astimezone(ZONE).date()}")


def _present(context: Context) -> Mapping[str, None]:
    from audit.ledger import seen_keys

    return {key: None for sight in seen_keys(context.evidence).values() for key in sight.keys}
