"""Where evidence lies."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a group lies: file relative to the data folder, bytes, and the sha256 of those bytes."""

    file: str
    offset: int
    length: int
    digest: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """An answer of an earlier night: where its record lies, and the values of its ETag and Last-Modified
    headers, by which the server may confirm it with 304. ``cut`` says that it went on beyond our limits;
    such an answer is not confirmed but cut sooner."""

    place: Place
    etag: str | None
    last_modified: str | None
    cut: bool = False
