"""Serves the fleet: one process, one loopback address for each portal, one port.

It counts what was asked for. Requests that would change something on a real portal, and requests
for what robots.txt refuses, are kept apart: there must be none. A control address
(``127.0.19.1``, same port) answers ``/hits`` with these counts as JSON.
"""

from __future__ import annotations

import hashlib
import json
import signal
import socket
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from twisted.internet import reactor as installed_reactor
from twisted.internet.error import CannotListenError
from twisted.web.resource import Resource
from twisted.web.server import NOT_DONE_YET
from twisted.web.server import Site as WebSite

from tests.portals.model import CONTROL, World, build
from tests.portals.register import write_register
from tests.portals.skins import dress
from tests.portals.skins.base import Ask, Reply, Skin

# Twisted says too little about its types to be checked.
reactor: Any = installed_reactor
Site: Any = WebSite
Request = Any

UNSAFE_WORDS = ("p_p_lifecycle=1", "p_auth=", "/logout", "deldoccument", "/quan-tri/", "/dang-nhap")


@dataclass(slots=True)
class Ledger:
    """What was asked of the fleet."""

    requests: Counter[str] = field(default_factory=Counter)
    unsafe: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    sent: int = 0
    not_modified: int = 0

    def note(self, url: str, method: str, refused_paths: frozenset[str]) -> None:
        """Record one request."""
        self.requests[f"{method} {url}"] += 1
        if any(word in unquote(url).lower() for word in UNSAFE_WORDS):
            self.unsafe.append(f"{method} {url}")
        if urlsplit(url).path in refused_paths:
            self.refused.append(f"{method} {url}")


class PortalResource(Resource):
    """All portals of one address: usually one, at most one more under a path."""

    isLeaf = True  # noqa: N815 - Twisted's name

    def __init__(self, skins: list[Skin], ledger: Ledger, latency: float, page_bytes: int) -> None:
        Resource.__init__(self)  # type: ignore[no-untyped-call]
        self._skins = sorted(skins, key=lambda skin: len(skin.prefix), reverse=True)
        self._ledger = ledger
        self._latency = latency
        self._page_bytes = page_bytes
        self._refused = {
            skin.prefix: frozenset(
                skin.url(skin.section_path(s)) for s in skin.portal.walk() if s.state == "refused"
            )
            for skin in skins
        }

    def render(self, request: Request) -> int:
        """Answer, after the latency asked for."""
        url = request.uri.decode("latin-1")
        path = request.path.decode("latin-1")
        skin = next(
            s for s in self._skins if path.startswith(s.prefix + "/") or path == s.prefix or not s.prefix
        )
        host = request.getHeader("host") or ""
        self._ledger.note(f"http://{host}{url}", request.method.decode(), frozenset())
        if path in self._refused[skin.prefix]:
            self._ledger.refused.append(url)
        ask = Ask(
            path.removeprefix(skin.prefix) or "/",
            dict(parse_qsl(urlsplit(url).query, keep_blank_values=True)),
            request.method.decode(),
            _form(request),
        )
        reactor.callLater(self._latency, self._answer, request, skin, ask)
        return NOT_DONE_YET

    def _answer(self, request: Request, skin: Skin, ask: Ask) -> None:
        if request._disconnected:
            return
        reply = skin.reply(ask)
        request.setResponseCode(reply.status)
        request.setHeader("Content-Type", reply.kind)
        request.setHeader("Server", "Apache-Coyote/1.1")
        for name, value in reply.headers:
            request.setHeader(name, value)
        if reply.chunks:
            _Pump(request, reply.chunks(), self._ledger)
            return
        self._send(request, skin, reply)

    def _send(self, request: Request, skin: Skin, reply: Reply) -> None:
        body = _padded(reply, self._page_bytes)
        if skin.portal.validators and reply.status == 200:
            tag = b'"' + hashlib.sha1(body).hexdigest()[:20].encode() + b'"'
            if request.setETag(tag):
                self._ledger.not_modified += 1
                request.finish()
                return
        request.setHeader("Content-Length", str(len(body)))
        if request.method != b"HEAD":
            self._ledger.sent += len(body)
            request.write(body)
        request.finish()


