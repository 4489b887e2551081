"""Commands that look things up and store nothing: read, rubric, calendar."""

from __future__ import annotations

from datetime import date

import typer

import pages
from cli import tables
from cli.moments import read_day, read_moment
from cli.options import Session
from cli.output import say_json
from cli.readings import print_reading
from cli.source import load_source
from errors import InputError
from i18n import mark
from pages.dates import read_date
from report.reading import reading_answer
from rubric.calendar import calendar_answer
from rubric.edition import edition_for, rubric_answer

Source = typer.Argument(None, help=mark("A saved page or an address."))
Url = typer.Option(None, "--url", help=mark("The address the saved page came from."))
AsOf = typer.Option(None, "--as-of", help=mark("The day or moment taken as now."))
DateText = typer.Option(None, "--date", help=mark("A date string to read instead of a page."))
EditionId = typer.Option(None, "--edition", help=mark("Edition of the rubric (default: the one in force)."))
First = typer.Option(..., "--from", help=mark("First day, included."))
Last = typer.Option(..., "--to", help=mark("Last day, included."))


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command("read", help=mark("Show what the readers see on one page."))(read)
    app.command("rubric", help=mark("Show the edition: leaves, levels, points, sources."))(rubric)
    app.command("calendar", help=mark("Count working days between two days, with days off."))(calendar)


def read(
    ctx: typer.Context,
    source: str | None = Source,
    url: str | None = Url,
    as_of: str | None = AsOf,
    text: str | None = DateText,
) -> int:
    """Read one page, or one date string."""
    session: Session = ctx.obj
    now = read_moment(as_of)
    if text is not None:
        return _read_date(session, text, now)
    if source is None:
        raise InputError("give a saved page, an address, or --date TEXT")
    loaded = load_source(source, url, now, session.settings.user_agent)
    reading = loaded.relative(pages.read(loaded.capture))
    if session.json:
        say_json(reading_answer(reading))
    else:
        print_reading(session, reading)
    return 1 if reading.wall is not None and reading.wall.unseen else 0


def _read_date(session: Session, text: str, now: object) -> int:
    stated = read_date(text, now)  # type: ignore[arg-type]
    answer: dict[str, str | None] = {
        "date": stated.date.isoformat() if stated else None,
        "time": stated.time.strftime("%H:%M") if stated and stated.time else None,
        "how": stated.how if stated else None,
        "quote": stated.quote if stated else None,
    }
    if session.json:
        say_json(answer)
    else:
        tables.print_pairs({key: value or "–" for key, value in answer.items()})
    return 0


def rubric(ctx: typer.Context, edition: str | None = EditionId) -> int:
    """Print the edition."""
    session: Session = ctx.obj
    answer = rubric_answer(edition_for(edition, date.today()))  # noqa: DTZ011 - which plan is in force today
    if session.json:
        say_json(answer)
    else:
        tables.print_rubric(session, answer)
    return 0


def calendar(ctx: typer.Context, first: str = First, last: str = Last) -> int:
    """Print working days."""
    session: Session = ctx.obj
    answer = calendar_answer(read_day(first), read_day(last))
    if session.json:
        say_json(answer)
    else:
        tables.print_calendar(session, answer)
    return 0
