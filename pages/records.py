"""Records on a page, whatever draws them: table rows, rows of blocks, label and value pairs.

Readers of documents and of questions name their *roles* (what a column or a label means) in their
word lists; everything here is about finding the cells and values that belong to a role, and which
of them stand together in one record. Nothing is judged and no value is interpreted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final, cast

from lxml import etree
from lxml.html import HtmlElement

from pages.text import fold, label_key
from pages.tree import Page, text_of
from pages.vocabulary import load

MAX_LABEL: Final = 60
"""Longest text, in characters, that is looked up as a label."""
_HEADER_ROWS: Final = 8  # rows of a table in which its header is looked for
_MAX_SPAN: Final = 30
_CELLS: Final = ("td", "th")
_DIGITS = re.compile(r"\d{1,4}")

_TEXTS: Callable[[HtmlElement], list[Any]] = cast(Any, etree.XPath(".//text()[normalize-space()]"))

TextNode = tuple[HtmlElement, str, bool]
"""(element, folded text, whether it is the text after the element)."""
Rows = list[list[HtmlElement]]


@dataclass(frozen=True, slots=True)
class Field:
    """What stands under one label: its text and the elements that hold it (links, controls)."""

    text: str
    elements: tuple[HtmlElement, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One record: role to field, and the elements it is made of."""

    fields: dict[str, Field]
    elements: tuple[HtmlElement, ...]

    def text(self, role: str) -> str:
        """Text of a role; empty when the record has none."""
        found = self.fields.get(role)
        return found.text if found else ""


@dataclass(frozen=True, slots=True)
class Roles:
    """Which label means what, from a word list."""

    exact: dict[str, str]
    weak: frozenset[str]
    heads: frozenset[str]
    inline: re.Pattern[str]
    signs: re.Pattern[str]

    def of(self, text: str) -> tuple[str, str] | None:
        """(role, label key) of a text that is a label, else None."""
        if not text or len(text) > MAX_LABEL:
            return None
        key = label_key(text)
        if key.partition(" ")[0] not in self.heads:
            return None
        if key in self.exact:
            return self.exact[key], key
        words = key.split()
        for size in range(len(words) - 1, 1, -1):
            start = " ".join(words[:size])
            if start in self.exact:  # more words may follow a label, a value may not
                return None if any(map(str.isdigit, key[len(start) :])) else (self.exact[start], start)
        return None


@cache
def roles(name: str) -> Roles:
    """The roles of ``lexicon/<name>.yml``."""
    data = load(name)
    return role_words(data["roles"], data["weak"], data["signs"])


def role_words(
    named: Mapping[str, Iterable[object]], weak: Iterable[object], signs: Iterable[object]
) -> Roles:
    """Roles from their words: role to labels, the labels that alone say little, signs for a quick test."""
    exact = {label_key(str(label)): role for role, labels in named.items() for label in labels}
    ordered = sorted(exact, key=len, reverse=True)
    any_label = "|".join(re.escape(key).replace(r"\ ", r"[\s/,.\-–&()]{1,4}") for key in ordered)
    any_sign = "|".join(re.escape(str(sign).casefold()) for sign in signs)
    return Roles(
        exact,
        frozenset(label_key(str(word)) for word in weak),
        frozenset(key.partition(" ")[0] for key in exact),
        re.compile(rf"(?:^|(?<=[\s|;•·,.(\[–-]))({any_label})\s*[:：]", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{any_sign})(?!\w)"),
    )


@lru_cache(maxsize=2)
def nodes(page: Page) -> tuple[TextNode, ...]:
    """Every text of the main column in page order, kept for the readers that look at the same page."""
    found = ((node.getparent(), fold(str(node)), node.is_tail) for node in _TEXTS(page.main))
    return tuple((owner, text, tail) for owner, text, tail in found if text)


def nodes_of(page: Page, parts: Iterable[HtmlElement]) -> dict[HtmlElement, list[TextNode]]:
    """Texts of the main column by the part that holds them, in page order; texts of no part are left out."""
    found: dict[HtmlElement, list[TextNode]] = {part: [] for part in parts}
    for node in nodes(page):
        part = next((up for up in (node[0], *node[0].iterancestors()) if up in found), None)
        if part is not None and not (node[2] and node[0] is part):
            found[part].append(node)
    return found


@lru_cache(maxsize=2)
def main_text(page: Page) -> str:
    """Folded lower-case text of the main column, kept for the readers that look at the same page."""
    return text_of(page.main).casefold()


def table_records(page: Page, names: Roles, fits: Callable[[set[str], set[str]], bool]) -> list[Record]:
    """Records of the tables of the main column whose header ``fits(roles, labels)``."""
    found: list[Record] = []
    for table in page.main.iter("table"):
        found += of_rows(_grid(_table_rows(table)), names, fits)
    return found


