"""Menus without lists, and the short lines of links that are no breadcrumb."""

from __future__ import annotations

from datetime import datetime

import pytest

from pages.crumbs import crumb_words
from pages.menus import read_menu
from pages.tree import Page, parse


def _page(html: str, path: str = "/tin") -> Page:
    now = datetime.fromisoformat("2026-05-20T09:00:00")
    return parse(f"<html><body>{html}</body></html>", f"http://127.0.20.99{path}", now)


TEXT = "<p>" + "Sở tổ chức hội nghị triển khai nhiệm vụ. " * 20 + "</p>"


def _inherited(html: str, label: str) -> tuple[str, ...]:
    return next((e.inherited for e in read_menu(_page(html)) if e.label == label), ("unseen",))


@pytest.mark.parametrize(
    "html",
    [
        '<div><button aria-expanded="false">Tin tức</button><div class="hidden"><a href="/a">Công nghiệp</a><a href="/b">Chợ</a></div></div>',  # noqa: E501
        '<div><button>Tin tức</button><div class="hidden group-hover:block"><a href="/a">Công nghiệp</a></div></div>',  # noqa: E501
        '<details><summary>Tin tức</summary><a href="/a">Công nghiệp</a></details>',
        '<header><div><a href="/t">Tin tức</a><div><a href="/a">Công nghiệp</a><a href="/b">Chợ</a></div></div></header>',  # noqa: E501
    ],
)
def test_blocks_below_a_control_are_its_menu(html: str) -> None:
    assert _inherited(html + TEXT, "Công nghiệp") == ("news",)


def test_what_follows_an_opened_block_stands_beside_it() -> None:
    block = '<button>Tin tức</button><div><a href="/a">Công nghiệp</a><a href="/b">Chợ</a></div>'
    assert _inherited(f'<div>{block}<a href="/c">Khác</a></div>{TEXT}', "Khác") == ()


def test_rows_below_a_row_of_words_are_its_menu() -> None:
    rows = "<tr><td><b>{}</b></td></tr><tr><td>&nbsp;<img src=a.gif><a href='/{}1'>Mục {}</a></td></tr><tr><td><a href='/{}2'>Chợ {}</a></td></tr>"  # noqa: E501
    left = "".join(
        rows.format(name, k, k, k, k) for k, name in enumerate(("Giới thiệu", "Tin tức", "Dịch vụ"))
    )
    html = f"<table><tr><td width=190><table>{left}</table></td><td width=600>{TEXT}</td></tr></table>"
    assert [_inherited(html, f"Chợ {k}") for k in range(3)] == [("organisation",), ("news",), ()]


def test_a_hidden_block_that_nothing_opens_is_no_menu() -> None:
    assert read_menu(_page('<div><p>x</p><div class="hidden"><a href="/a">Chợ</a></div></div>')) == ()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('<a href="/">Trang chủ</a> | <a href="/lh">Liên hệ</a> | <a href="/sd">Sơ đồ trang</a>', []),
        ('<a href="/">Trang chủ</a> <a href="/gt">Giới thiệu</a> <a href="/sd">Sơ đồ site</a>', []),
        (
            '<a href="/">Trang chủ</a> » <a href="/t">Tin tức</a> » <a href="/x">Y tế</a>',
            ["Y tế", "Tin tức Y tế"],
        ),
        (
            '<a href="/">Trang chủ</a> | <a href="/t">Tin tức</a> | <a href="/tin">Chợ</a>',
            ["Chợ", "Tin tức Chợ"],
        ),
    ],
)
def test_a_line_of_links_to_other_pages_is_no_breadcrumb(line: str, words: list[str]) -> None:
    assert crumb_words(_page(f"<div>{line}</div><p>{'Nội dung bài. ' * 40}</p>")) == words
