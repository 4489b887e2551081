"""Bodies as they came over the wire, decoded within limits."""

from __future__ import annotations

import zlib
from typing import NamedTuple

_ENOUGH = 1024 * 1024
_CHUNK = 256 * 1024


class Decoded(NamedTuple):
    """``cut`` names the limit that ended the decoding (``too_big``, ``inflation``, ``encoding``)."""

    body: bytes
    cut: str | None = None


def decode_body(raw: bytes, encodings: list[str], largest: int, inflation: int) -> Decoded:
    """Undo the content encodings (outermost last) of ``raw``.

    At most ``largest`` bytes, and at most ``inflation`` times the bytes on the wire once that is more
    than a megabyte: a small body that grows without end is no page. What was decoded before the limit
    is kept. An encoding that was not asked for, or a broken stream, is ``encoding``.
    """
    limit = min(largest, max(_ENOUGH, len(raw) * inflation))
    body, cut = raw, None
    for encoding in reversed([name.strip().lower() for line in encodings for name in line.split(",")]):
        if encoding in ("", "identity") or cut == "encoding":
            continue
        if encoding not in ("gzip", "x-gzip", "deflate"):
            return Decoded(body, "encoding")
        body, problem = _inflate(body, encoding == "deflate", limit)
        cut = cut or problem
    if cut == "limit":
        cut = "too_big" if limit == largest else "inflation"
    return Decoded(body, cut)


def _inflate(data: bytes, deflate: bool, limit: int) -> tuple[bytes, str | None]:
    if not data:
        return b"", None
    if not deflate and data[:2] != b"\x1f\x8b":
        # Servers that say gzip and send plain text are common; browsers show the text.
        return data, None
    wbits = 47 if not deflate or data[0] & 0x0F == 8 else -15
    unpacker = zlib.decompressobj(wbits)
    parts: list[bytes] = []
    size = 0
    try:
        while data and not unpacker.eof:
            part = unpacker.decompress(data, min(_CHUNK, limit + 1 - size))
            data = unpacker.unconsumed_tail
            parts.append(part)
            size += len(part)
            if size > limit:
                return b"".join(parts)[:limit], "limit"
    except zlib.error:
        return b"".join(parts), "encoding"
    return b"".join(parts), None if unpacker.eof else "encoding"
