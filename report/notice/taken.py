"""A table of results taken in as data: tab-separated, one unit a line, with the columns of the notice."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from errors import InputError
from report.notice.model import Group, Notice, Row
from report.notice.places import placed
from report.notice.safe import line
from rubric.model import Edition, Period

COLUMNS = ("group", "name", "required", "full", "partial", "none", "items", "self_score", "reviewed_score")
LARGEST = 5 * 1024 * 1024

_COUNT = re.compile(r"[0-9]{1,7}\Z")
_POINTS = re.compile(r"[0-9]{1,4}([.,]5)?\Z")


def read_notice(path: Path, period: Period, edition: Edition, previous_items: int | None = None) -> Notice:
    """The notice that a table holds; its order settles ties.

    Raises:
        InputError: the file cannot be read, or a line is wrong (file, line and value are named).
    """
    groups: dict[str, list[Row]] = {}
    for place, record in _records(path):
        kind = record["group"]
        if kind not in edition.groups:
            raise fault(
                "there is no group '{value}'; use one of {known}",
                place=place,
                value=kind,
                known=", ".join(edition.groups),
            )
        groups.setdefault(kind, []).append(_row(place, record, edition.groups[kind].possible))
    if not groups:
        raise fault("the table holds no unit", place=f"{path}:1")
    ordered = [kind for kind in edition.groups if kind in groups]
    return Notice(
        period,
        edition.id,
        "taken",
        tuple(Group(kind, placed(groups[kind])) for kind in ordered),
        previous_items=previous_items,
    )


def fault(message: str, place: str, **values: object) -> InputError:
    """The error about a line of the table."""
    return InputError("{place}: " + message, place=place, **values)


def _records(path: Path) -> list[tuple[str, Mapping[str, str]]]:
    try:
        if path.stat().st_size > LARGEST:
            raise InputError("{path} is larger than {size} MB", path=path, size=LARGEST >> 20)
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError("{path} cannot be read: {why}", path=path, why=error.strerror) from error
    except UnicodeDecodeError as error:
        raise fault("the table is not UTF-8 text", place=f"{path}:1") from error
    reader = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise fault("columns are missing: {names}", place=f"{path}:1", names=", ".join(missing))
    return [
        (f"{path}:{number}", {name: (record[name] or "").strip() for name in COLUMNS})
        for number, record in enumerate(reader, start=2)
    ]


def _row(place: str, record: Mapping[str, str], possible: Decimal) -> Row:
    counts = {name: _count(place, name, record[name]) for name in COLUMNS[2:7]}
    if counts["full"] + counts["partial"] + counts["none"] != counts["required"]:
        raise fault("the three columns do not add up to {required}", place=place, required=counts["required"])
    points = _points(place, "reviewed_score", record["reviewed_score"], possible)
    own = record["self_score"]
    return Row(
        name=line(record["name"]),
        required=counts["required"],
        full=counts["full"],
        partial=counts["partial"],
        none=counts["none"],
        items=counts["items"],
        self_score=_points(place, "self_score", own, possible) if own else None,
        low=points,
        high=points,
        possible=possible,
    )


def _count(place: str, name: str, value: str) -> int:
    if not _COUNT.match(value):
        raise fault("{name} '{value}' is no count", place=place, name=name, value=value)
    return int(value)


def _points(place: str, name: str, value: str, possible: Decimal) -> Decimal:
    if not _POINTS.match(value) or (points := Decimal(value.replace(",", "."))) > possible:
        raise fault(
            "{name} '{value}' is no number of points up to {most}",
            place=place,
            name=name,
            value=value,
            most=possible,
        )
    return points
