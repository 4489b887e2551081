"""Which element is the main column of a page.

From the body downwards: menus, header, footer and side blocks are left out, and the walk goes on
into the one block that remains, until the remaining blocks belong together. Among columns that
stand side by side, width, position of the breadcrumb, headings and the amount of text decide.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

from pages.frame import (
    INTO,
    heads_article,
    hinted_out,
    holds_something,
    is_crumbs,
    is_frame,
    is_imprint,
    is_masthead,
    names_of,
)
from pages.outline import LONG, Outline
from pages.ownname import says_name
from pages.text import label_key
from pages.vocabulary import keys, words

_STRING = etree.XPath("string()", smart_strings=False)
_HEADINGS = etree.XPath("boolean(.//h1|.//h2|.//h3)")
_FIELDS = etree.XPath("boolean(.//input|.//iframe|.//object|.//embed)")
_WIDTH_CLASS = re.compile(
    r"(?:^|\s)(?:col-(?:xs-|sm-|md-|lg-|xl-|xxl-)?|span|large-|medium-|grid_|(?:\w+:)?col-span-)(\d{1,2})(?!\S)"
)
_WIDTH_STYLE = re.compile(r"(?:^|[;\s])width\s*:\s*(\d{1,4})(?:\.\d+)?\s*(?:px|%)")
_LEAST = 40.0  # characters that a column holds at least beside its title
_MOST = 0.5  # share of the text that the block with the page's title must hold to be the column alone
_FIRST = 1.4  # what comes first in the source, menus aside, is more often the column than a side box
_TOP = 4  # ancestors of a block that stands near the top of the tree
_FEW = 0.03  # share of the text below which a block without heading is furniture (a banner, a spacer)

Sized = tuple[HtmlElement, float]


def main_column(root: HtmlElement, outline: Outline) -> HtmlElement:
    """The main column of the page; the body when nothing else stands out."""
    body = root.find("body")
    element: HtmlElement = root if body is None else body
    declared = _declared(element, outline)
    element = element if declared is None else declared
    while (inner := _inner(element, outline)) is not None:
        element = inner
    return element


def _declared(body: HtmlElement, outline: Outline) -> HtmlElement | None:
    """The fullest element that says of itself that it is the main one."""
    found = [e for e in body.iter("main") if outline.shown(e)]
    if not found:
        found = [e for e in body.iter("div", "section", "td") if (e.get("role") or "").lower() == "main"]
    sized = [(e, outline.length(e)) for e in found]
    best = max(sized, key=lambda pair: pair[1], default=None)
    return best[0] if best is not None and best[1] > 0 else None


def _inner(element: HtmlElement, outline: Outline) -> HtmlElement | None:
    """The one child that holds the main content of ``element``; None when the search ends here."""
    rows: list[Sized] = []
    own = 0.0  # characters in headings, paragraphs and lists of the element itself
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or hinted_out(child, outline):
            continue
        size = outline.length(child)
        if tag in INTO or "-" in tag:
            if size or outline.links.get(child) or _FIELDS(child):
                rows.append((child, size))
        elif tag == "a":
            own += size if size >= LONG else 0
        elif tag not in ("label", "button"):
            own += size if tag not in ("h1", "h2") else 1000 * bool(size)
    if own > _FEW * sum(size for _, size in rows):
        return None
    if (widest := _widest(rows)) is not None:
        return widest
    rows = _without_frames(rows, outline)
    if len(rows) > 1:
        rows = _without_furniture(rows, outline)
    if len(rows) == 1:
        return None if rows[0][0].tag == "article" else rows[0][0]
    if rows and _are_columns([e for e, _ in rows]):
        return _best_column(rows, outline)
    return _named(rows, outline)


def _named(rows: list[Sized], outline: Outline) -> HtmlElement | None:
    """Among blocks one above the other: the one with the page's own title and a good part of the text."""
    total = sum(size for _, size in rows)
    if len(rows) < 2:
        return None
    large = (e for e, size in rows if size >= max(_MOST * total, _LEAST) and not is_imprint(e, outline))
    fit = [e for e in large if says_name(e, outline)] or _called_main(rows, outline)
    return fit[0] if len(fit) == 1 else None


def _called_main(rows: list[Sized], outline: Outline) -> list[HtmlElement]:
    """The one block that calls itself the main one, when it holds the page's name: however little it says."""
    called = [e for e, _ in rows if names_of(e) & words("columns", "main")]
    return called if len(called) == 1 and says_name(called[0], outline) else []


def _without_frames(rows: list[Sized], outline: Outline) -> list[Sized]:
    """Without menus and blocks of menus. A block that holds a menu and titles stays when nothing that
    could be the content would remain."""
    kept = [(e, size) for e, size in rows if says_name(e, outline) or not is_frame(e, outline)]
    if any(holds_something(e, outline) for e, _ in kept):
        return kept
    mixed = [(e, size) for e, size in rows if outline.titles.get(e) and not outline.is_menu(e)]
    return [row for row in rows if row in kept or row in mixed] if mixed else kept


