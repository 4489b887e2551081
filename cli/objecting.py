"""Drafts, objections of units, their answers, and the final notice that ends them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import typer

from cli import judging
from cli.deciding import Files, LeafId, check_level, chosen_leaf, keep_files, signed, stored_finding
from cli.options import Session
from cli.output import answers, say_json
from cli.showing import objection_line
from errors import InputError
from i18n import mark
from pipeline import Job
from report.disputes import DRAFT, FINAL, disputes, objection_answer
from report.standing import standings
from rubric.calendar import load_calendar
from storage.records import Objection
from storage.store import Store


class Stage(StrEnum):
    """What is published: a draft that units may object to, or the final result."""

    DRAFT = "draft"
    FINAL = "final"


class Verdict(StrEnum):
    """How an objection is answered."""

    ACCEPT = "accept"
    REJECT = "reject"


What = typer.Argument(..., metavar="draft|final", help=mark("The draft, or the final result."))
Number = typer.Argument(
    ..., metavar="OBJECTION", help=mark("The objection's number, as objections shows it.")
)
Said = typer.Argument(..., metavar="accept|reject", help=mark("How it is answered."))
By = typer.Option(..., "--by", help=mark("Who says so."))
Why = typer.Option(..., "--reason", help=mark("Why, in words that stand up in a dispute."))
NewLevel = typer.Option(None, "--level", help=mark("The level that counts from now on (with accept)."))
OnlyOpen = typer.Option(False, "--open", help=mark("Only those that wait for an answer."))
AnyPeriod = typer.Option(None, "--period", help=mark("Only those about this period."))


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command("publish", help=mark("Publish the draft that units may object to, or the final result."))(
        publish
    )
    app.command("object", help=mark("A unit's objection to one leaf."))(object_)
    app.command("objections", help=mark("Objections with their deadlines and answers."))(objections)
    app.command("answer", help=mark("Answer an objection, once and for all."))(answer)


def publish(
    ctx: typer.Context,
    stage: Stage = What,
    period: str | None = judging.PeriodId,
    edition: str | None = judging.EditionId,
    by: str = By,
    as_of: str | None = judging.AsOf,
) -> int:
    """Freeze what is stored for the period as its draft or final result."""
    session: Session = ctx.obj
    job = judging.make_job(session, (), period, as_of, edition)
    author, _ = signed(by, stage.value)
    with judging.opened(session) as store:
        content = judging.answer_of(session, job, store)
        check_publishable(store, job, content, stage)
        kind = DRAFT if stage is Stage.DRAFT else FINAL
        published = store.publish(
            period=job.period.id, edition=job.edition.id, kind=kind, by=author, content=content, at=job.as_of
        )
    told = {"period": job.period.id, "edition": job.edition.id, "stage": stage.value}
    if session.json:
        say_json(told | {"by": author, "digest": published.digest})
    else:
        said = session.words(
            "Published for period {period}: {stage}, {digest}.",
            period=job.period.id,
            stage=stage.value,
            digest=published.digest,
        )
        answers().print(said, markup=False)
    return 0


def check_publishable(store: Store, job: Job, content: dict[str, Any], stage: Stage) -> None:
    """Raise InputError when there is nothing to publish, the final result stands already, or something
    in it is not settled yet."""
    check_not_final(store, job.period.id)
    if not content["units"]:
        raise InputError("nothing is stored for period {period}", period=job.period.id)
    if stage is Stage.DRAFT:
        return
    waiting = [str(each.id) for each in store.objections(job.period.id) if each.answer is None]
    if waiting:
        raise InputError("objections {ids} wait for an answer", ids=", ".join(waiting))
    unsettled = [unit["unit"] for unit in content["units"] if unit["columns"]["unresolved"]]
    if unsettled:
        raise InputError("leaves of {units} are unresolved; decide them first", units=", ".join(unsettled))


def check_not_final(store: Store, period: str) -> None:
    """Raise InputError when the period's final result is published."""
    if any(each.kind == FINAL for each in store.publications(period)):
        raise InputError("the final result of period {period} is published", period=period)


