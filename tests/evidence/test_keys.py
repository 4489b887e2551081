"""The signing key: made once, private, never quietly replaced."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

from errors import InputError, StoreError
from storage.keys import KEY_FILE, known_key, public_half, read_public_key, signing_key


def test_the_key_is_made_once_and_private(tmp_path: Path) -> None:
    assert known_key(tmp_path) is None
    first = public_half(signing_key(tmp_path))
    assert public_half(signing_key(tmp_path)) == first == known_key(tmp_path)
    path = tmp_path / KEY_FILE
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_programs_that_start_together_make_one_key(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from storage.keys import *;"
        "print(public_half(signing_key(Path(sys.argv[1]))).text)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert len({each.communicate()[0] for each in running}) == 1


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    signing_key(tmp_path)
    (tmp_path / KEY_FILE).chmod(0o640)
    with pytest.raises(StoreError, match="others"):
        signing_key(tmp_path)


def test_what_is_no_key_of_ours_is_refused(tmp_path: Path) -> None:
    signing_key(tmp_path)
    other = generate_private_key(SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for content in (b"", b"nonsense", other):
        (tmp_path / KEY_FILE).write_bytes(content)
        with pytest.raises(StoreError, match="no key"):
            signing_key(tmp_path)


def test_a_public_key_is_read_as_pem_and_as_one_line(tmp_path: Path) -> None:
    key = public_half(signing_key(tmp_path))
    assert read_public_key(key.pem) == read_public_key(key.text) == key
    for text in ("", "abc", "MCowBQYDK2VwAyEA", "x" * 60, "é"):
        with pytest.raises(InputError):
            read_public_key(text)


def test_a_signature_belongs_to_one_message_and_one_key(tmp_path: Path) -> None:
    key = signing_key(tmp_path / "one")
    public, other = public_half(key), public_half(signing_key(tmp_path / "two"))
    signature = key.sign(b"message")
    assert public.signed(signature, b"message")
    assert not public.signed(signature, b"other")
    assert not other.signed(signature, b"message")
