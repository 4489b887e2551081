"""The province's portal cut to what one unit's findings rest on.

Kept are its home page, menus and site map, its lists of petitions with the pages behind them, and the lists
that hold a post which the unit has too. Whether that is enough is not believed but judged.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from audit.address import canonical
from audit.model import UnitResult
from pages.capture import Trail
from pages.text import label_key
from pages.urls import join
from report.evidence.portal import Portal, Reader

_FRAME = ("home", "sitemap")


def cut_province(
    portal: Portal,
    sections: Collection[str],
    whole: UnitResult,
    judged: Callable[[Portal], UnitResult],
    reader: Reader,
) -> Portal:
    """The smallest part we know how to name that is judged as the whole is; else the whole.

    ``sections`` are those of the petitions, ``whole`` the result with the whole portal.
    """
    shared = {label_key(item.title) for item in whole.items if item.syndicated}
    trails = tuple(
        t for t in portal.trails if t.section in (*_FRAME, *sections) or _lists(t, portal, shared, reader)
    )
    part = portal.part(set(_positions(trails, portal, shared, reader)), trails)
    return part if judged(part) == whole else portal


def _lists(trail: Trail, portal: Portal, titles: Collection[str], reader: Reader) -> bool:
    pages = (reader(portal.captures[n]) for n in trail.captures) if titles else ()
    return any(label_key(item.title) in titles for page in pages for item in page.items)


def _positions(
    trails: tuple[Trail, ...], portal: Portal, titles: Collection[str], reader: Reader
) -> Iterator[int]:
    """The trails' captures, and those of the petitions and shared posts that they lead to."""
    wanted: set[str] = set()
    for position in dict.fromkeys(n for trail in trails for n in trail.captures):
        yield position
        reading = reader(portal.captures[position])
        wanted |= {canonical(question.url) for question in reading.questions if question.url}
        wanted |= {canonical(i.url) for i in reading.items if i.url and label_key(i.title) in titles}
    for position, capture in portal.captures.items():
        if canonical(capture.url) in wanted:
            yield position
            target = join(capture.url, capture.location) if capture.location else None
            if target:
                wanted.add(canonical(target))
