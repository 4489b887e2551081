"""Disputes: changes that people know of, objections of units and their answers. Append-only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Literal, cast

from audit.model import ChangeEvent, Finding
from errors import InputError
from storage import queries
from storage.people_tables import AnswerRow, ChangeRow, DecisionRow, ObjectionRow
from storage.records import Answer, Objection, finding_digest
from storage.shelf import Shelf


class Disputes(Shelf):
    """Keeping and giving back what units and reviewers say to each other."""

    def add_change(
        self,
        *,
        unit_id: str,
        edition: str,
        leaf: str,
        day: date,
        days: int,
        source: str,
        by: str,
        at: datetime | None = None,
    ) -> ChangeEvent:
        """Append a known change of ``day`` that the leaf must show within ``days`` working days."""
        row = ChangeRow(unit_id=unit_id, edition=edition, leaf=leaf, day=day, days=days, source=source)
        row.author, row.recorded_at = by, at or datetime.now(UTC)
        with self.database.write() as session:
            session.add(row)
            session.flush()
            session.refresh(row)
        return _change(row)

    def changes(self, unit_id: str | None = None, edition: str | None = None) -> tuple[ChangeEvent, ...]:
        """Known changes (of one unit, of an edition's leaves), by the day they happened."""
        with self.database.read() as session:
            found = tuple(_change(row) for row in session.scalars(queries.changes(unit_id)))
        return tuple(each for each in found if edition in (None, each.edition))

    def add_objection(
        self,
        *,
        unit_id: str,
        period: str,
        edition: str,
        leaf: str,
        level: str | None,
        by: str,
        reason: str,
        files: Sequence[str] = (),
        at: datetime | None = None,
    ) -> Objection:
        """Append a unit's objection; ``level`` is the level it objects to (None: unresolved)."""
        row = ObjectionRow(unit_id=unit_id, period=period, edition=edition, leaf=leaf, level=level)
        row.author, row.reason, row.files = by, reason, list(files)
        row.filed_at = at or datetime.now(UTC)
        with self.database.write() as session:
            session.add(row)
            session.flush()
            session.refresh(row)
        return _objection(row, None)

    def objections(self, period: str | None = None, unit_id: str | None = None) -> tuple[Objection, ...]:
        """Objections (for a period, of one unit) with their answers, in the order filed."""
        with self.database.read() as session:
            rows = session.execute(queries.objections(period, unit_id)).all()
        return tuple(_objection(row, answer) for row, answer in rows)

    def objection(self, objection_id: int) -> Objection:
        """One objection with its answer.

        Raises:
            InputError: there is none of that number.
        """
        with self.database.read() as session:
            found = session.execute(queries.objections(None, None, objection_id)).first()
        if found is None:
            raise InputError("there is no objection {id}; `objections` lists them", id=objection_id)
        return _objection(found[0], found[1])

    def answer_objection(
        self,
        objection: Objection,
        *,
        verdict: Literal["accept", "reject"],
        by: str,
        reason: str,
        level: str | None = None,
        finding: Finding | None = None,
        at: datetime | None = None,
    ) -> Objection:
        """Answer an objection once and for all; ``level`` makes a decision on its leaf in the same breath.

        Raises:
            InputError: it was answered before.
        """
        moment = at or datetime.now(UTC)
        answer = AnswerRow(objection_id=objection.id, verdict=verdict, author=by, reason=reason)
        answer.answered_at = moment
        with self.database.write(turn=f"objection {objection.id}") as session:
            if session.get(AnswerRow, objection.id) is not None:
                raise InputError("objection {id} was answered before", id=objection.id)
            if level is not None:
                decision = _decided(objection, level, by, reason, finding, moment)
                session.add(decision)
                session.flush()
                answer.decision_id = decision.id
            session.add(answer)
        return self.objection(objection.id)


def _decided(
    objection: Objection, level: str, by: str, reason: str, finding: Finding | None, at: datetime
) -> DecisionRow:
    return DecisionRow(
        unit_id=objection.unit_id,
        period=objection.period,
        edition=objection.edition,
        leaf=objection.leaf,
        level=level,
        author=by,
        reason=reason,
        files=list(objection.files),
        made_at=at,
        finding_digest=finding_digest(finding) if finding else None,
    )


def _change(row: ChangeRow) -> ChangeEvent:
    return ChangeEvent(
        id=row.id,
        unit_id=row.unit_id,
        leaf=row.leaf,
        day=row.day,
        days=row.days,
        source=row.source,
        author=row.author,
        recorded_at=row.recorded_at,
        edition=row.edition,
    )


def _objection(row: ObjectionRow, answer: AnswerRow | None) -> Objection:
    return Objection(
        id=row.id,
        unit_id=row.unit_id,
        period=row.period,
        edition=row.edition,
        leaf=row.leaf,
        level=row.level,
        author=row.author,
        reason=row.reason,
        files=tuple(row.files),
        filed_at=row.filed_at,
        answer=_answer(answer) if answer else None,
    )


def _answer(row: AnswerRow) -> Answer:
    return Answer(
        verdict=cast("Literal['accept', 'reject']", row.verdict),
        author=row.author,
        reason=row.reason,
        answered_at=row.answered_at,
        decision_id=row.decision_id,
    )
