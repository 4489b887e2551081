# ruff: noqa: E501 - pages stay on the lines their markup has
"""Registers and document pages in many shapes; every value must be the record's own."""

from __future__ import annotations

from datetime import date

import pytest

from pages.documents import has_document_search, read_document_detail, read_documents
from pages.model import DocumentRow
from tests.pages_fields.samples import HOST, page


def only(body: str) -> DocumentRow:
    rows = read_documents(page(body))
    assert len(rows) == 1, rows
    return rows[0]


TABLE = """
<table class="list"><tr><th>STT</th><th>Số/Ký hiệu</th><th>Ngày ban hành</th><th>Trích yếu</th>
<th>Loại văn bản</th><th>Cơ quan ban hành</th><th>Ngày đăng</th><th>Tải về</th></tr>
<tr><td>1</td><td>65/KH-UBND</td><td>15/05/2026</td><td><a href="/van-ban/65">Kế hoạch chuyển đổi số năm 2026</a></td>
<td>Kế hoạch</td><td>UBND tỉnh</td><td>18/05/2026 08:30</td><td><a href="/documents/65.pdf"><img src="/pdf.png"></a></td></tr>
<tr><td>2</td><td>01 /2018/TT-VPCP</td><td>16-05-2026</td><td><a href="/van-ban/66">Thông tư về kiểm soát thủ tục</a></td>
<td>Thông tư</td><td>VPCP</td><td>18/05/2026</td><td></td></tr></table>"""


def test_table_by_its_header_words() -> None:
    first, second = read_documents(page(TABLE))
    assert (first.number, first.type, first.issuer) == ("65/KH-UBND", "Kế hoạch", "UBND tỉnh")
    assert first.issued and first.issued.date == date(2026, 5, 15)
    assert first.posted and first.posted.date == date(2026, 5, 18)
    assert first.abstract == "Kế hoạch chuyển đổi số năm 2026"
    assert first.file_urls == (f"{HOST}/documents/65.pdf",)
    assert first.url == f"{HOST}/van-ban/65"
    assert second.number == "01 /2018/TT-VPCP"
    assert not second.has_file and second.file_urls == ()
    assert second.effective is None


@pytest.mark.parametrize(
    ("labels", "cells"),
    [
        (("Trích yếu", "Số hiệu", "Ngày BH"), ("Về việc nghỉ lễ", "12/TB-UBND", "4/5/2026")),
        (
            ("NGÀY BAN HÀNH", "SỐ, KÝ HIỆU", "TRÍCH YẾU NỘI DUNG"),
            ("04-05-2026", "12/TB-UBND", "Về việc nghỉ lễ"),
        ),
        (("Số ký hiệu văn bản", "Ngày ký", "Tên văn bản"), ("12/TB-UBND", "04/05/2026", "Về việc nghỉ lễ")),
        (("Số kí hiệu", "Ngày, tháng", "Nội dung"), ("12/TB-UBND", "04/05/2026", "Về việc nghỉ lễ")),
        (
            ("Số / Ký hiệu", "Ngày văn bản", "Tiêu đề"),
            ("Số: 12/TB-UBND", "ngày 4 tháng 5 năm 2026", "Về việc nghỉ lễ"),
        ),
    ],
)
def test_columns_in_any_order_and_wording(labels: tuple[str, ...], cells: tuple[str, ...]) -> None:
    head = "".join(f"<td><b>{label}</b></td>" for label in labels)
    row = only(f"<table><tr>{head}</tr><tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr></table>")
    assert (row.number, row.abstract) == ("12/TB-UBND", "Về việc nghỉ lễ")
    assert row.issued and row.issued.date == date(2026, 5, 4)


def test_header_over_two_rows_with_spans() -> None:
    row = only(
        "<table><tr><th rowspan=2>STT</th><th rowspan=2>Số ký hiệu</th><th colspan=2>Ngày</th>"
        "<th rowspan=2>Trích yếu</th></tr><tr><th>ban hành</th><th>có hiệu lực</th></tr>"
        "<tr><td>1</td><td>05/2026/QĐ-UBND</td><td>02/05/2026</td><td>15/05/2026</td><td>Quy định giá đất</td></tr>"
        "</table>"
    )
    assert row.issued and row.issued.date == date(2026, 5, 2)
    assert row.effective and row.effective.date == date(2026, 5, 15)
    assert row.abstract == "Quy định giá đất"


