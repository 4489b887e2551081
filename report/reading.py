"""The JSON answer of ``rasoat read``: what the readers see on one page."""

from __future__ import annotations

from typing import Any

from pages.model import DocumentRow, Item, PageReading, Stated


def reading_answer(reading: PageReading) -> dict[str, Any]:
    """One page as CONTRACT.md prints it. Dates are ISO days; ``next`` is an address or null."""
    return {
        "kind": reading.kind,
        "cms": reading.cms,
        "title": reading.title,
        "posted": _day(reading.posted),
        "time": _time(reading.posted),
        "items": [_item(item) for item in reading.items],
        "next": reading.next.url if reading.next else None,
        "paging": reading.paging,
        "documents": [_document(row) for row in reading.documents],
        "questions": len(reading.questions),
        "answered": sum(question.answered_flag is True for question in reading.questions),
        "contact": _contact(reading),
        "print": reading.print_control is not None,
        "save": reading.save_control is not None,
        "search": reading.search.kind,
        "sections": _sections(reading),
    }


def _sections(reading: PageReading) -> dict[str, list[list[str]]]:
    """Section key → [label, address] of the entries that name it, or stand below one that does."""
    found: dict[str, list[list[str]]] = {}
    for entry in reading.menu:
        for key in entry.sections or entry.inherited:
            pairs = found.setdefault(key, [])
            if [entry.label, entry.url] not in pairs:
                pairs.append([entry.label, entry.url])
    return found


def _item(item: Item) -> dict[str, Any]:
    return {
        "title": item.title,
        "posted": _day(item.posted),
        "time": _time(item.posted),
        "url": item.url,
    }


def _document(row: DocumentRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "type": row.type,
        "issuer": row.issuer,
        "issued": _day(row.issued),
        "effective": _day(row.effective),
        "posted": _day(row.posted),
        "abstract": row.abstract,
        "file": row.has_file,
    }


def _contact(reading: PageReading) -> dict[str, bool]:
    found = reading.contact
    return {
        "address": found.address is not None,
        "phone": found.phone is not None,
        "fax": found.fax is not None,
        "email": found.email is not None,
        "email_official": found.email_official,
    }


def _day(stated: Stated | None) -> str | None:
    return stated.date.isoformat() if stated else None


def _time(stated: Stated | None) -> str | None:
    return stated.time.strftime("%H:%M") if stated and stated.time else None
