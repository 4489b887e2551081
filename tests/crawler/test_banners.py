"""Pictures without words: the walk follows them and learns from the pages what they are."""

from __future__ import annotations

from datetime import date

from pages.model import Item, MenuEntry, PageReading
from tests.crawler.fakes import FakePortal, at, item, menu, trail_of

MAY = date(2026, 5, 10)


def listing(post: Item, *names: str) -> PageReading:
    return PageReading(kind="listing", items=(post,), names=names)


def banner(path: str, *inherited: str) -> MenuEntry:
    return MenuEntry("", at(path), inherited=inherited, picture=True)


def test_a_picture_leads_to_what_the_page_calls_itself() -> None:
    portal = FakePortal(
        {
            "/": PageReading(kind="home", menu=(banner("/a"), banner("/b", "news"))),
            "/a": listing(item("t", "/1", MAY), "Trang 1", "Phổ biến, giáo dục pháp luật"),
            "/b": listing(item("u", "/2", MAY), "Văn bản"),
        }
    )
    trails = {trail.url: trail for trail in portal.walk().trails()}
    assert (trails[at("/a")].section, trails[at("/a")].label) == (
        "law_guidance",
        "Phổ biến, giáo dục pháp luật",
    )
    assert (trails[at("/b")].section, trails[at("/b")].inherited) == ("documents", False)


def test_an_unread_picture_is_missing_from_the_section_its_address_names() -> None:
    home = PageReading(kind="home", menu=(banner("/van-ban-phap-quy", "documents"), banner("/x")))
    walk = FakePortal({"/": home, "/van-ban-phap-quy": 404, "/x": 404}).walk()
    assert (trail_of(walk, "documents").state, trail_of(walk, "documents").inherited) == ("failed", True)
    assert trail_of(walk, "other").url == at("/x")


def test_words_in_a_menu_outweigh_the_page_behind_a_picture() -> None:
    portal = FakePortal(
        {
            "/": PageReading(kind="home", menu=(banner("/a"), menu("Tin tức", "/a", "news"))),
            "/a": listing(item("t", "/1", MAY), "Lịch công tác"),
        }
    )
    assert {trail.section for trail in portal.walk().trails() if trail.url == at("/a")} == {"news"}
