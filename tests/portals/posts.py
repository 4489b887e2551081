"""Makes the fleet's posts: titles that never repeat, dates that sit where counting goes wrong."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from tests.portals import words
from tests.portals.content import Post
from tests.portals.days import AS_OF, CLOSES, OPENS


class Ids:
    """Numbers that rise through the whole fleet, so that no two things share one."""

    def __init__(self, start: int = 141_500_000) -> None:
        self._last = start

    def next(self) -> int:
        """The next number; gaps as a content store would leave them."""
        self._last += 7
        return self._last


class PostMaker:
    """Posts of one unit."""

    def __init__(self, unit_name: str, rng: random.Random, ids: Ids) -> None:
        self._unit = unit_name
        self._rng = rng
        self._ids = ids
        self._used: set[str] = set()

    def title(self, templates: tuple[str, ...]) -> str:
        """A title this unit has not used yet."""
        for attempt in range(10_000):
            text = self._rng.choice(templates).format(unit=self._unit, topic=self._rng.choice(words.TOPICS))
            if attempt > 60:
                text += f" (đợt {attempt - 58})"
            if text not in self._used:
                self._used.add(text)
                return text[0].upper() + text[1:]
        raise AssertionError("no title left")

    def make(self, templates: tuple[str, ...], when: datetime | None, **more: object) -> Post:
        """One post with its text."""
        title = str(more.pop("title", None) or self.title(templates))
        body = (
            f"{title}. {words.SUMMARY}",
            f"Theo kế hoạch ban hành ngày 15/9/2025, {self._rng.choice(words.BODY)}",
            self._rng.choice(words.BODY),
        )
        return Post(self._ids.next(), title, when, words.SUMMARY, body, **more)  # type: ignore[arg-type]

    def inside(self, count: int, templates: tuple[str, ...]) -> list[Post]:
        """``count`` posts of the period; from two on, its very first and very last minute are taken."""
        moments = [datetime.combine(OPENS, time(0, 0)), datetime.combine(CLOSES, time(23, 59))]
        if count < 2:
            moments = []
        while len(moments) < count:
            moments.append(self._moment(OPENS + timedelta(days=1), CLOSES - timedelta(days=1)))
        return [self.make(templates, moment) for moment in moments]

    def outside(self, templates: tuple[str, ...], older: int) -> list[Post]:
        """Posts that must not count: a minute too early, a minute too late, and ``older`` old ones."""
        edges = [
            datetime.combine(OPENS - timedelta(days=1), time(23, 59)),
            datetime.combine(CLOSES + timedelta(days=1), time(0, 0)),
        ]
        return [self.make(templates, moment) for moment in (*edges, *self._past(older))]

    def old(self, templates: tuple[str, ...], count: int) -> list[Post]:
        """``count`` posts from before the period."""
        return [self.make(templates, moment) for moment in self._past(count)]

    def odd(self, templates: tuple[str, ...]) -> list[Post]:
        """Posts without a date that counts: none stated, an impossible one, one in the future."""
        future = datetime.combine(AS_OF + timedelta(days=40), time(8, 0))
        return [
            self.make(templates, None),
            self.make(templates, None, stated="31/02/2026"),
            self.make(templates, future),
        ]

    def pinned(self, templates: tuple[str, ...]) -> list[Post]:
        """A piece of last year kept on top of the list."""
        when = datetime.combine(AS_OF - timedelta(days=self._rng.randint(200, 400)), time(9, 0))
        return [self.make(templates, when, pinned=True)]

    def again(self, post: Post) -> Post:
        """The same piece once more under another address."""
        return replace(post, id=self._ids.next())

    def ago(self, posts: list[Post], templates: tuple[str, ...]) -> list[Post]:
        """One post of the period told in days ago, which is a date, and one in months ago, which is none."""
        inside = next(
            place for place, post in enumerate(posts) if post.when and post.when.hour not in (0, 23)
        )
        three_days = datetime.combine(AS_OF - timedelta(days=3), time(0, 0))
        told = replace(posts[inside], when=three_days, stated="3 ngày trước")
        month = self.make(templates, None, stated="1 tháng trước")
        return [*posts[:inside], told, *posts[inside + 1 :], month]

    def clock(self, day: date, hour: int, minute: int) -> datetime:
        """A moment of a day."""
        return datetime.combine(day, time(hour, minute))

    def _past(self, count: int) -> Iterator[datetime]:
        day = OPENS - timedelta(days=2)
        for _ in range(count):
            yield self._moment(day - timedelta(days=3), day - timedelta(days=1))
            day -= timedelta(days=self._rng.randint(4, 30))

    def _moment(self, first: date, last: date) -> datetime:
        day = first + timedelta(days=self._rng.randint(0, (last - first).days))
        return datetime.combine(day, time(self._rng.randint(7, 17), self._rng.randint(0, 59)))
