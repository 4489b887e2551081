"""The form of the self-assessment sheet: where things stand in it, and what a cell may say."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pages.text import fold
from report.notice.figures import grouped
from rubric.model import Leaf, Level

# Rows and columns from 0, as the writer counts them.
PERIOD_ROW, EDITION_ROW, GROUP_ROW, IDS_ROW, TITLES_ROW, FIRST_UNIT_ROW = 1, 2, 3, 5, 6, 7
LABELS, VALUES = 0, 1
UNIT_ID, UNIT_NAME, FIRST_LEAF = 0, 1, 2


@cache
def words() -> Mapping[str, Any]:
    """The words of the workbook."""
    found: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yml").read_text("utf-8"))
    return found


def choice(level: Level) -> str:
    """A level as the drop-down names it."""
    return str(words()["choice"]).format(points=grouped(level.points), label=level.label)


def points_of(leaf: Leaf, value: object) -> Decimal | None:
    """The points that a cell states: a choice of the drop-down, a level's label, or points that a level
    gives. None when no level of the leaf is meant."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        number = Decimal(str(value))
        return next((level.points for level in leaf.levels if level.points == number), None)
    text = fold(str(value)).casefold()
    for level in leaf.levels:
        said = (choice(level), level.label, grouped(level.points), str(level.points))
        if text in {fold(each).casefold() for each in said}:
            return level.points
    return None


def place(row: int, column: int) -> str:
    """``C7``: a cell as people name it; row and column from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