def test_thead_without_row_group_titles_and_empty_notice() -> None:
    body = (
        "<table><tbody><thead><th>Số hiệu</th><th>Cơ quan ban hành</th><th>Ngày</th><th>Lĩnh vực</th><th>Tên văn bản</th>"
        "</thead><tbody><tr><td colspan=5>Năm 2026</td></tr>"
        "<tr><td>7/2026/TT-BKHCN</td><td>Bộ KHCN</td><td>17/04/2026</td><td>Thông tư</td><td><a href='/x/7'>Về chuẩn kết nối</a>"
        "</td></tr></table>"
    )
    row = only(body)
    assert row.type == "Thông tư" and row.issuer == "Bộ KHCN"
    empty = "<table><tr><th>Số ký hiệu</th><th>Trích yếu</th></tr><tr><td></td><td>Không có văn bản nào</td></tr></table>"
    assert read_documents(page(empty)) == ()


def test_download_controls_without_href() -> None:
    def row(control: str) -> DocumentRow:
        return only(
            "<table><tr><th>Số ký hiệu</th><th>Ngày ban hành</th><th>Trích yếu</th><th>Tải xuống</th></tr>"
            f"<tr><td>9/QĐ-UBND</td><td>15/5/2026</td><td>Thành lập tổ công tác</td><td>{control}</td></tr></table>"
        )

    counted = row(
        "<a onclick=\"CountDown('/count?p_auth=x','12','/documents/12/34/quyet-dinh.pdf')\">Tải</a>"
    )
    assert counted.file_urls == (f"{HOST}/documents/12/34/quyet-dinh.pdf",)
    opened = row(
        "<a href=\"javascript:window.open('/Handler/Download.ashx?id=5')\"><i class='fa fa-download'></i></a>"
    )
    assert opened.file_urls == (f"{HOST}/Handler/Download.ashx?id=5",)
    posted = row("<a href=\"javascript:__doPostBack('ctl00$lnk','')\">Tải về</a>")
    assert posted.has_file and posted.file_urls == ()
    data = row('<button data-file="/upload/a b.docx" onclick="tai(this)">Tải về</button>')
    assert data.file_urls and data.file_urls[0].startswith(f"{HOST}/upload/a")
    empty = row('<a href="">Tải tập tin</a>')
    assert not empty.has_file


def test_sentinel_and_impossible_dates_are_no_dates() -> None:
    rows = read_documents(
        page(
            "<table><tr><th>Số ký hiệu</th><th>Ngày ban hành</th><th>Trích yếu</th></tr>"
            "<tr><td>1/TB-SXD</td><td>31/12/9999</td><td>Thông báo một</td></tr>"
            "<tr><td>2/TB-SXD</td><td>16/72/2020</td><td>Thông báo hai</td></tr>"
            "<tr><td>3/TB-SXD</td><td></td><td>Thông báo ba, ngày 1/5/2026</td></tr></table>"
        )
    )
    assert [row.issued for row in rows] == [None, None, None]


def test_blank_numbers_and_dates_are_no_numbers() -> None:
    body = (
        "<table><tr><th>Số ký hiệu</th><th>Ngày ban hành</th><th>Trích yếu</th></tr>"
        "<tr><td>Số: /KH-UBND</td><td>15/5/2026</td><td>Kế hoạch chưa có số</td></tr>"
        "<tr><td>15/05/2026</td><td>15/5/2026</td><td>Ngày nằm ở cột số</td></tr></table>"
    )
    assert [row.number for row in read_documents(page(body))] == [None, None]


def test_number_and_date_in_one_cell() -> None:
    row = only(
        "<table><tr><th>Số, ký hiệu, ngày ban hành</th><th>Trích yếu</th><th>File</th></tr>"
        "<tr><td>Số 12/QĐ-UBND ngày 15/05/2026</td><td>Phê duyệt quy hoạch</td><td><a href='/f/1.pdf'>pdf</a></td></tr></table>"
    )
    assert row.number == "12/QĐ-UBND"
    assert row.issued and row.issued.date == date(2026, 5, 15)


