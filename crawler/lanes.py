"""Waiting lines before the hosts: each host's requests in order of weight, a few at a time."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class Lane(Generic[T]):
    """The line before one host (or address): at most ``width`` of its requests are under way."""

    width: int
    send: Callable[[T], None]
    paused: bool = False
    active: int = 0
    _heap: list[tuple[int, int, T]] = field(default_factory=list)
    _order: count[int] = field(default_factory=count)

    def push(self, priority: int, thing: T) -> None:
        """Take a place in the line; lower ``priority`` first, then first come first."""
        heapq.heappush(self._heap, (priority, next(self._order), thing))
        self.pump()

    def done(self) -> None:
        """One that was under way has ended."""
        self.active -= 1
        self.pump()

    def pause(self, paused: bool) -> None:
        """Hold the line, or let it go on."""
        self.paused = paused
        self.pump()

    def drop(self, unwanted: Callable[[T], bool]) -> None:
        """Take out of the line what is no longer wanted."""
        self._heap = [place for place in self._heap if not unwanted(place[2])]
        heapq.heapify(self._heap)

    def pump(self) -> None:
        """Send as many as may be under way."""
        while self._heap and not self.paused and self.active < self.width:
            self.active += 1
            self.send(heapq.heappop(self._heap)[2])
