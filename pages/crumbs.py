"""The breadcrumb of a page, known by its first link, which leads home, and by being one short line."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urldefrag

from lxml.html import HtmlElement

from pages.text import label_key
from pages.tree import Page, text_of
from pages.vocabulary import keys

_LONGEST: Final = 220  # characters of a breadcrumb
_MOST_LINKS: Final = 6
_LEAVES: Final = ("contact", "sitemap", "search")  # pages that no other page stands below
_SIGNS = re.compile(r"\s*(?:»|>|›|→|/|\||::|\\|-{1,2})\s+|\s*[»>›→]\s*")


def crumb_line(page: Page) -> HtmlElement | None:
    """The element that holds the breadcrumb; None when there is none."""
    home = keys("kinds", "home_labels")
    for anchor in page.outline.anchors:
        if label_key(anchor.text) in home and (line := _line(anchor.element, anchor.text, page)) is not None:
            return line
    return None


def _line(element: HtmlElement, label: str, page: Page) -> HtmlElement | None:
    """The nearest short element around the home link that begins with it and says more."""
    for above in element.iterancestors():
        text = text_of(above)
        if len(text) > _LONGEST or page.outline.links.get(above, 0) > _MOST_LINKS:
            return None
        rest = text[text.find(label) + len(label) :].strip() if label in text[: len(label) + 12] else ""
        if len(rest) > 2:
            return above if _steps(above) and not _is_menu(above, page) else None
    return None


def _is_menu(line: HtmlElement, page: Page) -> bool:
    """True for a short line of links beside the link home: it ends in a link to another page, after a bar
    or with the words of a page that has none below it. Where a breadcrumb ends, the page stands."""
    anchors = [a for a in page.outline.anchors if line in a.element.iterancestors()]
    last = anchors[-1]
    text = text_of(line)
    if len(anchors) < 3 or last.key in (None, urldefrag(page.url)[0]) or not text.endswith(last.text):
        return False
    barred = {sign.strip() for sign in _SIGNS.findall(text)} == {"|"}
    return barred or any(label_key(last.text) in keys("kinds", entry) for entry in _LEAVES)


def _steps(line: HtmlElement) -> bool:
    """True unless the line is a short menu: a breadcrumb has separators, an order, or at most three links."""
    return len(list(line.iter("a"))) <= 3 or bool(_SIGNS.search(text_of(line)))


def crumb_words(page: Page) -> list[str]:
    """What the breadcrumb says after home: all of it, then its last step."""
    line = crumb_line(page)
    if line is None:
        return []
    parts = [part for part in _SIGNS.split(text_of(line)) if part]
    home = keys("kinds", "home_labels")
    rest = [part for part in parts if label_key(part) not in home]
    first = (
        next(
            (label for label in sorted(home, key=len, reverse=True) if label_key(rest[0]).startswith(label)),
            "",
        )
        if rest
        else ""
    )
    if first:
        rest[0] = rest[0][len(first) :].strip()
    return [*rest[-1:], " ".join(rest)] if rest else []
