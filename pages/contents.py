"""What else the main column holds: files, pictures, headings, its own text."""

from __future__ import annotations

from typing import Final

from lxml.html import HtmlElement

from pages.menus import label_of
from pages.model import Link
from pages.outline import is_hidden
from pages.text import fold
from pages.tree import Page, text_of
from pages.urls import join
from pages.vocabulary import words

_MAX_TEXT: Final = 60_000  # characters of the column's own text that are handed on
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "caption", "legend", "strong")


def files(page: Page) -> tuple[Link, ...]:
    """Links of the main column (and frames in it) that lead to files."""
    inside = set(page.main.iter("a"))
    found = [
        Link(label_of(a) or a.key, a.key)
        for a in page.outline.anchors
        if a.key and a.element in inside and is_file_address(a.key)
    ]
    for frame in page.main.iter("iframe", "embed", "object"):
        url = join(page.url, frame.get("src") or frame.get("data") or "")
        if url and is_file_address(url):
            found.append(Link(fold(frame.get("title") or "") or url, url))
    return tuple(dict.fromkeys(found))


def is_file_address(url: str) -> bool:
    path = url.split("?")[0].split("#")[0].lower()
    if path.rsplit(".", 1)[-1] in words("listing", "files"):
        return True
    return "/documents/" in path and path.count("/") >= 6  # Liferay's document library


def images(page: Page) -> tuple[Link, ...]:
    """Pictures of the main column with the words they carry."""
    found: dict[Link, None] = {}
    for picture in page.main.iter("img"):
        url = join(page.url, picture.get("src") or picture.get("data-src") or "")
        if url:
            found.setdefault(Link(fold(picture.get("alt") or picture.get("title") or ""), url))
    return tuple(found)


def captions(page: Page) -> tuple[str, ...]:
    found = (text_of(e) for e in page.main.iter(*_HEADINGS) if not is_hidden(e))
    return tuple(dict.fromkeys(text for text in found if 2 <= len(text) <= 200))


def own_text(page: Page, outside: set[HtmlElement]) -> str:
    """The main column's own text: without menus, forms' choices and the records of its lists."""
    parts: list[str] = []
    stack: list[tuple[HtmlElement, bool]] = [(page.main, False)]
    while stack:
        element, leaving = stack.pop()
        if leaving:
            parts.append(element.tail or "")
            continue
        skipped = element is not page.main and (
            not isinstance(element.tag, str)
            or element.tag in ("select", "button", "textarea")
            or element in outside
            or page.outline.hint(element) in ("hidden", "nav", "related")
        )
        if element is not page.main:
            stack.append((element, True))
        if not skipped:
            parts.append(element.text or "")
            stack.extend((child, False) for child in reversed(element))
    return fold("".join(parts))[:_MAX_TEXT]
