"""Known changes: whether a leaf's pages show something new within the deadline (RULEBOOK "Change events").

The pages of the leaf's sections as they were on the last night before the change are compared with those
of the nights after it. That something is new does not say that it is the right thing: the new words are
quoted for a person, who decides. No points move here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import yaml

from audit.evidence import UnitEvidence
from audit.model import ChangeEvent, ChangeFinding, ChangeState, Flag
from audit.posts import ZONE
from audit.run import needed_sections
from audit.walk import Seen, Walk
from pages.text import label_key
from pages.urls import canonical
from rubric.calendar import WorkCalendar
from rubric.model import Leaf

# Nights before the change that are looked at: the last one is compared, all show what changes by itself.
BEFORE = 3
LOOK_BACK = timedelta(days=35)
NO_GRACE = 0

_WORDS_FILE = Path(__file__).with_name("changes.yml")
_QUOTED = 30
_BETWEEN = 2

# Pages that a night may or may not have fetched: they tell something only where both nights have them.
_LOOSE = "~"
_DAY = timedelta(days=1)

View = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Night:
    """One walk of the portal: when it was taken, and how its evidence is read back."""

    at: datetime
    load: Callable[[], UnitEvidence]


class _Look(NamedTuple):
    at: datetime
    view: View


class _New(NamedTuple):
    url: str
    quote: str


def due_day(event: ChangeEvent, calendar: WorkCalendar) -> date:
    """The last day on which the change may be shown in time."""
    return calendar.add_working_days(event.day, event.days)


def judge_change(
    event: ChangeEvent,
    leaf: Leaf,
    scope: str | None,
    nights: Sequence[Night],
    calendar: WorkCalendar,
    as_of: datetime,
    grace_hours: int = NO_GRACE,
) -> ChangeFinding:
    """What became of one known change, from the unit's nights in any order.

    ``reflected``: a page differs from the last night before the change, seen no later than
    ``grace_hours`` after the deadline's last day (the night's crawl shows the day before).
    ``not_reflected``: a night after the deadline still shows the pages as they were. ``not_yet``: nothing
    new so far and the deadline runs. ``unseen``: no night before the change, or none that settles it.
    """
    due = due_day(event, calendar)
    starts, ends = _midnight(event.day), _midnight(due + _DAY)
    known = sorted((night for night in nights if night.at <= as_of), key=lambda night: night.at)
    look = _looker(leaf, scope)
    earlier = _last_looks([night for night in known if night.at < starts], look)
    if not earlier:
        return _finding(event, due, "unseen")
    base, unchanged = earlier[-1].at, None
    for at, new in _news(earlier, [night for night in known if night.at >= starts], look):
        if new is not None:
            in_time = at < ends + timedelta(hours=grace_hours)
            last_without = base if in_time else (unchanged or base)
            return _finding(event, due, "reflected" if in_time else "unseen", last_without, at, new)
        if at >= ends:
            return _finding(event, due, "not_reflected", base, at)
        unchanged = at
    return _finding(event, due, "not_yet" if as_of < ends else "unseen", base, unchanged)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, ZONE)


def _news(
    earlier: Sequence[_Look], later: Iterable[Night], look: Callable[[Night], View | None]
) -> Iterator[tuple[datetime, _New | None]]:
    """The nights after the change on which the pages were seen, each with what is new on it."""
    restless = _restless(earlier)
    for night in later:
        view = look(night)
        if view is not None:
            yield night.at, _difference(earlier[-1].view, view, restless)


def flag_of(finding: ChangeFinding, event: ChangeEvent) -> Flag | None:
    """The reviewer's flag for a change that its leaf does not show in time, else None."""
    if finding.state != "not_reflected":
        return None
    detail = f"{event.leaf} {event.day.isoformat()} → {finding.due.isoformat()}: {event.source}"
    return Flag("change_not_reflected", finding.url, detail)


def _finding(
    event: ChangeEvent,
    due: date,
    state: ChangeState,
    before: datetime | None = None,
    after: datetime | None = None,
    new: _New | None = None,
) -> ChangeFinding:
    url, quote = new or ("", "")
    return ChangeFinding(event.id, event.leaf, state, due, before, after, url, quote)


def _last_looks(nights: Sequence[Night], look: Callable[[Night], View | None]) -> list[_Look]:
    """The last nights on which the leaf's pages were really seen, oldest first."""
    found: list[_Look] = []
    for night in reversed(nights):
        if len(found) < BEFORE and (view := look(night)) is not None:
            found.append(_Look(night.at, view))
    return found[::-1]