BLOCK = """
<div class="doc"><div class="t"><a href="/vb/{n}">Quyết định phê duyệt dự án số {n} của tỉnh</a></div>
<div class="r"><div>Số ký hiệu:</div><div>{n}/QĐ-UBND</div></div>
<div class="r"><div>Ngày ban hành:</div><div>1{n}/05/2026</div></div>
<div class="r"><div>Ngày hiệu lực:</div><div></div></div>
<div class="r"><div>Trạng thái:</div><div>Còn hiệu lực</div></div>
<ul><li><a href="/upload/{n}.pdf">File đính kèm</a></li></ul></div>"""


def test_labelled_blocks_one_for_each_record() -> None:
    rows = read_documents(page("<h2>Văn bản</h2>" + "".join(BLOCK.format(n=n) for n in (1, 2, 3))))
    assert [row.number for row in rows] == ["1/QĐ-UBND", "2/QĐ-UBND", "3/QĐ-UBND"]
    assert [row.issued.date.day for row in rows if row.issued] == [11, 12, 13]
    assert all(row.effective is None for row in rows)
    assert rows[1].file_urls == (f"{HOST}/upload/2.pdf",) and rows[1].url == f"{HOST}/vb/2"
    assert rows[1].abstract == "Quyết định phê duyệt dự án số 2 của tỉnh"


def test_one_labelled_block_with_its_own_link_is_a_list() -> None:
    assert len(read_documents(page(BLOCK.format(n=4)))) == 1


def test_labels_inside_one_line() -> None:
    item = (
        '<li><a href="/vb/{n}">Về việc tổ chức hội nghị lần thứ {n} tại xã</a>'
        "<p>Số: {n}/UBND-VX | Ngày ban hành: 0{n}/05/2026 | Cơ quan ban hành: UBND xã</p></li>"
    )
    rows = read_documents(page(f"<ul>{item.format(n=5)}{item.format(n=6)}</ul>"))
    assert [(row.number, row.issuer) for row in rows] == [("5/UBND-VX", "UBND xã"), ("6/UBND-VX", "UBND xã")]
    assert [row.issued.date.day for row in rows if row.issued] == [5, 6]


def test_rows_of_blocks_below_a_header_block() -> None:
    row = '<div class="row"><div>{n}/KH-UBND</div><div>0{n}/05/2026</div><div><a href="/vb/{n}">Kế hoạch số {n}</a></div></div>'
    body = '<div><div class="row h"><div>Số ký hiệu</div><div>Ngày ban hành</div><div>Trích yếu</div></div>'
    rows = read_documents(page(body + row.format(n=1) + row.format(n=2) + "</div>"))
    assert [(r.number, r.abstract) for r in rows] == [
        ("1/KH-UBND", "Kế hoạch số 1"),
        ("2/KH-UBND", "Kế hoạch số 2"),
    ]


def test_list_in_which_numbers_stand_alone() -> None:
    item = '<li><b>{n}/TB-SNV</b> <span>0{n}/05/2026</span><p><a href="/v/{n}">Thông báo tuyển dụng công chức đợt {n}</a></p></li>'
    rows = read_documents(page(f"<ul>{item.format(n=1)}{item.format(n=2)}</ul>"))
    assert [row.number for row in rows] == ["1/TB-SNV", "2/TB-SNV"]
    assert rows[0].issued and rows[0].issued.date == date(2026, 5, 1)
    assert rows[0].abstract == "Thông báo tuyển dụng công chức đợt 1"


@pytest.mark.parametrize(
    "body",
    [
        "<ul><li><a href=1>Quyết định số 12/QĐ-UBND ngày 1/5/2026 về việc khen thưởng</a> 02/05/2026</li>"
        "<li><a href=2>Kế hoạch số 13/KH-UBND về cải cách hành chính</a> 03/05/2026</li></ul>",
        "<table><tr><th>STT</th><th>Tiêu đề</th><th>Ngày đăng</th></tr><tr><td>1</td><td><a href=1>Tin một</a></td>"
        "<td>01/05/2026</td></tr></table>",
        "<table><tr><th>STT</th><th>Tên thủ tục</th><th>Lĩnh vực</th><th>Cơ quan</th></tr><tr><td>1</td>"
        "<td>Cấp giấy phép</td><td>Đất đai</td><td>Sở TNMT</td></tr></table>",
        "<p>Theo Kế hoạch số 65/KH-UBND ngày 15/9/2025, các đơn vị báo cáo trước ngày 22/5/2026.</p>",
        "<form><label>Số ký hiệu:</label><input name=so><label>Trích yếu</label><input name=ty></form>",
        "",
    ],
)
def test_listings_and_prose_are_no_register(body: str) -> None:
    assert read_documents(page(body)) == ()
    assert read_document_detail(page(body)) is None


