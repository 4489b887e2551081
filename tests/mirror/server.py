"""Serves the saved pages of one real portal under the addresses they were saved from.

The pages are read from the folder that ``RASOAT_REAL_PAGES`` names (default ``../shared/real-pages``);
they are not part of the project. Each page answers at its original path and at the path the saving
tool's rewritten links lead to (``tin-tuc.html`` for ``/tin-tuc``, ``tin-tuc3046.html?…`` for a query).
What was not saved answers 404: "not captured", which says nothing about the portal.
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

FOLDER = Path(os.environ.get("RASOAT_REAL_PAGES", Path(__file__).parents[3] / "shared" / "real-pages"))
PREFIX = "sotttt-hanoi__"
HOST = "sotttt.hanoi.gov.vn"
ADDRESS = "127.0.30.1"
_SAVED_FROM = re.compile(rb"Mirrored from " + re.escape(HOST.encode()) + rb"(/\S*?)\s+by HTTrack")


def page_paths() -> dict[str, Path]:
    """Address (path, with its query where that names the page) → saved page."""
    found: dict[str, Path] = {}
    for name, url in _index():
        page = FOLDER / "pages" / name
        for path in _addresses(name, url, page):
            found.setdefault(path, page)
    return found


def _index() -> list[tuple[str, str]]:
    with (FOLDER / "INDEX.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    # Pages without a query first: where two pages claim one address, the plain one keeps it.
    ours = [(row["file"], row["url"]) for row in rows if row["file"].startswith(PREFIX)]
    return sorted(ours, key=lambda pair: "?" in pair[1])


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
    """One saved page for each known address, 404 for the rest."""

    protocol_version = "HTTP/1.1"
    paths: dict[str, Path]
    misses: list[str]

    def do_GET(self) -> None:
        """Answer from the saved pages."""
        whole, bare = unquote(self.path), unquote(urlsplit(self.path).path)
        page = self.paths.get(whole) or (self.paths.get(bare) if bare.endswith(".html") else None)
        body = page.read_bytes() if page else b"<html><body>not captured</body></html>"
        if page is None:
            self.misses.append(self.path)
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html; charset=UTF-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing on standard error."""


@contextmanager
def mirror() -> Iterator[tuple[str, list[str]]]:
    """The portal's loopback address, and the list of requests for what was not saved."""
    handler = type("Handler", (_Handler,), {"paths": page_paths(), "misses": []})
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
