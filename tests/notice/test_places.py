"""Order and open places of a group."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from report.notice.model import Row
from report.notice.places import placed


def row(name, low, high=None, items=0, coverage="complete"):
    points = Decimal(low), Decimal(low if high is None else high)
    return Row(name, 21, 21, 0, 0, items, None, *points, Decimal(100), coverage=coverage)


def places(*rows):
    return [(each.name, each.best, each.worst) for each in placed(rows)]


def test_points_then_items_then_the_order_given():
    rows = row("a", 90, items=5), row("b", 100, items=1), row("c", 90, items=9), row("d", 90, items=5)
    assert places(*rows) == [("b", 1, 1), ("c", 2, 2), ("a", 3, 3), ("d", 4, 4)]


def test_an_open_unit_moves_those_it_may_pass():
    rows = row("a", 95), row("b", 80, 97), row("c", 70)
    assert places(*rows) == [("a", 1, 2), ("b", 1, 2), ("c", 3, 3)]


def test_items_not_all_seen_may_be_more():
    rows = row("a", 100, items=9), row("b", 100, items=3, coverage="partial")
    assert places(*rows) == [("a", 1, 2), ("b", 1, 2)]
    assert [each.worst for each in placed(rows, final=True)] == [1, 2]


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 3)), min_size=1, max_size=7),
    st.randoms(use_true_random=False),
)
def test_any_outcome_lies_between_best_and_worst(units, random):
    rows = [row(str(n), low, low + more, items) for n, (low, more, items) in enumerate(units)]
    outcome = [
        row(each.name, random.randint(int(each.low), int(each.high)), items=each.items) for each in rows
    ]
    bounds = {each.name: (each.best, each.worst) for each in placed(rows)}
    for place, each in enumerate(placed(outcome), start=1):
        assert bounds[each.name][0] <= place <= bounds[each.name][1]
