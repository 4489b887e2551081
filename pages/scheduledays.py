"""Days in the words of a schedule: worded dates as numbers, months, weekdays, days put together."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import Final

from pages.model import ScheduleRange
from pages.vocabulary import load

_NAME: Final = "schedule"
_NEARBY: Final = 60  # days between a schedule and the date printed beside it
FULL = re.compile(r"(?<![\d/-])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])")
_SHORT = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])")


def plain_days(text: str) -> str:
    """``text`` with worded dates as numbers; see the rewriting rules beside the words."""
    plain = text.casefold()
    for rule, replacement in _rewrites():
        plain = rule.sub(replacement, plain)
    return plain


@cache
def _rewrites() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(str(rule)), str(replacement)) for rule, replacement in load(_NAME)["rewrite"])


@cache
def expression(name: str) -> re.Pattern[str]:
    """One of the expressions beside the words."""
    return re.compile(str(load(_NAME)[name]))


def made_date(year: str | None, month: str | None, day: str | None) -> date | None:
    """The date, None when there is no such day or its year is no year of a portal."""
    try:
        made = date(int(year or 0), int(month or 0), int(day or 0))
    except ValueError:
        return None
    return made if 2000 <= made.year <= 2100 else None


def nearest_year(beside: date, day: str, month: str) -> int | None:
    """The year that puts ``day``/``month`` within two months of the date beside it."""
    near = (made_date(str(beside.year + shift), month, day) for shift in (-1, 0, 1))
    found = [each for each in near if each is not None and abs((each - beside).days) <= _NEARBY]
    return found[0].year if len(found) == 1 else None


def whole_month(plain: str) -> list[tuple[date, date]]:
    """The whole month that a programme of the month names."""
    found = expression("month").search(plain)
    if found is None or expression("week_of_month").search(plain):
        return []
    first = made_date(found[2], found[1], "1")
    if first is None:
        return []
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return [(first, after - timedelta(days=1))]


def named_day(said: str, year: int | None) -> date | None:
    """The date of a text that begins with a weekday and agrees with it."""
    key = said.casefold().lstrip(" -+*(")
    weekday = next((number for word, number in _weekdays() if key.startswith(word)), None)
    if weekday is None:
        return None
    plain = plain_days(said)
    full, short = FULL.search(plain), _SHORT.search(plain)
    day = (
        made_date(full[3], full[2], full[1])
        if full
        else made_date(str(year), short[2], short[1])
        if short and year
        else None
    )
    return day if day is not None and day.weekday() == weekday else None


@cache
def _weekdays() -> tuple[tuple[str, int], ...]:
    return tuple((str(word), int(number)) for word, number in load(_NAME)["weekdays"].items())


def joined(days: dict[date, str]) -> list[ScheduleRange]:
    """Days at most two apart (a weekend's gap is three) form one range."""
    found: list[ScheduleRange] = []
    for day in sorted(days):
        if found and (day - found[-1].last).days <= 3:
            found[-1] = ScheduleRange(found[-1].first, day, found[-1].quote)
        else:
            found.append(ScheduleRange(day, day, days[day]))
    return found
