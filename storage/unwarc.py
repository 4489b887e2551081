"""WARC records written by :mod:`storage.warc` read back, checked against their own digests."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from pages.capture import Capture
from storage.columns import local
from storage.encoding import decode
from storage.place import Place
from storage.warc import FACTS, digest_of, split_head

MEMBER_LIMIT = 256 * 1024 * 1024
"""Bytes that one record may unpack to: far above any body limit, far below what kills a machine."""


_OF_A_BODY = frozenset(
    {"content-length", "content-encoding", "content-type", "content-range", "transfer-encoding"}
)


class DamagedRecordError(ValueError):
    """The bytes are not the record they should be; the text says how."""


class CutRecordError(DamagedRecordError):
    """The bytes end before the record does."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its headers (names as written), its block, and the bytes it takes in the file."""

    headers: Mapping[str, str]
    block: bytes
    length: int

    @property
    def type(self) -> str:
        """The value of WARC-Type."""
        return self.headers["WARC-Type"]


@dataclass(frozen=True, slots=True)
class Group:
    """What one exchange left: its place in the unit's capture list, the capture, the other facts.

    ``origin`` is where the record lies that a revisit confirms; the revisit's own capture is the bare
    304 until :func:`confirmed` joins the two.
    """

    position: int
    capture: Capture
    ip: str | None
    elapsed: float
    tls: Mapping[str, str] | None
    length: int
    record_id: str = ""
    origin: Place | None = None


def record_at(data: bytes, start: int = 0) -> Record:
    """The record whose gzip member begins at ``start``."""
    stream = zlib.decompressobj(zlib.MAX_WBITS + 16)
    packed = memoryview(data)[start:]
    try:
        plain = stream.decompress(packed, MEMBER_LIMIT)
    except zlib.error as error:
        raise DamagedRecordError(f"no gzip member ({error})") from error
    if not stream.eof:
        if stream.unconsumed_tail:
            raise DamagedRecordError(f"a record of more than {MEMBER_LIMIT} bytes")
        raise CutRecordError("the record is cut")
    return _parsed(plain, len(packed) - len(stream.unused_data))


def group_at(data: bytes, start: int = 0) -> Group | None:
    """The group that begins at ``start`` (a request alone: cut); None for the opening warcinfo."""
    first = record_at(data, start)
    if first.type == "warcinfo":
        return None
    if first.type != "request":
        return _group(first, None)
    if start + first.length >= len(data):
        raise CutRecordError("the answer to the request is missing")
    return _group(record_at(data, start + first.length), first)


def _parsed(plain: bytes, length: int) -> Record:
    head, _, rest = plain.partition(b"\r\n\r\n")
    version, *lines = head.decode("utf-8", "replace").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines if ": " in line)
    if not version.startswith("WARC/1.") or not {"WARC-Type", "WARC-Block-Digest"} <= headers.keys():
        raise DamagedRecordError("not a WARC record with a digest")
    size = len(rest) - 4
    if headers.get("Content-Length") != str(size) or rest[size:] != b"\r\n\r\n":
        raise DamagedRecordError("the record's length is not what it says")
    if digest_of(rest[:size]) != headers["WARC-Block-Digest"]:
        raise DamagedRecordError("the record does not match its digest")
    return Record(headers, rest[:size], length)


def _group(main: Record, request: Record | None) -> Group:
    try:
        facts = json.loads(main.headers[FACTS])
        capture = _capture(main, request, facts)
        length = main.length + (request.length if request else 0)
        ip = main.headers.get("WARC-IP-Address")
        origin = Place(**facts["origin"]) if main.type == "revisit" else None
        record_id = main.headers.get("WARC-Record-ID", "")
        position, elapsed, tls = facts["position"], facts["elapsed"], facts["tls"]
        return Group(position, capture, ip, elapsed, tls, length, record_id, origin)
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, DamagedRecordError):
            raise
        raise DamagedRecordError(f"the record's facts are not readable ({error!r})") from error


def _capture(main: Record, request: Record | None, facts: Mapping[str, Any]) -> Capture:
    shared: dict[str, Any] = {
        "ref": facts["ref"],
        "url": facts["url"],
        "fetched_at": local(datetime.fromisoformat(main.headers["WARC-Date"])),
        "seen_at": local(datetime.fromisoformat(facts["seen_at"])),
        "error": facts["error"],
        "role": facts["role"],
        "truncated": facts["truncated"],
    }
    if main.type == "metadata":
        told = json.loads(main.block)
        form = tuple((name, value) for name, value in told["form"])
        return _checked(Capture(**shared, status=None, method=told["method"], form=form), main.block)
    first, headers, payload = _split(main.block)
    method, form = _asked(request)
    if main.type == "revisit":
        return Capture(**shared, status=304, method=method, form=form, headers=headers)
    coding = ",".join(value for name, value in headers if name == "content-encoding")
    body = decode(payload, coding, facts["body"])
    if body is None:
        raise DamagedRecordError("the body cannot be decoded")
    answer = Capture(
        **shared, status=int(first.split(" ")[1]), method=method, form=form, headers=headers, body=body
    )
    return _checked(answer, body)


def confirmed(revisit: Group, earlier: Group) -> Group:
    """The revisit with the answer it confirms: that body and status, at the time of the revisit.

    Headers of the 304 replace earlier ones of their name, except those that describe a body
    (RFC 9111, section 3.2).
    """
    told, body = revisit.capture, earlier.capture
    if earlier.origin is not None or body.ref != told.ref or body.status != 200:
        raise DamagedRecordError("the record it refers to holds another body")
    newer = tuple(pair for pair in told.headers if pair[0] not in _OF_A_BODY)
    names = {name for name, _ in newer}
    headers = (*(pair for pair in body.headers if pair[0] not in names), *newer)
    return replace(
        revisit, capture=replace(told, status=200, error=body.error, headers=headers, body=body.body)
    )


def _checked(capture: Capture, evidence: bytes) -> Capture:
    if digest_of(evidence) != capture.ref:
        raise DamagedRecordError("the body does not match its digest")
    return capture


def _asked(request: Record | None) -> tuple[Any, tuple[tuple[str, str], ...]]:
    if request is None:
        raise DamagedRecordError("an answer without its request")
    first, _, body = _split(request.block)
    method = first.split(" ")[0]
    pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True) if method == "POST" else []
    return method, tuple(pairs)


def _split(block: bytes) -> tuple[str, tuple[tuple[str, str], ...], bytes]:
    head, _, body = block.partition(b"\r\n\r\n")
    return *split_head(head), body
