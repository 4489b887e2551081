# ruff: noqa: E501 - pages stay on the lines their markup has
"""The contact officer's block, and the blocks that are somebody else's."""

from __future__ import annotations

import pytest

from pages.officer import read_officer
from tests.pages_fields.samples import page

LINES = (
    "<p>Họ và tên: Nguyễn Thị Mẫu</p><p>Chức vụ: Phó Chánh Văn phòng</p><p>Đơn vị công tác: Văn phòng Sở</p>"
    "<p>Điện thoại: 0222.3822.504</p><p>Fax: 0222.3822.505</p><p>Email: ntmau@bacninh.gov.vn</p>"
)
TABLE = (
    "<table><tr><th>TT</th><th>Họ và tên</th><th>Chức vụ</th><th>Đơn vị công tác</th><th>Số điện thoại</th><th>Thư điện tử</th></tr>"
    "<tr><td>1</td><td>Ông Trần Văn Thử</td><td>Chuyên viên</td><td>Phòng HC</td><td>0912.345.678</td><td>tvthu@bacninh.gov.vn</td></tr></table>"
)
SHEET = (
    "<table><tr><td>Họ tên</td><td>Lê Thị Thử Nghiệm</td></tr><tr><td>Chức danh</td><td>Văn thư</td></tr>"
    "<tr><td>Điện thoại</td><td>0222 123 4567</td></tr><tr><td>Email</td><td>lttn@bacninh.gov.vn</td></tr></table>"
)


def parts(body: str, path: str = "/lien-he", title: str = "Cổng") -> str:
    officer = read_officer(page(body, path, title))
    names = {
        "n": officer.name,
        "p": officer.position,
        "w": officer.workplace,
        "t": officer.phone,
        "f": officer.fax,
        "e": officer.email,
    }
    return "".join(letter for letter, value in names.items() if value)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (f"<h1>Thông tin cán bộ đầu mối liên hệ</h1>{LINES}", "npwtfe"),
        (f"<h1>Cán bộ, công chức làm đầu mối liên hệ</h1>{TABLE}", "npwte"),
        (f"<h2>Thông tin liên hệ của cán bộ, công chức có thẩm quyền</h2>{SHEET}", "npte"),
        (
            f"<h1>Liên hệ</h1><p>Địa chỉ: 1 Phù Đổng</p><p>Điện thoại: 0222.3.111.222</p><h3>Cán bộ đầu mối</h3>{LINES}",
            "npwtfe",
        ),
        (
            "<h1>Đầu mối liên hệ</h1><p>Họ và tên: Nguyễn Thị Mẫu</p><p>Chức vụ: Chuyên viên</p><p>Điện thoại: (đang cập nhật)</p>",
            "np",
        ),
        (f"<h1>Ban lãnh đạo Sở</h1>{TABLE}", ""),
        (f"<h1>Danh bạ điện thoại</h1>{TABLE}", ""),
        (f"<h1>Liên hệ</h1>{LINES.replace('Nguyễn Thị Mẫu', '')}", ""),
        ("<h1>Cán bộ đầu mối liên hệ</h1><p>Nội dung đang được cập nhật</p>", ""),
        (
            "<h1>Đầu mối liên hệ</h1><p>Địa chỉ: 1 Phù Đổng</p><p>Điện thoại: 0222.3.111.222</p><p>Email: a@bacninh.gov.vn</p>",
            "",
        ),
        ('<h1>Tin</h1><ul><li><a href="/x">Cán bộ đầu mối liên hệ</a></li></ul>' + LINES, ""),
    ],
)
def test_officer(body: str, found: str) -> None:
    assert parts(body) == found


def test_values_are_quoted() -> None:
    officer = read_officer(page(f"<h1>Cán bộ đầu mối</h1>{TABLE}"))
    assert (officer.name, officer.phone, officer.email) == (
        "Trần Văn Thử",
        "0912.345.678",
        "tvthu@bacninh.gov.vn",
    )


def test_office_phone_before_the_block_is_not_the_officers() -> None:
    body = "<p>Điện thoại: 0222.3.111.222</p><h3>Cán bộ đầu mối liên hệ</h3><p>Họ và tên: Nguyễn Thị Mẫu</p><p>Chức vụ: Văn thư</p>"
    assert parts(f"<h1>Liên hệ</h1>{body}") == "np"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (
            "<h1>Liên hệ</h1><p><strong>Đầu mối tiếp nhận thông tin:</strong></p><p>Bà Nguyễn Thị Mẫu - Chuyên viên Văn phòng Sở</p>"
            "<p>Điện thoại: 0204 3555 777; Email: ntmau@bacninh.gov.vn</p>",
            "npte",
        ),
        (
            "<h1>Liên hệ</h1><p>Fax: 0222 3875 112</p><p><b>Người phụ trách trang thông tin:</b> Ông Lê Văn Thử - Chánh Văn phòng - ĐT 0912 345 678</p>",
            "npt",
        ),
        (
            "<h1>Liên hệ</h1><p>Cán bộ đầu mối: <b>Đồng chí Lê Văn Thử</b>, Chuyên viên, Phòng Hành chính, fax 0222.3.111.222</p>",
            "npwf",
        ),
        ("<h1>Cán bộ đầu mối liên hệ</h1><p>Ông bà vui lòng gọi số 0222 3875 112</p>", ""),
        ("<h1>Liên hệ</h1><p>Giám đốc: Ông Lê Văn Thử - ĐT 0912 345 678</p>", ""),
    ],
)
def test_an_officer_named_in_running_text(body: str, found: str) -> None:
    assert parts(body) == found
