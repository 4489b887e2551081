"""A shadow run: stored evidence judged under two editions and compared; nothing is stored or published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from rich.markup import escape
from rich.table import Table

import pipeline
from cli.options import Session
from cli.output import answers, notes, say_json
from cli.progress import judge_progress
from cli.tables import GROUPS, points_text
from errors import InputError
from report.moments import as_of_text
from report.shadow import comparison
from rubric.edition import edition_for
from storage.store import Store


def compare(session: Session, job: pipeline.Job, store: Store) -> int:
    """Judge the job's units under its edition and under the one in force, print the comparison.

    Raises:
        InputError: the edition asked for is the one in force, or none is.
    """
    base = edition_for(None, job.period.closes)
    if base.id == job.edition.id:
        raise InputError("{edition} is in force itself; name another edition to compare", edition=base.id)
    with judge_progress(session) as step:
        pairs = pipeline.shadow(replace(job, edition=base), job.edition, store, step)
    answer = comparison(base, job.edition, job.period, as_of_text(job.as_of), pairs)
    if session.json:
        say_json(answer)
    else:
        print_comparison(session, answer)
    return 1 if any(unsettled(unit) for unit in answer["units"]) or not answer["units"] else 0


def unsettled(unit: Mapping[str, Any]) -> bool:
    """True when one of the two editions leaves something open."""
    return any(side and side["columns"]["unresolved"] for side in (unit["base"], unit["other"]))


def print_comparison(session: Session, answer: Mapping[str, Any]) -> None:
    """Totals of each unit, then the leaves that differ."""
    words, console = session.words, answers()
    console.print(
        words(
            "Period {period}: edition {other} beside {base}. Nothing is stored; decisions are left out.",
            period=answer["period"],
            other=answer["edition"],
            base=answer["base"],
        ),
        markup=False,
    )
    for line in remarks(session, answer):
        notes().print(line, markup=False)
    if not answer["units"]:
        console.print(words("Nothing is stored for this period."))
        return
    console.print(totals(session, answer))
    for unit in answer["units"]:
        lines = list(differences(session, unit)) if unit["base"] and unit["other"] else []
        if lines:
            console.print(f"\n{unit['name']}", markup=False)
        for line in lines:
            console.print(f"  {line}", markup=False)


def remarks(session: Session, answer: Mapping[str, Any]) -> Iterator[str]:
    """What the other edition cannot say by itself."""
    words, manual = session.words, answer["manual"]
    for kind in dict.fromkeys(unit["kind"] for unit in answer["units"]):
        group = words(GROUPS[kind])
        if kind not in manual:
            yield words("Edition {edition} has no leaves for: {kind}.", edition=answer["edition"], kind=group)
        elif manual[kind]:
            yield words(
                "Edition {edition}: {count} leaves ({kind}) can only be judged by a person.",
                edition=answer["edition"],
                count=len(manual[kind]),
                kind=group,
            )


def totals(session: Session, answer: Mapping[str, Any]) -> Table:
    """Points of each unit under both editions."""
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    table.add_column(session.words("Unit"), ratio=1, overflow="fold")
    for edition in (answer["base"], answer["edition"]):
        table.add_column(edition, justify="right", no_wrap=True)
    for unit in answer["units"]:
        sides = (unit["base"], unit["other"])
        shown = [f"{points_text(side)}/{side['possible']}" if side else "–" for side in sides]
        table.add_row(escape(unit["name"]), *shown)
    return table


def differences(session: Session, unit: Mapping[str, Any]) -> Iterator[str]:
    """The leaves of a unit that the two editions judge differently, then how many only one of them has."""
    shared = [leaf for leaf in unit["leaves"] if leaf["base"] and leaf["other"]]
    for leaf in shared:
        if not leaf["same"]:
            yield f"{leaf['id']}: {_side(session, leaf['base'])} → {_side(session, leaf['other'])}"
    if len(shared) < len(unit["leaves"]):
        yield session.words(
            "leaves of both: {both}; of the first only: {first}; of the second only: {second}",
            both=len(shared),
            first=sum(leaf["other"] is None for leaf in unit["leaves"]),
            second=sum(leaf["base"] is None for leaf in unit["leaves"]),
        )


def _side(session: Session, side: Mapping[str, Any]) -> str:
    if side["level"] is None:
        return f"?/{side['max']} {session.words('Not settled')}"
    return f"{side['points']}/{side['max']} {side['label']}"
