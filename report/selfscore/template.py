"""The workbook that units fill in: one for each group, drop-downs of levels, everything else locked."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from report.notice.safe import line
from report.notice.xlsx_file import A4, FONT, OPTIONS
from report.selfscore.form import (
    EDITION_ROW,
    FIRST_LEAF,
    FIRST_UNIT_ROW,
    GROUP_ROW,
    IDS_ROW,
    LABELS,
    PERIOD_ROW,
    TITLES_ROW,
    UNIT_ID,
    UNIT_NAME,
    VALUES,
    choice,
    place,
    words,
)
from rubric.model import Edition, Group, Period, Unit
from rubric.names import name_on


def template_bytes(edition: Edition, group: Group, period: Period, units: Sequence[Unit]) -> bytes:
    """The workbook of one group for one period."""
    told = words()
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    book.set_properties({"title": f"{told['title']} {period.id}"})
    sheet, levels = book.add_worksheet(told["sheet"]), book.add_worksheet(told["levels"])
    styles = _styles(book)
    _lists(levels, group)
    _head(sheet, edition, group, period, styles)
    for row, unit in enumerate(units, start=FIRST_UNIT_ROW):
        _unit(sheet, row, unit, period, group, styles)
    _guide(book.add_worksheet(told["guide"]))
    _page(sheet)
    book.close()
    return target.getvalue()


def _styles(book: xlsxwriter.Workbook) -> dict[str, Any]:
    plain = {"font_name": FONT, "font_size": 11, "text_wrap": True, "valign": "vcenter"}
    grey = {"bg_color": "#EDEDED", "border": 1}
    return {
        "text": book.add_format(plain),
        "strong": book.add_format(plain | {"bold": True, "text_wrap": False}),
        "head": book.add_format(plain | grey | {"bold": True, "align": "center"}),
        "name": book.add_format(plain | grey),
        "open": book.add_format(plain | {"border": 1, "locked": False}),
    }


def _lists(sheet: Worksheet, group: Group) -> None:
    """The levels of each leaf, a column each, for the drop-downs."""
    for column, leaf in enumerate(group.leaves):
        sheet.write_string(0, column, leaf.id)
        for row, level in enumerate(leaf.levels, start=1):
            sheet.write_string(row, column, choice(level))
    sheet.protect()
    sheet.hide()


def _head(sheet: Worksheet, edition: Edition, group: Group, period: Period, styles: dict[str, Any]) -> None:
    told = words()
    sheet.write_string(0, 0, told["title"], styles["strong"])
    pairs = (
        (PERIOD_ROW, told["period"], period.id),
        (EDITION_ROW, told["edition"], edition.id),
        (GROUP_ROW, told["group"], group.kind),
    )
    for row, label, value in pairs:
        sheet.write_string(row, LABELS, label, styles["text"])
        sheet.write_string(row, VALUES, value, styles["strong"])
    for column, text in ((UNIT_ID, told["unit"]), (UNIT_NAME, told["name"])):
        sheet.write_string(IDS_ROW, column, text, styles["head"])
        sheet.write_blank(TITLES_ROW, column, None, styles["head"])
    for column, leaf in enumerate(group.leaves, start=FIRST_LEAF):
        sheet.write_string(IDS_ROW, column, leaf.id, styles["head"])
        sheet.write_string(TITLES_ROW, column, line(leaf.title), styles["head"])


def _unit(
    sheet: Worksheet, row: int, unit: Unit, period: Period, group: Group, styles: dict[str, Any]
) -> None:
    told = words()
    sheet.write_string(row, UNIT_ID, unit.id, styles["name"])
    sheet.write_string(row, UNIT_NAME, line(name_on(unit, period.closes)), styles["name"])
    for number, leaf in enumerate(group.leaves):
        first, last = place(1, number), place(len(leaf.levels), number)
        absolute = ":".join(f"${cell.rstrip('0123456789')}${cell.lstrip('ABC')}" for cell in (first, last))
        sheet.write_blank(row, FIRST_LEAF + number, None, styles["open"])
        sheet.data_validation(
            row,
            FIRST_LEAF + number,
            row,
            FIRST_LEAF + number,
            {
                "validate": "list",
                "source": f"='{told['levels']}'!{absolute}",
                "input_title": told["prompt_title"],
                "input_message": told["prompt"],
                "error_title": told["error_title"],
                "error_message": told["error"],
            },
        )


def _guide(sheet: Worksheet) -> None:
    sheet.set_column(0, 0, 110)
    for row, text in enumerate(words()["guides"]):
        sheet.write_string(row, 0, text)
    sheet.protect()


def _page(sheet: Worksheet) -> None:
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(IDS_ROW, TITLES_ROW)
    sheet.freeze_panes(FIRST_UNIT_ROW, FIRST_LEAF)
    sheet.set_column(UNIT_ID, UNIT_ID, 14)
    sheet.set_column(UNIT_NAME, UNIT_NAME, 30)
    sheet.set_column(FIRST_LEAF, FIRST_LEAF + 40, 22)
    sheet.set_row(TITLES_ROW, 90)
    sheet.protect("", {"format_columns": True, "format_rows": True})
