"""Questions shown with their answers, found by the words that open an answer or say there is none yet.

A box is the widest part of the page around one such mark; where nothing is around it, what stands
between two marks is parted by headings and by the words that open a question. Dates count only
where they stand alone or close their line in brackets ("Office (15/09/2016 15:24)"): dates inside a
question or an answer are of other things.
"""

from __future__ import annotations

import re
from typing import Final

from lxml.html import HtmlElement

from pages.dates import read_date
from pages.kinds import asks
from pages.labelgroups import SHARED, owners_of
from pages.model import Question, Stated
from pages.nameless import is_private, office, published
from pages.questionstatus import status_flag
from pages.questiontitle import HEADINGS, is_title
from pages.records import TextNode, nodes, nodes_of, roles
from pages.text import label_key
from pages.tree import Page, text_of
from pages.urls import canonical, join
from pages.vocabulary import keys, pattern

_NAME: Final = "questions"
_MAX_MARK: Final = 40
_MAX_OPEN: Final = 80
_MAX_SUBJECT: Final = 300
_MIN_SUBJECT: Final = 8
_MIN_ANSWER: Final = 15
_MAX_DATED: Final = 160
_ALONE: Final = 34
_TITLES: Final = (*HEADINGS, "a")
_MAX_AROUND: Final = 800  # characters beside the only box of a page that still belong to it
_CLOSING = re.compile(r"^(.*?)\s*\(([^()]*\d{4}[^()]*)\)\s*$")


def answer_boxes(page: Page) -> tuple[Question, ...]:
    """Questions of the boxes; those beside them without an answer are given as not answered."""
    marks = _marks(page)
    if not marks:
        return ()
    owners = owners_of([[mark] for mark in marks])
    if len(marks) == 1 and (like := _alike(marks[0], page)):
        boxes = like
    else:
        tops = [top for at, mark in enumerate(marks) if (top := _box(mark, at, owners, page)) is not None]
        boxes = list(dict.fromkeys(tops))
        if len(boxes) > 1 and all(_opens(box, mark) for box, mark in zip(tops, marks, strict=False)):
            return _read_all(page, _segments(page, marks), sure=False)
        boxes = _with_unanswered(boxes)
    inside = nodes_of(page, boxes)
    return _read_all(page, [inside[box] for box in boxes], sure=True)


def _read_all(page: Page, parts: list[list[TextNode]], sure: bool) -> tuple[Question, ...]:
    return tuple(question for part in parts if (question := _read(page, part, sure)) is not None)


def _marks(page: Page) -> list[HtmlElement]:
    """Elements whose text opens an answer or says that there is none; the words right after an opening
    are its own. A line that goes on after the opening counts on pages of questions only."""
    found: list[HtmlElement] = []
    opened, inline = False, asks(page)
    for owner, text, tail in nodes(page):
        opens = not tail and _is_mark(text, "answer_marks", inline)
        if opens or (not opened and not tail and _is_open(text)):
            found.append(owner)
        opened = opens
    return found


def _is_open(text: str) -> bool:
    """A short text of its own that says there is no answer yet."""
    return (
        len(text) <= _MAX_OPEN
        and pattern(_NAME, "open_words").search(label_key(text)) is not None
        and not _is_titled(text)
    )


def _is_titled(text: str) -> bool:
    return pattern(_NAME, "asking_words").search(label_key(text)) is not None


def _is_mark(text: str, entry: str, inline: bool = True) -> bool:
    """A text that is only a mark or, ``inline``, opens with one and a colon."""
    head, colon, _ = text.partition(":")
    if len(text) > _MAX_MARK and not (inline and colon):
        return False
    return len(head) <= _MAX_MARK and label_key(head) in keys(_NAME, entry)


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


def _alike(mark: HtmlElement, page: Page) -> list[HtmlElement]:
    """The only answer of the page stands in one of several like boxes: those; [] when it does not.

    The box states a day before the mark, at least one of the others states a day, too.
    """
    node = mark
    while node is not page.main and (parent := node.getparent()) is not None:
        kind = (node.tag, node.get("class"))
        like = [child for child in parent if (child.tag, child.get("class")) == kind]
        if len(like) > 1:
            inside = nodes_of(page, like)
            dated = [child for child in like if any(_dated(page, text)[0] for text in inside[child])]
            before, _ = _halves(inside[node])
            if node in dated and len(dated) > 1 and any(_dated(page, text)[0] for text in before):
                return dated
        node = parent
    return []


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


def _opens(box: HtmlElement, mark: HtmlElement) -> bool:
    """True when nothing of a question stands in the box before the mark."""
    return box is mark or text_of(box).startswith(text_of(mark))


