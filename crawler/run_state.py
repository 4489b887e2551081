"""What a running crawl shares with its caller: where captures go, how far it is, what went wrong."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from crawler.portal import Portal
from crawler.sink import CaptureSink, PortalResult, Progress
from pages.capture import Capture, Trail

_EVERY = 0.2
_READ = ("complete", "external")
_LASTING = re.compile(r"http_4(?!08|29)\d\d$")


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
        trails, reached, stats = portal.walk.trails(), portal.walk.reached, portal.stats()
        stats["coverage"] = coverage = _coverage(portal, trails, reached)
        stats["unread"] = len(_unread(portal, trails))
        stats["again"] = not reached or any(_may_pass(trail) for trail in _unread(portal, trails))
        self.sink.finish_portal(self.run_id, portal.plan.unit_id, trails, reached, stats)
        result = PortalResult(portal.plan.unit_id, reached, coverage, stats)
        self.results.append(result)
        self._tell(result.unit_id, now=True)

    def _tell(self, current: str, now: bool = False) -> None:
        moment = time.monotonic()
        if self.report is not None and (now or moment - self._told >= _EVERY):
            self._told = moment
            self.report(
                Progress(len(self.results), self.portals, self.pages, self.bytes, self.errors, current)
            )


def _coverage(
    portal: Portal, trails: Sequence[Trail], reached: bool
) -> Literal["complete", "partial", "none"]:
    if not reached:
        return "none"
    return "partial" if _unread(portal, trails) else "complete"


def _unread(portal: Portal, trails: Sequence[Trail]) -> list[Trail]:
    """Trails that the plan needs and that were not read to their end."""
    needed = {"home", "sitemap", *portal.plan.sections}
    return [trail for trail in trails if trail.section in needed and trail.state not in _READ]


def _may_pass(trail: Trail) -> bool:
    """Whether what stopped the reading may be gone in an hour: not a refusal, a limit, a missing page."""
    return trail.state == "failed" and not _LASTING.search(trail.reason or "")
