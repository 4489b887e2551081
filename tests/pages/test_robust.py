"""Whatever a server sends, a reading comes back, soon, and never an exception."""

from __future__ import annotations

import re
import time
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pages import read
from pages.capture import Capture
from pages.model import PageReading

NOW = datetime.fromisoformat("2026-05-20T09:00:00")
SEEDS = sorted((Path(__file__).parent / "cases").rglob("*.html"))
PARTS = [
    "<div>", "</div>", "<ul>", "<li>", "</li>", "</ul>", "<table>", "<tr>", "<td>", "</table>", "</a>",
    "<h2>",
    "<a href='/b'>", "</h2>", "<form>",
    "<select><option value='http://x.gov.vn/'>Sở</option></select>", "<p>",
    "12/05/2026", "Ngày đăng: 31/02/2026", "Tin tức - Sự kiện của xã trong tuần vừa qua", "&#1;", "&nbsp;",
    "<!--", "-->", "<script>", "</script>", "<base href='//'>", "<a href='http://[::1'>", "\x00", "\ufeff",
    "<time datetime='2026'>", "<h1>",
]  # fmt: skip


def _read(body: bytes, kind: str = "text/html", status: int = 200) -> PageReading:
    headers = (("content-type", kind),)
    return read(Capture("x", "http://127.0.20.99/tin", NOW, NOW, status, headers=headers, body=body))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PARTS), max_size=60))
def test_any_sequence_of_markup(parts: list[str]) -> None:
    reading = _read("".join(parts).encode())
    assert reading.kind
    assert all(item.posted is None or item.posted.date.year == 2026 for item in reading.items)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["text/html", "application/json", "application/pdf", ""]))
def test_any_bytes(body: bytes, kind: str) -> None:
    assert _read(body, kind).kind


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SEEDS), st.floats(0, 1), st.sampled_from(["cut", "unclosed", "uppercase", "doubled"]))
def test_broken_pages(path: Path, where: float, way: str) -> None:
    body = path.read_bytes()
    place = int(len(body) * where)
    broken = {
        "cut": body[:place],
        "unclosed": body[:place] + re.sub(rb"</\w+>", b"", body[place:]),
        "uppercase": re.sub(rb"<(/?\w+)", lambda m: b"<" + m[1].upper(), body),
        "doubled": body[:place] + body,
    }[way]
    assert _read(broken).kind


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("deep", b"<div>" * 200_000 + b"x"),
        ("deep tables", b"<table><tr><td>" * 50_000),
        ("deep inline", b"<b>" * 1_900 + b"<a href='/x'>" + b"dai " * 20),
        ("unclosed", b"<ul>" + "<li><a href='/b'>Tin dài của xã trong tuần</a> 12/05/2026".encode() * 8_000),
        ("huge", b"<p>xin chao</p>" * 3_500_000),
        ("attributes", b"<div " + b" ".join(b"a%d=b" % i for i in range(20_000)) + b">x"),
        ("entities", b"&amp;" * 300_000),
    ],
)  # fmt: skip
def test_extremes_end_soon(name: str, body: bytes) -> None:
    start = time.process_time()
    reading = _read(body)
    assert time.process_time() - start < 8, name
    assert reading.kind


def test_a_page_too_deep_or_too_long_was_not_read() -> None:
    for body in (b"<div>" * 5_000 + b"<p>x", b"a" * 9_000_000):
        wall = _read(body).wall
        assert wall is not None
        assert wall.unseen


def test_failures_and_redirects_say_so() -> None:
    failed = read(Capture("x", "http://127.0.20.99/", NOW, NOW, None, "timeout"))
    assert failed.wall is not None
    assert (failed.wall.kind, failed.wall.quote) == ("unreadable", "timeout")
    moved = read(Capture("x", "http://127.0.20.99/", NOW, NOW, 302, headers=(("location", "/tin"),)))
    assert (moved.wall, moved.items, moved.notes) == (None, (), ("redirect",))


@pytest.mark.parametrize(
    ("status", "wall"),
    [
        (500, "maintenance"),
        (503, "maintenance"),
        (429, "maintenance"),
        (404, "error_body"),
        (410, "error_body"),
    ],
)
def test_status_walls(status: int, wall: str) -> None:
    found = _read("<html><body><p>Lỗi</p></body></html>".encode(), status=status).wall
    assert found is not None
    assert found.kind == wall


def test_files_are_no_pages() -> None:
    reading = _read(b"%PDF-1.7 ...", "application/pdf")
    assert (reading.kind, reading.wall, reading.items) == ("other", None, ())
    assert reading.notes[0].startswith("not a page")
