# ruff: noqa: E501 - pages stay on the lines their markup has
"""Contact details: the office's own, told from vendors, forms, articles and other offices."""

from __future__ import annotations

import pytest

from pages.contact import read_contact
from tests.pages_fields.samples import whole

FOOT = (
    "<footer><p>CỔNG THÔNG TIN ĐIỆN TỬ SỞ KHOA HỌC VÀ CÔNG NGHỆ</p><p>Địa chỉ: Số 15 đường Nguyễn Trãi, phường Võ Cường, tỉnh Bắc Ninh</p>"
    "<p>Điện thoại: (0222) 3822 504 - Fax: 0222.3822505</p><p>Email: skhcn@bacninh.gov.vn</p></footer>"
)
BODY = "<body><main><h1>Tin</h1><p>{}</p></main>{}</body>"


def test_footer() -> None:
    contact = read_contact(whole(BODY.format("Nội dung bài viết dài. " * 20, FOOT)))
    assert contact.address == "Số 15 đường Nguyễn Trãi, phường Võ Cường, tỉnh Bắc Ninh"
    assert contact.phone == "(0222) 3822 504" and contact.fax == "0222.3822505"
    assert contact.email == "skhcn@bacninh.gov.vn" and contact.email_official


@pytest.mark.parametrize(
    ("foot", "found"),
    [
        (
            "<p>Trụ sở: Thôn Đông, xã Đại Đồng, tỉnh Bắc Ninh. ĐT: 02223.834.567. Email: ubnd.daidong[at]bacninh[dot]gov.vn</p>",
            "ape!",
        ),
        ("<div><b>Địa chỉ</b>: Khu 1, phường Kinh Bắc</div><div><b>Tel/Fax</b>: 0222 3821 100</div>", "apf"),
        (
            "<p>Địa chỉ : 10 Lý Thái Tổ, phường Suối Hoa</p><p>Hotline: 1900 1234</p><p>E-mail: <a href='mailto:vp@gmail.com'>gửi thư</a></p>",
            "ape",
        ),
        ("<p>Địa chỉ: xã Yên Phong, tỉnh Bắc Ninh - Số điện thoại: +84 222 3860 123</p>", "ap"),
        ("<p>Address: 185 Giang Vo Street, Ha Noi - Phone: (024) 35123536 - Fax: (024) 37366617</p>", "apf"),
        ("<p>Địa chỉ: Số 1 đường A, phường B. Điện thoại: ; Fax: ; Email: </p>", "a"),
        ("<p>Địa chỉ:</p><p>Điện thoại:</p><p>Email:</p>", ""),
        ("<p>UBND xã Đại Đồng, thôn Đông, xã Đại Đồng, tỉnh Bắc Ninh. Điện thoại: 02223.867.301</p>", "ap"),
        (
            "<p>📍 Số 5 Lý Thường Kiệt, xã Gia Bình, tỉnh Bắc Ninh</p><p>☎ 0222.386.5511</p><p>✉ giabinh@bacninh.gov.vn</p>",
            "ape!",
        ),
        ("<p>Di tích tại thôn Đông, xã Đại Đồng, tỉnh Bắc Ninh được xếp hạng.</p>", ""),
        ("<p>Bản quyền © 2026. Giấy phép số 12/GP-TTĐT cấp ngày 24/7/2018</p>", ""),
    ],
)
def test_forms_of_a_footer(foot: str, found: str) -> None:
    contact = read_contact(whole(BODY.format("Bài viết " * 40, f"<footer>{foot}</footer>")))
    letters = {
        "a": contact.address,
        "p": contact.phone,
        "f": contact.fax,
        "e": contact.email,
        "!": contact.email_official,
    }
    assert "".join(letter for letter, value in letters.items() if value) == found


def test_vendor_and_article_are_not_the_office() -> None:
    vendor = "<p>Đơn vị thiết kế: Công ty X - Địa chỉ: 33 Lý Thái Tổ - Điện thoại: 0222 6250 999 - Email: info@congtyx.vn</p>"
    article = "Ý kiến gửi về địa chỉ email: gopy@moj.gov.vn; Địa chỉ: 58 Trần Phú, Hà Nội; điện thoại: 024 6273 9718. "
    contact = read_contact(whole(BODY.format(article + "Nội dung. " * 30, f"<footer>{vendor}</footer>")))
    assert (contact.address, contact.phone, contact.email) == (None, None, None)


