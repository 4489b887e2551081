"""Records whose class names carry the word of a pager are records."""

from __future__ import annotations

from datetime import datetime

import pytest

from pages.groups import boxes
from pages.tree import parse


def _record(number: int, title: str) -> str:
    url = f"/chi-tiet?/{number}"
    return (
        f'<div class="DanhsachTin_Phantrang_item"><div><a href="{url}"><img src="/t.jpg" alt=""></a></div>'
        f'<div class="tieude"><a href="{url}">{title}</a> <span>({number}/05/2026)</span></div></div>'
    )


@pytest.mark.parametrize(
    "titles",
    [
        ("Công bố quyết định điều động cán bộ", "Tổng kết công tác quốc phòng địa phương"),
        ("Lịch tuần 18/5 - 22/5/2026", "Lịch tuần 11/5 - 15/5/2026"),
    ],
)
def test_records_named_after_their_pager_are_read(titles: tuple[str, str]) -> None:
    rows = "".join(_record(12 - at, title) for at, title in enumerate(titles))
    menu = '<ul><li><a href="/">Trang chủ</a></li><li><a href="/t">Tin tức</a></li></ul>'
    head = '<div class="KhoiTieuDe">Lịch công tác</div>'
    html = f'<html><body>{menu}<div>{head}<div class="DanhsachTin_Phantrang">{rows}</div></div></body></html>'
    page = parse(html, "http://127.0.20.99/t", datetime.fromisoformat("2026-05-20T09:00:00"))
    assert [record.title.text for box in boxes(page) for record in box.records] == list(titles)
