"""Files as bytes: what they are, their text, and an honest word when there is none."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

import pages.attachments as attachments
from pages.attachments import file_kind, looks_like_file, read_attachment

PDF, DOCX = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def pdf(*lines: str, pages: int = 1, password: str = "") -> bytes:
    """A PDF whose pages hold ``lines`` in a standard font (none: a page as a scanner makes it)."""
    writer = PdfWriter()
    for _ in range(pages):
        sheet = writer.add_blank_page(595, 842)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        sheet[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        stream = DecodedStreamObject()
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        stream.set_data(f"BT /F1 12 Tf 14 TL 50 800 Td {shown} ET".encode("latin-1"))
        sheet[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word(*lines: str, table: str = "") -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if table:
        document.add_table(1, 1).cell(0, 0).text = table
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_pdf_text() -> None:
    found = read_attachment(pdf("So: 12/KH-UBND", "Bac Ninh, ngay 15 thang 5 nam 2026"), "kh.pdf", PDF)
    assert (found.kind, found.note) == ("pdf", "")
    assert found.text.splitlines() == ["So: 12/KH-UBND", "Bac Ninh, ngay 15 thang 5 nam 2026"]


def test_scanned_encrypted_and_broken_pdf_say_so() -> None:
    assert read_attachment(pdf(), "scan.pdf", PDF).note == "scanned"
    assert read_attachment(pdf("secret text of a file", password="x"), "a.pdf", PDF).note == "encrypted"
    assert read_attachment(pdf("cut off text here")[:120], "a.pdf", PDF).note == "broken"
    assert read_attachment(b"%PDF-1.7\nnothing", "a.pdf", PDF).note == "broken"


def test_long_pdf_is_cut_at_the_page_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "MAX_PAGES", 2)
    found = read_attachment(pdf("Trang co noi dung", pages=3), "a.pdf", PDF)
    assert found.note == "cut" and len(found.text.splitlines()) == 2


def test_time_limit_is_kept_between_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "MAX_SECONDS", -1.0)
    assert read_attachment(pdf("Noi dung khong doc"), "a.pdf", PDF).note == "cut"


def test_docx_text_with_tables() -> None:
    found = read_attachment(
        word("Lịch công tác tuần 21", "từ ngày 18/5 đến 22/5/2026", table="Thứ hai"), "l.docx", DOCX
    )
    assert (found.kind, found.note) == ("docx", "")
    assert found.text.splitlines() == ["Lịch công tác tuần 21", "từ ngày 18/5 đến 22/5/2026", "Thứ hai"]
    assert read_attachment(word(), "l.docx", DOCX).note == "empty"
    assert read_attachment(word("x")[:-30], "l.docx", DOCX).note == "broken"


def test_limits_of_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "MAX_BYTES", 100)
    assert read_attachment(pdf("a long enough text"), "a.pdf", PDF).note == "too_big"
    monkeypatch.setattr(attachments, "MAX_BYTES", 10**7)
    monkeypatch.setattr(attachments, "_MAX_UNPACKED", 100)
    assert read_attachment(word("a"), "a.docx", DOCX).note == "too_big"


def archive(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("body", "declared", "kind", "is_file"),
    [
        (b"", PDF, "empty", False),
        (b" \r\n\x00", PDF, "empty", False),
        (b"<!DOCTYPE html><html><body>404 Not Found</body></html>", PDF, "html", False),
        (b"\xef\xbb\xbf\n<!-- x --><HTML><head></head></HTML>", "application/octet-stream", "html", False),
        (b"<h1>EasyWeb</h1><h3>Default 404 Not Found Page</h3>", "text/html", "html", False),
        (b"Not found", "text/html; charset=utf-8", "text", False),
        (b"So hieu;Ngay\n1;2", "text/csv", "text", True),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 50, "application/msword", "doc", True),
        (b"{\\rtf1 abc}", "application/msword", "doc", True),
        (b"\xff\xd8\xff\xe0" + b"x" * 40, "image/jpeg", "image", True),
        (b"Rar!\x1a\x07\x00abc", "application/x-rar", "archive", True),
        (b"\x01\x02\x03garbage", PDF, "unknown", False),
        (archive("xl/workbook.xml"), None, "sheet", True),
        (archive("a.txt"), None, "archive", True),
        (pdf("text of the file"), "text/html", "pdf", True),
    ],
)
def test_what_really_is_a_file(body: bytes, declared: str | None, kind: str, is_file: bool) -> None:
    assert file_kind(body, declared) == kind
    assert looks_like_file(body, declared) is is_file


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(["", "%PDF-1.4\n", "PK\x03\x04", "PK\x05\x06", "<html>"]),
    st.integers(0, 900),
)
def test_any_bytes_are_answered(noise: bytes, start: str, cut: int) -> None:
    for body in (start.encode() + noise, pdf("noi dung")[:cut] + noise):
        found = read_attachment(body, "x", None)
        assert isinstance(found.text, str) and isinstance(looks_like_file(body, None), bool)
