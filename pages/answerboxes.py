"""Questions shown with their answers, found by the words that open an answer or say there is none yet.

Where each stands is told by :mod:`pages.answermarks`; here its title, days and office are read.
"""

from __future__ import annotations

from typing import Final

from lxml.html import HtmlElement

from pages.answermarks import answered_parts, dated, halves, is_closing, is_mark
from pages.model import Question, Stated
from pages.nameless import is_private, office, published
from pages.questionstatus import status_flag
from pages.questiontitle import HEADINGS
from pages.records import TextNode, roles
from pages.text import label_key
from pages.tree import Page
from pages.urls import canonical, join
from pages.vocabulary import keys

_NAME: Final = "questions"
_MAX_MARK: Final = 40
_MAX_OPEN: Final = 80
_MAX_SUBJECT: Final = 300
_MIN_SUBJECT: Final = 8
_MIN_ANSWER: Final = 15
_TITLES: Final = (*HEADINGS, "a")


def answer_boxes(page: Page) -> tuple[Question, ...]:
    """Questions of the boxes; those beside them without an answer are given as not answered."""
    parts, sure = answered_parts(page)
    opened = any(halves(part)[1] for part in parts)  # without one answer nobody knows what answers look like
    found = (_read(page, part, sure, opened) for part in parts if not _is_head(part))
    return tuple(question for question in found if question is not None)


def _read(page: Page, inside: list[TextNode], sure: bool, opened: bool) -> Question | None:
    """One question; where its end is not ``sure`` a day after the answer counts only with an office."""
    before, after = halves(inside)
    asked = next((stated for node in before if (stated := dated(page, node, "asked")[0])), None)
    closing, answered = _last_dated(page, after, sure)
    subject = _subject(before)
    if subject is None and asked is None and answered is None:
        return None
    private = [text for _, text, _ in before if is_private(text)]
    return published(
        Question(
            url=_link(page, before),
            subject=subject,
            addressee=closing,
            asked=asked,
            answered=answered,
            answered_flag=True if answered else _flag(after) if after or opened else _stated_flag(before),
            quote=" · ".join(stated.quote for stated in (asked, answered) if stated is not None),
        ),
        private,
    )


def _last_dated(page: Page, after: list[TextNode], sure: bool) -> tuple[str | None, Stated | None]:
    for node in reversed(after):
        stated, words = dated(page, node, "answered")
        closing = office(words) if words else None
        if stated is not None and (sure or closing or _is_labelled(node[1])):
            return closing, stated
    return None, None


def _is_labelled(text: str) -> bool:
    named = roles(_NAME).of(text.partition(":")[0])
    return named is not None and named[0] == "answered"


def _subject(before: list[TextNode]) -> str | None:
    """The question's title, else its first words below the page's own heading: no label, no dated line,
    nothing that may be a name."""
    headed = [at for at, node in enumerate(before) if _is_page_title(node)]
    titles = [text for owner, text in _fit(before) if any(up.tag in _TITLES for up in (owner, *_near(owner)))]
    words = [text for _, text in _fit(before[headed[-1] + 1 :] if headed else before)]
    found = next(iter(titles or words), None)
    return found[:_MAX_SUBJECT] if found else None


def _is_page_title(node: TextNode) -> bool:
    return node[0].tag in HEADINGS and label_key(node[1]) in keys(_NAME, "page_titles")


def _fit(texts: list[TextNode]) -> list[tuple[HtmlElement, str]]:
    said = [(owner, _unmarked(text)) for owner, text, _ in texts]
    return [(owner, text) for owner, text in said if len(text) >= _MIN_SUBJECT and not _is_apart(text)]


def _near(owner: HtmlElement) -> list[HtmlElement]:
    return [up for _, up in zip(range(2), owner.iterancestors(), strict=False)]


def _unmarked(text: str) -> str:
    return text.partition(":")[2].strip() if is_mark(text, "question_marks") else text


def _is_apart(text: str) -> bool:
    """A line about the person who asked, a date, a status, a label or a heading of the page's parts."""
    named = roles(_NAME).of(text.partition(":")[0])
    if is_closing(text) or (named and named[0] in ("asker", "personal", "asked", "other", "addressee")):
        return True
    if label_key(text) in keys(_NAME, "page_titles") or status_flag(text) is not None:
        return True
    return 2 * sum(map(str.isalpha, text)) < len(text) or is_private(text)


def _flag(after: list[TextNode]) -> bool | None:
    """True when something is said behind the mark, and it is not that an answer is still to come; None for
    a mark that may only name the office."""
    if not after:
        return False
    said = " ".join(text for _, text, _ in after)
    head, _, inline = said.partition(":")
    has_colon = len(head) < _MAX_MARK and ":" in said
    rest = inline.strip() if has_colon else " ".join(text for _, text, _ in after[1:])
    if len(rest) <= _MAX_OPEN and (stated := status_flag(rest[:60])) is not None:
        return stated
    named = roles(_NAME).of(head)
    if named and named[0] == "handler" and len(rest) < 4 * _MIN_ANSWER:
        return None
    return len(rest) >= _MIN_ANSWER


def _is_head(inside: list[TextNode]) -> bool:
    """True for the labels above the columns, which look like one more record."""
    return len(inside) > 1 and all(roles(_NAME).of(text) for _, text, _ in inside)


def _stated_flag(inside: list[TextNode]) -> bool | None:
    """What the texts themselves say of an answer; None when none does."""
    said = (status_flag(text) for _, text, _ in inside if len(text) <= _MAX_OPEN)
    return next((flag for flag in said if flag is not None), None)


def _link(page: Page, before: list[TextNode]) -> str | None:
    """Where the question's title leads; links in an answer lead to other things."""
    for owner, text, tail in before:
        link = owner if owner.tag == "a" else next(owner.iterancestors("a"), None)
        url = join(page.url, link.get("href") or "") if link is not None and not tail else None
        if url is not None and canonical(url) != canonical(page.url) and len(text) >= _MIN_SUBJECT:
            return url
    return None
