"""Kind ``schedule``: a work schedule for the end of the period (RULEBOOK "Schedule")."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from audit.context import Context
from audit.model import Finding, Value
from audit.posts import Post
from audit.walk import Seen
from pages.model import ScheduleRange
from rubric.model import Leaf

_WEEK = timedelta(days=7)


def audit_schedule(context: Context, leaf: Leaf) -> Finding:
    """Yes when a range of days on the section's pages, their articles and lists overlaps the last days
    of the period. A post from those days whose range cannot be read keeps no from being known."""
    params = leaf.params
    last = context.period.closes
    first = last - timedelta(days=params["days"] - 1)
    values: dict[str, Value] = {"first": first.isoformat(), "last": last.isoformat()}
    ranges = _ranges(context, leaf)
    for seen, shown in ranges:
        if shown.first <= last and shown.last >= first:
            values |= {"from": shown.first.isoformat(), "to": shown.last.isoformat()}
            return context.found(leaf, params["yes"], "schedule.found", values, [seen.cite(shown.quote)])
    both = (params["yes"], params["no"])
    shown_days = [shown for _, shown in ranges]
    unread = [post for post in _posts(context, leaf) if _unread(post, shown_days, first, last)]
    if unread:
        evidence = [post.source.cite(post.title) for post in unread[:3]]
        return context.open(
            leaf, "schedule.unread_range", both, {**values, "title": unread[0].title}, evidence
        )
    cover = context.walk.cover(params["sections"])
    cover = replace(cover, gaps=cover.gaps + context.missed_articles(params["sections"]))
    if not cover.complete:
        return context.unseen(leaf, cover, both, values)
    newest = max((shown.last for shown in shown_days), default=None)
    values["newest"] = newest.isoformat() if newest else None
    code = "schedule.none" if cover.trails else "schedule.no_section"
    return context.found(leaf, params["no"], code, values, context.absence(cover))


def _ranges(context: Context, leaf: Leaf) -> list[tuple[Seen, ScheduleRange]]:
    """Every range on the section's pages and on the articles of its posts."""
    pages = {seen.position: seen for _, seen in context.section_pages(leaf.params["sections"])}
    for post in _posts(context, leaf):
        if post.article is not None:
            pages.setdefault(post.article.position, post.article)
    return [(seen, shown) for seen in pages.values() for shown in seen.reading.schedule]


def _posts(context: Context, leaf: Leaf) -> list[Post]:
    return [post for post in context.posts if post.listed_in(leaf.params["sections"])]


def _unread(post: Post, ranges: list[ScheduleRange], first: date, last: date) -> bool:
    """True for a post of those days (or of the week before them, for schedules are posted ahead) in
    whose title no range was read, nor in its article."""
    if post.future or post.posted is None or not first - _WEEK <= post.posted <= last:
        return post.unread
    own = post.article.reading.schedule if post.article else ()
    named = (shown.quote for shown in ranges if shown.quote)
    return not own and not any(quote in post.title or post.title in quote for quote in named)
