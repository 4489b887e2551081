"""A small server for one portal on loopback: pages are JSON that the test reader understands."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Handler"], None]
Page = dict[str, Any] | Behaviour


@dataclass
class Portal:
    """One served portal. ``hits`` are (method, path with query, time); ``most`` the most at once."""

    pages: Mapping[str, Page]
    address: str = "127.0.41.1"
    latency: float = 0.0
    hits: list[tuple[str, str, float]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    port: int = 0
    busy: int = 0
    most: int = 0
    context: ssl.SSLContext | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"{'https' if self.context else 'http'}://{self.address}:{self.port}/"

    @property
    def paths(self) -> list[str]:
        """Paths asked for, in order."""
        return [path for _, path, _ in self.hits]


class Handler(BaseHTTPRequestHandler):
    """Answers from the portal's pages."""

    protocol_version = "HTTP/1.1"
    portal: Portal
    lock = threading.Lock()

    def do_GET(self) -> None:
        with self.lock:
            self.portal.hits.append((self.command, self.path, time.monotonic()))
            self.portal.headers.append(dict(self.headers.items()))
            self.portal.busy += 1
            self.portal.most = max(self.portal.most, self.portal.busy)
        try:
            if self.portal.latency:
                time.sleep(self.portal.latency)
            self._answer()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            with self.lock:
                self.portal.busy -= 1

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.portal.bodies.append(body)
        self.do_GET()

    def _answer(self) -> None:
        pages = self.portal.pages
        form = self.portal.bodies[-1].decode() if self.command == "POST" else ""
        key = f"POST {self.path} {form}" if self.command == "POST" else self.path
        page = pages.get(key, pages.get(self.path.partition("?")[0]))
        if page is None:
            self.reply(404, b"{}")
        elif callable(page):
            page(self)
        else:
            self.reply(200, json.dumps(page).encode())

    def reply(self, status: int, body: bytes, **headers: str) -> None:
        """Send a whole answer."""
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Clients that go away are part of the tests."""


@contextmanager
def serving(portal: Portal) -> Iterator[Portal]:
    """Serve the portal while the block runs."""
    handler = type("Bound", (Handler,), {"portal": portal})
    server = _Server((portal.address, portal.port), handler)
    portal.port = server.server_address[1]
    if portal.context is not None:
        server.socket = portal.context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield portal
    finally:
        server.shutdown()
        server.server_close()


def redirect(target: str) -> Behaviour:
    """A redirect."""
    return lambda handler: handler.reply(302, b"", Location=target)


def failing_first(times: int, status: int, then: dict[str, Any], **headers: str) -> Behaviour:
    """Answers with an error the first ``times``."""
    count = [0]

    def answer(handler: Handler) -> None:
        count[0] += 1
        if count[0] <= times:
            handler.reply(status, b"{}", **headers)
        else:
            handler.reply(200, json.dumps(then).encode())

    return answer
