"""Units' assessment of themselves: the template, taking sheets in, how they differ from the review."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import typer
from rich.markup import escape
from rich.table import Table

from cli import judging
from cli.options import Session
from cli.output import answers, say_json
from errors import InputError, StoreError
from i18n import mark
from pipeline import Job
from report.selfscore import form
from report.selfscore.differences import difference_answer, differences
from report.selfscore.intake import Intake, read_sheet
from report.selfscore.template import template_bytes
from report.standing import standings
from rubric.names import name_on
from rubric.register import units_on
from storage.people import WHOLE
from storage.store import Store

TEMPLATE = "template"
DIFFERENCES = "differences"
SHOWN_FAULTS = 200

What = typer.Argument(
    ...,
    metavar="FILE|template|differences",
    help=mark("A filled-in sheet; or template to make empty ones, or differences to compare."),
)
Output = typer.Option(
    None, "-o", "--output", help=mark("Where templates go: a folder, or an .xlsx file for a single group.")
)


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command("selfscore", help=mark("Units' own scores: template, intake, differences."))(selfscore)


def selfscore(
    ctx: typer.Context,
    what: str = What,
    period: str | None = judging.PeriodId,
    edition: str | None = judging.EditionId,
    output: Path | None = Output,
    as_of: str | None = judging.AsOf,
) -> int:
    """Make templates, take a sheet in, or show differences."""
    session: Session = ctx.obj
    job = judging.make_job(session, (), period, as_of, edition)
    if what == TEMPLATE:
        return write_templates(session, job, output)
    if what == DIFFERENCES:
        with judging.opened(session) as store:
            tell(session, job, store, [])
        return 0
    return take_in(session, job, Path(what))


def write_templates(session: Session, job: Job, output: Path | None) -> int:
    """Write one workbook for each group of units."""
    units = [unit for unit in units_on(job.register, job.period.closes) if unit.scored]
    kinds = [kind for kind in job.edition.groups if any(unit.kind == kind for unit in units)]
    if output is None:
        raise InputError("say with -o where the templates go")
    single = output.suffix.lower() == ".xlsx"
    if single and len(kinds) > 1:
        raise InputError("the register holds several groups; give a folder with -o")
    folder = output.parent if single else output
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for kind in kinds:
            name = form.words()["files"].get(kind, kind)
            path = output if single else folder / f"tu-danh-gia-{job.period.id}-{name}.xlsx"
            members = [unit for unit in units if unit.kind == kind]
            path.write_bytes(template_bytes(job.edition, job.edition.groups[kind], job.period, members))
            written.append(str(path))
    except OSError as error:
        raise StoreError("{path} cannot be written: {why}.", path=output, why=error.strerror) from error
    if session.json:
        say_json({"period": job.period.id, "files": written})
    else:
        for line in written:
            answers().print(line, markup=False, soft_wrap=True)
    return 0


def take_in(session: Session, job: Job, file: Path) -> int:
    """Store what a sheet says, or nothing when one cell of it is wrong."""
    found = read_sheet(file, job.register, job.period, job.edition)
    refuse_faults(session, file, found)
    if not found.points:
        raise InputError("{file}: no unit has filled in its line", file=file)
    with judging.opened(session) as store:
        for unit_id, points in found.points.items():
            whole = sum(points.values(), job.edition.groups[kind_of(job, unit_id)].base)
            store.save_self_scores(job.period.id, unit_id, {**points, WHOLE: Decimal(whole)}, file.name)
        tell(session, job, store, sorted(found.points))
    return 0


def kind_of(job: Job, unit_id: str) -> str:
    """A unit's kind; the unit was found in the register before."""
    return next(unit.kind for unit in job.register.units if unit.id == unit_id)


def refuse_faults(session: Session, file: Path, found: Intake) -> None:
    """Raise InputError when the sheet has faults: one line that names each by its cell."""
    if not found.faults:
        return
    said = [
        f"{fault.cell}: {session.words(fault.message, **fault.values)}"
        for fault in found.faults[:SHOWN_FAULTS]
    ]
    more = len(found.faults) - len(said)
    raise InputError(
        "{file}: {count} faults, nothing is stored: {faults}",
        file=file,
        count=len(found.faults),
        faults="; ".join(said) + (" …" if more else ""),
    )


def tell(session: Session, job: Job, store: Store, taken: list[str]) -> None:
    """Say what was taken in and how own scores differ from the review."""
    units = {unit.id: unit for unit in job.register.units if unit.kind in job.edition.groups}
    kinds = {unit.id: unit.kind for unit in units.values()}
    own = store.self_scores(job.period.id)
    reviewed = standings(store, job.period.id, job.edition, kinds, tuple(units))
    told = [
        difference_answer(each, name_on(units[each.unit], job.period.closes))
        for each in differences(own, reviewed)
    ]
    if session.json:
        say_json({"period": job.period.id, "taken": taken, "differences": told})
        return
    if taken:
        line = session.words(
            "Taken in for period {period}: {count} units.", period=job.period.id, count=len(taken)
        )
        answers().print(line, markup=False)
    answers().print(table(session, told) if told else session.words("There is nothing to compare yet."))


def table(session: Session, told: list[dict[str, Any]]) -> Table:
    """The differences, the largest first."""
    words = session.words
    found = Table(box=None, pad_edge=False, padding=(0, 1))
    found.add_column(words("Unit"), ratio=1, overflow="fold")
    for name in (words("Own"), words("Reviewed"), words("Difference")):
        found.add_column(name, justify="right", no_wrap=True)
    found.add_column(words("Leaves"), ratio=1, overflow="fold")
    for each in told:
        span = str(each["low"]) if each["low"] == each["high"] else f"{each['low']}–{each['high']}"
        leaves = ", ".join(leaf["leaf"] for leaf in each["leaves"])
        found.add_row(escape(each["name"]), str(each["self_score"]), span, f"{each['difference']:+}", leaves)
    return found
