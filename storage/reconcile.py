"""After a crash: evidence files and rows brought back together, and what was lost named.

The files lead: a record that stands whole in a file gets its row again; a row whose record is not
there is dropped, and the portal is to be walked again.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from errors import EvidenceError
from storage import archive, queries
from storage.database import Database
from storage.rows import capture_row, place_of
from storage.tables import CaptureRow, PortalRun, Run, TrailRow


def reconcile_all(data: Path, database: Database) -> None:
    """Put right every run that is marked as going on but that no living process writes."""
    with database.read() as session:
        runs = session.scalars(queries.unfinished_runs()).all()
    for run in runs:
        folder = data / run.folder
        # On a shared database the folder may be on another machine, whose business it then is.
        if not folder.is_dir():
            continue
        lock = archive.RunLock(folder)
        if lock.acquire():
            try:
                reconcile(data, database, run.id, "interrupted")
            finally:
                lock.release()


def reconcile(data: Path, database: Database, run_id: int, state: str) -> bool:
    """Put one run right and leave it in ``state``; its lock is held by the caller.

    False when another program has ended it well before the lock was ours; then nothing is done.
    """
    with database.write() as session:
        run = session.get_one(Run, run_id)
        if run.state == "complete":
            return False
        losses = list(run.losses)
        for portal in session.scalars(queries.portal_runs(run_id)).all():
            losses += _portal_losses(data, session, run, portal)
        run.losses, run.state = losses, state
        run.ended_at = None if state == "running" else datetime.now(UTC)
        return True


def _portal_losses(data: Path, session: Session, run: Run, portal: PortalRun) -> list[str]:
    file = archive.file_name(run.folder, portal.unit_id)
    rows = session.scalars(queries.captures(portal.id)).all()
    losses: list[str] = []
    kept = _kept(data, list(rows))
    if len(kept) < len(rows):
        _drop(session, portal, len(kept))
        losses.append(
            f"{portal.unit_id}: captures {len(kept)} to {len(rows) - 1} are not in {file} any more; "
            "their rows were dropped"
        )
    end = kept[-1].offset + kept[-1].length if kept else 0
    try:
        found, cut = archive.repair(data, file, end)
    except EvidenceError as error:
        return [*losses, str(error)]
    fresh = [capture_row(portal.id, place, group) for place, group in found]
    if fresh:
        session.execute(insert(CaptureRow), fresh)
    if cut:
        losses.append(f"{portal.unit_id}: the last {cut} bytes of {file} were an unfinished record")
    return losses


def _kept(data: Path, rows: list[CaptureRow]) -> list[CaptureRow]:
    """The rows up to the last one whose record stands whole in the file."""
    while rows:
        try:
            archive.load(data, place_of(rows[-1]))
            break
        except EvidenceError:
            rows.pop()
    return rows


def _drop(session: Session, portal: PortalRun, first: int) -> None:
    gone = (CaptureRow.portal_run_id == portal.id, CaptureRow.position >= first)
    session.execute(delete(CaptureRow).where(*gone))
    session.execute(delete(TrailRow).where(TrailRow.portal_run_id == portal.id))
    portal.state, portal.reached = "running", False
