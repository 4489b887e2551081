"""Pages that answered but are not the page: challenges, maintenance, soft errors, placeholders.

By status first, then by the marks and words of challenges, then by the wording of what little the
page says. Words count only when they are (nearly) all that the main column holds: an article about
"bảo trì hệ thống" is an article.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from pages.capture import Capture
from pages.model import Wall
from pages.text import label_key
from pages.tree import Page, text_of
from pages.vocabulary import keys, pattern, words

_SHORT: Final = 400  # characters of a main column whose words decide what the page is
_STUB: Final = 700  # characters of a page without any chrome
_PASSWORD = etree.XPath("boolean(.//input[@type='password' or @type='PASSWORD' or @type='Password'])")
_GONE: Final = (401, 403, 404, 405, 406, 410, 451)
_ADDRESS = re.compile(r"https?\s\S+|https?://\S+")


def status_wall(capture: Capture) -> Wall | None:
    """What the status alone says: 5xx and 429 were not seen, 4xx (404, 410 …) hold nothing."""
    status = capture.status
    if status is None:
        return Wall("unreadable", capture.error or "")
    if capture.truncated:
        return Wall("cut", f"{len(capture.body)} bytes")
    if status >= 500 or status in (408, 425, 429):
        return Wall("maintenance", f"HTTP {status}")
    return Wall("error_body", f"HTTP {status}") if status >= 400 and status in _GONE else None


def body_wall(page: Page, status: int) -> Wall | None:
    """What the page itself says; None when it is a page."""
    text = text_of(page.main)
    whole = text_of(page.root.find("body")) if page.root.find("body") is not None else text
    if challenge := _challenge(page, whole):
        return challenge
    title = page.root.find(".//title")
    named = label_key(title.text or "") if title is not None else ""
    if len(whole) <= _STUB and (found := _maintenance(f"{named} {label_key(whole)}")):
        return Wall("maintenance", found)
    if status >= 400:
        return _own_words(page, text, named) or Wall("error_body", f"HTTP {status}")
    if not whole and not _draws(page):
        return Wall("empty")
    return _short_wall(page, text, named)


def _own_words(page: Page, text: str, named: str) -> Wall | None:
    """What the portal itself says on a page with an error status; a bare server's page says nothing."""
    said = _short_wall(page, text, named)
    bare = said is None or (said.quote in keys("walls", "bare_errors") and not page.outline.anchors)
    return None if bare else said


def _challenge(page: Page, whole: str) -> Wall | None:
    """A challenge page is short in words and full of script."""
    if len(whole) > 1_500:
        return None
    title = page.root.find(".//title")
    named = label_key(title.text or "") if title is not None else ""
    if any(named.startswith(start) for start in keys("walls", "bot_titles")):
        return Wall("bot_wall", title.text or "" if title is not None else "")
    if found := pattern("walls", "bot_words").search(label_key(whole)):
        return Wall("bot_wall", found[0])
    if len(whole) < 200 and len(page.html) < 200_000:
        mark = next((mark for mark in words("walls", "bot_marks") if mark in page.html), None)
        if mark is not None and not page.outline.anchors:
            return Wall("bot_wall", mark)
    return None


def _maintenance(key: str) -> str | None:
    found = pattern("walls", "maintenance").search(key)
    return found[0] if found else None


def _short_wall(page: Page, text: str, named: str) -> Wall | None:
    if _PASSWORD(page.main) and len(text) <= _SHORT:
        return Wall("login", text[:120])
    if len(text) > _SHORT:
        return None
    key = label_key(_ADDRESS.sub(" ", text))
    if found := _wording(key, "error"):
        return Wall("error_body", found)
    if any(named.startswith(start) for start in keys("walls", "error") if len(start) > 4):
        return Wall("error_body", named)
    if (found := _maintenance(key)) and len(key) < 250:
        return Wall("maintenance", found)
    if found := _wording(key, "placeholder"):
        return Wall("placeholder", found)
    if found := _wording(key, "login"):
        return Wall("login", found) if len(key) < 120 and _forms(page) else None
    return None


def _wording(key: str, entry: str) -> str | None:
    """The phrase when it makes up a good part of what the column says."""
    found = pattern("walls", entry).findall(key)
    if not found:
        return None
    said = max(found, key=len)
    share = sum(len(words_) for words_ in found) / max(1, len(key))
    return said if share >= 0.2 and len(key) <= 250 else None


def _forms(page: Page) -> bool:
    return next(page.root.iter("form"), None) is not None


def _draws(page: Page) -> bool:
    """True when an empty text still shows something: pictures, frames, links."""
    return any(True for _ in page.root.iter("img", "iframe", "object", "embed", "frame", "a"))
