"""Questions and petitions: what is public about them, when asked, when answered, by which office.

Lists, boxes and single pages are read by their labels, by the mark that opens an answer, or from
the data a portlet hides in the page. Who asked (name, address, telephone) is never read, and the
body of a question or an answer is only looked at to see whether there is one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Final

from lxml.html import HtmlElement

from pages.answerboxes import answer_boxes
from pages.blocks import Pair, pairs, row_records
from pages.dates import read_date
from pages.labelgroups import label_records
from pages.model import Question, Stated
from pages.questiondata import hidden_questions
from pages.records import Field, Record, main_text, roles, table_records
from pages.text import label_key
from pages.tree import Page, text_of
from pages.urls import canonical, join
from pages.vocabulary import keys, load, whole_words

_NAME: Final = "questions"
_MAX_SUBJECT: Final = 300
_MIN_SUBJECT: Final = 8
_MAX_STATUS: Final = 60
_MAX_DATE: Final = 28  # characters of a text that is only a date
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_MIN_ANSWER: Final = 15  # characters of an answer that says anything
_PERSONAL_TAIL = re.compile(r"\s*\([^)]*\)\s*$")


def read_questions(page: Page) -> tuple[Question, ...]:
    """Questions and petitions on the page, in page order; () when it holds none."""
    hidden = hidden_questions(page)
    if hidden:
        return hidden
    names = roles(_NAME)
    if not names.signs.search(main_text(page)):
        return ()
    records = table_records(page, names, _is_register) or row_records(page, names, _is_register)
    if not records:
        records = [
            record for record in label_records(page.main, _outside_forms(page)) if _is_question(record)
        ]
    if not records or (len(records) == 1 and not _has_dates(page, records[0])):
        boxes = answer_boxes(page)
        if boxes:
            return boxes
    found = [question for record in records if (question := _question(page, record)) is not None]
    if len(found) == 1 and found[0].url is None:
        return (replace(found[0], url=page.url, subject=found[0].subject or _heading(page)),)
    return tuple(found)


def _outside_forms(page: Page) -> list[Pair]:
    return [pair for pair in pairs(page, roles(_NAME)) if not _is_linked(pair.owner)]


def _is_linked(owner: HtmlElement) -> bool:
    return any(node.tag in ("nav", "option", "button", "select") for node in (owner, *owner.iterancestors()))


def _is_register(found: set[str], labels: set[str]) -> bool:
    """A question or petition table: it says when, by whom or whether something was answered."""
    strong = labels - roles(_NAME).weak
    if not strong & _labels_of("asked", "answered", "answer", "status", "addressee", "asker", "subject"):
        return False
    if found & {"asked", "asker"} and found & {"subject", "answered", "answer", "status"}:
        return True
    return bool(found & {"answered", "answer"}) and "subject" in found


@cache
def _labels_of(*wanted: str) -> frozenset[str]:
    return frozenset(key for key, role in roles(_NAME).exact.items() if role in wanted)


def _is_question(record: Record) -> bool:
    """A labelled block is a question when it says when it was asked or answered, or holds both halves."""
    named = set(record.fields)
    strong = {label_key(field.label.split(":")[0]) for field in record.fields.values()} - roles(_NAME).weak
    if (
        "asked" in named
        and (named & {"asker", "answered", "answer", "status", "addressee", "subject"})
        and strong
    ):
        return True
    if "answered" in named and strong:
        return True
    return {"subject", "answer"} <= named and bool(record.text("subject"))


def _has_dates(page: Page, record: Record) -> bool:
    return any(_date(page, record.text(role)) for role in ("asked", "answered"))


def _question(page: Page, record: Record) -> Question | None:
    link = _link(page, record)
    answered = _date(page, record.text("answered"))
    asked = (
        _date(page, record.text("asked"))
        or ("asked" not in record.fields and _lone_date(page, record))
        or None
    )
    question = Question(
        ref=record.text("ref")[:40] or None,
        url=join(page.url, link.get("href") or "") if link is not None else None,
        subject=_subject(record, link),
        addressee=_office(record.text("addressee")),
        asked=asked,
        answered=answered,
        answered_flag=_flag(record, answered),
        quote=_quote(record),
    )
    return question if asked or answered or question.subject or question.answered_flag is not None else None


def _date(page: Page, text: str) -> Stated | None:
    return read_date(text, page.now) if text and len(text) <= 60 else None


def _lone_date(page: Page, record: Record) -> Stated | None:
    """The only date that stands alone in an element of the record, besides the answer's."""
    taken = {element for field in record.fields.values() for element in field.elements}
    alone: dict[str, Stated] = {}
    for element in (
        part
        for top in record.elements
        for part in top.iter("span", "p", "td", "time", "small", "em", "i", "div", "li")
    ):
        said = text_of(element) if len(element) <= 2 else ""
        if 8 <= len(said) <= _MAX_DATE and element not in taken and (stated := read_date(said, page.now)):
            alone.setdefault(said, stated)
    return alone.popitem()[1] if len(alone) == 1 else None


