"""Serves the saved pages of one real portal under the addresses they were saved from.

The pages are read from ``real-pages`` in the folder that ``RASOAT_SHARED`` names (default ``shared``
beside the checkout); they are not part of the project. Each page answers at its original path and at the
path the saving tool's rewritten links lead to (``tin-tuc.html`` for ``/tin-tuc``, ``tin-tuc3046.html?…``
for a query). Links that still name the original host lead back here, as a reverse proxy would have it.
What was not saved answers 503: "not captured" says nothing about the portal, so it has to stay unseen.
"""

from __future__ import annotations

import csv
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

SHARED = Path(os.environ.get("RASOAT_SHARED") or Path(__file__).resolve().parents[3] / "shared")
FOLDER = SHARED / "real-pages"
PREFIX = "sotttt-hanoi__"
HOST = "sotttt.hanoi.gov.vn"
ADDRESS = "127.0.30.7"
_OWN_LINKS = re.compile(rb"(?:https?:)?//" + re.escape(HOST.encode()) + rb"(?![\w.-])")
_SAVED_FROM = re.compile(rb"Mirrored from " + re.escape(HOST.encode()) + rb"(/\S*?)\s+by HTTrack")


def page_paths() -> dict[str, Path]:
    """Address (path, with its query where that names the page) → saved page."""
    found: dict[str, Path] = {}
    for name, url, _ in _index():
        page = FOLDER / "pages" / name
        for path in _addresses(name, url, page):
            found.setdefault(path, page)
    return found


def _index() -> list[tuple[str, str, str]]:
    with (FOLDER / "INDEX.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    # Pages without a query first: where two pages claim one address, the plain one keeps it.
    ours = [(row["file"], row["url"], row["kind"]) for row in rows if row["file"].startswith(PREFIX)]
    return sorted(ours, key=lambda row: "?" in row[1])


def _addresses(name: str, url: str, page: Path) -> list[str]:
    """The original address, and the one of the rewritten links."""
    path = url.removeprefix(HOST) if url.startswith(HOST) and " " not in url else ""
    if not path:
        saved = _SAVED_FROM.search(page.read_bytes()[:2_000])
        path = saved[1].decode() if saved else ""
    if not path or path == "/":
        return ["/", "/index.html"] if path else [f"/{name.removeprefix(PREFIX)}"]
    plain = path.split("?")[0]
    # The saving tool puts four characters for a query between name and ending.
    mark = name.removesuffix(".html")[-4:] if "?" in path else ""
    rewritten = plain if plain.endswith(".html") else f"{plain}{mark}.html"
    return [path, rewritten]


class _Handler(BaseHTTPRequestHandler):
    """One saved page for each known address, 503 for the rest (404 for robots.txt: the mirror has none)."""

    protocol_version = "HTTP/1.1"
    paths: dict[str, Path]
    errors: frozenset[str]
    misses: list[str]

    def do_GET(self) -> None:
        """Answer from the saved pages."""
        whole, bare = unquote(self.path), unquote(urlsplit(self.path).path)
        page = self.paths.get(whole) or (self.paths.get(bare) if bare.endswith(".html") else None)
        if page is not None:
            here = f"http://{self.headers.get('Host', ADDRESS)}".encode()
            return self._say(self._status(page), _OWN_LINKS.sub(here, page.read_bytes()))
        self.misses.append(self.path)
        return self._say(404 if bare == "/robots.txt" else 503, b"<html><body>not captured</body></html>")

    def _status(self, page: Path) -> int:
        """404 where the portal had answered so: the saved page is its own error page."""
        return 404 if page.name in self.errors else 200

    def _say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=UTF-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing on standard error."""


@contextmanager
def mirror() -> Iterator[tuple[str, list[str]]]:
    """The portal's loopback address, and the list of requests for what was not saved."""
    errors = frozenset(name for name, _, kind in _index() if "404" in kind)
    handler = type("Handler", (_Handler,), {"paths": page_paths(), "errors": errors, "misses": []})
    server = ThreadingHTTPServer((ADDRESS, 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{ADDRESS}:{server.server_address[1]}/", handler.misses  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def register_text(url: str) -> str:
    """A register of this one department."""
    return (
        "units:\n"
        "  - id: sotttt-hanoi\n"
        "    name: Sở Thông tin và Truyền thông thành phố Hà Nội\n"
        "    kind: department\n"
        f"    url: {url}\n"
        "    aliases: [Sở TT&TT Hà Nội, Sở Thông tin và Truyền thông]\n"
    )
