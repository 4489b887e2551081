"""The tables of a notice: results by group, who lost points and why, what a draft leaves open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from report.notice.figures import grouped, span
from report.notice.letter import Block, Cell, Column, Heading, Line, Paragraph, Table, shown
from report.notice.model import Group, LeafNote, Notice, Row
from report.notice.safe import line
from report.notice.texts import common, fill

ROMAN = ("I", "II", "III", "IV", "V")


def columns(told: Sequence[Mapping[str, Any]], values: Mapping[str, Any]) -> tuple[Column, ...]:
    """Columns as the wording describes them."""
    return tuple(
        Column(fill(each["title"], values), each["width"], each.get("over", ""), each.get("number", True))
        for each in told
    )


def results(
    number: int, group: Group, draft: bool, texts: Mapping[str, Any], values: Mapping[str, Any]
) -> Table:
    """The table of one group: its total, then its units."""
    told = texts["groups"][group.kind]
    keys = [column["key"] for column in texts["results"]]
    total: dict[str, Cell] = {
        "place": f"{ROMAN[number]}.",
        "name": fill(told["title"], values),
        "items": group.items,
    }
    head = Line(tuple(total.get(key) for key in keys), strong=True)
    rows = tuple(Line(tuple(_cells(row, draft)[key] for key in keys)) for row in group.rows)
    return Table(told["sheet"], "", columns(texts["results"], values), (head, *rows))


def _items(row: Row, draft: bool) -> Cell:
    """Items as seen: none where nobody could look, in a draft at least so many where not all was seen."""
    if row.coverage == "none":
        return "–"
    return f"≥ {grouped(row.items)}" if draft and row.coverage == "partial" else row.items


def _cells(row: Row, draft: bool) -> Mapping[str, Cell]:
    return {
        "place": row.best if row.best == row.worst else f"{row.best}–{row.worst}",
        "name": line(row.name),
        "required": row.required,
        "full": row.full,
        "partial": row.partial,
        "none": row.none,
        "items": _items(row, draft),
        "self": row.self_score,
        "points": row.low if row.settled else span(row.low, row.high),
    }


def lost(notice: Notice) -> tuple[Block, ...]:
    """Who did not reach all points, leaf by leaf, and why."""
    told = common()["lost"]
    lines = tuple(Line(_lost_cells(row, note)) for row in notice.rows for note in row.lost)
    if not lines:
        return ()
    return Heading(told["heading"]), Table(told["name"], "", columns(told["columns"], {}), lines)


def _lost_cells(row: Row, note: LeafNote) -> tuple[Cell, ...]:
    points = f"{shown(note.points)}/{shown(note.most)}"
    return line(row.name), note.leaf, line(note.title), points, line(note.label), line(note.why)


def still_open(notice: Notice) -> tuple[Block, ...]:
    """What a draft leaves open, and the places that this leaves open."""
    told = common()["open"]
    moving = [row for row in notice.rows if row.best != row.worst]
    values = {"moving": moving, "skipped": [line(name) for name in notice.skipped]}
    skipped = fill(told["skipped"], values)
    notes = (Paragraph(skipped),) if skipped else ()
    if not notice.open_rows:
        return (Heading(told["heading"]), *notes) if notes else ()
    lines = tuple(cells for row in notice.open_rows for cells in _open_lines(row))
    table = Table(told["name"], "", columns(told["columns"], {}), lines)
    return Heading(told["heading"]), Paragraph(fill(told["places"], values)), *notes, table


def _open_lines(row: Row) -> list[Line]:
    """A line for each reason why something of a unit is open."""
    place = str(row.best) if row.best == row.worst else f"{row.best}–{row.worst}"
    first = (line(row.name), span(row.low, row.high), place)
    if not row.judged:
        return [Line((*first, common()["all_leaves"], common()["not_judged"]))]
    by_reason: dict[str, list[LeafNote]] = {}
    for note in row.open_leaves:
        by_reason.setdefault(note.why, []).append(note)
    return [Line((*first, _named(notes, row), line(why))) for why, notes in by_reason.items()]


def _named(notes: Sequence[LeafNote], row: Row) -> str:
    """One leaf with its title, several by their ids, all of a unit's as all."""
    if len(notes) == row.required:
        return str(common()["all_leaves"])
    if len(notes) == 1:
        return line(f"{notes[0].leaf} {notes[0].title}")
    return line(", ".join(note.leaf for note in notes))
