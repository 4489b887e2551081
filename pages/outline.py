"""What stands where on a page: every link once, and the kind of block each element is.

Both are found in one pass over the links with their ancestors, so that no reader walks the tree
again for them. Kinds come from meaning first (``nav``, ``aside``, roles), then from words in id and
class; a word is not believed for a block that holds most of the page.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal
from urllib.parse import urldefrag

from lxml import etree
from lxml.html import HtmlElement

from pages.text import fold, label_key
from pages.urls import join
from pages.vocabulary import keys, words

Hint = Literal["", "hidden", "nav", "header", "footer", "aside", "related"]

_LENGTH: Final = etree.XPath("string-length(normalize-space())")
_STRING: Final = etree.XPath("string()", smart_strings=False)
_TAGS: Final[dict[str, Hint]] = {"nav": "nav", "aside": "aside", "footer": "footer", "header": "header"}
_ROLES: Final[dict[str, Hint]] = {
    "navigation": "nav", "menubar": "nav", "menu": "nav", "banner": "header", "contentinfo": "footer",
    "complementary": "aside",
}  # fmt: skip
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_HIDDEN_CLASS = re.compile(r"(?:^|\s)(?:d-none|hidden|hide|visually-hidden|sr-only)(?:\s|$)")
_SHOWN_CLASS = re.compile(
    r"(?:^|\s)(?:d-\w+-(?:block|flex|inline|grid|table)|[\w/-]+(?::[\w/-]+)*:(?:block|flex|inline|grid|table))"
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_ORDER: Final[tuple[Hint, ...]] = ("footer", "related", "aside", "nav", "header")
_BLOCKS: Final = ("div", "ul", "ol", "dl", "table", "tbody", "tr", "td", "section", "form", "menu", "center")
_PARTS: Final = ("article", "section", "li", "tr", "main")
LONG: Final = 28
"""Characters from which on a link's words are likely a title, not a label."""

_MAX_WHOLE = 0.6  # share of the page's links above which a word in a class says nothing


@dataclass(frozen=True, slots=True, eq=False)
class Anchor:
    """One ``<a>`` with an address. ``key`` is the address without its fragment; None leads nowhere."""

    element: HtmlElement
    text: str
    key: str | None
    fragment: str = ""


