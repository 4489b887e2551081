"""Things to do later in the reactor, all of which can be forgotten at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def the_reactor() -> Any:
    """The reactor of this process: asked for late, because it is chosen when the crawl starts."""
    from twisted.internet import reactor

    return reactor


class Clock:
    """Timers of one crawl."""

    def __init__(self) -> None:
        self._calls: set[Any] = set()

    def later(self, seconds: float, action: Callable[[], None]) -> None:
        """Run ``action`` after ``seconds``."""

        def run() -> None:
            self._calls.discard(call)
            action()

        call = the_reactor().callLater(seconds, run)
        self._calls.add(call)

    def clear(self) -> None:
        """Forget everything that has not run yet."""
        for call in self._calls:
            if call.active():
                call.cancel()
        self._calls.clear()
