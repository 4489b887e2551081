"""TLS as a fact: a bad certificate is recorded with every exchange, and the reading goes on.

An office whose certificate ran out yesterday still publishes; that its page could not be trusted is
for the evidence to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from OpenSSL import SSL, crypto
from scrapy.core.downloader.contextfactory import _ScrapyClientContextFactory
from scrapy.core.downloader.tls import _ScrapyClientTLSOptions26
from service_identity import VerificationError
from service_identity.exceptions import CertificateError
from service_identity.hazmat import DNS_ID, IPAddress_ID, verify_service_identity
from service_identity.pyopenssl import extract_patterns
from twisted.internet.ssl import platformTrust

# Old portals hold certificates and keys that level 2 refuses; the level used is part of the facts.
CIPHERS = "DEFAULT:@SECLEVEL=1"
# OpenSSL's verification errors that portals really show.
_PROBLEMS = {
    9: "certificate is not yet valid",
    10: "certificate has expired",
    18: "self-signed certificate",
    19: "self-signed certificate in chain",
    20: "issuer certificate is missing or not trusted",
    21: "issuer certificate is missing or not trusted",
    23: "certificate is revoked",
}


class TlsFacts:
    """What is known of the TLS of each host met in a crawl, by (host, port)."""

    def __init__(self) -> None:
        self._problems: dict[tuple[str, int], dict[str, None]] = {}
        self._facts: dict[tuple[str, int], dict[str, str]] = {}

    def begin(self, host: str, port: int) -> None:
        """A handshake begins."""
        self._problems[host, port] = {}

    def problem(self, host: str, port: int, words: str) -> None:
        """The certificate is not in order."""
        self._problems.setdefault((host, port), {})[words] = None

    def done(self, host: str, port: int, connection: Any) -> None:
        """The handshake is over."""
        certificate = connection.get_peer_certificate()
        problems = list(self._problems.get((host, port), {}))
        self._facts[host, port] = {
            "version": connection.get_protocol_version_name(),
            "cipher": connection.get_cipher_name() or "",
            "verified": "false" if problems else "true",
            "problems": "; ".join(problems),
            **(_certificate(certificate) if certificate else {}),
        }

    def of(self, host: str, port: int) -> Mapping[str, str] | None:
        """Facts of the newest handshake; None when there was none."""
        return self._facts.get((host, port))


def _certificate(certificate: crypto.X509) -> dict[str, str]:
    issuer = certificate.get_issuer()
    return {
        "fingerprint_sha256": certificate.digest("sha256").decode().replace(":", "").lower(),
        "issuer": ", ".join(part for part in (issuer.O, issuer.CN) if part),
        "subject": certificate.get_subject().CN or "",
        "not_after": (certificate.get_notAfter() or b"").decode(),
    }


class _Options(_ScrapyClientTLSOptions26):
    """Lets every certificate pass and notes what is wrong with it."""

    facts: TlsFacts
    port: int

    def clientConnectionForTLS(self, tlsProtocol: Any) -> Any:  # noqa: N802, N803
        connection = super().clientConnectionForTLS(tlsProtocol)
        host, port, facts = self._hostname, self.port, self.facts
        facts.begin(host, port)
        connection.set_verify(SSL.VERIFY_PEER, self._note)
        connection.set_info_callback(
            lambda conn, where, _: facts.done(host, port, conn) if where & SSL.SSL_CB_HANDSHAKE_DONE else None
        )
        return connection

    def _note(self, connection: Any, certificate: Any, error: int, depth: int, ok: int) -> bool:
        if not ok:
            self.facts.problem(self._hostname, self.port, _problem(error))
        if depth == 0 and not _names_host(certificate, self._hostnameASCII, self._hostnameIsDnsName):
            self.facts.problem(self._hostname, self.port, "certificate is for another host")
        return True


def _problem(code: int) -> str:
    return _PROBLEMS.get(code, f"verification error {code}")


def _names_host(certificate: Any, host: str, is_dns: bool) -> bool:
    try:
        verify_service_identity(
            extract_patterns(certificate), [DNS_ID(host) if is_dns else IPAddress_ID(host)], []
        )
    except (CertificateError, VerificationError, ValueError):
        return False
    return True


class ContextFactory(_ScrapyClientContextFactory):
    """Scrapy's context factory, with the certificates checked against this machine's trusted roots."""

    facts: TlsFacts
    _shared: Any = None

    def _get_cert_options_kwargs(self) -> dict[str, Any]:
        return {**super()._get_cert_options_kwargs(), "trustRoot": platformTrust()}  # type: ignore[no-untyped-call]

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: N802
        # One context for all connections: making one reads every trusted root from disk.
        self._shared = self._shared or self._get_cert_options()
        options = _Options(self._shared._makeTLSConnection, hostname.decode("ascii"))
        options.facts, options.port = self.facts, port
        return options


def context_factory(noting: TlsFacts) -> type[ContextFactory]:
    """The context factory of one crawl."""

    class Factory(ContextFactory):
        facts = noting

    return Factory
