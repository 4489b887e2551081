from __future__ import annotations

from decimal import Decimal
from itertools import product
from random import Random

import pytest

from rubric.edition import load_edition
from rubric.model import Group, Leaf, Level
from rubric.scoring import Columns, Score, Standing, number, ranking, ranks, reachable, score_unit


def leaf(leaf_id: str, *levels: tuple[str, str, str]) -> Leaf:
    found = tuple(Level(i, i, Decimal(points), column) for i, points, column in levels)  # type: ignore[arg-type]
    return Leaf(leaf_id, leaf_id, found[0].points, "manual", found, "test")


GROUP = Group(
    kind="department",
    possible=Decimal("10.5"),
    leaves=(
        leaf("A", ("full", "3", "full"), ("partial", "2", "partial"), ("none", "0", "none")),
        leaf("B", ("yes", "5.5", "full"), ("no", "0", "partial")),
        leaf("C", ("yes", "2", "full"), ("gone", "-1", "none")),
    ),
)


def settled(points: str) -> Score:
    value = Decimal(points)
    return Score(value, Decimal(100), value, value, Columns(0, 0, 0, 0, 0))


def ranging(low: str, high: str) -> Score:
    return Score(Decimal(low), Decimal(100), Decimal(low), Decimal(high), Columns(0, 0, 0, 0, 0))


def figures(score: Score) -> list[float]:
    return [float(value) for value in (score.points, score.low, score.high)]


def test_points_and_columns_of_settled_leaves() -> None:
    score = score_unit(GROUP, {"A": ("partial", ()), "B": ("no", ()), "C": ("gone", ())})
    assert figures(score) == [1, 1, 1]
    assert score.possible == Decimal("10.5")
    assert score.columns == Columns(required=3, full=0, partial=2, none=1, unresolved=0)
    assert score.settled


def test_an_open_leaf_makes_a_range_and_no_column() -> None:
    score = score_unit(GROUP, {"A": ("full", ()), "B": (None, ()), "C": ("yes", ())})
    assert figures(score) == [5, 5, 10.5]
    assert score.columns == Columns(required=3, full=2, partial=0, none=0, unresolved=1)
    assert not score.settled


def test_the_levels_still_possible_narrow_the_range() -> None:
    score = score_unit(GROUP, {"A": (None, ("full", "partial")), "B": ("yes", ()), "C": ("yes", ())})
    assert figures(score) == [7.5, 9.5, 10.5]


def test_a_leaf_without_finding_is_open_with_all_its_levels() -> None:
    score = score_unit(GROUP, {})
    assert figures(score) == [0, -1, 10.5]
    assert score.columns == Columns(required=3, full=0, partial=0, none=0, unresolved=3)


def test_the_base_is_where_every_unit_starts() -> None:
    group = Group(
        "district", Decimal(100), (leaf("A", ("full", "0", "full"), ("late", "-2", "partial")),), Decimal(100)
    )
    assert score_unit(group, {"A": ("late", ())}).points == 98


def test_findings_of_another_edition_are_refused() -> None:
    with pytest.raises(ValueError, match="PL9"):
        score_unit(GROUP, {"PL9": ("full", ())})
    with pytest.raises(ValueError, match="levels not of leaf A: yes"):
        score_unit(GROUP, {"A": ("yes", ())})
    with pytest.raises(ValueError, match="levels not of leaf A"):
        score_unit(GROUP, {"A": (None, ("full", "yes"))})


def test_points_then_items_then_the_order_given_decide() -> None:
    rows = [(settled("90"), 5), (settled("100"), 5), (settled("100"), 9), (settled("90"), 5)]
    assert ranking(rows) == (2, 1, 0, 3)
    assert ranks(rows) == (3, 2, 1, 4)


def test_an_open_score_has_no_rank_and_stands_by_what_is_certain() -> None:
    rows = [(settled("47"), 1), (ranging("60", "95"), 1), (settled("98"), 1)]
    assert ranks(rows) == (3, None, 1)
    assert ranking(rows) == (2, 1, 0)


def test_ranking_nothing() -> None:
    assert ranks([]) == ()


@pytest.mark.parametrize(
    ("value", "expected"), [("92", 92), ("10.5", 10.5), ("-1", -1), ("1E+2", 100), ("0.0", 0)]
)
def test_numbers_for_json_are_exact(value: str, expected: float) -> None:
    found = number(Decimal(value))
    assert found == expected
    assert isinstance(found, type(expected))


def test_a_number_that_json_cannot_hold_exactly_is_refused() -> None:
    with pytest.raises(ValueError, match=r"0\.1"):
        number(Decimal("0.1"))


def test_reachable_is_what_some_choice_of_levels_scores() -> None:
    expected = set()
    for levels in product(*(x.levels for x in GROUP.leaves)):
        score = score_unit(
            GROUP, {x.id: (level.id, ()) for x, level in zip(GROUP.leaves, levels, strict=True)}
        )
        expected.add((score.columns.full, score.columns.partial, score.columns.none, score.points))
    assert reachable(GROUP) == expected
    assert (3, 0, 0, Decimal("9.5")) not in expected


@pytest.mark.parametrize("kind", ["department", "commune"])
def test_any_settled_unit_is_reachable_and_any_open_one_covers_its_outcomes(kind: str) -> None:
    group = load_edition("kh65-2025").groups[kind]
    reached = reachable(group)
    random = Random(65)
    for _ in range(200):
        levels: dict[str, Standing] = {x.id: (random.choice(x.levels).id, ()) for x in group.leaves}
        score = score_unit(group, levels)
        columns = score.columns
        assert (columns.full, columns.partial, columns.none, score.points) in reached
        open_leaf = random.choice(group.leaves).id
        open_score = score_unit(group, {**levels, open_leaf: (None, ())})
        assert open_score.low <= score.points <= open_score.high