def object_(
    ctx: typer.Context,
    unit: str = judging.OneUnit,
    leaf: str = LeafId,
    period: str | None = judging.PeriodId,
    edition: str | None = judging.EditionId,
    by: str = By,
    reason: str = Why,
    files: list[Path] | None = Files,
    as_of: str | None = judging.AsOf,
) -> int:
    """File an objection; a late one is taken and marked."""
    session: Session = ctx.obj
    job = judging.make_job(session, [unit], period, as_of, edition)
    chosen_leaf(job, leaf)
    author, why = signed(by, reason)
    with judging.opened(session) as store:
        check_not_final(store, job.period.id)
        filed = store.add_objection(
            unit_id=unit,
            period=job.period.id,
            edition=job.edition.id,
            leaf=leaf,
            level=standing_level(store, job, leaf),
            by=author,
            reason=why,
            files=keep_files(session.settings.data, files or ()),
            at=job.as_of,
        )
        say(session, listed(store, job, [filed]))
    return 0


def standing_level(store: Store, job: Job, leaf: str) -> str | None:
    """The level that the unit objects to.

    Raises:
        InputError: nothing was judged for this unit and period, so there is nothing to object to.
    """
    unit = job.units[0]
    found = standings(store, job.period.id, job.edition, {unit.id: unit.kind}, [unit.id])
    if not found:
        raise InputError(
            "nothing is stored for {unit} in period {period}", unit=unit.id, period=job.period.id
        )
    return next((each.level for each in found[0].leaves if each.leaf.id == leaf), None)


def objections(
    ctx: typer.Context,
    period: str | None = AnyPeriod,
    waiting: bool = OnlyOpen,
    as_of: str | None = judging.AsOf,
) -> int:
    """List objections."""
    session: Session = ctx.obj
    job = judging.make_job(session, (), period, as_of, None) if period else None
    with judging.opened(session) as store:
        found = [
            told
            for each in periods(store, session, job, as_of)
            for told in each
            if not waiting or told["state"] == "open"
        ]
    if session.json:
        say_json({"objections": found})
    else:
        say(session, found)
    return 0


def periods(
    store: Store, session: Session, job: Job | None, as_of: str | None
) -> Sequence[list[dict[str, Any]]]:
    """Objections of the period asked for, else of every period and edition that has any."""
    found = store.objections(job.period.id if job else None)
    kinds = dict.fromkeys((each.period, each.edition) for each in found)
    return [
        listed(
            store,
            judging.make_job(session, (), period, as_of, edition),
            [each for each in found if (each.period, each.edition) == (period, edition)],
        )
        for period, edition in kinds
    ]


def listed(store: Store, job: Job, wanted: Sequence[Objection]) -> list[dict[str, Any]]:
    """Some objections of the job's period and edition as JSON."""
    ids = {each.id for each in wanted}
    found = disputes(store, job.period.id, job.edition, load_calendar()).objections
    return [objection_answer(each, job.as_of) for each in found if each.objection.id in ids]


def answer(
    ctx: typer.Context,
    number: int = Number,
    verdict: Verdict = Said,
    by: str = By,
    reason: str = Why,
    level: str | None = NewLevel,
    as_of: str | None = judging.AsOf,
) -> int:
    """Answer an objection; a level makes a decision on its leaf."""
    session: Session = ctx.obj
    author, why = signed(by, reason)
    if level is not None and verdict is Verdict.REJECT:
        raise InputError("a rejected objection changes no level; leave --level out")
    with judging.opened(session) as store:
        found = store.objection(number)
        job = judging.make_job(session, [found.unit_id], found.period, as_of, found.edition)
        if level is not None:
            check_level(chosen_leaf(job, found.leaf), level)
        check_not_final(store, found.period)
        said: Literal["accept", "reject"] = "accept" if verdict is Verdict.ACCEPT else "reject"
        finding = stored_finding(store, job, found.leaf)
        answered = store.answer_objection(
            found, verdict=said, by=author, reason=why, level=level, finding=finding, at=job.as_of
        )
        say(session, listed(store, job, [answered]))
    return 0


def say(session: Session, found: Sequence[dict[str, Any]]) -> None:
    """Print objections, one after the other."""
    if session.json:
        say_json({"objections": list(found)})
        return
    if not found:
        answers().print(session.words("There are no objections."))
    for told in found:
        answers().print(objection_line(session.words, told), markup=False)
