"""Everything that is read from the database: the only module with ``select()``."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from storage.people_tables import (
    AnswerRow,
    ChangeRow,
    DecisionRow,
    ObjectionRow,
    Publication,
    SelfScore,
)
from storage.tables import (
    CaptureRow,
    ChangeFindingRow,
    FindingRow,
    FlagRow,
    ItemRow,
    PortalRun,
    Result,
    Run,
    SectionVisit,
    SightingRow,
    TrailRow,
)

VOID = select(Run.id).where(Run.void.is_not(None))
"""Runs that say nothing about anybody."""


def runs(limit: int | None = None, run_id: int | None = None) -> Select[Run]:
    """Runs, the newest first (or one of them)."""
    found = select(Run) if run_id is None else select(Run).where(Run.id == run_id)
    return found.order_by(Run.id.desc()).limit(limit)


def unfinished_runs() -> Select[Run]:
    """Runs that no one has ended: going on, or left by a process that died."""
    return select(Run).where(Run.state == "running").order_by(Run.id)


def resumable_runs(key: str, after: datetime) -> Select[Run]:
    """Runs for the same thing, begun after a moment and not ended well, the newest first."""
    same = and_(Run.key == key, Run.state != "complete", Run.started_at >= after)
    return select(Run).where(same).order_by(Run.id.desc())


def portal_figures() -> Select[int, int, int, int]:
    """Run id, portals, finished ones, reached ones."""
    return select(
        PortalRun.run_id,
        func.count(),
        func.sum(case((PortalRun.state == "complete", 1), else_=0)),
        func.sum(case((PortalRun.reached, 1), else_=0)),
    ).group_by(PortalRun.run_id)


def capture_figures() -> Select[int, int, int, int]:
    """Run id, captures, those without an answer, bytes of evidence."""
    return (
        select(
            PortalRun.run_id,
            func.count(),
            func.sum(case((CaptureRow.status.is_(None), 1), else_=0)),
            func.sum(CaptureRow.length),
        )
        .join(CaptureRow, CaptureRow.portal_run_id == PortalRun.id)
        .group_by(PortalRun.run_id)
    )


def portal_run(run_id: int, unit_id: str) -> Select[PortalRun]:
    """One unit's part of a run."""
    return select(PortalRun).where(PortalRun.run_id == run_id, PortalRun.unit_id == unit_id)


def portal_runs(run_id: int) -> Select[PortalRun]:
    """All parts of a run."""
    return select(PortalRun).where(PortalRun.run_id == run_id).order_by(PortalRun.unit_id)


def portal_run_to_judge(unit_id: str, since: datetime | None, as_of: datetime | None) -> Select[PortalRun]:
    """Finished walks of a unit's portal taken for a moment in [since, as_of]: reached before
    unreached, then the newest first. Void runs are left out."""
    within: list[ColumnElement[bool]] = [PortalRun.unit_id == unit_id, PortalRun.state == "complete"]
    within.append(PortalRun.run_id.not_in(VOID))
    if since is not None:
        within.append(PortalRun.seen_at >= since)
    if as_of is not None:
        within.append(PortalRun.seen_at <= as_of)
    newest = (PortalRun.reached.desc(), PortalRun.seen_at.desc(), PortalRun.id.desc())
    return select(PortalRun).where(*within).order_by(*newest)


def walks_to_confirm(run_id: int, unit_id: str, since: datetime) -> Select[int]:
    """Ids of the last two walks that reached a unit's portal, other than a run's own."""
    within = [PortalRun.unit_id == unit_id, PortalRun.run_id != run_id, PortalRun.reached]
    found = select(PortalRun.id).where(*within, PortalRun.seen_at >= since)
    return found.order_by(PortalRun.id.desc()).limit(2)


def confirmable(portal_run_ids: Collection[int]) -> Select[CaptureRow]:
    """Whole answers of some walks that came with a validator, and those we cut, the oldest first."""
    told = or_(CaptureRow.etag.is_not(None), CaptureRow.last_modified.is_not(None))
    whole = and_(CaptureRow.error.is_(None), CaptureRow.truncated.is_(False), told)
    cut = and_(CaptureRow.error == "too_big", CaptureRow.truncated)
    within = [
        CaptureRow.portal_run_id.in_(portal_run_ids),
        CaptureRow.method == "GET",
        CaptureRow.status == 200,
    ]
    order = (CaptureRow.portal_run_id, CaptureRow.position)
    return select(CaptureRow).where(*within, or_(whole, cut)).order_by(*order)


def captures(portal_run_id: int) -> Select[CaptureRow]:
    """Captures of a portal's walk, in order."""
    return select(CaptureRow).where(CaptureRow.portal_run_id == portal_run_id).order_by(CaptureRow.position)


def capture_digests(portal_run_id: int) -> Select[str]:
    """Digests of the records of a portal's walk, in order."""
    found = select(CaptureRow.digest).where(CaptureRow.portal_run_id == portal_run_id)
    return found.order_by(CaptureRow.position)


def last_position(portal_run_id: int) -> Select[int]:
    """The highest position of a portal's captures, NULL when it has none."""
    return select(func.max(CaptureRow.position)).where(CaptureRow.portal_run_id == portal_run_id)


def trails(portal_run_id: int) -> Select[TrailRow]:
    """Trails of a portal's walk, in order."""
    return select(TrailRow).where(TrailRow.portal_run_id == portal_run_id).order_by(TrailRow.ordinal)


