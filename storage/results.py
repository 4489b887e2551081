"""Results: what the audit found and what it was worth, and what people say about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from audit.model import UnitResult
from rubric.scoring import Columns, Score
from storage import queries
from storage.records import StoredResult
from storage.rows import (
    change_of,
    change_row,
    finding_of,
    finding_row,
    flag_of,
    flag_row,
    item_of,
    item_row,
)
from storage.shelf import Shelf
from storage.tables import ChangeFindingRow, FindingRow, FlagRow, ItemRow, Result

Part = TypeVar("Part", FindingRow, ItemRow, FlagRow, ChangeFindingRow)


class Results(Shelf):
    """Keeping and giving back what was judged."""

    def save_result(
        self,
        *,
        period: str,
        edition: str,
        as_of: datetime,
        result: UnitResult,
        score: Score,
        portal_run_id: int | None = None,
    ) -> int:
        """Keep a unit's result in place of the one that stood for this period and edition.

        The earlier one stays in the history with its findings; its items and flags are dropped.
        ``portal_run_id`` is the walk it rests on (:attr:`storage.records.PortalInfo.id`).
        """
        now = datetime.now(UTC)
        kept = Result(
            period=period,
            edition=edition,
            unit_id=result.unit_id,
            as_of=as_of,
            judged_at=now,
            portal_run_id=portal_run_id,
            software=self.software,
            reached=result.reached,
            coverage=result.coverage,
            points=score.points,
            possible=score.possible,
            low=score.low,
            high=score.high,
            columns=asdict(score.columns),
            facts=dict(result.facts),
        )
        with self.database.write(turn=f"result {period} {edition} {result.unit_id}") as session:
            for earlier, _ in session.execute(
                queries.current_results(period, edition, [result.unit_id])
            ).all():
                _supersede(session, earlier, now)
            session.flush()
            session.add(kept)
            session.flush()
            _insert_parts(session, kept.id, result)
        return kept.id

    def load_results(
        self, period: str, unit_ids: Collection[str] | None = None, edition: str | None = None
    ) -> tuple[StoredResult, ...]:
        """The results that stand for a period, in the order in which they were stored.

        ``edition`` None: that by which the period was judged last.
        """
        with self.database.read() as session:
            chosen = edition or session.scalar(queries.latest_edition(period))
            rows = session.execute(queries.current_results(period, chosen, unit_ids)).all()
            ids = [row.id for row, _ in rows]
            findings = _grouped(session.scalars(queries.findings(ids)))
            items = _grouped(session.scalars(queries.items(ids)))
            flags = _grouped(session.scalars(queries.flags(ids)))
            changes = _grouped(session.scalars(queries.change_findings(ids)))
        return tuple(
            _stored(
                row,
                run_id,
                findings.get(row.id, ()),
                items.get(row.id, ()),
                flags.get(row.id, ()),
                changes.get(row.id, ()),
            )
            for row, run_id in rows
        )


def _supersede(session: Session, earlier: Result, at: datetime) -> None:
    earlier.superseded_at = at
    session.execute(delete(ItemRow).where(ItemRow.result_id == earlier.id))
    session.execute(delete(FlagRow).where(FlagRow.result_id == earlier.id))
    session.execute(delete(ChangeFindingRow).where(ChangeFindingRow.result_id == earlier.id))


def _insert_parts(session: Session, result_id: int, result: UnitResult) -> None:
    parts = (
        (FindingRow, [finding_row(result_id, n, each) for n, each in enumerate(result.findings)]),
        (ItemRow, [item_row(result_id, n, each) for n, each in enumerate(result.items)]),
        (FlagRow, [flag_row(result_id, n, each) for n, each in enumerate(result.flags)]),
        (ChangeFindingRow, [change_row(result_id, n, each) for n, each in enumerate(result.changes)]),
    )
    for table, rows in parts:
        if rows:
            session.execute(insert(table), rows)


def _grouped(rows: Iterable[Part]) -> dict[int, list[Part]]:
    found: dict[int, list[Part]] = {}
    for row in rows:
        found.setdefault(row.result_id, []).append(row)
    return found


def _stored(
    row: Result,
    run_id: int | None,
    findings: Sequence[FindingRow],
    items: Sequence[ItemRow],
    flags: Sequence[FlagRow],
    changes: Sequence[ChangeFindingRow],
) -> StoredResult:
    result = UnitResult(
        unit_id=row.unit_id,
        reached=row.reached,
        coverage=cast("Any", row.coverage),
        findings=tuple(finding_of(each) for each in findings),
        items=tuple(item_of(each) for each in items),
        flags=tuple(flag_of(each) for each in flags),
        facts=row.facts,
        changes=tuple(change_of(each) for each in changes),
    )
    return StoredResult(
        id=row.id,
        period=row.period,
        edition=row.edition,
        unit_id=row.unit_id,
        as_of=row.as_of,
        judged_at=row.judged_at,
        result=result,
        score=Score(row.points, row.possible, row.low, row.high, Columns(**row.columns)),
        run_id=run_id,
    )
