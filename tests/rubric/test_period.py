from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import InputError
from rubric.period import default_period, parse_period, period_of


def test_the_attested_periods() -> None:
    may = parse_period("2026-05")
    assert (may.opens, may.closes) == (date(2026, 4, 23), date(2026, 5, 22))
    february = parse_period("2024-02")
    assert (february.opens, february.closes) == (date(2024, 1, 23), date(2024, 2, 22))


def test_january_opens_in_december() -> None:
    assert parse_period("2026-01").opens == date(2025, 12, 23)


@pytest.mark.parametrize(
    "text",
    [
        "2026",
        "2026-5",
        "2026-13",
        "2026-00",
        "05/2026",
        "2026-05-22",
        "",
        "２０２６-05",
        "2026-05\n",
        "0001-01",
        "0000-05",
    ],
)
def test_an_impossible_period_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(InputError, match="is no period") as caught:
        parse_period(text)
    assert f"'{text}'" in str(caught.value)


@pytest.mark.parametrize(
    ("day", "period"),
    [
        ("2026-04-22", "2026-04"),
        ("2026-04-23", "2026-05"),
        ("2026-05-22", "2026-05"),
        ("2025-12-23", "2026-01"),
    ],
)
def test_a_day_belongs_to_the_period_that_closes_on_the_22nd(day: str, period: str) -> None:
    assert period_of(date.fromisoformat(day)).id == period


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2200, 1, 1)))
def test_every_day_lies_in_exactly_one_period(day: date) -> None:
    period = period_of(day)
    assert period.holds(day)
    assert parse_period(period.id) == period
    assert period_of(period.closes + timedelta(days=1)).opens == period.closes + timedelta(days=1)


@pytest.mark.parametrize(
    ("as_of", "period"),
    [
        ("2026-05-22", "2026-05"),  # the last day of the period itself
        ("2026-05-23", "2026-05"),  # closed yesterday
        ("2026-05-29", "2026-05"),  # seventh day after the close
        ("2026-05-30", "2026-06"),
        ("2025-12-28", "2025-12"),
        ("2026-01-01", "2026-01"),
    ],
)
def test_the_default_is_the_closed_period_for_seven_days(as_of: str, period: str) -> None:
    assert default_period(date.fromisoformat(as_of)).id == period


def test_the_end_of_the_calendar_is_refused() -> None:
    with pytest.raises(InputError, match="9999-12-31"):
        period_of(date.max)
