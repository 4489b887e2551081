"""Links that only a picture names, and what a page calls itself: together they tell what such a link is.

Many portals lead to whole sections by banners whose pictures carry no words a program can read. The
page behind says what it is by its breadcrumb, heading or head; until it has been read, its address may.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from pages.crumbs import crumb_words
from pages.labels import match_sections, match_slug
from pages.menus import label_of
from pages.model import MenuEntry
from pages.outline import Anchor
from pages.text import fold
from pages.tree import Page, text_of
from pages.vocabulary import words

_PICTURES: Final = ("img", "svg", "object", "video")
_NAME: Final = 120  # characters of the longest text that may be a section's name
_SIGNS: Final = ("|", "–", "—", "»", "::")


def read_banners(page: Page, items: frozenset[str] = frozenset()) -> tuple[MenuEntry, ...]:
    """Links inside the portal's host shown by a picture alone, in page order, each address once.

    ``items`` are addresses that the page lists as posts. An address that words also lead to is no banner.
    """
    named = {anchor.key for anchor in page.outline.anchors if anchor.key and anchor.text}
    host = urlsplit(page.url).netloc.lower()
    found: dict[str, MenuEntry] = {}
    for anchor in page.outline.anchors:
        if anchor.key and anchor.key not in named | items and _is_banner(anchor, host, page):
            found.setdefault(anchor.key, _entry(anchor, anchor.key))
    return tuple(found.values())


def _is_banner(anchor: Anchor, host: str, page: Page) -> bool:
    parts = urlsplit(anchor.key or "")
    if anchor.text or parts.netloc.lower() != host or match_sections(label_of(anchor)):
        return False
    if parts.path.rpartition(".")[2].lower() in words("listing", "files"):
        return False
    return next(anchor.element.iter(*_PICTURES), None) is not None and page.outline.shown(anchor.element)


def _entry(anchor: Anchor, url: str) -> MenuEntry:
    return MenuEntry(label_of(anchor), url, inherited=match_slug(urlsplit(url).path), picture=True)


def own_names(page: Page, title: str | None) -> tuple[str, ...]:
    """What a page calls itself, most telling first: the ``title`` of its article alone where it is one,
    else the last step of its breadcrumb, its first heading, and the beginning of its head's title."""
    if title is not None:
        return (title,)
    heading = next((text_of(element) for element in page.main.iter("h1")), "")
    found = (*crumb_words(page)[:1], heading, _head(page))
    return tuple(dict.fromkeys(name for name in map(fold, found) if name and len(name) <= _NAME))


def _head(page: Page) -> str:
    title = page.root.find(".//title")
    text = "".join(title.itertext()) if title is not None else ""
    for sign in _SIGNS:
        text = text.replace(sign, " - ")
    return text.split(" - ")[0]
