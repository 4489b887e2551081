from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import InputError
from rubric.calendar import WorkCalendar, calendar_answer, load_calendar
from rubric.period import parse_period

CALENDAR = load_calendar()

WORKING = {
    "2025": {2: 17, 3: 20, 4: 21, 5: 20, 6: 21, 7: 22, 8: 23, 9: 19, 10: 22, 11: 22, 12: 21},
    "2026": {1: 22, 2: 16, 3: 20, 4: 23, 5: 19, 6: 21, 7: 22, 8: 23, 9: 19, 10: 22, 11: 21, 12: 21},
}
DAYS_2026 = {1: 31, 2: 31, 3: 28, 4: 31, 5: 30, 6: 31, 7: 30, 8: 31, 9: 31, 10: 30, 11: 31, 12: 30}
PERIODS = [
    (f"{year}-{month:02d}", days) for year, months in WORKING.items() for month, days in months.items()
]


@pytest.mark.parametrize(("period", "days"), PERIODS)
def test_working_days_of_the_periods(period: str, days: int) -> None:
    found = parse_period(period)
    assert CALENDAR.working_days(found.opens, found.closes) == days


@pytest.mark.parametrize(("month", "days"), DAYS_2026.items())
def test_days_of_the_periods_of_2026(month: int, days: int) -> None:
    found = parse_period(f"2026-{month:02d}")
    assert (found.closes - found.opens).days + 1 == days


OFF = """
2024-01-01 2024-02-08 2024-02-09 2024-02-12 2024-02-13 2024-02-14 2024-04-18 2024-04-29 2024-04-30 2024-05-01
2024-09-02 2024-09-03
2025-01-01 2025-01-27 2025-01-28 2025-01-29 2025-01-30 2025-01-31 2025-04-07 2025-04-30 2025-05-01 2025-05-02
2025-09-01 2025-09-02
2026-01-01 2026-01-02 2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-04-27 2026-04-30 2026-05-01
2026-08-31 2026-09-01 2026-09-02 2026-11-24
"""
WORKED = "2024-05-04 2025-04-26 2026-01-10 2026-08-22"


def test_days_off_and_worked_saturdays_of_2024_to_2026() -> None:
    first, last = date(2024, 1, 1), date(2026, 12, 31)
    assert [day.date for day in CALENDAR.days_off(first, last)] == [
        date.fromisoformat(d) for d in OFF.split()
    ]
    assert [day.date for day in CALENDAR.worked(first, last)] == [
        date.fromisoformat(d) for d in WORKED.split()
    ]


def test_the_two_days_that_the_library_misses_move_a_deadline() -> None:
    assert not CALENDAR.is_working(date(2026, 1, 2))
    assert CALENDAR.is_working(date(2026, 1, 10))
    assert CALENDAR.add_working_days(date(2025, 12, 31), 1) == date(2026, 1, 5)
    assert CALENDAR.add_working_days(date(2026, 1, 9), 1) == date(2026, 1, 10)


def test_a_document_of_friday_24_april_2026_is_due_on_the_29th_because_27_is_a_day_off_in_lieu() -> None:
    assert CALENDAR.add_working_days(date(2026, 4, 24), 2) == date(2026, 4, 29)
    assert CALENDAR.add_working_days(date(2026, 4, 24), 0) == date(2026, 4, 24)


def test_culture_day_is_ordinary_before_2026() -> None:
    assert CALENDAR.is_working(date(2024, 11, 25))
    assert CALENDAR.is_working(date(2025, 11, 24))
    assert not CALENDAR.is_working(date(2026, 11, 24))


def test_a_proposal_changes_nothing_and_is_reported() -> None:
    assert CALENDAR.is_working(date(2026, 11, 23))
    assert not CALENDAR.is_working(date(2026, 11, 28))
    answer = calendar_answer(date(2026, 11, 20), date(2026, 11, 30))
    assert answer["working_days"] == 6
    assert [(day["date"], day["kind"]) for day in answer["provisional"]] == [
        ("2026-11-23", "off"),
        ("2026-11-28", "work"),
    ]


def test_tet_and_national_day_of_2027_are_provisional() -> None:
    tet = CALENDAR.provisional(date(2027, 1, 1), date(2027, 3, 31))
    assert [day.date.day for day in tet] == [4, 5, 8, 9, 10]
    assert [day.date.day for day in CALENDAR.provisional(date(2027, 9, 1), date(2027, 9, 30))] == [1, 3]
    assert CALENDAR.provisional(date(2027, 4, 1), date(2027, 5, 31)) == ()


