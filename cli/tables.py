"""Tables for people, fitting 80 columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.markup import escape
from rich.table import Table

from cli.options import Session
from cli.output import answers
from i18n import mark

GROUPS = {
    "province": mark("Province"),
    "department": mark("Departments"),
    "commune": mark("Communes"),
}

COLUMNS = (mark("Points"), mark("Full"), mark("Partial"), mark("None"), mark("Unseen"), mark("Items"))

# Beside points that a person's decision has moved or confirmed.
DECIDED = "*"

CRAWLED = (mark("Unit"), mark("Reached"), mark("Coverage"))


def print_ranking(session: Session, answer: Mapping[str, Any]) -> None:
    """The scores of a period, group by group, best first."""
    words, console = session.words, answers()
    console.print(
        words(
            "Period {period} ({opens} – {closes}), edition {edition}",
            **{key: answer[key] for key in ("period", "opens", "closes", "edition")},
        )
    )
    if not answer["units"]:
        console.print(words("Nothing is stored for this period."))
    for kind, heading in GROUPS.items():
        rows = [unit for unit in answer["units"] if unit["kind"] == kind]
        if rows:
            console.print(_ranking(session, words(heading), rows))
    for line in decided_lines(session, answer["units"]):
        console.print(line, markup=False)


def _ranking(session: Session, heading: str, rows: list[Mapping[str, Any]]) -> Table:
    words = session.words
    table = Table(title=heading, title_justify="left", box=None, pad_edge=False, padding=(0, 1))
    table.add_column(words("Rank"), justify="right", no_wrap=True)
    table.add_column(words("Unit"), ratio=1, overflow="fold")
    for name in COLUMNS:
        table.add_column(words(name), justify="right", no_wrap=True)
    for unit in sorted(rows, key=lambda unit: (unit["rank"] is None, unit["rank"] or 0, -unit["high"])):
        columns = unit["columns"]
        table.add_row(
            str(unit["rank"] or "–"),
            escape(unit["name"]),
            points_text(unit) + (DECIDED if decided_leaves(unit) else ""),
            *(str(columns[key]) for key in ("full", "partial", "none", "unresolved")),
            str(unit["items"]),
        )
    return table


def decided_leaves(unit: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The leaves of a unit on which a person's decision stands."""
    return [leaf for leaf in unit["leaves"] if "decision" in leaf]


def decided_lines(session: Session, units: Sequence[Mapping[str, Any]]) -> list[str]:
    """Who decided which leaf, a line for each; a stale decision says so."""
    found = []
    for unit in units:
        for leaf in decided_leaves(unit):
            told = {"unit": unit["unit"], "leaf": leaf["id"], "by": leaf["by"]}
            line = session.words("{unit} {leaf}: decided by {by}", **told)
            stale = session.words("stale: the finding underneath has changed")
            found.append(f"{DECIDED} {line}" + (f" ({stale})" if leaf["decision"]["stale"] else ""))
    return found


def points_text(unit: Mapping[str, Any]) -> str:
    """Points, or the range that the unresolved leaves leave open."""
    return str(unit["low"]) if unit["low"] == unit["high"] else f"{unit['low']}–{unit['high']}"


def print_crawl(session: Session, answer: Mapping[str, Any]) -> None:
    """What a crawl reached."""
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    for name in CRAWLED:
        table.add_column(session.words(name))
    for unit in answer["units"]:
        table.add_row(
            unit["unit"], session.words("yes") if unit["reached"] else session.words("no"), unit["coverage"]
        )
    answers().print(table)


def print_rubric(session: Session, answer: Mapping[str, Any]) -> None:
    """The leaves of an edition with their levels."""
    words, console = session.words, answers()
    console.print(words("Edition {edition}", edition=answer["edition"]))
    for kind, group in answer["groups"].items():
        title = f"{words(GROUPS[kind])} ({group['possible']})"
        table = Table(title=title, title_justify="left", box=None, pad_edge=False, padding=(0, 1))
        table.add_column(words("Leaf"), no_wrap=True)
        table.add_column(words("Most"), justify="right")
        table.add_column(words("Kind"), no_wrap=True)
        table.add_column(words("Levels"), ratio=1, overflow="fold")
        for leaf in group["leaves"]:
            levels = "; ".join(f"{level['label']}: {level['points']}" for level in leaf["levels"])
            table.add_row(leaf["id"], str(leaf["max"]), leaf["kind"], escape(levels))
        console.print(table)


def print_calendar(session: Session, answer: Mapping[str, Any]) -> None:
    """Working days and what makes them so."""
    words, console = session.words, answers()
    console.print(words("Working days: {count}", count=answer["working_days"]))
    for day in answer["days_off"]:
        console.print(words("off     {date}  {name} ({source})", **day), markup=False)
    for day in answer["worked"]:
        console.print(words("worked  {date}  ({source})", **day), markup=False)
    for day in answer["provisional"]:
        console.print(words("not confirmed: {day}", day=day), markup=False)


def print_pairs(pairs: Mapping[str, object]) -> None:
    """Names and values, one a line."""
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for name, value in pairs.items():
        table.add_row(escape(name), escape(str(value)))
    answers().print(table)
