"""Runs while they are written: captures into WARC at once, their rows into the database in batches."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from typing import Any

from sqlalchemy import delete, insert

from errors import StoreError
from pages.capture import Capture, Method, Trail
from storage import archive, queries
from storage.columns import LOCAL_ZONE, local, to_json
from storage.exchange import Exchange
from storage.place import Earlier, Place
from storage.reconcile import reconcile
from storage.rows import capture_row, earlier_of, trail_row
from storage.shelf import Shelf
from storage.tables import CaptureRow, PortalRun, Run, TrailRow
from storage.unwarc import DamagedRecordError, Group, confirmed
from storage.warc import Origin, Packed, packed

BATCH_ROWS = 50
BATCH_SECONDS = 1.0
NOT_MODIFIED = 304

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


@dataclass(frozen=True, slots=True)
class _Written:
    """A group's bytes, and what reading them back gives."""

    data: bytes
    kept: Group


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
        if exchange.status == NOT_MODIFIED and exchange.earlier is not None:
            group = self._confirmed(exchange, exchange.earlier.place, position)
        else:
            group = _plain(exchange, position)
        place = archive.append(self.data, portal.file, group.data, self.software)
        portal.next += 1
        self._pending.append(capture_row(portal.id, place, group.kept))
        if len(self._pending) >= BATCH_ROWS or time.monotonic() - self._flushed >= BATCH_SECONDS:
            self.flush()
        return position, group.kept.capture

    def _confirmed(self, exchange: Exchange, place: Place, position: int) -> _Written:
        """A 304 with the answer that it confirms; EvidenceError when that is not as it was written."""
        body = archive.load_alone(self.data, place)
        origin = Origin(place, body.record_id, body.capture.fetched_at, body.capture.ref)
        group = packed(exchange, position, origin)
        bare = replace(_capture(exchange, group), status=NOT_MODIFIED, body=b"")
        alone = _kept(exchange, bare, position, len(group.data))
        try:
            return _Written(group.data, confirmed(replace(alone, origin=place), body))
        except DamagedRecordError as error:
            raise archive.damaged(place.file, place.offset, str(error)) from error

    def earlier(self, run_id: int, unit_id: str, since: date) -> dict[str, Earlier]:
        """Address → the newest answer to a GET that its server can confirm, or that went on beyond our
        limits, from the unit's last two walks for a moment on or after ``since`` (a local day)."""
        begin = datetime.combine(since, clock.min, LOCAL_ZONE)
        with self.database.read() as session:
            walks = session.scalars(queries.walks_to_confirm(run_id, unit_id, begin)).all()
            rows = session.scalars(queries.confirmable(walks)).all()
            return {row.url: earlier_of(row) for row in rows}

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

    def void_run(self, run_id: int, reason: str) -> None:
        """Nobody is judged by this run, for a ``reason`` that says what failed on our side."""
        with self.database.write() as session:
            session.get_one(Run, run_id).void = reason

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


def _plain(exchange: Exchange, position: int) -> _Written:
    group = packed(exchange, position)
    kept = _kept(exchange, _capture(exchange, group), position, len(group.data))
    return _Written(group.data, kept)


def _kept(exchange: Exchange, capture: Capture, position: int, length: int) -> Group:
    return Group(position, capture, exchange.ip, exchange.elapsed, exchange.tls, length)


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
