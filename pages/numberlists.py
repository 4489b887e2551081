"""Lists of documents without any label: records in which a document number stands as a text of its own."""

from __future__ import annotations

import re
from typing import Final

from lxml.html import HtmlElement

from pages.dates import read_date
from pages.docnumbers import find_number
from pages.labelgroups import owners_of
from pages.records import Field, Record, TextNode, main_text, nodes, nodes_of
from pages.tree import Page, text_of

_LOOKS = re.compile(r"\d ?/(?:\d{4}/)?[a-zđ]{1,6}[\d-]|\d-[a-z]{1,4}/[a-z]{2}")
_MAX_EXTRA: Final = 28  # characters beside the number: a prefix, "ngày dd/mm/yyyy"
_MIN_RECORDS: Final = 2


def number_records(page: Page) -> list[Record]:
    """Records each built around one number in a text of its own and a date of its own; () for other lists."""
    if len(_LOOKS.findall(main_text(page))) < _MIN_RECORDS:
        return []
    anchors = [owner for owner, text, tail in nodes(page) if not tail and _is_number_only(text)]
    if len(anchors) < _MIN_RECORDS:
        return []
    owners = owners_of([[anchor] for anchor in anchors])
    tops = [_top(anchor, at, owners, page) for at, anchor in enumerate(anchors)]
    inside = nodes_of(page, tops)
    records = [_record(anchor, top, inside[top], page) for anchor, top in zip(anchors, tops, strict=True)]
    dated = [record for record in records if "issued" in record.fields]
    return dated if len(dated) * 2 >= len(anchors) and len(dated) >= _MIN_RECORDS else []


def _is_number_only(text: str) -> bool:
    if len(text) > 60 or not any(c.isdigit() for c in text):
        return False
    found = find_number(text)
    return found is not None and found.kind != "blank" and len(text) - len(found.number) <= _MAX_EXTRA


def _top(anchor: HtmlElement, at: int, owners: dict[HtmlElement, int], page: Page) -> HtmlElement:
    """The widest element around a number that holds no other number."""
    node, parent = anchor, anchor.getparent()
    while parent is not None and owners.get(parent) == at and parent is not page.main:
        node, parent = parent, parent.getparent()
    return node


def _record(anchor: HtmlElement, top: HtmlElement, inside: list[TextNode], page: Page) -> Record:
    fields = {"number": Field(text_of(anchor), (anchor,))}
    dates = [(owner, text) for owner, text, _ in inside if len(text) <= 40 and read_date(text, page.now)]
    if len(dates) == 1:
        fields["issued"] = Field(dates[0][1], (dates[0][0],))
    if abstract := _longest(inside, anchor):
        fields["abstract"] = abstract
    return Record(fields, (top,))


def _longest(inside: list[TextNode], anchor: HtmlElement) -> Field | None:
    """The longest text of the record that is not its number."""
    texts = [(text, owner) for owner, text, tail in inside if owner is not anchor or tail]
    text, owner = max(texts, key=lambda pair: len(pair[0]), default=("", anchor))
    return Field(text, (owner,)) if len(text) >= 15 else None
