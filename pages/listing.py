"""The list of a page: its records as items, each with its title, address and own date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pages.groups import Box, Record
from pages.model import Item, Stated
from pages.outline import LONG
from pages.postdates import Dated, dates_in, own_date
from pages.text import fold, label_key
from pages.titles import is_file, title_text
from pages.tree import Page, text_of
from pages.vocabulary import keys

_END_DATE = re.compile(r"^(.{6,}?)\s*[(\[–-]\s*([^()\[\]]{6,40}?)\s*[)\]]?\s*$")
_BRACKET_DATE = re.compile(r"\s*[(\[]\s*\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}[^()\[\]]{0,12}[)\]]\s*$")
_SHORTENED = re.compile(r"(?:\.{2,}|…)\s*$")
_POST_TITLE: Final = 42  # characters of a title, on average, from which on a box lists posts
_TAB: Final = 3  # records of a list that can be a tab of a front page
_MIN_SUMMARY: Final = 30
_MAX_SUMMARY: Final = 600


@dataclass(frozen=True, slots=True)
class Hooks:
    """What a profile knows that the structure does not say. Each may be None."""

    identity: Callable[[str], str | None] | None = None
    url_date: Callable[[str, Page], Stated | None] | None = None
    us_order: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """The items of one box, with the heading above them."""

    items: tuple[Item, ...]
    heading: str | None = None
    dated: int = 0
    node: HtmlElement | None = None


def choose(page: Page, found: list[Box], first: bool = False) -> Box | None:
    """The page's list: the weightiest box, or (``first``, on a front page) the first of weight."""
    own = [box for box in found if not (_is_foreign(box) or attached(box, page) or _is_lone_label(box, page))]
    if not own:
        return None
    weights = [_weight(box, page, first) for box in own]
    if first:
        box = next(box for box, weight in zip(own, weights, strict=True) if weight >= 0.35 * max(weights))
        return _first_list(box)
    return own[weights.index(max(weights))]


def read_box(page: Page, box: Box, hooks: Hooks) -> Listing:
    """The records of ``box`` as items."""
    dates = _dates(box.records, page, hooks)
    pairs = list(zip(box.records, dates, strict=True))
    dated_inside = any(s is not None and _ends_with(r.title.text, s) for r, s in pairs)
    items = _once(_item(record, stated, hooks, dated_inside) for record, stated in pairs)
    dated = sum(1 for item in items if item.posted is not None)
    return Listing(items, box.heading, dated, box.node)


def _once(items: Iterable[Item]) -> tuple[Item, ...]:
    """Each address once, in its first place; what only the second record states is taken from it."""
    kept: dict[str, Item] = {}
    for item in items:
        key = item.url or item.title
        first = kept.get(key)
        if first is None:
            kept[key] = item
        elif first.posted is None and item.posted is not None:
            kept[key] = replace(first, posted=item.posted)
    return tuple(kept.values())


def _is_foreign(box: Box) -> bool:
    """True for related items, and for boxes that are no list at all (one short link)."""
    if box.key in keys("listing", "related"):
        return True
    return any(box.key.startswith(key) for key in keys("listing", "related") if len(key) > 8 and box.key)


def _is_lone_label(box: Box, page: Page) -> bool:
    """True for a single short link that is nothing like a post: a caption, a button."""
    if len(box.records) > 1:
        return False
    title = box.records[0].title
    if len(title.text) >= 12 and _own_dates(box.records[0], page):
        return False
    elsewhere = urlsplit(title.key or "").netloc != urlsplit(page.url).netloc
    return elsewhere or (len(title.text) < LONG and title.text.count(" ") < 5)


def looks_posted(box: Box, page: Page) -> bool:
    """True for a box of posts rather than of sections: long titles, or dates of their own."""
    if sum(len(r.title.text) for r in box.records) >= _POST_TITLE * len(box.records):
        return True
    return any(_own_dates(r, page) for r in box.records[:3])


def attached(box: Box, page: Page) -> bool:
    """True for files without a date of their own: what is attached to an article."""
    if not all(is_file(record.title) for record in box.records):
        return False
    return len(box.records) == 1 or not any(_own_dates(r, page) for r in box.records[:3])


def _weight(box: Box, page: Page, home: bool) -> float:
    """How much a box looks like the page's list: long titles, many of them, own dates."""
    weight = float(sum(min(len(record.title.text), 100) for record in box.records))
    sample = box.records[:3]
    if any(_own_dates(r, page) for r in sample):
        weight *= 2
    if not home and box.key in keys("listing", "popular"):
        weight *= 0.5
    return weight


