"""Which links are titles, and what their words are."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from lxml.html import HtmlElement

from pages.outline import LONG, Anchor, class_words
from pages.text import fold
from pages.tree import text_of
from pages.vocabulary import words

HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_CARD: Final = ("div", "p", *HEADINGS, "section", "article", "figure")


def grade(anchor: Anchor) -> int:
    """How surely a link is a title: 2 in a heading, 1 by its length, 0 not by itself."""
    if len(anchor.text) < 6:
        return 0
    element = anchor.element
    for _ in range(3):
        if element is None:
            break
        if element.tag in HEADINGS or (element.tag != "td" and _says_title(element.get("class") or "")):
            return 2
        element = element.getparent()
    return 1 if len(anchor.text) >= LONG or anchor.text.count(" ") >= 5 else 0


def best_title(anchors: list[Anchor]) -> Anchor:
    """The title among the links of one record: in a heading, else the longest that is no file."""
    return max(anchors, key=lambda a: (grade(a) == 2, not is_file(a), grade(a), min(len(a.text), 200)))


def title_text(anchor: Anchor) -> str:
    """The words of a title link; of a link around a whole card, those of its heading or first long line."""
    element = anchor.element
    if next(element.iter(*_CARD), None) is None:
        return anchor.text
    headed = next((e for e in element.iterdescendants() if isinstance(e.tag, str) and is_heading(e)), None)
    if headed is not None and (text := text_of(headed)):
        return text
    lines = [fold(" ".join(t for t in e.itertext() if t)) for e in element.iter(*_CARD, "span") if not len(e)]
    return next((line for line in lines if len(line) >= 12 and line.count(" ") >= 2), anchor.text)


def is_file(anchor: Anchor) -> bool:
    """True when the address ends like a file."""
    path = (anchor.key or "").split("?")[0]
    return path.rsplit(".", 1)[-1].lower() in words("listing", "files") if "." in path[-6:] else False


def is_heading(element: HtmlElement) -> bool:
    """True for heading elements and for blocks whose class says title."""
    return element.tag in HEADINGS or _heading_class(element)


def _heading_class(element: HtmlElement) -> bool:
    classes = element.get("class")
    return classes is not None and _says_heading(classes)


@lru_cache(maxsize=8192)
def _says_title(classes: str) -> bool:
    return not words("listing", "title_class").isdisjoint(class_words(classes))


@lru_cache(maxsize=8192)
def _says_heading(classes: str) -> bool:
    return not words("listing", "heading_class").isdisjoint(class_words(classes))
