"""Kind ``count``: how many posts of some sections are dated inside the period (RULEBOOK "Count")."""

from __future__ import annotations

from collections.abc import Sequence

from audit.context import Context, gap_citations, gap_values
from audit.model import Citation, Finding
from audit.posts import Post
from audit.records import Record
from audit.walk import Cover
from rubric.model import Leaf

_MAX_CITED = 20


def audit_count(context: Context, leaf: Leaf) -> Finding:
    """The level whose threshold the count reaches. Posts whose date stands on a page that was not seen
    may still count; a listing that was not read to its end may hold any number more."""
    sections, children = leaf.params["sections"], leaf.params.get("with_children", True)
    posts = [post for post in context.posts if post.listed_in(sections, children)]
    counted = [post for post in posts if context.counts(post)]
    records, unsure = _documents(context, leaf, posts)
    cover = context.walk.cover(sections, children)
    unread = [post for post in posts if post.unread]
    count = len(counted) + len(records)
    values = {
        "count": count,
        "more": _more(leaf, count),
        "syndicated": sum(map(context.syndicated, counted)),
        "undated": sum(post.posted is None and not post.unread for post in posts),
    }
    evidence = _citations(counted, records)
    possible = _reach(leaf, count, count + len(unread) + unsure, _closed(cover))
    if len(possible) == 1:
        evidence = evidence or context.absence(cover)
        return context.found(leaf, possible[0], _code(cover, count), values, evidence)
    if not _closed(cover):
        return context.unseen(leaf, cover, possible, values, evidence)
    hidden = context.walk.gaps_at([post.url for post in unread if post.url])
    return context.open(
        leaf,
        "count.unread_dates",
        possible,
        {**values, "unread": len(unread) + unsure, **gap_values(hidden)},
        (*evidence, *gap_citations(hidden)),
    )


def _more(leaf: Leaf, count: int) -> int:
    """How many items are lacking for the next better level; 0 at the best."""
    floors = [int(band["at_least"]) for band in leaf.params["bands"]]
    return min((floor - count for floor in floors if floor > count), default=0)


def _closed(cover: Cover) -> bool:
    """True when nothing more can be there: the section was read to its end, or is known to be missing."""
    return cover.exact or cover.complete


def _code(cover: Cover, count: int) -> str:
    return "count.items" if count or cover.trails else "count.no_section"


def _reach(leaf: Leaf, low: int, high: int, closed: bool) -> list[str]:
    """The levels of ``low`` to ``high`` items; without upper end unless ``closed``."""
    bands = sorted(leaf.params["bands"], key=lambda band: -int(band["at_least"]))
    levels = []
    above: int | None = None
    for band in bands:
        floor = int(band["at_least"])
        if (above is None or low < above) and (not closed or high >= floor):
            levels.append(str(band["level"]))
        above = floor
    return levels


def _documents(context: Context, leaf: Leaf, posts: Sequence[Post]) -> tuple[list[Record], int]:
    """Document records of the sections posted in the period, where the leaf counts them, and how many
    more may have been; a record whose page is also a post of the section is that post."""
    if not leaf.params.get("include_documents"):
        return [], 0
    urls = {url for post in posts for url in post.urls}
    records = [
        record
        for record in context.records(leaf.params["sections"])
        if not record.from_post and record.row.url not in urls
    ]
    sure = [record for record in records if record.in_period is True]
    return sure, sum(record.in_period is None for record in records)


def _citations(posts: Sequence[Post], records: Sequence[Record]) -> tuple[Citation, ...]:
    cited = [post.source.cite(post.quote) for post in posts]
    cited += [record.source.cite(record.row.quote) for record in records]
    return tuple(dict.fromkeys(cited))[:_MAX_CITED]