def _dates(records: list[Record], page: Page, hooks: Hooks) -> list[Stated | None]:
    """For each record the date in the place where this list keeps its post dates."""
    found = [_own_dates(r, page, hooks.us_order) for r in records]
    slot = _best_slot(found)
    stated = [next((d.stated for d in dates if d.slot == slot), None) for dates in found]
    if slot is None or not any(stated):
        stated = _from_titles(records, page)
    elif len(records) > 1:
        stated = [s or _lone(dates) for s, dates in zip(stated, found, strict=True)]
    if hooks.url_date is not None:
        stated = [s or hooks.url_date(r.title.key or "", page) for s, r in zip(stated, records, strict=True)]
    return stated


def _first_list(box: Box) -> Box:
    """The box up to its first list of some length: what follows on a front page are further tabs."""
    kept: list[Record] = []
    for part in box.parts:
        kept += part
        if len(part) >= _TAB:
            break
    return Box(box.heading, [record for record in box.records if record in kept], [kept], box.node)


def _own_dates(record: Record, page: Page, us_order: bool = False) -> list[Dated]:
    """The dates of one record, found once for each page."""
    memo = page.outline.memo
    key = (record, us_order)
    if key not in memo:
        memo[key] = dates_in(record.span, page.now, record.title.element, us_order)
    found: list[Dated] = memo[key]
    return found


def _lone(dates: list[Dated]) -> Stated | None:
    """The date of a record that is built otherwise (a first record shown bigger): if it has only one."""
    days = {d.stated.date for d in dates}
    return dates[0].stated if len(days) == 1 and not dates[0].slot[1] else None


def _best_slot(found: list[list[Dated]]) -> tuple[object, ...] | None:
    """The place that holds a date in most records; labels that say "posted" weigh most."""
    votes: Counter[tuple[object, ...]] = Counter()
    for dates in found:
        for slot in {d.slot for d in dates}:
            votes[slot] += 2 + 3 * next(d.rank for d in dates if d.slot == slot)
    return max(votes, key=lambda slot: (votes[slot], -_first(found, slot))) if votes else None


def _first(found: list[list[Dated]], slot: tuple[object, ...]) -> int:
    return min(i for dates in found for i, d in enumerate(dates) if d.slot == slot)


def _from_titles(records: list[Record], page: Page) -> list[Stated | None]:
    """Dates in brackets at the end of every title: a habit of the list, not part of one title."""
    found: list[Stated | None] = []
    for record in records:
        match = _END_DATE.match(record.title.text)
        dated = own_date(match[2], page.now) if match else None
        found.append(dated.stated if dated else None)
    dated_records = sum(1 for stated in found if stated)
    return found if dated_records >= 2 and dated_records >= 0.6 * len(records) else [None] * len(records)


def _item(record: Record, stated: Stated | None, hooks: Hooks, dated_inside: bool) -> Item:
    url = record.title.key
    identity = hooks.identity(url) if hooks.identity is not None and url else None
    title = _title(record, stated, dated_inside)
    return Item(title, url, stated, identity, _summary(record, title, stated))


def _title(record: Record, stated: Stated | None, dated_inside: bool) -> str:
    """The title as shown; in full when it is shortened and the full one stands in an attribute.

    ``dated_inside``: this list keeps its dates at the end of the titles, possible ones or not.
    """
    element = record.title.element
    text = title_text(record.title)
    if stated is None and dated_inside:
        text = _BRACKET_DATE.sub("", text) or text
    if stated is not None and _ends_with(text, stated):
        place = text.rindex(stated.quote)
        text = text[:place].rstrip(" ([–-|") or text
    if _SHORTENED.search(text):
        full = fold(element.get("title") or "")
        shown = _SHORTENED.sub("", text)
        if label_key(full).startswith(label_key(shown)[:60]) and len(full) > len(shown):
            return full
    return text


def _ends_with(title: str, stated: Stated) -> bool:
    return bool(stated.quote) and title.rstrip(" )]").endswith(stated.quote)


def _summary(record: Record, title: str, stated: Stated | None) -> str | None:
    """The longest text of the record beside its title, when it is long enough to be one."""
    best = ""
    for element in record.span:
        for node in element.iter("p", "div", "span", "td", "dd", "i", "em"):
            if len(node) > 3 or record.title.element in node.iter("a"):
                continue
            text = text_of(node)
            if len(best) < len(text) <= _MAX_SUMMARY and text != title:
                best = text
    return best if len(best) >= _MIN_SUMMARY and not (stated and best == stated.quote) else None
