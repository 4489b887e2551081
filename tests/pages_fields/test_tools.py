# ruff: noqa: E501 - pages stay on the lines their markup has
"""Print and save controls by meaning; what merely looks like one must not be taken."""

from __future__ import annotations

import pytest

from pages.tools import print_control, save_control
from tests.pages_fields.samples import page

PRINTS = [
    '<a href="javascript:window.print()">In</a>',
    '<a href="#" onclick="window.print();return false" title="In bài viết"><img src="/a.gif"></a>',
    '<a href="javascript:_101_printPage_0();">Print</a>',
    '<a href="javascript:void(0)" onclick="printArticle(\'5f\')" title="In"></a>',
    '<button onclick="printDiv()"><i class="fa fa-print"></i></button>',
    '<span class="print-action"><a href="/tin?_101_viewMode=print"><img alt="" src="/theme/print.png"></a></span>',
    '<a href="javascript: void(0)" onclick="nv_open_browse(\'/news/print/bai-viet.html\',\'\',840,500)"><em class="fa fa-print fa-lg"></em></a>',
    '<a class="print" onclick="return PrintSubject();" href="">Bản in</a>',
    '<input type="button" value="In trang" onclick="inBaiViet()">',
    '<a href="/print/12345" target="_blank">Phiên bản in</a>',
    '<a href="/tin-tuc/bai-1?print=1">Xem bản in</a>',
    '<a href="javascript:;" aria-label="In bài viết này"><svg><use href="#printer"></use></svg></a>',
    '<div onclick="In_Tin(5)">In tin này</div>',
    '<a id="btnPrint"><i class="icon-print"></i></a>',
]

NO_PRINT = [
    "<p>Được in trong sách giáo khoa. In ấn phẩm mới.</p>",
    '<a href="/tin/in-an-pham">In ấn phẩm chào mừng ngày thành lập ngành in</a>',
    '<style media="print">.x{}</style><div class="hidden-print"><a href="/fb"><i class="fa fa-facebook"></i></a></div>',
    '<a class="no-print" href="https://facebook.com"><i class="fa fa-share"></i></a>',
    '<a href="/linh-vuc/in-xuat-ban">Báo chí - In - Xuất bản</a>',
    "<script>function printContent(){window.print()}</script><p>Bài</p>",
    '<img src="/upload/may-in-printer-3d.jpg" alt="Máy in 3D">',
    '<a href="/files/print.pdf">Tài liệu</a>',
    '<input type="text" value="In">',
    '<a href="/login" class="sign-in">Đăng nhập</a>',
]

SAVES = [
    '<a title="Lưu bài viết này" href="/news/savefile/bai-viet.html"><em class="fa fa-save"></em></a>',
    '<a href="/tin/xuat?format=pdf">Xuất PDF</a>',
    '<a href="javascript:void(0)" onclick="exportPdf(12)">PDF</a>',
    '<button onclick="downloadArticle(7)">Tải về</button>',
    '<a class="save" href="/_layouts/download.aspx?id=7">Lưu về máy</a>',
    '<a href="/bai-viet/12/export-word">Tải bài viết</a>',
    '<a href="#" onclick="luuBaiViet()" title="Lưu bài viết"><i class="fa fa-floppy-o"></i></a>',
    '<input type="button" value="Lưu bài viết" onclick="SaveArticle()">',
]

NO_SAVE = [
    '<a href="javascript:void(0)" onclick="VHV.alert(\'Bạn chưa đăng nhập hệ thống\',{})"><span>Lưu</span></a>',
    '<a href="/login?back=1">Lưu bài viết</a>',
    '<a href="/van-ban/kem-theo.pdf">Tải về</a>',
    '<a href="/upload/bao-cao.docx" title="Tải file đính kèm">Tải file đính kèm</a>',
    '<a href="/luu-tru">Lưu trữ</a><a href="/cong-tac-luu-tru">Văn thư - Lưu trữ</a>',
    "<p>Lưu ý: đề nghị lưu hồ sơ. Nơi nhận: Lưu: VT.</p>",
    '<a href="#">Lưu</a>',
    '<a href="#">Tải về</a>',
]


@pytest.mark.parametrize("control", PRINTS)
def test_prints(control: str) -> None:
    assert print_control(page(f"<h1>Bài</h1><p>Nội dung</p>{control}"))


@pytest.mark.parametrize("control", NO_PRINT)
def test_prints_nothing(control: str) -> None:
    assert print_control(page(f"<h1>Bài</h1>{control}")) is None


@pytest.mark.parametrize("control", SAVES)
def test_saves(control: str) -> None:
    assert save_control(page(f"<h1>Bài</h1>{control}"))


@pytest.mark.parametrize("control", [*NO_SAVE, *PRINTS])
def test_saves_nothing(control: str) -> None:
    assert save_control(page(f"<h1>Bài</h1>{control}")) is None


def test_quote_is_what_the_control_says() -> None:
    assert print_control(page('<a href="javascript:window.print()">In trang này</a>')) == "In trang này"


@pytest.mark.parametrize(
    ("button", "saves"),
    [
        ('<input type="image" name="b" src="/s.gif" title="Lưu bài viết">', True),
        ("<button>Tải bài viết</button>", True),
        ('<button type="button">Tải bài viết</button>', False),
        ('<input type="submit" value="Lưu">', False),
    ],
)
def test_a_button_that_sends_the_page_saves(button: str, saves: bool) -> None:
    body = f'<form method="post" action="/tin"><h1>Bài</h1><p>Nội dung.</p>{button}</form>'
    assert (save_control(page(body)) is not None) is saves
