"""``docs/accuracy.md``: the run in a page, written by the command and never by hand."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.evaluate import tables
from tests.evaluate.dataset import corrections
from tests.evaluate.run import Result

_TARGETS = (
    ("wrong article dates", "article date", "wrong", "0"),
    ("wrong item dates", "item dates", "wrong", "0"),
    ("article date recall", "article date", "recall", "≥ 97 %"),
    ("list items, precision", "items", "precision", "≥ 98 %"),
    ("list items, recall", "items", "recall", "≥ 97 %"),
    ("document rows", "document rows", "accuracy", "≥ 95 %"),
    ("document number", "document number", "accuracy", "≥ 95 %"),
    ("document issue date", "document issued", "accuracy", "≥ 95 %"),
    ("document abstract", "document abstract", "accuracy", "≥ 95 %"),
    ("document file", "document file", "accuracy", "≥ 95 %"),
    ("sections found", "sections", "recall", "≥ 95 %"),
    ("print", "print", "accuracy", "≥ 95 %"),
    ("save", "save", "accuracy", "≥ 95 %"),
    ("search", "search", "accuracy", "≥ 95 %"),
)

_INTRODUCTION = """# How well pages are read

Written by `./run evaluate --write` on {day}; do not edit. {count} saved pages of real portals that nobody
here wrote, labelled by hand, lie beside the project (`../shared/real-pages`), with {strings} date strings
(`../shared/domain/dates.tsv`).

*right*: read as labelled. *absent*: rightly nothing. *missing*: labelled, not read. *wrong*: read otherwise.
*extra*: read where the label has nothing. Precision is right among read, recall right among labelled,
accuracy right and absent among all. Not scored: keys that a label leaves out, items and sections without
an address, sections that are only pictures. A wrong date is worse than a missing one.
"""

_ALTERNATIVES = """## Article dates beside the alternatives

The same pages in the same run; dateparser gets the date string already cut out.

"""


def as_markdown(result: Result) -> str:
    """The whole page."""
    strings = result.strings["rasoat"][0]
    total = strings.right + strings.absent + strings.missing + strings.wrong + strings.extra
    parts = [
        _INTRODUCTION.format(day=datetime.now(UTC).date(), count=len(result.pages), strings=total),
        "## Targets\n\n"
        + _table(("target", "wanted", "all pages", "without the largest site"), _targets(result)),
        "## All measures\n\n" + _table(tables.HEAD, tables.overall(result)),
        "## Whole sites held out\n\n"
        + _held_out_note(result)
        + _table(tables.HELD_OUT_HEAD, tables.held_out(result)),
        *(
            f"## By {name}\n\n" + _table(tables.HEAD, tables.grouped(result, name))
            for name in tables.GROUPINGS
        ),
        "## Date strings\n\n" + _table(tables.STRINGS_HEAD, tables.strings(result)),
        _ALTERNATIVES + _table(tables.RIVALS_HEAD, tables.rivals(result)),
        "## Corrected labels\n\n" + "\n".join(_corrections()),
        "## Every value not read as labelled\n\n```\n"
        + "\n".join(f.line() for f in tables.all_faults(result))
        + "\n```",
    ]
    return "\n\n".join(parts) + "\n"


def _faults(result: Result) -> str:
    return "\n".join(fault.line() for fault in tables.all_faults(result))


def _targets(result: Result) -> list[tuple[str, ...]]:
    largest = result.groups(tables.GROUPINGS["site"])[0]
    lines = []
    for title, measure, figure, wanted in _TARGETS:
        tallies = (result.measure(measure), result.measure(measure, lambda page: page.page.site != largest))
        reached = [t.wrong + t.extra if figure == "wrong" else getattr(t, figure) for t in tallies]
        lines.append((title, wanted, *("–" if value is None else str(value) for value in reached)))
    return [*lines, _wrong_sections(result, largest)]


def _wrong_sections(result: Result, largest: str) -> tuple[str, ...]:
    shares = []
    for tally in (
        result.measure("sections"),
        result.measure("sections", lambda page: page.page.site != largest),
    ):
        shares.append("–" if tally.precision is None else str(round(100 - tally.precision, 1)))
    return ("sections wrong", "≤ 1 %", *shares)


def _held_out_note(result: Result) -> str:
    largest = result.groups(tables.GROUPINGS["site"])[0]
    return (
        f"Most pages are of {largest}: here each site counts once. The readers and their word lists were "
        "written with these pages and strings in view, so no figure here is blind.\n\n"
    )


def _corrections() -> list[str]:
    data = corrections()
    lines = [
        f"- section `{fix['key']}`, label “{fix['label']}”: {fix['why']}" for fix in data["section_labels"]
    ]
    lines += [f"- {fix['file']}: {fix['why']}" for fix in data["pages"]]
    return lines + [f"- date string “{fix['string']}”: {fix['why']}" for fix in data["dates"]]


def _table(head: tuple[str, ...], lines: list[tuple[str, ...]]) -> str:
    cells = [head, ("---",) * len(head), *lines]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in cells)
