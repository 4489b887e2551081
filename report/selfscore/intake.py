"""Taking in a filled-in sheet: every fault is named by its cell, and one fault keeps everything out."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from errors import InputError
from i18n import mark
from pages.text import fold
from report.notice.safe import line
from report.selfscore.form import (
    EDITION_ROW,
    FIRST_LEAF,
    FIRST_UNIT_ROW,
    GROUP_ROW,
    IDS_ROW,
    PERIOD_ROW,
    UNIT_ID,
    UNIT_NAME,
    VALUES,
    place,
    points_of,
    words,
)
from rubric.model import Edition, Group, Leaf, Period, Register, Unit
from rubric.names import name_on, names_of
from rubric.register import units_on

LARGEST = 5 * 1024 * 1024
UNPACKED = 60 * 1024 * 1024
ROWS, COLUMNS = 2000, 80

FORMULA = object()
"""Stands where a formula stood: named already, nothing more is said about that cell."""

Grid = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell; ``message`` is a catalog source filled from ``values``."""

    cell: str
    message: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Intake:
    """What a sheet says: unit id → leaf id → points; and what is wrong with it. Points count only when
    there is no fault."""

    points: Mapping[str, Mapping[str, Decimal]]
    faults: tuple[Fault, ...]


def read_sheet(path: Path, register: Register, period: Period, edition: Edition) -> Intake:
    """The self-assessment in a workbook made by :mod:`report.selfscore.template`.

    Raises:
        InputError: the file cannot be read, is no such workbook, or its sheet is missing.
    """
    sheet = _sheet(path)
    if sheet.max_row > ROWS or sheet.max_column > COLUMNS:
        raise InputError("{file}: the sheet is larger than the template; use the template", file=path)
    grid = [list(row) for row in sheet.iter_rows()]
    faults = [Fault(str(span), mark("cells are merged; undo that"), {}) for span in sheet.merged_cells.ranges]
    faults += [
        Fault(cell.coordinate, mark("a formula stands here; write the value"), {})
        for row in grid
        for cell in row
        if cell.data_type == "f"
    ]
    values = [[FORMULA if cell.data_type == "f" else cell.value for cell in row] for row in grid]
    group = _group(values, edition, faults)
    _check(values, PERIOD_ROW, period.id, faults)
    _check(values, EDITION_ROW, edition.id, faults)
    if group is None:
        return Intake({}, tuple(faults))
    leaves = _leaves(values, group, faults)
    units = [unit for unit in units_on(register, period.closes) if unit.kind == group.kind and unit.scored]
    return _rows(values, leaves, units, period, faults)


def _sheet(path: Path) -> Any:
    try:
        if path.stat().st_size > LARGEST:
            raise InputError("{path} is larger than {size} MB", path=path, size=LARGEST >> 20)
        with zipfile.ZipFile(path) as packed:
            if sum(info.file_size for info in packed.infolist()) > UNPACKED:
                raise InputError("{path} is larger than {size} MB", path=path, size=UNPACKED >> 20)
        book = load_workbook(path)
    except OSError as error:
        raise InputError("{path} cannot be read: {why}", path=path, why=error.strerror or error) from error
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, SyntaxError) as error:
        raise InputError("{file} is no Excel workbook (.xlsx)", file=path) from error
    name = words()["sheet"]
    if name not in book.sheetnames:
        raise InputError("{file} holds no sheet '{sheet}'; use the template", file=path, sheet=name)
    return book[name]


def _at(values: Grid, row: int, column: int) -> Any:
    """A cell's value, None beyond the sheet; blank text is nothing."""
    if row >= len(values) or column >= len(values[row]):
        return None
    value = values[row][column]
    return None if isinstance(value, str) and not value.strip() else value


def _text(value: Any) -> str:
    return "" if value is None or value is FORMULA else line(str(value), 80)


def _check(values: Grid, row: int, wanted: str, faults: list[Fault]) -> None:
    found = _text(_at(values, row, VALUES))
    if found != wanted:
        faults.append(
            Fault(
                place(row, VALUES),
                mark("'{value}' stands here, {wanted} was asked for"),
                {"value": found, "wanted": wanted},
            )
        )


def _group(values: Grid, edition: Edition, faults: list[Fault]) -> Group | None:
    found = _text(_at(values, GROUP_ROW, VALUES))
    if found not in edition.groups:
        known = ", ".join(edition.groups)
        faults.append(
            Fault(
                place(GROUP_ROW, VALUES),
                mark("'{value}' is no group; known are {known}"),
                {"value": found, "known": known},
            )
        )
    return edition.groups.get(found)


