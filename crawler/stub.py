"""Pages that only send the visitor on: a meta refresh, or one line of script."""

from __future__ import annotations

import html
import re

from pages.capture import Capture

_LARGEST = 8192
_SCRIPT_LARGEST = 2048
_LONGEST_WAIT = 10
_NOSCRIPT = re.compile(r"<noscript\b.*?</noscript\s*>|<!--.*?-->", re.I | re.S)
_META = re.compile(r"<meta\b[^>]*http-equiv\s*=\s*[\"']?refresh\b[^>]*>", re.I)
_CONTENT = re.compile(
    r"content\s*=\s*([\"'])\s*(\d+)\s*[;,]\s*(?:url\s*=\s*)?[\"']?(.*?)[\"']?\s*\1", re.I | re.S
)
_SCRIPT = re.compile(
    r"<script\b[^>]*>\s*(?:window\.|document\.|top\.|self\.)*location(?:\.href)?"
    r"(?:\s*=\s*|\.(?:replace|assign)\(\s*)[\"']([^\"'<>]+)[\"']\s*\)?\s*;?\s*</script\s*>",
    re.I,
)


def refresh_target(capture: Capture) -> str | None:
    """Where a small page with nothing else sends its visitor, as it is written; None for a real page."""
    if not capture.body or len(capture.body) > _LARGEST or capture.status != 200:
        return None
    text = _NOSCRIPT.sub("", capture.body.decode("utf-8", "replace"))
    target = _meta_target(text) or (_script_target(text) if len(text) <= _SCRIPT_LARGEST else None)
    return None if target in (None, "", capture.url) else target


def _meta_target(text: str) -> str | None:
    meta = _META.search(text)
    content = _CONTENT.search(meta[0]) if meta else None
    if content is None or int(content[2]) > _LONGEST_WAIT:
        return None
    return html.unescape(content[3]).strip()


def _script_target(text: str) -> str | None:
    found = _SCRIPT.search(text)
    return found[1].strip() if found and not re.search(r"<a\s", text, re.I) else None
