"""Publication dates that a page's head states for machines: JSON-LD and article properties.

They only supplement a date that the page shows: on pages of a category they are the category's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from pages.dates import read_date
from pages.model import Stated
from pages.tree import Page

_TYPES: Final = ("NewsArticle", "Article", "BlogPosting", "Report")


def meta_date(page: Page) -> Stated | None:
    """The publication date that the page's head states, in JSON-LD or as an article's property."""
    for value in _head_dates(page):
        found = read_date(value, page.now)
        if found is not None:
            return found
    return None


def _head_dates(page: Page) -> Iterator[str]:
    for kind, source in page.scripts:
        if "ld+json" in kind.lower():
            yield from _ld_dates(source)
    is_article = any(
        (m.get("property") or "").lower() == "og:type" and "article" in (m.get("content") or "").lower()
        for m in page.root.iter("meta")
    )
    for meta in page.root.iter("meta"):
        name = (meta.get("property") or meta.get("itemprop") or meta.get("name") or "").lower()
        if name in ("datepublished", "article:published_time") and (is_article or name == "datepublished"):
            yield meta.get("content") or ""


def _ld_dates(source: str) -> Iterator[str]:
    try:
        data = json.loads(source)
    except ValueError:
        return
    for entry in _ld_entries(data):
        kind = entry.get("@type")
        kinds = kind if isinstance(kind, list) else [kind]
        value = entry.get("datePublished")
        if isinstance(value, str) and any(k in _TYPES for k in kinds):
            yield value


def _ld_entries(data: Any) -> Iterator[dict[str, Any]]:
    for entry in data if isinstance(data, list) else [data]:
        if isinstance(entry, dict):
            yield entry
            graph = entry.get("@graph")
            if isinstance(graph, list):
                yield from (e for e in graph if isinstance(e, dict))
