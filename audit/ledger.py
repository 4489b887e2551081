"""Keys of the first-seen ledger, what one crawl adds to it, and what it lets a reviewer know.

RULEBOOK "First seen": an item is bounded by (last complete crawl without it, first crawl with it].
Flags move no points.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from audit.address import canonical
from pages.docnumbers import find_number
from pages.model import DocumentRow, Item
from pages.text import label_key

if TYPE_CHECKING:
    from audit.evidence import UnitEvidence


class SectionSight(NamedTuple):
    """What one crawl saw of one section: the keys with the dates stated for them, and whether the
    section was read to its end or back to the first day asked for."""

    keys: Mapping[str, date | None]
    complete: bool


def item_key(item: Item) -> str:
    """The ledger's name of a post: the CMS's identity, else its address, else its title."""
    if item.identity:
        return f"id:{item.identity}"
    return canonical(item.url) if item.url else f"title:{label_key(item.title)}"


def document_key(row: DocumentRow) -> str:
    """The ledger's name of a document record: issuer, type, number and year, for a number alone names
    no document (it restarts each year and with each issuer); without a number its address, file or
    abstract."""
    number = find_number(row.number) if row.number else None
    if number is not None and number.kind != "blank":
        year = number.year or (row.issued.date.year if row.issued else None)
        issuer = label_key(row.issuer or "")
        return f"doc:{issuer}|{label_key(number.type or '')}|{label_key(number.number)}|{year or ''}"
    if row.url:
        return canonical(row.url)
    if row.file_urls:
        return canonical(row.file_urls[0])
    return f"abstract:{label_key(row.abstract or row.quote)}"


def seen_keys(evidence: UnitEvidence) -> dict[str, SectionSight]:
    """What this crawl saw, section by section: posts and document records with their stated dates.

    A section is complete when all its trails were read to their end and nothing in them was hidden.
    """
    from audit.posts import raw_items, stated_day
    from audit.walk import Walk

    walk = Walk(evidence, None)
    keys: dict[str, dict[str, date | None]] = {}
    whole: dict[str, bool] = {}
    for trail in evidence.trails:
        if trail.section in ("home", "sitemap", "search") or trail.state == "external":
            continue
        own = keys.setdefault(trail.section, {})
        whole[trail.section] = whole.get(trail.section, True) and not walk.gaps(trail)
        for seen in walk.pages(trail):
            for item in raw_items(seen):
                _note(own, item_key(item), stated_day(walk, item))
            for row in () if seen.holds_nothing else seen.reading.documents:
                stated = row.posted or row.issued
                _note(own, document_key(row), stated.date if stated else None)
    return {section: SectionSight(found, whole[section]) for section, found in keys.items()}


def _note(keys: dict[str, date | None], key: str, stated: date | None) -> None:
    keys[key] = keys.get(key) or stated
