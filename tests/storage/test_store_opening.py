"""Opening: what cannot be used is said in one clear line; the schema fits the program."""

from __future__ import annotations

import os
import re
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from errors import InputError, RasoatError, StoreError
from storage import schema
from storage.database import BUSY_SECONDS, Database, database_url
from storage.store import Store, open_store
from storage.tables import Base

ROOT = Path(__file__).parents[2]


def refused(data: Path, db_url: str | None = None) -> str:
    """The line said when the store cannot be opened."""
    with pytest.raises(RasoatError) as raised:
        open_store(data, db_url)
    assert raised.value.exit_status == 2
    line = str(raised.value)
    assert "\n" not in line
    return line


def test_a_folder_is_made(tmp_path: Path) -> None:
    open_store(tmp_path / "a/b").close()
    assert sorted(path.name for path in (tmp_path / "a/b").iterdir()) == ["rasoat.sqlite3"]


def test_a_data_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    assert refused(tmp_path / "data") == f"{tmp_path}/data cannot be written: File exists."
    assert "cannot be written: Not a directory" in refused(tmp_path / "data/below")


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become another user")
def test_a_folder_without_permission(tmp_path: Path) -> None:
    code = (
        "import os, sys, pathlib, storage.store, errors\n"
        "os.setuid(65534)\n"
        "try: storage.store.open_store(pathlib.Path(sys.argv[1]))\n"
        "except errors.StoreError as error: print(error)"
    )
    (tmp_path / "data").mkdir()
    said = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "data")],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == f"{tmp_path}/data cannot be written: Permission denied.\n"


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "rasoat.sqlite3").write_text("Đây không phải cơ sở dữ liệu. " * 100)
    assert "rasoat.sqlite3 is not a database of this program" in refused(tmp_path)


def test_a_damaged_database(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    path = tmp_path / "rasoat.sqlite3"
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + os.urandom(len(whole) - 100))
    assert "rasoat.sqlite3" in refused(tmp_path)


def test_a_database_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    said = refused(tmp_path, f"sqlite:///{tmp_path}/none/x.sqlite3")
    assert said == f"The database {tmp_path}/none/x.sqlite3 cannot be opened: unable to open database file."


def test_a_database_of_a_newer_program(tmp_path: Path, db_url: str | None) -> None:
    with open_store(tmp_path, db_url) as store, store.database.connect() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'v9999'"))
    assert "was made by a newer version of this program (schema v9999)" in refused(tmp_path, db_url)


def test_a_database_that_is_down(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    said = refused(tmp_path, f"postgresql://rasoat:s3cret@127.0.0.1:{port}/rasoat")
    assert f"postgresql+psycopg://rasoat:***@127.0.0.1:{port}/rasoat cannot be reached or used" in said
    assert "s3cret" not in said


def test_a_database_that_goes_down(tmp_path: Path, postgres_url: str, postgres_server: str) -> None:
    with open_store(tmp_path, postgres_url) as store:
        run = store.start_run("crawl", ["a"], None, {})
        name = store.database.url.database
        admin = Database(database_url(tmp_path, postgres_server))
        with admin.connect() as connection:
            connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
            connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"),
                {"name": name},
            )
        with pytest.raises(StoreError, match=r"cannot be reached or used: ") as raised:
            store.finish_run(run, "complete")
        assert "\n" not in str(raised.value)
        admin.close()


@pytest.mark.parametrize(
    "url",
    [
        "mysql://u:s3cret@h/d",
        "sqlite://",
        "not a url",
        "postgresql://u:s3cret@h:port/d",
        "postgresql+asyncpg://h/d",
    ],
)
def test_an_address_that_is_not_understood(tmp_path: Path, url: str) -> None:
    said = refused(tmp_path, url)
    assert "database address" in said
    assert "s3cret" not in said
    with pytest.raises(InputError):
        database_url(tmp_path, url)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_both_spellings_of_postgresql(tmp_path: Path, postgres_url: str, scheme: str) -> None:
    with open_store(tmp_path, postgres_url.replace("postgresql", scheme, 1)) as store:
        assert store.database.url.drivername == "postgresql+psycopg"
        assert store.runs() == ()


def test_sqlite_by_address(tmp_path: Path) -> None:
    with open_store(tmp_path / "data", f"sqlite:///{tmp_path}/other.sqlite3") as store:
        store.start_run("crawl", ["a"], None, {})
    assert (tmp_path / "other.sqlite3").exists()
    assert not (tmp_path / "data/rasoat.sqlite3").exists()


def test_the_connection_is_set_up(tmp_path: Path) -> None:
    with open_store(tmp_path) as store, store.database.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        }
    assert settings == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": BUSY_SECONDS * 1000}


def test_a_transaction_holds_reads_and_tables_too(store: Store) -> None:
    """What the driver's own transactions leave out: undone with the rest."""
    with pytest.raises(ZeroDivisionError), store.database.connect() as connection:
        connection.execute(text("CREATE TABLE half_done (id INTEGER)"))
        raise ZeroDivisionError
    with store.database.connect() as connection:
        assert not connection.dialect.has_table(connection, "half_done")


def test_migrations_make_the_tables_of_the_program(store: Store) -> None:
    with store.database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        assert context.get_current_revision() == schema.HEAD


def test_the_newest_migration_is_the_one_named() -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "storage/migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.HEAD]


def test_an_empty_database_is_only_made_by_migrations(tmp_path: Path) -> None:
    """The way down leads back to nothing, so that every migration is known to be undone."""
    from alembic import command

    url = f"sqlite:///{tmp_path}/x.sqlite3"
    engine = create_engine(url)
    config = Config()
    config.set_main_option("script_location", str(ROOT / "storage/migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        command.downgrade(config, "base")
    engine.dispose()
    with sqlite3.connect(tmp_path / "x.sqlite3") as plain:
        names = {name for (name,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert names == {"alembic_version"}


def test_only_queries_select() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for package in ("storage", "report", "crawler", "audit")
        for path in (ROOT / package).rglob("*.py")
        if re.search(r"\bselect\(", path.read_text(encoding="utf-8"))
    }
    assert found == {"storage/queries.py"}
