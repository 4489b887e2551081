"""One unit for people, fitting 80 columns: leaf by leaf, what persons say, what is still missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from cli.options import Session
from cli.output import answers
from cli.tables import points_text
from i18n import Words, mark

Told = Mapping[str, Any]

COVERAGE = {
    "complete": mark("everything needed was read"),
    "partial": mark("not everything needed was read"),
    "none": mark("the portal was never reached"),
}

FLAGS = {
    "back_dated": mark("dated before it was first there"),
    "removed": mark("removed"),
    "re_dated": mark("its date was changed"),
    "duplicate": mark("posted twice"),
    "future": mark("dated in the future"),
    "undated": mark("without a date"),
    "change_not_reflected": mark("a known change is not shown in time"),
}

# What became of a change, in words; no state yet: nothing was judged since it was recorded.
CHANGES = {
    "reflected": mark("shown"),
    "not_reflected": mark("not shown in time"),
    "not_yet": mark("not shown yet"),
    "unseen": mark("cannot be told"),
    None: mark("not looked at yet"),
}

OBJECTIONS = {"open": mark("open"), "accepted": mark("accepted"), "rejected": mark("rejected")}


def print_unit(session: Session, answer: Told, unit: Told) -> None:
    """One unit, leaf by leaf, then what would settle or gain the rest."""
    words, console = session.words, answers()
    console.print(heading(words, answer, unit), markup=False)
    console.print(leaves(words, unit))
    for title, lines in sections(words, answer, unit):
        console.print(f"\n{title}", markup=False)
        for line in lines:
            console.print(Padding(escape(line), (0, 0, 0, 2)))


def heading(words: Words, answer: Told, unit: Told) -> str:
    """Name, period, points and how much of the portal was seen."""
    points = f"{points_text(unit)}/{unit['possible']}"
    return f"{unit['name']} · {answer['period']} · {points} · {words(COVERAGE[unit['coverage']])}"


def leaves(words: Words, unit: Told) -> Table:
    """The leaves with level, reason and, beside it, what a person decided."""
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    table.add_column(words("Leaf"), no_wrap=True)
    table.add_column(words("Points"), justify="right", no_wrap=True)
    table.add_column(words("Level and reason"), ratio=1, overflow="fold")
    for leaf in unit["leaves"]:
        given = "?" if leaf["points"] is None else leaf["points"]
        label = leaf["label"] or words("Not settled")
        said = f"{label}: {leaf['reason']}"
        table.add_row(leaf["id"], f"{given}/{leaf['max']}", escape("\n".join([said, *decided(words, leaf)])))
    return table


def decided(words: Words, leaf: Told) -> Iterator[str]:
    """What persons decided on a leaf, beside the machine's finding, in lines."""
    decision = leaf.get("decision")
    if decision is None:
        if leaf.get("decisions"):
            last = leaf["decisions"][-1]
            yield words("Decision withdrawn by {by}: {reason}", by=last["by"], reason=last["reason"])
        return
    machine = leaf["machine_label"] or words("Not settled")
    told = {"by": decision["by"], "day": decision["at"][:10], "reason": decision["reason"]}
    yield words("Decided by {by} on {day}: {reason}", **told)
    yield words("The machine's finding: {level}", level=machine)
    for file in decision["files"]:
        yield words("Attached: {file}", file=file)
    if decision["stale"]:
        yield words("Stale: the finding underneath has changed since; look again.")


def sections(words: Words, answer: Told, unit: Told) -> Iterator[tuple[str, list[str]]]:
    """Headings with their lines; headings without lines are left out."""
    open_leaves = [leaf for leaf in unit["leaves"] if leaf["points"] is None]
    lost = [leaf for leaf in unit["leaves"] if leaf["points"] not in (None, leaf["max"])]
    closes = answer["closes"]
    found = (
        (words("What would settle the rest:"), [advice(words, leaf) for leaf in open_leaves]),
        (
            words(
                "What is missing for {possible}, to be done by {day}:", possible=unit["possible"], day=closes
            ),
            [advice(words, leaf) for leaf in lost],
        ),
        (words("Known changes:"), [change_line(words, change) for change in unit["changes"]]),
        (words("Objections:"), [objection_line(words, told) for told in unit["objections"]]),
        (words("For the reviewer:"), [flag_line(words, flag) for flag in unit["flags"]]),
    )
    yield from ((title, lines) for title, lines in found if lines)


def advice(words: Words, leaf: Told) -> str:
    """What to do about one leaf, with the points it could still give."""
    most = leaf["max"] if leaf["points"] is None else leaf["max"] - leaf["points"]
    told = leaf["advice"] or words("Ask the reviewer.")
    return words("{leaf} (up to {points} more points): {advice}", leaf=leaf["id"], points=most, advice=told)


def flag_line(words: Words, flag: Told) -> str:
    """One flag in words."""
    kind = flag["kind"]
    said = words(FLAGS[kind]) if kind in FLAGS else kind
    return " ".join(filter(None, (f"{said}:", flag["url"], flag["detail"])))


def change_line(words: Words, change: Told) -> str:
    """One change in a line or two."""
    state = CHANGES[change["state"]]
    told = words(
        "{leaf}, change of {date} ({source}): {state}",
        leaf=f"{change['unit']} {change['leaf']}",
        date=change["date"],
        source=change["source"],
        state=words(state),
    )
    return f"{told}\n    {change['quote']}" if change.get("quote") else told


def objection_line(words: Words, told: Told) -> str:
    """One objection in a few lines: who, what, how it stands."""
    text = "Objection {id}: {unit} {leaf} ({period}), {by}: {reason}"
    lines = [
        words(mark(text), **{key: told[key] for key in ("id", "unit", "leaf", "period", "by", "reason")})
    ]
    stands = OBJECTIONS[told["state"]]
    state = words(stands)
    if told["late"]:
        state += ", " + words("filed after {day}", day=told["file_by"])
    if told["state"] == "open" and told["answer_by"]:
        state += ", " + words("to be answered by {day}", day=told["answer_by"])
    if told.get("overdue"):
        state += ", " + words("overdue")
    if told["answer"]:
        state += f" ({told['answer']['by']}: {told['answer']['reason']})"
    return "\n".join([*lines, f"    {state}"])
