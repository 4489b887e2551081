"""Dates as Vietnamese pages write them: the one date that a string states, or nothing.

A wrong date is worse than a missing one. A string with two dates, an impossible one, a year outside
1990–2100, or two possible readings states none. Day comes before month unless the caller knows
better. Absolute dates are read by our own patterns; what they do not know goes to ``dateparser``,
whose answer counts only if every part of it stands in the string.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from pages import dategrammar as grammar
from pages.loosedates import read_loose, read_relative
from pages.model import Stated
from pages.text import fold

_LONGEST = 400  # characters; what is longer is not a date's own element
_NEAR = 24  # characters between a date and the time or weekday that belongs to it
_LOCAL = timedelta(hours=7)  # Vietnam's offset from UTC, all year


@dataclass(frozen=True, slots=True)
class _Place:
    """One date-like place of a text: ``day`` as the order in force reads it, ``other`` as the other
    order does; None where that is no date."""

    start: int
    end: int
    day: date | None
    other: date | None = None
    unpadded: bool = False


def read_date(text: str, now: datetime, us_order: bool = False, sure: bool = False) -> Stated | None:
    """The one date that the short string ``text`` states; None when none, two readings or two dates.

    ``now`` (local) is what relative words count from. ``us_order`` reads month before day.
    ``sure`` says that the order is known of this page (:func:`order_of`): ``5/6/2026 8:30 AM`` then
    has one reading.
    """
    s = fold(text)
    if not s or len(s) > _LONGEST:
        return None
    if not grammar.DIGIT.search(s):
        return read_relative(s, now)
    places = list(_places(s, now, us_order))
    if not places:
        return _compact(s) or read_relative(s, now) or read_loose(s, now)
    first = places[0]
    if any(place.day != first.day or _spoiled(s, place) for place in places):
        return None
    return _stated(s, first, us_order or sure)


def find_dates(text: str, now: datetime) -> list[Stated]:
    """All absolute dates of a longer text, in order; both ends of ranges, impossible ones left out."""
    s = fold(text)
    places = sorted(_places(s, now, us_order=False), key=lambda place: place.start)
    return [found for place in places if place.day and (found := _with_time(s, place, place.day))]


def order_of(texts: Iterable[str]) -> Literal["dmy", "mdy"] | None:
    """In which order the date strings of one list are written, if any of them gives it away."""
    orders: set[Literal["dmy", "mdy"]] = set()
    for found in (found for text in texts for found in grammar.NUMERIC.finditer(fold(text))):
        if found["d"] and 12 < int(found["d"]) <= 31 and int(found["m"]) <= 12:
            orders.add("dmy")
        elif found["d"] and 12 < int(found["m"]) <= 31 and int(found["d"]) <= 12:
            orders.add("mdy")
    return orders.pop() if len(orders) == 1 else None


def _places(s: str, now: datetime, us_order: bool) -> Iterator[_Place]:
    """Every place in ``s`` that looks like a date with a year."""
    for found in grammar.NUMERIC.finditer(s):
        yield _numeric(found, now, us_order)
    if grammar.LETTER.search(s):
        for found in grammar.WORDED.finditer(s):
            if place := _worded(found, now):
                yield place


def _numeric(found: re.Match[str], now: datetime, us_order: bool) -> _Place:
    if found["iy"]:
        return _Place(*found.span(), _day(found["iy"], found["im"], found["id"], now))
    first, second, year = found["d"], found["m"], found["y"]
    day, other = _day(year, second, first, now), _day(year, first, second, now)
    if us_order:
        day, other = other, day
    return _Place(*found.span(), day, other, unpadded=len(first) + len(second) < 4)


def _worded(found: re.Match[str], now: datetime) -> _Place | None:
    key = next(k for k in "wvef" if found[f"{k}d"])
    month = found[f"{key}m"].lower()
    if month in grammar.YEAR_WORDS and found["dw"] and not found["yw"]:
        return None  # a form whose month was left blank, not the fifth month
    number = month if month.isdigit() else str(grammar.MONTHS[month])
    return _Place(*found.span(), _day(found[f"{key}y"], number, found[f"{key}d"], now))


def _day(year: str, month: str, day: str, now: datetime) -> date | None:
    y = int(year)
    if len(year) == 2:
        y += 2000 if y <= now.year - 1999 else 1900
    try:
        return date(y, int(month), int(day)) if grammar.FIRST_YEAR <= y <= grammar.LAST_YEAR else None
    except ValueError:
        return None


def _spoiled(s: str, place: _Place) -> bool:
    """Whether the date is one end of a range, one of a list of days, or lunar."""
    before = s[max(0, place.start - _NEAR) : place.start]
    return (before != "" and grammar.RANGE_BEFORE.search(before) is not None) or (
        place.end < len(s) and grammar.LUNAR_AFTER.match(s, place.end) is not None
    )


def _stated(s: str, place: _Place, order_known: bool) -> Stated | None:
    day = place.day
    if place.other != day and not order_known:
        day = _one_reading(s, place)
    return _with_time(s, place, day) if day else None


def _one_reading(s: str, place: _Place) -> date | None:
    """The reading that stands when both orders of day and month have to be thought of."""
    clock = _clock_beside(s, place)
    english = clock is not None and (clock["half"] or "").lower() in grammar.ENGLISH_MARKS
    if place.day is None:
        return place.other if english else None
    if place.other is None:
        return place.day
    if clock and english and int(clock["h"]) <= 12 and (place.unpadded or len(clock["h"]) == 1):
        return None
    weekday = _weekday_beside(s, place)
    return place.day if weekday in (None, place.day.weekday()) else None


def _weekday_beside(s: str, place: _Place) -> int | None:
    before, after = s[max(0, place.start - _NEAR) : place.start], s[place.end : place.end + _NEAR]
    if not grammar.LETTER.search(before + after):
        return None
    found = grammar.WEEKDAY.findall(before) or grammar.WEEKDAY.findall(after)
    return grammar.WEEKDAYS[found[-1].lower()] if found else None


def _clock_beside(s: str, place: _Place) -> re.Match[str] | None:
    """The one time of day near the date; None when there is none or more than one."""
    if place.end - place.start == len(s):
        return None
    after = list(grammar.TIME.finditer(s, place.end, min(len(s), place.end + _NEAR)))
    if len(after) == 2 and (zone := grammar.ZONE.match(s, after[0].end())) and zone.end() >= after[1].end():
        after.pop()  # hours of the zone, not a second time
    before = [f for f in grammar.TIME.finditer(s, max(0, place.start - _NEAR)) if f.end() <= place.start]
    return (after + before)[0] if len(after) + len(before) == 1 else None


def _with_time(s: str, place: _Place, day: date) -> Stated:
    clock = _clock_beside(s, place)
    moment = grammar.read_time(clock) if clock else None
    if clock is None or moment is None:
        return Stated(day, None, "pattern", s[place.start : place.end])
    quote = s[min(clock.start(), place.start) : max(clock.end(), place.end)]
    offset = _offset(s, clock.end())
    if offset is not None:
        local = datetime.combine(day, moment) - offset + _LOCAL
        day, moment = local.date(), local.time()
    return Stated(day, moment, "pattern", quote)


def _offset(s: str, at: int) -> timedelta | None:
    """Offset from UTC that stands right after a time of day; None when no zone does."""
    zone = grammar.ZONE.match(s, at)
    if zone is None:
        return None
    offset = timedelta(hours=int(zone["zh"] or 0), minutes=int(zone["zm"] or 0))
    if offset > timedelta(hours=14):
        return None
    return -offset if zone["sign"] == "-" else offset


def _compact(s: str) -> Stated | None:
    """A date written as eight digits and nothing else."""
    found = grammar.COMPACT.fullmatch(s)
    try:
        return Stated(date(*map(int, found.groups())), None, "pattern", s) if found else None
    except ValueError:
        return None
