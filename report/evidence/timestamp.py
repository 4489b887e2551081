"""RFC 3161 time stamps: a configured authority says when the signature was there.

The stamp covers the signature, which covers everything else. It is had or the file is not made.
"""

from __future__ import annotations

import hashlib
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography.x509 import Certificate, load_der_x509_certificate, load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from errors import EvidenceError, InputError
from storage.columns import local

_TYPE: Final = "application/timestamp-query"
_LIMIT: Final = 256 * 1024
_SECONDS: Final = 30


class StampError(ValueError):
    """A time stamp does not hold; the text says why."""


@dataclass(frozen=True, slots=True)
class Authority:
    """Who gives time stamps: its address, and the root certificates (PEM) that vouch for it."""

    url: str
    roots: bytes

    def stamp(self, signature: bytes) -> bytes:
        """The authority's answer over ``signature``, as DER; EvidenceError when there is none that holds."""
        return _stamped(self.url, read_roots(self.roots), signature)


def authority(url: str, roots: Path | None) -> Authority:
    """The authority at ``url``.

    Raises:
        InputError: the address is no http(s) address, or no root certificate can be read.
    """
    if not url.startswith(("http://", "https://")):
        raise InputError("'{url}' is no address of a time stamp authority (http:// or https://)", url=url)
    if roots is None:
        raise InputError("a time stamp needs the authority's root certificate (--tsa-root)")
    return Authority(url, roots_file(roots))


def _stamped(url: str, roots: Sequence[Certificate], signature: bytes) -> bytes:
    """The authority's answer over ``signature``, checked before it is used.

    Raises:
        EvidenceError: it did not answer, refused, or answered something else.
    """
    asked = TimestampRequestBuilder().data(signature).hash_algorithm(HashAlgorithm.SHA256).build()
    request = urllib.request.Request(url, asked.as_bytes(), {"Content-Type": _TYPE})
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:
            given: bytes = answer.read(_LIMIT)
        found = _decoded(given)
        if found.tst_info.nonce != asked.nonce:
            raise StampError("it answers another request")
        stamped_at(given, signature, roots)
    except (OSError, urllib.error.URLError, ValueError) as error:
        raise EvidenceError(
            "the time stamp authority {url} gave no time stamp ({why}); nothing was written",
            url=url,
            why=error,
        ) from error
    return given


def stamped_at(answer: bytes, signature: bytes, roots: Sequence[Certificate]) -> datetime:
    """When the signature was there, by an authority that ``roots`` vouch for.

    Raises:
        StampError: the stamp is unreadable, of something else, or not vouched for.
    """
    found = _decoded(answer)
    try:
        inside = [load_der_x509_certificate(each) for each in found.signed_data.certificates]
        builder = VerifierBuilder()
        for certificate in roots:
            builder = builder.add_root_certificate(certificate)
        for certificate in inside:
            builder = builder.add_intermediate_certificate(certificate)
        builder.build().verify(found, hashlib.sha256(signature).digest())
    except (VerificationError, ValueError) as error:
        raise StampError(str(error)) from error
    return local(found.tst_info.gen_time)


def _decoded(answer: bytes) -> TimeStampResponse:
    try:
        found = decode_timestamp_response(answer)
        _ = found.tst_info
    except ValueError as error:
        raise StampError(f"no time stamp ({error})") from error
    return found


def read_roots(pem: bytes) -> tuple[Certificate, ...]:
    """The certificates in a PEM text; StampError when it holds none."""
    try:
        return tuple(load_pem_x509_certificates(pem))
    except ValueError as error:
        raise StampError(f"no root certificate ({error})") from error


def roots_file(path: Path) -> bytes:
    """A PEM file of root certificates.

    Raises:
        InputError: it cannot be read or holds none.
    """
    try:
        pem = path.read_bytes()
        read_roots(pem)
    except (OSError, StampError) as error:
        raise InputError("{file}: cannot be read ({reason})", file=path, reason=error) from error
    return pem
