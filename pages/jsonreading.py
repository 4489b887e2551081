"""A capture whose body is JSON: the list that a script of the portal would draw."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pages.capture import Capture
from pages.cms import bacninh
from pages.jsonlist import following, items_of, records_of
from pages.model import Item, PageReading, Paging
from pages.questiondata import questions_from_json


def read_json(capture: Capture, data: Any, notes: tuple[str, ...]) -> PageReading:
    """An answer that is data: its records are the items, or questions when they are told as such."""
    questions = questions_from_json(data, capture.url, capture.seen_at)
    if questions:
        further = following(capture.url, data, len(questions)) if capture.method == "GET" else None
        paging: Paging = "js" if further else "none"
        cms = _json_profile(capture.url, ())[0]
        return PageReading(
            "qa_list", cms, questions=questions, next=further, paging=paging, notes=(*notes, "json")
        )
    items = items_of(data, capture.url, capture.seen_at)
    if not items and not records_of(data):
        empty = isinstance(data, dict | list)
        return PageReading("listing" if empty else "other", "generic", notes=(*notes, "json"))
    cms, identify = _json_profile(capture.url, items)
    items = tuple(replace(item, identity=identify(item.url)) for item in items) if identify else items
    further = following(capture.url, data, len(items)) if capture.method == "GET" else None
    return PageReading(
        "listing", cms, items=items, next=further, paging="js" if further else "none", notes=(*notes, "json")
    )


def _json_profile(url: str, items: tuple[Item, ...]) -> tuple[str, Any]:
    if "bacninhportlet" in url or any(item.url and bacninh.identity(item.url) for item in items):
        return "bacninh", lambda address: bacninh.identity(address or "")
    return "generic", None
