"""Digests and signature: is every part the one that was signed, and by whom."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from errors import InputError
from report.evidence import contents
from report.evidence.contents import DIGEST, PACKAGE, pretty
from report.evidence.timestamp import read_roots, stamped_at
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


def check_seal(
    container: Container, verdict: Verdict, key: PublicKey | None, roots: bytes | None = None
) -> None:
    """Check every part against the signed list, the signature by ``key`` (None: whoever signed), and the
    time stamp by the PEM certificates ``roots`` (None: by those in the file)."""
    for what in container.oddities:
        verdict.differs("container", says.CONTAINER, what=what)
    package, sealed = read_json(container, PACKAGE), read_json(container, DIGEST)
    if not isinstance(package, dict) or not isinstance(package.get("resources"), list):
        raise container.fault("{part} is not readable", part=PACKAGE)
    digest = digest_of_part(container, PACKAGE)
    signed = _check_signature(container, verdict, key, package, sealed, digest)
    _check_stamp(container, verdict, signed, roots)
    _check_parts(container, verdict, package["resources"])


def _check_signature(
    container: Container,
    verdict: Verdict,
    key: PublicKey | None,
    package: Mapping[str, Any],
    sealed: Any,
    digest: str,
) -> Mapping[str, Any]:
    signed = sealed.get("signedData") if isinstance(sealed, dict) else None
    if not isinstance(signed, dict):
        verdict.differs("unsigned", says.UNSIGNED)
        return {}
    if pretty(sealed) != bytes(container.part(DIGEST)):
        verdict.differs("digest", says.DIGEST_FORM, part=DIGEST, what="JSON")
    if {sealed.get("hash"), signed.get("hash")} != {digest} or sealed.get("path") != PACKAGE:
        verdict.differs("package", says.PACKAGE, part=PACKAGE)
    for field in ("created", "software"):
        if signed.get(field) != package.get(field):
            verdict.differs("digest", says.DIGEST_FORM, part=DIGEST, what=field)
    verdict.facts["made_at"] = str(signed.get("created"))
    _check_key(verdict, key, signed)
    return signed


def _check_stamp(
    container: Container, verdict: Verdict, signed: Mapping[str, Any], roots: bytes | None
) -> None:
    """A stamp that is there must hold; one that was promised (its roots lie in the file) must be there."""
    stamped, promised = "timeSignature" in signed, contents.STAMP_ROOTS in container.entries
    if not stamped and not promised:
        return
    inside = bytes(container.part(contents.STAMP_ROOTS)) if promised else b""
    try:
        answer = base64.b64decode(str(signed.get("timeSignature", "")), validate=True)
        signature = base64.b64decode(str(signed.get("signature")), validate=True)
        at = stamped_at(answer, signature, read_roots(inside if roots is None else roots))
    except ValueError as error:
        verdict.differs("time_stamp", says.TIME_STAMP, what=str(error)[:200])
        return
    verdict.facts |= {"stamped_at": contents.moment(at), "stamp_known": roots is not None}


def _check_key(verdict: Verdict, key: PublicKey | None, signed: Mapping[str, Any]) -> None:
    try:
        signature = base64.b64decode(str(signed.get("signature")), validate=True)
        found = read_public_key(str(signed.get("publicKey")))
    except (binascii.Error, ValueError, InputError):
        verdict.differs("signature", says.SIGNATURE)
        return
    verdict.facts["key"] = found.fingerprint
    holds = found.signed(signature, str(signed.get("hash")).encode())
    if not holds or signed.get("algorithm") != ALGORITHM:
        verdict.differs("signature", says.SIGNATURE)
    if key is not None and key != found:
        verdict.differs("other_key", says.OTHER_KEY, found=found.fingerprint, expected=key.fingerprint)
    verdict.facts["key_known"] = key is not None and key == found


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
