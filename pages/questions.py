"""Questions and petitions: what is public about them, when asked, when answered, by which office.

Lists, boxes and single pages are read by their labels, by the mark that opens an answer, or from
the data a portlet hides in the page. Who asked (name, address, telephone) is never read, and the
body of a question or an answer is only looked at to see whether there is one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from typing import Final

from lxml.html import HtmlElement

from pages.answerboxes import answer_boxes
from pages.blocks import Pair, pairs, row_records
from pages.dates import read_date
from pages.kinds import asks
from pages.labelgroups import label_records
from pages.model import Question, Stated
from pages.nameless import office, public_title, published
from pages.questiondata import hidden_questions
from pages.questionstatus import status_flag, status_of
from pages.questiontitle import is_title, question_link, question_title
from pages.records import Record, main_text, roles, table_records
from pages.text import label_key
from pages.tree import Page, text_of
from pages.urls import join
from pages.vocabulary import keys, pattern

_NAME: Final = "questions"
_MAX_DATE: Final = 28  # characters of a text that is only a date
_BESIDE_ASKED: Final = {"asker", "answered", "answer", "status", "addressee", "handler", "subject"}


def read_questions(page: Page) -> tuple[Question, ...]:
    """Questions and petitions on the page, in page order; () when it holds none."""
    hidden = hidden_questions(page)
    if hidden:
        return hidden
    names = roles(_NAME)
    if not names.signs.search(main_text(page)):
        return ()
    fits = _is_plain_register if asks(page) else _is_register
    records = table_records(page, names, fits) or row_records(page, names, fits)
    if records:
        return _located(page, _stated(page, records))
    records = [record for record in label_records(page.main, _outside_forms(page)) if _is_question(record)]
    return _located(page, _combined(_stated(page, records), answer_boxes(page)))


def _stated(page: Page, records: list[Record]) -> tuple[Question, ...]:
    return tuple(question for record in records if (question := _question(page, record)) is not None)


def _combined(labelled: tuple[Question, ...], boxed: tuple[Question, ...]) -> tuple[Question, ...]:
    """Questions told by labels and by answers: as many of both are the same ones, completed; one of
    which labels do not tell all, and more answers, are the answers' questions."""
    if not labelled or not boxed:
        return labelled or boxed
    if len(labelled) == len(boxed):
        return tuple(map(_completed, labelled, boxed))
    whole = any(question.asked and question.answered for question in labelled)
    return boxed if len(labelled) == 1 and not whole else labelled


def _completed(first: Question, second: Question) -> Question:
    if first.asked and second.asked and first.asked.date != second.asked.date:
        return first
    answered = first.answered or second.answered
    flag = first.answered_flag if first.answered_flag is not None else second.answered_flag
    return replace(
        first,
        url=first.url or second.url,
        subject=first.subject or second.subject,
        addressee=first.addressee or second.addressee,
        asked=first.asked or second.asked,
        answered=answered,
        answered_flag=True if answered else flag,
        quote=first.quote or second.quote,
    )


def _located(page: Page, found: tuple[Question, ...]) -> tuple[Question, ...]:
    """An address that several questions share is none of theirs; the only question without one is the
    page's own."""
    if len(found) == 1 and found[0].url is None:
        subject = found[0].subject or public_title(_heading(page))
        return (replace(found[0], url=page.url, subject=subject),)
    shared = Counter(question.url for question in found)
    return tuple(replace(q, url=None) if q.url and shared[q.url] > 1 else q for q in found)


def _outside_forms(page: Page) -> list[Pair]:
    return [pair for pair in pairs(page, roles(_NAME)) if not _is_linked(pair.owner)]


def _is_linked(owner: HtmlElement) -> bool:
    return any(node.tag in ("nav", "option", "button", "select") for node in (owner, *owner.iterancestors()))


