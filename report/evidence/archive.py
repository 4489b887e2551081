"""The WARC parts of an evidence file: records copied as they lie in the store, masked ones written anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, Final

from pages.capture import Capture
from report.evidence.contents import Json, moment
from report.evidence.index import index_line
from report.evidence.masks import Masked
from report.evidence.portal import Portal
from storage.exchange import Exchange
from storage.originals import opening_of, stored_bytes
from storage.store import Store
from storage.unwarc import group_at, record_at
from storage.warc import digest_of, packed, split_head

# What a masked body makes untrue keeps its value under another name, as the store does it.
_UNTRUE: Final = {"content-length": "x-archive-orig-content-length"}


@dataclass(slots=True)
class Part:
    """One archive as written: its capture lines, its index lines, how long it is."""

    name: str
    captures: list[Json]
    index: list[str]
    length: int = 0


def write_archive(store: Store, portal: Portal, name: str, out: IO[bytes]) -> Part:
    """Write one portal's captures to ``out``, in the order taken, behind the opening record of the file
    they were stored in (it names the crawler's version).

    Raises:
        EvidenceError: a stored record is cut or changed.
    """
    part = Part(name, [], [])
    part.length += out.write(opening_of(store, tuple(portal.places.values())))
    for position, place in portal.places.items():
        group = stored_bytes(store, place)
        mask = portal.masked.get(position)
        if mask is not None:
            group = _rewritten(group, position, mask)
        _note(part, position, portal.captures[position], group, mask)
        part.length += out.write(group)
    return part


def _note(part: Part, position: int, capture: Capture, group: bytes, mask: Masked | None) -> None:
    told: Json = {
        "archive": part.name,
        "position": position,
        "offset": part.length,
        "length": len(group),
        "digest": digest_of(group),
        "url": capture.url,
        "method": capture.method,
        "role": capture.role,
        "status": capture.status,
        "error": capture.error,
        "fetched_at": moment(capture.fetched_at),
        "ref": capture.ref,
    }
    if mask is not None:
        told["masked"] = mask.digest
    part.captures.append(told)
    if capture.status is None:
        return
    first = record_at(group)
    skipped = first.length if first.type == "request" else 0
    main = record_at(group, skipped) if skipped else first
    digest = main.headers.get("WARC-Payload-Digest", "-")
    part.index.append(index_line(capture, part.name, part.length + skipped, len(group) - skipped, digest))


def _rewritten(group: bytes, position: int, mask: Masked) -> bytes:
    """The group with the masked body in the original's place."""
    found, first = group_at(group), record_at(group)
    assert found is not None
    assert first.type == "request"
    asked, _, _ = first.block.partition(b"\r\n\r\n")
    main = record_at(group, first.length)
    answer, headers = split_head(main.block.partition(b"\r\n\r\n")[0])
    capture = found.capture
    exchange = Exchange(
        url=capture.url,
        fetched_at=capture.fetched_at,
        seen_at=capture.seen_at,
        method=capture.method,
        form=capture.form,
        role=capture.role,
        status=capture.status,
        reason=" ".join(answer.split(" ")[2:]),
        error=capture.error,
        request_headers=split_head(asked)[1],
        headers=tuple((_UNTRUE.get(name, name), value) for name, value in headers),
        raw_body=mask.body,
        body=mask.body,
        truncated=capture.truncated,
        ip=found.ip,
        tls=found.tls,
        elapsed=found.elapsed,
    )
    return packed(exchange, position).data


def masks_json(parts: list[tuple[str, Portal]]) -> list[Json]:
    """What was masked: in which capture, where, what kind of text, and the digest of the original."""
    return [
        {
            "archive": name,
            "position": position,
            "url": portal.captures[position].url,
            "original": mask.original,
            "masked": mask.digest,
            "reencoded": mask.reencoded,
            "marks": [{"start": m.start, "length": m.length, "kind": m.kind} for m in mask.marks],
        }
        for name, portal in parts
        for position, mask in portal.masked.items()
    ]