def test_days_off_of_years_nobody_looked_up_are_provisional() -> None:
    guessed = CALENDAR.provisional(date(2027, 12, 1), date(2028, 12, 31))
    assert guessed == CALENDAR.days_off(date(2028, 1, 1), date(2028, 12, 31))
    assert {day.confidence for day in guessed} == {"C"}
    assert len(guessed) > 5


def test_one_proposed_day_is_reported_from_its_first_to_its_last_hour() -> None:
    day = date(2026, 11, 23)
    assert [found.date for found in CALENDAR.provisional(day, day)] == [day]
    assert CALENDAR.provisional(day + timedelta(days=1), date(2026, 11, 27)) == ()


def test_what_was_checked_ends_with_its_last_day() -> None:
    until_april = replace(CALENDAR, checked_until=date(2026, 4, 30))
    found = until_april.provisional(date(2026, 4, 23), date(2026, 5, 22))
    assert [(day.date, day.confidence) for day in found] == [(date(2026, 5, 1), "C")]
    days_off = until_april.days_off(date(2026, 4, 30), date(2026, 4, 30))
    assert [day.confidence for day in days_off] == ["B"]


def test_the_answer_for_may_2026() -> None:
    answer = calendar_answer(date(2026, 4, 23), date(2026, 5, 22))
    assert answer["working_days"] == 19
    assert [day["date"] for day in answer["days_off"]] == ["2026-04-27", "2026-04-30", "2026-05-01"]
    assert all(set(day) == {"date", "name", "source"} and day["source"] for day in answer["days_off"])
    assert (answer["worked"], answer["provisional"]) == ([], [])


def test_the_answer_names_the_source_of_a_correction() -> None:
    answer = calendar_answer(date(2026, 1, 1), date(2026, 1, 10))
    assert answer["worked"] == [{"date": "2026-01-10", "source": "12729/VPCP-KGVX ngày 25/12/2025"}]
    assert answer["days_off"][1]["source"] == "12729/VPCP-KGVX ngày 25/12/2025"
    assert answer["working_days"] == 6


def test_one_day_and_days_out_of_order() -> None:
    day = date(2026, 5, 22)
    assert calendar_answer(day, day)["working_days"] == 1
    assert CALENDAR.working_days(day, day - timedelta(days=1)) == 0
    with pytest.raises(InputError, match="2026-05-21 lies before 2026-05-22"):
        calendar_answer(day, date(2026, 5, 21))


def test_a_year_without_known_holidays_is_refused() -> None:
    with pytest.raises(InputError, match="year 2150"):
        CALENDAR.is_working(date(2150, 3, 1))


@given(st.dates(date(2020, 1, 1), date(2027, 12, 31)), st.integers(1, 30))
def test_a_deadline_has_its_working_days_between(day: date, count: int) -> None:
    due = CALENDAR.add_working_days(day, count)
    assert CALENDAR.is_working(due)
    assert CALENDAR.working_days(day + timedelta(days=1), due) == count


def test_without_corrections_the_library_is_wrong_in_january_2026() -> None:
    bare = WorkCalendar({}, (), date(2027, 12, 31), "library", "library")
    assert bare.is_working(date(2026, 1, 2))
    assert not bare.is_working(date(2026, 1, 10))


HEAD = "library: {source: a, swap_source: b}\nchecked_until: 2027-12-31\n"
DAY = "{date: 2026-01-02, kind: 'off', name: n, source: s, confidence: A}"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("corrections: [\n", 2, "bad YAML"),
        ("checked_until: 2027-12-31\n", 1, "'library' is missing"),
        (HEAD + "extra: 1\n", 3, "unknown field 'extra'"),
        (HEAD.replace("12-31", "02-30"), 2, "'2027-02-30' is no date"),
        (HEAD + f"corrections: [{DAY.replace('01-02', '01-03')}]\n", 3, "cannot be 'off'"),
        (HEAD + f"corrections: [{DAY.replace(repr('off'), 'work')}]\n", 3, "cannot be 'work'"),
        (HEAD + f"corrections:\n  - {DAY}\n  - {DAY}\n", 5, "day 2026-01-02 is given twice"),
        (HEAD + f"provisional: [{DAY.replace('A}', 'X}')}]\n", 3, "unknown value 'X'"),
        (HEAD + f"provisional: [{DAY.replace('source: s, ', '')}]\n", 3, "'source' is missing"),
    ],
)
def test_every_fault_of_a_calendar_is_refused(tmp_path: Path, text: str, line: int, said: str) -> None:
    path = tmp_path / "calendar.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_calendar(path)
    assert f"calendar.yml:{line}: " in str(caught.value)
    assert said in str(caught.value)
