"""One exchange as WARC records (ISO 28500:2017, WARC 1.1); :mod:`storage.unwarc` is the way back.

An exchange is kept as a *group* of one or two gzip members that follow each other: the request (when
one was sent), then the response, or a ``metadata`` record that says why there is none. What WARC has
no field for (role, position, the "now" of reading, TLS facts …) stands as JSON in the header
``WARC-JSON-Metadata``, so that a file is whole without the database.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import quote, urlsplit

from warcio.recordbuilder import RecordBuilder
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from storage.columns import to_json
from storage.encoding import decode
from storage.exchange import Exchange
from storage.place import Place

LEVEL = 4
"""gzip level. Measured on 152 saved pages of 85 KB: level 1 writes 830 a second, 4 680, 6 570, 9 450, in
30.9, 29.1, 28.6 and 28.6 KB a page; pages of 6 KB go at 4,000 a second at every level."""

VERSION = "WARC/1.1"
FACTS = "WARC-JSON-Metadata"

_RESPONSE = "application/http; msgtype=response"
_REQUEST = "application/http; msgtype=request"
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_TRUNCATED = {"timeout": "time", "reset": "disconnect"}
_URL_SAFE = "!#$%&'()*+,/:;=?@[]~"

Pairs = Iterable[tuple[str, str]]


def digest_of(data: bytes) -> str:
    """``sha256:<hex>`` of ``data``."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def opening(file_name: str, software: str, at: datetime) -> bytes:
    """The ``warcinfo`` member that opens a file."""
    lines = f"software: {software}\r\nformat: WARC file version 1.1\r\n".encode()
    return _member("warcinfo", lines, "application/warc-fields", at, {"WARC-Filename": file_name})


@dataclass(frozen=True, slots=True)
class Packed:
    """An exchange's group of gzip members, to be appended to a file as it is, with what it holds:
    the evidence's name (``sha256:…``) and the answer's headers as they will be read back."""

    data: bytes
    ref: str
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """What a 304 confirms: where the record lies, its id and time, the reference of its body."""

    place: Place
    record_id: str
    fetched_at: datetime
    ref: str


def packed(exchange: Exchange, position: int, origin: Origin | None = None) -> Packed:
    """The exchange, taken at ``position`` of its unit's captures, ready to be kept. With an ``origin``
    it is a 304 and becomes a ``revisit`` record."""
    facts = _facts(exchange, position)
    if origin is not None:
        head, _ = _answer(exchange)
        block, kind, content_type = head, "revisit", _RESPONSE
        facts |= {"ref": origin.ref, "origin": asdict(origin.place)}
        named = _refers(exchange, origin)
    elif exchange.status is None:
        head, block, kind, content_type = b"", _failure(exchange), "metadata", "application/json"
        facts["ref"] = digest_of(block)
        named = {}
    else:
        head, payload = _answer(exchange)
        block, kind, content_type = head + payload, "response", _RESPONSE
        facts |= {"ref": digest_of(exchange.body), "body": len(exchange.body)}
        named = {"WARC-Payload-Digest": digest_of(payload)}
        if exchange.truncated:
            named["WARC-Truncated"] = _TRUNCATED.get(exchange.error or "", "length")
    named |= _place(exchange) | {FACTS: to_json(facts)}
    request_id, request = _request(exchange)
    if request_id:
        named["WARC-Concurrent-To"] = request_id
    data = request + _member(kind, block, content_type, exchange.fetched_at, named)
    return Packed(data, facts["ref"], split_head(head)[1])


def _refers(exchange: Exchange, origin: Origin) -> dict[str, str]:
    return {
        "WARC-Profile": _NOT_MODIFIED,
        "WARC-Refers-To": origin.record_id,
        "WARC-Refers-To-Target-URI": _quoted(exchange.url),
        "WARC-Refers-To-Date": _instant(origin.fetched_at),
    }


def split_head(head: bytes) -> tuple[str, tuple[tuple[str, str], ...]]:
    """First line and headers (lower-case names) of an HTTP message's head."""
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return first, tuple((name.lower(), value.strip()) for name, _, value in pairs)


