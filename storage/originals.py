"""The stored bytes of captures as they lie in their files, for who copies evidence elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from storage import queries
from storage.archive import damaged, load
from storage.exchange import Exchange
from storage.place import Place
from storage.rows import place_of
from storage.shelf import Shelf
from storage.unwarc import DamagedRecordError, group_at, record_at
from storage.warc import digest_of, split_head
from storage.warc import packed as packed_group

_HEAD = 64 * 1024
"""Bytes that surely hold a file's opening record."""


def places(shelf: Shelf, portal_run_id: int) -> tuple[Place, ...]:
    """Where the captures of one portal's walk lie, in their order."""
    with shelf.database.read() as session:
        return tuple(place_of(row) for row in session.scalars(queries.captures(portal_run_id)))


def stored_bytes(shelf: Shelf, place: Place) -> bytes:
    """The bytes at ``place``; EvidenceError names file and offset when they are cut or changed.

    A revisit, which says nothing without the record it refers to, is given as the whole answer that it
    stands for; the record says when that body was fetched (``body_from``).
    """
    packed = _read(shelf, place.file, place.offset, place.length)
    if digest_of(packed) != place.digest:
        raise damaged(place.file, place.offset, "the bytes do not match their digest")
    group = group_at(packed)
    return packed if group is None or group.origin is None else _whole(shelf, place, packed)


def _whole(shelf: Shelf, place: Place, revisit: bytes) -> bytes:
    """The answer that a revisit stands for, as a group of its own."""
    found, asked = load(shelf.data, place), record_at(revisit)
    capture, before = found.capture, group_at(revisit)
    assert before is not None and before.origin is not None
    exchange = Exchange(
        url=capture.url,
        fetched_at=capture.fetched_at,
        seen_at=capture.seen_at,
        method=capture.method,
        form=capture.form,
        role=capture.role,
        status=capture.status,
        error=capture.error,
        request_headers=split_head(asked.block.partition(b"\r\n\r\n")[0])[1],
        headers=capture.headers,
        raw_body=capture.body,
        body=capture.body,
        ip=found.ip,
        tls=found.tls,
        elapsed=found.elapsed,
        body_from=load(shelf.data, before.origin).capture.fetched_at,
    )
    return packed_group(exchange, found.position).data


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
