"""Known changes that a leaf must show within its deadline."""

from __future__ import annotations

from typing import Any

import typer

from cli import judging
from cli.deciding import LeafId, chosen_leaf, signed
from cli.moments import read_day
from cli.options import Session
from cli.output import answers, say_json
from cli.showing import change_line
from errors import InputError
from i18n import mark
from pipeline import Job
from report.disputes import change_answer
from rubric.calendar import load_calendar
from rubric.model import Leaf
from storage.store import Store

Day = typer.Option(..., "--date", help=mark("The day of the change, as 2026-05-04."))
Source = typer.Option(..., "--source", help=mark("Where the change is known from."))
By = typer.Option(..., "--by", help=mark("Who records it."))
Days = typer.Option(
    None, "--days", min=1, help=mark("Working days to show it (default: those the rubric names).")
)
SomeUnit = typer.Argument(None, metavar="UNIT", help=mark("Only this unit."))


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    group = typer.Typer(help=mark("Known changes that a leaf must show in time."), no_args_is_help=True)
    group.command("add", help=mark("Record a known change."))(add)
    group.command("list", help=mark("Known changes and what became of them."))(show)
    app.add_typer(group, name="change")


def add(
    ctx: typer.Context,
    unit: str = judging.OneUnit,
    leaf: str = LeafId,
    date: str = Day,
    source: str = Source,
    by: str = By,
    days: int | None = Days,
    edition: str | None = judging.EditionId,
    as_of: str | None = judging.AsOf,
) -> int:
    """Record a change; the next judging looks at it."""
    session: Session = ctx.obj
    day = read_day(date)
    job = judging.make_job(session, [unit], None, as_of, edition)
    within = deadline(chosen_leaf(job, leaf), days)
    author, known_from = signed(by, source)
    due = load_calendar().add_working_days(day, within)
    with judging.opened(session) as store:
        event = store.add_change(
            unit_id=unit,
            edition=job.edition.id,
            leaf=leaf,
            day=day,
            days=within,
            source=known_from,
            by=author,
            at=job.as_of,
        )
    if session.json:
        say_json(change_answer(event, None) | {"due": due.isoformat()})
    else:
        said = session.words(
            "Change {id}: {unit} {leaf} must show the change of {day} by {due}.",
            id=event.id,
            unit=unit,
            leaf=leaf,
            day=day,
            due=due,
        )
        answers().print(said, markup=False)
    return 0


def deadline(leaf: Leaf, days: int | None) -> int:
    """Working days within which the leaf must show a change.

    Raises:
        InputError: neither the rubric nor the person names any.
    """
    found = days or leaf.update_days
    if found is None:
        raise InputError("the rubric names no deadline for leaf {leaf}; give one with --days", leaf=leaf.id)
    return found


def show(
    ctx: typer.Context,
    unit: str | None = SomeUnit,
    period: str | None = judging.PeriodId,
    edition: str | None = judging.EditionId,
) -> int:
    """List known changes with their state in the period's results."""
    session: Session = ctx.obj
    job = judging.make_job(session, [unit] if unit else (), period, None, edition)
    with judging.opened(session) as store:
        found = listed(store, job, unit)
    if session.json:
        say_json({"period": job.period.id, "edition": job.edition.id, "changes": found})
    else:
        if not found:
            answers().print(session.words("No change is recorded."))
        for change in found:
            answers().print(change_line(session.words, change), markup=False)
    return 0


def listed(store: Store, job: Job, unit: str | None) -> list[dict[str, Any]]:
    """The changes recorded (for one unit) with what the period's results say of them."""
    results = store.load_results(job.period.id, edition=job.edition.id)
    states = {each.change_id: each for result in results for each in result.result.changes}
    events = store.changes(unit, edition=job.edition.id)
    return [change_answer(event, states.get(event.id)) for event in events]
