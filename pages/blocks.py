"""Records drawn without a table: rows of blocks under a header block, and label and value pairs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement

from pages.records import MAX_LABEL, Field, Record, Roles, nodes, of_rows
from pages.text import fold
from pages.tree import Page, text_of

_FORM: Final = ("input", "select", "textarea")
_NO_LABELS: Final = frozenset({"option", "select", "textarea", "button", "h1", "h2", "title"})
_EDGE: Final = " :：;|•·\t-–"
_MAX_LABEL_BEFORE: Final = 90  # characters of running text a label may stand behind
_MAX_HEADS: Final = 60  # blocks tried as the header of rows
_MAX_UP: Final = 3  # levels climbed from a label to find its value
_MAX_LABELS: Final = 3000
_CLOSED: Final = ("tr", "dl", "table")
_INPUT_TYPES: Final = ("hidden", "button", "submit", "image")
_BREAK = re.compile(r"\s*[|;•]\s*$")


@dataclass(frozen=True, slots=True)
class Pair:
    """A label that was found and its value; ``owner`` is the element that holds the label."""

    role: str
    label: str
    owner: HtmlElement
    field: Field


def row_records(page: Page, names: Roles, fits: Callable[[set[str], set[str]], bool]) -> list[Record]:
    """Records of rows of blocks (``div`` or list "tables") below a block of column labels."""
    tried: set[HtmlElement] = set()
    for owner, text, tail in nodes(page):
        if tail or len(text) > MAX_LABEL or names.of(text) is None:
            continue
        for head in _climb(owner):
            if head in tried or len(head) < 3:
                continue
            tried.add(head)
            if len(tried) > _MAX_HEADS:
                return []
            rows = [list(head), *_rows_after(head)]
            if len(rows) > 1 and (found := of_rows(rows, names, fits)):
                return found
    return []


def _climb(element: HtmlElement) -> Iterator[HtmlElement]:
    for _ in range(_MAX_UP):
        parent = element.getparent()
        if parent is None or parent.tag in ("body", "table", "tr", "form"):
            return
        yield parent
        element = parent


def _rows_after(head: HtmlElement) -> Iterator[list[HtmlElement]]:
    """Blocks after ``head`` (or after the block that holds only it) with as many parts as it has."""
    width = len(head)
    parent = head.getparent()
    first = head if parent is None or len(parent) > 1 else parent
    for block in first.itersiblings():
        if len(block) == width:
            yield list(block)
        else:
            yield from (list(row) for row in block if isinstance(row.tag, str) and len(row) == width)


def pairs(page: Page, names: Roles) -> list[Pair]:
    """Every label of ``names`` in the main column with its value, in page order; form fields are none."""
    found: list[Pair] = []
    for owner, text, tail in nodes(page):
        if owner.tag in _NO_LABELS and not tail:
            continue
        found += _node_pairs(owner, text, tail, names)
        if len(found) > _MAX_LABELS:
            break
    return found


def _node_pairs(owner: HtmlElement, text: str, tail: bool, names: Roles) -> Iterator[Pair]:
    """Labels inside one text: ``A: x | B: y``, ``A:`` before its value, or a bare ``A``."""
    matches = (
        [m for m in names.inline.finditer(text) if _stands(m, text, names)]
        if ":" in text or "：" in text
        else []
    )
    if not matches:
        named = names.of(text)
        field = _value_after(owner, tail, names, text) if named and named[1] not in names.weak else None
        if named and field is not None:
            yield Pair(named[0], named[1], owner, field)
        return
    ends = [m.start() for m in matches[1:]] + [len(text)]
    for match, end in zip(matches, ends, strict=True):
        named = names.of(match[1])
        value = text[match.end() : end].strip(_EDGE)
        rest = Field(value, (), match[1]) if value else None
        field = rest or (
            _value_after(owner, tail, names, match[1]) if end == len(text) else Field("", (), match[1])
        )
        if named and field is not None:
            yield Pair(named[0], named[1], owner, field)


def _stands(match: re.Match[str], text: str, names: Roles) -> bool:
    """A bare word is a label only at the start of its text or after a bar, no label ends a sentence."""
    named, before = names.of(match[1]), text[: match.start()]
    if named is None:
        return False
    if named[1] not in names.weak and len(before) <= _MAX_LABEL_BEFORE:
        return True
    return not before.strip(_EDGE) or _BREAK.search(before) is not None


def _value_after(owner: HtmlElement, tail: bool, names: Roles, quote: str) -> Field | None:
    """What follows a label: the rest of its element, the next text or element; None for a form field."""
    if not tail:
        for child in owner:
            if is_field(child):
                return None
            if text := text_of(child):
                return _field(text, child, names, quote)
            if child.tail and (text := fold(child.tail).strip(_EDGE)):
                return Field(text, (child,), quote)
    node = owner
    for _ in range(_MAX_UP):
        if node.tail and not (tail and node is owner) and (text := fold(node.tail).strip(_EDGE)):
            return Field(text, (), quote)
        following = node.getnext()
        if following is not None and following.tag == "br":
            return Field("", (), quote)
        if following is not None and isinstance(following.tag, str):
            return None if is_field(following) else _field(text_of(following), following, names, quote)
        parent = node.getparent()
        if parent is None or node.tag in _CLOSED or parent.tag == "body":
            return None
        node = parent
    return None


def _field(text: str, element: HtmlElement, names: Roles, quote: str) -> Field | None:
    """``element`` as a value; None for another label: then the first is a column's head."""
    value = text.strip(_EDGE)
    if names.of(value):
        return None
    if names.inline.match(value):
        return Field("", (), quote)
    return Field(value, (element,), quote)


def is_field(element: HtmlElement) -> bool:
    """True when ``element`` is or holds something to fill in."""
    return any(
        field.tag != "input" or (field.get("type") or "text").lower() not in _INPUT_TYPES
        for field in element.iter(*_FORM)
    )
