"""Exchanges and results to store."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from rubric.scoring import Columns, Score
from storage.exchange import Exchange

COOKIES = (("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))
NIGHT = datetime(2026, 5, 22, 18, 5, 9, 123456, tzinfo=UTC)


def exchange(number: int = 0, **changes: Any) -> Exchange:
    """A page that answered, with its own address and text."""
    body = changes.pop("body", f"<p>Tin số {number}</p>".encode())
    given: dict[str, Any] = {
        "url": f"http://127.0.20.1:8700/tin/{number}",
        "fetched_at": NIGHT + timedelta(seconds=number),
        "seen_at": NIGHT + timedelta(seconds=number),
        "status": 200,
        "reason": "OK",
        "request_headers": (("User-Agent", "rasoat"),),
        "headers": (
            ("Content-Type", "text/html; charset=utf-8"),
            ("Set-Cookie", "a=1"),
            ("Set-Cookie", "b=2"),
        ),
        "raw_body": body,
        "body": body,
        "ip": "127.0.20.1",
        "elapsed": 0.25,
    }
    return Exchange(**given | changes)


def zipped(number: int = 0, **changes: Any) -> Exchange:
    """A page that came compressed."""
    plain = exchange(number, **changes)
    headers = (*plain.headers, ("Content-Encoding", "gzip"))
    return exchange(number, body=plain.body, raw_body=gzip.compress(plain.body), headers=headers)


def failure(number: int = 0, error: str = "timeout", **changes: Any) -> Exchange:
    """A request that no one answered."""
    none = {"status": None, "reason": "30 s", "error": error, "headers": (), "body": b"", "ip": None}
    return exchange(number, **none | changes)


SCORE = Score(
    points=Decimal("92.5"),
    possible=Decimal("100"),
    low=Decimal("92.5"),
    high=Decimal("97.50"),
    columns=Columns(required=21, full=19, partial=1, none=0, unresolved=1),
)
