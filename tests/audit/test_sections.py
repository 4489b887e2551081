"""Presence, components, schedule, service link and print tools."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from audit.auditors.presence import months_before
from pages.model import Contact, Link, MenuEntry, Officer, PageReading, ScheduleRange
from tests.audit.build import HOME, Portal, article, day, item, judge_leaf, listing, row, wall

LONG = "Sở được thành lập năm 1997 và đã trải qua nhiều giai đoạn phát triển. " * 5


# --- presence ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page",
    [
        PageReading(kind="article", text=LONG),
        listing(item("Bài")),
        PageReading(kind="other", files=(Link("Tệp", "http://so.test/a.pdf"),)),
        PageReading(kind="document_list", documents=(row(),)),
    ],
)
def test_a_section_that_holds_something(page: PageReading) -> None:
    finding = judge_leaf("PL1.1.2", Portal().section("history", page))
    assert (finding.level, finding.reason_code) == ("yes", "presence.found")
    assert finding.evidence[0].url.startswith("http://so.test/history")


@pytest.mark.parametrize(
    "page",
    [
        PageReading(kind="article", text="Đang cập nhật"),
        PageReading(kind="article", text="", items=(item("Tin liên quan"),)),
        wall("placeholder"),
        wall("login"),
        wall("error_body"),
        wall("empty"),
        PageReading(kind="article", text="x" * 199),
    ],
)
def test_a_section_that_holds_nothing(page: PageReading) -> None:
    finding = judge_leaf("PL1.1.2", Portal().section("history", page))
    assert (finding.level, finding.reason_code) == ("no", "presence.empty")
    assert len(finding.evidence) >= 2, "the home page and the section's page"


def test_a_child_entry_holds_it() -> None:
    portal = (
        Portal()
        .section("history", wall("placeholder"))
        .section("history", article(text=LONG), inherited=True)
    )
    assert judge_leaf("PL1.1.2", portal).level == "yes"


@pytest.mark.parametrize(
    "portal",
    [
        Portal().broken("history"),
        Portal().section("history", wall("maintenance")),
        Portal().broken("sitemap"),
    ],
)
def test_unseen_is_not_absent(portal: Portal) -> None:
    finding = judge_leaf("PL1.1.2", portal)
    assert (finding.level, finding.possible, finding.reason_code) == (None, ("yes", "no"), "presence.unseen")
    assert finding.evidence


def test_no_section_is_no() -> None:
    assert judge_leaf("PL1.1.2", Portal()).reason_code == "presence.no_section"


@pytest.mark.parametrize(
    ("posted", "level"), [("22/11/2024", "yes"), ("21/11/2024", "no"), ("01/05/2026", "yes"), (None, None)]
)
def test_a_finance_report_must_be_of_the_last_eighteen_months(posted: str | None, level: str | None) -> None:
    portal = Portal().section("finance_report", listing(item("Báo cáo", posted, url="http://so.test/a")))
    portal.page("a", article())
    assert judge_leaf("PL1.7.1", portal).level == level


def test_the_article_dates_an_undated_report() -> None:
    portal = Portal().section("finance_report", listing(item("Báo cáo", None, url="http://so.test/a")))
    portal.page("a", article("01/03"))
    assert judge_leaf("PL1.7.1", portal).level == "yes"


def test_a_report_dated_after_the_period_does_not_make_it_recent() -> None:
    portal = Portal().section("finance_report", listing(item("Báo cáo", "23/05"), item("Cũ", "01/05/2020")))
    assert judge_leaf("PL1.7.1", portal).level == "no"


def test_old_reports_beside_an_unread_page_stay_open() -> None:
    portal = Portal().section(
        "finance_report", listing(item("Cũ", "01/05/2020")), state="capped", reason="pages"
    )
    assert judge_leaf("PL1.7.1", portal).level is None


def test_months_before() -> None:
    assert months_before(date(2026, 5, 22), 18) == date(2024, 11, 22)
    assert months_before(date(2026, 8, 31), 18) == date(2025, 2, 28)
    assert months_before(date(2026, 1, 15), 1) == date(2025, 12, 15)


def test_the_procedure_portal_opened_from_the_menu_counts() -> None:
    url = "https://dichvucong.gov.vn/p/home"
    home = replace(HOME, menu=(*HOME.menu, MenuEntry("Thủ tục hành chính", url, ("procedures",))))
    portal = Portal(home).outside("procedures", url)
    assert judge_leaf("PL1.4.1", portal).reason_code == "presence.external"
    assert judge_leaf("PL1.4.1", Portal().outside("procedures", "https://khac.test/")).level is None


# --- service link -----------------------------------------------------------------------------------


def test_service_link() -> None:
    linked = replace(HOME, links=(*HOME.links, Link("Dịch vụ công", "https://www.dichvucong.gov.vn/")))
    assert judge_leaf("PL1.4.2", Portal(linked)).level == "yes"
    assert judge_leaf("PL1.4.2", Portal()).level == "no"
    assert judge_leaf("PL1.4.2", Portal().broken("online_services")).level is None
    fake = replace(HOME, links=(Link("Dịch vụ công", "https://dichvucong.gov.vn.example/"),))
    assert judge_leaf("PL1.4.2", Portal(fake)).level == "no"


# --- components -------------------------------------------------------------------------------------

STRUCTURE = article(text="Cơ cấu tổ chức của Sở gồm Ban Giám đốc. " + LONG)
FUNCTIONS = article(text="Sở có chức năng tham mưu. " + LONG)
UNITS = listing(item("Các đơn vị sự nghiệp trực thuộc Sở"))


def test_all_some_and_none_of_the_parts() -> None:
    every = (
        Portal()
        .section("organisation", STRUCTURE)
        .section("organisation", FUNCTIONS)
        .section("organisation", UNITS)
    )
    finding = judge_leaf("PL1.1.1", every)
    assert (finding.level, finding.reason_code, len(finding.evidence)) == ("full", "components.all", 3)
    some = judge_leaf("PL1.1.1", Portal().section("organisation", STRUCTURE))
    assert (some.level, some.values["missing"]) == ("partial", ["functions", "subordinate_units"])
    none = judge_leaf("PL1.1.1", Portal().section("organisation", wall("placeholder")))
    assert (none.level, none.reason_code) == ("none", "components.none")
    assert judge_leaf("PL1.1.1", Portal()).reason_code == "components.no_section"


def test_parts_that_were_not_seen_leave_it_open() -> None:
    finding = judge_leaf("PL1.1.1", Portal().section("organisation", STRUCTURE).broken("organisation"))
    assert (finding.level, finding.possible) == (None, ("full", "partial"))
    assert judge_leaf("PL1.1.1", Portal().broken("organisation")).possible == ("full", "partial", "none")


def test_a_heading_with_nothing_under_it_shows_no_part() -> None:
    bare = PageReading(kind="article", headings=("Cơ cấu tổ chức",), text="Đang xây dựng")
    assert judge_leaf("PL1.1.1", Portal().section("organisation", bare)).level == "none"
    chart = PageReading(
        kind="article", headings=("Cơ cấu tổ chức",), images=(Link("", "http://so.test/a.jpg"),)
    )
    assert judge_leaf("PL1.1.1", Portal().section("organisation", chart)).level == "partial"


def test_words_in_the_article_behind_a_list_count() -> None:
    portal = Portal().section("organisation", listing(item("Giới thiệu", None, url="http://so.test/gt")))
    portal.page("gt", STRUCTURE)
    assert judge_leaf("PL1.1.1", portal).level == "partial"


def test_a_map_that_is_only_a_picture() -> None:
    picture = PageReading(kind="article", images=(Link("Bản đồ hành chính xã", "http://so.test/m.jpg"),))
    finding = judge_leaf("PL2.1.1", Portal().section("boundary_map", picture))
    assert (finding.level, finding.values["found"]) == ("partial", 1)


def test_contact_details_anywhere_on_home_or_contact_page() -> None:
    footer = replace(HOME, contact=Contact("Số 1", "0222", None, "a@gmail.com", False))
    assert judge_leaf("PL1.1.3", Portal(footer)).values["missing"] == ["fax", "official_email"]
    whole = Contact(None, None, "0223", "so@bacninh.gov.vn", True)
    portal = Portal(footer).section("contact", PageReading(kind="contact", contact=whole))
    assert judge_leaf("PL1.1.3", portal).level == "full"
    assert judge_leaf("PL1.1.3", Portal()).level == "none"


def test_the_officers_details_are_of_one_page() -> None:
    half = PageReading(kind="contact", officer=Officer(name="A", position="B"))
    more = PageReading(kind="contact", officer=Officer(name="C", position="D", phone="1"))
    finding = judge_leaf("PL1.1.4", Portal().section("contact", half, more))
    assert (finding.level, finding.values["found"]) == ("partial", 3)
    assert {citation.quote for citation in finding.evidence} == {"C", "D", "1"}
    whole = Officer("C", "D", "E", "1", "2", "c@bacninh.gov.vn")
    assert (
        judge_leaf("PL1.1.4", Portal().section("contact", PageReading(kind="contact", officer=whole))).level
        == "full"
    )


# --- schedule ---------------------------------------------------------------------------------------


def week(first: str, last: str, quote: str = "") -> ScheduleRange:
    return ScheduleRange(day(first), day(last), quote or f"{first} - {last}")


@pytest.mark.parametrize(
    ("first", "last", "level"),
    [
        ("04/05", "08/05", "no"),
        ("04/05", "09/05", "yes"),
        ("22/05", "28/05", "yes"),
        ("23/05", "29/05", "no"),
    ],
)
def test_a_schedule_must_touch_the_last_fourteen_days(first: str, last: str, level: str) -> None:
    page = PageReading(kind="schedule", schedule=(week(first, last),))
    assert judge_leaf("PL1.10", Portal().section("schedule", page)).level == level


def test_a_schedule_in_an_article_of_the_section() -> None:
    portal = Portal().section("schedule", listing(item("Lịch công tác", "18/05", url="http://so.test/l")))
    portal.page("l", article("18/05", schedule=(week("18/05", "22/05"),)))
    assert judge_leaf("PL1.10", portal).level == "yes"


def test_a_schedule_post_whose_days_cannot_be_read_is_open() -> None:
    portal = Portal().section("schedule", listing(item("Lịch công tác mới", "18/05")))
    assert judge_leaf("PL1.10", portal).reason_code == "schedule.unread_range"
    read = listing(
        item("Lịch từ 20/4 đến 26/4", "18/05"), schedule=(week("20/04", "26/04", "từ 20/4 đến 26/4"),)
    )
    assert judge_leaf("PL1.10", Portal().section("schedule", read)).level == "no"


def test_no_schedule() -> None:
    assert judge_leaf("PL1.10", Portal()).reason_code == "schedule.no_section"
    assert judge_leaf("PL1.10", Portal().section("schedule", wall("empty"))).reason_code == "schedule.none"
    assert judge_leaf("PL1.10", Portal().broken("schedule")).reason_code == "schedule.unseen"


# --- print and save ---------------------------------------------------------------------------------

TOOLS = {"print_control": "In", "save_control": "Lưu"}


def with_articles(posted: str, *pages: PageReading | None) -> Portal:
    urls = [f"http://so.test/b/{n}" for n in range(len(pages))]
    portal = Portal().section(
        "news", listing(*(item(f"Bài {n}", posted, url=url) for n, url in enumerate(urls)))
    )
    for url, page in zip(urls, pages, strict=True):
        portal.page(url, page, status=200 if page else None, error=None if page else "timeout")
    return portal


def test_every_article_of_the_sample_must_have_both_tools() -> None:
    good, bad = article(**TOOLS), article(print_control="In")
    assert judge_leaf("PL1.12.3", with_articles("05/05", good, good)).level == "yes"
    finding = judge_leaf("PL1.12.3", with_articles("05/05", good, bad))
    assert (finding.level, finding.values["missing"], finding.evidence[0].url) == (
        "no",
        ["save"],
        "http://so.test/b/1",
    )


def test_one_unread_article_opens_only_a_clean_sample() -> None:
    assert judge_leaf("PL1.12.3", with_articles("05/05", article(**TOOLS), None)).level is None
    assert judge_leaf("PL1.12.3", with_articles("05/05", article(), None)).level == "no"


def test_without_articles_in_the_period_the_newest_five_count() -> None:
    pages = [article(**TOOLS)] * 5
    assert judge_leaf("PL1.12.3", with_articles("05/02", *pages)).values["sample"] == 5
    assert judge_leaf("PL1.12.3", Portal()).reason_code == "article_tools.no_article"


def test_the_sample_stops_at_twenty() -> None:
    assert judge_leaf("PL1.12.3", with_articles("05/05", *[article(**TOOLS)] * 25)).values["sample"] == 20


def test_an_article_link_that_answers_with_an_error_body_is_no_article() -> None:
    assert judge_leaf("PL1.12.3", with_articles("05/05", article(**TOOLS), wall("error_body"))).level == "yes"