def _office(text: str) -> str | None:
    """The office without the date that may follow it."""
    office = _PERSONAL_TAIL.sub("", text).strip(" :;-–")
    return office[:200] or None


def _subject(record: Record, link: HtmlElement | None) -> str | None:
    stated = record.fields.get("subject")
    title = None
    if stated is None or not stated.text or label_key(stated.label) in keys(_NAME, "bodies"):
        title = _record_heading(record)
    if title is None and stated and stated.text:
        inner = next((text_of(a) for element in stated.elements for a in element.iter("a") if text_of(a)), "")
        return (inner or stated.text)[:_MAX_SUBJECT]
    if title is None and link is not None and len(text_of(link)) > _MIN_SUBJECT:
        return text_of(link)[:_MAX_SUBJECT]
    return title


def _record_heading(record: Record) -> str | None:
    """The heading of a block, or its part that is classed as a title."""
    for element in record.elements:
        for part in element.iter():
            if isinstance(part.tag, str) and (part.tag in _HEADINGS or _is_titled(part)):
                text = text_of(part)
                if _MIN_SUBJECT < len(text) <= _MAX_SUBJECT and roles(_NAME).of(text.split(":")[0]) is None:
                    return text
    return None


def _is_titled(part: HtmlElement) -> bool:
    named = (part.get("class") or "").lower()
    return bool(named) and any(str(word) in named for word in load(_NAME)["title_classes"])


def _link(page: Page, record: Record) -> HtmlElement | None:
    """The link to the question's own page: from its subject, else the first that leads to another page."""
    stated = record.fields.get("subject")
    inside = [link for element in (stated.elements if stated else ()) for link in element.iter("a")]
    around = [link for element in record.elements for link in element.iter("a")]
    return next((link for link in (*inside, *around) if _leads(page, link)), None)


def _leads(page: Page, link: HtmlElement) -> bool:
    url = join(page.url, link.get("href") or "")
    return url is not None and canonical(url) != canonical(page.url)


def _flag(record: Record, answered: Stated | None) -> bool | None:
    """True or False when the page shows an answer or that there is none; None when it does not say."""
    if answered is not None:
        return True
    said = status_flag(record.text("status"))
    if said is not None:
        return said
    answer = record.fields.get("answer")
    if answer is not None:
        stated = status_flag(answer.text)
        return stated if stated is not None else len(answer.text) >= _MIN_ANSWER or _shows(answer)
    if "answered" in record.fields:
        return False
    return _status_inside(record)


def _shows(answer: Field) -> bool:
    """An answer that is only a link or a file ("Xem văn bản") is an answer."""
    return any(
        link.get("href") or link.get("onclick") for element in answer.elements for link in element.iter("a")
    )


def _status_inside(record: Record) -> bool | None:
    """A status that stands in the record without a label ("Đã trả lời" in a badge)."""
    flags = set()
    for element in record.elements:
        for part in element.iter(
            "span", "div", "p", "td", "label", "b", "strong", "em", "i", "small", "a", "font", "img"
        ):
            said = (
                (part.get("alt") or part.get("title") or "")
                if part.tag == "img"
                else (part.text or "")
                if len(part) == 0
                else ""
            )
            if said.strip() and len(said) <= _MAX_STATUS:
                flags.add(status_flag(said))
    flags.discard(None)
    return flags.pop() if len(flags) == 1 else None


def status_flag(text: str) -> bool | None:
    """True for "answered", False for "not answered yet" words; None for anything else."""
    if not text or len(text) > _MAX_STATUS:
        return None
    key = label_key(text)
    if _status("unanswered_words").fullmatch(key):
        return False
    if _status("answered_words").search(key) and not _negated(key):
        return True
    return False if _status("unanswered_words").match(key) else None


@cache
def _status(entry: str) -> re.Pattern[str]:
    return whole_words(label_key(str(word)) for word in load(_NAME)[entry])


def _negated(key: str) -> bool:
    return _status("negations").search(key) is not None


def _quote(record: Record) -> str:
    """What the record's dates and status rest on; no words of the person who asked."""
    parts = [
        record.fields[role] for role in ("asked", "answered", "status", "addressee") if role in record.fields
    ]
    said = [field.label if field.text in field.label else f"{field.label} {field.text}" for field in parts]
    return " · ".join(text for text in said if text.strip())[:300]


def _heading(page: Page) -> str | None:
    found = next((text for heading in page.main.iter("h1", "h2", "h3") if (text := text_of(heading))), None)
    return found[:_MAX_SUBJECT] if found else None
