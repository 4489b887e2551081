"""What a running crawl shares with its caller: where captures go, how far it is, what went wrong."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from crawler.portal import Portal
from crawler.sink import CaptureSink
from pages.capture import Capture

_EVERY = 0.2


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a crawl is. ``errors`` are exchanges that failed or answered with an error status;
    ``current`` the unit heard from last."""

    portals_done: int
    portals: int
    pages: int
    bytes: int
    errors: int
    current: str


@dataclass(frozen=True, slots=True)
class PortalResult:
    """What came of one portal. ``stats`` as given to the sink."""

    unit_id: str
    reached: bool
    stats: dict[str, object]


@dataclass(slots=True)
class RunState:
    """One running crawl."""

    sink: CaptureSink
    run_id: int
    portals: int
    report: Callable[[Progress], None] | None
    results: list[PortalResult] = field(default_factory=list)
    pages: int = 0
    bytes: int = 0
    errors: int = 0
    problem: Exception | None = None
    _told: float = 0.0

    @property
    def failed(self) -> bool:
        """A problem of ours ended the crawl."""
        return self.problem is not None

    def fail(self, problem: Exception) -> None:
        """Remember the first problem."""
        self.problem = self.problem or problem

    def progress(self, portal: Portal, capture: Capture) -> None:
        """One exchange more."""
        self.pages += 1
        self.bytes += len(capture.body)
        self.errors += capture.error is not None or (capture.status or 0) >= 400
        self._tell(portal.plan.unit_id)

    def close(self, portal: Portal) -> None:
        """A portal is done."""
        result = PortalResult(portal.plan.unit_id, portal.walk.reached, portal.stats())
        self.sink.finish_portal(
            self.run_id, result.unit_id, portal.walk.trails(), result.reached, result.stats
        )
        self.results.append(result)
        self._tell(result.unit_id, now=True)

    def _tell(self, current: str, now: bool = False) -> None:
        moment = time.monotonic()
        if self.report is not None and (now or moment - self._told >= _EVERY):
            self._told = moment
            self.report(
                Progress(len(self.results), self.portals, self.pages, self.bytes, self.errors, current)
            )
