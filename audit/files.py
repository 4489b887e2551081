"""Whether a document's file really downloads (RULEBOOK "Documents")."""

from __future__ import annotations

from collections.abc import Iterable

from audit.walk import Walk
from pages.capture import Capture

_GONE = frozenset({404, 410})
_SNIFFED = 1024
_PAGE_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<meta", b"<title")


def file_downloads(walk: Walk, urls: Iterable[str]) -> bool | None:
    """True when one of the addresses brought a file (success, not empty, no HTML page). False when all
    were asked for and none brought one. None when that is not known: an attempt that failed says
    nothing, nor does an address that was never asked for."""
    answers = [_brings(walk.file(url)) for url in urls]
    if True in answers:
        return True
    return None if None in answers or not answers else False


def file_captures(walk: Walk, urls: Iterable[str]) -> list[Capture]:
    """The exchanges for the addresses, as far as there are any."""
    return [capture for url in urls if (capture := walk.file(url))]


def _brings(capture: Capture | None) -> bool | None:
    if capture is None or capture.status is None:
        return None
    if capture.status in _GONE:
        return False
    if not 200 <= capture.status < 300:
        return None
    if capture.error and not capture.body:
        return None
    return bool(capture.body) and not _is_page(capture)


def _is_page(capture: Capture) -> bool:
    """True when the body is an HTML page, whatever it is declared to be."""
    head = capture.body[:_SNIFFED].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith(_PAGE_STARTS) or b"<html" in head
