"""Evidence files changed in every way that a dispute may bring: parts, captures, signatures, bytes."""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from report.evidence.contents import CAPTURES, DIGEST, PACKAGE, pretty
from storage.keys import public_half


def parts_of(path: Path) -> dict[str, bytes]:
    """All parts by name, in order."""
    with zipfile.ZipFile(path) as container:
        return {name: container.read(name) for name in container.namelist()}


def write_parts(target: Path, parts: Mapping[str, bytes], method: int = zipfile.ZIP_STORED) -> Path:
    """A container of these parts, as any program writes it."""
    with zipfile.ZipFile(target, "w", method) as container:
        for name, data in parts.items():
            container.writestr(name, data)
    return target


def changed(source: Path, target: Path, changes: Mapping[str, bytes | None]) -> Path:
    """A copy with some parts replaced, added, or (None) left out."""
    parts: dict[str, bytes | None] = {**parts_of(source), **changes}
    return write_parts(target, {name: data for name, data in parts.items() if data is not None})


def forged(source: Path, target: Path, changes: Mapping[str, bytes], key: Ed25519PrivateKey) -> Path:
    """A copy whose digests and signature fit the changes: only the key is another."""
    parts = {**parts_of(source), **changes}
    package = json.loads(parts[PACKAGE])
    for resource in package["resources"]:
        data = parts[resource["path"]]
        resource |= {"hash": digest(data), "bytes": len(data)}
    parts[PACKAGE] = pretty(package)
    sealed = json.loads(parts[DIGEST])
    found = digest(parts[PACKAGE])
    signed: dict[str, Any] = sealed["signedData"]
    signed |= {"hash": found, "publicKey": public_half(key).text}
    signed["signature"] = base64.b64encode(key.sign(found.encode())).decode()
    parts[DIGEST] = pretty(sealed | {"hash": found})
    return write_parts(target, parts)


def digest(data: bytes) -> str:
    """``sha256:<hex>``."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def listed(path: Path, archive: str) -> list[dict[str, Any]]:
    """The lines of the list of captures about one archive."""
    rows = [json.loads(row) for row in parts_of(path)[CAPTURES].splitlines()]
    return [row for row in rows if row["archive"] == archive]
