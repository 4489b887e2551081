"""The one wiring: register → store → judge → score, for one unit or all (the crawl: :mod:`nights`).

Nothing here reads a page or decides a level; it hands plain values from one package to the next.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import partial

import pages
from audit.changes import LOOK_BACK, Night, due_day, judge_change
from audit.changes import flag_of as change_flag
from audit.evidence import UnitEvidence
from audit.ledger import seen_keys
from audit.model import ChangeEvent, UnitResult
from audit.run import judge as judge_unit
from audit.run import needed_sections as leaf_sections
from errors import InputError
from report.shadow import Pair
from rubric.calendar import WorkCalendar, load_calendar
from rubric.model import Edition, Group, Period, Register, Unit
from rubric.register import units_on
from rubric.scoring import Score, score_unit
from storage.records import PortalInfo
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Job:
    """What one audit is about. ``as_of`` is the "now" of all judgements; ``pinned`` says a person gave it."""

    register: Register
    units: tuple[Unit, ...]
    edition: Edition
    period: Period
    as_of: datetime
    pinned: bool = False


def later(job: Job) -> Job:
    """The job as of this moment, after its crawl: what was just fetched must not lie in its future.
    A moment that a person gave stays."""
    return job if job.pinned else replace(job, as_of=datetime.now(job.as_of.tzinfo))


def choose_units(register: Register, names: Sequence[str]) -> tuple[Unit, ...]:
    """The units named, in the register's order; all of them when none is named.

    Raises:
        InputError: an id that the register does not hold; names it and the nearest ones.
    """
    known = {unit.id: unit for unit in register.units}
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
            raise InputError(
                "unit {unit} is not in the register {source}. Nearest: {near}.",
                unit=name,
                source=register.source,
                near=", ".join(near) or "-",
            )
    return tuple(unit for unit in register.units if not names or unit.id in names)


def auditable(units: Sequence[Unit]) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
    """Split ``units`` into those with an address and those without one (to be reported, not crawled)."""
    return tuple(u for u in units if u.url), tuple(u for u in units if not u.url)


def scored_units(job: Job) -> tuple[Unit, ...]:
    """The units that this job judges: scored, existing when the period closes, with an address, and
    with leaves in the edition."""
    existing = units_on(job.register, job.period.closes)
    return tuple(
        u for u in job.units if u.url and u.scored and u.kind in job.edition.groups and u in existing
    )


def needed_sections(edition: Edition, kind: str) -> frozenset[str]:
    """Lexicon keys that some leaf of this kind of unit asks for."""
    group = edition.groups.get(kind)
    leaves = group.leaves if group else ()
    return frozenset(key for leaf in leaves for key in leaf_sections(leaf.params))


def unit_evidence(store: Store, unit_id: str, job: Job) -> UnitEvidence | None:
    """The stored evidence that this unit is judged by, None when there is none yet."""
    stored = store.evidence(unit_id, as_of=job.as_of, since=job.period.opens)
    if stored is None:
        return None
    return UnitEvidence(
        unit_id=unit_id,
        captures=stored.captures,
        trails=stored.trails,
        reader=pages.read,
        ledger=store.ledger(unit_id, as_of=job.as_of),
    )


def update_ledger(store: Store, unit_id: str, job: Job) -> None:
    """Note the first sight of this unit's items and documents, section by section."""
    evidence = unit_evidence(store, unit_id, job)
    if evidence is not None:
        enter(evidence, store, job)


def enter(evidence: UnitEvidence, store: Store, job: Job) -> None:
    """Note what this evidence shows in the ledger, and take the ledger as it then is."""
    if not evidence.captures:
        return
    unit_id = evidence.unit_id
    at = max(capture.seen_at for capture in evidence.captures)
    for section, sight in seen_keys(evidence).items():
        store.update_ledger(
            unit_id, section, sight.keys, complete=sight.complete, at=at, back_to=job.period.opens
        )
    evidence.ledger = store.ledger(unit_id, as_of=job.as_of)


def judge(
    job: Job,
    store: Store,
    progress: Callable[[int, int], None] | None = None,
    fresh: Collection[str] = (),
) -> int:
    """Judge the job's scored units from stored evidence, no network; gives how many had evidence.

    ``fresh`` units were crawled just now and are not in the ledger yet: that is done here, where their
    pages are read anyway.
    """
    calendar = load_calendar()
    province = job.register.province
    province_evidence = unit_evidence(store, province.id, job) if province and province.url else None
    units = scored_units(job)
    for unit_id in sorted({*fresh} - {unit.id for unit in units}):
        if province_evidence is not None and unit_id == province_evidence.unit_id:
            enter(province_evidence, store, job)
        else:
            update_ledger(store, unit_id, job)
    judged = 0
    for number, unit in enumerate(units, start=1):
        judged += judge_one(unit, job, store, calendar, province_evidence, unit.id in fresh)
        if progress:
            progress(number, len(units))
    return judged