DETAIL = (
    "<tr><td><b>Số/Ký hiệu</b></td><td>100/2026/QĐ-UBND</td></tr><tr><td>Ngày ban hành</td><td>06-05-2026</td></tr>"
    "<tr><td>Ngày hiệu lực</td><td>16/05/2026</td></tr><tr><td>Loại văn bản</td><td>Quyết định</td></tr>"
    "<tr><td>Cơ quan ban hành</td><td>UBND tỉnh</td></tr><tr><td>Trích yếu</td><td>Quy định mức thu phí</td></tr>"
    "<tr><td>Người ký</td><td></td></tr><tr><td>Tệp đính kèm</td><td><a href='/documents/1/2/qd.pdf/0b1c2d3e-aaaa-bbbb-cccc-1234567890ab?t=1'>qd</a></td></tr>"
)


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Chi tiết văn bản</h1><table>{DETAIL}</table>",
        "<dl><dt>Số ký hiệu</dt><dd>100/2026/QĐ-UBND</dd><dt>Ngày ban hành</dt><dd>06/05/2026</dd><dt>Số trang</dt><dd>4</dd>"
        "<dt>Ngày hiệu lực</dt><dd>16/05/2026</dd><dt>Loại văn bản</dt><dd>Quyết định</dd><dt>Cơ quan ban hành</dt><dd>UBND tỉnh"
        "</dd><dt>Trích yếu</dt><dd>Quy định mức thu phí</dd><dt>Tải về</dt><dd><a href='/a.pdf'>a</a></dd></dl>",
        "<p><strong>Số ký hiệu:</strong> 100/2026/QĐ-UBND</p><p><strong>Ngày ban hành:</strong> 06/05/2026</p>"
        "<p><strong>Ngày có hiệu lực</strong>: 16/05/2026</p><p>Hình thức văn bản: <em>Quyết định</em></p>"
        "<p>Cơ quan ban hành: UBND tỉnh</p><p>Trích yếu: Quy định mức thu phí</p><p>File: <a href='/a.pdf'>a.pdf</a></p>",
        "<div><label>Số hiệu</label><span>100/2026/QĐ-UBND</span></div><div><label>Ngày ban hành</label><span>06/05/2026</span></div>"
        "<div><label>Ngày hiệu lực</label><span>16/05/2026</span></div><div><label>Thể loại</label><span>Quyết định</span></div>"
        "<div><label>Nơi ban hành</label><span>UBND tỉnh</span></div><div><label>Trích yếu</label><span>Quy định mức thu phí</span></div>"
        "<a href='/tai/a.docx'>Tải về</a>",
    ],
)
def test_page_of_one_document(body: str) -> None:
    row = read_document_detail(page(body))
    assert row is not None
    assert (row.number, row.issuer, row.abstract) == ("100/2026/QĐ-UBND", "UBND tỉnh", "Quy định mức thu phí")
    assert row.type == "Quyết định"
    assert row.issued and row.issued.date == date(2026, 5, 6)
    assert row.effective and row.effective.date == date(2026, 5, 16)
    assert row.has_file and row.file_urls
    assert read_documents(page(body)) == ()


def test_related_documents_do_not_hide_the_page_of_one() -> None:
    body = f"<table>{DETAIL}</table><h3>Văn bản liên quan</h3>{TABLE}"
    row = read_document_detail(page(body))
    assert row is not None and row.number == "100/2026/QĐ-UBND"
    assert read_documents(page(body)) == ()


