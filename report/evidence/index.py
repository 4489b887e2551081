"""The indexes of an evidence file: CDXJ lines by which replay programs find a capture, and the page list."""

from __future__ import annotations

import hashlib
import html
import json
import re
from datetime import UTC, datetime
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from pages.capture import Capture
from report.evidence.contents import line

_TITLE = re.compile(rb"<title[^>]*>(.{0,2000}?)</title", re.I | re.S)
_SPACE = re.compile(r"\s+")
_WWW = re.compile(r"www\d*\.")
_SLASHES = re.compile(r"/{2,}")
_PORTS: Final = {"http": 80, "https": 443}
_PAGE_TYPES: Final = ("text/html", "application/xhtml+xml")
_HEADER: Final = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages", "hasText": False}
_OK: Final = 200


def index_line(capture: Capture, archive: str, offset: int, length: int, digest: str) -> str:
    """One CDXJ line for an answer that lies at ``offset`` of the archive file."""
    url = _asked(capture)
    told = {
        "url": capture.url,
        "mime": (capture.header("content-type") or "unk").partition(";")[0].strip().lower(),
        "status": str(capture.status),
        "digest": digest,
        "length": str(length),
        "offset": str(offset),
        "filename": archive.rpartition("/")[2],
    }
    if url != capture.url:
        told |= {"method": capture.method}
    return f"{url_key(url)} {_stamp(capture.fetched_at)} {json.dumps(told)}\n"


def page_list(captures: list[Capture]) -> bytes:
    """``pages.jsonl``: every page that answered, with its title and time."""
    lines = [line(_HEADER)]
    for capture in captures:
        if _is_page(capture):
            at = capture.fetched_at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
            name = hashlib.sha256(f"{capture.url} {at}".encode("utf-8", "replace")).hexdigest()[:16]
            lines.append(line({"id": name, "url": capture.url, "ts": at, "title": title_of(capture)}))
    return b"".join(lines)


def title_of(capture: Capture) -> str:
    """What a page calls itself, else its address."""
    found = _TITLE.search(capture.body)
    text = html.unescape(found[1].decode("utf-8", "replace")) if found else ""
    return _SPACE.sub(" ", text).strip() or capture.url


def url_key(url: str) -> str:
    """The sort-friendly form of an address (SURT) by which indexes are searched."""
    parts = urlsplit(url)
    host = _WWW.sub("", (parts.hostname or "").lower(), count=1)
    host = ",".join(reversed(host.split(".")))
    port = parts.port
    place = host + (f":{port}" if port and port != _PORTS.get(parts.scheme) else "")
    path = _SLASHES.sub("/", parts.path) or "/"
    query = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    whole = f"{place}){path.rstrip('/') or '/'}" + (f"?{query}" if query else "")
    return quote(whole, safe="!\"#$%&'()*+,/:;<=>?@[\\]^_`{|}~").lower()


def _is_page(capture: Capture) -> bool:
    kind = (capture.header("content-type") or "").partition(";")[0].strip().lower()
    return capture.status == _OK and capture.method == "GET" and kind in _PAGE_TYPES


def _asked(capture: Capture) -> str:
    """The address with what was posted, as replay programs write it."""
    if capture.method == "GET":
        return capture.url
    joint = "&" if "?" in capture.url else "?"
    form = "&".join(
        f"{name}={value}" for name, value in parse_qsl(urlencode(capture.form), keep_blank_values=True)
    )
    return f"{capture.url}{joint}__wb_method={capture.method}" + (f"&{form}" if form else "")


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%d%H%M%S")
