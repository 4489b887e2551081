"""Working days of public offices: the holidays library, corrected by the dated lines of calendar.yml.

A working day is Monday to Friday less public holidays and days off in lieu, plus Saturdays worked in
exchange (Labour Code 2019, articles 111 and 112, and the yearly notices).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast, get_args

import holidays

from errors import InputError
from rubric.yamlsource import Node, read_yaml

CALENDAR_FILE = Path(__file__).with_name("calendar.yml")

Confidence = Literal["A", "B", "C"]

_DAY = timedelta(days=1)
_SATURDAY = 5
_DAY_FIELDS = ("date", "kind", "name", "source", "confidence")


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A weekday that is off, or a Saturday that is worked, and where that is known from.

    ``confidence``: A = official decision found, B = follows from law and calendar, C = proposal or estimate.
    """

    date: date
    kind: Literal["off", "work"]
    name: str
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked. ``corrections`` win over the library; ``proposals`` change nothing and
    are reported; days off after ``checked_until`` are the library's guess and reported too."""

    corrections: Mapping[date, CalendarDay]
    proposals: tuple[CalendarDay, ...]
    checked_until: date
    source: str
    swap_source: str

    def is_working(self, day: date) -> bool:
        """True when public offices work on ``day``."""
        special = self._special(day)
        return special.kind == "work" if special else day.weekday() < _SATURDAY

    def working_days(self, first: date, last: date) -> int:
        """How many working days lie between two days, both included (0 when ``last`` is earlier)."""
        return sum(self.is_working(day) for day in _days(first, last))

    def add_working_days(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``, which itself is not counted: a deadline's last day."""
        while count > 0:
            day += _DAY
            count -= self.is_working(day)
        return day

    def days_off(self, first: date, last: date) -> tuple[CalendarDay, ...]:
        """Weekdays that are off between two days, both included."""
        return self._specials(first, last, "off")

    def worked(self, first: date, last: date) -> tuple[CalendarDay, ...]:
        """Weekend days that are worked between two days, both included."""
        return self._specials(first, last, "work")

    def provisional(self, first: date, last: date) -> tuple[CalendarDay, ...]:
        """Days between two days, both included, that no decision settles yet."""
        proposed = [day for day in self.proposals if first <= day.date <= last]
        guessed = self.days_off(max(first, self.checked_until + _DAY), last)
        return tuple(sorted((*proposed, *guessed), key=lambda day: day.date))

    def _specials(self, first: date, last: date, kind: str) -> tuple[CalendarDay, ...]:
        specials = (self._special(day) for day in _days(first, last))
        return tuple(special for special in specials if special and special.kind == kind)

    def _special(self, day: date) -> CalendarDay | None:
        """What makes ``day`` differ from its weekday; a holiday on a weekend makes no difference."""
        if day in self.corrections:
            return self.corrections[day]
        names, worked = _library(day.year)
        if day.weekday() >= _SATURDAY:
            return CalendarDay(day, "work", "", self.swap_source, "A") if day in worked else None
        confidence: Confidence = "B" if day <= self.checked_until else "C"
        return CalendarDay(day, "off", names[day], self.source, confidence) if day in names else None


@cache
def _library(year: int) -> tuple[Mapping[date, str], frozenset[date]]:
    """The library's holidays and worked weekend days of one year."""
    found = holidays.country_holidays("VN", years=year, language="vi")
    if not found.start_year <= year <= found.end_year:
        raise InputError("no public holidays are known for the year {year}", year=year)
    return dict(found), frozenset(day for day in found.weekend_workdays if day.year == year)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=count) for count in range((last - first).days + 1))


def load_calendar(path: Path | None = None) -> WorkCalendar:
    """The calendar of ``path`` (None: the one shipped here), checked.

    Raises :class:`errors.InputError` naming file, line and value: bad YAML, unknown fields, impossible
    dates, a day given twice, a worked day that is no weekend day or a day off that is one.
    """
    known = ("library", "checked_until", "corrections", "provisional")
    fields = read_yaml(path or CALENDAR_FILE).fields(known, required=("library", "checked_until"))
    library = fields["library"].fields(("source", "swap_source"), required=("source", "swap_source"))
    corrections = _listed(fields.get("corrections"))
    return WorkCalendar(
        corrections={day.date: day for day in corrections},
        proposals=_listed(fields.get("provisional")),
        checked_until=fields["checked_until"].day(),
        source=library["source"].text(),
        swap_source=library["swap_source"].text(),
    )


def _listed(node: Node | None) -> tuple[CalendarDay, ...]:
    found: dict[date, CalendarDay] = {}
    for item in node.items() if node else ():
        day = _calendar_day(item)
        if day.date in found:
            raise item.fault("day {value} is given twice; keep one", value=day.date)
        found[day.date] = day
    return tuple(found.values())


def _calendar_day(node: Node) -> CalendarDay:
    fields = node.fields(_DAY_FIELDS, required=_DAY_FIELDS)
    day, kind = fields["date"].day(), fields["kind"].choice(("off", "work"))
    if (kind == "work") != (day.weekday() >= _SATURDAY):
        raise node.fault(
            "{value} cannot be '{kind}': weekdays are off, weekend days worked", value=day, kind=kind
        )
    return CalendarDay(
        date=day,
        kind=cast(Literal["off", "work"], kind),
        name=fields["name"].text(),
        source=fields["source"].text(),
        confidence=cast(Confidence, fields["confidence"].choice(get_args(Confidence))),
    )


def calendar_answer(first: date, last: date, calendar: WorkCalendar | None = None) -> dict[str, Any]:
    """The JSON answer of ``rasoat calendar`` (CONTRACT) for two days, both included.

    Raises :class:`errors.InputError` when ``last`` lies before ``first``.
    """
    if last < first:
        raise InputError("{last} lies before {first}; put the days in order", first=first, last=last)
    calendar = calendar or load_calendar()
    return {
        "working_days": calendar.working_days(first, last),
        "days_off": [_day_answer(day, "date", "name", "source") for day in calendar.days_off(first, last)],
        "worked": [_day_answer(day, "date", "source") for day in calendar.worked(first, last)],
        "provisional": [_day_answer(day, *_DAY_FIELDS) for day in calendar.provisional(first, last)],
    }


def _day_answer(day: CalendarDay, *names: str) -> dict[str, str]:
    return {name: str(getattr(day, name)) for name in names}
