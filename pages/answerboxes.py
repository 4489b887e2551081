"""Questions shown with their answers, found by the words that open an answer.

A box is the widest part of the page around one such mark. Dates count only where they stand alone or
close their line in brackets ("Office (15/09/2016 15:24)"): dates inside a question or an answer are
of other things.
"""

from __future__ import annotations

import re
from typing import Final

from lxml.html import HtmlElement

from pages.dates import read_date
from pages.labelgroups import SHARED, owners_of
from pages.model import Question, Stated
from pages.records import TextNode, nodes, nodes_of, roles
from pages.text import label_key
from pages.tree import Page, text_of
from pages.urls import canonical, join
from pages.vocabulary import keys, pattern

_NAME: Final = "questions"
_MAX_MARK: Final = 40
_MAX_SUBJECT: Final = 300
_MIN_SUBJECT: Final = 8
_MIN_ANSWER: Final = 15
_MAX_DATED: Final = 120
_ALONE: Final = 34
_NAME_WORDS: Final = 6
_TITLES: Final = ("h1", "h2", "h3", "h4", "h5", "h6", "a")
_MAX_AROUND: Final = 800  # characters beside the only box of a page that still belong to it
_CLOSING = re.compile(r"^(.*?)\s*\(([^()]*\d{4}[^()]*)\)\s*$")


def answer_boxes(page: Page) -> tuple[Question, ...]:
    """Questions of the boxes; those beside them without an answer are given as not answered."""
    marks = [owner for owner, text, tail in nodes(page) if not tail and _is_mark(text, "answer_marks")]
    if not marks:
        return ()
    owners = owners_of([[mark] for mark in marks])
    tops = [top for at, mark in enumerate(marks) if (top := _box(mark, at, owners, page)) is not None]
    boxes = _with_unanswered(list(dict.fromkeys(tops)))
    inside = nodes_of(page, boxes)
    return tuple(question for box in boxes if (question := _read(page, inside[box])) is not None)


def _is_mark(text: str, entry: str) -> bool:
    """A text that is only a mark ("Trả lời:") or opens with one and a colon."""
    head = text if len(text) <= _MAX_MARK else text.partition(":")[0] if ":" in text[:_MAX_MARK] else ""
    return (
        bool(head)
        and label_key(head.partition(":")[0]) in keys(_NAME, entry)
        and (":" in head or len(text) <= _MAX_MARK)
    )


def _box(mark: HtmlElement, at: int, owners: dict[HtmlElement, int], page: Page) -> HtmlElement | None:
    """The widest element around ``mark`` without another mark; None when the mark has none of its own."""
    node, parent = mark, mark.getparent()
    alone = owners.get(page.main) != SHARED
    room = len(text_of(mark)) + _MAX_AROUND
    while parent is not None and owners.get(parent) == at and node is not page.main:
        if alone and len(text_of(parent)) > max(room, 3 * len(text_of(node))):
            break
        node, parent = parent, parent.getparent()
    return node if owners.get(node) == at else None


def _with_unanswered(boxes: list[HtmlElement]) -> list[HtmlElement]:
    """The boxes and their like siblings, in page order."""
    if len(boxes) < 2:
        return boxes
    first = boxes[0]
    parent = first.getparent()
    if parent is None or any(box.getparent() is not parent for box in boxes):
        return boxes
    kind = (first.tag, first.get("class"))
    return [child for child in parent if (child.tag, child.get("class")) == kind or child in boxes]


def _read(page: Page, inside: list[TextNode]) -> Question | None:
    at = next(
        (i for i, (_, text, tail) in enumerate(inside) if not tail and _is_mark(text, "answer_marks")), None
    )
    before = inside if at is None else inside[:at]
    after = [] if at is None else inside[at:]
    asked = next((stated for node in before if (stated := _dated(page, node)[0])), None)
    office, answered = _last_dated(page, after)
    subject = _subject(before)
    if subject is None and asked is None and answered is None:
        return None
    return Question(
        url=_link(page, before),
        subject=subject,
        addressee=office,
        asked=asked,
        answered=answered,
        answered_flag=answered is not None or _is_answer(after),
        quote=" · ".join(stated.quote for stated in (asked, answered) if stated is not None),
    )


def _dated(page: Page, node: TextNode) -> tuple[Stated | None, str]:
    """(date, words before it) of a text that is only a date or closes with one in brackets."""
    text = node[1]
    if len(text) > _MAX_DATED or not any(c.isdigit() for c in text):
        return None, ""
    closing = _CLOSING.match(text)
    if closing:
        return read_date(closing[2], page.now), closing[1].strip(" -–:")
    return (read_date(text, page.now), "") if len(text) <= _ALONE else (None, "")


def _last_dated(page: Page, after: list[TextNode]) -> tuple[str | None, Stated | None]:
    for node in reversed(after):
        stated, office = _dated(page, node)
        if stated is not None:
            return office or None, stated
    return None, None


def _subject(before: list[TextNode]) -> str | None:
    """The question's title, else its first words: no label, no dated line, nothing that may be a name."""
    said = [(owner, _unmarked(text)) for owner, text, _ in before]
    fit = [(owner, text) for owner, text in said if len(text) >= _MIN_SUBJECT and not _is_private(text)]
    titles = [text for owner, text in fit if any(up.tag in _TITLES for up in (owner, *_near(owner)))]
    found = next(iter(titles or [text for _, text in fit]), None)
    return found[:_MAX_SUBJECT] if found else None


def _near(owner: HtmlElement) -> list[HtmlElement]:
    return [up for _, up in zip(range(2), owner.iterancestors(), strict=False)]


def _unmarked(text: str) -> str:
    return text.partition(":")[2].strip() if _is_mark(text, "question_marks") else text


def _is_private(text: str) -> bool:
    """A line about the person who asked, a date, or words written as a name is written."""
    named = roles(_NAME).of(text.partition(":")[0])
    if _CLOSING.match(text) or (named and named[0] in ("asker", "personal", "asked", "other")):
        return True
    words = text.split()
    if 2 * sum(map(str.isalpha, text)) < len(text):
        return True
    return 1 < len(words) <= _NAME_WORDS and all(word[0].isupper() and word.isalpha() for word in words)


def _is_answer(after: list[TextNode]) -> bool:
    """True when something is said behind the mark, and it is not that an answer is still to come."""
    said = " ".join(text for _, text, _ in after)
    rest = (
        said.partition(":")[2].strip()
        if ":" in said[:_MAX_MARK]
        else " ".join(text for _, text, _ in after[1:])
    )
    if len(rest) < _MIN_ANSWER:
        return False
    return not (len(rest) <= 80 and pattern(_NAME, "unanswered_words").match(label_key(rest)))


def _link(page: Page, before: list[TextNode]) -> str | None:
    """Where the question's title leads; links in an answer lead to other things."""
    for owner, text, tail in before:
        link = owner if owner.tag == "a" else next(owner.iterancestors("a"), None)
        url = join(page.url, link.get("href") or "") if link is not None and not tail else None
        if url is not None and canonical(url) != canonical(page.url) and len(text) >= _MIN_SUBJECT:
            return url
    return None
