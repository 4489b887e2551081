"""Petitions: limits, two places, addressees, what is not known, and no names."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from audit.model import Finding
from pages.model import PageReading, Question
from tests.audit.build import (
    ALONE,
    PHUONG,
    Portal,
    article,
    at,
    item,
    judge_leaf,
    listing,
    question,
    stated,
)

LEAF = "PL1.8"
OURS = "Sở Khoa học và Công nghệ"


def asked(*questions: Question) -> PageReading:
    return PageReading(kind="qa_list", questions=questions)


def province(*questions: Question) -> Portal:
    return Portal(base="http://tinh.test/").section("petitions_qa", asked(*questions))


def own(*questions: Question) -> Portal:
    return Portal().section("petitions_qa", asked(*questions))


def judged(*questions: Question, **more: Any) -> Finding:
    return judge_leaf(LEAF, own(*questions), **{"province": province(), **more})


# Received 20/04: the tenth working day after it (27/04, 30/04, 01/05 off) is 07/05.
@pytest.mark.parametrize(
    ("answered", "level"),
    [("07/05", "on_time_100"), ("08/05", "on_time_below_50"), (None, "overdue_unanswered")],
)
def test_the_limit_is_ten_working_days(answered: str | None, level: str) -> None:
    assert judged(question("20/04", answered)).level == level


@pytest.mark.parametrize(
    ("on_time", "level"),
    [(10, "on_time_100"), (9, "on_time_80_100"), (8, "on_time_80_100"), (7, "on_time_50_80"),
     (5, "on_time_50_80"), (4, "on_time_below_50"), (0, "overdue_unanswered")],
)  # fmt: skip
def test_shares(on_time: int, level: str) -> None:
    rows = [question("20/04", "05/05", ref=f"a{n}") for n in range(on_time)]
    rows += [question("20/04", ref=f"b{n}") for n in range(10 - on_time)]
    finding = judged(*rows)
    assert (finding.level, finding.values["due"], finding.values["on_time"]) == (level, 10, on_time)


@pytest.mark.parametrize("received", ["01/03", "12/05", "20/05"])
def test_limits_outside_the_period_are_left_out(received: str) -> None:
    finding = judged(question(received))
    assert (finding.level, finding.reason_code) == ("on_time_100", "petitions.none_due")
    assert finding.evidence


def test_a_limit_that_has_not_passed_yet_is_not_due() -> None:
    finding = judged(question("20/04"), as_of=at("07/05"))
    assert finding.reason_code == "petitions.none_due"
    assert judged(question("20/04"), as_of=at("08/05")).level == "overdue_unanswered"


def test_only_what_names_the_unit_counts_on_the_province_portal() -> None:
    rows = [question("20/04", "05/05", addressee="Sở KH&CN", ref="1"),
            question("20/04", addressee="Sở Y tế", ref="2"),
            question("20/04", addressee="Bộ Công an", ref="3"), question("20/04", ref="4")]  # fmt: skip
    finding = judge_leaf(LEAF, own(), province=province(*rows))
    assert (finding.values["due"], finding.level, finding.values["unaddressed"]) == (1, "on_time_100", 1)


def test_one_petition_in_both_places_is_one_and_any_answer_counts() -> None:
    here = question("20/04", None, ref="KN-7", subject="Đường hỏng")
    there = question("20/04", "05/05", ref="KN-7", subject="Đường hỏng", addressee=OURS)
    finding = judge_leaf(LEAF, own(here), province=province(there))
    assert (finding.values["due"], finding.values["both_places"], finding.level) == (1, 1, "on_time_100")


def test_without_references_subject_and_day_join() -> None:
    here = question("20/04", "05/05", subject="Đường hỏng", url="http://so.test/1")
    there = question("20/04", "05/05", subject="ĐƯỜNG  HỎNG", url="http://tinh.test/1", addressee=OURS)
    assert judge_leaf(LEAF, own(here), province=province(there)).values["due"] == 1


def test_two_petitions_of_one_place_stay_two() -> None:
    rows = [question("20/04", "05/05", subject="Đường hỏng", url=f"http://so.test/{n}") for n in (1, 2)]
    assert judged(*rows).values["due"] == 2


def test_an_answer_without_a_date_is_undetermined_but_only_where_it_matters() -> None:
    dateless = question("20/04", answered_flag=True, ref="x")
    finding = judged(dateless)
    assert (finding.level, finding.possible) == (None, ("on_time_100", "on_time_below_50"))
    rows = [question("20/04", "05/05", ref=f"a{n}") for n in range(8)] + [question("20/04", ref="b")]
    assert judged(*rows, dateless).level == "on_time_80_100", "8 or 9 of 10"


def test_a_petition_that_does_not_say_whether_it_was_answered() -> None:
    finding = judged(question("20/04", answered_flag=None))
    assert set(finding.possible) == {"on_time_100", "on_time_below_50", "overdue_unanswered"}


def test_no_date_of_receipt_is_undetermined_unless_answered_long_before() -> None:
    assert judged(question(None)).level is None
    assert judged(question(None, "01/03")).reason_code == "petitions.none_due"


def test_both_places_must_be_read() -> None:
    rows = own(question("20/04", "05/05"))
    for unread in (
        None,
        Portal(home=None, base="http://tinh.test/").broken("home"),
        Portal(base="http://tinh.test/").broken("petitions_qa"),
    ):
        finding = judge_leaf(LEAF, rows, province=unread)
        assert finding.level is None
        assert "overdue_unanswered" not in finding.possible
    assert judge_leaf(LEAF, Portal().broken("petitions_qa"), province=province()).level is None


def test_a_register_without_a_province_needs_the_own_section_only() -> None:
    assert judge_leaf(LEAF, own(question("20/04", "05/05")), register=ALONE).level == "on_time_100"


def test_own_section_petition_that_names_another_unit_is_not_ours() -> None:
    assert judged(question("20/04", addressee="UBND xã Quang Trung")).reason_code == "petitions.none_due"
    assert judged(question("20/04", addressee="Phòng Quản lý công nghệ")).level == "overdue_unanswered"


def test_the_police_of_a_ward_are_perhaps_the_ward() -> None:
    rows = province(question("20/04", addressee="Công an phường Võ Cường"))
    finding = judge_leaf("PL2.9", Portal(base="http://phuong.test/"), unit=PHUONG, province=rows)
    assert set(finding.possible) == {"on_time_100", "overdue_unanswered"}


def test_detail_page_tells_the_answer() -> None:
    listed = question("20/04", answered_flag=None, ref="9", url="http://so.test/hoi/9")
    made = own(listed)
    made.page("hoi/9", asked(question("20/04", "05/05", ref="9")))
    assert judge_leaf(LEAF, made, province=province()).level == "on_time_100"


def test_a_detail_page_tells_of_its_own_question_only() -> None:
    """Others that the page shows beside it are not taken for it."""
    url = "http://so.test/hoi/9"
    other = question("20/04", "05/05", subject="Chuyện khác", url="http://so.test/hoi/8")
    made = own(question("20/04", answered_flag=None, subject="Đường hỏng", url=url))
    made.page("hoi/9", asked(other))
    assert judge_leaf(LEAF, made, province=province()).level is None
    made = own(question("20/04", answered_flag=None, subject="Đường hỏng", url=url))
    made.page("hoi/9", asked(question("20/04", subject="Đường hỏng tại thôn", url=url), other))
    assert judge_leaf(LEAF, made, province=province()).level == "overdue_unanswered"


def test_posts_of_the_section_are_questions_when_their_pages_say_so() -> None:
    posts = listing(
        item("Đường hỏng", url="http://so.test/hoi/1"), item("Thông báo", url="http://so.test/tin/2")
    )
    made = Portal().section("petitions_qa", posts)
    made.page("hoi/1", asked(question("20/04", "05/05", url="http://so.test/hoi/1")))
    made.page("tin/2", article("05/05"))
    finding = judge_leaf(LEAF, made, province=province())
    assert (finding.level, finding.values["due"]) == ("on_time_100", 1)


def test_a_post_of_the_section_whose_page_failed_may_be_a_question() -> None:
    made = Portal().section("petitions_qa", listing(item("Đường hỏng", "20/04", url="http://so.test/hoi/1")))
    made.page("hoi/1", status=None, error="timeout", body=b"")
    assert judge_leaf(LEAF, made, province=province()).level is None


def test_two_lists_that_show_one_petition_tell_together() -> None:
    waiting = question("20/04", answered_flag=None, subject="Đường hỏng", url="http://so.test/1")
    answered = question("20/04", "05/05", subject="Đường hỏng", url="http://so.test/1")
    made = own(waiting).section("petitions_qa", asked(answered))
    finding = judge_leaf(LEAF, made, province=province())
    assert (finding.level, finding.values["due"]) == ("on_time_100", 1)


def test_like_rows_of_one_page_are_several_petitions_and_of_two_pages_the_same() -> None:
    rows = [question("20/04", "05/05", subject="Hỏi về thủ tục"), question("20/04", subject="Hỏi về thủ tục")]
    made = own(*rows).section("petitions_qa", asked(*rows))
    finding = judge_leaf(LEAF, made, province=province())
    assert (finding.values["due"], finding.values["on_time"]) == (2, 1)


def test_a_shortened_title_and_a_missing_one_join() -> None:
    long = "Kiến nghị sửa chữa đường liên thôn xuống cấp"
    there = question("20/04", "05/05", subject=long, url="http://tinh.test/1", addressee=OURS)
    here = question("20/04", "05/05", subject="Kiến nghị sửa chữa đường…")
    assert judge_leaf(LEAF, own(here), province=province(there)).values["due"] == 1
    minute = replace(stated("20/04"), time=time(8, 15))  # type: ignore[type-var]
    there, here = replace(there, asked=minute), replace(here, subject=None, asked=minute)
    assert judge_leaf(LEAF, own(here), province=province(there)).values["due"] == 1


def test_one_reference_of_two_days_is_of_two_petitions() -> None:
    here = question("20/04", "05/05", ref="1")
    there = question("21/04", "05/05", ref="1", addressee=OURS)
    assert judge_leaf(LEAF, own(here), province=province(there)).values["due"] == 2


def test_nothing_personal_leaves_the_auditor() -> None:
    private = question("20/04", "05/05", subject="Ông Nguyễn Văn Kín hỏi", quote="Nguyễn Văn Kín 0912345678")
    finding = judged(private)
    assert "Kín" not in repr(finding)
    assert "0912345678" not in repr(finding)
