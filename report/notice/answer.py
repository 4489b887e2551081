"""A notice as JSON and back: what is published is kept in this form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from report.notice.build import short_title
from report.notice.letter import Heading, Letter, Paragraph
from report.notice.model import Group, LeafNote, Notice, Row
from report.notice.places import placed
from report.notice.wording import Signing
from rubric.model import Edition
from rubric.period import parse_period
from rubric.scoring import number


def notice_answer(notice: Notice) -> dict[str, Any]:
    """The notice as JSON: exact numbers, null for what is not settled."""
    rows = notice.rows
    return {
        "period": notice.period.id,
        "opens": notice.period.opens.isoformat(),
        "closes": notice.period.closes.isoformat(),
        "edition": notice.edition,
        "state": notice.state,
        "policy": notice.policy,
        "units": len(rows),
        "reached": sum(row.reached for row in rows),
        "unresolved": len(notice.open_rows),
        "items": notice.items,
        "previous_items": notice.previous_items,
        "change": notice.change,
        "skipped": list(notice.skipped),
        "province": notice.province,
        "groups": [
            {"kind": group.kind, "items": group.items, "rows": [_row_answer(row) for row in group.rows]}
            for group in notice.groups
        ],
    }


def letter_answer(letter: Letter) -> dict[str, Any]:
    """The letter's words as JSON; its tables are the notice's rows."""
    return {
        "mark": letter.mark,
        "number": letter.number,
        "place": letter.place,
        "subject": letter.subject,
        "addressees": list(letter.addressees),
        "text": [block.text for block in letter.body if isinstance(block, Heading | Paragraph)],
        "recipients": list(letter.recipients),
        "authority": list(letter.authority),
        "signer": letter.signer,
    }


def signing_answer(signing: Signing) -> dict[str, Any]:
    """What a person added to the letter, as JSON."""
    day = signing.day.isoformat() if signing.day else None
    return {"number": signing.number, "date": day, "signer": signing.signer, "position": signing.position}


def signing_from(told: Mapping[str, Any], later: Signing) -> Signing:
    """What stood in the published letter, what is given ``later`` in its place."""
    day = date.fromisoformat(told["date"]) if told.get("date") else None
    return Signing(
        later.number or told.get("number"),
        later.day or day,
        later.signer or told.get("signer", ""),
        later.position or tuple(told.get("position", ())),
    )


def notice_from(told: Mapping[str, Any]) -> Notice:
    """The notice of an answer of :func:`notice_answer`."""
    return Notice(
        parse_period(told["period"]),
        told["edition"],
        told["state"],
        tuple(Group(group["kind"], tuple(map(_row_from, group["rows"]))) for group in told["groups"]),
        previous_items=told["previous_items"],
        policy=told["policy"],
        skipped=tuple(told["skipped"]),
        province=told["province"],
    )


def notice_of_scores(told: Mapping[str, Any], edition: Edition, province: str | None) -> Notice:
    """The notice of published scores (the answer of ``scores``) that came without one."""
    groups = {
        kind: [_row_of_scores(unit, edition) for unit in told["units"] if unit["kind"] == kind]
        for kind in edition.groups
    }
    return Notice(
        parse_period(told["period"]),
        told["edition"],
        "final",
        tuple(Group(kind, placed(rows, final=True)) for kind, rows in groups.items() if rows),
        province=province,
    )


def _row_answer(row: Row) -> dict[str, Any]:
    return {
        "rank": row.best if row.best == row.worst else None,
        "best": row.best,
        "worst": row.worst,
        "unit": row.unit,
        "name": row.name,
        "required": row.required,
        "full": row.full,
        "partial": row.partial,
        "none": row.none,
        "unresolved": row.unresolved,
        "items": row.items,
        "self_score": None if row.self_score is None else number(row.self_score),
        "points": number(row.low) if row.settled else None,
        "low": number(row.low),
        "high": number(row.high),
        "possible": number(row.possible),
        "judged": row.judged,
        "coverage": row.coverage,
        "leaves": [_note_answer(note) for note in row.leaves],
    }


def _note_answer(note: LeafNote) -> dict[str, Any]:
    return {
        "leaf": note.leaf,
        "title": note.title,
        "points": None if note.points is None else number(note.points),
        "max": number(note.most),
        "label": note.label,
        "reason": note.why,
        "assumed": note.assumed,
    }


def _row_from(told: Mapping[str, Any]) -> Row:
    return replace(
        _row(told, told),
        unit=told["unit"],
        judged=told["judged"],
        coverage=told["coverage"],
        leaves=tuple(_note_from(note) for note in told["leaves"]),
        best=told["best"],
        worst=told["worst"],
    )


def _row(told: Mapping[str, Any], columns: Mapping[str, int]) -> Row:
    return Row(
        name=told["name"],
        required=columns["required"],
        full=columns["full"],
        partial=columns["partial"],
        none=columns["none"],
        unresolved=columns["unresolved"],
        items=told["items"],
        self_score=_exact(told["self_score"]),
        low=Decimal(str(told["low"])),
        high=Decimal(str(told["high"])),
        possible=Decimal(str(told["possible"])),
    )


def _note_from(told: Mapping[str, Any]) -> LeafNote:
    return LeafNote(
        told["leaf"],
        told["title"],
        _exact(told["points"]),
        Decimal(str(told["max"])),
        told["label"],
        told["reason"],
        told["assumed"],
    )


def _row_of_scores(unit: Mapping[str, Any], edition: Edition) -> Row:
    group = edition.groups[unit["kind"]]
    notes = tuple(
        LeafNote(
            leaf["id"],
            short_title(known),
            _exact(leaf["points"]),
            known.max_points,
            leaf["label"] or "",
            leaf["reason"],
        )
        for leaf in unit["leaves"]
        if leaf["points"] != leaf["max"] and (known := group.leaf(leaf["id"]))
    )
    return replace(_row(unit, unit["columns"]), unit=unit["unit"], leaves=notes, coverage=unit["coverage"])


def _exact(value: int | float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
