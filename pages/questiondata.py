"""Questions that a portlet keeps as data in the page (hidden fields, scripts) or sends as JSON.

Only the keys named in the word list are looked at: number, public title, dates, office, whether there
is an answer. Names, addresses, telephones and the bodies of questions are never read.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

from pages.dates import read_date
from pages.model import Question, Stated
from pages.nameless import published
from pages.questionstatus import status_flag
from pages.text import fold
from pages.tree import Page
from pages.urls import join
from pages.vocabulary import load

_NAME: Final = "questions"
_MAX_DEPTH: Final = 8
_MAX_QUESTIONS: Final = 2000
_MAX_TRIES: Final = 40
_MAX_SUBJECT: Final = 300
_MAX_OFFICE: Final = 160
_TAGS = re.compile(r"<[^>]{1,300}>")
_STARTS = re.compile(r"\[\s*\{|\{\s*\\?[\"']")
_ESCAPES: Final = (("\\'", "'"), ('\\"', '"'))


def hidden_questions(page: Page) -> tuple[Question, ...]:
    """Questions in the page's hidden fields and scripts; () when there are none."""
    if not any(str(sign) in page.html for sign in load(_NAME)["json_signs"]):
        return ()
    found: dict[tuple[str | None, str | None], Question] = {}
    for data in _hidden_data(page):
        for question in questions_from_json(data, page.url, page.now):
            found.setdefault((question.ref, question.subject), question)
    return tuple(found.values())


def _hidden_data(page: Page) -> Iterator[object]:
    for field in page.root.iter("input", "textarea"):
        value = (field.get("value") if field.tag == "input" else field.text) or ""
        if any(key in value.lower() for key in _ids()):
            yield from _parsed(value)
    for _, source in page.scripts:
        if any(key in source.lower() for key in _ids()):
            yield from _parsed(source)


def _parsed(text: str) -> Iterator[object]:
    """JSON values that begin somewhere in ``text``, as they are or as text inside a script's string."""
    decoder = json.JSONDecoder()
    for source in (text, html.unescape(text), _unescaped(text)):
        end, found = 0, False
        for tries, start in enumerate(_STARTS.finditer(source)):
            if start.start() < end:
                continue
            if tries > _MAX_TRIES:
                break
            try:
                data, end = decoder.raw_decode(source, start.start())
            except (ValueError, RecursionError):
                continue
            found = True
            yield data
        if found:
            return


def _unescaped(text: str) -> str:
    for escaped, plain in _ESCAPES:
        text = text.replace(escaped, plain)
    return text


def questions_from_json(data: object, base: str, now: datetime) -> tuple[Question, ...]:
    """Questions in a JSON answer, wherever in it they stand; ``base`` resolves their addresses."""
    found = (_question(record, base, now) for record in _records(data, 0))
    return tuple(question for question in found if question is not None)[:_MAX_QUESTIONS]


@cache
def _keys(entry: str) -> tuple[str, ...]:
    return tuple(str(key) for key in load(_NAME)["json"][entry])


@cache
def _ids() -> tuple[str, ...]:
    return _keys("id")


def _records(data: object, depth: int) -> Iterator[dict[str, Any]]:
    """Objects that carry a question's number or its answer's keys, outermost first."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(data, dict):
        low = {str(key).lower(): value for key, value in data.items()}
        if any(key in low for key in _ids()) or any(key in low for key in _keys("signs")):
            yield low
            return
        for value in data.values():
            yield from _records(value, depth + 1)
    elif isinstance(data, list):
        for value in data:
            yield from _records(value, depth + 1)


def _first(record: dict[str, Any], entry: str) -> Any:
    return next((record[key] for key in _keys(entry) if record.get(key) not in (None, "", [], {})), None)


def _question(record: dict[str, Any], base: str, now: datetime) -> Question | None:
    answers = [answer for answer in _answers(record) if _is_answer(answer)]
    last = answers[-1] if answers else {}
    ref, url = _first(record, "id"), _first(record, "url")
    subject = _first(record, "subject")
    office = _named(_first(last, "addressee")) or _named(_first(record, "addressee"))
    asked = _date(_first(record, "asked"), now)
    answered = (_date(_first(last, "answered"), now) if last else None) or _date(_first(record, "day"), now)
    if asked is None and answered is None and not isinstance(subject, str) and ref is None:
        return None
    question = Question(
        ref=str(ref)[:60] if isinstance(ref, str | int) else None,
        url=join(base, url) if isinstance(url, str) else None,
        subject=fold(_TAGS.sub(" ", subject))[:_MAX_SUBJECT] if isinstance(subject, str) else None,
        addressee=office,
        asked=asked,
        answered=answered,
        answered_flag=True if answered else _flag(record, bool(answers)),
        quote=" · ".join(stated.quote for stated in (asked, answered) if stated is not None),
    )
    return published(question, [str(record[key]) for key in _keys("personal") if record.get(key)])


def _named(office: Any) -> str | None:
    """An office as text, or as an object that has a name."""
    if isinstance(office, dict):
        office = next((value for key, value in office.items() if str(key).lower() in _keys("name")), None)
    return fold(office)[:_MAX_OFFICE] if isinstance(office, str) else None


def _flag(record: dict[str, Any], answers: bool) -> bool | None:
    """Whether there is an answer: by its text, by the status in words or as yes or no, by what is empty."""
    if answers:
        return True
    said = [status_flag(fold(value)) for value in _values(record, "status") if isinstance(value, str)]
    said += [value for value in _values(record, "yes_no") if isinstance(value, bool)]
    flags = set(said) - {None}
    if len(flags) == 1:
        return flags.pop()
    return False if not flags and _says_answers(record) else None


def _values(record: dict[str, Any], entry: str) -> list[Any]:
    return [record[key] for key in _keys(entry) if record.get(key) not in (None, "")]


def _says_answers(record: dict[str, Any]) -> bool:
    return any(
        key in record for entry in ("answers", "answer_id", "answer_text", "day") for key in _keys(entry)
    )


def _answers(record: dict[str, Any]) -> list[dict[str, Any]]:
    """The answers of a question: a list in it, or its own answer keys."""
    listed = _first(record, "answers")
    if isinstance(listed, dict):
        listed = [listed]
    if isinstance(listed, list):
        return [
            {str(key).lower(): value for key, value in one.items()} for one in listed if isinstance(one, dict)
        ]
    own = [*_keys("answer_id"), *_keys("answer_text")]
    if not any(record.get(key) for key in own):
        return []
    told = set(_keys("asked"))
    if _first(record, "answer_id") is not None and any(record.get(key) for key in _keys("asked_only")):
        told -= set(_keys("answered"))
    return [{key: value for key, value in record.items() if key not in told}]


def _is_answer(answer: dict[str, Any]) -> bool:
    return _first(answer, "answer_id") is not None or _first(answer, "answer_text") is not None


def _date(value: Any, now: datetime) -> Stated | None:
    """A date as text, or as milliseconds since 1970 in the portal's own time zone."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _instant(float(value), now)
    text = str(value).strip()
    if text.isdigit() and len(text) >= 12:
        return _instant(float(text), now)
    return read_date(text, now) if len(text) <= 60 else None


def _instant(milliseconds: float, now: datetime) -> Stated | None:
    try:
        moment = datetime.fromtimestamp(milliseconds / 1000, UTC).astimezone(now.tzinfo)
    except (ValueError, OverflowError, OSError):
        return None
    if not 1990 <= moment.year <= 2100:
        return None
    return Stated(moment.date(), moment.time().replace(microsecond=0), quote=str(int(milliseconds)))
