"""Links that only a picture names, and what pages call themselves."""

from __future__ import annotations

from datetime import UTC, datetime

from pages.banners import own_names, read_banners
from pages.tree import Page, parse

NOW = datetime(2026, 5, 23, 8, 0, tzinfo=UTC)
HOST = "http://127.0.0.9:8000"


def page(body: str, title: str = "") -> Page:
    text = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    return parse(text, f"{HOST}/", NOW)


def test_a_picture_without_words_is_known_by_its_address() -> None:
    found = read_banners(page('<div><a href="/lay-y-kien-van-ban-du-thao"><img src="b1.png"></a></div>'))
    assert [(e.label, e.url, e.sections, e.inherited, e.picture) for e in found] == [
        ("", f"{HOST}/lay-y-kien-van-ban-du-thao", (), ("draft_consultation",), True)
    ]


def test_an_address_that_says_nothing_is_kept_all_the_same() -> None:
    (entry,) = read_banners(page('<a href="/web/guest/ab12"><img src="b.png" alt="banner 3"></a>'))
    assert (entry.label, entry.inherited, entry.picture) == ("banner 3", (), True)


def test_words_anywhere_make_it_no_banner() -> None:
    told = '<a href="/x"><img src="a.png"></a><p><a href="/x">Hội nghị sơ kết</a></p>'
    assert read_banners(page(told)) == ()
    assert read_banners(page('<a href="/x"><img src="a.png" alt="Lịch công tác"></a>')) == ()


def test_other_hosts_files_and_hidden_pictures_are_left_out() -> None:
    links = (
        '<a href="http://khac.test/x"><img src="a.png"></a>',
        '<a href="/anh/to.jpg"><img src="nho.jpg"></a>',
        '<div style="display:none"><a href="/x"><img src="a.png"></a></div>',
        '<a href="/x"></a>',
    )
    assert [read_banners(page(link)) for link in links] == [()] * 4


def test_posts_are_no_banners() -> None:
    assert read_banners(page('<a href="/bai/7"><img src="a.png"></a>'), frozenset({f"{HOST}/bai/7"})) == ()


def test_a_page_is_called_by_its_breadcrumb_heading_and_head() -> None:
    crumbs = '<div class="bc"><a href="/">Trang chủ</a> » <span>Công khai ngân sách</span></div>'
    main = crumbs + "<div><h1>Báo cáo</h1><p>" + "Nội dung của trang này. " * 20 + "</p></div>"
    names = own_names(page(main, "Tài chính | Sở A"), None)
    assert names == ("Công khai ngân sách", "Báo cáo", "Tài chính")


def test_an_article_is_called_by_its_title_alone() -> None:
    assert own_names(page("<h1>Khác</h1>", "Tin tức - Sở A"), "Người phát ngôn") == ("Người phát ngôn",)
