"""The main job and its parts: audit, crawl, judge, scores, show."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import typer

import nights
import pipeline
from cli import crawling, shadow, showing, tables
from cli.moments import read_moment
from cli.options import Session
from cli.output import notes, say_json
from cli.progress import crawl_progress, judge_progress
from i18n import mark
from report.answers import scores_answer
from rubric.edition import edition_for
from rubric.model import Unit
from rubric.period import default_period, parse_period
from rubric.register import load_register
from storage.store import Store, open_store

Units = typer.Argument(None, metavar="[UNIT]...", help=mark("Units by id (all when none is named)."))
OneUnit = typer.Argument(..., metavar="UNIT", help=mark("The unit's id."))
PeriodId = typer.Option(
    None, "--period", help=mark("Review period by its closing month, as 2026-05 (default: the current one).")
)
AsOf = typer.Option(None, "--as-of", help=mark("The day or moment taken as now."))
EditionId = typer.Option(None, "--edition", help=mark("Edition of the rubric (default: the one in force)."))

ShadowRun = typer.Option(
    False, "--shadow", help=mark("Only compare --edition with the one in force; nothing is stored.")
)


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command("audit", help=mark("Crawl the units, judge, store and print the table: the whole job."))(
        audit
    )
    app.command("crawl", help=mark("Collect and store evidence only."))(crawl)
    app.command("judge", help=mark("Judge stored evidence again, without network."))(judge)
    app.command("scores", help=mark("Stored scores of a period."))(scores)
    app.command("show", help=mark("One unit, leaf by leaf: level, reason, what is missing for 100."))(show)


def audit(
    ctx: typer.Context,
    units: list[str] | None = Units,
    period: str | None = PeriodId,
    as_of: str | None = AsOf,
    edition: str | None = EditionId,
    full: bool = crawling.Full,
    unfinished: bool = crawling.Unfinished,
    until: str | None = crawling.Until,
) -> int:
    """Crawl, judge, store, print. A void night judges nobody: what stood before stands."""
    session: Session = ctx.obj
    way = crawling.way_of(full, unfinished, until)
    job = make_job(session, units or (), period, as_of, edition)
    report_skipped(session, job.units)
    with opened(session) as store:
        with crawl_progress(session) as progress:
            night = nights.collect(job, store, session.settings, progress, way, ledger=False)
        job = pipeline.later(job)
        if night.void is not None:
            crawling.say_void(session, night.void)
            pipeline.judge_unseen(job, store)
            return print_scores(session, job, store, crawling.void_answer(night.void)) or 1
        with judge_progress(session) as step:
            pipeline.judge(job, store, step, night.units)
        return print_scores(session, job, store)


def crawl(
    ctx: typer.Context,
    units: list[str] | None = Units,
    period: str | None = PeriodId,
    as_of: str | None = AsOf,
    edition: str | None = EditionId,
    full: bool = crawling.Full,
    unfinished: bool = crawling.Unfinished,
    until: str | None = crawling.Until,
) -> int:
    """Collect only."""
    session: Session = ctx.obj
    way = crawling.way_of(full, unfinished, until)
    job = make_job(session, units or (), period, as_of, edition)
    report_skipped(session, job.units)
    with opened(session) as store, crawl_progress(session) as progress:
        night = nights.collect(job, store, session.settings, progress, way)
    return crawling.say_crawl(session, night)


def judge(
    ctx: typer.Context,
    units: list[str] | None = Units,
    period: str | None = PeriodId,
    as_of: str | None = AsOf,
    edition: str | None = EditionId,
    shadow_run: bool = ShadowRun,
) -> int:
    """Judge stored evidence."""
    session: Session = ctx.obj
    job = make_job(session, units or (), period, as_of, edition)
    with opened(session) as store:
        if shadow_run:
            return shadow.compare(session, job, store)
        with judge_progress(session) as step:
            pipeline.judge(job, store, step)
        return print_scores(session, job, store)


def scores(ctx: typer.Context, units: list[str] | None = Units, period: str | None = PeriodId) -> int:
    """Print stored scores."""
    session: Session = ctx.obj
    job = make_job(session, units or (), period, None, None)
    with opened(session) as store:
        return print_scores(session, job, store)


def show(ctx: typer.Context, unit: str = OneUnit, period: str | None = PeriodId) -> int:
    """Print one unit."""
    session: Session = ctx.obj
    job = make_job(session, [unit], period, None, None)
    with opened(session) as store:
        answer = answer_of(session, job, store)
    if session.json:
        say_json(answer)
    elif answer["units"]:
        showing.print_unit(session, answer, answer["units"][0])
    else:
        notes().print(
            session.words("Nothing is stored for {unit} in period {period}.", unit=unit, period=job.period.id)
        )
    return 1 if unsettled(answer, job.units) else 0


def make_job(
    session: Session,
    names: Sequence[str],
    period: str | None,
    as_of: str | None,
    edition: str | None,
) -> pipeline.Job:
    """All that was asked, checked before anything is stored or fetched."""
    register_ = load_register(session.settings.register_file)
    moment = read_moment(as_of)
    chosen = parse_period(period) if period else default_period(moment.date())
    return pipeline.Job(
        register=register_,
        units=pipeline.choose_units(register_, names),
        edition=edition_for(edition, chosen.closes),
        period=chosen,
        as_of=moment,
        pinned=as_of is not None,
    )


@contextlib.contextmanager
def opened(session: Session) -> Iterator[Store]:
    """The store of this installation, closed at the end whatever happens."""
    with open_store(session.settings.data, session.settings.db) as store:
        yield store


def report_skipped(session: Session, units: Sequence[Unit]) -> None:
    """Name the units that cannot be audited because nobody knows their address."""
    _, without = pipeline.auditable(units)
    for unit in without:
        notes().print(
            session.words(
                "Skipped {unit}: {name} has no address in the register yet.", unit=unit.id, name=unit.name
            )
        )


def print_scores(
    session: Session, job: pipeline.Job, store: Store, more: Mapping[str, Any] | None = None
) -> int:
    """Print the answer (with what ``more`` there is to say); status 1 when something is not settled."""
    answer = answer_of(session, job, store) | dict(more or {})
    if session.json:
        say_json(answer)
    else:
        tables.print_ranking(session, answer)
    return 1 if unsettled(answer, job.units) else 0


def answer_of(session: Session, job: pipeline.Job, store: Store) -> dict[str, Any]:
    """The answer about the units asked for, from what is stored."""
    asked = {unit.id for unit in job.units}
    return scores_answer(store, job.register, job.period, job.edition, session.words, asked)


def unsettled(answer: dict[str, Any], units: Sequence[Unit]) -> bool:
    """True when a unit asked for has an unresolved leaf, or no stored score although it should have."""
    if any(unit["columns"]["unresolved"] for unit in answer["units"]):
        return True
    present = {unit["unit"] for unit in answer["units"]}
    return any(unit.url and unit.scored and unit.id not in present for unit in units)
