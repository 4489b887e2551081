"""robots.txt of a host: what it forbids us, how slowly it wants to be read."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

from pages.capture import Capture

_LARGEST = 512 * 1024
_LONGEST_DELAY = 60.0


@dataclass(frozen=True, slots=True)
class Robots:
    """``state`` says what came of asking: ``rules``, ``none`` (4xx) or ``error:<what>``.

    Without rules everything is allowed; a robots.txt in error is recorded as such.
    """

    agent: str
    state: str
    rules: Protego | None = None

    def allows(self, url: str) -> bool:
        """The host lets us read ``url``."""
        return self.rules is None or bool(self.rules.can_fetch(url, self.agent))

    @property
    def delay(self) -> float:
        """Seconds between requests that the host asks for, at most a minute."""
        stated = self.rules.crawl_delay(self.agent) if self.rules else None
        return min(float(stated or 0), _LONGEST_DELAY)


def robots_of(capture: Capture, user_agent: str) -> Robots:
    """What the answer to ``/robots.txt`` means for us."""
    agent = user_agent.partition("/")[0]
    if capture.error is not None and capture.status is None:
        return Robots(agent, f"error:{capture.error}")
    status = capture.status or 0
    if 400 <= status < 500 and status != 429:
        return Robots(agent, "none")
    if status != 200:
        return Robots(agent, f"error:http_{status}")
    text = capture.body[:_LARGEST].decode("utf-8", "replace")
    return Robots(agent, "rules", Protego.parse(text))
