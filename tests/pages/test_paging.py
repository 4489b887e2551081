"""How lists go on: the next page only, by a request that changes nothing."""

from __future__ import annotations

from datetime import datetime

import pytest

from pages.paging import read_next
from pages.tree import parse

NOW = datetime.fromisoformat("2026-05-20T09:00:00")
URL = "http://127.0.20.99/tin"


def _next(html: str, url: str = URL) -> tuple[str | None, str]:
    found = read_next(parse(f"<html><body><div>{html}</div></body></html>", url, NOW))
    return (found.request.url if found.request else None), found.paging


@pytest.mark.parametrize(
    ("html", "target"),
    [
        ('<a href="?page=1">1</a> <span class="current">2</span> <a href="?page=3">3</a>', "?page=3"),
        (
            '<ul class="pagination"><li class="active"><a href="?p=1">1</a></li>'
            '<li><a href="?p=2">2</a></li></ul>',
            "?p=2",
        ),
        (
            '<div class="phantrang"><b>1</b> <a href="/tin/trang-2.html">2</a>'
            ' <a href="/tin/trang-9.html">Cuối</a></div>',
            "/tin/trang-2.html",
        ),
        ('<a href="?page=1">1</a><a href="?page=2">2</a><a href="?page=2">Trang sau</a>', "?page=2"),
        ('<div class="pager"><a href="/page/2/">Older posts</a></div>', "/page/2/"),
        (
            '<div class="pager"><a onclick="location.'
            'href=\'/tin?trang=2\'" href="javascript:;">&raquo;</a></div>',
            "?trang=2",
        ),
    ],
)
def test_next_page(html: str, target: str) -> None:
    address, paging = _next(html)
    assert address is not None
    assert address.endswith(target)
    assert paging in ("link", "js")


@pytest.mark.parametrize(
    "html",
    [
        '<ul class="pager"><li class="disabled"><a href="/tin?page=3">Sau</a></li></ul>',
        '<ul class="pager"><li><a href="javascript:;">Trang sau</a></li></ul>',
        '<div class="pager"><a href="/tin?p_p_lifecycle=1&amp;cur=2">Trang sau</a></div>',
        '<div class="pager"><a href="/xoa?page=2">Trang sau</a></div>',
        '<a href="/khac">Tin khác</a><a href="/tin/2">Xem tiếp bài này trên trang khác của cổng</a>',
        '<div class="slider"><a class="arrow" href="#next">&gt;</a></div>',
    ],
)
def test_no_next_page(html: str) -> None:
    assert _next(html)[0] is None


def test_the_last_page_has_no_next() -> None:
    html = '<p class="pagination"><a href="?page=1">1</a><b class="active">3</b></p>'
    assert _next(html, URL + "?page=3") == (None, "link")


def test_a_post_back_keeps_the_state_and_nothing_else() -> None:
    html = (
        '<form action="tin.aspx" method="post"><input type="hidden" name="__VIEWSTATE" value="v">'
        '<input type="hidden" name="__EVENTVALIDATION" value="e">'
        '<input type="text" name="phone" value="0222">'
        "<b>1</b><a href=\"javascript:__doPostBack('grid','Page$2')\">2</a></form>"
    )
    found = read_next(parse(html, URL, NOW))
    assert found.request is not None
    assert (found.request.method, found.paging) == ("POST", "post")
    assert dict(found.request.form) == {
        "__EVENTTARGET": "grid", "__EVENTARGUMENT": "Page$2", "__VIEWSTATE": "v", "__EVENTVALIDATION": "e",
    }  # fmt: skip
