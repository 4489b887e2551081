"""What stands around the main column: menus, mastheads, imprints, by what they say and by their shape."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from pages.outline import LONG, Outline, class_words
from pages.text import label_key
from pages.vocabulary import pattern, words

_STRING = etree.XPath("string()", smart_strings=False)
_HEADINGS = etree.XPath("boolean(.//h1|.//h2|.//h3)")
_FIELDS = etree.XPath("boolean(.//input|.//iframe|.//object|.//embed)")
INTO: Final = (
    "div", "section", "main", "form", "table", "tbody", "tr", "td", "center", "span", "body", "article",
    "header", "nav", "aside", "footer",
)  # fmt: skip
"""Elements that can hold the main column."""

_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
_DATE_LINE = 90  # characters of a line that says little more than when
_LOOSE = 40.0  # characters beside the menus of a block that is still nothing but menus


def names_of(element: HtmlElement) -> frozenset[str]:
    """The words of an element's id and classes."""
    return class_words(element.get("id") or "") | class_words(element.get("class") or "")


def is_crumbs(element: HtmlElement) -> bool:
    """True for a block whose id or class calls it a breadcrumb."""
    return bool(names_of(element) & words("columns", "crumbs"))


def hinted_out(element: HtmlElement, outline: Outline) -> bool:
    """True for blocks that say of themselves that they never hold the main content."""
    hint = outline.hint(element)
    if hint == "header":
        return outline.titles.get(element, 0) < max(2, 0.3 * outline.links.get(element, 0))
    return hint in ("hidden", "footer", "aside", "nav", "related")


def is_frame(element: HtmlElement, outline: Outline) -> bool:
    """True for a menu, and for a block of nothing but menus and the like."""
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
        if plain and (child.tag not in INTO or not _only_frame(child, outline, depth + 1)):
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


def is_imprint(element: HtmlElement, outline: Outline) -> bool:
    """True for a last block that reads like a footer: the office's address, telephone, licence."""
    if outline.titles.get(element, 0) > 2 or _FIELDS(element):
        return False
    text = label_key(str(_STRING(element)))
    return len(text) < 1200 and len(set(pattern("columns", "imprint").findall(text))) >= 2


def is_masthead(element: HtmlElement, outline: Outline) -> bool:
    """True for a short block above the menu: the office's name, a clock, a search box."""
    home = outline.home
    if home is None or outline.titles.get(element, 0) or outline.length(element) > 300:
        return False
    around = set(home.element.iterancestors())
    menu = next((later for later in element.itersiblings() if later in around), None)
    return menu is not None and outline.links.get(menu, 0) >= 5


def heads_article(element: HtmlElement, size: float) -> bool:
    """True for a small block that may be the head of an article: named a title, or holding a date."""
    if 0 < size <= 300 and names_of(element) & words("listing", "heading_class"):
        return True
    return 0 < size <= _DATE_LINE and bool(_DATE.search(str(_STRING(element))))


def holds_something(element: HtmlElement, outline: Outline) -> bool:
    """True for a block that may be the content: titles, a heading, a form, some text."""
    if is_imprint(element, outline) or is_masthead(element, outline):
        return False
    return bool(
        outline.titles.get(element) or _HEADINGS(element) or _FIELDS(element) or outline.length(element) > 150
    )
