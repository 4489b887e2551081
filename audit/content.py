"""What a section page holds: something or nothing, and which of a list of words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from audit.walk import Seen, is_download
from pages.model import Stated
from pages.text import label_key

# Pages whose list is the page's own matter; on an article the list is of other articles.
_LIST_KINDS = frozenset(
    {"listing", "document_list", "schedule", "home", "qa_list", "petition_list", "directory", "other"}
)


def holds_something(seen: Seen, min_text: int) -> bool:
    """True when the page has at least ``min_text`` characters of own text, or one item, file, document
    record or question (RULEBOOK ``presence``)."""
    reading = seen.reading
    if seen.holds_nothing:
        return False
    if is_download(seen.capture):
        return True
    listed = bool(reading.items) and reading.kind in _LIST_KINDS
    return (
        listed
        or bool(reading.files or reading.documents or reading.questions)
        or len(reading.text) >= min_text
    )


def stated_days(seen: Seen) -> list[tuple[date, str]]:
    """Every date that the page states for itself or for a thing on it, with its words."""
    reading = seen.reading
    stated: list[Stated | None] = [reading.posted]
    stated += [item.posted for item in reading.items]
    stated += [date for row in reading.documents for date in (row.posted, row.issued)]
    return [(one.date, one.quote) for one in stated if one is not None]


def find_words(texts: Iterable[str], words: Iterable[str]) -> str | None:
    """The first of ``texts`` in which one of the phrases stands as whole words, or None."""
    keys = [f" {label_key(word)} " for word in words]
    for text in texts:
        padded = f" {label_key(text)} "
        if any(key in padded for key in keys):
            return text
    return None


def excerpt(text: str, words: Iterable[str], width: int = 160) -> str:
    """A piece of ``text`` around the first of the phrases, cut at spaces, as it stands there."""
    if len(text) <= width:
        return text
    lower = text.casefold()
    found = [place for word in words if (place := lower.find(word.casefold())) >= 0]
    start = max(0, min(found, default=0) - width // 4)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = text.find(" ", start + width)
    return text[start : end if end > 0 else len(text)]
