"""The letter that says a notice: the wording stands in ``letters/*.yml``, one file for each edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from report.notice.figures import day, day_text, month, span
from report.notice.letter import Block, Cell, Heading, Letter, Line, Paragraph, Table
from report.notice.model import Notice
from report.notice.safe import line
from report.notice.tables import columns, lost, results, still_open
from report.notice.texts import common, fill, wording
from rubric.model import Period


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
        annexes=(*lost(notice), *(still_open(notice) if draft else ())),
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
        "number": line(signing.number or "", 20),
        "day": day(signing.day.day) if signing.day else "",
        "month_signed": month(signing.day.month) if signing.day else "",
        "year_signed": signing.day.year if signing.day else period.closes.year,
    }


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
        "least": notice.state == "draft" and not notice.counted,
        "change": notice.change if notice.counted else None,
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
        draft = notice.state == "draft"
        return [results(number, group, draft, texts, values) for number, group in enumerate(notice.groups)]
    ((kind, source),) = entry.items()
    text = fill(source, values)
    if not text:
        return []
    return [Heading(text) if kind == "heading" else Paragraph(text)]


def _authority(usual: Sequence[str], position: Sequence[str]) -> tuple[str, ...]:
    """The lines above the name: the letter's own and the position below them; several given lines stand
    in place of the letter's own."""
    given = tuple(line(each) for each in position if line(each))
    if len(given) > 1:
        return given
    known = {each.casefold() for each in usual}
    return (*usual, *(each for each in given if each.casefold() not in known))
