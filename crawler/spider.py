"""The one spider for all portals: makes the requests that the walks ask for and hands back what came."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider, StopDownload
from scrapy.http import Headers, Response
from twisted.python.failure import Failure

from crawler import attempts, exchanges
from crawler.clock import Clock
from crawler.lanes import Lane
from crawler.netguard import Guard
from crawler.portal import Job, Portal
from crawler.robots import robots_of
from crawler.run_state import RunState
from crawler.scope import origin_of
from crawler.slots import slots_of
from crawler.throttle import pace
from crawler.tls import TlsFacts
from crawler.visits import Fetch, request_key
from errors import EvidenceError
from pages.capture import Capture
from storage.exchange import Exchange

# A portal stops turning pages this long before its time is up, so that its probes still run.
_TIRED = 0.9


class PortalSpider(Spider):
    """Walks all portals of one run in one reactor."""

    name = "rasoat"

    def __init__(self, portals: Sequence[Portal], state: RunState, guard: Guard, tls: TlsFacts) -> None:
        super().__init__()
        self._portals = portals
        self._state = state
        self._guard = guard
        self._tls = tls
        self._lanes: dict[str, Lane[Job]] = {}
        self._clock = Clock()
        self._stoppers: list[Callable[[], None]] = []
        self._stopped = False
        self._waiting: deque[tuple[Portal, str]] = deque()
        self._walking = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> PortalSpider:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider._idle, signals.spider_idle)
        crawler.signals.connect(spider._heard, signals.headers_received)
        crawler.signals.connect(spider._received, signals.bytes_received)
        return spider

    def on_stop(self, stopper: Callable[[], None]) -> None:
        """``stopper`` is called when the crawl must end at once."""
        self._stoppers.append(stopper)

    async def start(self) -> AsyncIterator[Any]:
        """Begin all walks; requests go to the engine as the hosts' lines allow."""
        slots = await slots_of([portal.plan.url for portal in self._portals])
        self._waiting.extend(zip(self._portals, slots, strict=True))
        if self._portals[0].limits.run_time is not None:
            self._clock.later(self._portals[0].limits.run_time, lambda: self._guarded(self._time_is_up))
        self._guarded(self._fill)
        return
        yield

    def _fill(self) -> None:
        """Begin walks as long as there is room: a walk in hand costs memory."""
        while self._waiting and not self._stopped and self._walking < self._portals[0].limits.portals:
            self._walking += 1
            self._begin(*self._waiting.popleft())

    def _time_is_up(self) -> None:
        """The crawl's time is over: what is not read yet says so, portals not begun included."""
        while self._waiting:
            portal, _ = self._waiting.popleft()
            self._walking += 1
            portal.walk.start()
        for portal in self._portals:
            self._halt(portal, "window")
        self.stop()

    def stop(self) -> None:
        """End the crawl now: what is under way is dropped, what has come is kept."""
        if self._stopped:
            return
        self._stopped = True
        self._clock.clear()
        for lane in self._lanes.values():
            lane.drop(lambda _: True)
        for portal in self._portals:
            if portal.slot and not portal.closed and not self._state.failed:
                portal.walk.halt("interrupted")
                self._close(portal)
        for stopper in self._stoppers:
            stopper()

    def _guarded(self, step: Callable[..., None], *args: Any) -> None:
        """The border to Scrapy, which would log a problem of ours (a full disk) and wait for ever:
        here it ends the crawl and is told to the caller."""
        try:
            step(*args)
        except Exception as problem:  # noqa: BLE001
            self._state.fail(problem)
            self.stop()

    def _begin(self, portal: Portal, slot: str) -> None:
        portal.slot = slot
        portal.remember(self._state.sink.previous(self._state.run_id, portal.plan.unit_id))
        if portal.plan.revalidate:
            earlier = self._state.sink.earlier(self._state.run_id, portal.plan.unit_id, portal.plan.since)
            portal.earlier.update(earlier)
        limits = portal.limits
        self._lanes.setdefault(slot, Lane(limits.per_host, self._send))
        pace(self.crawler, slot, limits.delay, limits.per_host)
        self._clock.later(limits.portal_time * _TIRED, lambda: portal.tire("time"))
        self._clock.later(limits.portal_time, lambda: self._guarded(self._halt, portal, "time"))
        portal.inbox.extend(portal.walk.start())
        self._pump(portal)

    def _pump(self, portal: Portal) -> None:
        """Pass on what the walk asks for, answering from this run's own captures where they exist."""
        while portal.inbox and not portal.closed:
            self._route(portal, portal.inbox.popleft())
        if portal.walk.finished and not portal.closed:
            self._close(portal)

    def _route(self, portal: Portal, fetch: Fetch) -> None:
        kept = portal.known.pop(request_key(fetch.request), None)
        if kept is not None and not attempts.transient(kept[1]):
            portal.replayed += 1
            self._deliver(portal, fetch, *kept)
            return
        origin = origin_of(fetch.request.url)
        assert origin is not None
        if portal.limits.obey_robots and fetch.visit >= 0:
            robots = portal.robots.get(origin)
            if robots is None:
                portal.gate(origin, fetch)
                return
            if not robots.allows(fetch.request.url):
                self._refuse(portal, fetch, "robots")
                return
        self._queue(Job(portal, fetch))

    def _refuse(self, portal: Portal, fetch: Fetch, error: str) -> None:
        position, capture = self._record(portal, exchanges.failed(fetch, portal.plan, error))
        self._deliver(portal, fetch, position, capture)

    def _queue(self, job: Job) -> None:
        job.portal.under_way += 1
        self._lanes[job.portal.slot].push(job.fetch.priority, job)

    def _send(self, job: Job) -> None:
        self.crawler.engine.crawl(exchanges.request_for(job, self._on_response, self._on_failure))

    def _heard(self, headers: Headers, body_length: int, request: Request, spider: Spider) -> None:
        request.meta["largest"] = exchanges.largest_body(headers, request.meta["job"])

    def _received(self, data: bytes, request: Request, spider: Spider) -> None:
        """Count what streams in; a body over the limit is cut and what came of it kept."""
        request.meta["received"] += len(data)
        if request.meta["received"] > request.meta["largest"]:
            raise StopDownload(fail=False)

    def _on_response(self, response: Response, job: Job) -> None:
        self._guarded(self._answered, response, job)

    def _on_failure(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]
        self._guarded(self._failed, failure, request, request.cb_kwargs["job"])

    def _answered(self, response: Response, job: Job) -> None:
        if self._stopped:
            return
        portal, fetch = job.portal, job.fetch
        portal.cookies.take(value.decode("latin-1") for value in response.headers.getlist("Set-Cookie"))
        scheme, host, port = origin_of(fetch.request.url) or ("", "", 0)
        tls = self._tls.of(host, port) if scheme == "https" else None
        portal.tls = tls or portal.tls
        self._came(job, exchanges.answered(job, response, tls))

    def _failed(self, failure: Failure, request: Request, job: Job) -> None:
        if self._stopped:
            return
        error = attempts.failure_name(failure)
        origin = origin_of(request.url)
        if error == "dns" and origin is not None and origin[1:] in self._guard.blocked:
            error = "unsafe_address"
        self._came(job, exchanges.failed(job.fetch, job.portal.plan, error, str(failure.value), request))

    def _came(self, job: Job, exchange: Exchange) -> None:
        """An exchange is over: keep it, then try again or go on."""
        portal = job.portal
        portal.under_way -= 1
        lane = self._lanes[portal.slot]
        try:
            if portal.closed:
                return
            position, capture = self._record(portal, exchange)
            portal.strike(attempts.unanswered(capture))
            again = attempts.transient(capture) and job.attempt < portal.tries and job.fetch.visit >= 0
            if again and not portal.walk.finished:
                self._retry(job, capture, lane)
            else:
                self._deliver(portal, job.fetch, position, capture)
                if portal.gone and not portal.walk.finished:
                    self._halt(
                        portal,
                        "unresponsive",
                    )
            self._pump(portal)
        finally:
            lane.done()

    def _retry(self, job: Job, capture: Capture, lane: Lane[Job]) -> None:
        wait = attempts.wait_before(job.attempt, capture, job.portal.limits)
        if capture.status == 429:
            lane.paused = True
            self._clock.later(wait, lambda: lane.pause(False))
        job.portal.under_way += 1
        again = Job(job.portal, job.fetch, job.attempt + 1)
        self._clock.later(wait, lambda: self._requeue(again))

    def _requeue(self, job: Job) -> None:
        job.portal.under_way -= 1
        self._queue(job)

    def _record(self, portal: Portal, exchange: Exchange) -> tuple[int, Capture]:
        run_id, unit_id = self._state.run_id, portal.plan.unit_id
        try:
            position, capture = self._state.sink.record(run_id, unit_id, exchange)
        except EvidenceError:
            # What the server confirmed can no longer be read here: the page is asked for anew.
            position, capture = self._state.sink.record(run_id, unit_id, replace(exchange, earlier=None))
        if capture.status == exchanges.NOT_MODIFIED:
            portal.earlier.pop(exchange.url, None)
        portal.note(capture, exchange)
        self._state.progress(portal, capture)
        return position, capture

    def _deliver(self, portal: Portal, fetch: Fetch, position: int, capture: Capture) -> None:
        if fetch.visit >= 0:
            portal.inbox.extend(portal.step(fetch, position, capture))
            return
        origin = origin_of(fetch.request.url)
        assert origin is not None
        robots = robots_of(capture, portal.limits.user_agent)
        portal.robots[origin] = robots
        if portal.limits.delay > 0:
            pace(self.crawler, portal.slot, robots.delay, portal.limits.per_host)
        portal.inbox.extend(portal.gated.pop(origin, ()))

    def _halt(self, portal: Portal, reason: str) -> None:
        if not portal.closed:
            portal.walk.halt(reason, "failed" if reason == "unresponsive" else "capped")
            portal.inbox.clear()
            self._pump(portal)

    def _close(self, portal: Portal) -> None:
        portal.closed = True
        if portal.slot in self._lanes:
            self._lanes[portal.slot].drop(lambda job: job.portal is portal)
        self._state.close(portal)
        portal.release()
        self._walking -= 1
        self._clock.later(0, lambda: self._guarded(self._fill))

    def _idle(self) -> None:
        if not self._stopped and not all(portal.closed for portal in self._portals):
            raise DontCloseSpider
