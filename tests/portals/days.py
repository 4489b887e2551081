"""The days the fleet's truth is computed on: its own small arithmetic, shared with nobody.

Spring 2026: Giỗ Tổ falls on Sunday 26/4, so Monday 27/4 is off in lieu; 30/4 and 1/5 are off.
"""

from __future__ import annotations

from datetime import date, timedelta

PERIOD = "2026-05"
OPENS = date(2026, 4, 23)
CLOSES = date(2026, 5, 22)
AS_OF = date(2026, 5, 23)
OFF = frozenset({date(2026, 4, 27), date(2026, 4, 30), date(2026, 5, 1)})


def is_working(day: date) -> bool:
    """Monday to Friday, less the days off."""
    return day.weekday() < 5 and day not in OFF


def after(day: date, working_days: int) -> date:
    """The ``working_days``-th working day after ``day``, which itself does not count."""
    while working_days:
        day += timedelta(days=1)
        working_days -= is_working(day)
    return day


def spent(start: date, end: date) -> int:
    """Working days after ``start`` up to and including ``end``."""
    return sum(is_working(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def in_period(day: date) -> bool:
    """Whether a day lies in the period, both ends included."""
    return OPENS <= day <= CLOSES
