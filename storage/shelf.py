"""What all parts of a store share: the data folder, the database, the rows that still wait."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pages.capture import Capture
from storage import archive, queries
from storage.database import Database
from storage.rows import place_of

if TYPE_CHECKING:
    from storage.recording import Writing


class Shelf:
    """The shared state; the parts of :class:`storage.store.Store` build on it."""

    def __init__(self, data: Path, database: Database, software: str) -> None:
        """``data`` is there and writable; ``software`` names the program in what it writes."""
        self.data = data
        self.database = database
        self.software = software
        self._writing: dict[int, Writing] = {}
        self._pending: list[dict[str, Any]] = []
        self._flushed = time.monotonic()

    def captures_of(self, portal_run_id: int) -> tuple[Capture, ...]:
        """A portal's captures in order, read back and checked (EvidenceError names what is not so)."""
        with self.database.read() as session:
            rows = session.scalars(queries.captures(portal_run_id)).all()
        return tuple(archive.load(self.data, place_of(row)).capture for row in rows)
