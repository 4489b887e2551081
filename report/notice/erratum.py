"""What has become different since a notice was published, unit by unit and leaf by leaf."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from report.notice.build import short_title
from report.notice.figures import grouped, span
from report.notice.letter import Cell
from report.notice.model import Notice, Row
from report.notice.safe import line
from report.notice.texts import common
from rubric.model import Edition


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing of a unit that differs: ``leaf`` empty for what is the whole unit's. ``what`` names it."""

    unit: str
    name: str
    leaf: str
    what: str
    before: str
    after: str


def differences(
    published: Notice, scores: Mapping[str, Any], now: Notice, scores_now: Mapping[str, Any], edition: Edition
) -> tuple[Difference, ...]:
    """What differs between a published notice (with the scores under it) and what is stored now.

    Units that have come or gone since then are differences too; their leaves are not listed.
    """
    rows = {row.unit or row.name: row for row in published.rows}
    rows_now = {row.unit or row.name: row for row in now.rows}
    leaves, leaves_now = _leaves(scores), _leaves(scores_now)
    found: list[Difference] = []
    for unit in dict.fromkeys((*rows, *rows_now)):
        before, after = rows.get(unit), rows_now.get(unit)
        found += _whole(unit, before, after)
        if before and after:
            found += _by_leaf(unit, after.name, leaves.get(unit, {}), leaves_now.get(unit, {}), edition)
    return tuple(found)


def cells_of(difference: Difference) -> tuple[Cell, ...]:
    """The line of the erratum's table."""
    return (
        line(difference.name),
        difference.leaf,
        line(difference.what),
        line(difference.before),
        line(difference.after),
    )


def difference_answer(difference: Difference) -> dict[str, str | None]:
    """One difference as JSON; ``leaf`` null for what is the whole unit's."""
    return {
        "unit": difference.unit,
        "leaf": difference.leaf or None,
        "what": difference.what,
        "published": difference.before,
        "now": difference.after,
    }


def _whole(unit: str, before: Row | None, after: Row | None) -> Iterator[Difference]:
    told = common()
    name = (after or before).name  # type: ignore[union-attr]
    for what, was, now in zip(
        (told["whole"], told["items"], told["self_score"]), _figures(before), _figures(after), strict=True
    ):
        if was != now:
            yield Difference(unit, name, "", what, was, now)


def _figures(row: Row | None) -> tuple[str, str, str]:
    """Points, items and own score as the notice says them."""
    absent = common()["absent"]
    if row is None:
        return absent, absent, absent
    own = absent if row.self_score is None else grouped(row.self_score)
    return span(row.low, row.high), grouped(row.items), own


def _by_leaf(
    unit: str, name: str, before: Mapping[str, Any], after: Mapping[str, Any], edition: Edition
) -> Iterator[Difference]:
    for leaf_id in dict.fromkeys((*before, *after)):
        was, now = before.get(leaf_id), after.get(leaf_id)
        if was is None or now is None or was["level"] != now["level"]:
            yield Difference(unit, name, leaf_id, _title(edition, leaf_id), _said(was), _said(now))


def _said(leaf: Mapping[str, Any] | None) -> str:
    told = common()
    if leaf is None:
        return str(told["absent"])
    return str(leaf["label"] or told["unresolved"])


def _title(edition: Edition, leaf_id: str) -> str:
    found = (group.leaf(leaf_id) for group in edition.groups.values())
    return next((short_title(leaf) for leaf in found if leaf), leaf_id)


def _leaves(scores: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {unit["unit"]: {leaf["id"]: leaf for leaf in unit["leaves"]} for unit in scores.get("units", ())}
