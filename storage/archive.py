"""Evidence files: one gzip WARC for each unit of a run, appended to, never rewritten.

``<data>/evidence/<run>/<unit>.warc.gz``. Every group goes out in one append and is cut off again if
that fails, so a file always ends with a whole group, or, after a kill in the middle, with the rest
of one, which :func:`repair` cuts off.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from errors import EvidenceError, StoreError
from storage.place import Place as Place
from storage.unwarc import CutRecordError, DamagedRecordError, Group, confirmed, group_at, record_at
from storage.warc import digest_of, opening

FOLDER = "evidence"
_UNIT_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")


def file_name(folder: str, unit_id: str) -> str:
    """The unit's file in a run's folder, relative to the data folder."""
    if not _UNIT_ID.fullmatch(unit_id):
        raise ValueError(f"a unit id that cannot name a file: {unit_id!r}")
    return f"{folder}/{unit_id}.warc.gz"


def append(data: Path, file: str, group: bytes, software: str) -> Place:
    """Append ``group`` to the file, opening it with its warcinfo when new. Whole or not at all."""
    path = data / file
    try:
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        start = os.fstat(handle).st_size
        head = b"" if start else opening(path.name, software, datetime.now(UTC))
        _write(handle, head + group, start)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        os.close(handle)
    return Place(file, start + len(head), len(group), digest_of(group))


def _write(handle: int, data: bytes, start: int) -> None:
    view = memoryview(data)
    try:
        while view:
            view = view[os.write(handle, view) :]
    except BaseException:
        os.ftruncate(handle, start)
        raise


def settle(data: Path, file: str) -> None:
    """Make what was written survive a power cut (a kill it survives anyway)."""
    path = data / file
    if path.exists():
        with path.open("rb") as stream:
            os.fsync(stream.fileno())


def load(data: Path, place: Place) -> Group:
    """The group at ``place``, a revisit with the body it confirms; EvidenceError names file and offset
    when something is cut or changed."""
    group = load_alone(data, place)
    if group.origin is None:
        return group
    try:
        return confirmed(group, load_alone(data, group.origin))
    except DamagedRecordError as error:
        raise damaged(place.file, place.offset, str(error)) from error


def load_alone(data: Path, place: Place) -> Group:
    """The group at ``place`` as it stands, a revisit without a body; EvidenceError as :func:`load`."""
    path = data / place.file
    try:
        with path.open("rb") as stream:
            stream.seek(place.offset)
            packed = stream.read(place.length)
    except OSError as error:
        raise damaged(place.file, place.offset, error.strerror or str(error)) from error
    if len(packed) < place.length:
        raise damaged(place.file, place.offset, "the file is cut")
    if digest_of(packed) != place.digest:
        raise damaged(place.file, place.offset, "the bytes do not match their digest")
    try:
        group = group_at(packed)
    except DamagedRecordError as error:
        raise damaged(place.file, place.offset, str(error)) from error
    if group is None:
        raise damaged(place.file, place.offset, "there is no capture")
    return group


def scan(data: Path, file: str, start: int = 0) -> Iterator[tuple[Place, Group]]:
    """The groups from ``start`` on; ends at the end of the file, or raises DamagedRecordError."""
    packed = (data / file).read_bytes()
    while start < len(packed):
        group = group_at(packed, start)
        if group is None:
            start += record_at(packed, start).length
            continue
        end = start + group.length
        yield Place(file, start, group.length, digest_of(packed[start:end])), group
        start = end


def repair(data: Path, file: str, start: int) -> tuple[list[tuple[Place, Group]], int]:
    """What lies from ``start`` on, the rest of an unfinished group at the end cut off.

    Returns the groups and the number of bytes cut. Damage that is no unfinished end is left as it
    stands, for a person: EvidenceError.
    """
    path = data / file
    if not path.exists():
        return [], 0
    found: list[tuple[Place, Group]] = []
    end = start
    try:
        for place, group in scan(data, file, start):
            found.append((place, group))
            end = place.offset + place.length
    except CutRecordError:
        return found, _cut(path, end)
    except DamagedRecordError as error:
        raise damaged(file, end, str(error)) from error
    return found, 0


def _cut(path: Path, end: int) -> int:
    """Cut the file off at ``end``; the rest is kept beside it, for who wants to look."""
    rest = path.read_bytes()[end:]
    path.with_name(f"{path.name}.{end}.rest").write_bytes(rest)
    os.truncate(path, end)
    return len(rest)


class RunLock:
    """Held while a process writes a run's evidence; the system lets go of it when the process dies."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is the run's, made if it is not there."""
        self._path = folder / ".lock"
        self._handle: int | None = None

    def acquire(self, new: bool = False) -> bool:
        """True when the lock is now ours, False when another process holds it. ``new``: the folder
        may not be there yet."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=not new)
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o640)
        except OSError as error:
            raise unwritable(self._path.parent, error) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def release(self) -> None:
        """Let go of it; nothing happens when it is not held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def damaged(file: str, offset: int, why: str) -> EvidenceError:
    """The error for a record that is not what was written."""
    return EvidenceError(
        "Evidence file {file} is not as it was written at byte {offset}: {why}.",
        file=file,
        offset=offset,
        why=why,
    )


def unwritable(path: Path, error: OSError) -> StoreError:
    """The error for a file or folder that cannot be written; a full disk is named as such."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StoreError("The disk is full: {path} cannot be written.", path=path)
    return StoreError("{path} cannot be written: {why}.", path=path, why=error.strerror or str(error))
