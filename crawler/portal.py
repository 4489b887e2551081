"""One portal while it is walked: its walk, its limits, its cookies, what it has cost."""

from __future__ import annotations

import logging
import time
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from crawler.cookies import Cookies
from crawler.plan import CrawlLimits, PortalPlan
from crawler.robots import Robots
from crawler.scope import Origin
from crawler.sink import RequestKey
from crawler.visits import Fetch, Reader, request_key
from crawler.walk import PortalWalk
from pages.capture import Capture, PageRequest
from pages.model import PageReading, Wall
from storage.exchange import Exchange
from storage.place import Earlier

logger = logging.getLogger(__name__)

# Failures in a row after which a portal gets no second tries, and after which it is left alone.
_WEAK, _GONE = 4, 12


@dataclass(frozen=True, slots=True)
class Job:
    """One request on its way. ``visit`` -1 marks robots.txt, which is no page of the walk."""

    portal: Portal
    fetch: Fetch
    attempt: int = 1


@dataclass(slots=True, eq=False)
class Portal:
    """One portal while it is walked."""

    plan: PortalPlan
    limits: CrawlLimits
    reader: Reader
    slot: str = ""
    walk: PortalWalk = field(init=False)
    cookies: Cookies = field(default_factory=Cookies)
    robots: dict[Origin, Robots] = field(default_factory=dict)
    gated: dict[Origin, list[Fetch]] = field(default_factory=dict)
    known: dict[RequestKey, tuple[int, Capture]] = field(default_factory=dict)
    earlier: dict[str, Earlier] = field(default_factory=dict)
    inbox: deque[Fetch] = field(default_factory=deque)
    under_way: int = 0
    closed: bool = False
    requests: int = 0
    replayed: int = 0
    bytes: int = 0
    not_modified: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    tls: Mapping[str, str] | None = None
    _strikes: int = 0
    _began: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.walk = PortalWalk(self.plan, self.limits, self._read)

    def _read(self, capture: Capture) -> PageReading:
        """The border between the crawl and the readers: no page may end a walk."""
        try:
            return self.reader(capture)
        except Exception as problem:
            logger.exception("%s: reader failed on %s", self.plan.unit_id, capture.url)
            self.errors["reader"] += 1
            return PageReading(
                kind="error", wall=Wall("unreadable", f"{type(problem).__name__}: {problem}"[:200])
            )

    def step(self, fetch: Fetch, position: int, capture: Capture) -> list[Fetch]:
        """The walk's next requests. A bug that one portal brings out costs that portal, not the night."""
        try:
            return self.walk.on_capture(fetch, position, capture)
        except Exception:
            logger.exception("%s: walk failed on %s", self.plan.unit_id, capture.url)
            self.errors["walk"] += 1
            self.walk.halt("internal_error", "failed")
            return []

    def tire(self, reason: str) -> None:
        """Turn no more pages of lists."""
        if not self.closed:
            self.walk.tire(reason)

    def release(self) -> None:
        """The walk is over and told: its memory is wanted by others."""
        self.known.clear()
        self.earlier.clear()
        self.inbox.clear()
        self.walk = PortalWalk(self.plan, self.limits, self._read)

    def remember(self, previous: Mapping[RequestKey, tuple[int, Capture]]) -> None:
        """Captures that an interrupted run left behind."""
        for (method, url, form), kept in previous.items():
            self.known[request_key(PageRequest(url, method, form))] = kept

    def conditions(self, fetch: Fetch) -> dict[str, str]:
        """Headers that ask the server to send the page only if it has changed."""
        known = self.earlier.get(fetch.request.url) if fetch.request.method == "GET" else None
        if known is None:
            return {}
        asked = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        return {name: value for name, value in asked.items() if value}

    def robots_fetch(self, origin: Origin) -> Fetch:
        """The request for a host's robots.txt."""
        scheme, host, port = origin
        netloc = urlsplit(self.plan.url).netloc if origin == self.walk.origin else f"{host}:{port}"
        return Fetch(PageRequest(f"{scheme}://{netloc.rpartition('@')[2]}/robots.txt"), "other", visit=-1)

    def gate(self, origin: Origin, fetch: Fetch) -> None:
        """Hold ``fetch`` until the host's robots.txt has come, which the first one asks for."""
        held = self.gated.setdefault(origin, [])
        held.append(fetch)
        if len(held) == 1:
            self.inbox.append(self.robots_fetch(origin))

    def note(self, capture: Capture, exchange: Exchange) -> None:
        """Count one exchange."""
        self.requests += 1
        self.bytes += len(exchange.raw_body)
        self.not_modified += exchange.status == 304
        if capture.error is not None:
            self.errors[capture.error] += 1
        if capture.status is not None:
            self.statuses[str(capture.status)] += 1
        if capture.status is not None and capture.status >= 400:
            self.errors[f"http_{capture.status}"] += 1

    def strike(self, hit: bool) -> None:
        """A request ended without (``hit``) or with an answer."""
        self._strikes = self._strikes + 1 if hit else 0

    @property
    def tries(self) -> int:
        """How often one request is tried as things stand."""
        return 1 if self._strikes >= _WEAK else 1 + self.limits.retries

    @property
    def gone(self) -> bool:
        """It has stopped answering."""
        return self._strikes >= _GONE

    def stats(self) -> dict[str, object]:
        """What the walk cost and met, as plain JSON values."""
        return {
            "requests": self.requests,
            "replayed": self.replayed,
            "bytes": self.bytes,
            "not_modified": self.not_modified,
            "budget": {"pages": self.limits.pages, "bytes": self.limits.bytes},
            "retry": self.plan.retry,
            "whole": self.plan.read_other,
            "seconds": round(time.monotonic() - self._began, 1),
            "errors": dict(sorted(self.errors.items())),
            "statuses": dict(sorted(self.statuses.items())),
            "robots": {f"{o[0]}://{o[1]}:{o[2]}": robots.state for o, robots in self.robots.items()},
            "tls": dict(self.tls) if self.tls else None,
            **self.walk.facts,
        }
