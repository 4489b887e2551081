"""Quoted words found again on the captured page they were taken from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from pages.capture import Capture
from pages.text import Unreadable, decode, fold
from pages.tree import parse, text_of

_AROUND = 220  # characters of the page shown on either side


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What stands before the quoted words, the words, what stands behind them."""

    before: str
    quote: str
    after: str


def excerpt(capture: Capture, quote: str) -> Excerpt | None:
    """The quoted words with what stands around them on the page; None when they are no visible text."""
    words, text = fold(quote), _text(capture)
    start = text.find(words) if words else -1
    if start < 0:
        return None
    end = start + len(words)
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return Excerpt(
        ("…" if start > _AROUND else "") + before, words, after + ("…" if end + _AROUND < len(text) else "")
    )


@lru_cache(maxsize=32)
def _text(capture: Capture) -> str:
    try:
        source, _ = decode(capture.body, capture.header("content-type"))
        return text_of(parse(source, capture.url, capture.seen_at).root)
    except (Unreadable, ValueError, etree.LxmlError):
        return ""
