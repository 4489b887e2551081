"""The post date that an element states of its own: never a date out of running text.

A piece of text counts only when it is little more than the date: what stands beside the date and
time must be words that accompany a post date ("Ngày đăng", "lượt xem: 103", a weekday). A label that
says the date is something else (issued, effective, closing) makes it no post date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from pages.dates import order_of, read_date
from pages.model import Stated
from pages.text import fold, label_key
from pages.vocabulary import keys, pattern

_STRING = etree.XPath("string()", smart_strings=False)
_SHORT: Final = 60  # characters of an element that holds a date and its time and little else
_LONGEST: Final = 120  # characters of the longest text that can be a date's own element
_DIGIT = re.compile(r"\d")
_PARTS = re.compile(r"[|•·●►»;\[\]]|\s[-–—]\s|(?<=\D),\s")
_SPLIT_DAY = re.compile(
    r"^(\d{1,2})\s*(?:/|-|\.)?\s*(?:tháng|thg|th|t)?\.?\s*(\d{1,2})\s*[,/.\s-]\s*(?:năm\s*)?(\d{4})$", re.I
)
_PLACE = re.compile(r"[^\W\d_]{2,}\s+[^\W\d_]{2,}\s*,\s*(?:ngày|day)\s*$", re.I)  # the dateline of a letter
_LABEL_TAIL = 60  # characters of the text before that are looked at for a label


@dataclass(frozen=True, slots=True)
class Dated:
    """A date found in its own place. ``slot`` names the place alike in every record of a list;
    ``rank`` is 2 when a label says "posted", 1 when nothing does, 0 when it says "updated"."""

    stated: Stated
    slot: tuple[object, ...]
    rank: int = 1


def dates_in(
    elements: Iterable[HtmlElement], now: datetime, title: HtmlElement | None = None, us_order: bool = False
) -> list[Dated]:
    """Every own date in ``elements`` (and below), in page order."""
    found: list[Dated] = []
    before = ""
    for owner, text, slot in pieces(elements, title):
        dated = _time_tag(owner, text, slot, now) if owner.tag == "time" else None
        dated = dated or own_date(text, now, before, slot, us_order)
        if dated is not None:
            found.append(with_time(dated, owner, now))
        if text:
            before = "" if _in_title(slot) else text[-_LABEL_TAIL:]  # a title is no label
    return found or _assembled(elements, now)


def _in_title(slot: tuple[object, ...]) -> bool:
    return len(slot) > 1 and slot[1] is True


def with_time(dated: Dated, owner: HtmlElement, now: datetime) -> Dated:
    """The date with the time that stands beside it in elements of their own ("26/07/2021 | 16:04")."""
    if dated.stated.time is not None or owner.tag == "a":
        return dated
    parent = owner.getparent()
    for element in (owner, parent) if parent is not None else (owner,):
        text = fold(str(_STRING(element)))
        if len(text) > _SHORT:
            break
        full = own_date(text, now, "", dated.slot)
        if full is not None and full.stated.time is not None and full.stated.date == dated.stated.date:
            return Dated(full.stated, dated.slot, dated.rank)
    return dated


def own_date(
    text: str, now: datetime, before: str = "", slot: tuple[object, ...] = (), us_order: bool = False
) -> Dated | None:
    """The date that ``text`` consists of; ``before`` is the text that stands before it (its label)."""
    if not 4 <= len(text) <= _LONGEST or not (_DIGIT.search(text) or _relative(text)):
        return None
    stated = read_date(text, now, us_order, us_order)
    if stated is None:
        return None
    return _judged(text, stated, before, slot)


def _judged(text: str, stated: Stated, before: str, slot: tuple[object, ...]) -> Dated | None:
    place = text.find(stated.quote)
    head, tail = (text[:place], text[place + len(stated.quote) :]) if place >= 0 else (text, "")
    label = label_key(head) or _label(before)
    if _says(label, "not_posted") and not _says(label, "posted"):
        return None
    if not (_bare(_last_part(head)) and _bare(_first_part(tail))):
        return None
    if len(label_key(head)) > 45 or _is_dateline(head):
        return None
    rank = 2 if _says(label, "posted") else 0 if _says(label, "updated") else 1
    return Dated(stated, slot, rank)


def _label(before: str) -> str:
    """The text before a date as its label: with a colon, or when it is a known label word for word."""
    key = label_key(before)
    known = any(key in keys("listing", entry) for entry in ("posted", "updated", "not_posted"))
    return key if known or before.rstrip().endswith(":") else ""


def _is_dateline(head: str) -> bool:
    """True for "Bắc Ninh, ngày …": where and when a letter was written, not when it was posted."""
    found = _PLACE.search(head)
    return found is not None and not _bare(found[0])


def _last_part(head: str) -> str:
    """What stands directly before the date, after the last separator."""
    head = head.rstrip()
    return "" if head.endswith(tuple("|•·●►»;")) else _PARTS.split(head.rstrip(" (-–,"))[-1]


def _first_part(tail: str) -> str:
    """What stands directly after the date, up to the next separator."""
    tail = tail.lstrip()
    return "" if tail.startswith(tuple("|•·●►»;")) else _PARTS.split(tail.lstrip(" )-–,"), maxsplit=1)[0]


def _bare(text: str) -> bool:
    """True when nothing but words that accompany a post date stands in ``text``."""
    key = label_key(text)
    if not key:
        return True
    for entry in ("posted", "updated"):
        key = pattern("listing", entry).sub(" ", key)
    return all(word.isdigit() or word in _around() for word in key.split())


@lru_cache(maxsize=1)
def _around() -> frozenset[str]:
    return frozenset(word for key in keys("listing", "around") for word in key.split())


@lru_cache(maxsize=4096)
def _says(label: str, entry: str) -> bool:
    """True when the last words of ``label`` are a phrase of the list."""
    label = re.sub(r"[\s\d]+$", "", label)
    found = None
    for found in pattern("listing", entry).finditer(label):  # noqa: B007 - the last one counts
        pass
    return found is not None and len(label) - found.end() <= 8


@lru_cache(maxsize=2048)
def _relative(text: str) -> bool:
    return bool(pattern("listing", "relative").search(label_key(text)))


def pieces(
    elements: Iterable[HtmlElement], title: HtmlElement | None
) -> Iterator[tuple[HtmlElement, str, tuple[object, ...]]]:
    """Every piece of text that could be a date, with the element it belongs to and its slot."""
    within = set(title.iter()) if title is not None else set()
    for element in elements:
        after = 0
        for node in element.iter():
            if not isinstance(node.tag, str):
                continue
            if node is title:
                after = 1
            inside = node in within
            if node.text and not node.text.isspace() and (text := fold(node.text)):
                yield node, text, (_slot(node), inside, after)
            elif node.tag == "time" and node.get("datetime"):
                yield node, "", (_slot(node), inside, after)
            if node is not element and node.tail and not node.tail.isspace() and (text := fold(node.tail)):
                parent = node.getparent()
                yield parent, text, (_slot(parent), inside and node is not title, after, "tail")
        if element.tail and not element.tail.isspace() and (text := fold(element.tail)):
            yield element, text, ("tail", element.tag, after)


def _slot(element: HtmlElement) -> tuple[str, str, int]:
    place = 0
    if element.tag in ("td", "th"):
        place = sum(1 for _ in element.itersiblings(preceding=True))
    return str(element.tag), element.get("class") or "", place


def _time_tag(owner: HtmlElement, text: str, slot: tuple[object, ...], now: datetime) -> Dated | None:
    """``<time>``: what it shows when that is a date, else its attribute."""
    shown = own_date(text, now, "", slot) if text else None
    if shown is not None:
        return shown
    stated = read_date(owner.get("datetime") or "", now)
    return Dated(stated, slot) if stated is not None else None


def _assembled(elements: Iterable[HtmlElement], now: datetime) -> list[Dated]:
    """Day, month and year that stand in elements of their own ("24 | 08/2022"), read together."""
    for element in elements:
        for node in element.iter("div", "span", "p", "time", "td", "a", "li"):
            if len(node) == 0 or len(node) > 4:
                continue
            text = fold(" ".join(node.itertext()))
            if 8 <= len(text) <= 24 and (found := _SPLIT_DAY.match(text)):
                stated = read_date("/".join(found.groups()), now)
                if stated is not None:
                    quoted = Stated(stated.date, stated.time, stated.how, text)
                    return [Dated(quoted, ("assembled", *_slot(node)))]
    return []


def list_order(texts: Iterable[str]) -> bool:
    """True when the date strings of one list can only be read month first."""
    return order_of(texts) == "mdy"
