"""How units' own scores differ from the review, the largest difference first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from report.notice.build import short_title
from report.standing import LeafStanding, UnitStanding
from rubric.scoring import number
from storage.people import WHOLE


@dataclass(frozen=True, slots=True)
class LeafDifference:
    """One leaf on which unit and review differ; ``reviewed`` None: the review left it open."""

    leaf: str
    title: str
    own: Decimal
    reviewed: Decimal | None


@dataclass(frozen=True, slots=True)
class UnitDifference:
    """One unit's own score beside the reviewed one, which is a range while leaves are open."""

    unit: str
    own: Decimal
    low: Decimal
    high: Decimal
    leaves: tuple[LeafDifference, ...]

    @property
    def least(self) -> Decimal:
        """The difference (own less reviewed) that is certain: 0 inside the range."""
        if self.own > self.high:
            return self.own - self.high
        return min(self.own - self.low, Decimal(0))


def differences(
    own: Mapping[str, Mapping[str, Decimal]], standings: Sequence[UnitStanding]
) -> tuple[UnitDifference, ...]:
    """Units that said their points and were reviewed, the largest difference first."""
    found = [
        UnitDifference(
            each.stored.unit_id,
            said[WHOLE],
            each.score.low,
            each.score.high,
            tuple(leaf for standing in each.leaves if (leaf := _leaf(said, standing))),
        )
        for each in standings
        if WHOLE in (said := own.get(each.stored.unit_id, {}))
    ]
    return tuple(sorted(found, key=lambda each: -abs(each.least)))


def _leaf(said: Mapping[str, Decimal], standing: LeafStanding) -> LeafDifference | None:
    leaf = standing.leaf
    level = leaf.level(standing.level) if standing.level is not None else None
    reviewed = level.points if level else None
    if leaf.id not in said or said[leaf.id] == reviewed:
        return None
    return LeafDifference(leaf.id, short_title(leaf), said[leaf.id], reviewed)


def difference_answer(each: UnitDifference, name: str) -> dict[str, Any]:
    """One unit's difference as JSON."""
    return {
        "unit": each.unit,
        "name": name,
        "self_score": number(each.own),
        "points": number(each.low) if each.low == each.high else None,
        "low": number(each.low),
        "high": number(each.high),
        "difference": number(each.least),
        "leaves": [
            {
                "leaf": leaf.leaf,
                "title": leaf.title,
                "self_score": number(leaf.own),
                "points": None if leaf.reviewed is None else number(leaf.reviewed),
            }
            for leaf in each.leaves
        ],
    }
