"""Where on a page a question with its answer stands: the words that open an answer, and what is around them.

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
from pages.model import Stated
from pages.nameless import office
from pages.questiontitle import HEADINGS, is_title
from pages.records import TextNode, nodes, nodes_of, roles
from pages.text import label_key
from pages.tree import Page, text_of
from pages.vocabulary import keys, pattern

_NAME: Final = "questions"
_MAX_MARK: Final = 40
_MAX_OPEN: Final = 80
_MAX_DATED: Final = 160
_ALONE: Final = 34
_MAX_AROUND: Final = 800  # characters beside the only box of a page that still belong to it
_CLOSING = re.compile(r"^(.*?)\s*\(([^()]*\d{4}[^()]*)\)\s*:?\s*$")
_WHEN = re.compile(r"\s*(?:\([^()]*\d{4}[^()]*\)|(?:ngày |- |– )?\d{1,2}[/.-]\d{1,2}[/.-]\d{4})\s*$", re.I)
_MAX_WHEN: Final = 30  # characters of the day that a mark may name
_OTHER_DAYS: Final = {"asked": ("answered", "status"), "answered": ("asked",)}


def answered_parts(page: Page) -> tuple[list[list[TextNode]], bool]:
    """The texts of each question with its answer, in page order, and whether each is known to end there."""
    marks = _marks(page)
    owners = owners_of([[mark] for mark in marks])
    if len(marks) == 1 and (like := _alike(marks[0], page)):
        boxes = like
    else:
        found = [(mark, _box(mark, at, owners, page)) for at, mark in enumerate(marks)]
        around = [(mark, box) for mark, box in found if box is not None]
        boxes = list(dict.fromkeys(box for _, box in around))
        if len(boxes) > 1 and all(_opens(box, mark) for mark, box in around):
            return _segments(page, marks), False
        boxes = _with_unanswered(boxes)
    inside = nodes_of(page, boxes)
    return [inside[box] for box in boxes], True


def _marks(page: Page) -> list[HtmlElement]:
    """Elements whose text opens an answer or says that there is none; the words right after an opening
    are its own. A line that goes on after the opening counts on pages of questions only."""
    found: list[HtmlElement] = []
    opened, inline = False, asks(page)
    for owner, text, tail in nodes(page):
        opens = not tail and is_mark(text, "answer_marks", inline)
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


def is_mark(text: str, entry: str, inline: bool = True) -> bool:
    """A text that is only a mark of the word list's ``entry`` or, ``inline``, opens with one and a colon."""
    head, colon, _ = text.partition(":")
    if len(text) > _MAX_MARK + _MAX_WHEN and not (inline and colon):
        return False
    if len(head) > _MAX_MARK + 2 * _MAX_WHEN:
        return False
    head = _WHEN.sub("", head)
    if len(head) > _MAX_MARK + _MAX_WHEN * (entry == "answer_marks"):
        return False
    return label_key(head) in keys(_NAME, entry) or (entry == "answer_marks" and _by_an_office(head))


def _by_an_office(head: str) -> bool:
    """True for an office that answers: "<office> answers", "answer of <office>"."""
    words = head.split()
    for mark in keys(_NAME, "office_marks"):
        size = len(mark.split())
        if label_key(" ".join(words[-size:])) == mark:
            return office(" ".join(words[:-size])) is not None
        if label_key(" ".join(words[: size + 1])) in {
            f"{mark} {join}" for join in keys(_NAME, "office_joins")
        }:
            return office(" ".join(words[size + 1 :])) is not None
    return False


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
            stating = [child for child in like if any(dated(page, text)[0] for text in inside[child])]
            before, _ = halves(inside[node])
            if len(stating) > 1 and any(dated(page, text)[0] for text in before):
                return stating
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
    asked = [at for at in between if not every[at][2] and is_mark(every[at][1], "question_marks")]
    headed = [at for at in between if every[at][0].tag in HEADINGS and is_title(every[at][1])]
    return next(iter(sorted(headed[-1:] + asked[-1:])), place)


def halves(inside: list[TextNode]) -> tuple[list[TextNode], list[TextNode]]:
    """(question, answer): what stands before the mark that opens the answer and what stands from it on."""
    opening = (i for i, (_, text, tail) in enumerate(inside) if not tail and is_mark(text, "answer_marks"))
    at = next(opening, len(inside))
    return inside[:at], inside[at:]


def dated(page: Page, node: TextNode, role: str = "asked") -> tuple[Stated | None, str]:
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
        return _read(page, closing[2]), closing[1].strip(" -–:")
    return (_read(page, text), "") if len(text) <= _ALONE else (None, "")


def _read(page: Page, text: str) -> Stated | None:
    return read_date(text, page.now, page.month_first, page.month_first)


def is_closing(text: str) -> bool:
    """A line that ends with a day in brackets: who asked or answered, and when."""
    return _CLOSING.match(text) is not None
