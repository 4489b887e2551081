"""Reading runs and evidence back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from sqlalchemy import Row

from pages.capture import Trail
from storage import queries
from storage.columns import LOCAL_ZONE
from storage.records import PortalInfo, RunInfo, StoredEvidence
from storage.rows import portal_info, trail_of
from storage.shelf import Shelf
from storage.tables import Run

_NONE = (0, 0, 0)
_PASSES = 8


class Reading(Shelf):
    """What was collected, as it is needed to judge and to report."""

    def runs(self, limit: int | None = None, run_id: int | None = None) -> tuple[RunInfo, ...]:
        """Runs with their figures, the newest first (or one run)."""
        with self.database.read() as session:
            found = session.scalars(queries.runs(limit, run_id)).all()
            portals = _by_run(session.execute(queries.portal_figures()).all())
            captures = _by_run(session.execute(queries.capture_figures()).all())
        return tuple(_run_info(run, portals.get(run.id, _NONE), captures.get(run.id, _NONE)) for run in found)

    def portal_runs(self, run_id: int) -> tuple[PortalInfo, ...]:
        """All units' parts of a run, by unit id."""
        with self.database.read() as session:
            return tuple(portal_info(row) for row in session.scalars(queries.portal_runs(run_id)))

    def latest_run_for(
        self, unit_id: str, as_of: datetime | None = None, since: date | None = None
    ) -> PortalInfo | None:
        """The finished walk to judge a unit by: the newest that reached its portal, else the newest. Of
        the passes of one night the one that left the least unread. Void runs are never looked at.

        Only walks taken for a moment from ``since`` (a local day) up to ``as_of`` are looked at: what
        was seen before the period says nothing about it.
        """
        begin = None if since is None else datetime.combine(since, time.min, LOCAL_ZONE)
        with self.database.read() as session:
            rows = session.scalars(queries.portal_run_to_judge(unit_id, begin, as_of).limit(_PASSES)).all()
        return _best_pass([portal_info(row) for row in rows])

    def evidence(
        self, unit_id: str, as_of: datetime | None = None, since: date | None = None
    ) -> StoredEvidence | None:
        """What :meth:`latest_run_for` chooses, read back; None when there is nothing to judge by.

        Raises:
            EvidenceError: a record is cut or changed; names the file and the byte.
        """
        portal = self.latest_run_for(unit_id, as_of, since)
        return None if portal is None else self.evidence_of(portal)

    def walks_between(self, unit_id: str, after: datetime, until: datetime) -> tuple[PortalInfo, ...]:
        """Finished walks that reached a unit's portal, taken for a moment in [after, until], oldest first."""
        with self.database.read() as session:
            rows = session.scalars(queries.walks_between(unit_id, after, until))
            return tuple(portal_info(row) for row in rows)

    def walk_before(self, portal: PortalInfo) -> PortalInfo | None:
        """The unit's last finished walk of an earlier run that reached its portal, void runs left out."""
        with self.database.read() as session:
            row = session.scalars(queries.walk_before(portal.unit_id, portal.run_id)).first()
        return None if row is None else portal_info(row)

    def trails_of(self, portal: PortalInfo) -> tuple[Trail, ...]:
        """How far one walk read each thing it set out to read."""
        with self.database.read() as session:
            return tuple(trail_of(row) for row in session.scalars(queries.trails(portal.id)))

    def evidence_of(self, portal: PortalInfo) -> StoredEvidence:
        """One walk's captures and trails, read back; EvidenceError as :meth:`evidence`."""
        return StoredEvidence(portal, self.captures_of(portal.id), self.trails_of(portal))


def _best_pass(walks: list[PortalInfo]) -> PortalInfo | None:
    """Of walks, the best first as :meth:`Reading.latest_run_for` orders them, that to judge by."""
    night: list[PortalInfo] = []
    for walk in walks:
        if night and not (night[-1].stats.get("retry") and walk.reached == night[0].reached):
            break
        night.append(walk)
    return min(night, key=lambda walk: int(walk.stats.get("unread", 0)), default=None)


def _by_run(rows: Iterable[Row[int, int, int, int]]) -> dict[int, tuple[int, int, int]]:
    return {run_id: (first, second or 0, third or 0) for run_id, first, second, third in rows}


def _run_info(run: Run, portals: tuple[int, int, int], captures: tuple[int, int, int]) -> RunInfo:
    return RunInfo(
        id=run.id,
        kind=run.kind,
        state=run.state,
        unit_ids=tuple(run.unit_ids),
        as_of=run.as_of,
        settings=run.settings,
        software=run.software,
        folder=run.folder,
        losses=tuple(run.losses),
        started_at=run.started_at,
        ended_at=run.ended_at,
        portals=portals[0],
        finished=portals[1],
        reached=portals[2],
        captures=captures[0],
        failures=captures[1],
        bytes=captures[2],
        void=run.void,
    )
