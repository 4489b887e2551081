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
from errors import InputError
from i18n import mark
from rubric.model import Leaf
from storage.store import Store

LeafId = typer.Argument(..., metavar="LEAF", help=mark("The leaf's id, as rubric shows it."))
LevelId = typer.Argument(..., metavar="LEVEL", help=mark("The level's id, as rubric --json shows it."))
By = typer.Option(..., "--by", help=mark("Who decides."))
Why = typer.Option(..., "--reason", help=mark("Why, in words that stand up in a dispute."))
Files = typer.Option(None, "--file", help=mark("A file that shows it; may be given several times."))

# Attachments lie in the data folder under their digest, so that the same file is kept once.
FOLDER = "attachments"
LARGEST = 50 * 1024 * 1024


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command("decide", help=mark("A person's decision on one leaf, kept beside the finding."))(decide)


def decide(
    ctx: typer.Context,
    unit: str = judging.OneUnit,
    leaf: str = LeafId,
    level: str = LevelId,
    period: str | None = judging.PeriodId,
    edition: str | None = judging.EditionId,
    by: str = By,
    reason: str = Why,
    files: list[Path] | None = Files,
) -> int:
    """Append a decision; the machine's finding stays and is shown beside it."""
    session: Session = ctx.obj
    job = judging.make_job(session, [unit], period, None, edition)
    group = job.edition.groups.get(job.units[0].kind)
    chosen = chosen_leaf(unit, leaf, level, group.leaves if group else ())
    if not by.strip() or not reason.strip():
        raise InputError("a decision needs a name (--by) and a reason (--reason)")
    with judging.opened(session) as store:
        kept = keep_files(session.settings.data, files or ())
        store.add_decision(
            unit_id=unit,
            period=job.period.id,
            edition=job.edition.id,
            leaf=leaf,
            level=level,
            by=by.strip(),
            reason=reason.strip(),
            files=kept,
            finding=stored_finding(store, job.period.id, job.edition.id, unit, leaf),
        )
        answer = judging.answer_of(session, job, store)
    if session.json:
        say_json(answer)
    else:
        label = next(each.label for each in chosen.levels if each.id == level)
        answers().print(
            session.words(
                "{unit} {leaf}: {label}, decided by {by}.", unit=unit, leaf=leaf, label=label, by=by
            ),
            markup=False,
        )
    return 0


def chosen_leaf(unit: str, leaf: str, level: str, leaves: Sequence[Leaf]) -> Leaf:
    """The leaf meant, when it has the level meant.

    Raises:
        InputError: no such leaf for this unit, or no such level of the leaf; names the choices.
    """
    found = next((each for each in leaves if each.id == leaf), None)
    if found is None:
        known = ", ".join(each.id for each in leaves) or "-"
        raise InputError(
            "{unit} has no leaf {leaf}; choose one of {known}", unit=unit, leaf=leaf, known=known
        )
    if found.level(level) is None:
        known = ", ".join(each.id for each in found.levels)
        raise InputError(
            "leaf {leaf} has no level {level}; choose one of {known}", leaf=leaf, level=level, known=known
        )
    return found


def stored_finding(store: Store, period: str, edition: str, unit: str, leaf: str) -> Finding | None:
    """The machine's finding that the decision stands over; None when nothing was judged yet."""
    results = store.load_results(period, [unit], edition)
    return next((each for result in results for each in result.result.findings if each.leaf == leaf), None)


def keep_files(data: Path, files: Sequence[Path]) -> list[str]:
    """Copy attachments into the data folder; gives their names there.

    Raises:
        InputError: a file is missing, unreadable or too large; nothing is copied then.
    """
    for path in files:
        try:
            size = path.stat().st_size
        except OSError as error:
            raise InputError("{path} cannot be read: {why}", path=path, why=error.strerror) from error
        if not path.is_file() or size > LARGEST:
            raise InputError("{path} is larger than {size} MB", path=path, size=LARGEST >> 20)
    return [keep_file(data, path) for path in files]


def keep_file(data: Path, path: Path) -> str:
    """Copy one attachment to its place by digest; gives ``attachments/<digest>/<name>``."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    target = data / FOLDER / digest / path.name
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        shutil.copyfile(path, target)
    return str(target.relative_to(data))
