"""The nightly chain: what was yesterday cannot be rewritten unseen."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storage.chain import CHAIN_FILE
from storage.keys import KEY_FILE
from tests.evidence.conftest import UNIT, Audited


@pytest.fixture(scope="module")
def chained(audited: Audited, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the audited folder with two links: the audit, and a judging after it."""
    data = tmp_path_factory.mktemp("chain") / "data"
    shutil.copytree(audited.data, data)
    first = told(audited, data, "chain", "add")
    assert (first["head"]["number"], first["added"]) == (1, True)
    assert first["head"]["captures"] > 100
    assert told(audited, data, "chain", "add")["added"] is False
    audited.run("judge", UNIT, "--period", audited.period, "--as-of", audited.as_of, data=data)
    second = told(audited, data, "chain", "add")
    assert (second["head"]["number"], second["head"]["captures"], second["head"]["results"]) == (2, 0, 1)
    return data


def told(audited: Audited, data: Path, *arguments: str) -> Any:
    done = audited.run("--json", *arguments, data=data)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def test_a_chain_holds(audited: Audited, chained: Path) -> None:
    done = audited.run("chain", "verify", data=chained)
    assert done.returncode == 0
    assert "holds" in done.stdout
    answer = told(audited, chained, "chain", "verify")
    assert [link["number"] for link in answer["links"]] == [1, 2]


def sql(statement: str) -> Callable[[Path], None]:
    def change(data: Path) -> None:
        with sqlite3.connect(data / "rasoat.sqlite3") as database:
            assert database.execute(statement).rowcount > 0

    return change


def rewrite(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[Path], None]:
    def apply(data: Path) -> None:
        path = data / CHAIN_FILE
        path.write_bytes(b"".join(change(path.read_bytes().splitlines(keepends=True))))

    return apply


FIRST_WALK = "(SELECT min(portal_run_id) FROM captures)"


FIRST_CAPTURE = f"position = 0 AND portal_run_id = {FIRST_WALK}"
FIRST_NONE = "rowid = (SELECT min(rowid) FROM findings WHERE level = 'none')"


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        (sql(f"UPDATE captures SET digest = 'sha256:0' WHERE {FIRST_CAPTURE}"), "captures"),
        (sql(f"DELETE FROM captures WHERE {FIRST_CAPTURE}"), "captures"),
        (sql(f"UPDATE findings SET level = 'full' WHERE {FIRST_NONE}"), "findings"),
        (sql("UPDATE results SET points = '100' WHERE id = 1"), "findings"),
        (sql("DELETE FROM results WHERE id = 2"), "findings"),
        (rewrite(lambda lines: lines[1:]), "order"),
        (rewrite(lambda lines: [lines[0], lines[1].replace(b'"number":2', b'"number":3')]), "order"),
        (rewrite(lambda lines: [lines[0].replace(b"2026-", b"2025-", 1), lines[1]]), "signature"),
    ],
    ids=["capture", "no capture", "finding", "points", "no result", "link gone", "renumbered", "older"],
)
def test_every_rewriting_is_named(
    audited: Audited, chained: Path, tmp_path: Path, harm: Callable[[Path], None], what: str
) -> None:
    data = tmp_path / "data"
    shutil.copytree(chained, data)
    harm(data)
    answer = told(audited, data, "chain", "verify")
    assert what in {each["what"] for each in answer["breaks"]}
    assert answer["holds"] is False


def test_a_rewritten_first_link_breaks_the_second_even_when_signed_anew(
    audited: Audited, chained: Path, tmp_path: Path
) -> None:
    """Who holds the key may sign a new first link, but the second names the old one."""
    data = tmp_path / "data"
    shutil.copytree(chained, data)
    lines = (data / CHAIN_FILE).read_bytes().splitlines(keepends=True)
    (data / CHAIN_FILE).unlink()
    told(audited, data, "chain", "add")
    forged = (data / CHAIN_FILE).read_bytes()
    (data / CHAIN_FILE).write_bytes(forged + lines[1])
    assert "order" in {each["what"] for each in told(audited, data, "chain", "verify")["breaks"]}


def test_another_key_and_a_cut_line(audited: Audited, chained: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(chained, data)
    (data / KEY_FILE).unlink()
    assert audited.run("chain", "verify", data=data).returncode == 2
    audited.run("key", data=data)
    assert "signature" in {each["what"] for each in told(audited, data, "chain", "verify")["breaks"]}
    path = data / CHAIN_FILE
    path.write_bytes(path.read_bytes()[:-20])
    for command in ("add", "verify"):
        done = audited.run("chain", command, data=data)
        assert done.returncode == 2
        assert "line 2" in done.stderr
