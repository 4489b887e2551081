"""One exchange with a server as the crawler hands it over to be kept: an answer or a failure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from pages.capture import Method, Role
from storage.place import Earlier


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was asked and what came back.

    ``status`` is None when no answer came; then ``error`` names the failure (see
    :class:`pages.capture.Capture`) and ``reason`` may say more in words. With an answer ``reason`` is
    the phrase of its status line. ``error`` may also stand beside a status (``too_big``: cut by us).
    ``headers`` are as received (case, order, repetitions); ``raw_body`` is still content-encoded, as
    it came over the wire; ``body`` is decoded from that. ``form`` was sent as a POST body, in order.
    ``tls`` holds the facts of the connection (``version``, ``cipher``, ``fingerprint_sha256``,
    ``verified`` …), None on plain HTTP. ``elapsed`` in seconds. All times carry their zone.
    ``earlier`` stands beside a 304 that confirms an earlier answer, whose body is then the page's.
    ``body_from`` says when a body that was only confirmed now had been fetched.
    """

    url: str
    fetched_at: datetime
    seen_at: datetime
    method: Method = "GET"
    form: tuple[tuple[str, str], ...] = ()
    role: Role = "other"
    status: int | None = None
    reason: str = ""
    error: str | None = None
    request_headers: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    raw_body: bytes = b""
    body: bytes = b""
    truncated: bool = False
    ip: str | None = None
    tls: Mapping[str, str] | None = field(default=None)
    elapsed: float = 0.0
    earlier: Earlier | None = None
    body_from: datetime | None = None

    @property
    def request_body(self) -> bytes:
        """The form as a browser sends it (``application/x-www-form-urlencoded``, UTF-8)."""
        return urlencode(self.form, errors="replace").encode("ascii") if self.method == "POST" else b""
