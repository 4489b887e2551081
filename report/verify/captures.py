"""The captures inside: read from the archives, compared with the list of them one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final

from pages.capture import Capture
from report.evidence.contents import ARCHIVE_OF_PROVINCE, ARCHIVE_OF_UNIT, CAPTURES, MASKS
from report.evidence.lazy import lazy
from report.evidence.masks import MASK
from report.verify import verdict as says
from report.verify.container import Container
from report.verify.seal import read_json
from report.verify.verdict import Verdict
from storage.unwarc import CutRecordError, Group, group_at, record_at
from storage.warc import FACTS, digest_of

ARCHIVES: Final = (ARCHIVE_OF_UNIT, ARCHIVE_OF_PROVINCE)
MAX_CAPTURES: Final = 500_000
MAX_BODY: Final = 256 * 1024**2
MAX_RATIO: Final = 1_100  # zlib cannot pack better; nested packing would

READING: Final = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    MemoryError,
)
"""What reading values that anybody may have written can raise."""


@dataclass(slots=True)
class Found:
    """The captures of one archive by position; ``whole`` is False when one is missing or changed."""

    captures: dict[int, Capture] = field(default_factory=dict)
    whole: bool = True


def read_captures(container: Container, verdict: Verdict) -> dict[str, Found]:
    """Archive → its captures, as judging takes them: a masked one goes by its original's reference."""
    listed = list(_listed(container))
    masks = {(mask["archive"], mask["position"]): mask for mask in _masks(container)}
    found = {}
    for archive in ARCHIVES:
        own = [told for told in listed if told["archive"] == archive]
        if archive in container.entries:
            found[archive] = _read(container, verdict, archive, own, masks)
        elif own:
            found[archive] = Found(whole=False)
    return found


def _listed(container: Container) -> Iterator[dict[str, Any]]:
    if CAPTURES not in container.entries:
        return
    for number, row in enumerate(bytes(container.part(CAPTURES)).splitlines()):
        if number >= MAX_CAPTURES:
            raise container.fault("{part} names more than {most} captures", part=CAPTURES, most=MAX_CAPTURES)
        try:
            told = json.loads(row)
            _ = (told["archive"], told["url"], told["ref"], told["digest"])
            _ = (told["position"] + 0, told["offset"] + 0, told["length"] + 0)
        except READING as error:
            raise container.fault(
                "{part} is not readable at line {line}", part=CAPTURES, line=number + 1
            ) from error
        yield told


def _masks(container: Container) -> list[dict[str, Any]]:
    told = read_json(container, MASKS) if MASKS in container.entries else {"masks": []}
    try:
        for mask in told["masks"]:
            _ = (mask["archive"], mask["position"] + 0, mask["original"], mask["masked"])
            _ = [(each["start"] + 0, each["length"] + 0) for each in mask["marks"]]
        return list(told["masks"])
    except READING as error:
        raise container.fault("{part} is not readable", part=MASKS) from error


def _read(
    container: Container,
    verdict: Verdict,
    archive: str,
    listed: list[dict[str, Any]],
    masks: Mapping[tuple[str, int], Mapping[str, Any]],
) -> Found:
    data, found = container.part(archive), Found()
    stray: list[dict[str, Any]] = []
    for told in listed:
        piece = data[told["offset"] : told["offset"] + told["length"]] if told["offset"] >= 0 else b""
        if told["length"] <= 0 or digest_of(bytes(piece)) != told["digest"]:
            stray.append(told)
            continue
        group = _capture(container, archive, piece, told["offset"])
        capture, mask = group.capture, masks.get((archive, told["position"]))
        if told["position"] in found.captures or not _as_told(group, told, mask):
            stray.append(told)
            continue
        found.captures[told["position"]] = lazy(replace(capture, ref=told["ref"]), partial(_body, piece))
        if mask is not None and not _holds(capture, mask):
            verdict.differs("mask", says.MASK, part=archive, position=told["position"], url=told["url"])
    _compare(verdict, archive, data, listed, stray)
    found.whole = not stray
    return found


