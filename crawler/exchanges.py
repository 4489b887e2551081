"""From Scrapy's answers and failures to exchanges: what was asked, what came, when and from where."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from scrapy import Request
from scrapy.http import Headers, Response

from crawler.bodies import decode_body
from crawler.plan import CrawlLimits, PortalPlan
from crawler.portal import Job
from crawler.visits import Fetch
from storage.exchange import Exchange

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")

NOT_MODIFIED = 304
_TEXT = ("text/", "application/json", "application/xhtml", "application/xml")


def request_for(job: Job, callback: Callable[..., None], errback: Callable[..., None]) -> Request:
    """The request of ``job``. ``meta["received"]`` counts its body's bytes, ``began`` when it was made."""
    fetch, portal = job.fetch, job.portal
    return Request(
        fetch.request.url,
        method=fetch.request.method,
        headers=_headers(fetch, portal.limits, portal.cookies.header()) | portal.conditions(fetch),
        body=urlencode(fetch.request.form).encode("ascii") if fetch.request.method == "POST" else b"",
        callback=callback,
        errback=errback,
        cb_kwargs={"job": job},
        dont_filter=True,
        meta={
            "download_slot": portal.slot,
            "download_timeout": portal.limits.timeout,
            "job": job,
            "received": 0,
            "largest": portal.limits.body,
            "began": time.monotonic(),
        },
    )


def _headers(fetch: Fetch, limits: CrawlLimits, cookies: str) -> dict[str, str]:
    headers = {
        "User-Agent": limits.user_agent,
        "Accept": "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8",
        "Accept-Language": "vi-VN,vi;q=0.9",
        "Accept-Encoding": "gzip, deflate",
    }
    if cookies:
        headers["Cookie"] = cookies
    if fetch.request.method == "POST":
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    return headers


def answered(job: Job, response: Response, tls: Mapping[str, str] | None) -> Exchange:
    """The exchange behind an answer, its body decoded within the limits."""
    fetch, plan, limits = job.fetch, job.portal.plan, job.portal.limits
    raw = response.body
    encodings = [value.decode("latin-1") for value in response.headers.getlist("Content-Encoding")]
    decoded = decode_body(raw, encodings, largest_body(response.headers, job), limits.inflation)
    flags = response.flags
    cut = decoded.cut or ("too_big" if "download_stopped" in flags else None)
    cut = "reset" if "dataloss" in flags else cut
    now = datetime.now(LOCAL)
    return Exchange(
        url=fetch.request.url,
        fetched_at=now,
        seen_at=plan.as_of or now,
        method=fetch.request.method,
        form=fetch.request.form,
        role=fetch.role,
        status=response.status,
        reason=_phrase(response.status),
        error=cut,
        request_headers=_pairs(response.request),
        headers=_pairs(response),
        raw_body=raw,
        body=decoded.body,
        truncated=cut is not None,
        ip=str(response.ip_address) if response.ip_address else None,
        tls=tls,
        elapsed=_elapsed(response.request),
        earlier=job.portal.earlier.get(fetch.request.url) if response.status == NOT_MODIFIED else None,
    )


def largest_body(headers: Headers, job: Job) -> int:
    """Where a body is cut: sooner when it is text for people, which never needs to be that long, and
    when it was found to be endless the night before."""
    limits, known = job.portal.limits, job.portal.earlier.get(job.fetch.request.url)
    if known is not None and known.cut:
        return min(limits.endless, limits.body)
    kind = (headers.get("Content-Type") or b"").decode("latin-1").lower()
    return min(limits.page, limits.body) if kind.startswith(_TEXT) else limits.body


def failed(
    fetch: Fetch, plan: PortalPlan, error: str, reason: str = "", request: Request | None = None
) -> Exchange:
    """The exchange behind a request that got no answer, or was never made."""
    now = datetime.now(LOCAL)
    return Exchange(
        url=fetch.request.url,
        fetched_at=now,
        seen_at=plan.as_of or now,
        method=fetch.request.method,
        form=fetch.request.form,
        role=fetch.role,
        reason=reason[:300],
        error=error,
        request_headers=_pairs(request),
        elapsed=_elapsed(request),
    )


def _pairs(message: Request | Response | None) -> tuple[tuple[str, str], ...]:
    if message is None:
        return ()
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in message.headers.items()
        for value in values
    )


def _elapsed(request: Request | None) -> float:
    began = request.meta.get("began") if request is not None else None
    return round(time.monotonic() - began, 4) if began else 0.0


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
