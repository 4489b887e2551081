"""The named contact officer of the office, on the page or block that is about the contact officer.

Only a block that says it is about the contact officer counts: a page of leaders, a directory or the
office's own telephone gives nothing. Parts are read from a table's row or from labelled lines.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from lxml.html import HtmlElement

from pages.blocks import Pair, pairs, row_records
from pages.contactdetails import readable_mail
from pages.labelgroups import label_records
from pages.model import Officer
from pages.officerline import addressed, called
from pages.records import Record, Roles, main_text, nodes, role_words, table_records
from pages.text import fold, label_key
from pages.tree import Page, text_of
from pages.vocabulary import load, whole_words

_NAME: Final = "contact"
_MAX_ABOUT: Final = 220  # characters of a heading or line that says what a block is about
_MAX_VALUE: Final = 160
_MAX_LINE: Final = 300  # characters of a paragraph that names one officer
_MAX_LINES: Final = 24  # texts after the heading of the officer's block that can still be about the officer
_INLINE: Final = ("b", "strong", "i", "em", "u", "span", "font")
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_DIGITS = re.compile(r"\d")
_MAIL = re.compile(r"[\w.%+-]+@[\w.-]+\.\w{2,}")
_NUMBER = re.compile(r"\(?\+?\d[\d .()/-]{6,}\d")
_PARTS: Final = ("name", "position", "workplace", "phone", "fax", "email")


def read_officer(page: Page) -> Officer:
    """Parts of the contact officer's details that the page shows; an empty one when it is not about one."""
    about = _about()
    if not about.search(label_key(_beginning(page))) and not about.search(label_key(main_text(page))):
        return Officer()
    start = _where(page)
    if start is None:
        return Officer()
    return _filled(_best(_records(page, start)), addressed(_lines(page, start)))


def _filled(officer: Officer, other: Officer) -> Officer:
    """``officer`` with the parts that only a line about the same person shows."""
    if officer.name is None or other.name != officer.name:
        return other if officer.name is None else officer
    return Officer(*(getattr(officer, part) or getattr(other, part) for part in _PARTS))


def _lines(page: Page, start: HtmlElement) -> list[str]:
    """The texts of the officer's block, each also with the rest of its paragraph."""
    found: dict[str, None] = {}
    behind = start is page.main
    for owner, text, tail in nodes(page):
        behind = behind or owner is start
        if behind and len(found) < _MAX_LINES and not _in_link(owner):
            found.setdefault(text)
            block = owner.getparent() if tail or owner.tag in _INLINE else owner
            if block is not None and block is not page.main:
                found.setdefault(text_of(block))
    return [line for line in found if len(line) <= _MAX_LINE]


def _beginning(page: Page) -> str:
    return " . ".join(fold(element.text or "") for element in page.root.iter("title"))


@cache
def _about() -> re.Pattern[str]:
    return whole_words(label_key(str(words)) for words in load(_NAME)["officer"]["about"])


@cache
def _roles() -> Roles:
    return role_words(load(_NAME)["officer"]["roles"], (), ())


def _where(page: Page) -> HtmlElement | None:
    """Where the officer's block begins: the whole column when a title says so, else its own heading."""
    heads = [_beginning(page), *(text_of(element) for element in page.main.iter("h1", "h2"))]
    if any(_about().search(label_key(head)) for head in heads if len(head) <= _MAX_ABOUT):
        return page.main
    for owner, text, _ in nodes(page):
        if len(text) <= _MAX_ABOUT and _about().search(label_key(text)) and not _in_link(owner):
            return owner
    return None


def _in_link(owner: HtmlElement) -> bool:
    return any(node.tag == "a" for node in (owner, *owner.iterancestors()))


def _is_after(record: Record, start: HtmlElement) -> bool:
    """True for a record (a table's row) that stands behind or around the heading ``start``."""
    around = {start, *start.iterancestors()}
    order = {element: at for at, element in enumerate(start.getroottree().getroot().iter())}
    return any(element in around or order.get(element, -1) > order[start] for element in record.elements)


def _records(page: Page, start: HtmlElement) -> list[Record]:
    names = _roles()
    found = table_records(page, names, _is_people) or row_records(page, names, _is_people)
    if found:
        return [record for record in found if start is page.main or _is_after(record, start)]
    labelled = [pair for pair in pairs(page, names) if not _in_link(pair.owner)]
    return label_records(page.main, _from_name(_of_block(labelled, page, start)))


def _of_block(labelled: list[Pair], page: Page, start: HtmlElement) -> list[Pair]:
    """Labels between the block's heading and the next heading."""
    if start is page.main:
        return labelled
    order = {element: at for at, element in enumerate(page.main.iter())}
    first = order.get(start, -1)
    own = {start, *start.iter(), *start.iterancestors()}
    last = next(
        (order[head] for head in page.main.iter(*_HEADINGS) if order[head] > first and head not in own),
        len(order),
    )
    return [pair for pair in labelled if first <= order.get(pair.owner, -1) < last]


def _from_name(labelled: list[Pair]) -> list[Pair]:
    """Numbers and mailboxes before the first name are the office's own."""
    first = next((at for at, pair in enumerate(labelled) if pair.role == "name"), len(labelled))
    return [pair for at, pair in enumerate(labelled) if at >= first or pair.role in ("position", "workplace")]


def _is_people(found: set[str], labels: set[str]) -> bool:
    return "name" in found and bool(found & {"position", "phone", "email", "workplace"})


def _best(records: list[Record]) -> Officer:
    """The first officer with a name; of several the one that shows most."""
    officers = [officer for record in records if (officer := _officer(record)).name is not None]
    return max(officers, key=_shown, default=Officer())


def _shown(officer: Officer) -> int:
    return sum(getattr(officer, part) is not None for part in _PARTS)


def _officer(record: Record) -> Officer:
    return Officer(
        name=called(record.text("name")),
        position=_words(record.text("position")),
        workplace=_words(record.text("workplace")),
        phone=_match(_NUMBER, record.text("phone")),
        fax=_match(_NUMBER, record.text("fax")),
        email=_match(_MAIL, readable_mail(record.text("email"))),
    )


def _words(text: str) -> str | None:
    return text[:_MAX_VALUE] if len(text) >= 2 and not _DIGITS.fullmatch(text) else None


def _match(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found[0].strip() if found else None
