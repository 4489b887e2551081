"""A few small portals on loopback that tests can take down, change, and ask what they were asked."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
WHEN = ("--period", "2026-05", "--as-of", "2026-05-23")
FILLER = "<p>" + "Nội dung trang. " * 200 + "</p>"


def page(title: str, main: str, menu: str) -> str:
    """One page of a portal."""
    return (
        f"<!DOCTYPE html><html lang=vi><head><meta charset=utf-8><title>{title}</title></head><body>"
        f"<nav><ul>{menu}</ul></nav><main><h1>{title}</h1>{main}</main></body></html>"
    )


def site(sections: tuple[str, ...] = ("Tin tức", "Văn bản", "Liên hệ"), posts: int = 4) -> dict[str, str]:
    """Path → page: a home page, a page for each section, the news with their articles."""
    menu = '<li><a href="/">Trang chủ</a></li>' + "".join(
        f'<li><a href="/muc-{number}">{name}</a></li>' for number, name in enumerate(sections)
    )
    found = {"/": page("Trang thông tin điện tử", FILLER, menu)}
    for number, name in enumerate(sections):
        main = FILLER
        if name == "Tin tức":
            rows = "".join(
                f'<li><a href="/tin/{n}">Hội nghị triển khai nhiệm vụ số {n} của đơn vị</a>'
                f"<span>{10 + n}/05/2026</span></li>"
                for n in range(posts)
            )
            main = f"<ul class=list>{rows}</ul>"
            for n in range(posts):
                title = f"Hội nghị triển khai nhiệm vụ số {n} của đơn vị"
                found[f"/tin/{n}"] = page(title, f"<p>{10 + n}/05/2026</p>{FILLER}", menu)
        found[f"/muc-{number}"] = page(name, main, menu)
    return found


@dataclass
class Portal:
    """One portal. ``pages`` may be changed at any time."""

    pages: dict[str, str] = field(default_factory=site)
    asked: list[tuple[str, int]] = field(default_factory=list)
    sent: int = 0
    _server: ThreadingHTTPServer | None = None
    port: int = 0

    def up(self) -> None:
        """Answer, at the same address as before."""
        portal = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                portal.answer(self)

            def do_HEAD(self) -> None:
                portal.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def down(self) -> None:
        """Nobody listens there any more."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """A page with its ETag; 304 to who has it; 404."""
        text = self.pages.get(request.path)
        body = (text or "").encode()
        tag = f'"{hashlib.sha1(body).hexdigest()}"'
        status = 404 if text is None else 304 if request.headers.get("If-None-Match") == tag else 200
        self.asked.append((request.path, status))
        request.send_response(status)
        if text is not None:
            request.send_header("ETag", tag)
        if status == 200:
            request.send_header("Content-Type", "text/html; charset=utf-8")
        if status != 304:
            request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        if status == 200:
            self.sent += len(body)
            request.wfile.write(body)

    def forget(self) -> None:
        """Count from nothing again."""
        self.asked.clear()
        self.sent = 0


@dataclass
class Village:
    """Some portals with their register and a data folder."""

    folder: Path
    portals: list[Portal]

    def begin(self) -> None:
        """All of them up, the register written."""
        for portal in self.portals:
            portal.up()
        lines = ["units:"]
        for number, portal in enumerate(self.portals):
            lines += [
                f"  - id: u{number}",
                f"    name: Sở số {number}",
                "    kind: department",
                f"    url: http://127.0.0.1:{portal.port}/",
            ]
        (self.folder / "register.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")

    @property
    def data(self) -> Path:
        """Where evidence lies."""
        return self.folder / "data"

    def run(self, *words: object, **environment: str) -> subprocess.CompletedProcess[str]:
        """One command to its end, its answer in JSON."""
        return self.plain(*words, "--json", **environment)

    def plain(self, *words: object, **environment: str) -> subprocess.CompletedProcess[str]:
        """One command to its end, its answer for people."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("RASOAT_")}
        shared = ("--data", self.data, "--register", self.folder / "register.yml", "--lang", "en")
        return subprocess.run(
            [sys.executable, "-m", "cli", *map(str, (*words, *shared))],
            cwd=ROOT,
            env=clean | environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def told(self, *words: object, **environment: str) -> dict[str, Any]:
        """The JSON answer of one command."""
        done = self.run(*words, **environment)
        assert done.stdout, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def forget(self) -> None:
        """All portals count from nothing again."""
        for portal in self.portals:
            portal.forget()
