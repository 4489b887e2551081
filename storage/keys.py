"""The installation's signing key: Ed25519, made on first use, readable by its owner alone.

``<data>/keys/signing.pem`` (PKCS 8) with mode 0600. Whoever holds it can sign in this installation's
name, so a key that others may read is refused, never quietly used.
"""

from __future__ import annotations

import base64
import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from errors import InputError, StoreError
from storage.archive import unwritable

KEY_FILE = Path("keys") / "signing.pem"

_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key: ``der`` is its SubjectPublicKeyInfo, the form that other programs exchange."""

    der: bytes

    @property
    def text(self) -> str:
        """Base64 of the DER form, on one line."""
        return base64.b64encode(self.der).decode("ascii")

    @property
    def pem(self) -> str:
        """The key as a PEM file holds it."""
        lines = [self.text[start : start + 64] for start in range(0, len(self.text), 64)]
        return "\n".join(["-----BEGIN PUBLIC KEY-----", *lines, "-----END PUBLIC KEY-----", ""])

    @property
    def fingerprint(self) -> str:
        """``sha256:<hex>`` of the DER form: short enough to be read out."""
        return "sha256:" + hashlib.sha256(self.der).hexdigest()

    def signed(self, signature: bytes, message: bytes) -> bool:
        """True when ``signature`` over ``message`` was made with this key's other half."""
        try:
            _loaded(self.der).verify(signature, message)
        except InvalidSignature:
            return False
        return True


def signing_key(data: Path) -> Ed25519PrivateKey:
    """The installation's key, made now if there is none yet.

    Raises:
        StoreError: it cannot be read or written, others may read it, or it is no Ed25519 key.
    """
    path = data / KEY_FILE
    try:
        if not path.exists():
            _make(path)
        if path.stat().st_mode & _OTHERS:
            raise StoreError("The key {path} can be read by others; make it private: chmod 600.", path=path)
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise unwritable(path, error) from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise StoreError("{path} holds no key of this program; put back a copy of it.", path=path) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise StoreError("{path} holds no key of this program; put back a copy of it.", path=path)
    return key


def public_half(key: Ed25519PrivateKey) -> PublicKey:
    """The public half of a signing key."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return PublicKey(key.public_key().public_bytes(serialization.Encoding.DER, form))


def known_key(data: Path) -> PublicKey | None:
    """The public half of the installation's key, None when there is no key (none is made)."""
    return public_half(signing_key(data)) if (data / KEY_FILE).exists() else None


def read_public_key(text: str) -> PublicKey:
    """The key in a PEM file's text or in one line of base64.

    Raises:
        InputError: it is neither.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("-----")]
    try:
        der = base64.b64decode("".join(lines), validate=True)
        _loaded(der)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise InputError("'{text}' is no Ed25519 public key (PEM or base64)", text=text[:60]) from error
    return PublicKey(der)


def _loaded(der: bytes) -> Ed25519PublicKey:
    key = serialization.load_der_public_key(der)
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("not an Ed25519 key")
    return key


def _make(path: Path) -> None:
    """Write a new key beside its place and link it there: two programs never make two keys."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    handle, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)  # mode 0600 from the start
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(pem)
            stream.flush()
            os.fsync(stream.fileno())
        os.link(name, path)
    except FileExistsError:
        pass  # another program was quicker; its key is the one
    finally:
        Path(name).unlink()
