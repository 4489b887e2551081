"""The main job as a process: what it prints, that it can be repeated, replayed and interrupted."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.cli.conftest import ROOT, Audited, clean_environment, rasoat

INTERRUPTED = 130
ENOUGH_CAPTURES = 12

NO_SOCKETS = """
import socket, sys

def refuse(*_args, **_values):
    raise AssertionError("judging asked for the network")

socket.socket.connect = socket.socket.connect_ex = socket.socket.bind = refuse
socket.getaddrinfo = socket.create_connection = refuse

from cli.app import main

sys.exit(main(sys.argv[1:]))
"""


def scores(answer: dict[str, Any]) -> dict[str, Any]:
    """What must not depend on when and how often pages were fetched."""
    return {
        unit["unit"]: (
            unit["points"],
            unit["items"],
            [(leaf["id"], leaf["level"]) for leaf in unit["leaves"]],
        )
        for unit in answer["units"]
    }


def test_json_alone_stands_on_standard_output(audited: Audited) -> None:
    unresolved = any(unit["columns"]["unresolved"] for unit in audited.answer["units"])
    assert audited.status == (1 if unresolved else 0), audited.stderr
    assert {unit["unit"] for unit in audited.answer["units"]} == {
        unit for unit, truth in audited.fleet.truth().items() if truth["leaves"]
    }
    assert "Traceback" not in audited.stderr


def test_judging_without_network_gives_the_same_bytes(audited: Audited, data: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", NO_SOCKETS, "judge", *audited.common, *audited.when, "--json", "--data", data],
        cwd=ROOT,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == audited.status
    assert done.stdout == audited.stdout


def test_options_stand_before_or_after_the_command(audited: Audited) -> None:
    shared = ("--data", str(audited.data), *audited.common, "--json")
    period = ("--period", audited.fleet.period)
    before = rasoat(*shared, "scores", *period)
    after = rasoat("scores", *period, *shared)
    split = rasoat(f"--data={audited.data}", "scores", "--json", *period, *audited.common)
    assert before.stdout == after.stdout == split.stdout == audited.stdout
    assert before.returncode == after.returncode == split.returncode == audited.status


def test_a_second_audit_gives_the_same_scores(audited: Audited, data: Path) -> None:
    done = rasoat("audit", *audited.common, *audited.when, "--json", "--data", data)
    assert scores(json.loads(done.stdout)) == scores(audited.answer)
    with sqlite3.connect(data / "rasoat.sqlite3") as database:
        twice = "SELECT result_id, key FROM items GROUP BY result_id, key HAVING count(*) > 1"
        assert database.execute(twice).fetchall() == []
        standing = "SELECT count(*) FROM results WHERE superseded_at IS NULL"
        assert database.execute(standing).fetchone() == (len(audited.answer["units"]),)


def test_an_interrupted_audit_keeps_what_it_has_and_goes_on(audited: Audited, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "cli", "audit", *audited.common, *audited.when, "--data", str(tmp_path)]
    running = subprocess.Popen(
        command,
        cwd=ROOT,
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    _wait_for_captures(tmp_path / "rasoat.sqlite3", running)
    os.kill(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == INTERRUPTED, said
    assert said.strip().splitlines()[-1] == "rasoat: Interrupted. Everything collected so far is kept."
    assert "Traceback" not in said
    kept = _captures(tmp_path / "rasoat.sqlite3")
    assert kept >= ENOUGH_CAPTURES
    done = rasoat("audit", *audited.common, *audited.when, "--json", "--data", tmp_path)
    assert done.returncode == audited.status, done.stderr
    assert scores(json.loads(done.stdout)) == scores(audited.answer)
    assert _captures(tmp_path / "rasoat.sqlite3") >= kept


def _wait_for_captures(path: Path, running: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and running.poll() is None:
        if path.exists() and _captures(path) >= ENOUGH_CAPTURES:
            return
        time.sleep(0.05)
    running.kill()
    raise AssertionError(f"the audit never got under way: {running.communicate()}")


def _captures(path: Path) -> int:
    """Captures in a database that must be sound."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE name = 'captures'").fetchall()
        if not tables:
            return 0
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (count,) = database.execute("SELECT count(*) FROM captures").fetchone()
    return int(count)
