"""How a request failed, whether to try it again, and when."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from OpenSSL import SSL
from scrapy import exceptions
from twisted.internet import error as net
from twisted.python.failure import Failure

from crawler.plan import CrawlLimits
from pages.capture import Capture

_TRANSIENT = frozenset({"timeout", "reset", "failed"})
# A 304 stands here when nothing of ours was confirmed by it: the next request asks for the page itself.
_TRANSIENT_STATUS = frozenset({304, 408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_PERMANENT_SEEN = frozenset({"dns", "refused", "tls", "unreachable"})

_NAMES: tuple[tuple[type[BaseException], str], ...] = (
    (exceptions.CannotResolveHostError, "dns"),
    (exceptions.DownloadConnectionRefusedError, "refused"),
    (exceptions.DownloadTimeoutError, "timeout"),
    (exceptions.UnsupportedURLSchemeError, "scheme"),
    (net.TCPTimedOutError, "timeout"),
    (net.TimeoutError, "timeout"),
    (net.NoRouteError, "unreachable"),
    (net.UnknownHostError, "dns"),
    (net.DNSLookupError, "dns"),
    (net.ConnectionRefusedError, "refused"),
    (SSL.Error, "tls"),
    (net.SSLError, "tls"),
    (exceptions.ResponseDataLossError, "reset"),
    (net.ConnectionLost, "reset"),
    (net.ConnectionDone, "reset"),
    (net.ConnectError, "unreachable"),
)


def failure_name(failure: Failure) -> str:
    """One word for what went wrong (see :class:`pages.capture.Capture`)."""
    for cause in _causes(failure.value):
        for kind, name in _NAMES:
            if isinstance(cause, kind):
                return name
    return "failed"


def _causes(problem: BaseException | None) -> list[BaseException]:
    """The exception and those behind it; the most telling (TLS) first."""
    found: list[BaseException] = []
    while problem is not None and problem not in found:
        found.append(problem)
        reasons = getattr(problem, "reasons", None) or ()
        found.extend(reason.value for reason in reasons if isinstance(reason, Failure) and reason.value)
        problem = problem.__cause__
    return sorted(found, key=lambda cause: not isinstance(cause, SSL.Error))


def transient(capture: Capture) -> bool:
    """Asking again may help."""
    if capture.status is None:
        return capture.error in _TRANSIENT
    return capture.status in _TRANSIENT_STATUS or capture.error == "reset"


def unanswered(capture: Capture) -> bool:
    """No answer came over the line at all."""
    return capture.status is None and (capture.error in _TRANSIENT or capture.error in _PERMANENT_SEEN)


def wait_before(attempt: int, capture: Capture, limits: CrawlLimits) -> float:
    """Seconds before the next try: growing, or what the server asks for, up to the cap."""
    growing = limits.retry_wait * 3.0 ** (attempt - 1)
    return max(growing, min(_retry_after(capture), limits.retry_after_cap))


def _retry_after(capture: Capture) -> float:
    stated = (capture.header("retry-after") or "").strip()
    if stated.isdigit():
        return float(stated[:9])
    try:
        at = parsedate_to_datetime(stated)
    except ValueError:
        return 0.0
    return max(0.0, (at - datetime.now(UTC)).total_seconds()) if at.tzinfo else 0.0
