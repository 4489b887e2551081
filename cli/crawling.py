"""What audit and crawl say and ask about the crawl itself: how much to read, how long, void nights."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

import typer

from cli import tables
from cli.options import Session
from cli.output import notes, say_json
from errors import InputError
from i18n import Words, mark
from nights import Night, Void, Way
from storage.columns import LOCAL_ZONE

Full = typer.Option(
    False, "--full", help=mark("Read every page anew, also those that the server says are unchanged.")
)
Unfinished = typer.Option(
    False, "--unfinished", help=mark("Crawl only portals not reached or not read to the end tonight.")
)
Until = typer.Option(
    None, "--until", metavar="HH:MM", help=mark("Crawl no longer than until this time of day.")
)

VOID: Mapping[str, str] = {
    "controls": mark(
        "This night is void: none of {total} control addresses answered. Nobody is judged by it."
    ),
    "portals": mark(
        "This night is void: {failed} of {total} portals did not answer. Nobody is judged by it."
    ),
}


def way_of(full: bool, unfinished: bool, until: str | None) -> Way:
    """How to crawl, from the options."""
    return Way(full, unfinished, seconds_until(until, datetime.now(LOCAL_ZONE)) if until else None)


def seconds_until(text: str, now: datetime) -> float:
    """Seconds from ``now`` to the next time the clock shows ``HH:MM``."""
    try:
        at = datetime.combine(now.date(), time.fromisoformat(text), now.tzinfo)
    except ValueError as error:
        raise InputError("'{value}' is no time of day; write it as 06:00", value=text) from error
    return (at + timedelta(days=at <= now) - now).total_seconds()


def void_text(void: Void, words: Words) -> str:
    """The void night in words."""
    return words(VOID[void.what], failed=void.failed, total=void.total)


def void_answer(void: Void) -> dict[str, Any]:
    """The void night for machines."""
    return {"void": {"what": void.what, "failed": void.failed, "total": void.total}}


def say_void(session: Session, void: Void) -> None:
    """Tell the person, beside the answer."""
    notes().print(void_text(void, session.words), markup=False)


def say_crawl(session: Session, night: Night) -> int:
    """What the crawl reached; 1 when something is missing."""
    portals = night.outcome.portals
    answer: dict[str, Any] = {
        "run": night.run_id,
        "units": [{"unit": p.unit_id, "reached": p.reached, "coverage": p.coverage} for p in portals],
    }
    if night.void is not None:
        answer |= void_answer(night.void)
        say_void(session, night.void)
    if session.json:
        say_json(answer)
    else:
        tables.print_crawl(session, answer)
    return 0 if night.void is None and all(portal.reached for portal in portals) else 1
