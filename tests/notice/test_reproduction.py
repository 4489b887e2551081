"""The published tables taken in: the notice comes out with the same cells, order, totals and figures."""

from __future__ import annotations

import csv
import io
import time
from datetime import date

import pytest
from docx import Document
from lxml import html
from openpyxl import load_workbook
from pypdf import PdfReader

from report.notice.docx_file import docx_bytes
from report.notice.html_file import html_bytes
from report.notice.letter import Letter
from report.notice.pdf_file import pdf_bytes
from report.notice.wording import Signing, letter_of
from report.notice.xlsx_file import xlsx_bytes
from tests.notice.build import APRIL, DATA, taken

TITLES = {"2026-05": ("I.", "II."), "2024-02": ("I.", "II.")}
TOTALS = {"2026-05": ("1.194", "12.192"), "2024-02": ("1.389", "650")}
COLUMNS = ("rank", "name", "required", "full", "partial", "none", "items", "self_score", "reviewed_score")
DAY = date(2026, 5, 25)


def letter(period: str) -> Letter:
    return letter_of(taken(period, APRIL if period == "2026-05" else None), Signing(signer="Phạm Văn Đà"))


def published(period: str) -> list[list[str]]:
    """The rows of a published table as people read them."""
    with (DATA / f"{period}.tsv").open(encoding="utf-8") as source:
        return [[row[name] for name in COLUMNS] for row in csv.DictReader(source, delimiter="\t")]


def units_only(rows: list[list[str]]) -> list[list[str]]:
    """Rows without heads and group lines: those that begin with a place."""
    return [row for row in rows if row[0].isdigit()]


def from_html(made: Letter) -> list[list[str]]:
    root = html.fromstring(html_bytes(made).decode())
    return [
        [cell.text_content() for cell in row.iter("td")]
        for row in root.iter("tr")
        if row.find("td") is not None
    ]


def from_docx(made: Letter) -> list[list[str]]:
    tables = Document(io.BytesIO(docx_bytes(made))).tables
    wide = [table for table in tables if len(table.columns) == len(COLUMNS)]
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return [
        ["".join(text.text or "" for text in cell.iter(f"{space}t")) for cell in row.iter(f"{space}tc")]
        for table in wide
        for row in table._tbl.iter(f"{space}tr")
    ]


def from_xlsx(made: Letter) -> list[list[str]]:
    book = load_workbook(io.BytesIO(xlsx_bytes(made)))
    return [
        ["" if cell.value is None else str(cell.value) for cell in row]
        for sheet in book.worksheets[1:]
        for row in sheet.iter_rows()
    ]


@pytest.mark.parametrize("period", ["2026-05", "2024-02"])
@pytest.mark.parametrize("read", [from_html, from_docx, from_xlsx])
def test_every_cell_is_the_published_one(period, read):
    assert units_only(read(letter(period))) == published(period)


@pytest.mark.parametrize("period", ["2026-05", "2024-02"])
@pytest.mark.parametrize("read", [from_html, from_docx])
def test_the_groups_have_their_totals(period, read):
    rows = [row for row in read(letter(period)) if row[0] in TITLES[period]]
    assert tuple(row[6] for row in rows) == TOTALS[period]


def test_totals_are_numbers_in_the_workbook():
    book = load_workbook(io.BytesIO(xlsx_bytes(letter("2026-05"))))
    totals = [sheet["G3"].value for sheet in book.worksheets[1:]]
    assert totals == [1194, 12192]
    assert r"[>=1000]#\.##0" in book.worksheets[1]["G3"].number_format


@pytest.mark.parametrize(
    ("period", "figures"),
    [
        ("2026-05", ["tháng 5 năm 2026 (23/4/2026 - 22/5/2026)", "Có 101/112 đơn vị đạt 100 điểm.",
                     "13.386 tin, bài, video", "tăng 2.209 tin, bài, video so với tháng trước",
                     "11 đơn vị chưa đạt 100 điểm", "Sở Nội vụ (92 điểm", "UBND xã Trường Sơn (47 điểm"]),
        ("2024-02", ["tháng 02/2024 (23/01/2024 – 22/02/2024)", "Có 01 đơn vị (Huyện Tiên Du: 98 điểm)",
                     "2.039"]),
    ],
)  # fmt: skip
def test_the_sentences_have_the_published_figures(period, figures):
    text = "\n".join(block.text for block in letter(period).body if hasattr(block, "text"))
    assert [each for each in figures if each not in text] == []


def test_fewer_items_than_the_month_before_are_fewer():
    text = " ".join(
        block.text for block in letter_of(taken("2026-05", 13390), Signing()).body if hasattr(block, "text")
    )
    assert "giảm 4 tin, bài, video" in text
    assert "tăng" not in text.replace("tăng cường", "")


def test_without_the_month_before_nothing_is_compared():
    text = " ".join(
        block.text for block in letter_of(taken("2026-05"), Signing()).body if hasattr(block, "text")
    )
    assert "tháng trước" not in text


def test_the_pdf_is_pdf_a_with_vietnamese_whole_and_heads_on_each_page():
    reader = PdfReader(io.BytesIO(pdf_bytes(letter("2026-05"), DAY)))
    pages = [page.extract_text() for page in reader.pages]
    assert "pdfaid" in reader.xmp_metadata.stream.get_data().decode()
    text = "".join(pages)
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "UBND phường Trí Quả",
                  "UBND xã Nghĩa Phương", "PHÓ TRƯỞNG BAN", "Phạm Văn Đà"):  # fmt: skip
        assert words in text
    tables = [page for page in pages if "UBND xã" in page and "Quang Trung" not in page]
    assert len(tables) >= 3
    assert all("Tên đơn vị" in page for page in pages[:4])
    assert not pages[0].lstrip().startswith("1\n")
    assert [page.split()[0] for page in pages[1:]] == [str(number) for number in range(2, len(pages) + 1)]


def test_the_pdf_uses_the_vendored_fonts_only():
    reader = PdfReader(io.BytesIO(pdf_bytes(letter("2026-05"), DAY)))
    fonts = {
        font.get_object()["/BaseFont"].split("+")[-1]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts
    assert all(name.startswith("LiberationSerif") for name in fonts)


def test_word_repeats_heads_and_numbers_pages_from_the_second():
    document = Document(io.BytesIO(docx_bytes(letter("2026-05"))))
    section = document.sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml
    margins = section.left_margin, section.right_margin, section.top_margin
    assert [round(margin.mm) for margin in margins] == [30, 15, 20]
    wide = [table for table in document.tables if len(table.columns) == len(COLUMNS)]
    assert all(table._tbl.xml.count("w:tblHeader") == 2 for table in wide)


def test_all_formats_together_take_less_than_five_seconds():
    started = time.perf_counter()
    made = letter("2026-05")
    sizes = [
        len(each) for each in (html_bytes(made), docx_bytes(made), xlsx_bytes(made), pdf_bytes(made, DAY))
    ]
    assert time.perf_counter() - started < 5
    assert all(size > 5000 for size in sizes)
