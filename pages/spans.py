"""How far a record of a list reaches: which siblings of its title's branch belong to it."""

from __future__ import annotations

import re
from typing import Final

from lxml.html import HtmlElement

from pages.titles import HEADINGS
from pages.tree import text_of

_DATE = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|\d{1,2}\s+tháng\s+\d{1,2}", re.I)
_LONGEST: Final = 90  # characters of a line that says little more than when


def spans(
    node: HtmlElement, branches: list[HtmlElement], walls: set[HtmlElement]
) -> list[tuple[HtmlElement, ...]]:
    """For each branch the siblings that belong to it, itself among them.

    Siblings belong to the branch before them, or to the one after them when the dates of the list
    stand before its titles. Where that cannot be told, a record is its branch alone. Nothing reaches
    over one of ``walls`` (branches of other records) or a heading.
    """
    alone = [(b,) for b in branches]
    if branches[0].tag in ("li", "tr", "article") or any(b.getparent() is not node for b in branches):
        return alone
    children = list(node)
    marks = [children.index(b) for b in branches]
    first, last = _reach(children, marks[0], -1, walls), _reach(children, marks[-1], 1, walls)
    dates = [i for i in range(first, last + 1) if i not in marks and _dates_line(children[i])]
    before, after = any(i < marks[0] for i in dates), any(i > marks[-1] for i in dates)
    if dates and not before and not after:
        before, after = _by_breaks(children, marks, dates)
    if dates and before == after:
        return alone
    if before:
        cuts = [
            max([i for i in dates if i < mark and i >= start], default=mark) for start, mark in _gaps(marks)
        ]
        ends = [*(cut - 1 for cut in cuts[1:]), last]
    else:
        cuts, ends = marks, [*(mark - 1 for mark in marks[1:]), last]
    return [
        tuple(children[_reach(children, m, -1, walls, c) : _reach(children, m, 1, walls, e) + 1])
        for m, c, e in zip(marks, cuts, ends, strict=True)
    ]


def _by_breaks(children: list[HtmlElement], marks: list[int], dates: list[int]) -> tuple[bool, bool]:
    """(before, after) by the line breaks between titles and dates: a line is one record."""
    breaks = [i for i, child in enumerate(children) if child.tag in ("br", "hr")]
    inner = [d for d in dates if marks[0] < d < marks[-1]]
    ahead = {any(max(m for m in marks if m < d) < b < d for b in breaks) for d in inner}
    behind = {any(d < b < min(m for m in marks if m > d) for b in breaks) for d in inner}
    return (ahead, behind) == ({True}, {False}), (ahead, behind) == ({False}, {True})


def _gaps(marks: list[int]) -> list[tuple[int, int]]:
    """(first index after the mark before, mark) of every mark."""
    return [(0 if i == 0 else marks[i - 1] + 1, mark) for i, mark in enumerate(marks)]


def _reach(
    children: list[HtmlElement], start: int, step: int, walls: set[HtmlElement], limit: int | None = None
) -> int:
    """How far from ``start`` in one direction, up to ``limit``, no wall and no heading stands."""
    place = start
    while 0 <= place + step < len(children) and place != limit:
        element = children[place + step]
        if element in walls or element.tag in HEADINGS:
            break
        place += step
    return place


def _dates_line(element: HtmlElement) -> bool:
    """True for a short line with a date in it."""
    text = text_of(element) if isinstance(element.tag, str) else ""
    return len(text) <= _LONGEST and _DATE.search(text) is not None
