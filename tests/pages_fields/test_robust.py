# ruff: noqa: E501 - lists of fragments
"""No page makes a field reader raise, hang, or find something in noise."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.contact import read_contact
from pages.documents import has_document_search, read_document_detail, read_documents
from pages.officer import read_officer
from pages.questions import read_questions
from pages.schedule import read_schedule
from pages.searchform import read_search
from pages.tools import print_control, save_control
from pages.tree import Page
from tests.pages_fields.samples import whole

READERS = (
    read_documents, read_document_detail, has_document_search, read_questions, read_contact, read_officer,
    read_schedule, read_search, print_control, save_control,
)  # fmt: skip

PIECES = (
    "<table>", "</table>", "<tr>", "</tr>", "<td colspan=0>", "<td rowspan=99>", "<th>", "</td>", "<div class=row>", "</div>", "<dl>", "<dt>", "<dd>",
    "<form action=':'>", "<form method=post action='http://[x'>", "</form>", "<input name=q>", "<input>", "<select><option>", "</select>", "<a href='http://[::1'>",
    "<a href='javascript:window.open(&quot;/a.pdf&quot;)'>", "<a onclick=\"CountDown('','x.pdf')\">", "<a href='%zz.pdf'>", "</a>", "<ul><li>", "</ul>", "<br>",
    "Số ký hiệu", "Số ký hiệu:", "Ngày ban hành", "Ngày ban hành: 15/05/2026", "Trích yếu: ", "12/QĐ-UBND", "15/05/2026", "31/02/2026", "Trả lời:", "Câu hỏi",
    "Ngày gửi: 4/5/2026", "Địa chỉ: ", "Điện thoại: 0222", "a@b.gov.vn", "[at]", "Lịch công tác tuần 99/2026", "từ 18/5 - 22/5/2026", "Họ và tên: ", "Cán bộ đầu mối",
    "<h1>", "</h1>", "In", "Lưu", "Tìm kiếm", "\x00", "\ufeff", "\u0323", "&#xD800;", "&nbsp;", "<?xml?>", "<!--", "-->", "<input type=hidden value='[{\"_question_id\":'>",
    "<script>var a='[{\"_question_id\":1}]'</script>", "<svg><a xlink:href='#'>", "<p data-cfemail=zz>", "<span data-cfemail=''>", "<template>", "<main>", "</main>",
)  # fmt: skip


def read_all(page: Page) -> list[object]:
    return [reader(page) for reader in READERS]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=60),
    st.sampled_from(["/", "/lien-he", "/a?b=[", "/lich-cong-tac"]),
)
def test_any_markup_is_read(pieces: list[str], path: str) -> None:
    assert len(read_all(whole("<html><body>" + "".join(pieces), path))) == len(READERS)


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<",
        "x",
        "<html></html>",
        "<body><!-- -->",
        "\ufeff",
        "<table>" * 300,
        "<div>" * 100 + "Số ký hiệu",
    ],
)
def test_degenerate_pages_hold_nothing(html: str) -> None:
    documents, detail, searching, questions, *_ = read_all(whole(html))
    assert (documents, detail, searching, questions) == ((), None, False, ())


def test_big_pages_are_read_in_time() -> None:
    pick = random.Random(5)
    rows = "".join(
        f"<tr><td>{n}/QĐ-UBND</td><td>{pick.randint(1, 28)}/05/2026</td><td><a href=/v/{n}>Việc {n}</a></td></tr>"
        for n in range(1500)
    )
    blocks = "".join(
        f"<div><p>Ngày gửi: 4/5/2026</p><p>Nội dung: việc {n}</p><b>Trả lời:</b><p>Đã làm xong việc này.</p></div>"
        for n in range(800)
    )
    heads = "<table><tr><th>Số ký hiệu</th><th>Ngày ban hành</th><th>Trích yếu</th></tr>"
    started = time.monotonic()
    assert len(read_documents(whole(f"<body>{heads}{rows}</table></body>"))) == 1500
    assert len(read_questions(whole(f"<body>{blocks}</body>"))) == 800
    read_all(whole("<body>" + "<p>Số ký hiệu: </p>" * 4000))
    read_all(whole("<body>" + "<p>Trả lời: có</p>" * 3000))
    read_all(whole("<body>Địa chỉ: " + "0222 " * 40000))
    assert time.monotonic() - started < 10
