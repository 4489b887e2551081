"""The notice of a period from what is stored: findings, decisions, units' own scores."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from audit.reasons import words_of
from i18n import Words
from report.disputes import FINAL
from report.notice.model import Group, LeafNote, Notice, Policy, Row, State
from report.notice.places import placed
from report.standing import LeafStanding, UnitStanding, standings
from rubric.model import Edition, Leaf, Period, Register, Unit
from rubric.names import name_on, type_on
from rubric.period import period_of
from rubric.register import units_on
from rubric.scoring import Score, score_unit
from storage.people import WHOLE
from storage.store import Store


def build_notice(
    store: Store,
    register: Register,
    period: Period,
    edition: Edition,
    words: Words,
    *,
    state: State = "draft",
    policy: Policy | None = None,
    left_out: Collection[str] = (),
    previous_items: int | None = None,
) -> Notice:
    """The notice from stored standings; ``words`` gives reasons in the letter's language.

    A unit with an address but without a result is a row of its whole range. ``policy`` settles what is
    unresolved; ``left_out`` are ids of units that the notice does not name.
    """
    units = _units(register, period, edition, left_out)
    kinds = {unit.id: unit.kind for unit in units}
    found = {each.stored.unit_id: each for each in standings(store, period.id, edition, kinds, tuple(kinds))}
    listed = [unit for unit in units if unit.url or unit.id in found]
    own = store.self_scores(period.id)
    rows = {
        unit.id: _row(
            unit, found.get(unit.id), period, edition, own.get(unit.id, {}).get(WHOLE), words, policy
        )
        for unit in listed
    }
    groups = ((kind, [rows[unit.id] for unit in listed if unit.kind == kind]) for kind in edition.groups)
    before = stored_items_before(store, period, tuple(rows)) if previous_items is None else previous_items
    province = register.province
    return Notice(
        period,
        edition.id,
        state,
        tuple(Group(kind, placed(members, state == "final")) for kind, members in groups if members),
        previous_items=before,
        policy=policy,
        skipped=tuple(name_on(unit, period.closes) for unit in units if unit.id not in rows),
        province=type_on(province, period.closes) if province else None,
    )


def stored_items_before(store: Store, period: Period, unit_ids: Sequence[str]) -> int | None:
    """Items of these units in the month before, as published, else as stored; None when not all are there:
    a sum over other units would be no comparison."""
    before = period_of(period.opens - timedelta(days=1)).id
    published = [each for each in store.publications(before) if each.kind == FINAL]
    counts: dict[str, int]
    if published:
        counts = {unit["unit"]: unit["items"] for unit in published[-1].content["units"]}
    else:
        stored = store.load_results(before, unit_ids)
        counts = {each.unit_id: each.result.item_count for each in stored}
    wanted = [counts.get(unit_id) for unit_id in unit_ids]
    known = [count for count in wanted if count is not None]
    return sum(known) if known and len(known) == len(wanted) else None


def _units(
    register: Register, period: Period, edition: Edition, left_out: Collection[str]
) -> tuple[Unit, ...]:
    return tuple(
        unit
        for unit in units_on(register, period.closes)
        if unit.scored and unit.kind in edition.groups and unit.id not in left_out
    )


def _row(
    unit: Unit,
    standing: UnitStanding | None,
    period: Period,
    edition: Edition,
    own: Decimal | None,
    words: Words,
    policy: Policy | None,
) -> Row:
    """One unit's row; without a standing everything is open."""
    group = edition.groups[unit.kind]
    leaves = standing.leaves if standing else ()
    levels = {each.leaf.id: (each.level, each.finding.possible) for each in leaves}
    if policy and standing:
        levels |= {each.leaf.id: (_assumed(each, policy), ()) for each in leaves if each.level is None}
    row = _scored(score_unit(group, levels))
    return replace(
        row,
        name=name_on(unit, period.closes),
        unit=unit.id,
        items=standing.stored.result.item_count if standing else 0,
        self_score=own,
        judged=standing is not None,
        coverage=standing.stored.result.coverage if standing else "none",
        leaves=tuple(note for each in leaves if (note := _note(each, levels[each.leaf.id][0], words))),
    )


def _scored(score: Score) -> Row:
    columns = score.columns
    return Row(
        name="",
        required=columns.required,
        full=columns.full,
        partial=columns.partial,
        none=columns.none,
        items=0,
        self_score=None,
        low=score.low,
        high=score.high,
        possible=score.possible,
        unresolved=columns.unresolved,
    )


def _assumed(standing: LeafStanding, policy: Policy) -> str:
    """The level that the policy gives to a leaf nobody settled."""
    leaf = standing.leaf
    levels = [leaf.level(each) for each in standing.finding.possible] or list(leaf.levels)
    known = [level for level in levels if level is not None]
    choose = min if policy == "lowest" else max
    return choose(known, key=lambda level: level.points).id


def _note(standing: LeafStanding, level_id: str | None, words: Words) -> LeafNote | None:
    leaf = standing.leaf
    level = leaf.level(level_id) if level_id is not None else None
    if level is not None and level.points == leaf.max_points and standing.level is not None:
        return None
    return LeafNote(
        leaf.id,
        short_title(leaf),
        level.points if level else None,
        leaf.max_points,
        level.label if level else "",
        standing.decision.reason if standing.decision else words_of(standing.finding, words),
        assumed=standing.level is None and level is not None,
    )


def short_title(leaf: Leaf) -> str:
    """The criterion's wording up to its first bracket."""
    return leaf.title.partition("(")[0].strip(" :.,")
