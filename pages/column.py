"""Which element is the main column of a page.

From the body downwards: menus, header, footer and side blocks are left out, and the walk goes on
into the one block that remains, until the remaining blocks belong together. Among columns that
stand side by side, width, position of the breadcrumb, headings and the amount of text decide.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from pages.outline import LONG, Outline, class_words
from pages.text import label_key
from pages.vocabulary import keys, pattern, words

_STRING = etree.XPath("string()", smart_strings=False)
_HEADINGS = etree.XPath("boolean(.//h1|.//h2|.//h3)")
_FIELDS = etree.XPath("boolean(.//input|.//iframe|.//object|.//embed)")
_INTO: Final = (
    "div", "section", "main", "form", "table", "tbody", "tr", "td", "center", "span", "body", "article",
    "header", "nav", "aside", "footer",
)  # fmt: skip
_WIDTH_CLASS = re.compile(
    r"(?:^|\s)(?:col-(?:xs-|sm-|md-|lg-|xl-|xxl-)?|span|large-|medium-|grid_|(?:\w+:)?col-span-)(\d{1,2})(?!\S)"
)
_WIDTH_STYLE = re.compile(r"(?:^|[;\s])width\s*:\s*(\d{1,4})(?:\.\d+)?\s*(?:px|%)")
_CUT = re.compile(r"\s+[|–—·»-]\s+")
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
_MOST = 0.5  # share of the text that the block with the page's title must hold to be the column alone
_DATE_LINE = 90  # characters of a line that says little more than when
_FIRST = 1.4  # what comes first in the source, menus aside, is more often the column than a side box
_TOP = 4  # ancestors of a block that stands near the top of the tree
_LOOSE = 40.0  # characters beside the menus of a block that is still nothing but menus
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
        if not isinstance(tag, str) or _hinted_out(child, outline):
            continue
        size = outline.length(child)
        if tag in _INTO or "-" in tag:
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
    rows = _without_frames(rows, _page_names(element), outline)
    if len(rows) > 1:
        rows = _without_furniture(rows, outline)
    if len(rows) == 1:
        return None if rows[0][0].tag == "article" else rows[0][0]
    if rows and _are_columns([e for e, _ in rows]):
        return _best_column(rows, outline)
    return _named(rows, element, outline)


def _named(rows: list[Sized], element: HtmlElement, outline: Outline) -> HtmlElement | None:
    """Among blocks one above the other: the one with the page's own title and a good part of the text."""
    title = element.getroottree().find(".//title")
    names = (
        {label_key(part) for part in _CUT.split(title.text)} if title is not None and title.text else set()
    )
    names = {name for name in names if len(name) > 3} - keys("kinds", "home_labels")
    total = sum(size for _, size in rows)
    if not names or len(rows) < 2:
        return None
    large = (e for e, size in rows if size >= max(_MOST * total, _LOOSE) and not _imprint(e, outline))
    fit = [e for e in large if _titled(e, names)]
    return fit[0] if len(fit) == 1 else None


def _page_names(element: HtmlElement) -> set[str]:
    """The parts of the page's ``<title>`` as label keys, without those that every page has."""
    title = element.getroottree().find(".//title")
    if title is None or not title.text:
        return set()
    parts = _CUT.split(title.text)
    names = {label_key(part) for part in (title.text, *parts, " - ".join(parts[:2]), " - ".join(parts[:3]))}
    return {name for name in names if len(name) > 3} - keys("kinds", "home_labels")


def _titled(element: HtmlElement, names: set[str]) -> bool:
    """True when a piece of the element's text is one of the page's names."""
    if not names:
        return False
    for node in element.iter():
        text = node.text
        if not text or not 3 < len(text) < 400 or not isinstance(node.tag, str) or node.tag == "a":
            continue
        if label_key(text) in names and next(node.iterancestors("a"), None) is None:
            return True
    return False


def _hinted_out(element: HtmlElement, outline: Outline) -> bool:
    """True for blocks that say of themselves that they never hold the main content."""
    hint = outline.hint(element)
    if hint == "header":
        return outline.titles.get(element, 0) < max(2, 0.3 * outline.links.get(element, 0))
    return hint in ("hidden", "footer", "aside", "nav", "related")


def _without_frames(rows: list[Sized], names: set[str], outline: Outline) -> list[Sized]:
    """Without menus and blocks of menus. A block that holds a menu and titles stays when nothing that
    could be the content would remain."""
    kept = [(e, size) for e, size in rows if _titled(e, names) or not _is_frame(e, outline)]
    if any(_holds_something(e, outline) for e, _ in kept):
        return kept
    mixed = [(e, size) for e, size in rows if outline.titles.get(e) and not outline.is_menu(e)]
    return [row for row in rows if row in kept or row in mixed] if mixed else kept


def _holds_something(element: HtmlElement, outline: Outline) -> bool:
    """True for a block that may be the content: titles, a heading, a form, some text."""
    if _imprint(element, outline) or _masthead(element, outline):
        return False
    return bool(
        outline.titles.get(element) or _HEADINGS(element) or _FIELDS(element) or outline.length(element) > 150
    )


