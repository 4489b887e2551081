"""Whether a question was answered, by the words a page has for it."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from lxml.html import HtmlElement

from pages.records import Field, Record
from pages.text import fold, label_key
from pages.vocabulary import load, whole_words

_NAME: Final = "questions"
_MAX_STATUS: Final = 60
_MIN_ANSWER: Final = 15  # characters of an answer that says anything
_BADGES: Final = (
    "span",
    "div",
    "p",
    "td",
    "dd",
    "label",
    "b",
    "strong",
    "em",
    "i",
    "small",
    "a",
    "font",
    "img",
)


def status_of(record: Record, subject: str | None) -> bool | None:
    """True or False when the record shows an answer or that there is none; None when it does not say."""
    said = status_flag(record.text("status"))
    if said is not None:
        return said
    answer = record.fields.get("answer")
    if answer is not None:
        stated = status_flag(answer.text)
        return stated if stated is not None else len(answer.text) >= _MIN_ANSWER or _shows(answer)
    if "answered" in record.fields:
        return bool(status_flag(record.text("answered")))
    return _status_inside(record, subject)


def _shows(answer: Field) -> bool:
    """An answer that is only a link or a file ("Xem văn bản") is an answer."""
    return any(
        link.get("href") or link.get("onclick") for element in answer.elements for link in element.iter("a")
    )


def _status_inside(record: Record, subject: str | None) -> bool | None:
    """A status that stands in the record without a label (a badge); titles state none."""
    flags = set()
    for element in record.elements:
        for part in element.iter(*_BADGES):
            said = (part.get("alt") or part.get("title") or "") if part.tag == "img" else _own_words(part)
            flags |= {status_flag(fold(words)) for words in said.split("\n") if fold(words) != subject}
    flags.discard(None)
    return flags.pop() if len(flags) == 1 else None


def _own_words(part: HtmlElement) -> str:
    """The texts that stand right in the part, one a line."""
    texts = [part.text or "", *(child.tail or "" for child in part if child.tag == "br")]
    return "\n".join(fold(text) for text in texts if text.strip())


def status_flag(text: str) -> bool | None:
    """True for "answered", False for "not answered yet" words; None for anything else."""
    if not text or len(text) > _MAX_STATUS:
        return None
    key = label_key(text)
    if _status("unanswered_words").fullmatch(key):
        return False
    if _status("answered_words").search(key) and not _negated(key):
        return True
    return False if _status("unanswered_words").match(key) or _status("open_words").search(key) else None


@cache
def _status(entry: str) -> re.Pattern[str]:
    return whole_words(label_key(str(word)) for word in load(_NAME)[entry])


def _negated(key: str) -> bool:
    return _status("negations").search(key) is not None