def _without_furniture(rows: list[Sized], outline: Outline) -> list[Sized]:
    """Without the small blocks around the content, and without an imprint at the end."""
    total = sum(size for _, size in rows)
    kept = [
        (e, size)
        for e, size in rows
        if size >= _FEW * total
        or _HEADINGS(e)
        or (outline.titles.get(e, 0) > 1 and not is_crumbs(e))
        or heads_article(e, size)
    ]
    if len(kept) > 1 and is_masthead(kept[0][0], outline):
        kept = kept[1:]
    if len(kept) > 1 and is_imprint(kept[-1][0], outline) and _is_page(kept[:-1], kept[-1][0], outline):
        kept.pop()
    return kept or rows


def _is_page(rows: list[Sized], last: HtmlElement, outline: Outline) -> bool:
    """True when the blocks above an imprint are a page by themselves: much text, or a heading."""
    if sum(size for _, size in rows) > 200:
        return True
    if sum(1 for _ in last.iterancestors()) > _TOP:
        return False
    return any(_HEADINGS(e) or says_name(e, outline) for e, _ in rows)


def _are_columns(elements: list[HtmlElement]) -> bool:
    """True when the elements stand side by side: cells of a row, or blocks that say their width or side."""
    if all(e.tag == "td" for e in elements):
        return True
    if len({(e.tag, e.get("class")) for e in elements}) == 1 and len(elements) > 2:
        return False  # equal cards
    return len(elements) <= 4 and all(width(e) or names_of(e) & words("columns", "column") for e in elements)


def _best_column(rows: list[Sized], outline: Outline) -> HtmlElement | None:
    """The widest or fullest column; None when the columns are parts of one thing (cards of a row)."""
    widths = [width(e) for e, _ in rows]
    if widths[0] and len(set(widths)) == 1 and _alike(rows):
        return None
    weights = [_weight(e, w, outline) for (e, _), w in zip(rows, widths, strict=True)]
    if len(rows) == 2 and names_of(rows[1][0]) & words("columns", "right"):
        weights[0] *= _FIRST
    return rows[weights.index(max(weights))][0]


def _widest(rows: list[Sized]) -> HtmlElement | None:
    """The column that says it is by far the widest of its row."""
    if not 2 <= len(rows) <= 4:
        return None
    ordered = sorted(rows, key=lambda row: -width(row[0]))
    first, second = width(ordered[0][0]), width(ordered[1][0])
    return ordered[0][0] if all(width(e) for e, _ in rows) and first >= 1.6 * second else None


def _alike(rows: list[Sized]) -> bool:
    sizes = sorted(size for _, size in rows)
    return sizes[0] > 0.4 * sizes[-1]


def _weight(element: HtmlElement, wide: float, outline: Outline) -> float:
    """How much a column looks like the main one: text that is not labels, width, breadcrumb, headings."""
    labels = outline.chars.get(element, 0) if outline.titles.get(element, 0) < 2 else 0
    choices = sum(outline.length(e) for e in element.iter("select"))
    weight = min(max(outline.length(element) - labels - choices, 0.0), 3000.0) + 100.0
    weight *= 0.4 + wide if wide else 0.8
    if names_of(element) & words("columns", "main"):
        weight *= 3
    if any(is_crumbs(e) for e in element.iter("div", "ul", "ol", "nav", "span")):
        weight *= 3
    if element.find(".//h1") is not None:
        weight *= 2
    if says_name(element, outline):
        weight *= 4
    if any(
        outline.in_pager(a.element)
        for a in outline.anchors
        if a.text.isdigit() and _within(a.element, element)
    ):
        weight *= 3
    first = next((e for e in element.iter("h2", "h3", "h4", "h5") if outline.length(e)), None)
    if first is not None and label_key(str(_STRING(first))) in keys("listing", "popular"):
        weight *= 0.3
    return weight


def _within(element: HtmlElement, top: HtmlElement) -> bool:
    return top in element.iterancestors()


def width(element: HtmlElement) -> float:
    """How wide the element says it is, comparable with its neighbours (0 when it does not say)."""
    return _width(element.get("class") or "", element.get("width") or "", element.get("style") or "")


@lru_cache(maxsize=4096)
def _width(classes: str, attribute: str, style: str) -> float:
    number = attribute.strip().rstrip("%px ")
    if found := _WIDTH_STYLE.search(style):
        return float(found[1]) / (100 if found[0].endswith("%") else 1000)
    if number.isdigit():
        return float(number) / (100 if attribute.strip().endswith("%") else 1000)
    grid = [int(n) for n in _WIDTH_CLASS.findall(classes)]
    return grid[-1] / 12 if grid else 0.0  # grids of 24 columns only look twice as wide: compared in one row
