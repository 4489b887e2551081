"""Dates that need today: words that count back from now, a day and month without a year; and the
library for what our patterns do not know. Nothing coarser than a day is a date."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from pages import dategrammar as grammar
from pages.model import Stated

_LONGEST = 80  # characters of a string worth giving to the library
_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_SHORT_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_MONTH_NAME = re.compile(
    rf"(?<!\w)(?:{'|'.join(name for name in grammar.MONTHS if name.isascii())})(?!\w)", re.I
)
_DAY_SECONDS = 86400


def read_relative(s: str, now: datetime) -> Stated | None:
    """A date that the whole of ``s`` states only together with today's; None when it does not."""
    if len(s) > _LONGEST or s in grammar.NOT_DATES:
        return None
    return _ago(s, now) or _day_word(s, now) or _last_week(s, now) or _clock_only(s, now) or _yearless(s, now)


def _ago(s: str, now: datetime) -> Stated | None:
    found = grammar.AGO.fullmatch(s)
    if not found:
        return None
    parts = [
        (int(n), grammar.AGO_UNITS[unit.lower()]) for n, unit in grammar.AGO_PART.findall(found["parts"])
    ]
    moment = now - timedelta(seconds=sum(n * seconds for n, seconds in parts))
    exact = min(seconds for _, seconds in parts) < _DAY_SECONDS
    return Stated(
        moment.date(), moment.time().replace(second=0, microsecond=0) if exact else None, "relative", s
    )


def _day_word(s: str, now: datetime) -> Stated | None:
    found = grammar.DAY_WORD.fullmatch(s)
    if not found:
        return None
    word = found["word"].lower()
    moment = now.time().replace(second=0, microsecond=0) if word in grammar.JUST_NOW else None
    if found["clock"]:
        clock = grammar.TIME.fullmatch(found["clock"].strip())
        if clock is None:
            return None
        moment = grammar.read_time(clock)
    return Stated(now.date() - timedelta(days=grammar.DAYS_BACK[word]), moment, "relative", s)


def _last_week(s: str, now: datetime) -> Stated | None:
    found = grammar.LAST_WEEK.fullmatch(s)
    if not found:
        return None
    monday = now.date() - timedelta(days=now.weekday() + 7)
    return Stated(monday + timedelta(days=grammar.WEEKDAYS[found["weekday"].lower()]), None, "relative", s)


def _clock_only(s: str, now: datetime) -> Stated | None:
    """A time of day alone means today, if it is surely a time (it names its half of the day)."""
    clock = grammar.TIME.fullmatch(s)
    moment = grammar.read_time(clock) if clock and clock["half"] else None
    return Stated(now.date(), moment, "relative", s) if moment else None


def _yearless(s: str, now: datetime) -> Stated | None:
    """A day and month of this year, already past. In digits only where they cannot be "page 1 of 5" or
    a ratio: the first number is the greater one."""
    found = grammar.YEARLESS.fullmatch(s)
    if not found or (not grammar.LETTER.search(s) and int(found[1]) <= int(found[2])):
        return None
    try:
        day = date(now.year, int(found[2]), int(found[1]))
    except ValueError:
        return None
    return Stated(day, None, "relative", s) if day <= now.date() else None


def read_loose(s: str, now: datetime) -> Stated | None:
    """What ``dateparser`` makes of a string that holds a year, a day and letters: refused unless the
    year, the day and the month it answers all stand in the string."""
    years = _YEAR.findall(s)
    named = _MONTH_NAME.search(s)
    if len(s) > _LONGEST or len(years) != 1 or not named:
        return None
    moment = _parse(s, now)
    numbers = {int(n) for n in _SHORT_NUMBER.findall(s)}
    if moment is None or moment.year != int(years[0]) or moment.day not in numbers:
        return None
    if moment.month != grammar.MONTHS[named[0].lower()]:
        return None
    return Stated(moment.date(), None, "library", s)


def _parse(s: str, now: datetime) -> datetime | None:
    from dateparser.date import DateDataParser  # 50 ms to import, seldom needed

    settings = {"DATE_ORDER": "DMY", "RELATIVE_BASE": now.replace(tzinfo=None), "PARSERS": ["absolute-time"]}
    parser = DateDataParser(
        languages=["vi", "en"], settings={**settings, "REQUIRE_PARTS": ["day", "month", "year"]}
    )
    return parser.get_date_data(s).date_obj
