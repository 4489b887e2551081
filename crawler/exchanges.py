"""From Scrapy's answers and failures to exchanges: what was asked, what came, when and from where."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from scrapy import Request
from scrapy.http import Response

from crawler.bodies import decode_body
from crawler.plan import CrawlLimits, PortalPlan
from crawler.visits import Fetch
from storage.exchange import Exchange

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")

Headers = tuple[tuple[str, str], ...]


def request_headers(fetch: Fetch, limits: CrawlLimits, cookies: str) -> Headers:
    """What is sent with a request, the host aside."""
    headers = [
        ("User-Agent", limits.user_agent),
        ("Accept", "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8"),
        ("Accept-Language", "vi-VN,vi;q=0.9"),
        ("Accept-Encoding", "gzip, deflate"),
    ]
    if cookies:
        headers.append(("Cookie", cookies))
    if fetch.request.method == "POST":
        headers.append(("Content-Type", "application/x-www-form-urlencoded"))
    return tuple(headers)


def request_body(fetch: Fetch) -> bytes:
    """The form as a browser sends it."""
    return urlencode(fetch.request.form).encode("ascii") if fetch.request.method == "POST" else b""


def answered(
    fetch: Fetch, plan: PortalPlan, limits: CrawlLimits, response: Response, tls: Mapping[str, str] | None
) -> Exchange:
    """The exchange behind an answer, its body decoded within the limits."""
    raw = response.body
    encodings = [value.decode("latin-1") for value in response.headers.getlist("Content-Encoding")]
    decoded = decode_body(raw, encodings, limits.body, limits.inflation)
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
    )


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


def _pairs(message: Request | Response | None) -> Headers:
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
