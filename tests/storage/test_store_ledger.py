"""The first-seen ledger over simulated nights: failed, partial and complete ones, in any order."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.evidence import Sighting
from storage.ledger import Redating, Removal
from storage.store import Store, open_store

FIRST = datetime(2026, 4, 23, 18, tzinfo=UTC)
OPENS = date(2026, 4, 23)
_units = itertools.count()


def night(number: int) -> datetime:
    """The moment of one night's crawl."""
    return FIRST + timedelta(days=number)


@dataclass(frozen=True)
class Post:
    """A post of the simulated portal: on show in the nights ``first`` to ``last``."""

    key: str
    dated: date | None
    first: int
    last: int


@dataclass(frozen=True)
class Crawl:
    """One night's crawl: what it could see, and how far back it read."""

    number: int
    kind: str  # complete | partial | failed
    back_to: date | None
    luck: frozenset[str]

    def sees(self, post: Post) -> bool:
        on_show = post.first <= self.number <= post.last
        reached = self.back_to is None or post.dated is None or post.dated >= self.back_to
        if self.kind == "complete":
            return on_show and reached
        return on_show and self.kind == "partial" and post.key in self.luck


days = st.dates(date(2026, 3, 1), date(2026, 5, 10))


@st.composite
def simulated(draw: st.DrawFn) -> tuple[list[Post], list[Crawl]]:
    nights = draw(st.integers(1, 12))
    posts = []
    for number in range(draw(st.integers(1, 4))):
        first = draw(st.integers(-3, nights))
        last = draw(st.integers(first, nights + 3))
        posts.append(Post(f"post{number}", draw(st.none() | days), first, last))
    keys = [post.key for post in posts]
    crawls = [
        Crawl(
            number,
            draw(st.sampled_from(["complete", "partial", "failed"])),
            draw(st.sampled_from([None, OPENS, date(2026, 3, 23)])),
            frozenset(draw(st.sets(st.sampled_from(keys)))),
        )
        for number in range(nights)
    ]
    return posts, crawls


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for all examples, which differ by their unit."""
    with open_store(tmp_path_factory.mktemp("ledger")) as store:
        yield store


def enter(store: Store, unit: str, posts: list[Post], crawls: list[Crawl]) -> None:
    for crawl in crawls:
        store.update_ledger(
            unit,
            "news",
            {post.key: post.dated for post in posts if crawl.sees(post)},
            complete=crawl.kind == "complete",
            at=night(crawl.number),
            back_to=crawl.back_to,
        )


@settings(max_examples=60, deadline=None)
@given(world=simulated(), order=st.randoms(use_true_random=False))
def test_intervals_hold_the_truth_and_are_as_narrow_as_was_seen(
    shared: Store, world: tuple[list[Post], list[Crawl]], order: object
) -> None:
    posts, crawls = world
    unit = f"unit{next(_units)}"
    shuffled = list(crawls)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    enter(shared, unit, posts, shuffled)
    ledger = shared.ledger(unit)
    for post in posts:
        seen = [crawl for crawl in crawls if crawl.sees(post)]
        assert (post.key in ledger) == bool(seen)
        if not seen:
            continue
        without = [
            night(crawl.number)
            for crawl in crawls
            if crawl.kind == "complete"
            and crawl.number < seen[0].number
            and (crawl.back_to is None or (post.dated is not None and post.dated >= crawl.back_to))
        ]
        sighting = ledger[post.key]
        assert sighting == Sighting(post.key, night(seen[0].number), max(without, default=None))
        if sighting.absent_at is not None:
            assert sighting.absent_at < night(post.first) <= sighting.seen_at


@settings(max_examples=40, deadline=None)
@given(world=simulated(), until=st.integers(0, 12))
def test_a_moment_in_the_past_knows_nothing_of_later_nights(
    shared: Store, world: tuple[list[Post], list[Crawl]], until: int
) -> None:
    posts, crawls = world
    whole, part = f"unit{next(_units)}", f"unit{next(_units)}"
    enter(shared, whole, posts, crawls)
    enter(shared, part, posts, [crawl for crawl in crawls if crawl.number <= until])
    assert shared.ledger(whole, as_of=night(until)) == shared.ledger(part)


@settings(max_examples=60, deadline=None)
@given(world=simulated())
def test_removed_is_what_a_complete_crawl_should_have_shown(
    shared: Store, world: tuple[list[Post], list[Crawl]]
) -> None:
    posts, crawls = world
    unit = f"unit{next(_units)}"
    enter(shared, unit, posts, crawls)
    removed = {removal.key: removal for removal in shared.removed(unit)}
    for post in posts:
        if post.key in removed:
            assert night(post.last) < removed[post.key].gone_at
        seen = [crawl.number for crawl in crawls if crawl.sees(post)]
        late = [
            crawl.number
            for crawl in crawls
            if seen and crawl.number > seen[-1] and crawl.kind == "complete" and crawl.back_to is None
        ]
        assert post.key in removed or not late


def test_entering_a_night_twice_changes_nothing(store: Store) -> None:
    for _ in range(2):
        store.update_ledger("a", "news", {}, complete=True, at=night(0))
        store.update_ledger("a", "news", {"x": None}, complete=True, at=night(1))
    assert store.ledger("a") == {"x": Sighting("x", night(1), night(0))}
    assert store.ledger("b") == {}


def test_a_failed_night_says_nothing(store: Store) -> None:
    store.update_ledger("a", "news", {}, complete=True, at=night(0))
    store.update_ledger("a", "news", {}, complete=False, at=night(1))
    store.update_ledger("a", "news", {"x": None}, complete=True, at=night(2))
    assert store.ledger("a")["x"].absent_at == night(0)


def test_a_failed_attempt_does_not_undo_a_complete_one(store: Store) -> None:
    store.update_ledger("a", "news", {}, complete=True, at=night(0))
    store.update_ledger("a", "news", {}, complete=False, at=night(0))
    store.update_ledger("a", "news", {"x": None}, complete=False, at=night(1))
    assert store.ledger("a")["x"].absent_at == night(0)


def test_another_section_says_nothing_of_this_one(store: Store) -> None:
    store.update_ledger("a", "documents", {}, complete=True, at=night(0))
    store.update_ledger("a", "news", {"x": None}, complete=True, at=night(1))
    assert store.ledger("a")["x"].absent_at is None


def test_seen_in_two_sections_the_wider_interval_of_the_first_crawl_holds(store: Store) -> None:
    store.update_ledger("a", "news", {}, complete=True, at=night(0))
    store.update_ledger("a", "documents", {}, complete=True, at=night(1))
    for section in ("news", "documents"):
        store.update_ledger("a", section, {"x": None}, complete=True, at=night(2))
    store.update_ledger("a", "other", {"x": None}, complete=True, at=night(3))
    assert store.ledger("a")["x"] == Sighting("x", night(2), night(0))


def test_what_lies_before_the_first_day_read_was_not_seen_to_be_absent(store: Store) -> None:
    store.update_ledger("a", "news", {}, complete=True, at=night(0), back_to=OPENS)
    older = {"old": date(2026, 4, 22), "new": OPENS, "undated": None}
    store.update_ledger("a", "news", older, complete=True, at=night(1), back_to=date(2026, 3, 23))
    found = {key: sighting.absent_at for key, sighting in store.ledger("a").items()}
    assert found == {"old": None, "new": night(0), "undated": None}


def test_the_next_period_removes_nothing(store: Store) -> None:
    store.update_ledger("a", "news", {"x": OPENS}, complete=True, at=night(0), back_to=OPENS)
    store.update_ledger("a", "news", {}, complete=True, at=night(31), back_to=date(2026, 5, 23))
    assert store.removed("a") == ()
    store.update_ledger("a", "news", {}, complete=True, at=night(32), back_to=OPENS)
    assert store.removed("a") == (Removal("x", "news", night(0), night(32)),)
    assert store.removed("a", as_of=night(31)) == ()
    store.update_ledger("a", "news", {"x": OPENS}, complete=False, at=night(33))
    assert store.removed("a") == ()


def test_another_date_is_noticed(store: Store) -> None:
    for number, dated in enumerate([OPENS, None, date(2026, 4, 30)]):
        store.update_ledger("a", "news", {"x": dated, "y": OPENS}, complete=True, at=night(number))
    assert store.redated("a") == (Redating("x", "news", OPENS, date(2026, 4, 30)),)


def test_keys_of_any_length_and_letters(store: Store) -> None:
    keys = ["k" * 10_000, "k" * 9_999, "Tin\0", "Tin\ufffd", "\ud800"]
    for number in (1, 2):
        store.update_ledger("a", "news", dict.fromkeys(keys), complete=True, at=night(number))
    assert {sighting.seen_at for sighting in store.ledger("a").values()} == {night(1)}


def test_nights_of_a_month_are_quick(tmp_path: Path) -> None:
    keys = {f"http://127.0.20.1/tin/{number}": OPENS for number in range(400)}
    with open_store(tmp_path) as store:
        for number in range(30):
            store.update_ledger("a", "news", keys, complete=True, at=night(number))
        assert len(store.ledger("a")) == 400
