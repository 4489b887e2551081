"""The schema a database has and the one this program needs, brought together when it is opened."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from errors import StoreError
from storage.database import Database

HEAD = "v0003"
"""The newest revision in ``migrations/versions`` (a test compares the two)."""

_MIGRATIONS = Path(__file__).with_name("migrations")
_ADVISORY_KEY = 0x7261736F6174  # "rasoat"


def prepare(database: Database) -> None:
    """Create or upgrade the tables; StoreError when the database is newer than this program."""
    with database.read() as session:  # nearly always enough, and never waits for another program
        if _revision(session.connection()) == HEAD:
            return
    with database.connect() as connection:
        if not database.is_sqlite:  # two programs may open a fresh database at once
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_KEY})
        found = _revision(connection)
        if found != HEAD:
            _upgrade(connection, found, database)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: Connection, found: str | None, database: Database) -> None:
    # Alembic takes a fifth of a second to import: most commands meet a database that is up to date.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        message = "The database {name} was made by a newer version of this program (schema {found})."
        raise StoreError(message, name=database.name, found=found)
    command.upgrade(config, "head")
