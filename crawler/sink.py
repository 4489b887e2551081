"""Where captures go: the only thing the crawler knows of storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from pages.capture import Capture, Method, Trail
from storage.exchange import Exchange
from storage.place import Earlier

RequestKey = tuple[Method, str, tuple[tuple[str, str], ...]]
"""Method, address as requested, form."""


class CaptureSink(Protocol):
    """Keeps what the crawler saw. Every call returns only when the evidence is safe on disk or will
    be after a kill of this process; all calls come from one thread."""

    def record(self, run_id: int, unit_id: str, exchange: Exchange) -> tuple[int, Capture]:
        """Keep one exchange; its position among the unit's captures of this run, and the capture."""

    def finish_portal(
        self, run_id: int, unit_id: str, trails: Sequence[Trail], reached: bool, stats: Mapping[str, object]
    ) -> None:
        """Keep how far the walk of one portal got. ``stats`` holds plain JSON values."""

    def earlier(self, run_id: int, unit_id: str, since: date) -> Mapping[str, Earlier]:
        """Address → the newest answer to a GET, in another run for a moment on or after ``since``, that
        the portal can be asked to confirm, or that was cut. :meth:`record` takes a 304 that names one
        for the answer itself, and raises :class:`errors.EvidenceError` when it cannot be read back."""

    def previous(self, run_id: int, unit_id: str) -> Mapping[RequestKey, tuple[int, Capture]]:
        """The unit's captures that this run already holds, the last one for each request."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a crawl is: portals ``done`` of ``total``.

    ``errors`` are exchanges that failed or answered with an error status, ``current`` the unit heard
    from last.
    """

    done: int
    total: int
    pages: int
    bytes: int
    errors: int
    current: str


@dataclass(frozen=True, slots=True)
class PortalResult:
    """What came of one portal. ``stats`` as given to the sink. ``coverage`` is ``complete`` when the
    home page, the site map and every section the plan names were read, ``none`` when nothing was."""

    unit_id: str
    reached: bool
    coverage: Literal["complete", "partial", "none"]
    stats: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class CrawlOutcome:
    """What a crawl did, portals in the order they were done."""

    portals: tuple[PortalResult, ...]
    pages: int
    bytes: int
    errors: int
