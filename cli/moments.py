"""Days, moments and periods as a person types them."""

from __future__ import annotations

from datetime import date, datetime, time

from errors import InputError
from report.moments import ZONE

# A bare day stands for its noon: "2 hours ago" and "20:00 yesterday" then fall on the days meant.
NOON = time(12)


def read_moment(text: str | None) -> datetime:
    """``2026-05-23`` or ``2026-05-23T08:30[+07:00]`` as local time; None is the real now.

    Raises:
        InputError: not a day or moment that exists.
    """
    if text is None:
        return datetime.now(ZONE)
    try:
        if len(text) == 10:
            return datetime.combine(date.fromisoformat(text), NOON, ZONE)
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            "{text} is not a day that exists. Write it as 2026-05-23 or 2026-05-23T08:30.", text=text
        ) from error
    return moment.astimezone(ZONE) if moment.tzinfo else moment.replace(tzinfo=ZONE)


def read_day(text: str) -> date:
    """``2026-05-23`` as a day.

    Raises:
        InputError: not a day that exists.
    """
    return read_moment(text[:10] if len(text) > 10 else text).date()