def test_form_labels_are_not_details() -> None:
    form = "<form>Họ tên: * <input> Địa chỉ: * <input> Email: <input> SĐT: * <input><select><option>Số 1 Bắc Ninh, Hà Nội</option></select></form>"
    contact = read_contact(
        whole(f"<title>Liên hệ</title><body><main><h1>Liên hệ</h1>{form}</main></body>", "/lien-he")
    )
    assert contact.address is None and contact.phone is None and contact.email is None


def test_contact_page_completes_the_footer() -> None:
    main = (
        "<h1>Thông tin liên hệ</h1><p>UBND XÃ YÊN TRUNG</p><p>Địa chỉ: thôn Yên Lãng, xã Yên Trung</p>"
        "<p>Điện thoại: 0222.3699.111</p><p>Fax: 0222.3699.112</p><p>Thư điện tử: ubnd.yentrung@bacninh.gov.vn</p>"
    )
    foot = "<footer>Địa chỉ: thôn Yên Lãng, xã Yên Trung. Điện thoại: 0222.3699.111</footer>"
    contact = read_contact(
        whole(f"<body><nav><a href=/>Trang chủ</a></nav><main>{main}</main>{foot}</body>", "/lien-he")
    )
    assert contact.fax == "0222.3699.112" and contact.email_official


def test_directory_of_offices_gives_only_the_own_footer() -> None:
    rows = "".join(
        f"<p>UBND xã {n}. Địa chỉ: thôn {n}, xã {n}. Điện thoại: 0222.38{n}0.11{n}. Email: xa{n}@bacninh.gov.vn</p>"
        for n in range(1, 8)
    )
    contact = read_contact(
        whole(
            f"<body><main><h1>Danh bạ</h1>{rows}</main><footer>Địa chỉ: 1 Phù Đổng, phường Kinh Bắc</footer></body>",
            "/danh-ba",
        )
    )
    assert (
        contact.address == "1 Phù Đổng, phường Kinh Bắc" and contact.phone is None and contact.email is None
    )


def test_mail_hidden_by_cloudflare() -> None:
    plain = "vpub@bacninh.gov.vn"
    coded = f"{0x2A:02x}" + "".join(f"{ord(c) ^ 0x2A:02x}" for c in plain)
    foot = f"<footer>Địa chỉ: 10 Phù Đổng, phường Kinh Bắc. Email: <span class=__cf_email__ data-cfemail={coded}>[email protected]</span></footer>"
    contact = read_contact(whole(BODY.format("x " * 100, foot)))
    assert contact.email == plain and contact.email_official


def test_masthead_and_contact_page_complete_the_footer() -> None:
    html = (
        "<html><head><title>{0}</title></head><body><div id='header'><div class='hotline'>Điện thoại: 0222 3875 111</div>"
        "<ul><li><a href='/'>Trang chủ</a></li><li><a href='/lien-he'>Liên hệ</a></li></ul></div>"
        "<main><h1>{0}</h1>{1}</main><div id='footer'>Địa chỉ: Số 33 Nguyễn Đăng Đạo, phường Kinh Bắc, tỉnh Bắc Ninh</div>"
        "</body></html>"
    )
    own = "<p>Văn phòng Sở</p><p>Fax: 0222 3875 112</p><p>Thư điện tử: snv@bacninh.gov.vn</p>"
    person = "<p>Người phụ trách trang thông tin: Ông Lê Văn Thử - ĐT: 0912 345 678 - Email: lvthu@bacninh.gov.vn</p>"
    page_ = whole(html.format("Liên hệ", own + person), "/lien-he")
    contact = read_contact(page_)
    assert (contact.phone, contact.fax, contact.email) == (
        "0222 3875 111",
        "0222 3875 112",
        "snv@bacninh.gov.vn",
    )
    alone = read_contact(whole(html.format("Liên hệ", person), "/lien-he"))
    assert (alone.phone, alone.fax, alone.email) == ("0222 3875 111", None, None)
