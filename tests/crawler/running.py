"""Starts crawls in processes of their own (a reactor runs once) and reads what they left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass
class Crawled:
    """What a crawl left behind."""

    lines: list[dict[str, Any]]
    done: dict[str, Any]
    code: int
    errors: str

    def trail(self, section: str, unit: str = "u") -> dict[str, Any]:
        """The one trail of a section."""
        (found,) = [t for t in self.done[unit]["trails"] if t["section"] == section]
        return found  # type: ignore[no-any-return]

    def of(self, path: str) -> list[dict[str, Any]]:
        """Captures of one path."""
        return [
            line
            for line in self.lines
            if line["url"].partition("/")[2].partition("/")[2].partition("/")[2] == path.lstrip("/")
        ]


def start(
    folder: Path, served: dict[str, str], environment: dict[str, str] | None = None, **limits: Any
) -> subprocess.Popen[str]:
    """Begin a crawl."""
    spec = folder / "spec.json"
    spec.write_text(json.dumps({"portals": served, "out": str(folder / "out.jsonl"), "limits": limits}))
    return subprocess.Popen(
        [sys.executable, "-m", "tests.crawler.drive", str(spec)],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(folder: Path, process: subprocess.Popen[str], timeout: float = 60) -> Crawled:
    """Wait for it; what it left."""
    try:
        _, errors = process.communicate(timeout=timeout)
    finally:
        process.kill()
    out, done = folder / "out.jsonl", folder / "out.done"
    lines = [json.loads(line) for line in out.read_text().splitlines()] if out.exists() else []
    return Crawled(lines, json.loads(done.read_text()) if done.exists() else {}, process.returncode, errors)


def run(
    folder: Path, served: dict[str, str], environment: dict[str, str] | None = None, **limits: Any
) -> Crawled:
    """A whole crawl."""
    return finish(folder, start(folder, served, environment, **limits))
