"""The run as tables for a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.evaluate.dataset import LabelledPage
from tests.evaluate.run import MEASURES, PageResult, Result
from tests.evaluate.tally import Tally

GROUPINGS: dict[str, Callable[[LabelledPage], str]] = {
    "kind": lambda page: page.kind,
    "cms": lambda page: page.cms,
    "site": lambda page: page.site,
}
HEAD = ("measure", "right", "absent", "missing", "wrong", "extra", "precision", "recall", "accuracy")


def row(name: str, tally: Tally) -> tuple[str, ...]:
    """One measure as a table row; its columns are :data:`HEAD`."""
    counts = (tally.right, tally.absent, tally.missing, tally.wrong, tally.extra)
    shares = (tally.precision, tally.recall, tally.accuracy)
    return (name, *map(str, counts), *("–" if share is None else f"{share:.1f}" for share in shares))


def overall(result: Result) -> list[tuple[str, ...]]:
    """All measures over all pages."""
    return [row(name, result.measure(name)) for name in MEASURES]


def member(grouping: str, name: str) -> Callable[[PageResult], bool]:
    """Whether a page belongs to one group."""
    by = GROUPINGS[grouping]
    return lambda page: by(page.page) == name


def grouped(result: Result, grouping: str) -> list[tuple[str, ...]]:
    """One line for each group and measure that occurs there, and its time."""
    lines: list[tuple[str, ...]] = []
    for group in result.groups(GROUPINGS[grouping]):
        inside = member(grouping, group)
        count = sum(map(inside, result.pages))
        lines.append((f"[{group}] {count} pages, {result.milliseconds(inside)} ms", *[""] * (len(HEAD) - 1)))
        tallies = [(name, result.measure(name, inside)) for name in MEASURES]
        lines += [row(name, tally) for name, tally in tallies if _occurs(tally)]
    return lines


def _occurs(tally: Tally) -> bool:
    return bool(tally.right or tally.missing or tally.wrong or tally.extra)


def held_out(result: Result) -> list[tuple[str, ...]]:
    """Each measure as the mean over whole sites, and without the largest site: one site of many pages
    must not decide."""
    sites = result.groups(GROUPINGS["site"])
    lines = []
    for name in MEASURES:
        tallies = [result.measure(name, member("site", site)) for site in sites]
        worst = min((t.accuracy for t in tallies if t.accuracy is not None), default=None)
        shares = [t.accuracy for t in tallies if t.accuracy is not None]
        rest = result.measure(name, lambda page: page.page.site != sites[0])
        mean = sum(shares) / len(shares) if shares else None
        values = [mean, worst, rest.accuracy, rest.precision, rest.recall]
        lines.append((name, *("–" if value is None else f"{value:.1f}" for value in values)))
    return lines


HELD_OUT_HEAD = ("measure", "mean of sites", "worst site", "without largest", "its precision", "its recall")
STRINGS_HEAD = ("reader", "right", "no date, rightly", "missing", "wrong", "false date", "µs median")
RIVALS_HEAD = ("reader", "right", "none, rightly", "missing", "wrong", "false date")


def strings(result: Result) -> list[tuple[str, ...]]:
    """Readers on dates.tsv."""
    return [
        (name, *map(str, (t.right, t.absent, t.missing, t.wrong, t.extra)), f"{micro:.1f}")
        for name, (t, micro) in result.strings.items()
    ]


def rivals(result: Result) -> list[tuple[str, ...]]:
    """Readers of article dates, ours first."""
    rows = {"rasoat": result.measure("article date"), **result.rivals}
    return [(name, *map(str, (t.right, t.absent, t.missing, t.wrong, t.extra))) for name, t in rows.items()]


def text_table(head: tuple[str, ...], lines: list[tuple[str, ...]]) -> str:
    """A table in plain columns; a line whose other cells are empty is a heading."""
    widths = _widths(head, lines)
    padded = (
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        for line in [head, *lines]
    )
    return "\n".join(line.rstrip() for line in padded)


def _widths(head: tuple[str, ...], lines: list[tuple[str, ...]]) -> list[int]:
    full = [head, *(line for line in lines if any(line[1:]))]
    return [max(len(line[i]) for line in full) for i in range(len(head))]


def as_text(result: Result, faults: bool) -> str:
    """The whole run for a terminal; ``faults`` adds every single fault."""
    parts = [f"{len(result.pages)} labelled pages, {result.milliseconds()} ms median for one reading"]
    parts += ["== all pages", text_table(HEAD, overall(result))]
    parts += ["== by site, held out whole", text_table(HELD_OUT_HEAD, held_out(result))]
    for grouping in GROUPINGS:
        parts += [f"== by {grouping}", text_table(HEAD, grouped(result, grouping))]
    parts += ["== dates.tsv", text_table(STRINGS_HEAD, strings(result))]
    parts += ["== article dates beside the alternatives", text_table(RIVALS_HEAD, rivals(result))]
    if faults:
        parts += ["== faults", *(fault.line() for fault in all_faults(result))]
    return "\n\n".join(parts)


def all_faults(result: Result) -> list[Any]:
    """Every value of ours that is not as labelled, wrong ones first."""
    names = [name for name in MEASURES if name != "sections by own label"]
    faults = [fault for name in names for fault in result.measure(name).faults]
    faults += result.strings["rasoat"][0].faults
    order = {"wrong": 0, "extra": 1, "missing": 2}
    return sorted(faults, key=lambda fault: order[fault.fault])


def as_json(result: Result) -> dict[str, Any]:
    """The whole run as one JSON answer."""
    return {
        "pages": len(result.pages),
        "milliseconds": result.milliseconds(),
        "measures": {name: _numbers(result.measure(name)) for name in MEASURES},
        "by": {
            grouping: {
                group: {
                    "milliseconds": result.milliseconds(member(grouping, group)),
                    "measures": {
                        name: _numbers(tally)
                        for name in MEASURES
                        if _occurs(tally := result.measure(name, member(grouping, group)))
                    },
                }
                for group in result.groups(GROUPINGS[grouping])
            }
            for grouping in GROUPINGS
        },
        "dates": {
            name: {**_numbers(t), "microseconds": micro} for name, (t, micro) in result.strings.items()
        },
        "article_dates": {name: _numbers(tally) for name, tally in result.rivals.items()},
        "faults": [
            {"file": f.file, "measure": f.measure, "fault": f.fault, "got": f.got, "label": f.label}
            for f in all_faults(result)
        ],
    }


def _numbers(tally: Tally) -> dict[str, Any]:
    names = ("right", "absent", "missing", "wrong", "extra", "precision", "recall", "accuracy")
    return {name: getattr(tally, name) for name in names}
