"""A letter as a workbook: its text on the first sheet, each table on a sheet of its own.

Texts are written as texts: nothing that looks like a formula or an address becomes one.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from decimal import Decimal
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from report.notice.letter import Cell, Column, Heading, Letter, Table, head_spans, shown

A4 = 9
FONT = "Times New Roman"
TEXT_SHEET = "Thông báo"
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
           "strings_to_numbers": False}  # fmt: skip
LIKE_FORMULA = ("=", "+", "-", "@")
# 1.194 whatever the reader's own settings are: the points are part of the format.
WHOLE = r"[>=1000000]#\.###\.##0;[>=1000]#\.##0;0"
TEXT_WIDTH = 64  # units across the text sheet: a line there holds a quarter more characters
WIDTH = 0.52  # characters for each share of a column's width: a table then fits across A4
LINE = 15.5  # points of a line of text
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def xlsx_bytes(letter: Letter) -> bytes:
    """The workbook."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    book.set_properties({"title": letter.subject, "author": letter.issuer, "comments": letter.digest})
    styles = _Styles(book)
    _text_sheet(book.add_worksheet(TEXT_SHEET), letter, styles)
    for table in letter.tables:
        sheet = book.add_worksheet(_FORBIDDEN.sub(" ", table.name)[:31])
        _table_sheet(sheet, table, styles, letter.mark)
    book.close()
    return target.getvalue()


class _Styles:
    """The few formats, made once for the book."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        plain = {"font_name": FONT, "font_size": 11, "text_wrap": True, "valign": "vcenter"}
        bold, boxed, centred = {"bold": True}, {"border": 1}, {"align": "center"}
        figures = {"num_format": "0.0"}
        self.text = book.add_format(plain)
        self.strong = book.add_format(plain | bold)
        self.head = book.add_format(plain | bold | boxed | centred)
        self.cells = {
            (number, strong, kind): book.add_format(
                plain
                | boxed
                | (centred if number else {})
                | (bold if strong else {})
                | ({"num_format": WHOLE} if kind == "whole" else figures if kind == "half" else {})
                | ({"quote_prefix": True} if kind == "quoted" else {})
            )
            for number in (True, False)
            for strong in (True, False)
            for kind in ("whole", "half", "text", "quoted")
        }


def _page(sheet: Worksheet) -> None:
    sheet.set_paper(A4)
    sheet.set_margins(left=1.18, right=0.59, top=0.79, bottom=0.79)
    sheet.fit_to_pages(1, 0)
    sheet.set_header("&C&P")


def _text_sheet(sheet: Worksheet, letter: Letter, styles: _Styles) -> None:
    _page(sheet)
    sheet.set_column(0, 0, TEXT_WIDTH, styles.text)
    lines = [(text, False) for text in _before(letter) if text]
    for block in letter.body:
        if isinstance(block, Table):
            lines.append((f"({block.name})", False))
        else:
            lines.append((block.text, isinstance(block, Heading)))
    lines += [(text, True) for text in (*letter.authority, letter.signer) if text]
    lines += [(letter.recipients_title, True), *((f"- {each}", False) for each in letter.recipients)]
    for row, (text, strong) in enumerate(lines):
        sheet.write_string(row, 0, text, styles.strong if strong else styles.text)
        sheet.set_row(row, _height([(text, 1.25 * TEXT_WIDTH)]))


def _before(letter: Letter) -> Sequence[str]:
    addressees = [f"- {each}" for each in letter.addressees]
    return (letter.mark, letter.parent, letter.issuer, letter.nation, letter.motto, letter.number,
            letter.place, letter.subject, letter.greeting, *addressees)  # fmt: skip


def _table_sheet(sheet: Worksheet, table: Table, styles: _Styles, mark: str) -> None:
    _page(sheet)
    first = 1 if mark else 0
    if mark:
        sheet.write_string(0, 0, mark, styles.strong)
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, column.width * WIDTH)
    deep = _head(sheet, table.columns, first, styles)
    sheet.repeat_rows(0, first + deep - 1)
    sheet.freeze_panes(first + deep, 0)
    for row, line in enumerate(table.lines, start=first + deep):
        sheet.set_row(row, _height(_widths(table.columns, [shown(cell) for cell in line.cells])))
        for at, cell in enumerate(line.cells):
            _write(sheet, row, at, cell, (table.columns[at].number, line.strong), styles)


def _head(sheet: Worksheet, columns: Sequence[Column], first: int, styles: _Styles) -> int:
    """Write a table's head; gives its height in rows."""
    deep = 2 if any(column.over for column in columns) else 1
    at = 0
    for text, width in head_spans(tuple(columns)):
        last = first + deep - 1 if not columns[at].over else first
        if width > 1 or last > first:
            sheet.merge_range(first, at, last, at + width - 1, text, styles.head)
        else:
            sheet.write_string(first, at, text, styles.head)
        at += width
    titles = _height(_widths(columns, [column.title for column in columns]))
    for row in range(first, first + deep):
        sheet.set_row(row, max(titles / deep, 2 * LINE) if deep > 1 else titles)
    for place, column in enumerate(columns):
        if column.over:
            sheet.write_string(first + 1, place, column.title, styles.head)
    return deep


def _widths(columns: Sequence[Column], texts: Sequence[str]) -> list[tuple[str, float]]:
    return [(text, column.width * WIDTH) for text, column in zip(texts, columns, strict=True)]


def _height(cells: Sequence[tuple[str, float]]) -> float:
    """A row's height for its wrapped texts: a file holds no measured one, and not every program measures.

    Words wrap before the edge, capitals are wide: a tenth more is reckoned.
    """
    lines = max(ceil(1.1 * len(text) / width) for text, width in cells)
    return LINE * min(max(lines, 1), 26)  # Excel's highest row is 409 points


def _write(sheet: Worksheet, row: int, at: int, cell: Cell, look: tuple[bool, bool], styles: _Styles) -> None:
    number, strong = look
    if cell is None or cell == "":
        sheet.write_blank(row, at, None, styles.cells[number, strong, "text"])
    elif isinstance(cell, str):
        kind = "quoted" if cell.startswith(LIKE_FORMULA) else "text"
        sheet.write_string(row, at, cell, styles.cells[number, strong, kind])
    else:
        kind = "whole" if Decimal(cell) % 1 == 0 else "half"
        value: Any = int(cell) if kind == "whole" else float(cell)
        sheet.write_number(row, at, value, styles.cells[number, strong, kind])
