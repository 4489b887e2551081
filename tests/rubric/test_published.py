"""The tables that were published, figure by figure, reproduced by the editions as data."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from rubric.edition import load_edition
from rubric.model import Edition, Group
from rubric.scoring import Columns, Score, Standing, number, ranking, ranks, reachable, score_unit

TABLES = Path(__file__).with_name("published")
Row = dict[str, str]


def rows(table: str) -> list[Row]:
    with (TABLES / f"{table}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def by_group(table: str) -> Iterator[tuple[str, list[Row]]]:
    found = rows(table)
    for group in dict.fromkeys(row["group"] for row in found):
        yield group, [row for row in found if row["group"] == group]


def as_score(row: Row) -> tuple[Score, int]:
    points = Decimal(row["reviewed_score"])
    required, full, partial, none = (int(row[name]) for name in ("required", "full", "partial", "none"))
    columns = Columns(required, full, partial, none, unresolved=0)
    return Score(points, Decimal(100), points, points, columns), int(row["items"])


def reach_of(row: Row) -> tuple[int, int, int, Decimal]:
    return int(row["full"]), int(row["partial"]), int(row["none"]), Decimal(row["reviewed_score"])


# --- May 2026 ---------------------------------------------------------------------------------


def test_totals_and_counts_of_may_2026() -> None:
    table = rows("2026-05")
    items = {group: sum(int(row["items"]) for row in found) for group, found in by_group("2026-05")}
    assert items == {"department": 1194, "commune": 12192}
    assert sum(items.values()) == 13386
    assert (sum(row["reviewed_score"] == "100" for row in table), len(table)) == (101, 112)


def test_leaves_required_in_may_2026_are_the_editions_leaves() -> None:
    edition = load_edition("kh65-2025")
    for group, found in by_group("2026-05"):
        assert {int(row["required"]) for row in found} == {len(edition.groups[group].leaves)}
        assert edition.groups[group].possible == 100


@pytest.mark.parametrize("table", ["2026-05", "2024-02"])
def test_ranking_gives_the_published_order(table: str) -> None:
    for _, found in by_group(table):
        scores = [as_score(row) for row in found]
        assert ranks(scores) == tuple(int(row["rank"]) for row in found)


@pytest.mark.parametrize("table", ["2026-05", "2024-02"])
def test_ranking_finds_the_published_order_again_from_another(table: str) -> None:
    for _, found in by_group(table):
        # only rows tied in both score and items may keep the order given
        shuffled = sorted(found, key=lambda row: row["name"][::-1])
        scores = [as_score(row) for row in shuffled]
        order = [(shuffled[i]["reviewed_score"], shuffled[i]["items"]) for i in ranking(scores)]
        assert order == [(row["reviewed_score"], row["items"]) for row in found]


def unreachable(edition: Edition) -> list[str]:
    return [
        row["name"]
        for group, found in by_group("2026-05")
        for row in found
        if reach_of(row) not in reachable(edition.groups[group])
    ]


def zero_is_none(group: Group) -> Group:
    leaves = tuple(
        replace(
            leaf,
            levels=tuple(
                replace(level, column="none") if level.points == 0 else level for level in leaf.levels
            ),
        )
        for leaf in group.leaves
    )
    return replace(group, leaves=leaves)


def test_all_112_rows_of_may_2026_are_reachable() -> None:
    assert unreachable(load_edition("kh65-2025")) == []


def test_counting_no_points_as_not_updated_contradicts_exactly_three_rows() -> None:
    edition = load_edition("kh65-2025")
    other = replace(edition, groups={kind: zero_is_none(group) for kind, group in edition.groups.items()})
    assert unreachable(other) == ["UBND xã Bắc Lũng", "UBND xã Tam Giang", "UBND xã Trường Sơn"]


# --- February 2024 ----------------------------------------------------------------------------


def test_february_2024_from_its_edition() -> None:
    edition = load_edition("2024-02")
    items = {group: sum(int(row["items"]) for row in found) for group, found in by_group("2024-02")}
    assert items == {"department": 1389, "district": 650}
    for group, found in by_group("2024-02"):
        leaves = edition.groups[group].leaves
        for row in found:
            late = int(row["partial"])
            levels = ["partial"] * late + ["full"] * (len(leaves) - late)
            standings: dict[str, Standing] = {
                leaf.id: (level, ()) for leaf, level in zip(leaves, levels, strict=True)
            }
            score = score_unit(edition.groups[group], standings)
            assert (score, int(row["items"])) == as_score(row)


# --- 2012 -------------------------------------------------------------------------------------


def test_2012_totals_and_order_with_halves_missing_sections_and_dead_sites() -> None:
    edition = load_edition("2012-bacgiang")
    for kind, found in by_group("2012"):
        group = edition.groups[kind]
        scores = [score_unit(group, standings_2012(group, row)) for row in found]
        for row, score in zip(found, scores, strict=True):
            if row["total"].startswith("không"):
                assert (score.columns.unresolved, score.settled) == (10, False)
            else:
                assert (score.points, score.settled) == (Decimal(row["total"]), True)
        # two rows tied on points stand in the order of the table: the notice counts no items
        assert ranking([(score, 0) for score in scores]) == tuple(range(len(found)))


def standings_2012(group: Group, row: Row) -> dict[str, Standing]:
    scores = {leaf.id: row[f"c{number_}"] for number_, leaf in enumerate(group.leaves, start=1)}
    return {
        leaf: (str(number(Decimal(score))), ()) if score else (None, ()) for leaf, score in scores.items()
    }


def test_2012_maxima() -> None:
    groups = load_edition("2012-bacgiang").groups
    assert [int(groups[kind].possible) for kind in ("department", "district")] == [99, 100]
    assert groups["district"].leaves[2].max_points == 9
    assert {leaf.levels[-1].points for group in groups.values() for leaf in group.leaves} == {-1}
