"""What our crawl costs beside the bare download and beside the usual way to read pages.

    ./run bench crawl [--size N] [--rounds N] [--json]

The bundled fleet, with pages of 60 KB and 20 ms before each answer, is crawled by ours: reading,
evidence, database (c); the pages that this brought (whole answers to GET) are then downloaded by a bare
Scrapy spider that does nothing (a), and by Scrapy with BeautifulSoup and dateparser on each page (b);
last, ours crawls the unchanged fleet a second night (d). Each is a process of its own; CPU and peak memory
are those that the system reports for it. (a) and (b) get all addresses at once; ours has to find them.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rubric.register import load_register
from storage.store import open_store
from tests.portals import Fleet

ROOT = Path(__file__).parents[1]
PAGE_BYTES = 60_000
LATENCY = 0.02
SIZE = 20
TARGETS = {"ours_to_bare": 0.4, "ours_to_usual": 4.0, "peak_mb": 400.0}


@dataclass(frozen=True, slots=True)
class Cost:
    """One process: pages it took in, seconds it ran, CPU seconds, peak memory in megabytes."""

    pages: int
    seconds: float
    cpu: float
    peak_mb: float

    @property
    def rate(self) -> float:
        """Pages a second."""
        return self.pages / self.seconds

    @property
    def cpu_ms(self) -> float:
        """CPU milliseconds a page."""
        return 1000 * self.cpu / self.pages

    def told(self) -> dict[str, float]:
        """For machines."""
        return {
            **{name: round(value, 2) for name, value in asdict(self).items()},
            "pages_per_second": round(self.rate, 1),
            "cpu_ms_per_page": round(self.cpu_ms, 2),
        }


def main() -> int:
    """Measure, print, give 1 when a target is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=SIZE, help="portals (119: as many as there are units)")
    parser.add_argument("--rounds", type=int, default=1, help="the best of so many for (a) and (b)")
    parser.add_argument("--json", action="store_true")
    told = parser.parse_args()
    answer = measure(told.size, told.rounds)
    print(json.dumps(answer, indent=1) if told.json else text(answer))
    return 0 if all(answer["met"].values()) else 1


def measure(size: int, rounds: int) -> dict[str, Any]:
    """All of them, one after the other, on the same fleet."""
    with (
        tempfile.TemporaryDirectory(prefix="rasoat-bench-") as folder,
        Fleet(size=size, latency=LATENCY, page_bytes=PAGE_BYTES) as fleet,
    ):
        data, listed = Path(folder) / "data", Path(folder) / "urls.txt"
        first = fleet.hits().sent
        ours = crawled(fleet, data)
        night = fleet.hits().sent - first
        listed.write_text("\n".join(addresses(fleet, data)))
        bare = best(["bare", str(listed)], rounds)
        usual = best(["usual", str(listed)], rounds)
        before = fleet.hits().sent
        again = crawled(fleet, data)
        second = fleet.hits().sent - before
    found = {
        "ours_to_bare": ours.rate / bare.rate,
        "ours_to_usual": ours.rate / usual.rate,
        "peak_mb": ours.peak_mb,
    }
    return {
        "portals": size,
        "load": os.getloadavg()[0],
        "costs": {name: cost.told() for name, cost in zip("abcd", (bare, usual, ours, again), strict=True)},
        "cpu_ours_to_bare": round(ours.cpu_ms / bare.cpu_ms, 2),
        "cpu_usual_to_ours": round(usual.cpu_ms / ours.cpu_ms, 2),
        "second_night_bytes": round(second / night, 3),
        **{name: round(value, 2) for name, value in found.items()},
        "met": {
            name: found[name] <= bound if name == "peak_mb" else found[name] >= bound
            for name, bound in TARGETS.items()
        },
    }


def crawled(fleet: Fleet, data: Path) -> Cost:
    """One night of ours: `rasoat crawl` over the whole register."""
    words = ["-m", "cli", "crawl", "--json", "--data", str(data), "--register", str(fleet.register_path)]
    _, seconds, cpu, peak = timed([*words, "--period", fleet.period, "--as-of", fleet.as_of])
    with open_store(data) as store:
        (run,) = store.runs(1)
    return Cost(run.captures, seconds, cpu, peak)


def addresses(fleet: Fleet, data: Path) -> list[str]:
    """What ours brought home: whole answers to GET."""
    with open_store(data) as store:
        units = [unit.id for unit in load_register(fleet.register_path).units]
        kept = [found for unit in units if (found := store.evidence(unit)) is not None]
        return [
            capture.url
            for each in kept
            for capture in each.captures
            if capture.method == "GET" and capture.status == 200 and not capture.truncated
        ]


def best(words: Sequence[str], rounds: int) -> Cost:
    """The fastest of some runs of one of the spiders."""
    runs = []
    for _ in range(rounds):
        said, seconds, cpu, peak = timed(["-m", "bench.spiders", *words])
        runs.append(Cost(json.loads(said)["pages"], seconds, cpu, peak))
    assert len({run.pages for run in runs}) == 1, [run.pages for run in runs]
    return min(runs, key=lambda run: run.seconds)


def timed(words: Sequence[str]) -> tuple[str, float, float, float]:
    """Output, seconds, CPU seconds and peak memory (MB) of one process."""
    began = time.monotonic()
    with tempfile.TemporaryFile("w+") as out:
        running = subprocess.Popen([sys.executable, *words], cwd=ROOT, stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(running.pid, 0)
        seconds = time.monotonic() - began
        running.returncode = os.waitstatus_to_exitcode(status)
        assert running.returncode in (0, 1), running.args
        out.seek(0)
        return out.read(), seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def text(answer: dict[str, Any]) -> str:
    """The figures for people."""
    names = {
        "a": "bare Scrapy",
        "b": "Scrapy + BeautifulSoup + dateparser",
        "c": "ours: reading, evidence, database",
        "d": "ours, the second night",
    }
    lines = [f"{answer['portals']} portals, pages of {PAGE_BYTES} bytes, {LATENCY * 1000:.0f} ms latency"]
    lines.append(f"{'':38}{'pages':>7}{'pages/s':>9}{'CPU ms/page':>13}{'peak MB':>9}")
    for key, cost in answer["costs"].items():
        lines.append(
            f"({key}) {names[key]:34}{cost['pages']:7.0f}{cost['pages_per_second']:9.1f}"
            f"{cost['cpu_ms_per_page']:13.2f}{cost['peak_mb']:9.0f}"
        )
    lines += [
        f"c/a in pages/s: {answer['ours_to_bare']} (target {TARGETS['ours_to_bare']}), "
        f"CPU of ours to bare: {answer['cpu_ours_to_bare']}",
        f"c/b in pages/s: {answer['ours_to_usual']} (target {TARGETS['ours_to_usual']}), "
        f"CPU of the usual to ours: {answer['cpu_usual_to_ours']}",
        f"peak of ours: {answer['peak_mb']} MB (target {TARGETS['peak_mb']})",
        f"bytes of the second night to the first: {answer['second_night_bytes']}",
        f"load of this machine meanwhile: {answer['load']:.1f}",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
