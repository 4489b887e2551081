"""Digests and signature: is every part the one that was signed, and by whom."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from errors import InputError
from report.evidence.contents import DIGEST, PACKAGE, pretty
from report.evidence.wacz import ALGORITHM
from report.verify import verdict as says
from report.verify.container import Container
from report.verify.verdict import Verdict
from storage.keys import PublicKey, read_public_key

_CHUNK = 4 * 1024 * 1024


def read_json(container: Container, name: str) -> Any:
    """A JSON part; raises :class:`errors.InputError` when it is missing or no JSON."""
    if name not in container.entries:
        raise container.fault("{part} is missing", part=name)
    try:
        return json.loads(bytes(container.part(name)))
    except (ValueError, RecursionError) as error:
        raise container.fault("{part} is not readable", part=name) from error


def digest_of_part(container: Container, name: str) -> str:
    """``sha256:<hex>`` of a part."""
    digest, data = hashlib.sha256(), container.part(name)
    for start in range(0, len(data), _CHUNK):
        digest.update(data[start : start + _CHUNK])
    return "sha256:" + digest.hexdigest()


def check_seal(container: Container, verdict: Verdict, key: PublicKey | None) -> bytes:
    """Check every part against the signed list, and the signature by ``key`` (None: whoever signed).

    Returns the signature's bytes, empty when there is none that can be read.
    """
    for what in container.oddities:
        verdict.differs("container", says.CONTAINER, what=what)
    package, sealed = read_json(container, PACKAGE), read_json(container, DIGEST)
    if not isinstance(package, dict) or not isinstance(package.get("resources"), list):
        raise container.fault("{part} is not readable", part=PACKAGE)
    digest = digest_of_part(container, PACKAGE)
    signature = _check_signature(container, verdict, key, package, sealed, digest)
    _check_parts(container, verdict, package["resources"])
    return signature


def _check_signature(
    container: Container,
    verdict: Verdict,
    key: PublicKey | None,
    package: Mapping[str, Any],
    sealed: Any,
    digest: str,
) -> bytes:
    signed = sealed.get("signedData") if isinstance(sealed, dict) else None
    if not isinstance(signed, dict):
        verdict.differs("unsigned", says.UNSIGNED)
        return b""
    if pretty(sealed) != bytes(container.part(DIGEST)):
        verdict.differs("digest", says.DIGEST_FORM, part=DIGEST, what="JSON")
    if {sealed.get("hash"), signed.get("hash")} != {digest} or sealed.get("path") != PACKAGE:
        verdict.differs("package", says.PACKAGE, part=PACKAGE)
    for field in ("created", "software"):
        if signed.get(field) != package.get(field):
            verdict.differs("digest", says.DIGEST_FORM, part=DIGEST, what=field)
    verdict.facts["made_at"] = str(signed.get("created"))
    return _check_key(verdict, key, signed)


def _check_key(verdict: Verdict, key: PublicKey | None, signed: Mapping[str, Any]) -> bytes:
    try:
        signature = base64.b64decode(str(signed.get("signature")), validate=True)
        found = read_public_key(str(signed.get("publicKey")))
    except (binascii.Error, ValueError, InputError):
        verdict.differs("signature", says.SIGNATURE)
        return b""
    verdict.facts["key"] = found.fingerprint
    holds = found.signed(signature, str(signed.get("hash")).encode())
    if not holds or signed.get("algorithm") != ALGORITHM:
        verdict.differs("signature", says.SIGNATURE)
    if key is not None and key != found:
        verdict.differs("other_key", says.OTHER_KEY, found=found.fingerprint, expected=key.fingerprint)
    verdict.facts["key_known"] = key is not None and key == found
    return signature


def _check_parts(container: Container, verdict: Verdict, resources: list[Any]) -> None:
    listed: dict[str, Mapping[str, Any]] = {}
    for resource in resources:
        if not isinstance(resource, dict) or not isinstance(resource.get("path"), str):
            raise container.fault("{part} is not readable", part=PACKAGE)
        listed[resource["path"]] = resource
    for name, resource in listed.items():
        if name not in container.entries:
            verdict.differs("part_missing", says.PART_MISSING, part=name)
        elif digest_of_part(container, name) != resource.get("hash"):
            verdict.differs("part_changed", says.PART_CHANGED, part=name)
    for name in container.entries:
        if name not in listed and name not in (PACKAGE, DIGEST):
            verdict.differs("part_added", says.PART_ADDED, part=name)
