"""The container: a ZIP as WACZ 1.1.1 wants it, hashed while it is written, then signed.

The bytes depend on nothing but the contents: fixed times, no compression (archives are compressed
already), no extra fields. What is signed is the digest of ``datapackage.json``, which holds the digest
of everything else.
"""

from __future__ import annotations

import base64
import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import IO, Any, Final, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from report.evidence.contents import DIGEST, PACKAGE, WACZ_VERSION, Json, pretty
from report.evidence.timestamp import Authority
from storage.keys import public_half

ALGORITHM: Final = "Ed25519"
_TIME: Final = (1980, 1, 1, 0, 0, 0)
_MODE: Final = 0o100644 << 16
_UNIX: Final = 3


class _Hashed:
    """A stream into the container that counts and digests what passes."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._digest = hashlib.sha256()
        self.bytes = 0

    def write(self, data: bytes) -> int:
        """Pass ``data`` on."""
        self._digest.update(data)
        self.bytes += len(data)
        return self._out.write(data)

    @property
    def hash(self) -> str:
        """``sha256:<hex>`` of what has passed."""
        return "sha256:" + self._digest.hexdigest()


class WaczWriter:
    """Writes parts, then the package description, then the signed digest over it."""

    def __init__(self, out: IO[bytes], created: datetime, software: str) -> None:
        """``created`` is the moment the file states; ``software`` who made it."""
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_STORED)
        self._created = stamp(created)
        self._software = software
        self._resources: list[Json] = []

    def __enter__(self) -> Self:
        """The writer itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the container, finished or not."""
        self._zip.close()

    @contextmanager
    def part(self, path: str) -> Iterator[Any]:
        """A stream for one part."""
        with self._zip.open(_entry(path), "w") as out:
            hashed = _Hashed(out)
            yield hashed
        self._resources.append(
            {"name": path.rpartition("/")[2], "path": path, "hash": hashed.hash, "bytes": hashed.bytes}
        )

    def add(self, path: str, data: bytes) -> None:
        """One part that is in memory."""
        with self.part(path) as out:
            out.write(data)

    def close(self, described: Json, key: Ed25519PrivateKey, authority: Authority | None) -> None:
        """Describe, sign, end. ``described``: title, description, main page."""
        package = pretty(
            {
                "profile": "data-package",
                "wacz_version": WACZ_VERSION,
                **described,
                "created": self._created,
                "modified": self._created,
                "software": self._software,
                "resources": self._resources,
            }
        )
        self._plain(PACKAGE, package)
        self._plain(DIGEST, self._signed(package, key, authority))
        self._zip.close()

    def _signed(self, package: bytes, key: Ed25519PrivateKey, authority: Authority | None) -> bytes:
        digest = "sha256:" + hashlib.sha256(package).hexdigest()
        signature = key.sign(digest.encode("ascii"))
        signed: Json = {
            "hash": digest,
            "created": self._created,
            "software": self._software,
            "algorithm": ALGORITHM,
            "signature": base64.b64encode(signature).decode("ascii"),
            "publicKey": public_half(key).text,
        }
        if authority is not None:
            signed["timeSignature"] = base64.b64encode(authority.stamp(signature)).decode("ascii")
        return pretty({"path": PACKAGE, "hash": digest, "signedData": signed})

    def _plain(self, path: str, data: bytes) -> None:
        with self._zip.open(_entry(path), "w") as out:
            out.write(data)


def stamp(at: datetime) -> str:
    """A moment as WACZ writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _entry(path: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, _TIME)
    info.create_system, info.external_attr, info.compress_type = _UNIX, _MODE, zipfile.ZIP_STORED
    return info
