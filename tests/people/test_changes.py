"""A known change on the nights around it: cases that read like sentences.

The event: on Monday 11/05/2026 the head of the office was replaced. The leaf has 2 working days, so its
last day is Wednesday 13/05; the crawl of the night after, at one o'clock on the 14th, still shows it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from audit.changes import Night, due_day, flag_of, judge_change
from audit.evidence import UnitEvidence
from audit.model import ChangeEvent, ChangeFinding
from pages.model import Contact, PageReading
from tests.audit.build import CALENDAR, HOME, Portal, article, at, item, leaf, listing, wall

EVENT = ChangeEvent(7, "sokhcn", "PL1.1.1", date(2026, 5, 11), 2, "QĐ 12/QĐ-UBND", "TTĐT", at("11/05"))
OLD, NEW = "Giám đốc Nguyễn Văn A phụ trách chung.", "Giám đốc Trần Thị B phụ trách chung."
LATER = at("20/05")


def portal(text: str | None, *, views: int | None = None, error: str | None = None) -> Portal:
    """The portal with its page of the organisation: its text, and a counter when there is one."""
    found = Portal()
    if error:
        return found.broken("organisation", error)
    if text is not None:
        counter = f" Lượt xem: {views}" if views is not None else ""
        found.section("organisation", article(text=text + counter), path="to-chuc")
    return found


def night(day: str, walked: Portal, hour: int = 1) -> Night:
    evidence = walked.evidence()
    return Night(at(day, hour), lambda: evidence)


def judged(*nights: Night, as_of: datetime = LATER, event: ChangeEvent = EVENT) -> ChangeFinding:
    return judge_change(event, leaf(event.leaf), "http://so.test/", nights, CALENDAR, as_of, grace_hours=12)


def test_the_deadline_counts_working_days() -> None:
    assert due_day(EVENT, CALENDAR) == date(2026, 5, 13)
    # Friday 24/4: the 27th is off in lieu, so that the second working day after it is the 29th.
    assert due_day(replace(EVENT, day=date(2026, 4, 24)), CALENDAR) == date(2026, 4, 29)


def test_new_words_within_the_deadline_are_reflected() -> None:
    found = judged(night("10/05", portal(OLD)), night("12/05", portal(OLD)), night("13/05", portal(NEW)))
    assert found.state == "reflected"
    assert (found.before, found.after) == (at("10/05"), at("13/05"))
    assert found.quote == "Nguyễn Văn A → Trần Thị B"
    assert found.url == "http://so.test/to-chuc"
    assert flag_of(found, EVENT) is None


def test_the_night_after_the_last_day_still_shows_it() -> None:
    found = judged(night("10/05", portal(OLD)), night("13/05", portal(OLD)), night("14/05", portal(NEW)))
    assert found.state == "reflected"


def test_the_same_page_after_the_deadline_is_not_reflected() -> None:
    found = judged(night("10/05", portal(OLD)), night("14/05", portal(OLD)), night("15/05", portal(NEW)))
    assert found.state == "not_reflected"
    assert found.after == at("14/05")
    flag = flag_of(found, EVENT)
    assert flag is not None
    assert flag.kind == "change_not_reflected"
    assert "QĐ 12/QĐ-UBND" in flag.detail


def test_while_the_deadline_runs_it_is_not_yet() -> None:
    found = judged(night("10/05", portal(OLD)), night("12/05", portal(OLD)), as_of=at("13/05", 9))
    assert (found.state, found.due) == ("not_yet", date(2026, 5, 13))


def test_nights_after_now_are_not_looked_at() -> None:
    nights = night("10/05", portal(OLD)), night("12/05", portal(NEW))
    assert judged(*nights, as_of=at("11/05", 12)).state == "not_yet"


@pytest.mark.parametrize(
    "nights",
    [
        pytest.param([], id="no night at all"),
        pytest.param([("11/05", OLD), ("14/05", NEW)], id="none before the change"),
        pytest.param([("10/05", OLD)], id="none after it"),
        pytest.param([("10/05", OLD), ("12/05", OLD)], id="none after the deadline"),
        pytest.param([("10/05", OLD), ("12/05", OLD), ("16/05", NEW)], id="new, but nobody knows since when"),
    ],
)
def test_what_no_night_settles_is_unseen(nights: list[tuple[str, str]]) -> None:
    assert judged(*(night(day, portal(text)) for day, text in nights)).state == "unseen"


def test_a_failed_night_says_nothing() -> None:
    broken = night("14/05", portal(None, error="timeout"))
    assert judged(night("10/05", portal(OLD)), broken).state == "unseen"
    assert judged(night("10/05", portal(OLD)), broken, night("15/05", portal(OLD))).state == "not_reflected"
    hidden = night("10/05", portal(None, error="timeout"))
    assert judged(night("09/05", portal(OLD)), hidden, night("12/05", portal(NEW))).before == at("09/05")


def test_a_counter_is_no_change() -> None:
    before, after = night("10/05", portal(OLD, views=17)), night("14/05", portal(OLD, views=1_204))
    assert judged(before, after).state == "not_reflected"


def test_what_changes_every_night_is_no_change() -> None:
    def banner(words: str) -> Portal:
        return portal(f"{OLD} Thông báo: {words} hết.")

    nights = night("09/05", banner("mưa")), night("10/05", banner("nắng to")), night("14/05", banner("gió"))
    assert judged(*nights).state == "not_reflected"


def test_a_section_that_appears_is_a_change() -> None:
    found = judged(night("10/05", portal(None)), night("12/05", portal(NEW)))
    assert found.state == "reflected"
    assert found.quote.startswith("Giám đốc Trần Thị B")


def test_a_section_that_vanishes_shows_nothing_new() -> None:
    assert judged(night("10/05", portal(OLD)), night("14/05", portal(None))).state == "not_reflected"


def test_a_new_item_of_the_section_is_a_change() -> None:
    def listed(*titles: str) -> Portal:
        return Portal().section("organisation", listing(*map(item, titles)), path="to-chuc")

    found = judged(night("10/05", listed("Sơ đồ")), night("13/05", listed("Phân công mới", "Sơ đồ")))
    assert (found.state, found.quote) == ("reflected", "Phân công mới")


def test_an_article_fetched_on_one_night_only_tells_nothing() -> None:
    def listed(fetched: bool) -> Portal:
        entry = item("Sơ đồ", url="http://so.test/so-do")
        found = Portal().section("organisation", listing(entry), path="to-chuc")
        if fetched:
            found.page("so-do", article(text=NEW))
        return found

    assert judged(night("10/05", listed(False)), night("14/05", listed(True))).state == "not_reflected"


def test_contact_details_in_the_footer_count_for_their_leaf() -> None:
    def footed(phone: str) -> Portal:
        return Portal(home=replace(HOME, contact=Contact(phone=phone)))

    event = replace(EVENT, leaf="PL1.1.3")
    found = judged(
        night("10/05", footed("0222 3822 111")), night("12/05", footed("0222 3822 999")), event=event
    )
    assert (found.state, found.quote) == ("reflected", "111 → 999")


def test_nights_may_come_in_any_order_and_are_read_only_when_needed() -> None:
    def never() -> UnitEvidence:
        raise AssertionError("nobody needs this night")

    nights = [night("13/05", portal(NEW)), night("10/05", portal(OLD)), Night(at("19/05"), never)]
    assert judged(*nights).state == "reflected"


def test_a_page_that_answered_with_an_error_body_shows_nothing() -> None:

    empty = Portal().section("organisation", wall("placeholder", "đang cập nhật"), path="to-chuc")
    assert judged(night("10/05", empty), night("12/05", portal(NEW))).state == "reflected"
    assert judged(night("10/05", portal(OLD)), night("14/05", empty)).state == "not_reflected"


def test_pages_are_compared_not_their_readings() -> None:
    same = PageReading(kind="article", text=OLD, notes=("read twice",))
    nights = (
        night("10/05", portal(OLD)),
        night("14/05", Portal().section("organisation", same, path="to-chuc")),
    )
    assert judged(*nights).state == "not_reflected"