def _looker(leaf: Leaf, scope: str | None) -> Callable[[Night], View | None]:
    sections = tuple(needed_sections(leaf.params))
    detailed = any("contact" in way or "officer" in way for way in _ways(leaf))

    def look(night: Night) -> View | None:
        walk = Walk(night.load(), scope)
        cover = walk.cover(sections)
        if cover.gaps or (not cover.trails and cover.missing):
            return None
        lists = [walk.pages(trail) for trail in cover.trails]
        entries = {canonical(pages[0].capture.url): shown(pages[0]) for pages in lists if pages}
        further = [seen for pages in lists for seen in pages]
        home = _of_home(walk) if detailed else {}
        return home | _further(further) | _articles(walk, further) | entries

    return look


def _ways(leaf: Leaf) -> Iterable[Mapping[str, object]]:
    return (way for part in leaf.params.get("parts", ()) for way in part["any"])


def _of_home(walk: Walk) -> dict[str, tuple[str, ...]]:
    return {_LOOSE + canonical(seen.capture.url): _details(seen) for seen in walk.home()}


def _further(pages: Iterable[Seen]) -> dict[str, tuple[str, ...]]:
    return {_LOOSE + canonical(seen.capture.url): shown(seen) for seen in pages}


def _articles(walk: Walk, pages: Iterable[Seen]) -> dict[str, tuple[str, ...]]:
    """Pages behind the sections' lists; which of them a night fetches is the crawler's choice."""
    urls = sorted({item.url for seen in pages for item in seen.reading.items if item.url})
    found = {_LOOSE + canonical(url): walk.at(url) for url in urls if walk.asked(url)}
    return {name: shown(seen) for name, seen in found.items() if seen is not None}


def shown(seen: Seen) -> tuple[str, ...]:
    """What a page shows, as words: its own text, headings, lists, documents, files, pictures, contact
    details; without counters and clocks."""
    reading = seen.reading
    if seen.holds_nothing:
        return ()
    lines = [reading.text, *reading.headings]
    lines += [f"{item.title} {item.posted.quote if item.posted else ''}" for item in reading.items]
    lines += [row.quote or f"{row.number or ''} {row.abstract or ''}" for row in reading.documents]
    lines += [f"{link.label} {link.url}" for link in (*reading.files, *reading.images)]
    return tuple(word for line in lines for word in _calm(line)) + _details(seen)


def _details(seen: Seen) -> tuple[str, ...]:
    contact, officer = seen.reading.contact, seen.reading.officer
    told = [contact.address, contact.phone, contact.fax, contact.email, officer.name, officer.position]
    told += [officer.workplace, officer.phone, officer.fax, officer.email]
    return tuple(word for line in told if line for word in line.split())


def _calm(line: str) -> list[str]:
    return _counters().sub(" ", line).split()


@cache
def _counters() -> re.Pattern[str]:
    told = yaml.safe_load(_WORDS_FILE.read_text(encoding="utf-8"))
    counted, counting = (
        "|".join(re.escape(words) for words in sorted(told[name], key=len, reverse=True))
        for name in ("counted", "counting")
    )
    number = r"\d[\d.,:/]*(?:\s\d[\d.,:/]*)*"
    return re.compile(rf"\b(?:{counted})\b\W{{0,4}}{number}|\b{number}\s+(?:{counting})\b", re.IGNORECASE)


def _restless(looks: Sequence[_Look]) -> frozenset[tuple[str, str]]:
    """Places (page, word before) whose words changed on their own before the change."""
    return frozenset(
        (page, _place(old.view[page], start))
        for old, new in pairwise(looks)
        for page in old.view.keys() & new.view.keys()
        for start, *_ in _edits(old.view[page], new.view[page])
    )


def _difference(old: View, new: View, restless: frozenset[tuple[str, str]]) -> _New | None:
    """The first page that shows something else, with what stood there and what stands there now; None
    when all is as it was. A page that is gone, or holds nothing any more, shows nothing new."""
    for page, after in new.items():
        if not after or (page not in old and page.startswith(_LOOSE)):
            continue
        before = old.get(page, ())
        for start, end, first, last in _edits(before, after):
            if (page, _place(before, start)) not in restless:
                was, now = (" ".join(words[:_QUOTED]) for words in (before[start:end], after[first:last]))
                return _New(page.removeprefix(_LOOSE), f"{was} → {now}" if was else now)
    return None


def _edits(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Where words of ``old`` (first, end) gave way to words of ``new`` (first, end)."""
    if old == new:
        return []
    found: list[tuple[int, int, int, int]] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if found and i - found[-1][1] <= _BETWEEN:  # a name that keeps its middle word is one change
            found[-1] = (found[-1][0], j, found[-1][2], m)
        else:
            found.append((i, j, k, m))
    return found


def _place(words: Sequence[str], start: int) -> str:
    return label_key(words[start - 1]) if start else ""
