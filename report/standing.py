"""Where units stand: machine findings with people's decisions laid over them, scored and ranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit.model import Finding
from rubric.model import Edition, Leaf
from rubric.scoring import Score, ranks, score_unit
from storage.records import Decision, StoredResult
from storage.store import Store


@dataclass(frozen=True, slots=True)
class LeafStanding:
    """One leaf as it counts: the machine's finding, and the decision that stands over it, if any.

    ``history`` are all decisions ever made on it, the oldest first, withdrawals included.
    """

    leaf: Leaf
    finding: Finding
    history: tuple[Decision, ...] = ()

    @property
    def decision(self) -> Decision | None:
        """The decision that stands: the last one, unless it withdraws."""
        last = self.history[-1] if self.history else None
        return last if last and last.level is not None and self.leaf.level(last.level) else None

    @property
    def level(self) -> str | None:
        """The level that counts: the person's, else the machine's (None: unresolved)."""
        return self.decision.level if self.decision else self.finding.level


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """One unit as it counts, with its place in its stored group (None while its score is a range)."""

    stored: StoredResult
    leaves: tuple[LeafStanding, ...]
    score: Score
    rank: int | None = None


def standings(
    store: Store,
    period: str,
    edition: Edition,
    kinds: Mapping[str, str],
    order: Sequence[str],
) -> tuple[UnitStanding, ...]:
    """All stored units of a period, in the register's order.

    ``kinds`` maps unit ids to their kind, ``order`` gives the register's order; stored units that
    the register no longer holds are left out.
    """
    decided: dict[tuple[str, str], tuple[Decision, ...]] = {}
    for decision in store.decisions(period=period, edition=edition.id):
        place_of = decision.unit_id, decision.leaf
        decided[place_of] = (*decided.get(place_of, ()), decision)
    place = {unit_id: number for number, unit_id in enumerate(order)}
    stored = [result for result in store.load_results(period, edition=edition.id) if result.unit_id in place]
    stored.sort(key=lambda result: place[result.unit_id])
    units = [_standing(result, edition, kinds[result.unit_id], decided) for result in stored]
    return _ranked(units, kinds)


def _standing(
    stored: StoredResult, edition: Edition, kind: str, decided: Mapping[tuple[str, str], tuple[Decision, ...]]
) -> UnitStanding:
    group = edition.groups[kind]
    findings = {finding.leaf: finding for finding in stored.result.findings}
    leaves = tuple(
        LeafStanding(leaf, findings[leaf.id], decided.get((stored.unit_id, leaf.id), ()))
        for leaf in group.leaves
        if leaf.id in findings
    )
    levels = {each.leaf.id: (each.level, each.finding.possible) for each in leaves}
    return UnitStanding(stored, leaves, score_unit(group, levels))


def _ranked(units: Sequence[UnitStanding], kinds: Mapping[str, str]) -> tuple[UnitStanding, ...]:
    places: dict[str, int | None] = {}
    for kind in dict.fromkeys(kinds[unit.stored.unit_id] for unit in units):
        group = [unit for unit in units if kinds[unit.stored.unit_id] == kind]
        rows = [(unit.score, unit.stored.result.item_count) for unit in group]
        places.update(zip((unit.stored.unit_id for unit in group), ranks(rows), strict=True))
    return tuple(
        UnitStanding(unit.stored, unit.leaves, unit.score, places[unit.stored.unit_id]) for unit in units
    )
