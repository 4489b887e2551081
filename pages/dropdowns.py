"""Menus of plain blocks: the words above a group of links that stands in no list.

Such a group hangs below a button, a link or a caption: ``<button>`` and a block of links, or rows of a
table of which the first has words and no link.
"""

from __future__ import annotations

from typing import Final

from lxml.html import HtmlElement

from pages.labels import match_sections
from pages.outline import LONG
from pages.tree import Page, text_of

_LEVELS: Final = 5  # how far above a link the group it belongs to may be headed
_LONGEST: Final = 60  # characters of such a caption
_CONTROLS: Final = ("button", "summary")
_SAYS: Final = ("aria-expanded", "aria-haspopup", "aria-controls", "data-toggle", "data-bs-toggle")


def is_control(element: HtmlElement) -> bool:
    """True for what opens and closes something beside it."""
    return element.tag in _CONTROLS or any(element.get(name) is not None for name in _SAYS)


def opened_beside(element: HtmlElement) -> bool:
    """True for a block that a control before it in the same parent opens."""
    return any(isinstance(e.tag, str) and is_control(e) for e in element.itersiblings(preceding=True))


def group_words(element: HtmlElement, page: Page) -> tuple[str, ...]:
    """The words above the groups that the link ``element`` stands in, outermost first."""
    found: list[str] = []
    node = element
    for _ in range(_LEVELS):
        parent = node.getparent()
        if parent is None or node is page.main or node.tag in ("ul", "ol", "nav", "header"):
            break
        if words := _captions(parent, page).get(node):
            found.append(words)
        node = parent
    return tuple(reversed(found))


def _captions(parent: HtmlElement, page: Page) -> dict[HtmlElement, str]:
    """For each child with links the words before it that head it; found once for each parent."""
    known: dict[HtmlElement, dict[HtmlElement, str]] = page.outline.memo.setdefault("dropdowns", {})
    if parent not in known:
        known[parent] = _read_captions(parent, page)
    return known[parent]


def _read_captions(parent: HtmlElement, page: Page) -> dict[HtmlElement, str]:
    links = page.outline.links
    found: dict[HtmlElement, str] = {}
    caption, opened, before = "", False, None
    for child in parent:
        if not isinstance(child.tag, str):
            continue
        if is_control(child) and (text := text_of(child)):
            caption, opened = text if len(text) <= _LONGEST else "", True
        elif links.get(child):
            found[child] = caption or _head(before, child, page)
            before = child
            if opened and links[child] > 1:  # the block it opens: what follows stands beside it
                caption = ""
        elif text := text_of(child):
            caption, opened = text if _is_box_title(text, parent, page) else "", False
    return {child: words for child, words in found.items() if words}


def _head(before: HtmlElement | None, child: HtmlElement, page: Page) -> str:
    """The words of the one link before a block of links, when the two are all that their parent holds."""
    links = page.outline.links
    parent = child.getparent()
    if parent is None or before is None or child.tag == "a" or links[before] != 1 or links[child] < 2:
        return ""
    text = text_of(before)
    return text if len(text) < LONG and links.get(parent) == links[child] + 1 else ""


def _is_box_title(text: str, parent: HtmlElement, page: Page) -> bool:
    """True for a section's name above links beside the column: inside it, it heads a list of posts."""
    if len(text) >= LONG or not match_sections(text):
        return False
    return page.main is not parent and page.main not in parent.iterancestors()
