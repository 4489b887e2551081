"""Content codings of HTTP bodies: the wire's bytes to the page's bytes."""

from __future__ import annotations

import zlib

try:
    import brotli  # type: ignore[import-untyped]
except ImportError:  # optional in Scrapy too, which then asks servers for no such coding
    brotli = None

_GZIP_OR_ZLIB = zlib.MAX_WBITS + 32
_RAW_DEFLATE = -zlib.MAX_WBITS


def decode(raw: bytes, coding: str, limit: int) -> bytes | None:
    """The first ``limit`` bytes that ``raw`` decodes to; what a cut body still holds is given.

    ``coding`` is the value of Content-Encoding. None: a coding unknown here, or not what it says.
    """
    names = [name.strip().lower() for name in coding.split(",") if name.strip()]
    names = [name for name in names if name != "identity"]
    if not names:
        return raw[:limit]
    if len(names) > 1:
        return None
    try:
        return _decoded(raw, names[0], limit)
    except (zlib.error, ValueError):
        return None


def _decoded(raw: bytes, name: str, limit: int) -> bytes | None:
    if name in ("gzip", "x-gzip"):
        return _inflate(raw, limit, _GZIP_OR_ZLIB)
    if name == "deflate":
        try:
            return _inflate(raw, limit, _GZIP_OR_ZLIB)
        except zlib.error:  # many servers send the bare stream
            return _inflate(raw, limit, _RAW_DEFLATE)
    if name == "br" and brotli is not None:
        return _brotli(raw, limit)
    return None


def _inflate(raw: bytes, limit: int, window: int) -> bytes:
    parts: list[bytes] = []
    while raw and limit > 0:
        stream = zlib.decompressobj(window)
        parts.append(stream.decompress(raw, limit))
        limit -= len(parts[-1])
        raw = stream.unused_data
        if not stream.eof:
            break
    return b"".join(parts)


def _brotli(raw: bytes, limit: int) -> bytes:
    stream = brotli.Decompressor()
    parts: list[bytes] = []
    for start in range(0, len(raw), 4096):
        try:
            parts.append(stream.process(raw[start : start + 4096]))
        except brotli.error as error:
            raise ValueError(str(error)) from error
        if sum(map(len, parts)) >= limit:
            break
    return b"".join(parts)[:limit]