def _is_register(found: set[str], labels: set[str]) -> bool:
    """A question or petition table: it says when, by whom or whether something was answered."""
    strong = labels - roles(_NAME).weak
    if not strong & _labels_of(
        "asked", "answered", "answer", "status", "addressee", "handler", "asker", "subject"
    ):
        return False
    if found & {"asked", "asker"} and found & {"subject", "answered", "answer", "status"}:
        return True
    return bool(found & {"answered", "answer"}) and "subject" in found


def _is_plain_register(found: set[str], labels: set[str]) -> bool:
    """The same on a page that says it is about questions: there plain words for when, what and how it
    stands are enough."""
    plain = {"asked", "subject"} <= found and bool(found & {"status", "answered", "answer"})
    return plain or _is_register(found, labels)


@cache
def _labels_of(*wanted: str) -> frozenset[str]:
    return frozenset(key for key, role in roles(_NAME).exact.items() if role in wanted)


def _is_question(record: Record) -> bool:
    """A labelled block is a question when it says when it was asked or answered, or holds both halves."""
    named = set(record.fields)
    said = {label_key(field.label.split(":")[0]) for field in record.fields.values()}
    strong = said - roles(_NAME).weak
    if "asked" in named and strong and (named & _BESIDE_ASKED or said & keys(_NAME, "asking")):
        return True
    if "answered" in named and strong:
        return True
    return {"subject", "answer"} <= named and bool(record.text("subject"))


def _question(page: Page, record: Record) -> Question | None:
    link = question_link(page, record)
    answered = _date(page, record.text("answered")) or _date_in_status(page, record)
    asked = (
        _date(page, record.text("asked"))
        or ("asked" not in record.fields and _lone_date(page, record))
        or None
    )
    subject = question_title(record, link)
    question = Question(
        ref=record.text("ref")[:40] or None,
        url=join(page.url, link.get("href") or "") if link is not None else None,
        subject=subject,
        addressee=_office(record),
        asked=asked,
        answered=answered,
        answered_flag=True if answered else status_of(record, subject),
        quote=_quote(record, asked, answered),
    )
    question = published(question, [record.text(role) for role in ("asker", "personal")])
    return question if asked or answered or question.subject or question.answered_flag is not None else None


def _date(page: Page, text: str) -> Stated | None:
    return read_date(text, page.now, page.month_first, page.month_first) if text and len(text) <= 60 else None


def _date_in_status(page: Page, record: Record) -> Stated | None:
    """The day that a status or a short answer states with the words "answered"."""
    said = (record.text(role) for role in ("status", "answered", "answer"))
    return next((_date(page, text) for text in said if status_flag(text)), None)


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
        if 8 <= len(said) <= _MAX_DATE and element not in taken and (stated := _date(page, said)):
            alone.setdefault(said, stated)
    return alone.popitem()[1] if len(alone) == 1 else None


def _office(record: Record) -> str | None:
    """The office that handles the question, else the one it was sent to; that one, too, when the other is
    only a part of some office."""
    handler, addressee = office(record.text("handler")), office(record.text("addressee"))
    if handler and addressee and pattern(_NAME, "subordinate").match(label_key(handler)):
        return addressee
    return handler or addressee


def _quote(record: Record, asked: Stated | None, answered: Stated | None) -> str:
    """What the record's dates and status rest on; no words of the person who asked."""
    dates = [(role, stated) for role, stated in (("asked", asked), ("answered", answered)) if stated]
    said = [_with_label(record, role, stated.quote) for role, stated in dates]
    status = record.text("status")
    if status_flag(status) is not None:
        said.append(_with_label(record, "status", status))
    return " · ".join(said)[:300]


def _with_label(record: Record, role: str, words: str) -> str:
    field = record.fields.get(role)
    return f"{field.label} {words}" if field is not None and field.label not in words else words


def _heading(page: Page) -> str | None:
    headings = map(text_of, page.main.iter("h1", "h2", "h3"))
    return next((text for text in headings if is_title(text)), None)