def _leaves(values: Grid, group: Group, faults: list[Fault]) -> dict[int, Leaf]:
    """Column → leaf; every leaf must stand in exactly one column."""
    found: dict[int, Leaf] = {}
    for column in range(FIRST_LEAF, len(values[IDS_ROW]) if len(values) > IDS_ROW else 0):
        name = _text(_at(values, IDS_ROW, column))
        leaf, cell = group.leaf(name), place(IDS_ROW, column)
        if name and leaf is None:
            faults.append(Fault(cell, mark("there is no leaf '{value}'"), {"value": name}))
        elif leaf is not None and leaf in found.values():
            faults.append(Fault(cell, mark("leaf {value} stands here again"), {"value": name}))
        elif leaf is not None:
            found[column] = leaf
    absent = ", ".join(leaf.id for leaf in group.leaves if leaf not in found.values())
    if absent:
        faults.append(Fault(place(IDS_ROW, FIRST_LEAF), mark("leaves are missing: {ids}"), {"ids": absent}))
    return found


def _rows(
    values: Grid, leaves: Mapping[int, Leaf], units: Sequence[Unit], period: Period, faults: list[Fault]
) -> Intake:
    points: dict[str, dict[str, Decimal]] = {}
    for row in range(FIRST_UNIT_ROW, len(values)):
        said = {column: _at(values, row, column) for column in leaves}
        if all(value is None for value in said.values()):
            continue
        unit = _unit(values, row, units, period, faults)
        stated = {leaf.id: _stated(said[column], leaf, place(row, column), faults)
                  for column, leaf in leaves.items()}  # fmt: skip
        if unit and unit.id in points:
            faults.append(
                Fault(place(row, UNIT_ID), mark("{unit} has a line above already"), {"unit": unit.id})
            )
        elif unit:
            points[unit.id] = {leaf: worth for leaf, worth in stated.items() if worth is not None}
    return Intake(points, tuple(faults))


def _stated(value: Any, leaf: Leaf, cell: str, faults: list[Fault]) -> Decimal | None:
    if value is None:
        faults.append(Fault(cell, mark("leaf {leaf} is not filled in"), {"leaf": leaf.id}))
        return None
    worth = points_of(leaf, value)
    if worth is None and value is not FORMULA:
        faults.append(
            Fault(cell, mark("no level of {leaf} gives '{value}'"), {"leaf": leaf.id, "value": _text(value)})
        )
    return worth


def _unit(values: Grid, row: int, units: Sequence[Unit], period: Period, faults: list[Fault]) -> Unit | None:
    """The unit of a line by its id and its name, which must agree when both are given."""
    told_id, told_name = _text(_at(values, row, UNIT_ID)), _text(_at(values, row, UNIT_NAME))
    by_id = next((unit for unit in units if unit.id == told_id), None)
    if told_id and by_id is None:
        faults.append(Fault(place(row, UNIT_ID), mark("there is no unit '{value}' here"), {"value": told_id}))
        return None
    if not told_name:
        if by_id is None:
            faults.append(Fault(place(row, UNIT_ID), mark("the line names no unit"), {}))
        return by_id
    named = _named(told_name, units, period)
    wrong = _wrong_name(told_name, named, by_id, period)
    if wrong:
        faults.append(Fault(place(row, UNIT_NAME), *wrong))
        return None
    return named


def _named(name: str, units: Sequence[Unit], period: Period) -> Unit | None:
    wanted = fold(name).casefold()
    return next(
        (
            unit
            for unit in units
            if wanted in {fold(each).casefold() for each in (*names_of(unit, period.closes), unit.name)}
        ),
        None,
    )


def _present(unit: Unit, period: Period) -> set[str]:
    """Names that are right on the closing day: the official one, with or without what stands before it."""
    official = fold(name_on(unit, period.closes)).casefold()
    return {official} | {
        fold(each).casefold()
        for each in names_of(unit, period.closes)
        if official.endswith(fold(each).casefold()) or fold(each).casefold().endswith(official)
    }


def _wrong_name(
    told: str, named: Unit | None, by_id: Unit | None, period: Period
) -> tuple[str, dict[str, object]] | None:
    """What is wrong with a line's name, if anything: nobody's, another's than the id's, or a former one."""
    if named is None:
        return mark("there is no unit '{value}' here"), {"value": told}
    if by_id and named != by_id:
        return mark("'{value}' is another unit than {unit}"), {"value": told, "unit": by_id.id}
    if fold(told).casefold() in _present(named, period):
        return None
    official = name_on(named, period.closes)
    return mark("'{value}' is a former or other name; write '{name}'"), {"value": told, "name": official}
