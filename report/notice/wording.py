"""The letter that says a notice: the wording stands in ``letters/*.yml``, one file for each edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, StrictUndefined

from errors import InputError
from report.notice.figures import day, day_text, grouped, month, span
from report.notice.letter import Block, Cell, Column, Heading, Letter, Line, Paragraph, Table
from report.notice.model import Group, LeafNote, Notice, Row
from report.notice.safe import line
from rubric.model import Period

LETTERS = Path(__file__).with_name("letters")
ROMAN = ("I", "II", "III", "IV", "V")
TEXT = 4000
"""Longest paragraph, in characters: that of many units' names."""


@dataclass(frozen=True, slots=True)
class Signing:
    """What a person adds to the letter. Left open: number, day and signature are for the registry."""

    number: str | None = None
    day: date | None = None
    signer: str = ""
    position: tuple[str, ...] = ()


def letter_of(notice: Notice, signing: Signing, digest: str = "") -> Letter:
    """The letter of a notice.

    Raises:
        InputError: no letter is worded for the notice's edition.
    """
    texts = wording(notice.edition)
    values = frame(notice.period, signing, notice.province) | _figures(notice, texts)
    blocks = [block for entry in texts["body"] for block in _blocks(entry, notice, texts, values)]
    draft = notice.state == "draft"
    return _enveloped(
        texts,
        values,
        signing,
        subject=fill(texts["subject"], values),
        body=tuple(blocks),
        annexes=(*_lost(notice), *(_open(notice) if draft else ())),
        mark=common()["draft_mark"] if draft else "",
        digest=digest,
    )


def erratum_letter(
    notice: Notice, signing: Signing, differences: Sequence[Sequence[Cell]], digest: str
) -> Letter:
    """The letter that corrects a published notice; ``differences`` are lines of its table."""
    texts, told = wording(notice.edition), common()["erratum"]
    values = frame(notice.period, signing, notice.province) | {"count": len(differences), "digest": digest}
    lines = tuple(Line(tuple(cells)) for cells in differences)
    tables = (Table(told["name"], "", columns(told["columns"], values), lines),) if lines else ()
    body = (Paragraph(fill(told["text"], values)), *tables)
    return _enveloped(texts, values, signing, subject=fill(told["subject"], values), body=body, digest=digest)


def _enveloped(texts: Mapping[str, Any], values: Mapping[str, Any], signing: Signing, **parts: Any) -> Letter:
    """A letter with the parts that stand around its body."""
    return Letter(
        parent=fill(texts["parent"], values),
        issuer=fill(texts["issuer"], values),
        nation=texts["nation"],
        motto=texts["motto"],
        greeting=texts["greeting"],
        number=fill(texts["number"], values, keep_spaces=True),
        place=fill(texts["place"], values, keep_spaces=True),
        addressees=tuple(fill(each, values) for each in texts["addressees"]),
        recipients_title=texts["recipients_title"],
        recipients=tuple(fill(each, values) for each in texts["recipients"]),
        authority=_authority(texts["authority"], signing.position),
        signer=line(signing.signer),
        **parts,
    )


def frame(period: Period, signing: Signing, province: str | None) -> dict[str, Any]:
    """The values that every letter's texts may use."""
    return {
        "month": month(period.closes.month),
        "year": period.closes.year,
        "opens": day_text(period.opens),
        "closes": day_text(period.closes),
        "province": province or common()["province"],
        "number": line(signing.number or ""),
        "day": day(signing.day.day) if signing.day else "",
        "month_signed": month(signing.day.month) if signing.day else "",
        "year_signed": signing.day.year if signing.day else period.closes.year,
    }


def wording(edition: str) -> Mapping[str, Any]:
    """The texts of the letter for an edition."""
    path = LETTERS / f"{edition}.yml"
    if not path.is_file():
        known = ", ".join(sorted(each.stem for each in LETTERS.glob("*.yml") if each.stem != "common"))
        raise InputError(
            "no letter is worded for edition {edition}; there are {known}", edition=edition, known=known
        )
    return _texts(path)


def common() -> Mapping[str, Any]:
    """The texts that all letters share."""
    return _texts(LETTERS / "common.yml")


@cache
def _texts(path: Path) -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def fill(source: str, values: Mapping[str, Any], keep_spaces: bool = False) -> str:
    """One text with its values; spaces kept where they leave room for a pen."""
    text = _environment().from_string(source).render(values)
    return text.replace(" ", "\N{NO-BREAK SPACE}") if keep_spaces and "  " in text else line(text, TEXT)


