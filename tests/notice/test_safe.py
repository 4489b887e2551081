"""Names and reasons that attack do no harm in any format, and are shown as text."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from docx import Document
from lxml import html
from openpyxl import load_workbook
from pypdf import PdfReader

from report.notice.answer import letter_answer, notice_answer
from report.notice.docx_file import docx_bytes
from report.notice.html_file import html_bytes
from report.notice.model import Group, LeafNote
from report.notice.pdf_file import pdf_bytes
from report.notice.safe import line, printable
from report.notice.wording import Signing, letter_of
from report.notice.xlsx_file import xlsx_bytes
from tests.notice.build import taken

DAY = date(2026, 5, 25)
HOSTILE = {
    "formula": '=HYPERLINK("http://evil.test","Bấm")',
    "command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "right to left": "Sở \u202ecod.exe\u202c Y tế\u200f",
    "control": "Sở\x00\x01\x0b Y\x1f tế\ud800",
    "long": "A" * 5000,
    "long words": "Sở " + "ế" * 4990,
    "markup": '#eval("1") *đậm* $x$ {{ 7*7 }} {% raw %} `a` @ref \\u{1}',
    "other script": "省政府 🚀 Sở",
    "newlines": "Sở\r\n\u2028Y\u2029tế",
}


def letter(text):
    """A notice with the text as a unit's name, as a leaf's title, label and reason, and as the signer."""
    notice = taken("2024-02")
    first, *others = notice.groups[0].rows
    note = LeafNote("PL1.2", text, Decimal(0), Decimal(10), text, text)
    still_open = LeafNote("PL1.3", text, None, Decimal(10), "", text)
    row = replace(first, name=text, leaves=(note, still_open), unresolved=1, low=Decimal(98))
    groups = (Group("department", (row, *others)), *notice.groups[1:])
    changed = replace(notice, groups=groups, state="draft")
    return changed, letter_of(changed, Signing(number=text, signer=text, position=(text,)))


@pytest.fixture(params=HOSTILE.values(), ids=HOSTILE)
def hostile(request):
    return request.param


def test_html_holds_no_script_and_says_the_text(hostile):
    page = html_bytes(letter(hostile)[1]).decode()
    root = html.fromstring(page)
    assert not root.xpath("//script | //img | //@onerror | //a")
    assert line(hostile) in [cell.text_content() for cell in root.iter("td")]


def test_excel_holds_texts_only(hostile):
    content = xlsx_bytes(letter(hostile)[1])
    book = load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert line(hostile) in [cell.value for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = b"".join(packed.read(name) for name in packed.namelist() if "/worksheets/" in name)
    assert b"<f>" not in parts
    assert b"<hyperlink" not in parts


def test_word_opens_and_says_the_text(hostile):
    document = Document(io.BytesIO(docx_bytes(letter(hostile)[1])))
    said = {cell.text for table in document.tables[1:] for cell in table._cells}
    assert line(hostile) in said
    assert not document.element.xpath("//w:hyperlink | //w:fldSimple")


def test_the_pdf_says_the_text_and_links_nowhere(hostile):
    reader = PdfReader(io.BytesIO(pdf_bytes(letter(hostile)[1], DAY)))
    assert not [page for page in reader.pages if "/Annots" in page]
    text = "".join("".join(page.extract_text().split()) for page in reader.pages).replace("\u200b", "")
    start = "".join(printable(line(hostile)).split())[:8]
    assert start in text


def test_json_is_json(hostile):
    notice, made = letter(hostile)
    answer = notice_answer(notice) | {"letter": letter_answer(made)}
    assert json.loads(json.dumps(answer))["letter"]["signer"] == line(hostile)


def test_a_line_has_nothing_invisible_and_an_end():
    for text in HOSTILE.values():
        shown = line(text)
        assert len(shown) <= 300
        assert shown.isprintable()
    assert line(HOSTILE["right to left"]) == "Sở cod.exe Y tế"
    assert line("Sở\n Y  tế") == "Sở Y tế"
    assert line("A" * 5000).endswith("…")


def test_letters_that_the_fonts_lack_become_squares():
    assert printable("Sở 省 ữ") == "Sở □ ữ"
