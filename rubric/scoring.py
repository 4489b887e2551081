"""What findings are worth: points, ranges, the notice's columns, ranking, reachable results.

All arithmetic is exact (:class:`decimal.Decimal`). Columns follow each level's own column (RULEBOOK,
"Columns of the notice"): a level worth nothing is not by that in "none".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rubric.model import Group, Leaf, Level

# level found (None: unresolved), and the levels the evidence still allows (none named: all of them)
Standing = tuple[str | None, Sequence[str]]

Reach = tuple[int, int, int, Decimal]


@dataclass(frozen=True, slots=True)
class Columns:
    """Leaves of a unit by the notice's columns; ``required`` is how many there are."""

    required: int
    full: int
    partial: int
    none: int
    unresolved: int


@dataclass(frozen=True, slots=True)
class Score:
    """A unit's score. ``points`` is the sum of resolved leaves (and the group's base); ``low`` and
    ``high`` add the least and the most that unresolved leaves could still give."""

    points: Decimal
    possible: Decimal
    low: Decimal
    high: Decimal
    columns: Columns

    @property
    def settled(self) -> bool:
        """True when nothing open can move the score."""
        return self.low == self.high


def score_unit(group: Group, standings: Mapping[str, Standing]) -> Score:
    """The score of one unit from what was found for each leaf id.

    A leaf without standing is unresolved, all levels possible. Raises :class:`ValueError` for a
    leaf or level that the group does not have: findings and edition do not belong together.
    """
    if strangers := standings.keys() - {leaf.id for leaf in group.leaves}:
        raise ValueError(f"leaves not of group {group.kind}: {', '.join(sorted(strangers))}")
    points = low = high = group.base
    counts = {"full": 0, "partial": 0, "none": 0, "unresolved": 0}
    for leaf in group.leaves:
        level_id, possible = standings.get(leaf.id, (None, ()))
        levels = _levels(leaf, [level_id] if level_id is not None else possible)
        low += min(level.points for level in levels)
        high += max(level.points for level in levels)
        if level_id is None:
            counts["unresolved"] += 1
        else:
            counts[levels[0].column] += 1
            points += levels[0].points
    columns = Columns(required=len(group.leaves), **counts)
    return Score(points=points, possible=group.possible, low=low, high=high, columns=columns)


def _levels(leaf: Leaf, ids: Sequence[str]) -> tuple[Level, ...]:
    if not ids:
        return leaf.levels
    found = [leaf.level(level_id) for level_id in ids]
    if None in found:
        raise ValueError(f"levels not of leaf {leaf.id}: {', '.join(ids)}")
    return tuple(level for level in found if level is not None)


def ranking(rows: Sequence[tuple[Score, int]]) -> tuple[int, ...]:
    """Positions of ``rows`` (score, items of the period) from first to last place of the group.

    Points descending, then items descending, then the order given. A score that is not settled
    stands by what is certain, its low end.
    """
    return tuple(sorted(range(len(rows)), key=lambda row: (-rows[row][0].low, -rows[row][1], row)))


def ranks(rows: Sequence[tuple[Score, int]]) -> tuple[int | None, ...]:
    """Place of each row in the group, in the order given: 1, 2, 3 … without shared places, as the
    published tables count; None for a score that is not settled."""
    places: list[int | None] = [None] * len(rows)
    for place, row in enumerate(ranking(rows), start=1):
        if rows[row][0].settled:
            places[row] = place
    return tuple(places)


def reachable(group: Group) -> frozenset[Reach]:
    """All (full, partial, none, points) that some choice of levels gives."""
    reached: set[Reach] = {(0, 0, 0, group.base)}
    for leaf in group.leaves:
        steps = {(_step(level), level.points) for level in leaf.levels}
        reached = {
            (full + step[0], partial + step[1], none + step[2], points + more)
            for full, partial, none, points in reached
            for step, more in steps
        }
    return frozenset(reached)


def _step(level: Level) -> tuple[int, int, int]:
    return int(level.column == "full"), int(level.column == "partial"), int(level.column == "none")


def number(value: Decimal) -> int | float:
    """An exact JSON number: whole as int, halves as float. Raises :class:`ValueError` for others."""
    if value % Decimal("0.5"):
        raise ValueError(f"{value} is no whole or half number")
    return int(value) if value == value.to_integral_value() else float(value)
