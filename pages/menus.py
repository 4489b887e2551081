"""Menus and links: every way the page offers to another page, with its words and its place.

A menu entry is a link in a block of navigation, a short link in a list of such links anywhere
outside the items (side menus, site maps, footers), a banner whose picture has words, or a drop-down
option that leads somewhere. Its path are the labels of the entries above it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from lxml.html import HtmlElement

from pages.dropdowns import group_words, opened_beside
from pages.labels import match_sections
from pages.model import Link, MenuEntry
from pages.outline import Anchor
from pages.text import fold, label_key
from pages.titles import is_heading
from pages.tree import Page
from pages.urls import join
from pages.vocabulary import keys

_ADDRESS = re.compile(r"""(?:https?://|/)[^\s'"<>]+""")
_OWN_VALUE = re.compile(r"this\.(?:value|options)|\.value\b", re.I)
_MAX_LABEL: Final = 90  # characters of the longest link text that is still a menu label
_LISTS: Final = ("ul", "ol", "dl", "menu")
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_LEVELS: Final = 8  # how far above a list the heading of its box may stand


def read_links(page: Page) -> tuple[Link, ...]:
    """All links of the page and its navigating drop-down options, in page order, each once."""
    found: dict[tuple[str, str], None] = {}
    for anchor in page.outline.anchors:
        if anchor.key:
            found.setdefault((label_of(anchor), anchor.key))
    for label, url in _options(page):
        found.setdefault((label, url))
    return tuple(Link(label, url) for label, url in found)


def read_menu(page: Page, items: frozenset[str] = frozenset()) -> tuple[MenuEntry, ...]:
    """The menu entries of the page in page order; ``items`` are the addresses of the main list's items."""
    entries: dict[tuple[str, str], MenuEntry] = {}
    labels: dict[HtmlElement, str] = {}
    captions: dict[HtmlElement, tuple[str, ...]] = {}
    for anchor in page.outline.anchors:
        label = label_of(anchor)
        holder = _holder(anchor.element)
        if holder is not None and label and holder not in labels:
            labels[holder] = label
        if not anchor.key or anchor.key in items or not _is_entry(anchor, label, page):
            continue
        path = (*_caption(holder, page, captions), *_path(holder, labels)) or group_words(
            anchor.element, page
        )
        entries.setdefault((label, anchor.key), _entry(label, anchor.key, path))
    for label, url in _options(page):
        entries.setdefault((label, url), _entry(label, url, ()))
    return _below(tuple(entries.values()))


def _below(entries: tuple[MenuEntry, ...]) -> tuple[MenuEntry, ...]:
    """Entries that say nothing themselves take the section of the entry whose address theirs stands below."""
    known = {entry.url.rstrip("/"): entry.sections for entry in entries if entry.sections}
    return tuple(
        entry if entry.sections or entry.inherited else replace(entry, inherited=_above(entry.url, known))
        for entry in entries
    )


def _above(url: str, known: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    path = url.split("?")[0].rstrip("/")
    while path.count("/") > 3:
        path = path.rsplit("/", 1)[0]
        for end in ("", ".html", ".aspx", ".htm", ".php"):
            if path + end in known:
                return known[path + end]
    return ()


def label_of(anchor: Anchor) -> str:
    """The words of a link: its text, else its title or label, else its picture's words."""
    if anchor.text:
        return anchor.text
    element = anchor.element
    for name in ("title", "aria-label"):
        if words := fold(element.get(name) or ""):
            return words
    for picture in element.iter("img"):
        if words := fold(picture.get("alt") or "") or fold(picture.get("title") or ""):
            return words
    return ""


def _is_entry(anchor: Anchor, label: str, page: Page) -> bool:
    if not label or len(label) > _MAX_LABEL or label_key(label) in keys("listing", "more"):
        return False
    if label_key(label).isdigit() or page.outline.in_pager(anchor.element):
        return False
    return _visible(anchor.element, page)


def _visible(element: HtmlElement, page: Page) -> bool:
    """True unless the whole menu is hidden: a hidden sub-menu opens, a hidden menu does not."""
    if page.outline.shown(element):
        return True
    return all(page.outline.hint(e) != "hidden" or _opens(e) for e in (element, *element.iterancestors()))


def _opens(element: HtmlElement) -> bool:
    """True for a hidden part of a menu that is shown: it opens on a click."""
    return opened_beside(element) or any(parent.tag in ("li", "nav") for parent in element.iterancestors())


def _entry(label: str, url: str, path: tuple[str, ...]) -> MenuEntry:
    sections = match_sections(label)
    inherited: tuple[str, ...] = ()
    if not sections:
        inherited = next((found for above in reversed(path) if (found := match_sections(above))), ())
    return MenuEntry(label, url, sections, inherited, path)


def _holder(element: HtmlElement) -> HtmlElement | None:
    """The list item (or the cell, or the block) that an entry's own link heads."""
    for _ in range(6):
        element = element.getparent()
        if element is None:
            return None
        if element.tag == "li":
            return element
    return None


def _path(holder: HtmlElement | None, labels: dict[HtmlElement, str]) -> tuple[str, ...]:
    path: list[str] = []
    if holder is None:
        return ()
    for above in holder.iterancestors("li"):
        label = labels.get(above) or _own_words(above)
        if label:
            path.append(label)
    return tuple(reversed(path))


def _caption(
    holder: HtmlElement | None, page: Page, known: dict[HtmlElement, tuple[str, ...]]
) -> tuple[str, ...]:
    """The heading of the box that a list of links stands in; none for lists in the navigation."""
    if holder is None:
        return ()
    top = next(reversed(list(holder.iterancestors(*_LISTS))), None)
    if top is None:
        return ()
    if top not in known:
        known[top] = () if page.outline.zone(top) in ("nav", "footer") else _heading_above(top)
    return known[top]


def _heading_above(element: HtmlElement) -> tuple[str, ...]:
    """The headings of the box around a list, outermost first: at most two."""
    found: list[str] = []
    for _ in range(_LEVELS):
        text = _heading_before(element)
        if text is not None:
            found.append(text)
        parent = element.getparent()
        if parent is None or len(found) == 2 or text == "":
            break
        element = parent
    return tuple(text for text in reversed(found) if text)


def _heading_before(element: HtmlElement) -> str | None:
    """The words before ``element`` when they are a heading, '' for other text, None for nothing."""
    for sibling in element.itersiblings(preceding=True):
        if not isinstance(sibling.tag, str):
            continue
        text = fold("".join(sibling.itertext()))
        if text:
            heads = is_heading(sibling) or next(sibling.iter(*_HEADINGS), None) is not None
            return text if heads and len(text) <= _MAX_LABEL else ""
    return None


def _own_words(item: HtmlElement) -> str:
    """The words of a list item before its sub-list: a heading that leads nowhere itself."""
    words = [item.text or ""]
    for child in item:
        if child.tag in (*_LISTS, "div", "table"):
            break
        words.append("".join(child.itertext()) if isinstance(child.tag, str) else "")
        words.append(child.tail or "")
    text = fold(" ".join(words))
    return text if len(text) <= _MAX_LABEL else ""


def _options(page: Page) -> list[tuple[str, str]]:
    """Drop-down options that lead to a page, as (label, address)."""
    memo = page.outline.memo
    if "options" not in memo:
        memo["options"] = _find_options(page)
    options: list[tuple[str, str]] = memo["options"]
    return options


def _find_options(page: Page) -> list[tuple[str, str]]:
    found = []
    for select in page.root.iter("select"):
        script = select.get("onchange") or ""
        for option in select.iter("option"):
            url = _option_url(option, script, page.url)
            label = fold("".join(option.itertext()))
            if url and label:
                found.append((label, url))
    return found


def _option_url(option: HtmlElement, script: str, base: str) -> str | None:
    for name in ("value", "data-url", "data-href", "data-link", "onclick"):
        value = (option.get(name) or "").strip()
        if value.startswith(("http://", "https://", "//")):
            return join(base, value)
        if name == "onclick" and (found := _ADDRESS.search(value)):
            return join(base, found[0])
        if value.startswith("/") and _OWN_VALUE.search(script):
            return join(base, value)
        if value.startswith("www."):
            return join(base, "http://" + value)
    return None