def of_rows(rows: Rows, names: Roles, fits: Callable[[set[str], set[str]], bool]) -> list[Record]:
    """Records of a grid: the rows below its header row."""
    for at in range(min(len(rows), _HEADER_ROWS)):
        columns, used = _header(rows, at, names, fits)
        if columns:
            below = rows[at + used :]
            return [record for row in below if (record := _record(row, columns, names)) is not None]
    return []


def _header(
    rows: Rows, at: int, names: Roles, fits: Callable[[set[str], set[str]], bool]
) -> tuple[list[tuple[str, str] | None], int]:
    """Role of each column when row ``at`` (alone or with the next) is a header, and its height."""
    if len(rows[at]) < 2:
        return [], 0
    first = [_label_text(cell) for cell in rows[at]]
    columns = [names.of(text) for text in first]
    if _fit(columns, fits):
        return columns, 1 + _continues(rows, at, columns, names)
    if at + 1 < len(rows) and len(rows[at + 1]) == len(first) and any(first):
        both = [_join(a, b, rows, at, i) for i, (a, b) in enumerate(zip(first, rows[at + 1], strict=True))]
        columns = [names.of(text) or names.of(_label_text(rows[at + 1][i])) for i, text in enumerate(both)]
        if _fit(columns, fits):
            return columns, 2
    return [], 0


def _join(above: str, cell: HtmlElement, rows: Rows, at: int, column: int) -> str:
    return above if rows[at][column] is cell else f"{above} {_label_text(cell)}"


def _continues(rows: Rows, at: int, columns: list[tuple[str, str] | None], names: Roles) -> int:
    """1 when the next row only refines the header (it shares a tall cell with it)."""
    if at + 1 >= len(rows) or len(rows[at + 1]) != len(rows[at]):
        return 0
    shared = [i for i, cell in enumerate(rows[at + 1]) if cell is rows[at][i]]
    if not shared or len(shared) == len(rows[at]):
        return 0
    for i, cell in enumerate(rows[at + 1]):
        if i not in shared and (finer := names.of(f"{_label_text(rows[at][i])} {_label_text(cell)}")):
            columns[i] = finer
    return 1


def _fit(columns: list[tuple[str, str] | None], fits: Callable[[set[str], set[str]], bool]) -> bool:
    named = [column for column in columns if column]
    return len(named) >= 2 and fits({role for role, _ in named}, {label for _, label in named})


def _label_text(cell: HtmlElement) -> str:
    text = text_of(cell)
    return text if len(text) <= MAX_LABEL else ""


def _record(row: list[HtmlElement], columns: list[tuple[str, str] | None], names: Roles) -> Record | None:
    """The record of one row; None for blank rows, group titles and repeated headers."""
    if len({id(cell) for cell in row}) < 2:
        return None
    cells: dict[str, list[tuple[HtmlElement, str]]] = {}
    for cell, column in zip(row, columns, strict=False):
        if column and (cell, column[1]) not in cells.setdefault(column[0], []):
            cells[column[0]].append((cell, column[1]))
    fields = {role: _cell_field(found) for role, found in cells.items()}
    texts = [field for role, field in fields.items() if field.text and role != "other"]
    if not texts or all(names.of(field.text) for field in texts):
        return None
    parent = row[0].getparent()
    return Record(fields, (parent,) if parent is not None else tuple(row))


def _cell_field(found: list[tuple[HtmlElement, str]]) -> Field:
    """Cells of one role: the first that holds text speaks, all are kept for their links."""
    texts = [(text_of(cell), label) for cell, label in found]
    text, label = next((pair for pair in texts if pair[0]), texts[0])
    return Field(text, tuple(cell for cell, _ in found), label)


def _table_rows(element: HtmlElement) -> Iterator[tuple[HtmlElement, list[HtmlElement]]]:
    """Rows of one table without those of tables inside it; stray cells count as a row."""
    cells = [child for child in element if child.tag in _CELLS]
    if cells:
        yield element, cells
        return
    for child in element:
        if isinstance(child.tag, str) and child.tag != "table":
            yield from _table_rows(child)


def _grid(rows: Iterable[tuple[HtmlElement, list[HtmlElement]]]) -> Rows:
    """Rows with every cell repeated over the columns and rows it spans."""
    grid: Rows = []
    tall: dict[int, tuple[HtmlElement, int]] = {}
    for _, cells in rows:
        line: list[HtmlElement] = []
        waiting = list(cells)
        while waiting or len(line) in tall:
            if len(line) in tall:
                cell, left = tall.pop(len(line))
                if left > 1:
                    tall[len(line)] = (cell, left - 1)
                line.append(cell)
                continue
            cell = waiting.pop(0)
            for _ in range(_span(cell, "colspan")):
                if _span(cell, "rowspan") > 1:
                    tall[len(line)] = (cell, _span(cell, "rowspan") - 1)
                line.append(cell)
        grid.append(line)
    return grid


def _span(cell: HtmlElement, name: str) -> int:
    found = _DIGITS.match((cell.get(name) or "").strip())
    return min(max(int(found[0]), 1), _MAX_SPAN) if found else 1
