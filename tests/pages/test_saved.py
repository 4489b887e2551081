"""Saved pages, each with what the readers must see on it.

A case is ``cases/<cms>/<name>.html`` (or ``.json.body``) beside ``<name>.expect.json``. To add one:
save the page, write what a person sees, run. The markup is ours, in the shape of the system's own.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pages import read
from pages.capture import Capture
from pages.model import PageReading

CASES = Path(__file__).parent / "cases"
NAMES = sorted(
    p.relative_to(CASES).as_posix().removesuffix(".expect.json") for p in CASES.rglob("*.expect.json")
)


def _reading(name: str) -> tuple[PageReading, dict[str, Any]]:
    case = json.loads((CASES / f"{name}.expect.json").read_text("utf-8"))
    path = next(p for p in (CASES / f"{name}.html", CASES / f"{name}.json.body") if p.exists())
    now = datetime.fromisoformat(case["now"])
    headers = (("content-type", case["type"]),)
    capture = Capture("sha256:0", case["url"], now, now, headers=headers, body=path.read_bytes())
    return read(capture), case["expect"]


def _seen(reading: PageReading) -> dict[str, Any]:
    posted = reading.posted
    return {
        "kind": reading.kind,
        "cms": reading.cms,
        "title": reading.title,
        "posted": posted.date.isoformat() if posted else None,
        "time": posted.time.strftime("%H:%M") if posted and posted.time else None,
        "items": [[i.title, i.posted.date.isoformat() if i.posted else None, i.url] for i in reading.items],
        "dates": [i.posted.date.isoformat() if i.posted else None for i in reading.items],
        "identities": [i.identity for i in reading.items],
        "paging": reading.paging,
        "next": reading.next.url if reading.next else None,
        "form": [list(pair) for pair in reading.next.form] if reading.next else None,
        "wall": reading.wall.kind if reading.wall else None,
    }


@pytest.mark.parametrize("name", NAMES)
def test_saved_page(name: str) -> None:
    reading, expected = _reading(name)
    seen = _seen(reading)
    for key, value in expected.items():
        if key == "items":
            got = [row[:2] if want[2] is None else row for row, want in zip(seen[key], value, strict=False)]
            value = [row[:2] if row[2] is None else row for row in value]
            assert (got, len(seen[key])) == (value, len(value)), name
        else:
            assert seen[key] == value, f"{name}: {key}"


def test_every_profile_has_a_case() -> None:
    profiles = {p.stem for p in (Path(__file__).parents[2] / "pages" / "cms").glob("*.py")}
    folders = {p.name for p in CASES.iterdir()}
    assert profiles - {"__init__", "marks", "registry"} <= folders


def test_what_is_found_is_quoted_from_the_page() -> None:
    for name in NAMES:
        reading, _ = _reading(name)
        path = next(p for p in (CASES / f"{name}.html", CASES / f"{name}.json.body") if p.exists())
        source = path.read_text("utf-8")
        for item in reading.items:
            assert item.posted is None or item.posted.quote.split()[0].strip("()") in source, name
