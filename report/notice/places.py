"""The order of a group and the places that open leaves leave open (RULEBOOK, "Ranking")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from report.notice.model import Row

Key = tuple[Decimal, int, int]

ANY = 10**9
"""More items than any unit has."""


def placed(rows: Sequence[Row], final: bool = False) -> tuple[Row, ...]:
    """``rows`` (in the order given, which settles ties) best first, each with its best and worst place.

    Points descending, items descending, then the order given. A row whose points are a range stands by
    what is certain, its low end; items that were not all seen may be more. ``final``: what was seen is
    what counts.
    """
    lows = [(row.low, row.items, -position) for position, row in enumerate(rows)]
    most = [row.items if final or row.coverage == "complete" else ANY for row in rows]
    highs = [(row.high, most[position], -position) for position, row in enumerate(rows)]
    order = sorted(range(len(rows)), key=lambda position: lows[position], reverse=True)
    return tuple(_placed(rows, lows, highs, position) for position in order)


def _placed(rows: Sequence[Row], lows: Sequence[Key], highs: Sequence[Key], mine: int) -> Row:
    others = [position for position in range(len(rows)) if position != mine]
    surely_above = sum(lows[other] > highs[mine] for other in others)
    perhaps_above = sum(highs[other] > lows[mine] for other in others)
    return replace(rows[mine], best=surely_above + 1, worst=perhaps_above + 1)