def _is_frame(element: HtmlElement, outline: Outline) -> bool:
    return menu_shaped(element, outline) or _only_frame(element, outline)


def _only_frame(element: HtmlElement, outline: Outline, depth: int = 0) -> bool:
    """True when a block holds nothing but blocks that are left out themselves."""
    children = [c for c in element if isinstance(c.tag, str)]
    if depth > 3 or not children or (element.text or "").strip() or outline.titles.get(element, 0) > 3:
        return False
    left_out, loose = 0, 0.0
    for child in children:
        if (child.tail or "").strip():
            return False
        size = outline.length(child)
        if size == 0 and not _FIELDS(child):
            continue
        plain = outline.hint(child) in ("", "related") and not menu_shaped(child, outline)
        if plain and (child.tag not in _INTO or not _only_frame(child, outline, depth + 1)):
            loose += size
        left_out += 1
    return left_out > 0 and loose <= min(_LOOSE, 0.1 * outline.length(element))


def menu_shaped(element: HtmlElement, outline: Outline) -> bool:
    """True when most text is links with short labels: a menu, a row of banners, a link list."""
    count = outline.links.get(element, 0)
    if count < 5:
        return False
    long_labels = outline.titles.get(element, 0) / count
    if long_labels > 0.5 or (long_labels > 0.2 and not outline.leads_home(element)):
        return False
    chars = outline.chars.get(element, 0)
    return chars / count < LONG and chars > 0.7 * outline.length(element)


def _without_furniture(rows: list[Sized], outline: Outline) -> list[Sized]:
    """Without the small blocks around the content, and without an imprint at the end."""
    total = sum(size for _, size in rows)
    kept = [
        (e, size)
        for e, size in rows
        if size >= _FEW * total
        or _HEADINGS(e)
        or (outline.titles.get(e, 0) > 1 and not _is_crumbs(e))
        or _heads(e, size)
    ]
    if len(kept) > 1 and _masthead(kept[0][0], outline):
        kept = kept[1:]
    if len(kept) > 1 and _imprint(kept[-1][0], outline) and _is_page(kept[:-1], kept[-1][0]):
        kept.pop()
    return kept or rows


def _is_page(rows: list[Sized], last: HtmlElement) -> bool:
    """True when the blocks above an imprint are a page by themselves: much text, or a heading."""
    if sum(size for _, size in rows) > 200:
        return True
    if sum(1 for _ in last.iterancestors()) > _TOP:
        return False
    names = _page_names(last)
    return any(_HEADINGS(e) or _titled(e, names) for e, _ in rows)


def _masthead(element: HtmlElement, outline: Outline) -> bool:
    """True for a short block above the menu: the office's name, a clock, a search box."""
    home = outline.home
    if home is None or outline.titles.get(element, 0) or outline.length(element) > 300:
        return False
    around = set(home.element.iterancestors())
    menu = next((later for later in element.itersiblings() if later in around), None)
    return menu is not None and outline.links.get(menu, 0) >= 5


def _heads(element: HtmlElement, size: float) -> bool:
    """True for a small block that may be the head of an article: named a title, or holding a date."""
    if 0 < size <= 300 and _names(element) & words("listing", "heading_class"):
        return True
    return 0 < size <= _DATE_LINE and bool(_DATE.search(str(_STRING(element))))


def _imprint(element: HtmlElement, outline: Outline) -> bool:
    """True for a last block that reads like a footer: the office's address, telephone, licence."""
    if outline.titles.get(element, 0) > 2 or _FIELDS(element):
        return False
    text = label_key(str(_STRING(element)))
    return len(text) < 1200 and len(set(pattern("columns", "imprint").findall(text))) >= 2


def _names(element: HtmlElement) -> frozenset[str]:
    return class_words(element.get("id") or "") | class_words(element.get("class") or "")


def _is_crumbs(element: HtmlElement) -> bool:
    return bool(_names(element) & words("columns", "crumbs"))


def _are_columns(elements: list[HtmlElement]) -> bool:
    """True when the elements stand side by side: cells of a row, or blocks that say their width or side."""
    if all(e.tag == "td" for e in elements):
        return True
    if len({(e.tag, e.get("class")) for e in elements}) == 1 and len(elements) > 2:
        return False  # equal cards
    return len(elements) <= 4 and all(width(e) or _names(e) & words("columns", "column") for e in elements)


def _best_column(rows: list[Sized], outline: Outline) -> HtmlElement | None:
    """The widest or fullest column; None when the columns are parts of one thing (cards of a row)."""
    widths = [width(e) for e, _ in rows]
    if widths[0] and len(set(widths)) == 1 and _alike(rows):
        return None
    weights = [_weight(e, w, outline) for (e, _), w in zip(rows, widths, strict=True)]
    if len(rows) == 2 and _names(rows[1][0]) & words("columns", "right"):
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
    if _names(element) & words("columns", "main"):
        weight *= 3
    if any(_is_crumbs(e) for e in element.iter("div", "ul", "ol", "nav", "span")):
        weight *= 3
    if element.find(".//h1") is not None:
        weight *= 2
    if _titled(element, _page_names(element)):
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
