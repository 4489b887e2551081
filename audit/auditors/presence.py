"""Kind ``presence``: a section exists and holds something (RULEBOOK "Nothing or unseen", "Presence")."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from audit.content import holds_something, stated_days
from audit.context import Context
from audit.model import Citation, Finding, Value
from audit.walk import Cover, Seen, on_host
from rubric.model import Leaf


def audit_presence(context: Context, leaf: Leaf) -> Finding:
    """Yes when a section page holds something (recent enough, where the leaf says how old it may be) or
    the section leads to one of the allowed outside portals; no only when everything was seen."""
    params = leaf.params
    pages = [seen for _, seen in context.section_pages(params["sections"])]
    holding = [seen for seen in pages if holds_something(seen, params["min_text"])]
    cover = context.walk.cover(params["sections"])
    outside = _outside(context, cover, pages, params["external_hosts"])
    if outside:
        return context.found(leaf, params["yes"], "presence.external", {"url": outside[0].quote}, outside)
    if params["max_age_months"] is not None:
        return _aged(context, leaf, cover, holding)
    if holding:
        values: dict[str, Value] = {"pages": len(holding), "where": holding[0].capture.url}
        return context.found(leaf, params["yes"], "presence.found", values, [_cite(holding[0])])
    return _absent(context, leaf, cover)


def _aged(context: Context, leaf: Leaf, cover: Cover, holding: list[Seen]) -> Finding:
    """Presence that must be recent: the newest dated thing of the section, counted back from the
    period's last day."""
    params = leaf.params
    if not holding:
        return _absent(context, leaf, cover)
    closes = context.period.closes
    oldest = months_before(closes, params["max_age_months"])
    dated = [found for found in _dated(context, leaf, holding) if found[0] <= closes]
    both = (params["yes"], params["no"])
    if not dated:
        values: dict[str, Value] = {"where": holding[0].capture.url}
        return context.open(leaf, "presence.undated", both, values, [_cite(holding[0])])
    newest, citation = max(dated, key=lambda found: found[0])
    values = {"newest": newest.isoformat(), "oldest": oldest.isoformat()}
    if newest >= oldest:
        return context.found(leaf, params["yes"], "presence.recent", values, [citation])
    cover = replace(cover, gaps=cover.gaps + context.missed_articles(params["sections"], undated=True))
    if not cover.complete:
        return context.unseen(leaf, cover, both, values, [citation])
    return context.found(leaf, params["no"], "presence.too_old", values, [citation])


def _dated(context: Context, leaf: Leaf, holding: list[Seen]) -> list[tuple[date, Citation]]:
    """Everything dated in the section: its pages and records, and its posts by their articles."""
    found = [(day, seen.cite(quote)) for seen in holding for day, quote in stated_days(seen)]
    posts = [post for post in context.posts if post.listed_in(leaf.params["sections"])]
    found += [
        (post.posted, post.source.cite(post.quote)) for post in posts if post.posted and not post.future
    ]
    return found


def _outside(context: Context, cover: Cover, pages: list[Seen], hosts: list[str]) -> list[Citation]:
    """Menu entries of the section that lead to an allowed outside portal, and links on its own pages
    to one (those that stand on the home page too are the frame's, not the section's)."""
    walk = context.walk
    home = walk.home()
    entries = [t.url for t in cover.external if any(on_host(url, hosts) for url in walk.targets(t))]
    if entries:
        where = next((s for s in home if any(e.url == entries[0] for e in s.reading.menu)), None)
        return [where.cite(entries[0])] if where else []
    frame = {link.url for seen in home for link in seen.reading.links}
    for seen in pages:
        for link in seen.reading.links:
            if link.url not in frame and on_host(link.url, hosts):
                return [seen.cite(link.url)]
    return []


def _absent(context: Context, leaf: Leaf, cover: Cover) -> Finding:
    both = (leaf.params["yes"], leaf.params["no"])
    if not cover.complete:
        return context.unseen(leaf, cover, both)
    code = "presence.empty" if cover.trails else "presence.no_section"
    return context.found(leaf, leaf.params["no"], code, {}, context.absence(cover))


def months_before(day: date, months: int) -> date:
    """The same day ``months`` earlier, or that month's last day when it has no such day."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def _cite(seen: Seen) -> Citation:
    reading = seen.reading
    words = [
        reading.text[:160],
        *(item.title for item in reading.items[:1]),
        *(f.label for f in reading.files[:1]),
    ]
    return seen.cite(next((word for word in words if word), reading.title or ""))
