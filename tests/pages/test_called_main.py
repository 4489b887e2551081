"""A short main column among fuller side blocks, as pages without widths or headings print it."""

from __future__ import annotations

from datetime import datetime

import pytest

from pages.tree import parse, text_of

SIDE = "<div class='box'>Đang trực tuyến 25<br>Liên kết website: Sở Công Thương, Sở Xây dựng, Sở Nội vụ</div>"


@pytest.mark.parametrize("name", ["main", "content", "noidung"])
def test_a_block_called_main_with_the_name_of_the_page_is_it(name: str) -> None:
    html = (
        "<html><head><title>Thủ tục hành chính</title></head><body><form><div id='wrapper'>"
        f"<div class='top'>Thứ bảy, 23/05/2026 <input name='q'></div><div id='left'>{SIDE * 3}</div>"
        f"<div id='{name}'><span>Thủ tục hành chính</span><p>Nội dung đang được cập nhật.</p></div>"
        "<div class='end'>Sở Nội vụ<br>Số 33 đường Nguyễn Đăng Đạo</div></div></form></body></html>"
    )
    page = parse(html, "http://127.0.20.99/tthc", datetime.fromisoformat("2026-05-20T09:00:00"))
    assert text_of(page.main) == "Thủ tục hành chính Nội dung đang được cập nhật."