@cache
def _environment() -> Environment:
    # These are texts, not mark-up: each writer escapes what its own format gives a meaning to.
    environment = Environment(undefined=StrictUndefined, autoescape=False, trim_blocks=True)
    environment.filters |= {"so": grouped, "hai": lambda count: f"{count:02d}"}
    return environment


def _figures(notice: Notice, texts: Mapping[str, Any]) -> dict[str, Any]:
    rows = notice.rows
    below = [row for row in rows if row.high < row.possible]
    return {
        "count": len(rows),
        "possible": max((row.possible for row in rows), default=Decimal(0)),
        "reached_least": sum(row.reached for row in rows),
        "reached_most": sum(row.high == row.possible for row in rows),
        "below": [
            {
                "name": line(row.name),
                "points": span(row.low, row.high),
                "partial": row.partial,
                "none": row.none,
            }
            for row in below
        ],
        "open": len(notice.open_rows),
        "assumed": sum(note.assumed for row in rows for note in row.leaves),
        "policy": notice.policy,
        "reasons": any(row.lost for row in rows),
        "items": notice.items,
        "change": notice.change,
        "previous": notice.previous_items,
        "groups": [
            {"phrase": texts["groups"][group.kind]["phrase"], "total": group.items} for group in notice.groups
        ],
    }


def _blocks(
    entry: str | Mapping[str, str], notice: Notice, texts: Mapping[str, Any], values: Mapping[str, Any]
) -> list[Block]:
    """The blocks of one entry of a letter's body; none when its text comes out empty."""
    if isinstance(entry, str):
        return [_results(number, group, texts, values) for number, group in enumerate(notice.groups)]
    ((kind, source),) = entry.items()
    text = fill(source, values)
    if not text:
        return []
    return [Heading(text) if kind == "heading" else Paragraph(text)]


def _results(number: int, group: Group, texts: Mapping[str, Any], values: Mapping[str, Any]) -> Table:
    told = texts["groups"][group.kind]
    keys = [column["key"] for column in texts["results"]]
    total: dict[str, Cell] = {
        "place": f"{ROMAN[number]}.",
        "name": fill(told["title"], values),
        "items": group.items,
    }
    head = Line(tuple(total.get(key) for key in keys), strong=True)
    rows = tuple(Line(tuple(_cells(row)[key] for key in keys)) for row in group.rows)
    return Table(told["sheet"], "", columns(texts["results"], values), (head, *rows))


def _cells(row: Row) -> Mapping[str, Cell]:
    return {
        "place": row.best if row.best == row.worst else f"{row.best}–{row.worst}",
        "name": line(row.name),
        "required": row.required,
        "full": row.full,
        "partial": row.partial,
        "none": row.none,
        "items": row.items if row.judged else None,
        "self": row.self_score,
        "points": row.low if row.settled else span(row.low, row.high),
    }


def columns(told: Sequence[Mapping[str, Any]], values: Mapping[str, Any]) -> tuple[Column, ...]:
    """Columns as the wording describes them."""
    return tuple(
        Column(fill(each["title"], values), each["width"], each.get("over", ""), each.get("number", True))
        for each in told
    )


def _lost(notice: Notice) -> tuple[Block, ...]:
    """Who did not reach all points, leaf by leaf, and why."""
    told = common()["lost"]
    lines = tuple(Line(_lost_cells(row, note)) for row in notice.rows for note in row.lost)
    if not lines:
        return ()
    return Heading(told["heading"]), Table(told["name"], "", columns(told["columns"], {}), lines)


def _lost_cells(row: Row, note: LeafNote) -> tuple[Cell, ...]:
    reason = ". ".join(text.rstrip(". ") for text in (note.label, note.why) if text)
    return line(row.name), note.leaf, line(note.title), note.points, note.most, line(reason)


def _open(notice: Notice) -> tuple[Block, ...]:
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
    place = str(row.best) if row.best == row.worst else f"{row.best}–{row.worst}"
    first = (line(row.name), span(row.low, row.high), place)
    if not row.judged:
        return [Line((*first, "", "", common()["not_judged"]))]
    return [Line((*first, note.leaf, line(note.title), line(note.why))) for note in row.open_leaves]


def _authority(usual: Sequence[str], position: Sequence[str]) -> tuple[str, ...]:
    """The lines above the name: the letter's own and the position below them; several given lines stand
    in place of the letter's own."""
    given = tuple(line(each) for each in position if line(each))
    if len(given) > 1:
        return given
    known = {each.casefold() for each in usual}
    return (*usual, *(each for each in given if each.casefold() not in known))
