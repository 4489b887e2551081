"""Commands that run by themselves for a while: the demonstration and the nightly scheduler."""

from __future__ import annotations

import contextlib
import dataclasses
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer

import nights
import pipeline
import scheduler
from cli import judging, tables
from cli.options import Session
from cli.output import answers, notes, say_json
from cli.progress import crawl_progress, judge_progress
from errors import InputError
from i18n import mark

Size = typer.Option(None, "--size", min=3, help=mark("Only this many portals (default: all 119)."))
Once = typer.Option(False, "--once", help=mark("Run tonight's work now, once, and end."))


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command("demo", help=mark("Audit the bundled portals and compare with what is true of them."))(demo)
    app.command("schedule", help=mark("Run every night by itself, in the foreground."))(schedule)


def demo(ctx: typer.Context, size: int | None = Size) -> int:
    """Start the bundled fleet, audit it, compare every leaf with the fleet's own truth."""
    session: Session = ctx.obj
    # The portals live with the tests of the checkout that this program runs from.
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    try:
        from tests.portals import Fleet
    except ModuleNotFoundError as error:
        raise InputError(
            "the bundled portals are not installed here; run this in a checkout: ./run demo"
        ) from error
    with demo_folder(session) as data, Fleet(size=size) as fleet:
        settings = session.settings.model_copy(
            update={"data": data, "db": None, "register_file": fleet.register_path}
        )
        here = dataclasses.replace(session, settings=settings)
        notes().print(session.words("{count} portals are up on this machine.", count=len(fleet.truth())))
        answer = audited(here, fleet.period, fleet.as_of)
        if session.json:
            say_json(answer)
        else:
            tables.print_ranking(session, answer)
        return compare(session, answer, fleet.truth())


@contextlib.contextmanager
def demo_folder(session: Session) -> Iterator[Path]:
    """A folder of its own: a demonstration must never touch an installation's evidence."""
    with tempfile.TemporaryDirectory(prefix="rasoat-demo-") as folder:
        yield Path(folder)


def audited(session: Session, period: str, as_of: str) -> dict[str, Any]:
    """The whole main job on the demonstration's register."""
    job = judging.make_job(session, (), period, as_of, None)
    with judging.opened(session) as store:
        with crawl_progress(session) as progress:
            night = nights.collect(job, store, session.settings, progress, ledger=False)
        job = pipeline.later(job)
        with judge_progress(session) as step:
            pipeline.judge(job, store, step, night.units)
        return judging.answer_of(session, job, store)


def compare(session: Session, answer: Mapping[str, Any], truth: Mapping[str, Any]) -> int:
    """Compare each leaf with the truth; 0 when all are equal, 1 with the differences listed."""
    words, console = session.words, notes() if session.json else answers()
    found = {unit["unit"]: {leaf["id"]: leaf["level"] for leaf in unit["leaves"]} for unit in answer["units"]}
    checked = wrong = 0
    for unit_id, true in truth.items():
        for leaf, level in true["leaves"].items():
            checked += 1
            seen = found.get(unit_id, {}).get(leaf, "–")
            if seen != level:
                wrong += 1
                console.print(
                    words(
                        "{unit} {leaf}: found {seen}, true {level}",
                        unit=unit_id,
                        leaf=leaf,
                        seen=seen,
                        level=level,
                    ),
                    markup=False,
                )
    console.print(
        words("{right} of {checked} leaves equal the truth.", right=checked - wrong, checked=checked)
    )
    return 0 if checked and not wrong else 1


def schedule(ctx: typer.Context, once: bool = Once) -> int:
    """Run the scheduler until it is told to stop."""
    session: Session = ctx.obj
    return scheduler.tonight(session.settings) if once else scheduler.serve(session.settings)
