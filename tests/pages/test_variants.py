"""Readers on markups that nobody wrote: nothing invented, next to nothing missed."""

from __future__ import annotations

from datetime import datetime

from pages import read
from pages.capture import Capture
from pages.model import PageReading
from tests.pages.variants import NOW, Made, article, listing

PAGES = 250


def _read(made: Made, url: str) -> PageReading:
    now = datetime.fromisoformat(NOW)
    return read(
        Capture("x", url, now, now, headers=(("content-type", "text/html"),), body=made.html.encode())
    )


def test_lists() -> None:
    posts = found = dated = right = 0
    for seed in range(PAGES):
        made = listing(seed)
        reading = _read(made, "http://127.0.20.9/tin")
        read_days = {item.title: item.posted.date if item.posted else None for item in reading.items}
        true_days = dict(made.posts)
        both = true_days.keys() & read_days.keys()
        wrong = [t for t in both if read_days[t] not in (None, true_days[t])]
        assert not wrong, f"seed {seed}: wrong dates of {wrong}"
        posts, found = posts + len(true_days), found + len(both)
        dated += sum(day is not None for day in true_days.values())
        right += sum(true_days[t] is not None and read_days[t] == true_days[t] for t in both)
    assert found >= 0.98 * posts, f"{found} of {posts} posts"
    assert right >= 0.97 * dated, f"{right} of {dated} dates"


def test_lists_hold_nothing_else() -> None:
    for seed in range(PAGES):
        made = listing(seed)
        titles = {item.title for item in _read(made, "http://127.0.20.9/tin").items}
        own = {title for title, _ in made.posts}
        assert not titles - own or not titles & own, (
            f"seed {seed}: {sorted(titles - own)[:2]} among the posts"
        )


def test_articles() -> None:
    kinds = 0
    for seed in range(PAGES):
        made = article(seed)
        reading = _read(made, "http://127.0.20.9/bai/77")
        title, day = made.posts[0]
        assert (reading.posted.date if reading.posted else None) == day, f"seed {seed}"
        assert not reading.items, f"seed {seed}"
        kinds += reading.kind == "article" and reading.title == title
    assert kinds >= 0.98 * PAGES
