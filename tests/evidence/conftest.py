"""A small fleet audited once, and the evidence file of one of its units."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.portals import Fleet

ROOT = Path(__file__).parents[2]
UNIT = "kep"


@dataclass(frozen=True)
class Audited:
    """What one audit of the fleet left: its data folder, register, and what was planted on its pages."""

    data: Path
    register: Path
    period: str
    as_of: str
    planted: list[str]

    def run(self, *arguments: str, data: Path | None = None) -> subprocess.CompletedProcess[str]:
        """One command of the program, in a process of its own, against this data folder."""
        command = [sys.executable, "-m", "cli", "--lang", "en", "--register", str(self.register)]
        command += ["--data", str(data or self.data), *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    def export(self, unit: str, target: Path, data: Path | None = None) -> Path:
        """The evidence file of one unit."""
        done = self.run("evidence", unit, "--period", self.period, "-o", str(target), data=data)
        assert done.returncode == 0, done.stderr
        return target

    def answer(self, *arguments: str) -> Any:
        """The machine answer of one command."""
        return json.loads(self.run("--json", *arguments).stdout)


@pytest.fixture(scope="session")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Audited]:
    """A fleet of eight, audited."""
    folder = tmp_path_factory.mktemp("evidence")
    with Fleet(size=8) as fleet:
        register = folder / "register.yml"
        register.write_bytes(fleet.register_path.read_bytes())
        found = Audited(folder / "data", register, fleet.period, fleet.as_of, fleet.planted())
        done = found.run("audit", "--period", fleet.period, "--as-of", fleet.as_of)
        assert done.returncode in (0, 1), done.stderr[-2_000:]
    yield found


@pytest.fixture(scope="session")
def wacz(audited: Audited, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The evidence file of one unit, with a person's decision among what is in it."""
    leaf = audited.answer("show", UNIT, "--period", audited.period)["units"][0]["leaves"][0]
    worst = audited.answer("rubric")["groups"]["commune"]["leaves"][0]["levels"][-1]["level"]
    given = ("--by", "Người rà soát", "--reason", "Đã kiểm tra tại trụ sở.", "--as-of", audited.as_of)
    done = audited.run("decide", UNIT, leaf["id"], worst, "--period", audited.period, *given)
    assert done.returncode == 0, done.stderr
    return audited.export(UNIT, tmp_path_factory.mktemp("wacz") / "unit.wacz")
