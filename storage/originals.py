"""The stored bytes of captures as they lie in their files, for who copies evidence elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from storage import queries
from storage.archive import Place, damaged
from storage.rows import place_of
from storage.shelf import Shelf
from storage.unwarc import DamagedRecordError, record_at
from storage.warc import digest_of

_HEAD = 64 * 1024
"""Bytes that surely hold a file's opening record."""


def places(shelf: Shelf, portal_run_id: int) -> tuple[Place, ...]:
    """Where the captures of one portal's walk lie, in their order."""
    with shelf.database.read() as session:
        return tuple(place_of(row) for row in session.scalars(queries.captures(portal_run_id)))


def stored_bytes(shelf: Shelf, place: Place) -> bytes:
    """The bytes at ``place``; EvidenceError names file and offset when they are cut or changed."""
    packed = _read(shelf, place.file, place.offset, place.length)
    if digest_of(packed) != place.digest:
        raise damaged(place.file, place.offset, "the bytes do not match their digest")
    return packed


def opening_of(shelf: Shelf, found: Sequence[Place]) -> bytes:
    """The ``warcinfo`` record that opens the file of these captures: by which program they were taken."""
    if not found:
        return b""
    head = _read(shelf, found[0].file, 0, _HEAD)
    try:
        record = record_at(head)
    except DamagedRecordError as error:
        raise damaged(found[0].file, 0, str(error)) from error
    return head[: record.length] if record.type == "warcinfo" else b""


def _read(shelf: Shelf, file: str, offset: int, length: int) -> bytes:
    try:
        with (shelf.data / file).open("rb") as stream:
            stream.seek(offset)
            return stream.read(length)
    except OSError as error:
        raise damaged(file, offset, error.strerror or str(error)) from error
