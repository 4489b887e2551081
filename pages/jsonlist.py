"""Lists that come as JSON: the answers of "load more" addresses, and those addresses in scripts.

A page that fills its list by script names the address somewhere in the script. When the address and
its page parameter can be told, the list can be read without a browser.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape as unescape_entities
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pages.capture import PageRequest
from pages.dates import read_date
from pages.model import Item, Stated
from pages.requests import safe, unescape
from pages.text import fold
from pages.tree import Page
from pages.urls import join
from pages.vocabulary import words

_TAGS = re.compile(r"<[^>]{1,300}>")
_ASSIGNED = re.compile(
    r"""(\w*(?:load|page|list|more|api|url)\w*)["']?\s*[:=]\s*["'`]([^"'`\s]{4,2000})["'`]""",
    re.I,
)
_LOADS = re.compile(r"fetch\(|ajax|getJSON|\$\.(?:get|post)|axios|loadPage|XMLHttpRequest")
_CALLED = re.compile(r"""(?:\$\.(?:get|getJSON|ajax)|fetch|axios\.get)\s*\(\s*["'`]([^"'`\s]{2,2000})["'`]""")
_EMBEDDED = re.compile(r"""\b(?:data|items|listData|dataList)\s*=\s*'(\{.{20,400000}?\})'\s*;""", re.S)
_LOCAL: Final = timedelta(hours=7)
_MAX_DEPTH: Final = 4


def parse_json(text: str) -> Any:
    """The JSON value of ``text``; None when it is none. Raises nothing for bad JSON."""
    head = text.lstrip("\ufeff \t\r\n")
    if not head.startswith(("{", "[")):
        return None
    try:
        return json.loads(head)
    except ValueError:
        return None


def records_of(data: Any, depth: int = 0) -> list[dict[str, Any]]:
    """The list of records in a JSON answer: the first list of objects that have a title."""
    if isinstance(data, list):
        rows = [row for row in data if isinstance(row, dict)]
        return rows if rows and any(_first(row, "title_keys") for row in rows) else []
    if isinstance(data, dict) and depth < _MAX_DEPTH:
        known = words("paging", "list_keys")
        ordered = sorted(data, key=lambda key: key not in known)
        for key in ordered:
            if found := records_of(data[key], depth + 1):
                return found
    return []


def items_of(data: Any, base: str, now: datetime) -> tuple[Item, ...]:
    """The records of a JSON answer as items; addresses relative to ``base``."""
    return tuple(item for row in records_of(data) if (item := _item(row, base, now)) is not None)


def _item(row: dict[str, Any], base: str, now: datetime) -> Item | None:
    title = _text(_first(row, "title_keys"))
    if not title:
        return None
    address = _first(row, "url_keys")
    url = join(base, address) if isinstance(address, str) else None
    return Item(
        title, url, _stated(_first(row, "date_keys"), now), None, _text(_first(row, "summary_keys")) or None
    )


def _first(row: dict[str, Any], entry: str) -> Any:
    """The value under the first known key, in the order of the list."""
    ordered = list(words_in_order(entry))
    return next((row[key] for key in ordered if row.get(key) not in (None, "")), None)


def words_in_order(entry: str) -> tuple[str, ...]:
    """The keys of one entry of the paging lexicon in their order."""
    from pages.vocabulary import load

    return tuple(str(word) for word in load("paging")[entry])


def _text(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("rendered") or ""
    return fold(unescape_entities(_TAGS.sub(" ", value))) if isinstance(value, str) else ""


def _stated(value: Any, now: datetime) -> Stated | None:
    """A date string, or milliseconds since 1970 (shown by the portal's script in local time)."""
    if isinstance(value, str) and value.isdigit() and len(value) == 13:
        value = int(value)
    if isinstance(value, int) and 6e11 < value < 4e12:
        moment = datetime.fromtimestamp(value / 1000, UTC) + _LOCAL
        return Stated(moment.date(), moment.time().replace(second=0, microsecond=0), "pattern", str(value))
    return read_date(value, now) if isinstance(value, str) else None


def total_pages(data: Any) -> int | None:
    """The number of pages that the answer says there are."""
    if not isinstance(data, dict):
        return None
    for key in words_in_order("total_keys"):
        value = data.get(key)
        if isinstance(value, int) or (isinstance(value, str) and value.isdigit()):
            return int(value)
    nested = [total_pages(value) for value in data.values() if isinstance(value, dict)]
    return next((n for n in nested if n is not None), None)


def following(url: str, data: Any, count: int) -> PageRequest | None:
    """The request for the page after the JSON answer taken from ``url``."""
    parts = urlsplit(url)
    fields = parse_qsl(parts.query, keep_blank_values=True)
    known = words("paging", "endpoint_params")
    for i, (name, value) in enumerate(fields):
        if name.lower().rsplit("_", 1)[-1] in known and value.isdigit():
            pages = total_pages(data)
            if not count or (pages is not None and int(value) >= pages):
                return None
            fields[i] = (name, str(int(value) + 1))
            return PageRequest(urlunsplit(parts._replace(query=urlencode(fields))))
    return None


def endpoint(page: Page) -> str | None:
    """The address in the page's scripts that its list is loaded from; None when it cannot be told."""
    for address in _addresses(page):
        url = join(page.url, address)
        if url is None or not safe(url) or urlsplit(url).netloc != urlsplit(page.url).netloc:
            continue
        if "p_p_resource_id=" in url or _pages(url):
            return url
    return None


def _addresses(page: Page) -> Iterator[str]:
    for _, source in page.scripts:
        if len(source) > 200_000 or not _LOADS.search(source):
            continue
        for found in _ASSIGNED.finditer(source):
            yield unescape(found[2]).replace("&amp;", "&")
        for found in _CALLED.finditer(source):
            yield unescape(found[1]).replace("&amp;", "&")


def _pages(url: str) -> bool:
    known = words("paging", "endpoint_params")
    fields = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    return any(name.lower().rsplit("_", 1)[-1] in known and value.isdigit() for name, value in fields)


def embedded(page: Page) -> Any:
    """A JSON list that a script of the page keeps in a string (with escapes written out)."""
    for _, source in page.scripts:
        if found := _EMBEDDED.search(source):
            data = parse_json(found[1].replace("\\'", "'")) or parse_json(
                unescape(found[1]).replace('\\"', '"')
            )
            if data is not None and records_of(data):
                return data
    return None


def with_fields(url: str, fields: dict[str, str]) -> str:
    """``url`` with the query fields set (replaced when they are there)."""
    parts = urlsplit(url)
    kept = [(n, v) for n, v in parse_qsl(parts.query, keep_blank_values=True) if n not in fields]
    return urlunsplit(parts._replace(query=urlencode([*kept, *fields.items()])))