class _Pump:
    """Writes a stream as fast as the other side takes it, until it ends or the other side leaves."""

    def __init__(self, request: Request, chunks: Iterator[bytes], ledger: Ledger) -> None:
        self._request, self._chunks, self._ledger = request, chunks, ledger
        request.registerProducer(self, False)

    def resumeProducing(self) -> None:
        """One more chunk."""
        chunk = next(self._chunks, None)
        if chunk is None:
            self._request.unregisterProducer()
            self._request.finish()
        else:
            self._ledger.sent += len(chunk)
            self._request.write(chunk)

    def stopProducing(self) -> None:
        """The other side has left."""
        self._chunks = iter(())


class ControlResource(Resource):
    """Counts for tests."""

    isLeaf = True  # noqa: N815 - Twisted's name

    def __init__(self, ledger: Ledger) -> None:
        Resource.__init__(self)  # type: ignore[no-untyped-call]
        self._ledger = ledger

    def render_GET(self, request: Request) -> bytes:
        """The counts as JSON."""
        request.setHeader("Content-Type", "application/json")
        answer = {
            "requests": dict(self._ledger.requests),
            "unsafe": self._ledger.unsafe,
            "refused": self._ledger.refused,
            "sent": self._ledger.sent,
            "not_modified": self._ledger.not_modified,
        }
        return json.dumps(answer).encode()


def serve(
    port: int | None, size: int | None, seed: int, register: Path, latency: float, page_bytes: int
) -> None:
    """Serve until SIGTERM or SIGINT; says ``ready <port>`` on standard output once everything listens."""
    world = _listen(port, size, seed, latency, page_bytes)
    write_register(world, register)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: reactor.callFromThread(reactor.stop))
    print(f"ready {world.port}", flush=True)
    reactor.run(installSignalHandlers=False)


def _listen(port: int | None, size: int | None, seed: int, latency: float, page_bytes: int) -> World:
    for _ in range(5):
        world = build(port or free_port(), size, seed)
        try:
            _listen_all(world, latency, page_bytes)
        except CannotListenError:
            if port:
                raise
            continue
        return world
    raise SystemExit("no port that is free on every loopback address")


def _listen_all(world: World, latency: float, page_bytes: int) -> None:
    ledger = Ledger()
    by_host: dict[str, list[Skin]] = {}
    for portal in world.listening:
        by_host.setdefault(urlsplit(portal.unit.url or "").hostname or "", []).append(dress(portal))
    open_ports: list[Any] = []
    try:
        for host, skins in by_host.items():
            site = Site(PortalResource(skins, ledger, latency, page_bytes))
            open_ports.append(reactor.listenTCP(world.port, site, interface=host))
        control = Site(ControlResource(ledger))
        open_ports.append(reactor.listenTCP(world.port, control, interface=CONTROL))
    except CannotListenError:
        for open_port in open_ports:
            open_port.stopListening()
        raise


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind((CONTROL, 0))
        return int(probe.getsockname()[1])


def _form(request: Request) -> dict[str, str]:
    if request.method != b"POST" or request.content is None:
        return {}
    return dict(parse_qsl(request.content.read().decode("utf-8", "replace"), keep_blank_values=True))


def _padded(reply: Reply, page_bytes: int) -> bytes:
    """A page grown to ``page_bytes`` with markup as a heavy theme would, outside the main column."""
    missing = page_bytes - len(reply.body)
    if missing <= 0 or reply.status != 200 or not reply.kind.startswith("text/html"):
        return reply.body
    line = b'<li class="tree-node"><a href="#" title="x"><span class="icon"></span></a></li>\n'
    block = b"<ul hidden>" + line * (missing // len(line)) + b"</ul>"
    return reply.body.replace(b"</body>", block + b"</body>", 1)
