"""The store: evidence files and the database of one installation, as one thing.

>>> with open_store(Path("data")) as store:        # doctest: +SKIP
...     run = store.start_run("crawl", ["sokhcn"], None, {})
...     position, capture = store.record(run, "sokhcn", exchange)
"""

from __future__ import annotations

import os
import tempfile
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import Self

from storage.archive import unwritable
from storage.database import Database, database_url
from storage.disputes import Disputes
from storage.ledger import Ledger
from storage.people import People
from storage.reading import Reading
from storage.reconcile import reconcile_all
from storage.recording import Recording
from storage.results import Results
from storage.schema import prepare

__all__ = ["Store", "database_url", "open_store"]


class Store(Recording, Reading, Ledger, Results, People, Disputes):
    """Everything an installation keeps. A context manager; used by one thread at a time.

    Whatever goes wrong with the folder or the database comes as :class:`errors.StoreError`, damaged
    evidence as :class:`errors.EvidenceError`, each with one clear line.
    """

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write what still waits, let go of everything."""
        self.close()

    def close(self) -> None:
        """Write what still waits, let go of everything. Runs not ended count as interrupted."""
        try:
            self.flush()
        finally:
            for writing in self._writing.values():
                writing.lock.release()
            self._writing.clear()
            self.database.close()


def open_store(data: Path, db_url: str | None = None) -> Store:
    """Open the store in folder ``data`` (made if it is not there), its database at ``db_url``.

    ``db_url`` None: SQLite inside ``data``. The tables are created or brought up to date, and what a
    killed process left half-done is put right.

    Raises:
        StoreError: the folder cannot be written, the database is locked, down, full, damaged, not a
            database of this program, or newer than this program.
        InputError: ``db_url`` is not understood.
    """
    data = data.expanduser().absolute()
    database = Database(database_url(data, db_url))
    _check_writable(data)
    try:
        prepare(database)
        reconcile_all(data, database)
    except BaseException:
        database.close()
        raise
    return Store(data, database, _software())


def _check_writable(data: Path) -> None:
    try:
        data.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".writable-", dir=data)
        os.close(handle)
        Path(name).unlink()
    except OSError as error:
        raise unwritable(data, error) from error


def _software() -> str:
    try:
        return f"rasoat/{version('rasoat')}"
    except PackageNotFoundError:  # run from its source tree, never installed
        with Path(__file__).parents[1].joinpath("pyproject.toml").open("rb") as stream:
            return f"rasoat/{tomllib.load(stream)['project']['version']}"
