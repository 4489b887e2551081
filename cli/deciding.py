"""What people say about scores: decisions on leaves."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

import typer

from audit.model import Finding
from cli import judging
from cli.options import Session
from cli.output import answers, say_json
from errors import InputError, StoreError
from i18n import mark
from pipeline import Job
from rubric.model import Leaf
from storage.store import Store

LeafId = typer.Argument(..., metavar="LEAF", help=mark("The leaf's id, as rubric shows it."))
LevelId = typer.Argument(None, metavar="LEVEL", help=mark("The level's id, as rubric --json shows it."))
By = typer.Option(..., "--by", help=mark("Who decides."))
Why = typer.Option(..., "--reason", help=mark("Why, in words that stand up in a dispute."))
Files = typer.Option(None, "--file", help=mark("A file that shows it; may be given several times."))
Withdraw = typer.Option(
    False, "--withdraw", help=mark("Take back what was decided; the machine's finding counts again.")
)

# Attachments lie in the data folder under their digest, so that the same file is kept once.
FOLDER = "attachments"
LARGEST = 50 * 1024 * 1024

# Who decided when nobody did, in the answers: no person may go by that name.
MACHINE = "machine"


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command("decide", help=mark("A person's decision on one leaf, kept beside the finding."))(decide)


def decide(
    ctx: typer.Context,
    unit: str = judging.OneUnit,
    leaf: str = LeafId,
    level: str | None = LevelId,
    period: str | None = judging.PeriodId,
    edition: str | None = judging.EditionId,
    by: str = By,
    reason: str = Why,
    files: list[Path] | None = Files,
    withdraw: bool = Withdraw,
    as_of: str | None = judging.AsOf,
) -> int:
    """Append a decision; the machine's finding stays and is shown beside it."""
    session: Session = ctx.obj
    job = judging.make_job(session, [unit], period, as_of, edition)
    chosen = chosen_leaf(job, leaf)
    if withdraw == (level is not None):
        raise InputError("name either a level or --withdraw")
    if level is not None:
        check_level(chosen, level)
    author, why = signed(by, reason)
    with judging.opened(session) as store:
        if withdraw:
            check_decided(store, job, leaf)
        store.add_decision(
            unit_id=unit,
            period=job.period.id,
            edition=job.edition.id,
            leaf=leaf,
            level=level,
            by=author,
            reason=why,
            files=keep_files(session.settings.data, files or ()),
            finding=stored_finding(store, job, leaf),
            at=job.as_of,
        )
        answer = judging.answer_of(session, job, store)
    if session.json:
        say_json(answer)
    else:
        answers().print(said(session, unit, chosen, level, author), markup=False)
    return 0


def said(session: Session, unit: str, leaf: Leaf, level: str | None, by: str) -> str:
    """What was just decided, in one line."""
    found = leaf.level(level) if level is not None else None
    if found is None:
        return session.words("{unit} {leaf}: decision withdrawn by {by}.", unit=unit, leaf=leaf.id, by=by)
    return session.words(
        "{unit} {leaf}: {label}, decided by {by}.", unit=unit, leaf=leaf.id, label=found.label, by=by
    )


def chosen_leaf(job: Job, leaf: str) -> Leaf:
    """The leaf meant, of the job's one unit.

    Raises:
        InputError: no such leaf for this unit; names the choices.
    """
    unit = job.units[0]
    group = job.edition.groups.get(unit.kind)
    found = group.leaf(leaf) if group else None
    if found is None:
        known = ", ".join(each.id for each in group.leaves) if group else "-"
        raise InputError(
            "{unit} has no leaf {leaf}; choose one of {known}", unit=unit.id, leaf=leaf, known=known
        )
    return found


def check_level(leaf: Leaf, level: str) -> None:
    """Raise InputError when the leaf has no such level; names the choices."""
    if leaf.level(level) is None:
        known = ", ".join(each.id for each in leaf.levels)
        raise InputError(
            "leaf {leaf} has no level {level}; choose one of {known}", leaf=leaf.id, level=level, known=known
        )


def check_decided(store: Store, job: Job, leaf: str) -> None:
    """Raise InputError when no decision stands on this leaf that could be withdrawn."""
    unit = job.units[0].id
    found = store.decisions(period=job.period.id, unit_id=unit, edition=job.edition.id)
    made = [each for each in found if each.leaf == leaf]
    if not made or made[-1].level is None:
        raise InputError("no decision stands on {unit} {leaf}", unit=unit, leaf=leaf)


def signed(by: str, reason: str) -> tuple[str, str]:
    """Name and reason, trimmed.

    Raises:
        InputError: one of them says nothing, or the name is the machine's.
    """
    author, why = by.strip(), reason.strip()
    if not author or not why:
        raise InputError("a name (--by) and a reason (--reason) are needed")
    if author.casefold() == MACHINE:
        raise InputError("{name} is no person's name; say who decides", name=author)
    return author, why


def stored_finding(store: Store, job: Job, leaf: str) -> Finding | None:
    """The machine's finding that the decision stands over; None when nothing was judged yet."""
    results = store.load_results(job.period.id, [job.units[0].id], job.edition.id)
    return next((each for result in results for each in result.result.findings if each.leaf == leaf), None)


def keep_files(data: Path, files: Sequence[Path]) -> list[str]:
    """Copy attachments into the data folder; gives their names there.

    Raises:
        InputError: a file is missing, unreadable or too large; nothing is copied then.
        StoreError: the data folder cannot be written.
    """
    contents = [(path.name, _content(path)) for path in files]
    try:
        return [_kept(data, name, content) for name, content in contents]
    except OSError as error:
        raise StoreError("{path} cannot be written: {why}.", path=data, why=error.strerror) from error


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise InputError("{path} is larger than {size} MB", path=path, size=LARGEST >> 20)
        return path.read_bytes()
    except OSError as error:
        raise InputError("{path} cannot be read: {why}", path=path, why=error.strerror) from error


def _kept(data: Path, name: str, content: bytes) -> str:
    """Write one attachment to its place by digest; gives ``attachments/<digest>/<name>``."""
    target = data / FOLDER / hashlib.sha256(content).hexdigest() / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        part = target.with_name(f"{name}.part")
        part.write_bytes(content)
        shutil.move(part, target)
    return str(target.relative_to(data))
