"""Runs while they are written: captures into WARC at once, their rows into the database in batches."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert

from errors import StoreError
from pages.capture import Capture, Method, Trail
from storage import archive, queries
from storage.columns import local, to_json
from storage.exchange import Exchange
from storage.reconcile import reconcile
from storage.rows import capture_row, trail_row
from storage.shelf import Shelf
from storage.tables import CaptureRow, PortalRun, Run, TrailRow
from storage.unwarc import Group
from storage.warc import Packed, packed

BATCH_ROWS = 50
BATCH_SECONDS = 1.0

RequestKey = tuple[Method, str, tuple[tuple[str, str], ...]]


@dataclass(slots=True)
class WritingPortal:
    id: int
    file: str
    next: int


@dataclass(slots=True)
class Writing:
    """A run that this process writes."""

    folder: str
    as_of: datetime | None
    lock: archive.RunLock
    portals: dict[str, WritingPortal] = field(default_factory=dict)


class Recording(Shelf):
    """Starting, filling and ending runs. One thread does all of it."""

    def start_run(
        self, kind: str, unit_ids: Sequence[str], as_of: datetime | None, settings: Mapping[str, Any]
    ) -> int:
        """Begin a run; its number. ``as_of`` is the "now" taken for it (None: the real one)."""
        started = datetime.now(UTC)
        run = Run(
            kind=kind,
            key=_key(kind, unit_ids, as_of, settings),
            unit_ids=list(unit_ids),
            as_of=as_of,
            settings=dict(settings),
            software=self.software,
            state="running",
            folder="",
            losses=[],
            started_at=started,
        )
        with self.database.write() as session:
            session.add(run)
            session.flush()
            # The time stands in the name because another database may share the folder.
            run.folder = f"{archive.FOLDER}/{started:%Y%m%dT%H%M%S%fZ}-{run.id}"
            lock = archive.RunLock(self.data / run.folder)
            lock.acquire(new=True)
        self._writing[run.id] = Writing(run.folder, as_of, lock)
        return run.id

    def resume_run(
        self,
        kind: str,
        unit_ids: Sequence[str],
        as_of: datetime | None,
        settings: Mapping[str, Any],
        within: timedelta = timedelta(hours=12),
    ) -> int | None:
        """Take up the newest run for the same thing that did not end well; None when there is none.

        A run that another living process writes is not taken.
        """
        key = _key(kind, unit_ids, as_of, settings)
        with self.database.read() as session:
            runs = session.scalars(queries.resumable_runs(key, datetime.now(UTC) - within)).all()
        for run in runs:
            lock = archive.RunLock(self.data / run.folder)
            if not lock.acquire():
                continue
            if reconcile(self.data, self.database, run.id, "running"):
                self._writing[run.id] = Writing(run.folder, run.as_of, lock)
                return run.id
            lock.release()
        return None

    def record(self, run_id: int, unit_id: str, exchange: Exchange) -> tuple[int, Capture]:
        """Keep one exchange: its position among the unit's captures of this run, and the capture.

        It is on disk when this returns; its row follows within a second or 50 captures, or is made
        again from the evidence file after a crash.
        """
        portal = self._portal(run_id, unit_id)
        position = portal.next
        group = packed(exchange, position)
        capture = _capture(exchange, group)
        place = archive.append(self.data, portal.file, group.data, self.software)
        portal.next += 1
        kept = Group(position, capture, exchange.ip, exchange.elapsed, exchange.tls, place.length)
        self._pending.append(capture_row(portal.id, place, kept))
        if len(self._pending) >= BATCH_ROWS or time.monotonic() - self._flushed >= BATCH_SECONDS:
            self.flush()
        return position, capture

    def flush(self) -> None:
        """Write the rows of captures that still wait; they go on waiting when the database fails."""
        rows, self._pending = self._pending, []
        self._flushed = time.monotonic()
        if not rows:
            return
        try:
            with self.database.write() as session:
                session.execute(insert(CaptureRow), rows)
        except StoreError:
            self._pending = rows
            raise

    def previous(self, run_id: int, unit_id: str) -> dict[RequestKey, tuple[int, Capture]]:
        """The unit's captures that this run already holds, the last one for each request."""
        self.flush()
        with self.database.read() as session:
            portal = session.scalars(queries.portal_run(run_id, unit_id)).one_or_none()
        if portal is None:
            return {}
        captures = self.captures_of(portal.id)
        return {(each.method, each.url, each.form): (n, each) for n, each in enumerate(captures)}

    def finish_portal(
        self,
        run_id: int,
        unit_id: str,
        trails: Sequence[Trail],
        reached: bool,
        stats: Mapping[str, object],
    ) -> None:
        """Keep how the walk of one portal ended: from now on it can be judged by."""
        portal = self._portal(run_id, unit_id)
        archive.settle(self.data, portal.file)
        self.flush()
        rows = [trail_row(portal.id, ordinal, trail) for ordinal, trail in enumerate(trails)]
        with self.database.write() as session:
            session.execute(delete(TrailRow).where(TrailRow.portal_run_id == portal.id))
            if rows:
                session.execute(insert(TrailRow), rows)
            kept = session.get_one(PortalRun, portal.id)
            kept.state, kept.reached, kept.stats = "complete", reached, dict(stats)
            kept.ended_at = datetime.now(UTC)

    def finish_run(self, run_id: int, state: str) -> None:
        """End a run: ``complete``, ``interrupted`` or ``failed``. The last two can be resumed."""
        writing = self._writing.get(run_id)
        try:
            self.flush()
            with self.database.write() as session:
                run = session.get_one(Run, run_id)
                run.state, run.ended_at = state, datetime.now(UTC)
        finally:
            if writing is not None:
                writing.lock.release()
                del self._writing[run_id]

    def _portal(self, run_id: int, unit_id: str) -> WritingPortal:
        writing = self._writing.get(run_id)
        if writing is None:
            raise StoreError("Run {run} is not being written by this program.", run=run_id)
        if unit_id not in writing.portals:
            writing.portals[unit_id] = self._open_portal(run_id, unit_id, writing)
        return writing.portals[unit_id]

    def _open_portal(self, run_id: int, unit_id: str, writing: Writing) -> WritingPortal:
        file = archive.file_name(writing.folder, unit_id)
        now = datetime.now(UTC)
        with self.database.write() as session:
            portal = session.scalars(queries.portal_run(run_id, unit_id)).one_or_none()
            if portal is None:
                portal = PortalRun(run_id=run_id, unit_id=unit_id, reached=False, stats={})
                portal.seen_at, portal.started_at = writing.as_of or now, now
                session.add(portal)
            portal.state = "running"
            session.flush()
            last = session.scalar(queries.last_position(portal.id))
        return WritingPortal(portal.id, file, 0 if last is None else last + 1)


def _capture(exchange: Exchange, group: Packed) -> Capture:
    """What reading the group back will give."""
    return Capture(
        ref=group.ref,
        url=exchange.url,
        fetched_at=local(exchange.fetched_at),
        seen_at=local(exchange.seen_at),
        status=exchange.status,
        error=exchange.error,
        method=exchange.method,
        form=exchange.form if exchange.method == "POST" else (),
        headers=group.headers,
        body=exchange.body if exchange.status is not None else b"",
        role=exchange.role,
        truncated=exchange.truncated,
    )


def _key(kind: str, unit_ids: Sequence[str], as_of: datetime | None, settings: Mapping[str, Any]) -> str:
    asked = [kind, sorted(unit_ids), as_of and local(as_of).isoformat(), dict(sorted(settings.items()))]
    return hashlib.sha256(to_json(asked).encode()).hexdigest()
