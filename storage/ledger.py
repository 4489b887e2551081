"""The first-seen ledger: what each night's reading of each section showed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert

from audit.evidence import Sighting
from storage import queries
from storage.columns import local
from storage.shelf import Shelf
from storage.sightings import Seen, Visit, gone_since, intervals
from storage.tables import SectionVisit, SightingRow


@dataclass(frozen=True, slots=True)
class Removal:
    """An item that a complete crawl no longer showed where an earlier one did."""

    key: str
    section: str
    last_seen_at: datetime
    gone_at: datetime


@dataclass(frozen=True, slots=True)
class Redating:
    """An item whose stated date is not the one it was first seen with."""

    key: str
    section: str
    first_dated: date | None
    dated: date | None


class Ledger(Shelf):
    """First-seen intervals. The order in which nights are entered makes no difference to them."""

    def update_ledger(
        self,
        unit_id: str,
        section: str,
        keys: Mapping[str, date | None],
        *,
        complete: bool,
        at: datetime,
        back_to: date | None = None,
    ) -> None:
        """Enter what one crawl at ``at`` saw of a section: its keys with the dates stated for them.

        ``complete`` says the section was read to its end, or back to the day ``back_to`` when one is
        given; only such a crawl can show that something was absent.
        """
        with self.database.write(turn=f"ledger {unit_id}") as session:
            visit = session.scalars(queries.visit(unit_id, section, local(at))).one_or_none()
            if visit is None:
                visit = SectionVisit(unit_id=unit_id, section=section, at=at, complete=False)
                session.add(visit)
            if complete and not visit.complete:
                visit.complete, visit.back_to = True, back_to
            known = {row.digest: row for row in session.scalars(queries.sightings(unit_id, section))}
            fresh: list[dict[str, Any]] = []
            for key, dated in keys.items():
                row = known.get(_digest(key))
                if row is None:
                    fresh.append(_first_sight(unit_id, section, key, dated, at))
                else:
                    _see_again(row, dated, at)
            if fresh:
                session.execute(insert(SightingRow), fresh)

    def ledger(self, unit_id: str, as_of: datetime | None = None) -> dict[str, Sighting]:
        """First-seen interval of everything the unit's portal has shown up to ``as_of``, by key."""
        return intervals(*self._known(unit_id, as_of))

    def removed(self, unit_id: str, as_of: datetime | None = None) -> tuple[Removal, ...]:
        """What had gone by ``as_of`` from a section that had shown it, and did not come back."""
        rows, visits = self._known(unit_id, as_of)
        gone = ((row, gone_since(row, visits.get(row.section, ()))) for row in rows)
        return tuple(Removal(row.key, row.section, row.last, at) for row, at in gone if at is not None)

    def redated(self, unit_id: str, as_of: datetime | None = None) -> tuple[Redating, ...]:
        """What now states another date than when it was first seen."""
        rows, _ = self._known(unit_id, as_of)
        return tuple(
            Redating(row.key, row.section, row.first_dated, row.dated)
            for row in rows
            if row.dated is not None and row.first_dated is not None and row.dated != row.first_dated
        )

    def _known(self, unit_id: str, as_of: datetime | None) -> tuple[list[Seen], dict[str, list[Visit]]]:
        visits: dict[str, list[Visit]] = {}
        with self.database.read() as session:
            rows = session.scalars(queries.sightings(unit_id, as_of=as_of)).all()
            for visit in session.scalars(queries.visits(unit_id, as_of)):
                visits.setdefault(visit.section, []).append(Visit(visit.at, visit.back_to))
        return [_seen(row) for row in rows], visits


def _first_sight(unit_id: str, section: str, key: str, dated: date | None, at: datetime) -> dict[str, Any]:
    return {
        "unit_id": unit_id,
        "section": section,
        "digest": _digest(key),
        "key": key,
        "seen_at": at,
        "last_seen_at": at,
        "first_dated": dated,
        "dated": dated,
    }


def _digest(key: str) -> str:
    """Stands for a key, which may be longer than an index takes and hold what a column cannot."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def _see_again(row: SightingRow, dated: date | None, at: datetime) -> None:
    if at < row.seen_at:
        row.seen_at, row.first_dated = at, dated
    if at >= row.last_seen_at:
        row.last_seen_at, row.dated = at, dated


def _seen(row: SightingRow) -> Seen:
    return Seen(row.key, row.section, row.seen_at, row.last_seen_at, row.first_dated, row.dated)