def test_decomposed_letters_and_other_d() -> None:
    import unicodedata

    body = TABLE.replace("65/KH-UBND", "65/QÐ-UBND")
    rows = read_documents(page(unicodedata.normalize("NFD", body)))
    assert rows[0].number == "65/QĐ-UBND" and rows[0].type == "Kế hoạch"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('<form><input name=q placeholder="Nhập số ký hiệu, trích yếu"><button>Tìm</button></form>', True),
        ("<select><option>-- Loại văn bản --</option><option>Quyết định</option></select>", True),
        ("<label for=k>Cơ quan ban hành</label><input id=k type=text>", True),
        ("<div>Số ký hiệu <input name=sokyhieu></div>", True),
        ('<form><input name=q placeholder="Tìm kiếm"></form>', False),
        ("<form><input name=hoten placeholder='Họ tên'><textarea></textarea></form>", False),
        ("<p>Loại văn bản</p>", False),
    ],
)
def test_document_search(body: str, found: bool) -> None:
    assert has_document_search(page(body)) is found


def test_cards_headed_by_kind_and_number() -> None:
    def card(head: str, words: str, issued: str, posted: str) -> str:
        return (
            f'<div class="doc"><h4>{head}</h4><p>{words}</p><dl><dt>Cơ quan ban hành</dt><dd>UBND xã Gia Bình</dd>'
            f"<dt>Ngày ban hành</dt><dd>{issued}</dd><dt>Ngày đăng</dt><dd>{posted}</dd></dl>"
            '<a class="dl" href="/tep/1.pdf">Tải tệp</a></div>'
        )

    rows = read_documents(
        page(
            card("Quyết định số 33/QĐ-UBND", "Phê duyệt danh sách hộ thoát nghèo", "07/05/2026", "11/05/2026")
            + card("Thông báo số 30/TB-UBND", "Kết luận của Chủ tịch UBND xã", "04/05/2026", "05/05/2026")
        )
    )
    assert [(row.number, row.type, row.abstract, row.issuer) for row in rows] == [
        ("33/QĐ-UBND", "Quyết định", "Phê duyệt danh sách hộ thoát nghèo", "UBND xã Gia Bình"),
        ("30/TB-UBND", "Thông báo", "Kết luận của Chủ tịch UBND xã", "UBND xã Gia Bình"),
    ]
    assert all(row.posted and row.issued and row.has_file for row in rows)


def test_a_card_whose_link_is_its_number() -> None:
    card = (
        '<div class="p-4"><a href="/van-ban/{0}">{1}</a><p>{2}</p><dl><div><dt>Loại văn bản:</dt> <dd>Quyết định</dd></div>'
        "<div><dt>Cơ quan ban hành:</dt> <dd>Sở Công Thương</dd></div><div><dt>Ngày ban hành:</dt> <dd>15/05/2026</dd></div>"
        '<div><dt>Ngày đăng tải:</dt> <dd>18/05/2026</dd></div></dl><a href="/f/{0}.pdf" download>Tải về</a></div>'
    )
    cards = card.format(1, "86/QĐ-SCT", "Phê duyệt kế hoạch kiểm tra chuyên ngành")
    cards += card.format(2, "Quyết định số 90/QĐ-SCT", "Thành lập tổ công tác liên ngành")
    rows = read_documents(page(f"<h1>Văn bản</h1>{cards}"))
    assert [(r.number, r.abstract) for r in rows] == [
        ("86/QĐ-SCT", "Phê duyệt kế hoạch kiểm tra chuyên ngành"),
        ("90/QĐ-SCT", "Thành lập tổ công tác liên ngành"),
    ]
    assert all(r.posted and r.issuer == "Sở Công Thương" and r.has_file for r in rows)


@pytest.mark.parametrize("head", ["CQ ban hành", "CQ BH", "Đơn vị BH", "CQBH"])
def test_short_words_for_the_issuer(head: str) -> None:
    table = f"<table><tr><th>Số hiệu</th><th>Trích yếu</th><th>{head}</th><th>Ngày VB</th></tr>"
    row = (
        "<tr><td>12/QĐ-SCT</td><td>Thành lập tổ công tác</td><td>Sở Công Thương</td><td>15/05/2026</td></tr>"
    )
    assert [r.issuer for r in read_documents(page(table + row + "</table>"))] == ["Sở Công Thương"]
