"""Menus, drop-downs and banners: labels, addresses, what they stand under."""

from __future__ import annotations

from datetime import datetime

from pages.menus import read_links, read_menu
from pages.tree import Page, parse


def _page(html: str) -> Page:
    return parse(
        f"<html><body>{html}</body></html>",
        "http://127.0.20.99/",
        datetime.fromisoformat("2026-05-20T09:00:00"),
    )


def test_hierarchy_gives_children_their_section() -> None:
    menu = read_menu(
        _page(
            '<nav><ul><li><a href="/">Trang chủ</a></li><li><a href="#">Tin tức - Sự kiện</a>'
            '<ul style="display:none">'
            '<li><a href="/kinh-te">Kinh tế</a></li></ul></li></ul></nav>'
        )
    )
    entry = next(e for e in menu if e.label == "Kinh tế")
    assert (entry.path, entry.sections, entry.inherited) == (("Tin tức - Sự kiện",), (), ("news",))


def test_a_menu_whose_class_speaks_of_pages_is_no_pager() -> None:
    links = "".join(
        f'<li><a href="/{n}">{n}</a></li>' for n in ("Trang chủ", "Tin tức", "Văn bản", "Liên hệ")
    )
    menu = read_menu(_page(f'<nav class="sort-pages modify-pages"><ul>{links}</ul></nav>'))
    assert [e.label for e in menu] == ["Trang chủ", "Tin tức", "Văn bản", "Liên hệ"]


def test_links_of_a_pager_are_no_menu() -> None:
    pager = '<a href="/t?p=2">2</a><a href="/t?p=2">Trang sau</a><a href="/t?p=9">Cuối cùng →</a>'
    assert read_menu(_page(f'<div class="pages">{pager}</div>')) == ()


def test_children_by_address() -> None:
    menu = read_menu(
        _page('<ul><li><a href="/tin-tuc">Tin tức</a></li></ul><a href="/tin-tuc/y-te">Y tế</a>')
    )
    assert next(e for e in menu if e.label == "Y tế").inherited == ("news",)


def test_hidden_menus_are_not_offered() -> None:
    menu = read_menu(
        _page('<div style="display:none"><ul><li><a href="/mau">Mẫu tin tức</a></li></ul></div>')
    )
    assert menu == ()


def test_a_banner_counts_by_its_words() -> None:
    menu = read_menu(_page('<a href="http://dichvucong.gov.vn/"><img alt="Dịch vụ công trực tuyến"></a>'))
    assert [(e.label, e.sections) for e in menu] == [("Dịch vụ công trực tuyến", ("online_services",))]


def test_options_that_lead_somewhere_are_links() -> None:
    links = read_links(
        _page(
            '<select onchange="window.open(this.value)"><option value="">Liên kết</option>'
            '<option value="https://syt.bacninh.gov.vn/">Sở Y tế</option>'
            '<option value="/tinh">Tỉnh</option></select>'
            '<select><option value="7">Không phải liên kết</option></select>'
        )
    )
    assert [(link.label, link.url) for link in links] == [
        ("Sở Y tế", "https://syt.bacninh.gov.vn/"),
        ("Tỉnh", "http://127.0.20.99/tinh"),
    ]