def _segments(page: Page, marks: list[HtmlElement]) -> list[list[TextNode]]:
    """What belongs to each mark on a page without boxes: from the heading or the word that opens the
    question up to that of the next one."""
    every = nodes(page)
    places = [next(at for at, node in enumerate(every) if node[0] is mark and not node[2]) for mark in marks]
    starts, after = [], 0
    for place in places:
        starts.append(_start(every, after, place))
        after = place + 1
    return [list(every[start:end]) for start, end in zip(starts, [*starts[1:], len(every)], strict=True)]


def _start(every: tuple[TextNode, ...], after: int, place: int) -> int:
    """Where between two answers the second question begins; at its answer when that is not told."""
    between = range(after, place)
    asked = [at for at in between if not every[at][2] and _is_mark(every[at][1], "question_marks")]
    headed = [at for at in between if every[at][0].tag in HEADINGS and is_title(every[at][1])]
    return next(iter(sorted(headed[-1:] + asked[-1:])), place)


def _halves(inside: list[TextNode]) -> tuple[list[TextNode], list[TextNode]]:
    """(question, answer): what stands before the mark that opens the answer and what stands from it on."""
    opening = (i for i, (_, text, tail) in enumerate(inside) if not tail and _is_mark(text, "answer_marks"))
    at = next(opening, len(inside))
    return inside[:at], inside[at:]


def _read(page: Page, inside: list[TextNode], sure: bool) -> Question | None:
    """One question; where its end is not ``sure`` a day after the answer counts only with an office."""
    before, after = _halves(inside)
    asked = next((stated for node in before if (stated := _dated(page, node, "asked")[0])), None)
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
            answered_flag=True if answered else _flag(after),
            quote=" · ".join(stated.quote for stated in (asked, answered) if stated is not None),
        ),
        private,
    )


_OTHER_DAYS: Final = {"asked": ("answered", "status"), "answered": ("asked",)}


def _dated(page: Page, node: TextNode, role: str = "asked") -> tuple[Stated | None, str]:
    """(date, words before it) of a text that is only a date or closes with one in brackets; none when its
    label says that the day is of something else."""
    text = node[1]
    if len(text) > _MAX_DATED or not any(c.isdigit() for c in text):
        return None, ""
    named = roles(_NAME).of(text.partition(":")[0]) if ":" in text else None
    if named and named[0] in ("other", "ref", *_OTHER_DAYS[role]):
        return None, ""
    closing = _CLOSING.match(text)
    if closing:
        return read_date(closing[2], page.now), closing[1].strip(" -–:")
    return (read_date(text, page.now), "") if len(text) <= _ALONE else (None, "")


def _last_dated(page: Page, after: list[TextNode], sure: bool) -> tuple[str | None, Stated | None]:
    for node in reversed(after):
        stated, words = _dated(page, node, "answered")
        closing = office(words) if words else None
        if stated is not None and (sure or closing or _is_labelled(node[1])):
            return closing, stated
    return None, None


def _is_labelled(text: str) -> bool:
    named = roles(_NAME).of(text.partition(":")[0])
    return named is not None and named[0] == "answered"


def _subject(before: list[TextNode]) -> str | None:
    """The question's title, else its first words: no label, no dated line, nothing that may be a name."""
    said = [(owner, _unmarked(text)) for owner, text, _ in before]
    fit = [(owner, text) for owner, text in said if len(text) >= _MIN_SUBJECT and not _is_apart(text)]
    titles = [text for owner, text in fit if any(up.tag in _TITLES for up in (owner, *_near(owner)))]
    found = next(iter(titles or [text for _, text in fit]), None)
    return found[:_MAX_SUBJECT] if found else None


def _near(owner: HtmlElement) -> list[HtmlElement]:
    return [up for _, up in zip(range(2), owner.iterancestors(), strict=False)]


def _unmarked(text: str) -> str:
    return text.partition(":")[2].strip() if _is_mark(text, "question_marks") else text


def _is_apart(text: str) -> bool:
    """A line about the person who asked, a date, a status, a label or a heading of the page's parts."""
    named = roles(_NAME).of(text.partition(":")[0])
    if _CLOSING.match(text) or (named and named[0] in ("asker", "personal", "asked", "other", "addressee")):
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


def _link(page: Page, before: list[TextNode]) -> str | None:
    """Where the question's title leads; links in an answer lead to other things."""
    for owner, text, tail in before:
        link = owner if owner.tag == "a" else next(owner.iterancestors("a"), None)
        url = join(page.url, link.get("href") or "") if link is not None and not tail else None
        if url is not None and canonical(url) != canonical(page.url) and len(text) >= _MIN_SUBJECT:
            return url
    return None
