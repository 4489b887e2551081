"""Text hygiene: bytes to text whatever the page declares, and one spelling for what looks the same.

Vietnamese portals serve UTF-8 (composed, decomposed or mixed), windows-1258 and, in old pages, text
that only a legacy font makes readable (see :mod:`pages.legacy`).
"""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from functools import lru_cache

from pages import legacy

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I
)
_HEADER_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_BINARY_STARTS = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\xd0\xcf\x11\xe0",
)
_CONTROLS = bytes([*range(9), *range(0x0E, 0x1B), *range(0x1C, 0x20)])
_MARKED = re.compile(r"[^\x00-\x7f]")
_SNIFFED = 4096
_MAX_CONTROLS = 0.02  # share of control bytes above which a body is not text

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d?);")
_ODD = re.compile(
    "[\u00ad\u00d0\u00f0\u0189\u0256\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe]"
)
_ODD_TABLE = {
    **dict.fromkeys([0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F)]),
    **dict.fromkeys([*range(0x2060, 0x2065), *range(0x2066, 0x206A), 0xFEFF, 0xFFFE]),
    0xD0: 0x110,
    0x189: 0x110,
    0xF0: 0x111,
    0x256: 0x111,
}
_MARKS = re.compile("[\u0300-\u036f]+")
_NON_WORD = re.compile(r"[\W_]+")
_LATE_TONE = re.compile(r"o([àáảãạèéẻẽẹ])(?!\w)|(?<!q)u([ỳýỷỹỵ])(?!\w)")


class Unreadable(ValueError):  # noqa: N818  (a state of the page, not a mistake)
    """The body is not text: a picture, an archive, or bytes that no encoding explains."""


def decode(body: bytes, content_type: str | None) -> tuple[str, str | None]:
    """Text of a page and, when it was not plain, how it was read.

    Notes: ``encoding:<name>`` (neither declared right nor UTF-8), ``encoding:replaced`` (some bytes
    fit no encoding), ``legacy:tcvn3`` / ``legacy:vni`` (decoded), ``legacy:unsure`` (looks like a
    legacy font, left as it is). Raises :class:`Unreadable` for what is not text.
    """
    if not body:
        return "", None
    text, note = _decode_bytes(body, content_type)
    text, font_note = legacy.repair(text)
    return text, font_note or note


def _decode_bytes(body: bytes, content_type: str | None) -> tuple[str, str | None]:
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(encoding, "replace"), None
    if b"\0" in body[:_SNIFFED] and (wide := _declared(body, content_type)).startswith("utf-16"):
        return body.decode(wide, "replace"), None
    _refuse_binary(body)
    try:
        return body.decode("utf-8"), None
    except UnicodeDecodeError:
        return _decode_other(body, _declared(body, content_type))


def _decode_other(body: bytes, declared: str) -> tuple[str, str | None]:
    """Not UTF-8 throughout: UTF-8 with a few broken bytes, what is declared, or Vietnamese Windows."""
    loose = body.decode("utf-8", "replace")
    broken = loose.count("\ufffd")
    if broken * 3 <= len(_MARKED.findall(loose)):  # in a legacy page hardly any pair of bytes is UTF-8
        return loose, "encoding:replaced"
    if declared and declared not in ("utf-8", "iso8859-1", "cp1252", "ascii"):
        return unicodedata.normalize("NFC", body.decode(declared, "replace")), None
    western = body.decode("cp1252", "replace")
    if legacy.sniff(western):
        return western, None
    vietnamese = unicodedata.normalize("NFC", body.decode("cp1258", "replace"))
    if legacy.is_vietnamese(vietnamese):
        return vietnamese, "encoding:cp1258"
    return western, None if declared in ("iso8859-1", "cp1252") else "encoding:cp1252"


def _declared(body: bytes, content_type: str | None) -> str:
    """Python's name of the encoding that the header or the page declares; empty when neither does."""
    names = []
    if content_type and (found := _HEADER_CHARSET.search(content_type)):
        names.append(found[1])
    if inside := _DECLARED.search(body, 0, _SNIFFED):
        names.append(inside[1].decode("ascii"))
    for name in names:
        try:
            return codecs.lookup(name).name
        except LookupError:
            continue
    return ""


def _refuse_binary(body: bytes) -> None:
    head = body[:_SNIFFED]
    if head.startswith(_BINARY_STARTS):
        raise Unreadable(f"not text: starts with {head[:8]!r}")
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > max(4, len(head) * _MAX_CONTROLS):
        raise Unreadable(f"not text: {controls} control bytes among the first {len(head)}")


def fold(s: str) -> str:
    """One spelling: composed letters, Đ for its look-alikes, no invisible characters, single spaces."""
    if "&" in s and ";" in s:
        s = _ENTITY.sub(lambda found: html.unescape(found[0]), s)
    if not s.isascii():
        if _ODD.search(s):
            s = s.translate(_ODD_TABLE)
        s = unicodedata.normalize("NFC", s)
    return " ".join(s.split())


@lru_cache(maxsize=8192)
def label_key(s: str) -> str:
    """Key under which two labels are the same: folded, lower case, words only, accents kept.

    Both ways of placing a tone (final oa, oe, uy) give one key.
    """
    words = _NON_WORD.sub(" ", fold(s).casefold()).strip()
    return _LATE_TONE.sub(_early_tone, words)


def _early_tone(found: re.Match[str]) -> str:
    vowel = "o" if found[1] else "u"
    marked = unicodedata.normalize("NFD", found[1] or found[2])
    return unicodedata.normalize("NFC", vowel + marked[1:]) + marked[0]


def unaccent(s: str) -> str:
    """Lower case without any mark, đ as d: for comparing with addresses and ASCII names."""
    folded = fold(s).lower()
    if folded.isascii():
        return folded
    return _MARKS.sub("", unicodedata.normalize("NFD", folded).replace("đ", "d"))
