"""Section labels: as portals write them, the headings of the Plan, and what must not match."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.labels import _lexicon as lexicon
from pages.labels import _source as source
from pages.labels import label_words, match_sections, match_slug, sections_named

KEYS = {
    "organisation",
    "history",
    "leaders",
    "contact",
    "news",
    "documents",
    "procedures",
    "online_services",
    "law_guidance",
    "strategy_planning",
    "projects_procurement",
    "finance_report",
    "statistics_science_epidemics",
    "petitions_qa",
    "draft_consultation",
    "schedule",
    "rewards_sanctions",
    "links",
    "access_information",
    "radio",
    "boundary_map",
    "culture_heritage",
    "plans_investment",
}

NAMED = [
    ("Giới thiệu", "organisation"),
    ("CƠ CẤU TỔ CHỨC", "organisation"),
    ("Chức năng, nhiệm vụ", "organisation"),
    ("Lịch sử hình thành và phát triển", "history"),
    ("Lãnh đạo Sở", "leaders"),
    ("Ban Giám đốc", "leaders"),
    ("Liên hệ", "contact"),
    ("Tin tức - Sự kiện", "news"),
    ("TIN TỨC & SỰ KIỆN", "news"),
    ("Tin hoạt động", "news"),
    ("Văn bản QPPL", "documents"),
    ("Văn bản chỉ đạo, điều hành", "documents"),
    ("TTHC", "procedures"),
    ("Bộ thủ tục hành chính", "procedures"),
    ("Dịch vụ công trực tuyến", "online_services"),
    ("Cổng DVC quốc gia", "online_services"),
    ("Tuyên truyền, PBGDPL", "law_guidance"),
    ("Quy hoạch - Kế hoạch", "strategy_planning"),
    ("Đấu thầu, mua sắm công", "projects_procurement"),
    ("Công khai ngân sách", "finance_report"),
    ("Số liệu thống kê", "statistics_science_epidemics"),
    ("Phòng, chống dịch bệnh", "statistics_science_epidemics"),
    ("Hỏi - đáp", "petitions_qa"),
    ("Phản ánh, kiến nghị", "petitions_qa"),
    ("Lấy ý kiến dự thảo văn bản", "draft_consultation"),
    ("Lịch công tác tuần", "schedule"),
    ("Lịch tiếp công dân", "schedule"),
    ("Khen thưởng - Xử phạt", "rewards_sanctions"),
    ("Liên kết website", "links"),
    ("Tiếp cận thông tin", "access_information"),
    ("Tin phát thanh", "radio"),
    ("Đài truyền thanh phường Kinh Bắc", "radio"),
    ("Bản đồ địa giới hành chính", "boundary_map"),
    ("Di tích, danh thắng", "culture_heritage"),
    ("Công trình đầu tư", "plans_investment"),
    ("1. Giới thiệu chung", "organisation"),
    ("Giơ\u0301i thiê\u0323u", "organisation"),
    ("Q&A", "petitions_qa"),
    ("About Us", "organisation"),
]

HEADINGS = [
    (
        "Thông tin về sơ đồ, cơ cấu tổ chức, chức năng, nhiệm vụ, quyền hạn của cơ quan và của đơn vị",
        {"organisation"},
    ),
    (
        "Thủ tục hành chính, dịch vụ công trực tuyến, quy trình giải quyết công việc",
        {"procedures", "online_services"},
    ),
    (
        "Chiến lược, chương trình, dự án, đề án, kế hoạch, quy hoạch phát triển kinh tế - xã hội của ngành",
        {"strategy_planning", "projects_procurement"},
    ),
    ("Báo cáo công khai tài chính, ngân sách hằng năm của cơ quan, đơn vị", {"finance_report"}),
    ("Lấy ý kiến góp ý của tổ chức, cá nhân vào dự thảo văn bản", {"draft_consultation"}),
    ("Lịch sử, truyền thống văn hóa, di tích, danh thắng của địa phương", {"history", "culture_heritage"}),
    ("Kế hoạch, dự án, công trình đầu tư", {"plans_investment", "strategy_planning", "projects_procurement"}),
]

NOTHING = [
    "",
    "Trang chủ",
    "Thông báo",
    "Chỉ đạo, điều hành",
    "Thông tin chỉ đạo, điều hành",
    "Phòng Kế hoạch - Tài chính",
    "Sở Tài chính",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Đài Phát thanh và Truyền hình Bắc Ninh",
    "Thống kê truy cập",
    "Văn hóa - Xã hội",
    "Cải cách hành chính",
    "Hệ thống quản lý văn bản và điều hành",
    "Trung tâm Phục vụ hành chính công tỉnh",
    "Tin học",
    "Tăng cường công tác phòng chống dịch bệnh cúm gia cầm trên địa bàn",
    "V/v góp ý dự thảo Thông tư quy định quản lý ngân sách cấp xã",
]


@pytest.mark.parametrize(("label", "key"), NAMED)
def test_labels_name_their_section(label: str, key: str) -> None:
    assert match_sections(label) == (key,)


@pytest.mark.parametrize(("label", "keys"), HEADINGS)
def test_headings_of_the_plan_are_known(label: str, keys: set[str]) -> None:
    assert set(match_sections(label)) == keys


@pytest.mark.parametrize("label", NOTHING)
def test_what_names_no_section(label: str) -> None:
    assert match_sections(label) == ()


@pytest.mark.parametrize(
    "label", ["Lấy ý kiến văn bản dự thảo", "Văn bản QPPL dự thảo", "Góp ý văn bản quy phạm pháp luật"]
)
def test_a_draft_is_not_a_document(label: str) -> None:
    assert match_sections(label) == ("draft_consultation",)


def test_addresses_of_pictures_without_words() -> None:
    assert match_slug("/cong-khai-ngan-sach.html?x=1") == ("finance_report",)
    assert match_slug("hoi-ap.html") == match_slug("hoi-dap") == ("petitions_qa",)
    assert match_slug("lay-y-kien-van-ban-du-thao") == ("draft_consultation",)
    assert match_slug("/") == match_slug("x-y-z") == ()


def test_every_section_has_labels_and_no_other_does() -> None:
    keys = {key for stanza in source()["stanzas"] for key in stanza["sections"]}
    assert keys == KEYS


def test_no_phrase_means_two_things() -> None:
    seen: dict[tuple[str, str], list[str]] = {}
    for stanza in source()["stanzas"]:
        for how in ("exact", "starts", "within"):
            for phrase in stanza.get(how, ()):
                assert label_words(phrase), f"{phrase!r} has no words of its own"
                known = seen.setdefault((how, " ".join(label_words(phrase))), stanza["sections"])
                assert known == stanza["sections"], (
                    f"{phrase!r} ({how}) means both {known} and {stanza['sections']}"
                )


def test_every_phrase_matches_itself() -> None:
    for table in (lexicon().exact, lexicon().within):
        for words, meaning in table.items():
            if words in lexicon().exact:
                meaning = lexicon().exact[words]
            assert match_sections(" ".join(words)) == meaning.sections, words


@given(st.text(max_size=120))
def test_never_raises(label: str) -> None:
    assert set(match_sections(label)) <= KEYS
    assert set(match_slug(label)) <= KEYS


def test_a_section_is_named_by_a_whole_label_only() -> None:
    assert sections_named("Chiến lược - Quy hoạch - Kế hoạch") == ("strategy_planning",)
    assert sections_named("Xử phạt vi phạm hành chính một cơ sở") == ()


@pytest.mark.parametrize(
    ("label", "sections"),
    [
        ("Thống kê - Y tế", ("statistics_science_epidemics",)),
        ("Truyền thanh | Video", ("radio",)),
        ("Văn hóa - Giáo dục", ()),
        ("Văn phòng - Thống kê", ()),
        ("Quốc phòng - An ninh", ()),
    ],
)
def test_a_label_of_several_things_is_known_by_its_parts(label: str, sections: tuple[str, ...]) -> None:
    assert match_sections(label) == sections


def test_abbreviations_in_addresses() -> None:
    assert match_slug("/gop-y-du-thao-vb-qppl") == ("draft_consultation",)
    assert match_slug("/van-ban-qppl.html") == ("documents",)
