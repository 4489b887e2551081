"""Lists of short links that are menus, whether they say so or not."""

from __future__ import annotations

import itertools
from typing import Final

from lxml.html import HtmlElement

from pages.frame import menu_shaped
from pages.outline import LONG, Anchor, Outline
from pages.tree import Page

_NEAR: Final = 3  # levels above a link within which the list it stands in is looked for
_MENU: Final = 5  # links from which on a list can be a menu


def menu_keys(page: Page, longest: int = LONG) -> frozenset[str]:
    """Addresses that the page's menus lead to with labels shorter than ``longest``: sections, never items.

    Menus are blocks of navigation, and outside the main column lists of short links.
    """
    memo = page.outline.memo
    known = memo.get("menu")
    if known is None:
        known = memo["menu"] = [a for a in page.outline.anchors if a.key and _is_menu_link(a, page)]
    return frozenset(a.key for a in known if len(a.text) < longest)


def _is_menu_link(anchor: Anchor, page: Page) -> bool:
    outline = page.outline
    if outline.zone(anchor.element) in ("nav", "header"):
        return True
    if len(anchor.text) >= LONG * 3 or page.main in anchor.element.iterancestors():
        return False
    block = menu_block(anchor, outline)
    return block is not None and menu_shaped(block, outline)


def menu_block(anchor: Anchor, outline: Outline) -> HtmlElement | None:
    """The list close around a link that is long enough to be a menu."""
    near = itertools.islice(anchor.element.iterancestors(), _NEAR)
    return next((e for e in near if outline.links.get(e, 0) >= _MENU), None)
