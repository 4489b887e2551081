"""Moments as the JSON answers print them."""

from __future__ import annotations

from datetime import datetime, time

from storage.columns import LOCAL_ZONE

ZONE = LOCAL_ZONE


def local(moment: datetime) -> str:
    """A moment in local time, to the second, with its offset."""
    return moment.astimezone(ZONE).isoformat(timespec="seconds")


def as_of_text(moment: datetime) -> str:
    """An as-of: the bare day when it was given as one (stored as local noon), else the moment."""
    here = moment.astimezone(ZONE)
    return here.date().isoformat() if here.time() == time(12) else here.isoformat(timespec="seconds")
