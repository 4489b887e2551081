"""Counting posts: dates, copies, children, coverage."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pages.model import DocumentRow, Item, PageReading
from tests.audit.build import (
    Portal,
    article,
    at,
    context,
    item,
    judge_leaf,
    listing,
    question,
    row,
    stated,
    wall,
)  # fmt: skip

NEWS = "PL1.2"


def posts(count: int, posted: str = "05/05", start: int = 0) -> list[Item]:
    return [item(f"Tin số {n}", posted) for n in range(start, start + count)]


@pytest.mark.parametrize(
    ("count", "level"),
    [
        (0, "none"),
        (1, "below_5"),
        (4, "below_5"),
        (5, "from_5_to_9"),
        (9, "from_5_to_9"),
        (10, "at_least_10"),
        (30, "at_least_10"),
    ],
)
def test_bands(count: int, level: str) -> None:
    finding = judge_leaf(NEWS, Portal().section("news", listing(*posts(count))))
    assert (finding.level, finding.values["count"]) == (level, count)
    assert finding.evidence


@pytest.mark.parametrize(
    ("posted", "counts"), [("22/04", 0), ("23/04", 1), ("22/05", 1), ("23/05", 0), (None, 0)]
)
def test_both_ends_of_the_period_count(posted: str | None, counts: int) -> None:
    portal = Portal().section("news", listing(item("Tin", posted, url="http://so.test/a")))
    portal.page("a", article())
    assert judge_leaf(NEWS, portal).values["count"] == counts


def test_a_date_after_the_fetch_does_not_count_even_inside_the_period() -> None:
    portal = Portal(seen=at("10/05"))
    portal.section("news", listing(item("Tin mai", "11/05"), item("Tin nay", "10/05")))
    assert judge_leaf(NEWS, portal).values["count"] == 1


def test_one_post_in_two_sections_and_at_two_addresses_is_one() -> None:
    same = item("Hội nghị", "05/05")
    copy = item("Hội nghị", "05/05", url="http://so.test/khac/1")
    portal = Portal().section("news", listing(same)).section("news", listing(same, copy), inherited=True)
    assert judge_leaf(NEWS, portal).values["count"] == 1


def test_same_identity_at_two_addresses_is_one_even_with_other_titles() -> None:
    one = item("Hội nghị …", "05/05", url="http://so.test/a", identity="1/2")
    two = item("Hội nghị tổng kết", "05/05", url="http://so.test/b", identity="1/2")
    assert judge_leaf(NEWS, Portal().section("news", listing(one, two))).values["count"] == 1


def test_same_title_and_date_but_other_text_are_two() -> None:
    one, two = (
        item("Thông báo", "05/05", url="http://so.test/a"),
        item("Thông báo", "05/05", url="http://so.test/b"),
    )
    portal = Portal().section("news", listing(one, two))
    portal.page("a", article("05/05", "Về việc nghỉ lễ. Lượt xem: 10"))
    portal.page("b", article("05/05", "Về việc cắt điện. Lượt xem: 11"))
    assert judge_leaf(NEWS, portal).values["count"] == 2


def test_same_text_with_another_view_count_is_one() -> None:
    one, two = (
        item("Thông báo", "05/05", url="http://so.test/a"),
        item("Thông báo", "05/05", url="http://so.test/b"),
    )
    portal = Portal().section("news", listing(one, two))
    portal.page("a", article("05/05", "Về việc nghỉ lễ. Lượt xem: 10"))
    portal.page("b", article("05/05", "Về việc nghỉ lễ. Lượt xem: 999"))
    assert judge_leaf(NEWS, portal).values["count"] == 1


def test_same_title_on_two_days_are_two() -> None:
    portal = Portal().section(
        "news",
        listing(item("Lịch", "05/05", url="http://so.test/a"), item("Lịch", "06/05", url="http://so.test/b")),
    )
    assert judge_leaf(NEWS, portal).values["count"] == 2


def test_the_article_dates_what_its_listing_does_not() -> None:
    portal = Portal().section("news", listing(item("Tin", None, url="http://so.test/a")))
    portal.page("a", article("05/05"))
    assert judge_leaf(NEWS, portal).values["count"] == 1


def test_the_listing_speaks_before_the_article() -> None:
    portal = Portal().section("news", listing(item("Tin", "05/05", url="http://so.test/a")))
    portal.page("a", article("01/01"))
    assert judge_leaf(NEWS, portal).values["count"] == 1


def test_redirected_article_is_found() -> None:
    portal = Portal().section("news", listing(item("Tin", None, url="http://so.test/a")))
    portal.page("a", status=302, headers=(("location", "/b"),), body=b"")
    portal.page("b", article("05/05"))
    assert judge_leaf(NEWS, portal).values["count"] == 1


def test_an_article_that_did_not_come_leaves_the_count_open_only_where_it_matters() -> None:
    few = Portal().section("news", listing(*posts(4), item("Tin lạ", None, url="http://so.test/a")))
    few.page("a", status=None, error="timeout", body=b"")
    finding = judge_leaf(NEWS, few)
    assert (finding.level, finding.possible) == (None, ("from_5_to_9", "below_5"))
    assert finding.reason_code == "count.unread_dates"
    many = Portal().section("news", listing(*posts(6), item("Tin lạ", None, url="http://so.test/a")))
    many.page("a", status=None, error="timeout", body=b"")
    assert judge_leaf(NEWS, many).level == "from_5_to_9"


def test_undated_post_that_was_really_read_is_not_counted() -> None:
    portal = Portal().section("news", listing(*posts(4), item("Tin lạ", None, url="http://so.test/a")))
    portal.page("a", article(None))
    finding = judge_leaf(NEWS, portal)
    assert (finding.level, finding.values["undated"]) == ("below_5", 1)


def test_undated_posts_behind_a_page_of_old_posts_need_no_date() -> None:
    old = listing(item("Tin cũ", "01/02"))
    deep = listing(item("Tin rất cũ", None, url="http://so.test/sau"))
    assert judge_leaf(NEWS, Portal().section("news", listing(*posts(1)), old, deep)).level == "below_5"


def test_a_file_in_the_list_has_no_article_to_wait_for() -> None:
    portal = Portal().section("news", listing(item("Tin", None, url="http://so.test/tep/a.pdf")))
    assert judge_leaf(NEWS, portal).level == "none"


def test_a_failed_listing_with_twelve_posts_is_the_top_level() -> None:
    portal = Portal().section("news", listing(*posts(12)), state="failed", reason="timeout")
    assert judge_leaf(NEWS, portal).level == "at_least_10"


def test_a_failed_listing_with_six_posts_is_open_upwards() -> None:
    portal = Portal().section("news", listing(*posts(6)), state="failed", reason="timeout")
    finding = judge_leaf(NEWS, portal)
    assert (finding.level, finding.possible) == (None, ("at_least_10", "from_5_to_9"))
    assert (finding.values["why"], finding.values["count"]) == ("timeout", 6)


@pytest.mark.parametrize("kind", ["bot_wall", "maintenance", "cut", "unreadable"])
def test_a_hidden_listing_page_was_not_read(kind: str) -> None:
    assert judge_leaf(NEWS, Portal().section("news", wall(kind))).level is None


@pytest.mark.parametrize("kind", ["error_body", "login", "placeholder", "empty"])
def test_a_listing_page_with_nothing_on_it_was_read(kind: str) -> None:
    finding = judge_leaf(NEWS, Portal().section("news", wall(kind, "Nội dung đang được cập nhật")))
    assert finding.level == "none"
    assert "Nội dung đang được cập nhật" in [citation.quote for citation in finding.evidence]


def test_a_broken_child_of_news_keeps_the_count_open() -> None:
    portal = Portal().section("news", listing(*posts(3))).broken("news", inherited=True)
    assert judge_leaf(NEWS, portal).level is None


def test_a_broken_page_that_no_news_needs_changes_nothing() -> None:
    assert judge_leaf(NEWS, Portal().section("news", listing(*posts(3))).broken("other")).level == "below_5"


def test_no_section_is_none_only_when_home_and_site_map_were_seen() -> None:
    finding = judge_leaf(NEWS, Portal())
    assert (finding.level, finding.reason_code) == ("none", "count.no_section")
    assert judge_leaf(NEWS, Portal().broken("sitemap")).level is None
    assert judge_leaf(NEWS, Portal(home=None).broken("home")).level is None
    assert judge_leaf(NEWS, Portal(home=PageReading(kind="home"))).level is None, "a home page without menus"


def test_a_retry_that_came_heals_the_failure() -> None:
    portal = Portal()
    first = portal.page("tin-tuc", status=None, error="timeout", body=b"")
    second = portal.page("tin-tuc", listing(*posts(2)))
    portal.section("news", listing(*posts(1)))
    portal.trails[-1] = replace(portal.trails[-1], captures=(first, second))
    assert judge_leaf(NEWS, portal).level == "below_5"


def test_rows_of_registers_and_questions_are_no_posts() -> None:
    rows = PageReading(kind="document_list", items=(item("QĐ 1", "05/05"),), documents=(row(),))
    asked = PageReading(kind="qa_list", items=(item("Hỏi", "05/05"),), questions=(question("05/05"),))
    portal = (
        Portal().section("news", listing(*posts(1))).section("documents", rows).section("petitions_qa", asked)
    )
    assert [post.title for post in context(portal).posts] == ["Tin số 0"]


def test_documents_count_in_a_section_of_guidance_but_not_in_news() -> None:
    register = PageReading(
        kind="document_list",
        documents=(row("1/HD-SKHCN"), row("2/HD-SKHCN"), row("3/HD-SKHCN", posted="01/02")),
    )
    assert judge_leaf("PL1.5", Portal().section("law_guidance", register)).values["count"] == 2
    assert judge_leaf(NEWS, Portal().section("news", register)).values["count"] == 0


def test_a_document_row_that_is_also_a_post_counts_once() -> None:
    same = "http://so.test/vb/1"
    both = listing(item("Hướng dẫn 1/HD", "05/05", url=same))
    register = PageReading(
        kind="document_list", documents=(DocumentRow("1/HD-SKHCN", posted=stated("05/05"), url=same),)
    )
    portal = Portal().section("law_guidance", both).section("law_guidance", register)
    assert judge_leaf("PL1.5", portal).values["count"] == 1


def test_syndicated_posts_count_and_are_told_apart() -> None:
    portal = Portal().section("news", listing(item("Chủ tịch tỉnh làm việc", "05/05"), *posts(1)))
    province = Portal(base="http://tinh.test/").section(
        "news", listing(item("Chủ tịch tỉnh làm việc", "05/05", url="http://tinh.test/1"))
    )
    finding = judge_leaf(NEWS, portal, province=province)
    assert (finding.values["count"], finding.values["syndicated"]) == (2, 1)


def test_a_section_that_only_leads_outside_is_open() -> None:
    finding = judge_leaf(NEWS, Portal().outside("news", "http://khac.test/"))
    assert (finding.level, finding.values["why"]) == (None, "external")


def test_an_outside_banner_beside_the_section_changes_nothing() -> None:
    portal = Portal().section("news", listing(*posts(2))).outside("news", "http://khac.test/")
    assert judge_leaf(NEWS, portal).level == "below_5"
