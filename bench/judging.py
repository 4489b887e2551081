"""How long it takes to judge every portal again from stored evidence: no network, one process.

    ./run bench judging [--size N] [--data FOLDER --register FILE] [--profile] [--json]

The bundled fleet is crawled once into a folder of its own (or `--data` and `--register` name evidence
that is there already), then all units are judged from it as `rasoat judge` does: evidence read back and
checked, pages read, leaves judged, results stored. Times are CPU seconds of this process, on one core.
"""

from __future__ import annotations

import argparse
import contextlib
import cProfile
import io
import itertools
import json
import pstats
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pipeline
from cli.moments import read_moment
from rubric.edition import edition_for
from rubric.period import parse_period
from rubric.register import load_register
from storage.store import Store, open_store
from tests.portals import Fleet
from tests.portals.days import AS_OF, PERIOD

TARGET_SECONDS = 60.0  # issue 4: 119 portals of about 60 pages each, on one core
TARGET_PORTALS = 119
ROOT = Path(__file__).parents[1]
SHOWN = 25


def main() -> int:
    """Measure, print, give 1 when the target is missed."""
    told = arguments()
    with evidence(told) as (data, register), open_store(data) as store:
        job = job_for(register)
        if told.profile:
            print(profile(job, store), file=sys.stderr)
        answer = measure(job, store)
    print(json.dumps(answer, indent=1) if told.json else text(answer))
    return 0 if answer["for_target_portals"] <= TARGET_SECONDS else 1


def arguments() -> argparse.Namespace:
    """What was asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, help="only this many portals of the fleet")
    parser.add_argument("--data", type=Path, help="evidence that is there already")
    parser.add_argument("--register", type=Path, help="the register it was collected with")
    parser.add_argument("--profile", action="store_true", help="name the functions that take longest")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


@contextlib.contextmanager
def evidence(told: argparse.Namespace) -> Iterator[tuple[Path, Path]]:
    """Folder and register of the evidence; the fleet is crawled into a new folder when none is named."""
    if told.data and told.register:
        yield told.data, told.register
        return
    with tempfile.TemporaryDirectory(prefix="rasoat-bench-") as folder, Fleet(size=told.size) as fleet:
        command = [sys.executable, "-m", "cli", "--data", folder, "--register", str(fleet.register_path)]
        command += ["crawl", "--period", fleet.period, "--as-of", fleet.as_of]
        subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.DEVNULL)
        yield Path(folder), fleet.register_path


def job_for(register: Path) -> pipeline.Job:
    """All units of the register, for the fleet's period."""
    loaded, period = load_register(register), parse_period(PERIOD)
    as_of = read_moment(AS_OF.isoformat())
    return pipeline.Job(loaded, loaded.units, edition_for(None, period.closes), period, as_of, pinned=True)


def measure(job: pipeline.Job, store: Store) -> dict[str, Any]:
    """Judge once; CPU seconds in all and for each unit, pages of evidence."""
    units = pipeline.scored_units(job)
    began, marks = time.process_time(), [time.process_time()]
    judged = pipeline.judge(job, store, lambda done, total: marks.append(time.process_time()))
    total = time.process_time() - began
    each = sorted(later - earlier for earlier, later in itertools.pairwise(marks))
    pages = sum(
        len(found.captures) for unit in units if (found := pipeline.unit_evidence(store, unit.id, job))
    )
    return {
        "portals": judged,
        "pages": pages,
        "pages_per_portal": round(pages / judged, 1),
        "seconds": round(total, 2),
        "median_per_portal": round(statistics.median(each), 3),
        "worst_portal": round(each[-1], 3),
        "ms_per_page": round(1000 * total / pages, 2),
        "for_target_portals": round(total / judged * TARGET_PORTALS, 1),
        "target": TARGET_SECONDS,
    }


def text(answer: dict[str, Any]) -> str:
    """The figures for people."""
    lines = [
        "{portals} portals, {pages} exchanges ({pages_per_portal} a portal): {seconds} s of CPU",
        "a portal: median {median_per_portal} s, worst {worst_portal} s; {ms_per_page} ms an exchange",
        f"{TARGET_PORTALS} such portals: {{for_target_portals}} s (target {{target}} s)",
    ]
    return "\n".join(lines).format(**answer)


def profile(job: pipeline.Job, store: Store) -> str:
    """The functions that take longest, themselves and with all they call."""
    profiler, out = cProfile.Profile(), io.StringIO()
    profiler.runcall(pipeline.judge, job, store)
    for order in ("tottime", "cumtime"):
        pstats.Stats(profiler, stream=out).strip_dirs().sort_stats(order).print_stats(SHOWN)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
