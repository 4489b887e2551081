"""Who is judged and against what: plain values loaded from the YAML files beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

UnitKind = Literal["province", "department", "commune"]
HostStatus = Literal["attested", "guessed", "unknown"]
Column = Literal["full", "partial", "none"]


@dataclass(frozen=True, slots=True)
class DatedType:
    """A unit's type (xã, phường …) and the days on which it holds, both included, None = open."""

    type: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of the register (CONTRACT, "Register of units"). ``url`` None: not auditable yet."""

    id: str
    name: str
    kind: UnitKind
    url: str | None = None
    scored: bool = True
    aliases: tuple[str, ...] = ()
    admin_code: str | None = None
    host_status: HostStatus = "attested"
    types: tuple[DatedType, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    start_urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """All units, in the order given (order decides only ties). ``source`` names the file."""

    units: tuple[Unit, ...]
    source: str = ""

    def get(self, unit_id: str) -> Unit | None:
        """The unit with this id, or None."""
        return next((unit for unit in self.units if unit.id == unit_id), None)

    @property
    def province(self) -> Unit | None:
        """The province's own unit, or None in a register without one."""
        return next((unit for unit in self.units if unit.kind == "province"), None)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a leaf: ``label`` is the plan's wording, verbatim Vietnamese."""

    id: str
    label: str
    points: Decimal
    column: Column


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaf (a lowest row of the appendix). ``levels`` from best to worst. ``params`` are the
    kind's parameters as loaded and validated; ``update_rule`` is the "Thời gian cập nhật" column,
    verbatim; ``update_days`` the working days it names, if any. ``title`` is the criterion's wording.
    ``param_sources`` say where each parameter comes from."""

    id: str
    title: str
    max_points: Decimal
    kind: str
    levels: tuple[Level, ...]
    source: str
    update_rule: str = ""
    update_days: int | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    param_sources: Mapping[str, str] = field(default_factory=dict)

    def level(self, level_id: str) -> Level | None:
        """The level with this id, or None."""
        return next((level for level in self.levels if level.id == level_id), None)


@dataclass(frozen=True, slots=True)
class Group:
    """The leaves that units of one kind are judged by; ``possible`` is the declared total.

    ``kind`` is a unit kind, or the kind of an earlier regime (``district``). ``base`` are points that
    every unit starts from, in regimes that only deduct.
    """

    kind: str
    possible: Decimal
    leaves: tuple[Leaf, ...]
    base: Decimal = Decimal(0)

    def leaf(self, leaf_id: str) -> Leaf | None:
        """The leaf with this id, or None."""
        return next((leaf for leaf in self.leaves if leaf.id == leaf_id), None)


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the rubric; in force for periods that close between its dates, both included."""

    id: str
    title: str
    source: str
    first: date | None
    last: date | None
    groups: Mapping[str, Group]
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Period:
    """A review period: ``id`` is the closing month (``2026-05``); both days included."""

    id: str
    opens: date
    closes: date

    def holds(self, day: date) -> bool:
        """True when ``day`` lies in the period."""
        return self.opens <= day <= self.closes
