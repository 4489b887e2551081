"""The nightly chain: each link holds the digests of what one night added and of the link before it.

``<data>/chain.jsonl``, one link on a line, only ever appended to. Whoever noted one link's digest (it is
printed, and may be published) sees by it whether anything older was rewritten since: captures, findings,
or the chain itself. Every link is signed with the installation's key.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from errors import EvidenceError
from storage import queries
from storage.archive import unwritable
from storage.columns import local, to_json
from storage.keys import PublicKey, public_half, signing_key
from storage.shelf import Shelf
from storage.tables import FindingRow, Result

CHAIN_FILE = "chain.jsonl"

Walks = dict[str, list[Any]]
"""``run/unit`` → [captures so far, digest over their digests]."""


@dataclass(frozen=True, slots=True)
class Link:
    """One night. ``digest`` names it; ``line`` is how it stands in the file."""

    number: int
    at: datetime
    previous: str | None
    walks: Mapping[str, Sequence[Any]]
    results: Mapping[str, Any]
    line: bytes

    @property
    def digest(self) -> str:
        """``sha256:<hex>`` of the line, by which the next link names this one."""
        return _digest(self.line)

    @property
    def captures(self) -> int:
        """How many captures this night is known to have seen, of walks that grew all of them."""
        return sum(int(count) for count, _ in self.walks.values())


@dataclass(frozen=True, slots=True)
class Break:
    """Something that is not as a link says. ``what``: link, order, signature, captures or findings;
    ``where`` names it (a walk as ``run/unit``)."""

    number: int
    what: str
    where: str = ""


def extend(shelf: Shelf, at: datetime) -> Link | None:
    """Add what is new since the last link; None when nothing is.

    Raises:
        StoreError: the chain or the key cannot be written.
        EvidenceError: the chain's last line is no link: look at it with :func:`breaks` first.
    """
    path = shelf.data / CHAIN_FILE
    with _held(path):
        links = read_links(shelf.data)
        known = {name: count for link in links for name, (count, _) in link.walks.items()}
        after = max((int(link.results["last"]) for link in links), default=0)
        with shelf.database.read() as session:
            walks = {n: told for n, told in _walks(session) if told[0] > known.get(n, 0)}
            results = _results(session, after, None)
        if not walks and not results["count"]:
            return None
        link = _made(shelf.data, links[-1] if links else None, at, walks, results)
        _append(path, link.line)
    return link


def read_links(data: Path) -> list[Link]:
    """All links, the oldest first; EvidenceError names the line that is none."""
    path = data / CHAIN_FILE
    if not path.exists():
        return []
    found = []
    for number, line in enumerate(path.read_bytes().splitlines(keepends=True), start=1):
        try:
            found.append(_link(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise EvidenceError(
                "line {number} of {file} is no link of the chain; it was changed or cut",
                number=number,
                file=path,
            ) from error
    return found


def breaks(shelf: Shelf, key: PublicKey) -> Iterator[Break]:
    """Everything that is not as the links say: order, signatures by ``key``, captures, findings.

    Raises:
        EvidenceError: a line is no link at all.
    """
    before: Link | None = None
    for link in read_links(shelf.data):
        expected = (before.number + 1, before.digest) if before else (1, None)
        if (link.number, link.previous) != expected:
            yield Break(link.number, "order")
        if not _signed(link, key):
            yield Break(link.number, "signature")
        yield from _changed(shelf, link)
        before = link


def _changed(shelf: Shelf, link: Link) -> Iterator[Break]:
    with shelf.database.read() as session:
        portals = {
            f"{run.id}/{portal.unit_id}": portal.id
            for run in session.scalars(queries.runs(None))
            if any(name.startswith(f"{run.id}/") for name in link.walks)
            for portal in session.scalars(queries.portal_runs(run.id))
        }
        for name, (count, digest) in link.walks.items():
            kept = session.scalars(queries.capture_digests(portals[name])).all() if name in portals else []
            if _all(kept[: int(count)]) != digest:
                yield Break(link.number, "captures", name)
        told = link.results
        if _results(session, int(told["after"]), int(told["last"])) != told:
            yield Break(link.number, "findings")


def _walks(session: Session) -> Iterator[tuple[str, list[Any]]]:
    """Every finished walk with how many captures it has and their digest."""
    for run in session.scalars(queries.runs(None)).all():
        for portal in session.scalars(queries.portal_runs(run.id)).all():
            kept = session.scalars(queries.capture_digests(portal.id)).all()
            if kept and run.state != "running":
                yield f"{run.id}/{portal.unit_id}", [len(kept), _all(kept)]


def _results(session: Session, after: int, last: int | None) -> dict[str, Any]:
    """The results numbered after ``after``: how many, the last one, the digest of what they say."""
    rows = session.scalars(queries.results_between(after, last)).all()
    found = queries.findings([row.id for row in rows])
    findings: dict[int, list[FindingRow]] = {}
    for row in session.scalars(found):
        findings.setdefault(row.result_id, []).append(row)
    digest = hashlib.sha256()
    for result in rows:
        digest.update(_said(result, findings.get(result.id, [])))
    end = max((row.id for row in rows), default=after)
    return {
        "after": after,
        "last": end if last is None else last,
        "count": len(rows),
        "digest": "sha256:" + digest.hexdigest(),
    }


def _said(result: Result, findings: Sequence[FindingRow]) -> bytes:
    told = [
        result.id, result.unit_id, result.period, result.edition, local(result.as_of).isoformat(),
        str(result.points), str(result.low), str(result.high), result.reached, result.coverage,
        [[f.leaf, f.level, f.reason_code, f.values, f.evidence, f.possible] for f in findings],
    ]  # fmt: skip
    return to_json(told).encode() + b"\n"


def _made(
    data: Path, before: Link | None, at: datetime, walks: Mapping[str, Any], results: Mapping[str, Any]
) -> Link:
    told = {
        "number": before.number + 1 if before else 1,
        "at": local(at).isoformat(),
        "previous": before.digest if before else None,
        "walks": dict(walks),
        "results": dict(results),
    }
    key = signing_key(data)
    signature = base64.b64encode(key.sign(to_json(told).encode())).decode("ascii")
    sealed = told | {"key": public_half(key).fingerprint, "signature": signature}
    return _link(to_json(sealed).encode() + b"\n")


def _link(line: bytes) -> Link:
    told = json.loads(line)
    if not line.endswith(b"\n") or to_json(told).encode() + b"\n" != line:
        raise ValueError("not as it was written")
    _ = (told["signature"] + "", told["results"]["after"], told["results"]["last"])
    return Link(
        number=told["number"],
        at=local(datetime.fromisoformat(told["at"])),
        previous=told["previous"],
        walks={name: (count, digest) for name, (count, digest) in told["walks"].items()},
        results=told["results"],
        line=line,
    )


def _signed(link: Link, key: PublicKey) -> bool:
    told = json.loads(link.line)
    signature, _ = told.pop("signature"), told.pop("key", None)
    try:
        return key.signed(base64.b64decode(signature, validate=True), to_json(told).encode())
    except ValueError:
        return False


def _all(digests: Sequence[str]) -> str:
    return _digest("".join(f"{each}\n" for each in digests).encode())


def _digest(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """One program at a time."""
    try:
        handle = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o640)
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _append(path: Path, line: bytes) -> None:
    """The whole line or nothing of it."""
    try:
        with path.open("ab") as stream:
            start = stream.tell()
            try:
                stream.write(line)
                stream.flush()
                os.fsync(stream.fileno())
            except OSError:
                os.ftruncate(stream.fileno(), start)
                raise
    except OSError as error:
        raise unwritable(path, error) from error
