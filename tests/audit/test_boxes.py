"""A box of the home page under a section's label: the section is there, though its list cannot be opened."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.audit.build import HOME, Portal, item, judge_leaf, listing


def shown(*headings: str) -> Portal:
    return Portal(home=replace(HOME, headings=headings))


@pytest.mark.parametrize(
    ("leaf_id", "heading", "code"),
    [
        ("PL1.9", "Lấy ý kiến dự thảo", "presence.unseen"),
        ("PL1.5", "Thông tin tuyên truyền", "count.unseen"),
        ("PL1.7.1", "Công khai ngân sách", "presence.unseen"),
    ],
)
def test_a_box_without_a_list_keeps_absence_open(leaf_id: str, heading: str, code: str) -> None:
    finding = judge_leaf(leaf_id, shown(heading))
    assert (finding.level, finding.reason_code) == (None, code)
    assert finding.values["why"] == "box_only"


def test_a_headline_about_the_subject_is_no_section() -> None:
    portal = shown("Sở tổ chức hội nghị lấy ý kiến dự thảo Luật Đất đai", "Tin nổi bật")
    assert judge_leaf("PL1.9", portal).reason_code == "presence.no_section"


def test_a_box_of_the_newest_posts_is_no_section() -> None:
    assert judge_leaf("PL1.2", shown("Tin nổi bật", "Tin mới")).reason_code == "count.no_section"


def test_a_section_whose_list_was_read_needs_no_box() -> None:
    portal = shown("Lấy ý kiến dự thảo").section("draft_consultation", listing(item("Dự thảo một")))
    assert judge_leaf("PL1.9", portal).level == "yes"
