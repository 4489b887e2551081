"""What ran, when, how completely, what it cost, and what is gone since the run before."""

from __future__ import annotations

from collections.abc import Iterator

import typer
from rich.console import Console
from rich.table import Table

from cli import judging
from cli.crawling import void_text
from cli.options import Session
from cli.output import answers, say_json
from errors import InputError
from i18n import Words, mark
from nights import Void
from report.runs import PortalHealth, RunHealth, figures, health, health_answer, run_answer

Run = typer.Option(None, "--run", min=1, help=mark("One run by its number, in detail."))
Limit = typer.Option(20, "--limit", min=1, help=mark("How many runs to list."))

COLUMNS = (
    mark("Run"),
    mark("Begun"),
    mark("State"),
    mark("Reached"),
    mark("Complete"),
    mark("Requests"),
    mark("MB"),
    mark("Unchanged"),
    mark("Errors"),
)
STATES = {
    "running": mark("running"),
    "complete": mark("ended"),
    "interrupted": mark("interrupted"),
    "failed": mark("failed"),
    "void": mark("void"),
}
GONE = {
    "section_vanished": mark("{unit}: section {section} has vanished"),
    "count_zero": mark("{unit}: section {section} had {before} records and now has none"),
}
SLOWEST = 5
LINES = 25
MEGABYTE = 1024 * 1024


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command("runs", help=mark("What ran, when, how completely, at what cost, and what is gone since."))(
        runs
    )


def runs(ctx: typer.Context, run: int | None = Run, limit: int = Limit) -> int:
    """List the runs and tell of the newest, or of one; 1 when it is void or raises alarms."""
    session: Session = ctx.obj
    with judging.opened(session) as store:
        found = store.runs(limit, run)
        if run is not None and not found:
            raise InputError("there is no run {run}", run=run)
        listed = [figures(store, each) for each in found]
        detail = health(store, found[0]) if found else None
    if session.json:
        told = [run_answer(each) for each in listed]
        say_json({"runs": told if run is None else [], "run": health_answer(detail) if detail else None})
    else:
        print_runs(session.words, listed, detail)
    return 1 if detail is not None and (detail.run.void or detail.alarms) else 0


def print_runs(words: Words, listed: list[RunHealth], detail: RunHealth | None) -> None:
    """The table, then the newest run (or the one asked for) in words."""
    console = answers()
    if detail is None:
        console.print(words("Nothing has run yet."))
        return
    console.print(_table(words, listed))
    for line in _lines(words, detail):
        console.print(line, markup=False, soft_wrap=True)
    _slowest(words, console, detail)


def _table(words: Words, listed: list[RunHealth]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    for name in COLUMNS:
        table.add_column(words(name), no_wrap=True)
    for each in listed:
        run, requests = each.run, each.total("requests")
        table.add_row(
            str(run.id),
            f"{run.started_at:%d/%m %H:%M}",
            words(STATES["void" if run.void else run.state]),
            f"{run.reached}/{len(run.unit_ids)}",
            str(each.covered("complete")),
            str(requests),
            f"{each.total('bytes') / MEGABYTE:.1f}",
            f"{100 * each.total('not_modified') // requests if requests else 0} %",
            str(sum(each.errors.values())),
        )
    return table


def _lines(words: Words, told: RunHealth) -> Iterator[str]:
    run = told.run
    yield words(
        "Run {run}: evidence of {size} MB, {software}", run=run.id, size=_mb(run.bytes), software=run.software
    )
    if run.void:
        yield void_text(Void.parse(run.void), words)
    yield from run.losses
    if told.errors:
        causes = ", ".join(f"{cause} {count}" for cause, count in told.errors.items())
        yield words("Errors by cause: {causes}", causes=causes)
    yield from _short(words, [line for each in told.portals for line in _unread(words, each)])
    yield from _short(
        words,
        [
            words("Alarm") + ": " + words(GONE[a.kind], unit=a.unit_id, section=a.section, before=a.before)
            for a in told.alarms
        ],
    )
    for each in told.suspicions:
        yield words(
            "{count} portals of {cms} at once: our reader is suspected, hold the scores of {units}",
            count=len(each.units),
            cms=each.cms,
            units=", ".join(each.units),
        )


def _unread(words: Words, each: PortalHealth) -> list[str]:
    unit = each.portal.unit_id
    if not each.portal.reached:
        causes = ", ".join(each.portal.stats.get("errors", {})) or "–"
        return [words("{unit}: not reached ({causes})", unit=unit, causes=causes)]
    return [
        words(
            "{unit}: section {section} not read to the end ({reason})",
            unit=unit,
            section=section,
            reason=reason or state,
        )
        for section, state, reason in each.unread
        if section != "other"
    ]


def _short(words: Words, lines: list[str]) -> Iterator[str]:
    yield from lines[:LINES]
    if len(lines) > LINES:
        yield words("… and {count} more (--json names all)", count=len(lines) - LINES)


def _slowest(words: Words, console: Console, told: RunHealth) -> None:
    table = Table(
        title=words("The slowest portals"), title_justify="left", box=None, pad_edge=False, padding=(0, 1)
    )
    for name in (
        mark("Unit"),
        mark("Seconds"),
        mark("Pages of budget"),
        mark("MB of budget"),
        mark("Coverage"),
    ):
        table.add_column(words(name), no_wrap=True)
    for each in told.slowest(SLOWEST):
        budget = each.portal.stats.get("budget") or {"pages": 0, "bytes": 0}
        table.add_row(
            each.portal.unit_id,
            f"{each.seconds:.1f}",
            f"{each.figure('pages')}/{budget['pages']}",
            f"{_mb(each.figure('bytes'))}/{budget['bytes'] // MEGABYTE}",
            str(each.portal.stats.get("coverage", "–")),
        )
    console.print(table)


def _mb(size: int) -> str:
    return f"{size / MEGABYTE:.1f}"
