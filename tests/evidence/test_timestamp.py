"""Time stamps by an authority made for the test: had and checked, or the file is not made."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from errors import EvidenceError, InputError
from report.evidence.contents import DIGEST, STAMP_ROOTS
from report.evidence.timestamp import StampError, authority, read_roots, stamped_at
from report.verify.run import verify
from tests.evidence.conftest import UNIT, Audited
from tests.evidence.tamper import changed, parts_of

SETTINGS = """
[req]
distinguished_name = dn
[dn]
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[tsa]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[stamps]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
ess_cert_id_alg = sha256
"""
NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", "tsa.cnf")


@dataclass
class Served:
    """An authority on loopback; ``answers`` overrides what it says."""

    url: str
    roots: Path
    answers: bytes | None = None


def openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def make_authority(folder: Path) -> None:
    (folder / "tsa.cnf").write_text(SETTINGS)
    (folder / "serial").write_text("01\n")
    root = ("-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=root", "-extensions", "ca")
    openssl(folder, "req", "-x509", *NEW_KEY, *root)
    openssl(folder, "req", *NEW_KEY, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=stamps")
    by = (
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-set_serial",
        "2",
        "-extfile",
        "tsa.cnf",
        "-extensions",
        "tsa",
    )
    openssl(folder, "x509", "-req", "-in", "tsa.csr", *by, "-out", "tsa.pem")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("tsa")
    make_authority(folder)
    found = Served("", folder / "ca.pem")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            (folder / "query").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            using = ("-config", "tsa.cnf", "-section", "stamps", "-queryfile", "query", "-out", "reply")
            openssl(folder, "ts", "-reply", *using)
            said = (folder / "reply").read_bytes() if found.answers is None else found.answers
            self.send_response(200)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            """Nothing on standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found.url = f"http://127.0.0.1:{server.server_port}/"
    yield found
    server.shutdown()
    server.server_close()


def test_a_stamp_covers_one_signature_and_needs_its_root(served: Served, tmp_path: Path) -> None:
    stamped = authority(served.url, served.roots).stamp(b"signature")
    roots = read_roots(served.roots.read_bytes())
    assert stamped_at(stamped, b"signature", roots).tzinfo is not None
    make_authority(tmp_path)
    for answer, signature, vouching in (
        (stamped, b"another", roots),
        (stamped, b"signature", read_roots((tmp_path / "ca.pem").read_bytes())),
        (stamped, b"signature", ()),
        (stamped[:-3] + b"xxx", b"signature", roots),
        (stamped[:200], b"signature", roots),
        (b"", b"signature", roots),
    ):
        with pytest.raises(StampError):
            stamped_at(answer, signature, vouching)


def test_an_evidence_file_with_a_stamp(served: Served, audited: Audited, tmp_path: Path, wacz: Path) -> None:
    path, given = tmp_path / "stamped.wacz", ("--tsa", served.url, "--tsa-root", str(served.roots))
    done = audited.run("evidence", UNIT, "--period", audited.period, "-o", str(path), *given)
    assert done.returncode == 0, done.stderr
    verdict = verify(path, roots=served.roots.read_bytes())
    assert verdict.equal
    assert verdict.facts["stamp_known"]
    assert verdict.facts["stamped_at"] >= verdict.facts["as_of"]
    assert verify(path).facts["stamp_known"] is False
    for harm in (
        {DIGEST: parts_of(path)[DIGEST].replace(b'"timeSignature": "MII', b'"timeSignature": "MIJ')},
        {DIGEST: parts_of(path)[DIGEST].replace(b"timeSignature", b"otherSignature")},
        {STAMP_ROOTS: b"-----BEGIN CERTIFICATE-----\n"},
    ):
        found = verify(changed(path, tmp_path / "harmed.wacz", harm))
        assert "time_stamp" in {each.kind for each in found.differences}


def test_no_stamp_no_file(served: Served, audited: Audited, tmp_path: Path) -> None:
    path, root = tmp_path / "none.wacz", ("--tsa-root", str(served.roots))
    for given in (
        ("--tsa", "http://127.0.0.1:1/", *root),
        ("--tsa", "ftp://x", *root),
        ("--tsa", served.url),
    ):
        done = audited.run("evidence", UNIT, "--period", audited.period, "-o", str(path), *given)
        assert done.returncode == 2
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("said", [b"", b"<html>busy</html>", b"\x30\x03\x02\x01\x00" * 3])
def test_an_authority_that_answers_something_else(served: Served, said: bytes) -> None:
    asked = authority(served.url, served.roots)
    old = asked.stamp(b"signature")
    for answer in (said, old):  # an old answer carries another number used once
        served.answers = answer
        try:
            with pytest.raises(EvidenceError, match="no time stamp"):
                asked.stamp(b"signature")
        finally:
            served.answers = None


def test_roots_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_bytes(b"")
    for path in (tmp_path / "empty.pem", tmp_path / "missing.pem"):
        with pytest.raises(InputError):
            authority("http://127.0.0.1:1/", path)
