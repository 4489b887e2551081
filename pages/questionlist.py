"""Questions that a page only links to: a list whose lines state when each was asked.

Used where the page calls itself a list of questions or petitions and shows no answers of its own
(see :mod:`pages.questions`). What stands on the question's own page is read there.
"""

from __future__ import annotations

from pages.dates import read_date
from pages.groups import Record
from pages.model import Question, Stated
from pages.nameless import published
from pages.postdates import pieces
from pages.text import label_key
from pages.titles import title_text
from pages.tree import Page
from pages.vocabulary import pattern

_LONGEST = 80  # characters of a line that says when


def linked_questions(page: Page, records: list[Record]) -> tuple[Question, ...]:
    """The records as questions when at least half of them state a day of asking; else none."""
    found = [_question(page, record) for record in records]
    return tuple(found) if sum(q.asked is not None for q in found) * 2 >= max(1, len(found)) else ()


def _question(page: Page, record: Record) -> Question:
    asked, answered = _labelled(page, record, "roles.asked"), _labelled(page, record, "roles.answered")
    title = title_text(record.title)
    quote = " ".join(stated.quote for stated in (asked, answered) if stated is not None)
    flag = True if answered is not None else None
    return published(Question(None, record.title.key, title, None, asked, answered, flag, quote or title))


def _labelled(page: Page, record: Record, role: str) -> Stated | None:
    """The date that stands with a label of the role, in one text or in the one after it."""
    before = ""
    for _, text, _ in pieces(record.span, record.title.element):
        key = label_key(f"{before} {text}") if before else label_key(text)
        if len(text) <= _LONGEST and pattern("questions", role).search(key):
            stated = read_date(text, page.now)
            if stated is not None:
                return stated
        before = text if len(text) <= _LONGEST and text.rstrip().endswith(":") else ""
    return None
