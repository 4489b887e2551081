"""Two editions compared leaf by leaf, from findings alone."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from audit.model import Finding, UnitResult
from report.shadow import Pair, comparison
from rubric.edition import load_edition
from rubric.model import Edition
from rubric.period import parse_period
from tests.audit.build import SO, XA

BASE = load_edition("kh65-2025")
PERIOD = parse_period("2026-05")


def result(edition: Edition, unresolved: str = "") -> UnitResult:
    """The best level everywhere, one leaf unresolved."""
    leaves = edition.groups["department"].leaves
    return UnitResult(
        "sokhcn",
        True,
        "complete",
        tuple(Finding(x.id, None if x.id == unresolved else x.levels[0].id, "count.items") for x in leaves),
    )


def stricter() -> Edition:
    """The edition in force with the news leaf worth 12 instead of 10, and without the leaf of history."""
    group = BASE.groups["department"]
    best, *others = group.leaf("PL1.2").levels  # type: ignore[union-attr]
    leaves = tuple(
        replace(leaf, max_points=Decimal(12), levels=(replace(best, points=Decimal(12)), *others))
        if leaf.id == "PL1.2"
        else leaf
        for leaf in group.leaves
        if leaf.id != "PL1.1.2"
    )
    return replace(
        BASE, id="trial", groups={"department": replace(group, leaves=leaves, possible=Decimal(99))}
    )


def test_leaves_are_compared_by_level_and_points() -> None:
    trial = stricter()
    pair = Pair(SO, result(BASE), result(trial, unresolved="PL1.13"))
    answer = comparison(BASE, trial, PERIOD, "2026-05-23", [pair])
    (unit,) = answer["units"]
    differing = {leaf["id"]: leaf for leaf in unit["leaves"] if not leaf["same"]}
    assert set(differing) == {"PL1.1.2", "PL1.2", "PL1.13"}
    assert differing["PL1.1.2"]["other"] is None
    assert (differing["PL1.2"]["base"]["points"], differing["PL1.2"]["other"]["points"]) == (10, 12)
    assert differing["PL1.13"]["other"]["level"] is None
    assert answer["changed"] == 3
    assert (unit["base"]["points"], unit["base"]["possible"]) == (100, 100)
    assert (unit["other"]["low"], unit["other"]["high"]) == (96, 99)
    assert answer["manual"] == {"department": []}


def test_leaves_for_persons_are_named_and_kinds_without_leaves_are_empty() -> None:
    old = load_edition("2024-02")
    answer = comparison(BASE, old, PERIOD, "2026-05-23", [Pair(SO, result(BASE), None), Pair(XA, None, None)])
    assert len(answer["manual"]["department"]) == 19
    assert "commune" not in answer["manual"]
    assert answer["units"][1]["base"] is None
    assert answer["units"][0]["other"] is None
