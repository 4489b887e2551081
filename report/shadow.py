"""Two editions side by side on the same evidence, leaf by leaf. Machine findings only; nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audit.model import UnitResult
from rubric.model import Edition, Group, Leaf, Period, Unit
from rubric.names import name_on
from rubric.scoring import Score, number, score_unit

MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Pair:
    """One unit judged twice; None where an edition has no leaves for units of its kind."""

    unit: Unit
    base: UnitResult | None
    other: UnitResult | None


def comparison(
    base: Edition, other: Edition, period: Period, as_of: str, pairs: Sequence[Pair]
) -> dict[str, Any]:
    """The JSON answer of a shadow run. ``manual`` names the leaves of the other edition, by kind of unit,
    that only a person can judge; ``changed`` counts the leaves that differ in level or points."""
    units = [_unit(pair, base, other, period) for pair in pairs]
    return {
        "period": period.id,
        "as_of": as_of,
        "shadow": True,
        "base": base.id,
        "edition": other.id,
        "manual": {kind: _manual(group) for kind, group in other.groups.items()},
        "changed": sum(not leaf["same"] for unit in units for leaf in unit["leaves"]),
        "units": units,
    }


def _manual(group: Group) -> list[str]:
    return [leaf.id for leaf in group.leaves if leaf.kind == MANUAL]


def _unit(pair: Pair, base: Edition, other: Edition, period: Period) -> dict[str, Any]:
    kind = pair.unit.kind
    groups = base.groups.get(kind), other.groups.get(kind)
    first, second = (
        _told(group, result) for group, result in zip(groups, (pair.base, pair.other), strict=True)
    )
    ids = dict.fromkeys(leaf.id for group in groups if group for leaf in group.leaves)
    return {
        "unit": pair.unit.id,
        "name": name_on(pair.unit, period.closes),
        "kind": kind,
        "base": _total(groups[0], pair.base),
        "other": _total(groups[1], pair.other),
        "leaves": [_leaf(leaf, first.get(leaf), second.get(leaf)) for leaf in ids],
    }


def _leaf(leaf: str, first: Mapping[str, Any] | None, second: Mapping[str, Any] | None) -> dict[str, Any]:
    return {"id": leaf, "base": first, "other": second, "same": first == second}


def _told(group: Group | None, result: UnitResult | None) -> dict[str, dict[str, Any]]:
    """Each leaf of a result: level, label, points, most points, reason code."""
    if group is None or result is None:
        return {}
    leaves = {leaf.id: leaf for leaf in group.leaves}
    return {
        each.leaf: _level(leaves[each.leaf], each.level) | {"reason_code": each.reason_code}
        for each in result.findings
    }


def _level(leaf: Leaf, level_id: str | None) -> dict[str, Any]:
    level = leaf.level(level_id) if level_id is not None else None
    return {
        "level": level_id,
        "label": level.label if level else None,
        "points": number(level.points) if level else None,
        "max": number(leaf.max_points),
    }


def _total(group: Group | None, result: UnitResult | None) -> dict[str, Any] | None:
    if group is None or result is None:
        return None
    score: Score = score_unit(group, {each.leaf: (each.level, each.possible) for each in result.findings})
    columns = score.columns
    return {
        "points": number(score.points),
        "low": number(score.low),
        "high": number(score.high),
        "possible": number(score.possible),
        "columns": {
            name: getattr(columns, name) for name in ("required", "full", "partial", "none", "unresolved")
        },
    }
