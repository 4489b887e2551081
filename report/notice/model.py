"""What a notice says, as plain values: no wording, no layout."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rubric.model import Period

State = Literal["draft", "final", "taken"]
"""``taken``: from a table taken in, not from stored evidence."""

Policy = Literal["lowest", "highest"]
"""How leaves that nobody could settle count in a final notice: at the least or the most they can give."""


@dataclass(frozen=True, slots=True)
class LeafNote:
    """A leaf worth a word: one that gave less than its most, or (``points`` None) is unresolved.

    ``label`` is the level's own wording, ``why`` the reason in words. ``assumed``: nobody settled it, the
    policy did.
    """

    leaf: str
    title: str
    points: Decimal | None
    most: Decimal
    label: str = ""
    why: str = ""
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One unit's line. ``low`` and ``high`` meet when nothing is open; ``best`` and ``worst`` are the
    places it can have in its group when the open leaves of all units are settled. ``judged`` False:
    nothing is stored for it yet. ``coverage`` ``partial``: at least these items, ``none``: nobody knows."""

    name: str
    required: int
    full: int
    partial: int
    none: int
    items: int
    self_score: Decimal | None
    low: Decimal
    high: Decimal
    possible: Decimal
    unit: str | None = None
    unresolved: int = 0
    judged: bool = True
    coverage: str = "complete"
    leaves: tuple[LeafNote, ...] = ()
    best: int = 0
    worst: int = 0

    @property
    def settled(self) -> bool:
        """True when nothing open can move its points."""
        return self.low == self.high

    @property
    def reached(self) -> bool:
        """True when it has all possible points, whatever is still open."""
        return self.low == self.possible

    @property
    def open_leaves(self) -> tuple[LeafNote, ...]:
        """The leaves that are unresolved."""
        return tuple(note for note in self.leaves if note.points is None)

    @property
    def lost(self) -> tuple[LeafNote, ...]:
        """The leaves that gave less than their most."""
        return tuple(note for note in self.leaves if note.points is not None)


@dataclass(frozen=True, slots=True)
class Group:
    """The units judged by one part of the rubric, best first."""

    kind: str
    rows: tuple[Row, ...]

    @property
    def items(self) -> int:
        """Items of the whole group."""
        return sum(row.items for row in self.rows)


@dataclass(frozen=True, slots=True)
class Notice:
    """A month's results. ``previous_items``: all items of the month before, None when not known.

    ``skipped`` are names of units that could not be judged because nobody knows their address.
    ``province`` is what the province is on the closing day ("tỉnh", later "thành phố").
    """

    period: Period
    edition: str
    state: State
    groups: tuple[Group, ...]
    previous_items: int | None = None
    policy: Policy | None = None
    skipped: tuple[str, ...] = ()
    province: str | None = None

    @property
    def rows(self) -> tuple[Row, ...]:
        """All units, group by group."""
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def items(self) -> int:
        """Items of all units."""
        return sum(group.items for group in self.groups)

    @property
    def open_rows(self) -> tuple[Row, ...]:
        """Units with something unresolved."""
        return tuple(row for row in self.rows if row.unresolved)

    @property
    def counted(self) -> bool:
        """True when every unit's items were counted in full."""
        return all(row.coverage == "complete" for row in self.rows)

    @property
    def change(self) -> int | None:
        """Items more (or, negative, fewer) than in the month before."""
        return None if self.previous_items is None else self.items - self.previous_items
