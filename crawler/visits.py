"""Pages to fetch, each once, with the redirects between asking and getting. Pure: no network here."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from crawler.plan import CrawlLimits
from crawler.scope import Scope
from crawler.sink import RequestKey
from crawler.stub import refresh_target
from pages.capture import Capture, PageRequest, Role, TrailState
from pages.model import PageReading
from pages.urls import canonical, join

Reader = Callable[[Capture], PageReading]


class Outcome(NamedTuple):
    """How something ended, in a trail's words."""

    state: TrailState
    reason: str | None = None


COMPLETE = Outcome("complete")
_STATES: dict[str, TrailState] = {"robots": "refused", "too_big": "capped", "inflation": "capped"}


@dataclass(frozen=True, slots=True)
class Fetch:
    """One request to make. ``visit`` says for which visit; lower ``priority`` goes first."""

    request: PageRequest
    role: Role
    visit: int
    priority: int = 0
    hops: int = 0


@dataclass(slots=True, eq=False)
class Visit:
    """One page asked for. ``positions`` are its captures: redirects, then the answer.

    ``outcome`` is None until it has come; ``complete`` then means that a server answered with a page
    (what the page says is the reading's matter), at the address ``arrived``.
    """

    number: int
    request: PageRequest
    role: Role
    priority: int
    wide: bool
    positions: list[int] = field(default_factory=list)
    outcome: Outcome | None = None
    capture: Capture | None = None
    reading: PageReading | None = None
    other: Visit | None = None
    arrived: str | None = None
    waiters: list[Callable[[Visit], None]] = field(default_factory=list)

    @property
    def trail(self) -> tuple[int, ...]:
        """Positions of all captures behind this page, those of the page it was sent to included."""
        return (*self.positions, *(self.other.trail if self.other else ()))

    @property
    def address(self) -> str:
        """Where the page stands, after all redirects."""
        return canonical(self.end.arrived or self.end.request.url)

    @property
    def end(self) -> Visit:
        """The visit that holds the answer."""
        return self.other.end if self.other else self


def request_key(request: PageRequest) -> RequestKey:
    """What makes two requests the same."""
    return request.method, canonical(request.url), request.form