def _capture(container: Container, archive: str, piece: memoryview | bytes, offset: int) -> Group:
    try:
        return _group(bytes(piece))
    except READING as error:
        raise container.fault(
            "{part} holds no readable capture at byte {offset} ({what})",
            part=archive,
            offset=offset,
            what=str(error)[:200],
        ) from error


def _body(piece: memoryview | bytes) -> bytes:
    """The body once more, of a record that was read before."""
    return _group(bytes(piece)).capture.body


def _group(packed: bytes) -> Group:
    """The capture in these bytes, refused when it would unpack to more than any page is."""
    first = record_at(packed)
    main = record_at(packed, first.length) if first.type == "request" else first
    if len(first.block) + len(main.block) > max(1024**2, MAX_RATIO * len(packed)):
        raise ValueError("it unpacks to too much")
    body = json.loads(main.headers[FACTS]).get("body", 0)
    if not 0 <= body <= min(MAX_BODY, max(1024**2, MAX_RATIO * len(main.block))):
        raise ValueError("its body is too long")
    group = group_at(packed)
    if group is None:
        raise ValueError("there is no capture")
    return group


def _as_told(group: Group, told: Mapping[str, Any], mask: Mapping[str, Any] | None) -> bool:
    """True when the record is what the list says; its reference is the body's own digest, or the
    original's when the page is masked."""
    capture = group.capture
    if (group.position, group.length) != (told["position"], told["length"]):
        return False
    if mask is not None:
        same = (told["ref"], capture.ref) == (mask["original"], mask["masked"])
    else:
        same = told["ref"] == capture.ref
    return same and (capture.url, capture.status) == (told["url"], told.get("status"))


def _holds(capture: Capture, mask: Mapping[str, Any]) -> bool:
    """True when nothing but mask stands where the record of masks says."""
    text = capture.body.decode("utf-8", "surrogateescape").removeprefix(
        "\ufeff" if mask.get("reencoded") else ""
    )
    spans = [text[each["start"] : each["start"] + each["length"]] for each in mask["marks"]]
    return all(set("".join(span.split())) == {MASK} for span in spans)


def _compare(
    verdict: Verdict,
    archive: str,
    data: memoryview,
    listed: list[dict[str, Any]],
    stray: list[dict[str, Any]],
) -> None:
    """Name what was changed, removed or added. When nothing is where it should be, the archive's own
    records say which ones are still there."""
    end = max((told["offset"] + told["length"] for told in listed), default=0)
    start = min((told["offset"] for told in listed), default=0)
    if not stray and len(data) == end:
        return
    present = dict(_scan(verdict, archive, data))
    known = {told["digest"] for told in listed}
    for told in stray:
        if told["digest"] not in present:
            kind = says.CAPTURE_CHANGED if len(data) == end else says.CAPTURE_MISSING
            verdict.differs("capture", kind, part=archive, position=told["position"], url=told["url"])
    for digest, (offset, url) in present.items():
        if digest not in known and (len(data) != end or offset < start):
            verdict.differs("capture_added", says.CAPTURE_ADDED, part=archive, offset=offset, url=url)


def _scan(verdict: Verdict, archive: str, data: memoryview) -> Iterator[tuple[str, tuple[int, str]]]:
    """Digest → (byte, address) of every capture that can be read one behind the other."""
    start = 0
    while start < len(data):
        try:
            group, length = _next(data, start)
        except READING as error:
            verdict.differs(
                "archive", says.ARCHIVE_DAMAGED, part=archive, offset=start, what=str(error)[:200]
            )
            return
        if group is not None:
            yield digest_of(bytes(data[start : start + length])), (start, group.capture.url)
        start += length


def _next(data: memoryview, start: int) -> tuple[Group | None, int]:
    """What begins at ``start``, and its length; looked at through a window, widened when it is cut."""
    window = 256 * 1024
    while True:
        piece = bytes(data[start : start + window])
        try:
            group = group_at(piece)
            return group, group.length if group else record_at(piece).length
        except CutRecordError:
            if start + window >= len(data) or window > MAX_BODY:
                raise
            window *= 8
