"""Where a page says its own name: the blocks in which a part of its ``<title>`` stands as plain text."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from pages.outline import Outline
from pages.text import label_key
from pages.vocabulary import keys

_CUT = re.compile(r"\s+[|–—·»-]\s+")
_LONGEST = 400  # characters of a text that can be a page's name


def says_name(element: HtmlElement, outline: Outline) -> bool:
    """True when a piece of the element's text, no link, is one of the page's names."""
    known = outline.memo.get("named")
    if known is None:
        known = outline.memo["named"] = _blocks(outline.root)
    return element in known


def _blocks(root: HtmlElement) -> frozenset[HtmlElement]:
    """Every element in which one of the page's names stands."""
    names = page_names(root)
    first = {name[0] for name in names}
    found: set[HtmlElement] = set()
    for node in root.iter():
        text = node.text
        if not text or not isinstance(node.tag, str) or node.tag in ("a", "title") or len(text) > _LONGEST:
            continue
        start = text.strip()[:1].casefold()
        if start and (start in first or not start.isalnum()) and label_key(text) in names:
            above = list(node.iterancestors())
            if not any(e.tag == "a" for e in above):
                found.update((node, *above))
    return frozenset(found)


def page_names(root: HtmlElement) -> frozenset[str]:
    """The page's ``<title>``, whole and in parts, as label keys, without what every page is called."""
    title = root.find(".//title")
    if title is None or not title.text:
        return frozenset()
    parts = _CUT.split(title.text)
    names = (title.text, *parts, " - ".join(parts[:2]), " - ".join(parts[:3]))
    return frozenset(key for name in names if len(key := label_key(name)) > 3) - keys("kinds", "home_labels")
