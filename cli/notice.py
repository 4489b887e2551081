"""The monthly notice: draft, final, as published, its erratum; in files by their ending."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from pathlib import Path

import typer

from cli import judging
from cli.moments import read_day
from cli.noticing import (
    Said,
    Unresolved,
    Wanted,
    draft_said,
    erratum_said,
    final_said,
    letter_said,
    published_said,
)
from cli.options import Session
from cli.output import answers, say_json
from errors import InputError
from i18n import mark
from pipeline import Job
from report.notice.files import check_target, write_letter
from report.notice.taken import read_notice
from report.notice.wording import Signing

Output = typer.Option(
    None, "-o", "--output", help=mark("Where to write: .docx, .xlsx, .pdf, .html or .json; may be repeated.")
)
Number = typer.Option(None, "--number", help=mark("The letter's number (left open without)."))
Day = typer.Option(None, "--date", help=mark("The letter's day, as 2026-05-25 (left open without)."))
Signer = typer.Option("", "--signer", help=mark("Who signs."))
Position = typer.Option(
    None,
    "--position",
    help=mark("The signer's position; several, one a line, stand in place of the usual lines."),
)
Previous = typer.Option(
    None, "--previous-items", min=0, help=mark("Items of the month before (default: those stored).")
)
TableFile = typer.Option(None, "--table", help=mark("Take the results from this table (TSV)."))
Final = typer.Option(False, "--final", help=mark("The final notice: kept for ever with its hash."))
By = typer.Option(None, "--by", help=mark("Who publishes (default: the signer, else this account)."))
Open = typer.Option(
    None, "--unresolved", help=mark("Count unresolved leaves at the lowest or highest they can be.")
)
LeftOut = typer.Option(None, "--leave-out", help=mark("A unit that the notice does not name; repeatable."))
Published = typer.Option(False, "--published", help=mark("The notice as it was published."))
Erratum = typer.Option(False, "--erratum", help=mark("What differs now from the published notice."))


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command("notice", help=mark("The monthly notice of scores, as the official letter."))(notice)


def notice(
    ctx: typer.Context,
    period: str | None = judging.PeriodId,
    output: list[Path] | None = Output,
    edition: str | None = judging.EditionId,
    number: str | None = Number,
    day: str | None = Day,
    signer: str = Signer,
    position: list[str] | None = Position,
    previous_items: int | None = Previous,
    table: Path | None = TableFile,
    final: bool = Final,
    by: str | None = By,
    unresolved: Unresolved | None = Open,
    leave_out: list[str] | None = LeftOut,
    published: bool = Published,
    erratum: bool = Erratum,
    as_of: str | None = judging.AsOf,
) -> int:
    """Write the notice."""
    session: Session = ctx.obj
    targets = output or []
    check_request(session, targets, table, final, published, erratum)
    job = judging.make_job(session, (), period, as_of, edition)
    signing = Signing(number, read_day(day) if day else None, signer, tuple(position or ()))
    if table is not None:
        said = letter_said(read_notice(table, job.period, job.edition, previous_items), signing)
    else:
        wanted = Wanted(job, unresolved, checked_units(job, leave_out or ()), previous_items)
        author = (by or signer or getpass.getuser()).strip()
        with judging.opened(session) as store:
            if erratum:
                said = erratum_said(session, store, wanted, signing, author if final else None)
            elif published:
                said = published_said(session, store, wanted, signing)
            elif final:
                said = final_said(session, store, wanted, signing, author)
            else:
                said = draft_said(session, store, wanted, signing)
    return deliver(session, said, targets, signing, job)


def check_request(
    session: Session, targets: Sequence[Path], table: Path | None, final: bool, published: bool, erratum: bool
) -> None:
    """Raise InputError for what cannot be written or asked together."""
    for target in targets:
        check_target(target)
    if not targets and not session.json:
        raise InputError("say with -o where to write the notice")
    if table is not None and (final or published or erratum):
        raise InputError("a table taken in is not stored: leave out --final, --published and --erratum")
    if published and (final or erratum):
        raise InputError("--published shows what was published; leave out --final and --erratum")


def checked_units(job: Job, names: Sequence[str]) -> tuple[str, ...]:
    """Ids of units to leave out; raises InputError for one the register does not hold."""
    for name in names:
        if job.register.get(name) is None:
            raise InputError("there is no unit '{unit}' in the register", unit=name)
    return tuple(names)


def deliver(session: Session, said: Said, targets: Sequence[Path], signing: Signing, job: Job) -> int:
    """Write the files and say so; status 1 while something is open."""
    for target in targets:
        write_letter(target, said.letter, said.answer, signing.day or job.period.closes)
        if not session.json:
            line = session.words("{file}: {bytes} bytes", file=target, bytes=target.stat().st_size)
            answers().print(line, markup=False, soft_wrap=True)
    if session.json:
        say_json(said.answer)
    elif said.open:
        line = session.words("Unresolved: {count} units; see the notes of the draft.",
                             count=said.answer["unresolved"])  # fmt: skip
        answers().print(line, markup=False)
    return 1 if said.open else 0