def visits(unit_id: str, as_of: datetime | None) -> Select[SectionVisit]:
    """Complete readings of the unit's sections up to a moment."""
    within = [SectionVisit.unit_id == unit_id, SectionVisit.complete]
    if as_of is not None:
        within.append(SectionVisit.at <= as_of)
    return select(SectionVisit).where(*within).order_by(SectionVisit.at)


def visit(unit_id: str, section: str, at: datetime) -> Select[SectionVisit]:
    """One night's reading of a section."""
    return select(SectionVisit).where(
        SectionVisit.unit_id == unit_id, SectionVisit.section == section, SectionVisit.at == at
    )


def sightings(unit_id: str, section: str | None = None, as_of: datetime | None = None) -> Select[SightingRow]:
    """Items of a unit (of one section) first seen up to a moment."""
    within = [SightingRow.unit_id == unit_id]
    if section is not None:
        within.append(SightingRow.section == section)
    if as_of is not None:
        within.append(SightingRow.seen_at <= as_of)
    return select(SightingRow).where(*within).order_by(SightingRow.section, SightingRow.digest)


def current_results(
    period: str, edition: str | None, unit_ids: Collection[str] | None
) -> Select[Result, int | None]:
    """Results that stand, with the run each rests on."""
    within = [Result.period == period, Result.superseded_at.is_(None)]
    if edition is not None:
        within.append(Result.edition == edition)
    if unit_ids is not None:
        within.append(Result.unit_id.in_(unit_ids))
    runs_of = select(Result, PortalRun.run_id).outerjoin(PortalRun, PortalRun.id == Result.portal_run_id)
    return runs_of.where(*within).order_by(Result.id)


def results_between(after: int, last: int | None) -> Select[Result]:
    """Results, superseded ones too, whose number lies in (after, last], in the order stored."""
    within = [Result.id > after] if last is None else [Result.id > after, Result.id <= last]
    return select(Result).where(*within).order_by(Result.id)


def latest_edition(period: str) -> Select[str]:
    """The edition by which the period was judged last."""
    return select(Result.edition).where(Result.period == period).order_by(Result.id.desc()).limit(1)


def findings(result_ids: Collection[int]) -> Select[FindingRow]:
    """Findings of some results, in leaf order."""
    return select(FindingRow).where(FindingRow.result_id.in_(result_ids)).order_by(FindingRow.ordinal)


def items(result_ids: Collection[int]) -> Select[ItemRow]:
    """Items of some results, in order."""
    return select(ItemRow).where(ItemRow.result_id.in_(result_ids)).order_by(ItemRow.ordinal)


def flags(result_ids: Collection[int]) -> Select[FlagRow]:
    """Flags of some results, in order."""
    return select(FlagRow).where(FlagRow.result_id.in_(result_ids)).order_by(FlagRow.ordinal)


def change_findings(result_ids: Collection[int]) -> Select[ChangeFindingRow]:
    """What became of known changes in some results, in order."""
    found = select(ChangeFindingRow).where(ChangeFindingRow.result_id.in_(result_ids))
    return found.order_by(ChangeFindingRow.ordinal)


def walks_between(unit_id: str, after: datetime, until: datetime) -> Select[PortalRun]:
    """Finished walks that reached a unit's portal, taken for a moment in [after, until], oldest first."""
    within = [PortalRun.unit_id == unit_id, PortalRun.state == "complete", PortalRun.reached]
    within += [PortalRun.seen_at >= after, PortalRun.seen_at <= until, PortalRun.run_id.not_in(VOID)]
    return select(PortalRun).where(*within).order_by(PortalRun.seen_at, PortalRun.id)


def walk_before(unit_id: str, run_id: int) -> Select[PortalRun]:
    """Finished walks of earlier runs that reached a unit's portal, the newest first."""
    within = [PortalRun.unit_id == unit_id, PortalRun.state == "complete", PortalRun.reached]
    within += [PortalRun.run_id < run_id, PortalRun.run_id.not_in(VOID)]
    return select(PortalRun).where(*within).order_by(PortalRun.run_id.desc()).limit(1)


def decisions(unit_id: str | None, period: str) -> Select[DecisionRow]:
    """Decisions for a period (of one unit), the oldest first."""
    within = [DecisionRow.period == period]
    if unit_id is not None:
        within.append(DecisionRow.unit_id == unit_id)
    return select(DecisionRow).where(*within).order_by(DecisionRow.id)


def self_scores(period: str) -> Select[SelfScore]:
    """What units say their points are."""
    return select(SelfScore).where(SelfScore.period == period).order_by(SelfScore.unit_id, SelfScore.leaf)


def publications(period: str) -> Select[Publication]:
    """What was published for a period, the oldest first."""
    return select(Publication).where(Publication.period == period).order_by(Publication.id)


def changes(unit_id: str | None) -> Select[ChangeRow]:
    """Known changes (of one unit), by the day they happened."""
    found = select(ChangeRow)
    if unit_id is not None:
        found = found.where(ChangeRow.unit_id == unit_id)
    return found.order_by(ChangeRow.day, ChangeRow.id)


def objections(
    period: str | None, unit_id: str | None, objection_id: int | None = None
) -> Select[ObjectionRow, AnswerRow]:
    """Objections with their answers, if any, in the order filed."""
    found = select(ObjectionRow, AnswerRow).outerjoin(AnswerRow, AnswerRow.objection_id == ObjectionRow.id)
    if period is not None:
        found = found.where(ObjectionRow.period == period)
    if unit_id is not None:
        found = found.where(ObjectionRow.unit_id == unit_id)
    if objection_id is not None:
        found = found.where(ObjectionRow.id == objection_id)
    return found.order_by(ObjectionRow.id)