def _facts(exchange: Exchange, position: int) -> dict[str, Any]:
    from_ = {"body_from": exchange.body_from.isoformat()} if exchange.body_from else {}
    return from_ | {
        "position": position,
        "url": exchange.url,
        "role": exchange.role,
        "seen_at": exchange.seen_at.isoformat(),
        "elapsed": round(exchange.elapsed, 6),
        "error": exchange.error,
        "truncated": exchange.truncated,
        "tls": dict(exchange.tls) if exchange.tls else None,
    }


def _place(exchange: Exchange) -> dict[str, str]:
    place = {"WARC-Target-URI": _quoted(exchange.url)}
    if exchange.ip:
        place["WARC-IP-Address"] = exchange.ip
    return place


def _failure(exchange: Exchange) -> bytes:
    told: dict[str, Any] = {
        "error": exchange.error,
        "reason": exchange.reason,
        "method": exchange.method,
        "form": exchange.form,
        "url": exchange.url,
        # Times are part of it, so that two failures are never one and the same evidence.
        "fetched_at": exchange.fetched_at.isoformat(),
        "elapsed": exchange.elapsed,
    }
    return to_json(told).encode()


def _answer(exchange: Exchange) -> tuple[bytes, bytes]:
    """Head and payload of the answer: the wire's bytes if they decode to the body, else the body.

    Headers that are not true of the stored payload keep their value under another name.
    """
    coding = ",".join(value for name, value in exchange.headers if name.lower() == "content-encoding")
    untrue = {"transfer-encoding"}
    payload = exchange.raw_body
    if decode(payload, coding, len(exchange.body)) != exchange.body:
        payload = exchange.body
        untrue |= {"content-encoding", "content-length"}
    headers = (
        (f"X-Archive-Orig-{name}" if name.lower() in untrue else name, value)
        for name, value in exchange.headers
    )
    return _head(
        f"HTTP/1.1 {exchange.status} {exchange.reason or _phrase(exchange.status)}", headers
    ), payload


def _phrase(status: int | None) -> str:
    try:
        return HTTPStatus(status or 0).phrase
    except ValueError:
        return "Unknown"


def _request(exchange: Exchange) -> tuple[str | None, bytes]:
    if exchange.status is None and not exchange.request_headers:
        return None, b""  # never sent, as far as we know
    parts = urlsplit(exchange.url)
    path = _quoted((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    headers = list(exchange.request_headers)
    if not any(name.lower() == "host" for name, _ in headers):
        headers.insert(0, ("Host", parts.netloc.rpartition("@")[2]))
    block = _head(f"{exchange.method} {path} HTTP/1.1", headers) + exchange.request_body
    record_id = RecordBuilder._make_warc_id()
    named = _place(exchange) | {"WARC-Record-ID": record_id}
    return record_id, _member("request", block, _REQUEST, exchange.fetched_at, named)


def _quoted(url: str) -> str:
    return quote(url, safe=_URL_SAFE, errors="replace")


def _head(first: str, headers: Pairs) -> bytes:
    lines = [_line(first), *(_line(f"{name}: {value}") for name, value in headers)]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def _line(text: str) -> bytes:
    """Header text was bytes once: read as Latin-1 by HTTP's rule, or as what it seemed to be."""
    text = text.replace("\r", " ").replace("\n", " ")
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _member(kind: str, block: bytes, content_type: str, at: datetime, named: Mapping[str, str]) -> bytes:
    date = _instant(at)
    record_id = {"WARC-Record-ID": RecordBuilder._make_warc_id()}
    fields = {"WARC-Type": kind, "WARC-Date": date} | record_id | dict(named)
    fields["WARC-Block-Digest"] = digest_of(block)
    # warcio would rewrite HTTP headers that it knows of, so the block goes in whole; of what it takes
    # for a revisit it would write no block at all.
    shape = "response" if kind == "revisit" else kind
    headers = StatusAndHeaders("", list(fields.items()), protocol=VERSION)
    record = ArcWarcRecord("warc", shape, headers, BytesIO(block), None, content_type, len(block))
    record.payload_length = len(block)
    plain = BytesIO()
    _WholeBlock(plain, gzip=False, warc_version=VERSION).write_record(record)
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, zlib.MAX_WBITS + 16)
    return packer.compress(plain.getvalue()) + packer.flush()


class _WholeBlock(WARCWriter):  # type: ignore[misc]
    """The digests are in the headers already (sha256; warcio knows only sha1 for its own)."""

    def ensure_digest(self, record: ArcWarcRecord, block: bool = True, payload: bool = True) -> None:
        """Nothing to do."""
