"""The database behind a store: opening it, transactions, and its errors in one line for a person."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
)
from sqlalchemy.orm import Session

from errors import InputError, StoreError
from storage.columns import to_json

SQLITE_NAME = "rasoat.sqlite3"
BUSY_SECONDS = 15.0
"""How long to wait for another process's transaction; ours take milliseconds."""

_POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")


class Database:
    """One database. ``read`` and ``write`` give a session in a transaction of its own.

    A write transaction takes SQLite's write lock at once: one that begins by reading and locks later
    fails without waiting when another process wrote in between.
    """

    def __init__(self, url: URL) -> None:
        """Nothing is opened yet."""
        self.url = url
        self._engine = _engine(url)
        self._writing = self._engine.execution_options(rasoat_write=True)

    @property
    def name(self) -> str:
        """The file, or the address with its password masked."""
        return self.url.database or "" if self.is_sqlite else self.url.render_as_string(hide_password=True)

    @property
    def is_sqlite(self) -> bool:
        """True for SQLite, False for PostgreSQL."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session to read from; nothing is written."""
        with self.explained(), Session(self._engine) as session:
            yield session

    @contextmanager
    def write(self, turn: str | None = None) -> Iterator[Session]:
        """A session whose work is kept when the block ends well, and undone otherwise.

        Writers that name the same ``turn`` go one after the other (on SQLite all of them do).
        """
        with self.explained(), Session(self._writing, expire_on_commit=False) as session, session.begin():
            if turn is not None and not self.is_sqlite:
                session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:turn))"), {"turn": turn})
            yield session

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """A bare connection in a write transaction (for migrations)."""
        with self.explained(), self._writing.begin() as connection:
            yield connection

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turn what the database says into a :class:`errors.StoreError`; faults of ours pass."""
        try:
            yield
        except (IntegrityError, DataError):
            raise
        except DBAPIError as error:
            raise self._explain(error) from error

    def _explain(self, error: DBAPIError) -> StoreError:
        said = (str(error.orig).strip().splitlines() or [""])[0].rstrip(".")
        for words, message in _SAID:
            if words in said:
                return StoreError(message, name=self.name, said=said)
        if self.is_sqlite:
            return StoreError("The database {name} cannot be used: {said}.", name=self.name, said=said)
        return StoreError("The database {name} cannot be reached or used: {said}.", name=self.name, said=said)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


_SAID = (
    ("database is locked", "The database {name} is locked by another program; try again when it is done."),
    ("lock timeout", "The database {name} is locked by another program; try again when it is done."),
    ("disk is full", "The disk is full: the database {name} cannot be written."),
    ("No space left", "The disk is full: the database {name} cannot be written."),
    ("readonly database", "The database {name} cannot be written: it is read-only here."),
    ("not a database", "{name} is not a database of this program; move it away or name another."),
    ("malformed", "The database {name} is damaged ({said}); put back a copy of it."),
    ("unable to open", "The database {name} cannot be opened: {said}."),
)


def database_url(data: Path, url: str | None) -> URL:
    """The URL asked for, or SQLite in the data folder; InputError names what is not understood."""
    if url is None:
        return URL.create("sqlite", database=str(data.expanduser().absolute() / SQLITE_NAME))
    shown = re.sub(r"//[^/]*@", "//***@", url)
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise InputError("The database address {url} is not understood.", url=shown) from error
    if parsed.drivername in _POSTGRESQL:
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
        return parsed.set(drivername="sqlite")
    message = "The database address {url} is not supported: use sqlite:///FILE or postgresql://HOST/NAME."
    raise InputError(message, url=shown)


def _engine(url: URL) -> Engine:
    shared: dict[str, Any] = {"json_serializer": to_json}
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, **shared)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    waits = {"connect_timeout": 10, "options": f"-c lock_timeout={int(BUSY_SECONDS * 1000)}"}
    told = {name: value for name, value in waits.items() if name not in url.query}
    return create_engine(url, connect_args=told, pool_pre_ping=True, **shared)


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    # The driver's own idea of when a transaction begins leaves reads and DDL outside of it.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("rasoat_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
