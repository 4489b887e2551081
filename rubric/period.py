"""Review periods: day 23 of a month to day 22 of the next, named by the closing month (RULEBOOK, "Words")."""

from __future__ import annotations

import re
from datetime import date, timedelta

from errors import InputError
from rubric.model import Period

OPENING_DAY = 23
CLOSING_DAY = 22
GRACE = timedelta(days=7)  # this long after its close a period is still the default one (CONTRACT)

_PERIOD = re.compile(r"([0-9]{4})-([0-9]{2})\Z")


def parse_period(text: str) -> Period:
    """The period named ``YYYY-MM``; raises :class:`errors.InputError` for anything else."""
    match = _PERIOD.match(text)
    if match is None:
        raise InputError(
            "'{value}' is no period; write its closing month as YYYY-MM, like 2026-05", value=text
        )
    try:
        return _period(int(match[1]), int(match[2]))
    except ValueError as error:
        raise InputError("'{value}' is no period: there is no such month", value=text) from error


def period_of(day: date) -> Period:
    """The period that holds ``day``; raises :class:`errors.InputError` beyond the calendar's end."""
    months = day.year * 12 + day.month - (1 if day.day <= CLOSING_DAY else 0)
    try:
        return _period(months // 12, months % 12 + 1)
    except ValueError as error:
        raise InputError("{day} lies in no review period", day=day.isoformat()) from error


def default_period(as_of: date) -> Period:
    """The period meant when none is named: the last closed one within 7 days after its close, else
    the one that holds ``as_of``."""
    current = period_of(as_of)
    recent = as_of - current.opens < GRACE
    return period_of(current.opens - timedelta(days=1)) if recent else current


def _period(year: int, month: int) -> Period:
    closes = date(year, month, CLOSING_DAY)
    before = date(year - (month == 1), 12 if month == 1 else month - 1, OPENING_DAY)
    return Period(id=f"{year:04d}-{month:02d}", opens=before, closes=closes)
