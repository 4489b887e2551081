"""The walk decides what to read next from readings alone."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from crawler.plan import CrawlLimits
from pages.capture import PageRequest
from pages.model import DocumentRow, Link, PageReading, Question, SearchForm, Stated, Wall
from tests.crawler.fakes import FakePortal, at, item, menu, plan, trail_of

MAY = date(2026, 5, 10)
OLD = date(2026, 3, 1)
NEWS = menu("Tin tức", "/tin", "news")


def listing(*items: object, next_path: str | None = None, **more: object) -> PageReading:
    follow = PageRequest(at(next_path)) if next_path else None
    return PageReading(kind="listing", items=items, next=follow, **more)  # type: ignore[arg-type]


def test_reads_a_listing_until_a_whole_page_is_older() -> None:
    portal = FakePortal(
        {
            "/": PageReading(kind="home", menu=(NEWS,)),
            "/tin": listing(item("a b", "/1", MAY), next_path="/tin?p=2"),
            "/tin?p=2": listing(item("c d", "/2", OLD), item("e f", "/3", MAY), next_path="/tin?p=3"),
            "/tin?p=3": listing(item("g h", "/4", OLD), next_path="/tin?p=4"),
            "/tin?p=4": listing(item("i j", "/5", OLD)),
        }
    )
    walk = portal.walk()
    trail = trail_of(walk, "news")
    assert trail.state == "complete"
    assert [portal.captures[n].url for n in trail.captures] == [at("/tin"), at("/tin?p=2"), at("/tin?p=3")]
    assert at("/tin?p=4") not in portal.asked


def test_a_pinned_post_does_not_keep_the_listing_going() -> None:
    pinned = item("ghim mãi", "/p", MAY)
    portal = FakePortal(
        {
            "/": PageReading(menu=(NEWS,)),
            "/tin": listing(pinned, item("a", "/1", MAY), next_path="/tin?p=2"),
            "/tin?p=2": listing(pinned, item("b", "/2", OLD), next_path="/tin?p=3"),
            "/tin?p=3": listing(pinned, item("c", "/3", OLD)),
        }
    )
    assert trail_of(portal.walk(), "news").state == "complete"
    assert at("/tin?p=3") not in portal.asked


def test_undated_posts_are_dated_by_their_articles() -> None:
    articles = {
        f"/{n}": PageReading(kind="article", posted=Stated(MAY if n < 3 else OLD)) for n in range(1, 9)
    }
    portal = FakePortal(
        {
            "/": PageReading(menu=(NEWS,)),
            "/tin": listing(*(item(f"t{n}", f"/{n}", None) for n in (1, 2, 3)), next_path="/tin?p=2"),
            "/tin?p=2": listing(*(item(f"t{n}", f"/{n}", None) for n in (4, 5)), next_path="/tin?p=3"),
            "/tin?p=3": listing(*(item(f"t{n}", f"/{n}", None) for n in (6, 7))),
            **articles,
        }
    )
    trail = trail_of(portal.walk(), "news")
    assert (trail.state, len(trail.captures)) == ("complete", 2)
    assert portal.roles[at("/1")] == "article"
    assert at("/6") not in portal.asked


def test_an_article_that_fails_leaves_the_count_open() -> None:
    portal = FakePortal(
        {
            "/": PageReading(menu=(NEWS,)),
            "/tin": listing(item("a", "/1", None), item("b", "/2", MAY)),
            "/1": "error:timeout",
        }
    )
    trail = trail_of(portal.walk(), "news")
    assert (trail.state, trail.reason) == ("failed", "article:timeout")


def test_posts_that_state_no_date_anywhere_are_looked_at_once() -> None:
    pages = {f"/d{n}": PageReading(kind="article") for n in range(60)}
    portal = FakePortal(
        {
            "/": PageReading(menu=(NEWS,)),
            "/tin": listing(*(item(f"t{n}", f"/d{n}", None) for n in range(50)), next_path="/tin?p=2"),
            "/tin?p=2": listing(*(item(f"t{n}", f"/d{n}", None) for n in range(50, 60))),
            **pages,
        }
    )
    trail = trail_of(portal.walk(), "news")
    assert (trail.state, len(trail.captures)) == ("complete", 2)
    assert sum("/d" in url for url in portal.asked) == 20


def test_endless_listing_is_capped_with_its_reason() -> None:
    class Endless(dict):  # type: ignore[type-arg]
        def get(self, key: str, default: object = None) -> object:
            if "/tin" in key:
                number = int(key.partition("p=")[2] or 1)
                return listing(item(f"tin {number}", f"/bai-{number}", MAY), next_path=f"/tin?p={number + 1}")
            return PageReading(menu=(NEWS,)) if key.endswith(("/", "test")) else default

    portal = FakePortal(Endless())
    trail = trail_of(portal.walk(limits=CrawlLimits(listing_pages=7)), "news")
    assert (trail.state, trail.reason, len(trail.captures)) == ("capped", "listing_pages", 7)


def test_a_listing_that_repeats_itself_is_at_its_end() -> None:
    same = [item("a", "/1", MAY), item("b", "/2", MAY)]
    pages = {f"/tin?p={n}": listing(*same, next_path=f"/tin?p={n + 1}") for n in range(2, 60)}
    portal = FakePortal(
        {"/": PageReading(menu=(NEWS,)), "/tin": listing(*same, next_path="/tin?p=2"), **pages}
    )
    assert trail_of(portal.walk(), "news").state == "complete"
    assert sum("/tin" in url for url in portal.asked) == 3


def test_a_page_budget_ends_in_capped_but_keeps_the_probes() -> None:
    form = SearchForm("form", at("/tim"), "q")
    pages = {
        f"/tin?p={n}": listing(
            item(f"tiêu đề số {n} của bản tin", f"/b{n}", MAY), next_path=f"/tin?p={n + 1}"
        )
        for n in range(2, 400)
    }
    first = listing(item("tiêu đề số 1 của bản tin", "/b1", MAY), next_path="/tin?p=2")
    portal = FakePortal(
        {"/": PageReading(menu=(NEWS,), search=form), "/tin": first, "/tim": PageReading(), **pages}
    )
    walk = portal.walk(limits=CrawlLimits(pages=200))
    assert (trail_of(walk, "news").state, trail_of(walk, "news").reason) == ("capped", "pages")
    assert {t.fact("probe") for t in walk.trails() if t.section == "search"} == {"positive", "nonsense"}
    assert len(portal.asked) <= 200


def test_sub_sections_inherit_from_the_page_they_stand_below() -> None:
    below = menu("Trong tỉnh", "/tin/trong-tinh", path_labels=("Tin tức",))
    beside = menu("Thư viện ảnh", "/anh")
    portal = FakePortal(
        {
            "/": PageReading(menu=(NEWS,)),
            "/tin": listing(item("a", "/1", MAY), menu=(NEWS, below, beside)),
            "/tin/trong-tinh": listing(item("b", "/2", MAY)),
            "/anh": listing(item("c", "/3", MAY)),
        }
    )
    walk = portal.walk()
    inner = trail_of(walk, "news", "/tin/trong-tinh")
    assert inner.inherited and inner.state == "complete"
    assert trail_of(walk, "other", "/anh").state == "complete"


def test_posts_repeated_in_a_block_of_links_are_posts_and_no_sections() -> None:
    again = menu("Tin nổi bật một", "/1", inherited=("news",))
    headline = "Lãnh đạo UBND xã kiểm tra thực tế công tác giảm nghèo bền vững"
    named = menu(headline, "/3", "leaders")
    lone = menu("Bài chỉ có ở đây", "/9")
    portal = FakePortal(
        {
            "/": PageReading(menu=(NEWS, again, named, lone)),
            "/tin": listing(
                item("Tin nổi bật một", "/1", MAY), item("Tin hai", "/2", None), item(headline, "/3", MAY)
            ),
            "/1": PageReading(kind="article", posted=Stated(MAY)),
            "/2": PageReading(kind="article", posted=Stated(MAY)),
            "/9": PageReading(
                kind="article", posted=Stated(MAY), menu=(menu("Lưu", "/9.doc"), menu("Sau", "/8"))
            ),
        }
    )
    walk = portal.walk()
    assert [(t.section, t.url) for t in walk.trails()] == [("home", at("/")), ("news", at("/tin"))]
    assert at("/8") not in portal.asked


def test_a_list_that_holds_the_menu_waits_for_none_of_its_pages() -> None:
    broken = menu("Thông báo", "/tb")
    portal = FakePortal(
        {
            "/": PageReading(menu=(NEWS, broken)),
            "/tin": listing(item("Thông báo", "/tb", None), item("Tin", "/1", OLD), next_path="/tin?p=2"),
            "/tb": 500,
        }
    )
    walk = portal.walk()
    assert trail_of(walk, "news").state == "complete"
    assert at("/tin?p=2") not in portal.asked


def test_one_page_with_two_names_gives_two_trails_with_the_same_captures() -> None:
    both = menu("Quy hoạch, dự án", "/qh", "strategy_planning", "projects_procurement")
    portal = FakePortal({"/": PageReading(menu=(both,)), "/qh": listing(item("a", "/1", OLD))})
    walk = portal.walk()
    one, other = trail_of(walk, "strategy_planning"), trail_of(walk, "projects_procurement")
    assert one.captures == other.captures != ()
    assert portal.asked.count(at("/qh")) == 1


def test_menu_entries_elsewhere_are_external_and_not_asked_for() -> None:
    out = menu("Dịch vụ công", "https://dichvucong.gov.vn/", "online_services")
    portal = FakePortal({"/": PageReading(menu=(out,))})
    trail = trail_of(portal.walk(), "online_services")
    assert (trail.state, trail.captures) == ("external", ())
    assert portal.asked == [at("/")]


@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [
        ("error:timeout", "failed", "timeout"),
        ("error:robots", "refused", "robots"),
        (503, "failed", "http_503"),
        ("-> http://127.0.0.1:22/", "external", "off_scope"),
        ("-> http://elsewhere.test/", "external", "off_scope"),
        ("-> /login?next=/tin", "refused", "unsafe:login"),
        ("-> /tin", "failed", "redirects"),
        (PageReading(wall=Wall("bot_wall")), "failed", "bot_wall"),
        (PageReading(wall=Wall("maintenance")), "failed", "maintenance"),
        (PageReading(wall=Wall("error_body")), "complete", None),
        (PageReading(wall=Wall("login")), "complete", None),
        (404, "failed", "http_404"),
        (403, "failed", "http_403"),
    ],
)
def test_how_a_section_ends(answer: object, state: str, reason: str | None) -> None:
    portal = FakePortal({"/": PageReading(menu=(NEWS,)), "/tin": answer})  # type: ignore[dict-item]
    trail = trail_of(portal.walk(), "news")
    assert (trail.state, trail.reason) == (state, reason)
    assert trail.captures


def test_redirects_are_captures_of_the_trail() -> None:
    portal = FakePortal(
        {"/": PageReading(menu=(NEWS,)), "/tin": "-> /tin-moi", "/tin-moi": listing(item("a", "/1", OLD))}
    )
    trail = trail_of(portal.walk(), "news")
    assert [portal.captures[n].url for n in trail.captures] == [at("/tin"), at("/tin-moi")]


def test_two_entries_redirected_to_one_page_fetch_it_once() -> None:
    entries = (menu("Tin tức", "/a", "news"), menu("Sự kiện", "/b", "news"), menu("Thông báo", "/c"))
    portal = FakePortal(
        {
            "/": PageReading(menu=entries),
            "/a": "-> /c",
            "/b": "-> /c",
            "/c": listing(item("a", "/1", OLD)),
        }
    )
    walk = portal.walk()
    assert portal.asked.count(at("/c")) == 1
    assert {t.state for t in walk.trails()} == {"complete"}


def test_redirect_circles_end() -> None:
    entries = (menu("Tin tức", "/a", "news"), menu("Sự kiện", "/b", "news"))
    portal = FakePortal({"/": PageReading(menu=entries), "/a": "-> /b", "/b": "-> /a"})
    walk = portal.walk()
    assert {(t.state, t.reason) for t in walk.trails() if t.section == "news"} == {("failed", "redirects")}


def test_a_home_page_that_fails_ends_the_walk() -> None:
    portal = FakePortal({"/": "error:dns"})
    walk = portal.walk()
    assert [(t.section, t.state, t.reason) for t in walk.trails()] == [("home", "failed", "dns")]
    assert not walk.reached


def test_a_site_map_is_read_and_its_entries_join() -> None:
    entries = (NEWS, menu("Sơ đồ cổng", "/so-do-cong"))
    finance = menu("Ngân sách", "/ns", "finance_report")
    portal = FakePortal(
        {
            "/": PageReading(menu=entries),
            "/so-do-cong": PageReading(kind="sitemap", menu=(NEWS, finance)),
            "/tin": listing(),
            "/ns": listing(item("a", "/1", OLD)),
        }
    )
    walk = portal.walk()
    assert trail_of(walk, "sitemap").state == "complete"
    assert trail_of(walk, "finance_report").state == "complete"
    assert portal.roles[at("/so-do-cong")] == "sitemap"


def test_documents_of_the_period_get_their_page_and_file() -> None:
    rows = (
        DocumentRow("12/QĐ", url=at("/vb/1"), posted=Stated(MAY), file_urls=(at("/f/1.pdf"),)),
        DocumentRow("11/QĐ", url=at("/vb/2"), posted=Stated(OLD), file_urls=(at("/f/2.pdf"),)),
        DocumentRow("10/QĐ", url=at("/vb/3"), issued=Stated(date(2026, 4, 20))),
    )
    portal = FakePortal(
        {
            "/": PageReading(menu=(menu("Văn bản", "/vb", "documents"),)),
            "/vb": PageReading(kind="document_list", documents=rows),
            "/vb/1": PageReading(kind="document"),
            "/vb/3": PageReading(
                kind="document",
                documents=(DocumentRow("10/QĐ", posted=Stated(MAY), file_urls=(at("/f/3.pdf"),)),),
            ),
        }
    )
    portal.walk()
    assert (portal.roles[at("/vb/1")], portal.roles[at("/f/1.pdf")]) == ("document", "file")
    assert portal.roles[at("/f/3.pdf")] == "file"
    assert at("/vb/2") not in portal.asked and at("/f/2.pdf") not in portal.asked


def test_questions_without_an_answer_state_get_their_page() -> None:
    questions = (
        Question("1", at("/q/1"), asked=Stated(MAY), answered_flag=None),
        Question("2", at("/q/2"), asked=Stated(MAY), answered_flag=False),
        Question("3", at("/q/3"), asked=Stated(MAY), answered_flag=True, answered=Stated(MAY)),
        Question("4", at("/q/4"), asked=Stated(MAY), answered_flag=True),
        Question("5", at("/q/5"), asked=Stated(date(2025, 1, 1)), answered_flag=None),
    )
    portal = FakePortal(
        {
            "/": PageReading(menu=(menu("Hỏi đáp", "/q", "petitions_qa"),)),
            "/q": PageReading(kind="qa_list", questions=questions),
        }
    )
    portal.walk()
    assert {url for url, role in portal.roles.items() if role == "petition"} == {at("/q/1"), at("/q/4")}


def test_posts_of_a_section_of_questions_or_documents_are_those() -> None:
    entries = (menu("Hỏi đáp", "/q", "petitions_qa"), menu("Văn bản", "/vb", "documents"))
    march = date(2026, 3, 20)
    portal = FakePortal(
        {
            "/": PageReading(menu=entries),
            "/q": listing(item("Hỏi một", "/q/1", MAY), item("Hỏi hai", "/q/2", march), next_path="/q?p=2"),
            "/q?p=2": listing(item("Hỏi ba", "/q/3", date(2025, 3, 20)), next_path="/q?p=3"),
            "/vb": listing(item("Quyết định", "/vb/1", MAY), item("Quyết định cũ", "/vb/2", OLD)),
            "/vb/1": PageReading(kind="document", files=(Link("Tải", at("/f/1.pdf")),)),
        }
    )
    portal.walk()
    assert {u for u, r in portal.roles.items() if r == "petition"} == {at("/q/1"), at("/q/2")}
    assert (portal.roles[at("/vb/1")], portal.roles[at("/f/1.pdf")]) == ("document", "file")
    assert at("/vb/2") not in portal.asked and at("/q?p=3") not in portal.asked


def test_the_sample_is_the_newest_of_the_period() -> None:
    days = [MAY - timedelta(days=n) for n in range(10)]
    posts = [item(f"tin số {n}", f"/s{n}", day) for n, day in enumerate(days)]
    portal = FakePortal({"/": PageReading(menu=(NEWS,)), "/tin": listing(*posts, item("cũ", "/cu", OLD))})
    portal.walk(plan(sample=4))
    assert {url for url, role in portal.roles.items() if role == "article"} == {
        at(f"/s{n}") for n in range(4)
    }


def test_without_posts_of_the_period_the_newest_few_are_sampled() -> None:
    posts = [item(f"tin {n}", f"/s{n}", OLD - timedelta(days=n)) for n in range(10)]
    portal = FakePortal({"/": PageReading(menu=(NEWS,)), "/tin": listing(*posts)})
    portal.walk(plan(sample_fallback=2))
    assert {url for url, role in portal.roles.items() if role == "article"} == {at("/s0"), at("/s1")}


def test_search_probes_carry_what_is_expected() -> None:
    form = SearchForm("form", at("/tim?x=1"), "q", (("lang", "vi"), ("q", "")))
    title = "Hội nghị tổng kết công tác chuyển đổi số năm 2026"
    portal = FakePortal(
        {
            "/": PageReading(menu=(NEWS,), search=form),
            "/tin": listing(item(title, "/1", MAY), item("Tin ngắn", "/2", MAY)),
        }
    )
    walk = portal.walk()
    positive, nonsense = (t for t in walk.trails() if t.section == "search")
    phrase = positive.fact("phrase") or ""
    assert phrase in title and 4 <= len(phrase.split()) <= 8
    assert (positive.fact("expect_url"), positive.fact("expect_title")) == (at("/1"), title)
    assert positive.url.startswith(at("/tim?x=1&lang=vi&q="))
    assert len(nonsense.fact("phrase") or "") >= 10
    assert nonsense.fact("probe") == "nonsense"


def test_search_by_post_sends_the_forms_fields() -> None:
    form = SearchForm("post_form", at("/tim"), "q", (("p_auth", "x1"), ("cmd", "search")))
    portal = FakePortal({"/": PageReading(search=form), "POST /tim": PageReading()})
    portal.walk()
    sent = portal.requests[-1]
    assert (sent.method, sent.form[:2]) == ("POST", (("p_auth", "x1"), ("cmd", "search")))


def test_search_that_would_act_is_not_sent() -> None:
    form = SearchForm("post_form", at("/tim?p_p_lifecycle=1"), "q")
    walk = FakePortal({"/": PageReading(search=form)}).walk()
    assert trail_of(walk, "search").state == "refused"


def test_a_script_search_is_not_probed() -> None:
    walk = FakePortal({"/": PageReading(search=SearchForm("script_only"))}).walk()
    assert not [t for t in walk.trails() if t.section == "search"]


def test_the_order_of_answers_does_not_change_what_is_found() -> None:
    entries = (
        NEWS,
        menu("Văn bản", "/vb", "documents"),
        menu("Khác", "/khac"),
        menu("Sơ đồ trang", "/sitemap"),
    )
    form = SearchForm("form", at("/tim"), "q")
    posts = [
        item(f"Tin số {n} về công tác cải cách hành chính {n}", f"/s{n}", MAY - timedelta(days=n))
        for n in range(9)
    ]
    pages = {
        "/": PageReading(menu=entries, search=form),
        "/sitemap": PageReading(kind="sitemap", menu=(*entries, menu("Lịch", "/lich", "schedule"))),
        "/tin": listing(
            *posts[:5], next_path="/tin?p=2", menu=(menu("Con", "/con", path_labels=("Tin tức",)),)
        ),
        "/tin?p=2": listing(*posts[5:]),
        "/vb": PageReading(documents=(DocumentRow("1", url=at("/vb/1"), posted=Stated(MAY)),)),
        "/khac": listing(item("u", "/u", None), menu=(menu("Sâu", "/sau"),)),
        "/u": PageReading(posted=Stated(MAY)),
    }
    seen = set()
    for seed in range(12):
        shuffled = random.Random(seed)
        portal = FakePortal(pages, choose=lambda queue, r=shuffled: r.randrange(len(queue)))  # type: ignore[misc]
        walk = portal.walk()
        urls = {n: c.url for n, c in enumerate(portal.captures)}
        trails = tuple(replace(t, captures=()) for t in walk.trails())
        seen.add(
            (
                trails,
                tuple(tuple(urls[n] for n in t.captures) for t in walk.trails()),
                frozenset(portal.asked),
            )
        )
    assert len(seen) == 1


def test_unsafe_links_are_never_asked_for() -> None:
    entries = (
        NEWS,
        menu("Đăng nhập", "/dang-nhap"),
        menu("Xóa", "/van-ban/DelDoccument?p_auth=Ab1", inherited=("news",)),
        menu("Giảm nghèo", "/xoa-doi-giam-ngheo"),
    )
    items = (item("Xóa đói", "/xoa-doi-giam-ngheo-123", None), item("Xóa", "/tin/delete/12", None))
    article = PageReading(kind="article", posted=Stated(MAY))
    pages = {"/": PageReading(menu=entries), "/tin": listing(*items), "/xoa-doi-giam-ngheo-123": article}
    portal = FakePortal(pages)
    walk = portal.walk()
    assert at("/xoa-doi-giam-ngheo") in portal.asked and at("/xoa-doi-giam-ngheo-123") in portal.asked
    assert not [u for u in portal.asked if "delete" in u or "Del" in u or "dang-nhap" in u]
    assert trail_of(walk, "news").state == "complete"


def test_mazes_are_cut_by_name_and_leave_the_rest_alone() -> None:
    entries = (
        NEWS,
        menu("Ngôn ngữ", "/vi/en"),
        menu("English", "/en"),
        *(menu(f"Ngày {n}", f"/lich/{n}") for n in range(80)),
    )
    portal = FakePortal({"/": PageReading(menu=entries), "/tin": listing(item("a", "/1", OLD))})
    walk = portal.walk()
    cuts = walk.facts["cuts"]
    assert isinstance(cuts, dict)
    assert (cuts["locale_recursion"], cuts["other_language"]) == (1, 1)
    assert cuts["entries_alike"] == 80 - 25
    assert trail_of(walk, "news").state == "complete"
    assert ("capped", "entries_alike") in {(t.state, t.reason) for t in walk.trails() if t.section == "other"}


def test_halt_keeps_what_was_read() -> None:
    from crawler.walk import PortalWalk

    portal = FakePortal({"/": PageReading(menu=(NEWS,)), "/tin": listing(item("a", "/1", MAY))})
    walk = PortalWalk(plan(), CrawlLimits(), portal.read)
    (fetch,) = walk.start()
    walk.on_capture(fetch, 0, portal.answer(fetch))
    walk.halt("interrupted")
    assert walk.finished and walk.reached
    assert trail_of(walk, "home").state == "complete"
    assert (trail_of(walk, "news").state, trail_of(walk, "news").reason) == ("capped", "interrupted")


def test_content_sections_have_their_posts_and_files_read() -> None:
    schedule = menu("Lịch công tác", "/lich", "schedule")
    portal = FakePortal(
        {
            "/": PageReading(menu=(schedule,)),
            "/lich": listing(item("Lịch tuần 9", "/l/9", OLD), files=(Link("Tải", at("/f/tong.pdf")),)),
            "/l/9": PageReading(kind="article", files=(Link("Tệp", at("/f/9.pdf")),)),
        }
    )
    portal.walk()
    assert {u for u, r in portal.roles.items() if r == "file"} == {at("/f/tong.pdf"), at("/f/9.pdf")}


def test_a_portal_read_for_petitions_alone() -> None:
    entries = (NEWS, menu("Phản ánh", "/pa", "petitions_qa"), menu("Khác", "/khac"))
    portal = FakePortal(
        {"/": PageReading(menu=entries, search=SearchForm("form", at("/tim"), "q")), "/pa": listing()}
    )
    portal.walk(plan(sections=frozenset({"petitions_qa"}), read_other=False))
    assert set(portal.asked) == {at("/"), at("/pa")}
