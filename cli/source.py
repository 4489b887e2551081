"""A page to read: from a file (as if it were nowhere) or from its address."""

from __future__ import annotations

import dataclasses
import hashlib
import mimetypes
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from errors import InputError
from pages.capture import Capture
from pages.model import PageReading

# A file without an address is read as if it stood this deep: its relative links can then be given
# back exactly as they are written, however many ``../`` they begin with.
DEPTH = 16
NOWHERE = "http://page.invalid/"
DEEP = NOWHERE + "".join(f"d{level}/" for level in range(1, DEPTH + 1))

LARGEST = 60 * 1024 * 1024
TIMEOUT = 30.0


@dataclass(frozen=True, slots=True)
class Loaded:
    """A capture made for reading; ``placed`` is false when the page's address is not known."""

    capture: Capture
    placed: bool

    def relative(self, reading: PageReading) -> PageReading:
        """The reading with addresses as the file writes them, when the page stands nowhere."""
        if self.placed:
            return reading
        return dataclasses.replace(
            reading,
            items=tuple(
                dataclasses.replace(item, url=unplace(item.url) if item.url else None)
                for item in reading.items
            ),
            menu=tuple(dataclasses.replace(entry, url=unplace(entry.url)) for entry in reading.menu),
            next=dataclasses.replace(reading.next, url=unplace(reading.next.url)) if reading.next else None,
        )


def unplace(url: str) -> str:
    """Give a link back as its page wrote it: relative to a page at the deep nowhere."""
    if not url.startswith(NOWHERE):
        return url
    path = url.removeprefix(NOWHERE)
    depth = 0
    while path.startswith(f"d{depth + 1}/"):
        depth += 1
        path = path.removeprefix(f"d{depth}/")
    return "/" + path if depth == 0 else "../" * (DEPTH - depth) + path


def load_source(source: str, url: str | None, now: datetime, user_agent: str) -> Loaded:
    """The page at a path or address.

    Raises:
        InputError: no such file, not readable, too large, or the address does not answer.
    """
    if source.startswith(("http://", "https://")):
        return Loaded(_fetch(source, now, user_agent), placed=True)
    path = Path(source)
    try:
        if path.stat().st_size > LARGEST:
            raise InputError("{path} is larger than {size} MB", path=path, size=LARGEST >> 20)
        body = path.read_bytes()
    except OSError as error:
        raise InputError("{path} cannot be read: {why}", path=path, why=error.strerror) from error
    if url and "://" not in url:
        url = "http://" + url
    guessed = mimetypes.guess_type(path.name)[0] or "text/html"
    return Loaded(_capture(url or DEEP + "page.html", 200, guessed, body, now), placed=url is not None)


def _fetch(url: str, now: datetime, user_agent: str) -> Capture:
    if not urlsplit(url).hostname:
        raise InputError("{url} is not an address", url=url)
    request = urllib.request.Request(url, headers={"User-Agent": user_agent})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
            return _capture(
                answer.url, answer.status, answer.headers.get("Content-Type"), answer.read(LARGEST), now
            )
    except urllib.error.HTTPError as error:
        return _capture(url, error.code, error.headers.get("Content-Type"), error.read(LARGEST), now)
    except (OSError, ValueError) as error:
        raise InputError("{url} does not answer: {why}", url=url, why=error) from error


def _capture(url: str, status: int, content_type: str | None, body: bytes, now: datetime) -> Capture:
    headers = (("content-type", content_type),) if content_type else ()
    digest = "sha256:" + hashlib.sha256(body).hexdigest()
    return Capture(digest, url, now, now, status=status, headers=headers, body=body)
