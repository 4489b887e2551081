"""The whole fleet through the command line: every leaf of every unit equals the truth."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.portals import Fleet
from tests.portals.fleet import Hits
from tests.portals.truth import UnitTruth

ROOT = Path(__file__).parents[2]
# Five portals show a fault of the whole portal or hold a leaf that nobody can decide: the answer says so.
DONE_WITH_UNRESOLVED = 1
# RASOAT_FLEET_SIZE=12 for a quick look; the whole fleet otherwise.
SIZE = int(os.environ["RASOAT_FLEET_SIZE"]) if "RASOAT_FLEET_SIZE" in os.environ else None

# Every how-manieth unit is audited a second time.
SECOND_TIME = 4


@dataclass(frozen=True)
class Audited:
    """An audit of the whole fleet and, into the same data folder, a second one of some of its units."""

    truth: dict[str, UnitTruth]
    first: dict[str, Any]
    second: dict[str, Any]
    hits: Hits
    planted: list[str]
    data: Path
    logs: str


def _audit(fleet: Fleet, data: Path, *units: str) -> tuple[dict[str, Any], str]:
    command = [sys.executable, "-m", "cli", "--json", "audit", *units, "--data", str(data)]
    command += ["--register", str(fleet.register_path), "--period", fleet.period, "--as-of", fleet.as_of]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == DONE_WITH_UNRESOLVED, done.stderr[-2_000:]
    return json.loads(done.stdout), done.stderr


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Audited]:
    data = tmp_path_factory.mktemp("fleet")
    with Fleet(size=SIZE) as fleet:
        first, logs = _audit(fleet, data)
        again = [unit["unit"] for unit in first["units"]][::SECOND_TIME]
        second, more = _audit(fleet, data, *again)
        yield Audited(fleet.truth(), first, second, fleet.hits(), fleet.planted(), data, logs + more)


def _differences(answer: dict[str, Any], truth: dict[str, UnitTruth]) -> list[str]:
    wrong = []
    for unit in answer["units"]:
        for leaf in unit["leaves"]:
            wanted = truth[unit["unit"]]["leaves"][leaf["id"]]
            if leaf["level"] != wanted:
                wrong.append(f"{unit['unit']} {leaf['id']}: {wanted} but {leaf['level']} ({leaf['reason']})")
    return wrong


@pytest.mark.fleet
def test_every_leaf_equals_the_truth(audited: Audited) -> None:
    scored = {unit_id for unit_id, answer in audited.truth.items() if answer["leaves"]}
    assert {unit["unit"] for unit in audited.first["units"]} == scored
    assert _differences(audited.first, audited.truth) == []


@pytest.mark.fleet
def test_items_column_equals_the_truth(audited: Audited) -> None:
    got = {unit["unit"]: unit["items"] for unit in audited.first["units"]}
    assert got == {unit_id: audited.truth[unit_id]["items"] for unit_id in got}


@pytest.mark.fleet
def test_reached_equals_the_truth(audited: Audited) -> None:
    got = {unit["unit"]: unit["reached"] for unit in audited.first["units"]}
    assert got == {unit_id: audited.truth[unit_id]["reached"] for unit_id in got}


@pytest.mark.fleet
def test_a_second_audit_gives_the_same_scores_and_items(audited: Audited) -> None:
    keys = ("points", "low", "high", "columns", "items", "syndicated", "undated", "rank")
    first = {unit["unit"]: {key: unit[key] for key in keys} for unit in audited.first["units"]}
    second = {unit["unit"]: {key: unit[key] for key in keys} for unit in audited.second["units"]}
    assert second == {unit_id: first[unit_id] for unit_id in second}
    assert second
    assert _differences(audited.second, audited.truth) == []


@pytest.mark.fleet
def test_nothing_was_changed_and_robots_were_obeyed(audited: Audited) -> None:
    assert audited.hits.unsafe == []
    assert audited.hits.refused == []
    assert sum(audited.hits.requests.values()) > 100


@pytest.mark.fleet
def test_petitioners_are_nowhere_outside_the_evidence(audited: Audited) -> None:
    stored = "\n".join(_database_text(path) for path in audited.data.rglob("*.sqlite3"))
    assert len(stored) > 10_000
    answers = json.dumps([audited.first, audited.second], ensure_ascii=False)
    for text in audited.planted:
        assert text not in stored, f"in the database: {text}"
        assert text not in answers, f"in the answer: {text}"
        assert text not in audited.logs, f"in the log: {text}"


def _database_text(path: Path) -> str:
    """Every value of every table, as text."""
    with sqlite3.connect(path) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [row for table in tables for row in database.execute(f'SELECT * FROM "{table}"')]
    return "\n".join(
        cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell)
        for row in rows
        for cell in row
    )