class Outline:
    """Links of a page and the block kinds of their ancestors; see the module."""

    def __init__(self, root: HtmlElement, base: str) -> None:
        self.root = root
        self.anchors = [_anchor(element, base) for element in root.iter("a")]
        self.links: dict[HtmlElement, int] = {}
        self.chars: dict[HtmlElement, int] = {}
        self.titles: dict[HtmlElement, int] = {}
        self._hints: dict[HtmlElement, Hint] = {}
        self._zones: dict[HtmlElement | None, dict[HtmlElement, Hint]] = {}
        self._lengths: dict[HtmlElement, float] = {}
        self._shown: dict[HtmlElement, bool] = {}
        self._home_list: frozenset[HtmlElement] | None = None
        self.memo: dict[Any, Any] = {}
        for anchor in self.anchors:
            if anchor.text and not anchor.text.isdigit():  # pictures and page numbers make no menu
                self._count(anchor)

    def _count(self, anchor: Anchor) -> None:
        size = len(anchor.text)
        element: HtmlElement | None = anchor.element
        while element is not None:
            self.links[element] = self.links.get(element, 0) + 1
            self.chars[element] = self.chars.get(element, 0) + size
            if size >= LONG:
                self.titles[element] = self.titles.get(element, 0) + 1
            element = element.getparent()

    def hint(self, element: HtmlElement) -> Hint:
        """What ``element`` itself is, by tag, role, style and class; '' for nothing special."""
        found = self._hints.get(element)
        if found is None:
            found = self._hints[element] = self._look(element)
        return found

    def _look(self, element: HtmlElement) -> Hint:
        tag = element.tag
        if tag in ("body", "html"):
            return ""
        if is_hidden(element):
            return "hidden"
        known = _ROLES.get((element.get("role") or "").lower()) or (
            _TAGS.get(tag) if isinstance(tag, str) else None
        )
        hint = known or _class_hint(element.get("id") or "", element.get("class") or "")
        if hint == "nav" and not known and (tag not in _BLOCKS or not self.links.get(element)):
            return ""
        if hint == "nav" and not known and self.titles.get(element, 0) > 0.5 * self.links.get(element, 0):
            return ""
        if hint == "nav" and not known and self._is_paged_list(element):
            return ""
        if hint == "header" and any(parent.tag in _PARTS for parent in element.iterancestors()):
            return ""
        if hint and self.links.get(element, 0) > max(8, _MAX_WHOLE * len(self.anchors)) and hint != "nav":
            return ""
        return hint

    def zone(self, element: HtmlElement, top: HtmlElement | None = None) -> Hint:
        """The first kind met from ``element`` up to (not including) ``top``; '' for plain content."""
        known = self._zones.setdefault(top, {})
        path = []
        found: Hint = ""
        node: HtmlElement | None = element
        while node is not None and node is not top:
            if node in known:
                found = known[node]
                break
            path.append(node)
            found = self.hint(node)
            if found:
                break
            node = node.getparent()
        for node in path:
            known[node] = found
        return found

    @property
    def home(self) -> Anchor | None:
        """The first link that says it leads home."""
        labels = keys("kinds", "home_labels")
        return next((a for a in self.anchors if a.key and label_key(a.text) in labels), None)

    def length(self, element: HtmlElement) -> float:
        """Characters of the element's text, spaces folded."""
        found = self._lengths.get(element)
        if found is None:
            found = self._lengths[element] = float(_LENGTH(element))  # type: ignore[arg-type]
        return found

    def leads_home(self, element: HtmlElement) -> bool:
        """True when most links of ``element`` stand in one list with the link home: a menu, surely."""
        return self._share_of_home(element) >= 0.6

    def is_menu(self, element: HtmlElement) -> bool:
        """True when (nearly) all links of ``element`` stand in one list with the link home."""
        return self._share_of_home(element) >= 0.9

    def _share_of_home(self, element: HtmlElement) -> float:
        """Share of the element's links that stand in the list of the link home, when that is in it."""
        if self._home_list is None:
            home = self.home
            lists = home.element.iterancestors("ul", "ol", "table", "nav") if home is not None else ()
            self._home_list = frozenset(itertools.islice(lists, 1))
        for menu in self._home_list:
            if menu is element or element in menu.iterancestors():
                return self.links.get(menu, 0) / max(1, self.links.get(element, 0))
        return 0.0

    def in_pager(self, element: HtmlElement) -> bool:
        """True when the link stands in a pager (which may itself stand in the list)."""
        for _ in range(4):
            if element is None:
                return False
            if _says_pager(element.get("id") or "", element.get("class") or "") and self._pages(element):
                return True
            element = element.getparent()
        return False

    def _is_paged_list(self, element: HtmlElement) -> bool:
        """True for a block that only the word of a pager calls navigation, and that is none."""
        said = class_words(element.get("id") or "") | class_words(element.get("class") or "")
        named = said & words("columns", "nav")
        return bool(named) and named <= words("columns", "pager") and not self._pages(element)

    def _pages(self, element: HtmlElement) -> bool:
        """True when half of a block's links are numbers, signs or paging words: class words alone also
        name menus ("sort-pages") and the records of paged lists."""
        known: dict[HtmlElement, bool] = self.memo.setdefault("pagers", {})
        if element not in known:
            texts = [text for link in element.iter("a") if (text := fold(str(_STRING(link))))]
            known[element] = sum(map(_pages_on, texts)) * 2 >= len(texts)
        return known[element]

    def shown(self, element: HtmlElement) -> bool:
        """True when neither ``element`` nor anything around it is hidden."""
        path = []
        node: HtmlElement | None = element
        found = True
        while node is not None:
            if node in self._shown:
                found = self._shown[node]
                break
            path.append(node)
            node = node.getparent()
        for node in reversed(path):
            found = self._shown[node] = found and self.hint(node) != "hidden"
        return found


def is_hidden(element: HtmlElement) -> bool:
    """True when the element itself is taken out of view by its attributes."""
    style = element.get("style")
    if style and _HIDDEN_STYLE.search(style):
        return True
    if element.get("hidden") is not None:
        return True
    classes = element.get("class")
    return bool(classes and _HIDDEN_CLASS.search(classes) and not _SHOWN_CLASS.search(classes))


@lru_cache(maxsize=16384)
def class_words(text: str) -> frozenset[str]:
    """Lower-case words of an id or class attribute: ``newsBox_left-2`` holds news, box, left."""
    return frozenset(word.lower() for word in _WORD.findall(text))


@lru_cache(maxsize=8192)
def _says_pager(identity: str, classes: str) -> bool:
    return not words("columns", "pager").isdisjoint(class_words(identity) | class_words(classes))


@lru_cache(maxsize=4096)
def _pages_on(text: str) -> bool:
    """True for the words of a link that leads to another part of a list."""
    if not any(character.isalpha() for character in text):
        return True
    return len(text) <= LONG and not words("columns", "pager_labels").isdisjoint(label_key(text).split())


@lru_cache(maxsize=8192)
def _class_hint(identity: str, classes: str) -> Hint:
    found = {
        *class_words(identity),
        *class_words(classes),
        *identity.lower().split(),
        *classes.lower().split(),
    }
    for hint in _ORDER:
        if found & words("columns", hint):
            return hint
    return ""


def _anchor(element: HtmlElement, base: str) -> Anchor:
    text = fold(str(_STRING(element)))
    href = element.get("href")
    address = _join(base, href) if href else None
    if address is None:
        return Anchor(element, text, None)
    key, fragment = urldefrag(address)
    return Anchor(element, text, key, fragment)


_join = lru_cache(maxsize=16384)(join)
