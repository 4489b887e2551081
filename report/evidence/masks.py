"""Masking what names a citizen in a page's bytes, and the record of it.

A masked character becomes ``x``; spaces stay, and so does everything else on the page: structure, dates
and offices are judged as before. Offsets count characters of the text as decoded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from pages.capture import Capture
from pages.model import PageReading
from pages.text import Unreadable, decode
from pages.tree import parse
from report.evidence.personal import Personal, personal_texts
from storage.warc import digest_of

MASK: Final = "x"
_BOM: Final = b"\xef\xbb\xbf"
_SPACE: Final = r"(?:\s|&nbsp;|&#160;|&#xa0;|\\[nrt])+"
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_QUESTION_KINDS: Final = ("qa_list", "petition_list")


@dataclass(frozen=True, slots=True)
class Mark:
    """One masked stretch: where it begins, its length (both in characters), what kind of text it was."""

    start: int
    length: int
    kind: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked body. ``original`` and ``digest`` are ``sha256:…`` of the bytes before and after;
    ``reencoded`` says that the page is kept as UTF-8 because its own encoding was another."""

    body: bytes
    original: str
    digest: str
    reencoded: bool
    marks: tuple[Mark, ...]


def shows_petitions(capture: Capture, reading: PageReading | None) -> bool:
    """True for a page that shows questions or petitions, by its role or by its reading if there is one."""
    if capture.role == "petition" or reading is None:
        return capture.role == "petition"
    return bool(reading.questions) or reading.kind in _QUESTION_KINDS


def texts_to_mask(capture: Capture, reading: PageReading) -> tuple[Personal, ...]:
    """What names a citizen on one page of petitions."""
    kept = [text for question in reading.questions for text in (question.addressee, question.ref) if text]
    try:
        source, _ = decode(capture.body, capture.header("content-type"))
        page = parse(source, capture.url, capture.seen_at)
    except (Unreadable, ValueError, etree.LxmlError):
        return ()
    return personal_texts(page, kept)


def mask_body(capture: Capture, texts: Sequence[Personal]) -> Masked | None:
    """The body without those texts; None when none of them stands in it."""
    source, reencoded = _source(capture)
    covered = _covered(source, texts)
    if not covered:
        return None
    letters = list(source)
    for mark in covered:
        for place in range(mark.start, mark.start + mark.length):
            if not letters[place].isspace():
                letters[place] = MASK
    body = (_BOM if reencoded else b"") + "".join(letters).encode("utf-8", "surrogateescape")
    return Masked(body, capture.ref, digest_of(body), reencoded, covered)


def _source(capture: Capture) -> tuple[str, bool]:
    """The page's text, and whether it must be written anew as UTF-8."""
    text, note = decode(capture.body, capture.header("content-type"))
    plain = capture.body.decode("utf-8", "surrogateescape")
    if note in (None, "encoding:replaced") and (note is not None or plain.removeprefix("\ufeff") == text):
        return plain, False
    return text, True


def _covered(source: str, texts: Iterable[Personal]) -> tuple[Mark, ...]:
    """Where the texts stand, overlapping ones joined, in order."""
    found = [
        (match.start(), match.end(), text.kind)
        for text in texts
        for match in _pattern(text.text).finditer(source)
    ]
    joined: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(found, key=lambda each: (each[0], -each[1])):
        if joined and start < joined[-1][1]:
            first, last, known = joined[-1]
            joined[-1] = (first, max(last, end), known)
        else:
            joined.append((start, end, kind))
    return tuple(Mark(start, end - start, kind) for start, end, kind in joined)


def _pattern(text: str) -> re.Pattern[str]:
    """The text as a page may write it: other spaces, entities, composed or not, escaped in a script."""
    words = [
        "".join(_letter(letter) for letter in unicodedata.normalize("NFC", word)) for word in text.split()
    ]
    return re.compile(rf"(?<![^\W_])(?:{_SPACE.join(words)})(?![^\W_])")


def _letter(letter: str) -> str:
    ways = {letter, unicodedata.normalize("NFD", letter), _ENTITIES.get(letter, letter)}
    if ord(letter) > 127:
        code = ord(letter)
        ways |= {f"&#{code};", f"&#x{code:x};", f"&#x{code:X};", f"\\u{code:04x}", f"\\u{code:04X}"}
    if len(ways) == 1:
        return re.escape(letter)
    return "(?:" + "|".join(sorted(map(re.escape, ways), key=len, reverse=True)) + ")"
