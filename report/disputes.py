"""What people dispute, as the answers show it: objections with their deadlines, known changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from audit.model import ChangeEvent, ChangeFinding
from report.moments import ZONE, local
from rubric.calendar import WorkCalendar
from rubric.model import Edition
from storage.records import Decision, Objection, Publication
from storage.store import Store

DRAFT = "draft"
FINAL = "notice"

State = Literal["open", "accepted", "rejected"]


@dataclass(frozen=True, slots=True)
class ObjectionStanding:
    """An objection and its deadlines: the last days to file and to answer (None: the edition names none,
    or no draft was published before it). ``final``: the period's notice is published, nothing moves."""

    objection: Objection
    file_by: date | None
    answer_by: date | None
    final: bool
    decided: str | None = None

    @property
    def state(self) -> State:
        """``open`` until it is answered."""
        answer = self.objection.answer
        if answer is None:
            return "open"
        return "accepted" if answer.verdict == "accept" else "rejected"

    @property
    def late(self) -> bool:
        """True when it was filed after the last day for it; it is taken all the same."""
        return self.file_by is not None and _day(self.objection.filed_at) > self.file_by

    def overdue(self, now: datetime) -> bool:
        """True when its answer came, or still has not come, after the last day for it."""
        answer = self.objection.answer
        return self.answer_by is not None and _day(answer.answered_at if answer else now) > self.answer_by


def objection_standing(
    objection: Objection,
    edition: Edition,
    publications: Sequence[Publication],
    decisions: Sequence[Decision],
    calendar: WorkCalendar,
) -> ObjectionStanding:
    """One objection with its deadlines; ``publications`` and ``decisions`` are those of its period."""
    terms = edition.params.get("objections")
    drafts = [p for p in publications if p.kind == DRAFT and p.published_at <= objection.filed_at]
    filed, file_by, answer_by = _day(objection.filed_at), None, None
    if terms:
        answer_by = calendar.add_working_days(filed, terms["answer_days"])
    if terms and drafts:
        file_by = calendar.add_working_days(_day(drafts[-1].published_at), terms["file_days"])
    answered_by = objection.answer.decision_id if objection.answer else None
    decided = next((each.level for each in decisions if each.id == answered_by), None)
    final = any(p.kind == FINAL for p in publications)
    return ObjectionStanding(objection, file_by, answer_by, final, decided)


@dataclass(frozen=True, slots=True)
class Disputes:
    """All that is disputed in one period under one edition."""

    objections: tuple[ObjectionStanding, ...]
    events: Mapping[int, ChangeEvent]

    def of(self, unit_id: str, changes: Sequence[ChangeFinding]) -> dict[str, Any]:
        """One unit's part of the answers: ``changes`` and ``objections``."""
        mine = [each for each in self.objections if each.objection.unit_id == unit_id]
        return {
            "changes": [change_answer(self.events[each.change_id], each) for each in changes],
            "objections": [objection_answer(each) for each in mine],
        }


def disputes(store: Store, period: str, edition: Edition, calendar: WorkCalendar) -> Disputes:
    """What is disputed in a period, from what is stored."""
    publications, decisions = store.publications(period), store.decisions(period=period)
    found = [each for each in store.objections(period) if each.edition == edition.id]
    return Disputes(
        tuple(objection_standing(each, edition, publications, decisions, calendar) for each in found),
        {event.id: event for event in store.changes()},
    )


def objection_answer(standing: ObjectionStanding, now: datetime | None = None) -> dict[str, Any]:
    """One objection as JSON; ``overdue`` only when it is said what now is."""
    objection, answer = standing.objection, standing.objection.answer
    told: dict[str, Any] = {
        "id": objection.id,
        "unit": objection.unit_id,
        "period": objection.period,
        "edition": objection.edition,
        "leaf": objection.leaf,
        "level": objection.level,
        "state": standing.state,
        "final": standing.final,
        "by": objection.author,
        "reason": objection.reason,
        "files": list(objection.files),
        "filed_at": local(objection.filed_at),
        "file_by": _text(standing.file_by),
        "late": standing.late,
        "answer_by": _text(standing.answer_by),
        "answer": None,
    }
    if now is not None:
        told["overdue"] = standing.overdue(now)
    if answer is not None:
        told["answer"] = {
            "by": answer.author,
            "reason": answer.reason,
            "at": local(answer.answered_at),
            "level": standing.decided,
        }
    return told


def change_answer(event: ChangeEvent, finding: ChangeFinding | None) -> dict[str, Any]:
    """One known change as JSON; ``state`` is null while no judgement has looked at it."""
    told: dict[str, Any] = {
        "id": event.id,
        "unit": event.unit_id,
        "leaf": event.leaf,
        "date": event.day.isoformat(),
        "days": event.days,
        "source": event.source,
        "by": event.author,
        "state": None,
    }
    if finding is not None:
        told |= {
            "state": finding.state,
            "due": finding.due.isoformat(),
            "before": local(finding.before) if finding.before else None,
            "after": local(finding.after) if finding.after else None,
            "url": finding.url,
            "quote": finding.quote,
        }
    return told


def _day(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