class Visits:
    """All pages of one walk, known by request. Fetches to make gather in :attr:`out`."""

    def __init__(self, scope: Scope, limits: CrawlLimits, reader: Reader) -> None:
        self.scope = scope
        self.limits = limits
        self.out: list[Fetch] = []
        self.halted: Outcome | None = None
        self.pages = 0
        self.bytes = 0
        self.seen_page = False
        self._waiting = 0
        self._reader = reader
        self._known: dict[RequestKey, Visit] = {}
        self._all: list[Visit] = []
        self._due: deque[tuple[Callable[[Visit], None], Visit]] = deque()

    @property
    def pending(self) -> bool:
        """Some page asked for has not come yet."""
        return self._waiting > 0

    def known(self, request: PageRequest) -> bool:
        """The page has been asked for already."""
        return request_key(request) in self._known

    def open(
        self,
        request: PageRequest,
        role: Role,
        waiter: Callable[[Visit], None] | None = None,
        *,
        priority: int = 0,
        wide: bool = False,
    ) -> Visit:
        """Ask for a page; ``waiter`` is called once it has come (in :meth:`settle`)."""
        visit = self._known.get(request_key(request)) or self._new(request, role, priority, wide)
        if waiter is not None:
            visit.waiters.append(waiter)
            if visit.outcome is not None:
                self._wake(visit)
        return visit

    def _new(self, request: PageRequest, role: Role, priority: int, wide: bool) -> Visit:
        visit = Visit(len(self._all), request, role, priority, wide)
        self._all.append(visit)
        self._known[request_key(request)] = visit
        self._waiting += 1
        refusal = self.scope.refuse(request, wide)
        if refusal is not None:
            self._end(visit, refusal_outcome(refusal), None)
        elif self.halted is not None:
            self._end(visit, self.halted, None)
        else:
            self._ask(visit, request, 0)
        return visit

    def _ask(self, visit: Visit, request: PageRequest, hops: int) -> None:
        if request.method == "GET":
            request = replace(request, url=canonical(request.url))
        self.out.append(Fetch(request, visit.role, visit.number, visit.priority, hops))

    def take(self, fetch: Fetch, position: int, capture: Capture) -> None:
        """One exchange has been made for ``fetch``."""
        visit = self._all[fetch.visit]
        self.pages += 1
        self.bytes += len(capture.body)
        visit.positions.append(position)
        if visit.outcome is not None:
            return
        target = capture.location or refresh_target(capture)
        if target is None:
            self._end(visit, _answer(capture), capture)
        else:
            self._forward(visit, fetch, capture, target)

    def _forward(self, visit: Visit, fetch: Fetch, capture: Capture, target: str) -> None:
        url = join(capture.url, target)
        again = _redirected(fetch.request, capture, url or "")
        refusal = "no_address" if url is None else self.scope.refuse(again, visit.wide)
        if refusal is not None:
            self._end(visit, refusal_outcome(refusal), capture)
        elif fetch.hops >= self.limits.redirects:
            self._end(visit, Outcome("failed", "redirects"), capture)
        elif self.halted is not None:
            self._end(visit, self.halted, capture)
        else:
            self._follow(visit, again, fetch.hops + 1)

    def _follow(self, visit: Visit, request: PageRequest, hops: int) -> None:
        other = self._known.get(request_key(request))
        if other is None:
            self._known[request_key(request)] = visit
        if other is None or other is visit:
            self._ask(visit, request, hops)
        elif other.end is visit:
            self._end(visit, Outcome("failed", "redirects"), None)
        else:
            visit.other = other
            self.open(other.request, other.role, lambda _: self._end(visit, other.outcome, None))

    def _end(self, visit: Visit, outcome: Outcome | None, capture: Capture | None) -> None:
        if visit.outcome is None:
            visit.outcome, visit.capture = outcome, capture
            visit.arrived = capture.url if capture else None
            self._waiting -= 1
            self._wake(visit)

    def _wake(self, visit: Visit) -> None:
        self._due.extend((waiter, visit) for waiter in visit.waiters)
        visit.waiters.clear()

    def settle(self) -> None:
        """Call everybody whose page has come, then forget the bodies."""
        woken: list[Visit] = []
        while self._due:
            waiter, visit = self._due.popleft()
            waiter(visit)
            woken.append(visit.end)
        for visit in woken:
            visit.capture = None
            if visit.reading is not None:
                visit.reading = _slim(visit.reading)

    def read(self, visit: Visit) -> PageReading:
        """What the page says; an empty reading when nobody had it read while its body was here."""
        visit = visit.end
        if visit.reading is None:
            visit.reading = PageReading() if visit.capture is None else self._reader(visit.capture)
            self.seen_page |= visit.outcome == COMPLETE and visit.reading.wall is None
        return visit.reading

    def halt(self, outcome: Outcome) -> None:
        """Ask for nothing more; what has not come ends with ``outcome``."""
        self.halted = self.halted or outcome
        self.out.clear()
        for visit in self._all:
            self._end(visit, self.halted, None)


def _answer(capture: Capture) -> Outcome:
    """How an exchange that is no redirect ended."""
    if capture.error is not None:
        return Outcome(_STATES.get(capture.error, "failed"), capture.error)
    if capture.truncated:
        return Outcome("failed", "cut")
    status = capture.status or 0
    if status >= 400 or status == 304:
        return Outcome("failed", f"http_{status}")
    return COMPLETE


def refusal_outcome(reason: str) -> Outcome:
    """How something ends that is not asked for at all."""
    if reason == "off_scope":
        return Outcome("external", reason)
    if reason.startswith("unsafe"):
        return Outcome("refused", reason)
    return Outcome("failed" if reason == "no_address" else "capped", reason)


def _redirected(request: PageRequest, capture: Capture, url: str) -> PageRequest:
    """The request a redirect asks for: as it was for 307 and 308, else a GET."""
    if capture.status in (307, 308):
        return replace(request, url=url)
    return PageRequest(url)


def _slim(reading: PageReading) -> PageReading:
    """Without the parts that only its first reader needs (a page's menus are the bulk of it)."""
    return replace(reading, text="", links=(), images=(), headings=(), menu=())
