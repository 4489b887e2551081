"""Text of downloaded PDF and DOCX files, and whether a download really is a file.

Bytes in, text out, within limits of size, pages, characters and time; a file that cannot be read
says why (``note``) and never raises. A scan without a text layer says so: nothing is guessed.
"""

from __future__ import annotations

import io
import logging
import re
import struct
import time
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final, Literal

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree
from pypdf import PdfReader
from pypdf.errors import PdfReadError, PyPdfError

from pages.text import fold

AttachmentKind = Literal[
    "pdf", "docx", "doc", "sheet", "slides", "archive", "image", "text", "html", "empty", "unknown"
]
Note = Literal["", "scanned", "encrypted", "broken", "too_big", "cut", "unsupported", "empty", "html"]

MAX_BYTES: Final = 30 * 1024 * 1024
"""Largest file whose text is read, in bytes."""
MAX_PAGES: Final = 60
MAX_SECONDS: Final = 5.0
"""Longest time spent on the pages of one PDF, in seconds; checked between pages."""
MAX_CHARS: Final = 400_000
_MAX_UNPACKED: Final = 120 * 1024 * 1024  # bytes of a DOCX once unpacked
_MIN_PAGE_CHARS: Final = 12  # a text layer with less on every page is a scan's stray marks
_HEAD: Final = 1024

_PDF: Final = b"%PDF-"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_ARCHIVES: Final = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!\x1a", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
_HTML = re.compile(
    rb"^\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body|script|meta|h[1-6]|div|p|center|table)\b",
    re.I | re.S,
)
_BROKEN: Final = (
    PdfReadError, PyPdfError, PackageNotFoundError, zipfile.BadZipFile, zlib.error, struct.error,
    etree.LxmlError, ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError,
    RecursionError, OverflowError, NotImplementedError, EOFError, OSError, MemoryError,
)  # fmt: skip

logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as read. ``text`` is folded, one line for each paragraph or line of the file.

    ``note``: why the text is missing or not whole (see :data:`Note`); empty when all of it was read.
    """

    kind: AttachmentKind
    text: str = ""
    note: Note = ""


def looks_like_file(body: bytes, content_type: str | None) -> bool:
    """True for bytes that are a document, sheet, picture or archive: not nothing, not a page of HTML."""
    kind = file_kind(body, content_type)
    return kind not in ("html", "empty", "unknown", "text") or (
        kind == "text" and not _says_html(content_type)
    )


def _says_html(content_type: str | None) -> bool:
    return (content_type or "").split(";")[0].strip().lower() in ("text/html", "application/xhtml+xml")


def file_kind(body: bytes, content_type: str | None = None, name: str | None = None) -> AttachmentKind:
    """What the bytes are, by their first bytes; the declared type decides only for plain text."""
    head = body[:_HEAD]
    if not body.strip(b"\x00 \t\r\n"):
        return "empty"
    if _PDF in head:
        return "pdf"
    if head.startswith(_ARCHIVES):
        return _package_kind(body)
    if head.startswith(_OLE):
        return _ole_kind(name)
    if head.startswith(_IMAGES):
        return "image"
    if head.startswith(b"{\\rtf"):
        return "doc"
    if _HTML.match(head.lstrip(b"\xef\xbb\xbf")):
        return "html"
    return "text" if _is_text(head) else "unknown"


def _is_text(head: bytes) -> bool:
    return sum(byte < 9 or 13 < byte < 32 for byte in head) == 0


def _ole_kind(name: str | None) -> AttachmentKind:
    ending = (name or "").rpartition(".")[2].lower()
    return "sheet" if ending in ("xls", "et") else "slides" if ending == "ppt" else "doc"


def _package_kind(body: bytes) -> AttachmentKind:
    """DOCX, XLSX or PPTX by the parts a package holds, else an archive."""
    if not body.startswith(b"PK"):
        return "archive"
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            names = package.namelist()[:200]
    except _BROKEN:
        return "docx" if b"word/" in body[:4096] else "archive"
    for part, kind in _PARTS.items():
        if any(name.startswith(part) for name in names):
            return kind
    return "archive"


_PARTS: Final[dict[str, AttachmentKind]] = {"word/": "docx", "xl/": "sheet", "ppt/": "slides"}


def read_attachment(body: bytes, name: str | None, content_type: str | None) -> Attachment:
    """Text of one downloaded file; ``name`` is its file name, ``content_type`` the header's value."""
    kind = file_kind(body, content_type, name)
    if kind == "empty":
        return Attachment(kind, note="empty")
    if kind == "html":
        return Attachment(kind, note="html")
    if len(body) > MAX_BYTES:
        return Attachment(kind, note="too_big")
    if kind == "pdf":
        return _pdf(body)
    if kind == "docx":
        return _docx(body)
    if kind == "text":
        return Attachment(kind, _lines(body.decode("utf-8", "replace").splitlines()))
    return Attachment(kind, note="unsupported")


def _pdf(body: bytes) -> Attachment:
    try:
        reader = PdfReader(io.BytesIO(body), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return Attachment("pdf", note="encrypted")
        return _pdf_text(reader)
    except ImportError:  # a cipher whose library is not there: the text stays closed
        return Attachment("pdf", note="encrypted")
    except _BROKEN:
        return Attachment("pdf", note="broken")


def _pdf_text(reader: PdfReader) -> Attachment:
    """Text of the pages until a limit is met; pages without text are a scan's."""
    total = len(reader.pages)
    if total == 0:
        return Attachment("pdf", note="broken")
    started = time.monotonic()
    lines: list[str] = []
    longest = size = read = 0
    for page in reader.pages[:MAX_PAGES]:
        if time.monotonic() - started > MAX_SECONDS or size > MAX_CHARS:
            break
        said = page.extract_text() or ""
        longest, size, read = max(longest, len(said.strip())), size + len(said), read + 1
        lines += said.splitlines()
    if longest < _MIN_PAGE_CHARS:
        return Attachment("pdf", note="scanned" if read == total else "cut")
    return Attachment("pdf", _lines(lines), "" if read == total else "cut")


def _docx(body: bytes) -> Attachment:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            if sum(part.file_size for part in package.infolist()) > _MAX_UNPACKED:
                return Attachment("docx", note="too_big")
        document = docx.Document(io.BytesIO(body))
        text = _lines(_paragraphs(document.element.body))
    except _BROKEN:
        return Attachment("docx", note="broken")
    return Attachment("docx", text, "" if text else "empty")


def _paragraphs(body: etree._Element) -> list[str]:
    """Texts of all paragraphs in file order, those inside tables and text boxes included."""
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    found = []
    for paragraph in body.iter(f"{space}p"):
        parts = []
        for node in paragraph.iter(f"{space}t", f"{space}tab", f"{space}br"):
            parts.append(node.text or "" if node.tag == f"{space}t" else " ")
        found.append("".join(parts))
    return found


def _lines(lines: list[str]) -> str:
    folded = (fold(line) for line in lines)
    return "\n".join(line for line in folded if line)[:MAX_CHARS]
