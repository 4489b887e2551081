"""An evidence file's container read without trust.

Every byte of the file must belong to something: parts follow each other without gaps, nothing stands
before, between or behind them, and what the two descriptions of a part say must agree. A file that cannot
be taken apart safely is refused with one clear line; one that holds odd but harmless bytes is reported.
"""

from __future__ import annotations

import contextlib
import mmap
import re
import struct
import tempfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

from errors import InputError

MAX_PARTS: Final = 1_000
MAX_ARCHIVE: Final = 4 * 1024**3 - 1
MAX_LISTING: Final = 256 * 1024**2
MAX_PART: Final = 32 * 1024**2

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_NAME = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*\Z")
_STORED, _DEFLATED = 0, 8
_UTF8_NAMES: Final = 0x800
_LISTINGS: Final = ("indexes/", "pages/", "rasoat/captures.jsonl", "rasoat/items.json", "rasoat/report.html")
_CHUNK: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """One part: where its bytes begin in the file, how many there are, how many they unpack to."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    start: int


class Container:
    """The parts by name. A context manager; ``oddities`` name the
    parts whose description was changed without harm (``ZIP``: the list of parts)."""

    def __init__(self, path: Path) -> None:
        """Open and take apart; raises :class:`errors.InputError` when that is not possible."""
        self.path = path
        self.oddities: list[str] = []
        self._unpacked: dict[str, IO[bytes]] = {}
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise InputError("{file}: cannot be read ({reason})", file=path, reason=error.strerror) from error
        try:
            self._bytes = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
            self.entries: Mapping[str, Entry] = self._entries()
        except (OSError, ValueError) as error:
            self._file.close()
            raise InputError("{file}: is empty or no file", file=path) from error
        except InputError:
            self.close()
            raise

    def __enter__(self) -> Self:
        """The container itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        for stream in self._unpacked.values():
            stream.close()
        with contextlib.suppress(BufferError):  # somebody looks at a part: it goes with the last of them
            self._bytes.close()
        self._file.close()

    def fault(self, message: str, **values: object) -> InputError:
        """The error to raise when the file cannot be read; ``message`` says why."""
        return InputError("{place}: " + message, place=self.path, **values)

    def part(self, name: str) -> memoryview:
        """The bytes of a part, unpacked; raises :class:`errors.InputError` when they do not unpack."""
        entry = self.entries[name]
        if entry.method == _STORED:
            return memoryview(self._bytes)[entry.start : entry.start + entry.packed]
        if name not in self._unpacked:
            self._unpacked[name] = self._inflated(entry)
        stream = self._unpacked[name]
        return (
            memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
            if entry.size
            else memoryview(b"")
        )

    def _inflated(self, entry: Entry) -> IO[bytes]:
        out = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the container
        unpacker, length = zlib.decompressobj(-zlib.MAX_WBITS), 0
        packed = memoryview(self._bytes)[entry.start : entry.start + entry.packed]
        try:
            for start in range(0, len(packed), _CHUNK):
                pending = bytes(packed[start : start + _CHUNK])
                while length <= entry.size:
                    piece = unpacker.decompress(pending, _CHUNK)
                    length += out.write(piece)
                    pending = unpacker.unconsumed_tail
                    if not pending and len(piece) < _CHUNK:
                        break
        except zlib.error:
            raise self.fault("{part} does not unpack", part=entry.name) from None
        if length != entry.size or not unpacker.eof:
            raise self.fault("{part} unpacks to another length than stated", part=entry.name)
        out.flush()
        return out

    def _entries(self) -> dict[str, Entry]:
        start, count = self._end()
        names: dict[str, Entry] = {}
        place, expected, seen, constants = start, 0, set(), set()
        for _ in range(count):
            entry, place, shared, own = self._central(place)
            if entry.name.lower() in seen:
                raise self.fault("two parts are named {part}", part=entry.name)
            seen.add(entry.name.lower())
            constants.add(shared)
            expected = self._local(entry, expected, own)
            names[entry.name] = entry
        if expected != start or place != len(self._bytes) - _END.size:
            raise self.fault("parts overlap, or bytes belong to no part")
        if len(constants) > 1:
            self.oddities.append("ZIP")
        return {name: self._moved(entry) for name, entry in names.items()}

    def _end(self) -> tuple[int, int]:
        size = len(self._bytes)
        if size < _END.size or self._bytes[size - _END.size : size - _END.size + 4] != b"PK\5\6":
            raise self.fault(
                "no evidence file, or its end is missing (cut off, or something was added behind it)"
            )
        _, disk, first, here, count, length, start, comment = _END.unpack(self._bytes[size - _END.size :])
        if (disk, first, comment) != (0, 0, 0) or here != count:
            raise self.fault("the container's end record is damaged")
        if not 0 < count <= MAX_PARTS:
            raise self.fault("the container says it has {count} parts", count=count)
        if start + length + _END.size != size:
            raise self.fault("the list of parts is not where the container's end says (cut, or changed)")
        return start, count

    def _central(self, place: int) -> tuple[Entry, int, tuple[int, ...], tuple[int, ...]]:
        """One entry of the list, where the next one begins, what all entries share when one program wrote
        them, and what the part's own header must repeat."""
        fields = self._unpack(_CENTRAL, place, b"PK\1\2")
        made, needed, flags, method, time, day, crc, packed, size, *rest = fields
        name_size, extra, comment, disk, inner, outer, offset = rest
        if disk or comment or flags & ~_UTF8_NAMES or method not in (_STORED, _DEFLATED):
            raise self.fault("a part is encrypted, split or packed in an unknown way")
        end = place + _CENTRAL.size + name_size + extra + comment
        name = self._name(place + _CENTRAL.size, name_size)
        if size > limit_of(name) or (method == _STORED and packed != size):
            raise self.fault("{part} is {size} bytes long, more than it may be", part=name, size=size)
        shared = (made, needed if method == _STORED else 0, flags, inner, outer)
        return Entry(name, method, crc, packed, size, offset), end, shared, (needed, flags, time, day)

    def _local(self, entry: Entry, expected: int, own: tuple[int, ...]) -> int:
        """Check the part's own header against the list's; where the part ends."""
        if entry.start != expected:
            raise self.fault("parts overlap, or bytes belong to no part")
        needed, flags, method, time, day, crc, packed, size, name_size, extra = self._unpack(
            _LOCAL, entry.start, b"PK\3\4"
        )
        name = self._name(entry.start + _LOCAL.size, name_size)
        if name != entry.name or (method, packed, size) != (entry.method, entry.packed, entry.size):
            raise self.fault("the two descriptions of {part} differ", part=entry.name)
        if (needed, flags, time, day) != own or crc != entry.crc:
            self.oddities.append(entry.name)
        return entry.start + _LOCAL.size + name_size + extra + packed

    def _moved(self, entry: Entry) -> Entry:
        """The entry with the place of its bytes instead of its header's."""
        *_, name_size, extra = self._unpack(_LOCAL, entry.start, b"PK\3\4")
        start = entry.start + _LOCAL.size + name_size + extra
        return replace(entry, start=start)

    def _unpack(self, form: struct.Struct, place: int, mark: bytes) -> tuple[int, ...]:
        data = self._bytes[place : place + form.size]
        if len(data) < form.size or data[:4] != mark:
            raise self.fault("a part's header is missing")
        return form.unpack(data)[1:]

    def _name(self, place: int, size: int) -> str:
        raw = self._bytes[place : place + size]
        try:
            name = raw.decode("ascii")
        except UnicodeDecodeError:
            raise self.fault("a part's name is not plain text: {name}", name=repr(raw[:60])) from None
        if not _NAME.match(name) or len(name) > 200:
            raise self.fault("a part's name is not allowed: {name}", name=repr(name[:60]))
        return name


def limit_of(name: str) -> int:
    """The most bytes that a part of this name may have."""
    if name.startswith("archive/"):
        return MAX_ARCHIVE
    return MAX_LISTING if name.startswith(_LISTINGS) else MAX_PART
