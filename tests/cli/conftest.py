"""One small fleet, audited once for the session; commands run as people run them, in processes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.portals import Fleet

ROOT = Path(__file__).parents[2]
PORTALS = 3
LATENCY = 0.02  # long enough to interrupt an audit, short enough to wait for


def rasoat(*words: object, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "cli", *map(str, words)],
        cwd=ROOT,
        env=clean_environment(),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def clean_environment() -> dict[str, str]:
    """The environment without anything that would set the program's options."""
    return {name: value for name, value in os.environ.items() if not name.startswith("RASOAT_")}


@dataclass(frozen=True)
class Audited:
    """An audit of the small fleet: where it lies, what it answered, what it said beside."""

    fleet: Fleet
    data: Path
    stdout: str
    stderr: str
    status: int

    @property
    def answer(self) -> dict[str, Any]:
        """The JSON answer."""
        found: dict[str, Any] = json.loads(self.stdout)
        return found

    @property
    def common(self) -> tuple[str, ...]:
        """The options that name register and language."""
        return ("--register", str(self.fleet.register_path), "--lang", "en")

    @property
    def when(self) -> tuple[str, ...]:
        """The options that name period and day."""
        return ("--period", self.fleet.period, "--as-of", self.fleet.as_of)


@pytest.fixture(scope="session")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Audited]:
    """The small fleet, up, and audited once."""
    data = tmp_path_factory.mktemp("audited")
    with Fleet(size=PORTALS, latency=LATENCY) as fleet:
        common = ("--register", fleet.register_path, "--lang", "en", "--data", data, "--json")
        done = rasoat("audit", *common, "--period", fleet.period, "--as-of", fleet.as_of)
        yield Audited(fleet, data, done.stdout, done.stderr, done.returncode)


@pytest.fixture
def data(audited: Audited, tmp_path: Path) -> Path:
    """A copy of the audited data folder, to do with as one likes."""
    return Path(shutil.copytree(audited.data, tmp_path / "data"))
