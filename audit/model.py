"""What an auditor says: findings. No points here; :mod:`rubric.scoring` gives findings their worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Value = str | int | bool | None | list[str]


@dataclass(frozen=True, slots=True)
class Citation:
    """What a finding rests on: the capture, its address, when it was fetched, the words on it."""

    capture: str
    url: str
    fetched_at: datetime
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One leaf's finding.

    ``level`` is a level id of the leaf, None when unresolved; then ``possible`` names the levels the
    evidence still allows (all of them when nothing is known). ``reason_code`` is
    ``<kind>.<what>``, its words live in the catalogs; ``values`` fill them.
    """

    leaf: str
    level: str | None
    reason_code: str
    values: Mapping[str, Value] = field(default_factory=dict)
    evidence: tuple[Citation, ...] = ()
    possible: tuple[str, ...] = ()

    @property
    def outcome(self) -> Literal["resolved", "unresolved"]:
        """``resolved`` when a level was found."""
        return "resolved" if self.level is not None else "unresolved"


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a reviewer should see; moves no points. ``kind``: back_dated, removed, re_dated,
    duplicate, future, undated, tls, robots …"""

    kind: str
    url: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class PeriodItem:
    """One distinct item of the unit as the auditor counted it (an index row, rebuilt at will)."""

    key: str
    title: str
    url: str | None
    posted: date | None
    sections: tuple[str, ...]
    in_period: bool
    syndicated: bool = False
    quote: str = ""


ChangeState = Literal["reflected", "not_reflected", "not_yet", "unseen"]


@dataclass(frozen=True, slots=True)
class ChangeEvent:
    """A change that a person knows of: ``leaf`` must show it within ``days`` working days after ``day``.

    ``source`` says where it is known from (a decision's number), ``author`` who recorded it.
    """

    id: int
    unit_id: str
    leaf: str
    day: date
    days: int
    source: str
    author: str
    recorded_at: datetime
    edition: str = ""


@dataclass(frozen=True, slots=True)
class ChangeFinding:
    """What became of a known change; moves no points. ``due`` is the last day of its deadline.

    ``before`` and ``after`` are when the two captures were taken that the state rests on (None: there is
    none); ``quote`` are the words at ``url`` that are new in the second.
    """

    change_id: int
    leaf: str
    state: ChangeState
    due: date
    before: datetime | None = None
    after: datetime | None = None
    url: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class UnitResult:
    """All findings of one unit for one period, in the edition's leaf order, and what goes with them.

    ``coverage``: ``complete`` only if every section that a leaf needs was read; ``partial``;
    ``none`` when the portal was never reached (``reached`` False, all leaves unresolved).
    """

    unit_id: str
    reached: bool
    coverage: Literal["complete", "partial", "none"]
    findings: tuple[Finding, ...]
    items: tuple[PeriodItem, ...] = ()
    flags: tuple[Flag, ...] = ()
    facts: Mapping[str, Value] = field(default_factory=dict)
    changes: tuple[ChangeFinding, ...] = ()

    @property
    def item_count(self) -> int:
        """Distinct items of the period over all sections (the notice's items column)."""
        return sum(item.in_period for item in self.items)

    @property
    def syndicated_count(self) -> int:
        """Items of the period that the province's portal also has."""
        return sum(item.in_period and item.syndicated for item in self.items)

    @property
    def undated_count(self) -> int:
        """Items seen whose date the portal does not state."""
        return sum(item.posted is None for item in self.items)