def judge_one(
    unit: Unit,
    job: Job,
    store: Store,
    calendar: WorkCalendar,
    province: UnitEvidence | None,
    fresh: bool = False,
) -> bool:
    """Judge and store one unit; False when nothing was ever collected for it (nothing is stored)."""
    evidence = unit_evidence(store, unit.id, job)
    if evidence is None:
        return False
    if fresh:
        enter(evidence, store, job)
    judge_from(evidence, unit, job, store, calendar, province)
    return True


def judge_unseen(job: Job, store: Store) -> None:
    """After a void night: units that nobody has judged yet are kept as not seen at all, so that every
    unit has its row; nothing that stands is touched."""
    standing = {r.unit_id for r in store.load_results(job.period.id, edition=job.edition.id)}
    for unit in scored_units(job):
        if unit.id not in standing:
            judge_from(UnitEvidence(unit.id, (), (), pages.read), unit, job, store, load_calendar(), None)


def judge_from(
    evidence: UnitEvidence,
    unit: Unit,
    job: Job,
    store: Store,
    calendar: WorkCalendar,
    province: UnitEvidence | None,
) -> None:
    """Judge one unit from this evidence and store the result."""
    result = with_changes(result_of(unit, evidence, job, calendar, province), unit, job, store, calendar)
    store.save_result(
        period=job.period.id,
        edition=job.edition.id,
        as_of=job.as_of,
        result=result,
        score=worth(result, job.edition.groups[unit.kind]),
    )


def shadow(
    job: Job, other: Edition, store: Store, progress: Callable[[int, int], None] | None = None
) -> list[Pair]:
    """Judge the job's units under its edition and under another, from the same evidence; nothing is
    stored. Units without evidence are left out."""
    calendar = load_calendar()
    province = job.register.province
    petitions = unit_evidence(store, province.id, job) if province and province.url else None
    units = [u for u in job.units if u.url and u.scored and u.kind in {*job.edition.groups, *other.groups}]
    pairs = []
    for number, unit in enumerate(units, start=1):
        evidence = unit_evidence(store, unit.id, job)
        if evidence is not None:
            both = [
                result_of(unit, evidence, replace(job, edition=edition), calendar, petitions)
                if unit.kind in edition.groups
                else None
                for edition in (job.edition, other)
            ]
            pairs.append(Pair(unit, *both))
        if progress:
            progress(number, len(units))
    return pairs


def result_of(
    unit: Unit, evidence: UnitEvidence, job: Job, calendar: WorkCalendar, province: UnitEvidence | None
) -> UnitResult:
    """One unit judged from its evidence; nothing is stored."""
    return judge_unit(
        evidence,
        unit=unit,
        register=job.register,
        edition=job.edition,
        calendar=calendar,
        period=job.period,
        as_of=job.as_of,
        province=province,
    )


def worth(result: UnitResult, group: Group) -> Score:
    """What the machine's findings are worth by themselves."""
    return score_unit(group, {each.leaf: (each.level, each.possible) for each in result.findings})


def with_changes(
    result: UnitResult, unit: Unit, job: Job, store: Store, calendar: WorkCalendar
) -> UnitResult:
    """The result with what became of the known changes whose deadline touches the period."""
    group, grace = job.edition.groups[unit.kind], job.edition.params.get("changes", {}).get("grace_hours", 0)
    found, flags = [], list(result.flags)
    for event in store.changes(unit.id, edition=job.edition.id):
        leaf = group.leaf(event.leaf)
        if leaf is None or event.day > job.period.closes or due_day(event, calendar) < job.period.opens:
            continue
        nights = walks(store, unit.id, event, job)
        finding = judge_change(event, leaf, unit.url, nights, calendar, job.as_of, grace)
        found.append(finding)
        flags += [flag for flag in [change_flag(finding, event)] if flag]
    return replace(result, changes=tuple(found), flags=tuple(flags))


def walks(store: Store, unit_id: str, event: ChangeEvent, job: Job) -> list[Night]:
    """The unit's walks from some time before a change until now, each read back when asked for."""
    first = datetime.combine(event.day, time.min, job.as_of.tzinfo) - LOOK_BACK

    def load(portal: PortalInfo) -> UnitEvidence:
        stored = store.evidence_of(portal)
        return UnitEvidence(unit_id, stored.captures, stored.trails, pages.read)

    portals = store.walks_between(unit_id, first, job.as_of)
    return [Night(portal.seen_at, partial(load, portal)) for portal in portals]
