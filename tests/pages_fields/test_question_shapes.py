# ruff: noqa: E501 - pages stay on the lines their markup has
"""Shapes in which portals show questions and petitions; whoever asked is in none of the fields."""

from __future__ import annotations

from dataclasses import asdict
from typing import NamedTuple

import pytest

from pages.model import Question, Stated
from pages.questions import read_questions
from tests.pages_fields.samples import HOST, page

PERSON, PHONE, STREET, MAIL = (
    "Mẫn Thị Hồng Kín",
    "0912 345 678",
    "Số nhà 9, ngõ Riêng Tư",
    "kin.rieng@mail.test",
)
SECRETS = (PERSON, "Hồng Kín", "345", STREET, "Riêng Tư", MAIL, "kin.rieng")
ROAD, WASTE, WATER = "Đường liên thôn hỏng nặng", "Rác thải chưa được thu gom", "Mất nước sinh hoạt kéo dài"
BODY = "Con đường trước cửa nhà chúng tôi đã hỏng từ tháng 3/2026, xin hỏi bao giờ được sửa?"
REPLY = "Căn cứ Nghị định số 60/2014/NĐ-CP ngày 19/6/2014, cơ quan đã kiểm tra và giao thôn khắc phục."


class Row(NamedTuple):
    """What a question must read as."""

    asked: str | None
    answered: str | None
    flag: bool | None
    addressee: str | None = None
    subject: str | None = None


def read(body: str, path: str = "/phan-anh-kien-nghi") -> list[Row]:
    return [row(question) for question in questions(body, path)]


def questions(body: str, path: str = "/phan-anh-kien-nghi") -> tuple[Question, ...]:
    found = read_questions(page(body, path))
    said = str([asdict(question) for question in found])
    assert not [secret for secret in SECRETS if secret in said], said
    return found


def row(question: Question) -> Row:
    return Row(
        day(question.asked),
        day(question.answered),
        question.answered_flag,
        question.addressee,
        question.subject,
    )


def day(stated: Stated | None) -> str | None:
    return f"{stated.date:%d/%m}" if stated is not None else None


def table(head: str, *rows: str) -> str:
    def cells(tag: str, line: str) -> str:
        return "".join(f"<{tag}>{cell.strip()}</{tag}>" for cell in line.split("|"))

    lines = "".join(f"<tr>{cells('td', line)}</tr>" for line in rows)
    return f"<table><tr>{cells('th', head)}</tr>{lines}</table>"


def test_table_with_asker_and_status() -> None:
    body = table(
        "STT | Nội dung | Người gửi | Ngày gửi | Trạng thái | Đơn vị trả lời",
        f"1 | {ROAD} | {PERSON}, {STREET} | 04/05/2026 | Đã trả lời | UBND xã Yên Trung",
        f"2 | {WASTE} | {PERSON} {PHONE} | 05/05/2026 | Đang xử lý | Sở Xây dựng",
        f"3 | {WATER} | {MAIL} | 06/05/2026 | Quá hạn | {PERSON}",
    )
    assert read(body) == [
        Row("04/05", None, True, "UBND xã Yên Trung", ROAD),
        Row("05/05", None, False, "Sở Xây dựng", WASTE),
        Row("06/05", None, False, None, WATER),
    ]


def test_a_plain_table_on_a_page_of_petitions() -> None:
    rows = read(
        table(
            "STT | Ngày tiếp nhận | Nội dung | Trạng thái",
            f"1 | 22/04/2026 | {ROAD} | Chưa trả lời",
            f"2 | 20/04/2026 | {WASTE} | Chưa trả lời",
            f"3 | 02/02/2026 | {WATER} | Đã trả lời (05/02/2026)",
        )
    )
    assert [(row.asked, row.answered, row.flag) for row in rows] == [
        ("22/04", None, False),
        ("20/04", None, False),
        ("02/02", "05/02", True),
    ]


def test_status_with_the_day_of_the_answer() -> None:
    body = table(
        "STT | Câu hỏi | Ngày gửi | Tình trạng",
        f"1 | {ROAD} | 04/05/2026 | Đã trả lời ngày 12/05/2026",
        f"2 | {WASTE} | 05/05/2026 | Đã trả lời (13/05/2026 08:30)",
        f"3 | {WATER} | 06/05/2026 | Đang xử lý, hạn 20/05/2026",
    )
    assert [r[:3] for r in read(body)] == [
        ("04/05", "12/05", True),
        ("05/05", "13/05", True),
        ("06/05", None, False),
    ]


def test_the_office_that_handles_goes_before_the_one_that_received() -> None:
    body = table(
        "STT | Nội dung phản ánh | Đơn vị tiếp nhận | Cơ quan xử lý | Ngày tiếp nhận | Ngày trả lời",
        f"1 | {ROAD} | Trung tâm Phục vụ hành chính công tỉnh | UBND phường Võ Cường | 04/05/2026 | 11/05/2026",
        f"2 | {WASTE} | UBND phường Kinh Bắc | | 05/05/2026 | ",
        f"3 | {WATER} | | Công an tỉnh | 06/05/2026 | 12/05/2026",
    )
    assert read(body) == [
        Row("04/05", "11/05", True, "UBND phường Võ Cường", ROAD),
        Row("05/05", None, False, "UBND phường Kinh Bắc", WASTE),
        Row("06/05", "12/05", True, "Công an tỉnh", WATER),
    ]


def test_asker_inside_the_subject_cell() -> None:
    body = table(
        "STT | Nội dung | Cơ quan trả lời | Ngày gửi | Trạng thái",
        f"1 | {ROAD}<br>Người gửi: {PERSON}, {PHONE}, {STREET} | Sở Y tế | 04/05/2026 | Đã trả lời",
        f"2 | {WASTE} ({PERSON} - ĐT: {PHONE}) | Sở Y tế | 05/05/2026 | Chưa trả lời",
    )
    assert read(body) == [
        Row("04/05", None, True, "Sở Y tế", ROAD),
        Row("05/05", None, False, "Sở Y tế", WASTE),
    ]


CARD = (
    "<div class='card mb-2'><div class='card-header'><h5 class='card-title'>{subject}</h5><span class='badge'>{state}</span></div>"
    f"<div class='card-body'><p><i class='fa fa-user'></i> {PERSON}</p><p><i class='fa fa-phone'></i> {PHONE}</p>"
    "<p>Ngày gửi: {asked}</p><p>Đơn vị tiếp nhận: {office}</p></div></div>"
)


@pytest.mark.parametrize(
    ("state", "flag"),
    [
        ("Đã trả lời", True),
        ("Đang xử lý", False),
        ("Quá hạn", False),
        ("Chưa trả lời", False),
        ("Đã tiếp nhận", False),
    ],
)
def test_cards_with_badges(state: str, flag: bool) -> None:
    body = CARD.format(
        subject=ROAD, state=state, asked="04/05/2026", office="UBND xã Yên Trung"
    ) + CARD.format(subject=WASTE, state="Đã trả lời", asked="05/05/2026", office="Sở Xây dựng")
    assert read(body) == [
        Row("04/05", None, flag, "UBND xã Yên Trung", ROAD),
        Row("05/05", None, True, "Sở Xây dựng", WASTE),
    ]


def test_details_accordion() -> None:
    item = (
        "<details><summary>{subject}</summary><p>Người hỏi: "
        + PERSON
        + " - Ngày hỏi: {asked}</p><p>"
        + BODY
        + "</p>{answer}</details>"
    )
    answer = f"<p><strong>Trả lời:</strong> {REPLY}</p><p>Ngày trả lời: 12/05/2026</p><p>Đơn vị trả lời: Phòng Kinh tế</p>"
    body = item.format(subject=ROAD, asked="04/05/2026", answer=answer) + item.format(
        subject=WASTE, asked="05/05/2026", answer="<p>Chưa có trả lời</p>"
    )
    assert read(body, "/hoi-dap") == [
        Row("04/05", "12/05", True, "Phòng Kinh tế", ROAD),
        Row("05/05", None, False, None, WASTE),
    ]


def test_bootstrap_collapse_with_the_answer_in_it() -> None:
    item = (
        "<div class='panel panel-default'><div class='panel-heading'><h4 class='panel-title'><a data-toggle='collapse' href='#c{n}'>{subject}</a></h4>"
        "<small>{asked}</small></div><div id='c{n}' class='panel-collapse collapse'><div class='panel-body'><p>"
        + BODY
        + "</p>"
        "<p><b>Trả lời:</b></p><p>" + REPLY + "</p></div></div></div>"
    )
    body = f"<div id='accordion'>{item.format(n=1, subject=ROAD, asked='04/05/2026')}{item.format(n=2, subject=WASTE, asked='05/05/2026')}</div>"
    assert read(body, "/hoi-dap") == [
        Row("04/05", None, True, None, ROAD),
        Row("05/05", None, True, None, WASTE),
    ]


def test_the_mark_of_an_answer_names_its_day() -> None:
    def panel(title: str, asked: str, reply: str) -> str:
        return (
            f'<div class="panel"><h4><a href="#x">{title}</a></h4><small>Ngày hỏi: {asked}</small>'
            f'<div class="collapse">{reply}</div></div>'
        )

    assert read(
        panel(ROAD, "12/05/2026", "<em>Đang chờ trả lời</em>")
        + panel(WASTE, "29/04/2026", f"<strong>Trả lời (07/05/2026):</strong> {REPLY}")
        + panel(WATER, "22/04/2026", f"<strong>Trả lời (06/05/2026):</strong> {REPLY}")
    ) == [
        Row("12/05", None, False, None, ROAD),
        Row("29/04", "07/05", True, None, WASTE),
        Row("22/04", "06/05", True, None, WATER),
    ]


def test_an_office_that_answers_opens_the_answer() -> None:
    def box(title: str, asked: str, answered: str) -> str:
        return (
            f"<details><summary><span>{title}</span> <small>Gửi ngày {asked}</small></summary><div>"
            f"<p><b>UBND xã Gia Bình trả lời</b> · <small>{answered}</small></p><p>{REPLY}</p></div></details>"
        )

    found = read(box(ROAD, "24/04/2026", "19/05/2026") + box(WASTE, "23/04/2026", "15/05/2026"))
    assert [(row.asked, row.answered, row.flag) for row in found] == [
        ("24/04", "19/05", True),
        ("23/04", "15/05", True),
    ]


def test_what_answers_look_like_is_not_known_without_one() -> None:
    def box(title: str, asked: str, rest: str) -> str:
        return f'<div class="q"><h4>{title}</h4><small>Ngày hỏi: {asked}</small>{rest}</div>'

    found = read(
        box(ROAD, "12/05/2026", "<em>Đang chờ trả lời</em>")
        + box(WASTE, "29/04/2026", f"<p>Thưa bà con. {REPLY}</p>")
        + box(WATER, "22/04/2026", f"<p>Thưa bà con. {REPLY}</p>")
    )
    assert [row.flag for row in found] == [False, None, None]


def test_definition_list() -> None:
    item = (
        "<dl><dt>Tiêu đề</dt><dd>{subject}</dd><dt>Người gửi</dt><dd>"
        + PERSON
        + "</dd><dt>Địa chỉ</dt><dd>"
        + STREET
        + "</dd>"
        "<dt>Ngày gửi</dt><dd>{asked}</dd><dt>Cơ quan trả lời</dt><dd>{office}</dd><dt>Ngày trả lời</dt><dd>{answered}</dd></dl>"
    )
    body = item.format(
        subject=ROAD, asked="04/05/2026", office="Sở Tài chính", answered="12/05/2026"
    ) + item.format(subject=WASTE, asked="05/05/2026", office=PERSON, answered="")
    assert read(body) == [
        Row("04/05", "12/05", True, "Sở Tài chính", ROAD),
        Row("05/05", None, False, None, WASTE),
    ]


def test_definition_list_of_questions_and_answers() -> None:
    body = (
        f"<h1>Hỏi đáp</h1><dl><dt>{ROAD}</dt><dd>Ngày hỏi: 04/05/2026<br>Trả lời: {REPLY}<br>Ngày trả lời: 12/05/2026</dd>"
        f"<dt>{WASTE}</dt><dd>Ngày hỏi: 05/05/2026<br>Chưa có câu trả lời</dd></dl>"
    )
    assert read(body, "/hoi-dap") == [
        Row("04/05", "12/05", True, None, ROAD),
        Row("05/05", None, False, None, WASTE),
    ]


BOX = (
    "<div class='qa'><div class='q'><p>{subject}</p></div><div class='a'><p>"
    + BODY
    + "</p><p>"
    + f"{PERSON} - {PHONE} - {STREET}"
    + " ({asked} 08:15)</p>{answer}</div></div>"
)
ANSWER = f"<p><b>Trả lời</b></p><p>{REPLY}</p><p>Văn phòng HĐND và UBND (12/05/2026 15:24)</p>"
READ = [
    Row("04/05", "12/05", True, "Văn phòng HĐND và UBND", ROAD),
    Row("05/05", None, False, None, WASTE),
    Row("06/05", None, False, None, WATER),
]


@pytest.mark.parametrize("open_", ["", "<p>(Chưa có câu trả lời)</p>", "<p><i>Đang chờ trả lời</i></p>"])
@pytest.mark.parametrize("turn", [0, 1, 2])
def test_boxes_of_which_one_is_answered(open_: str, turn: int) -> None:
    made = [(ROAD, "04/05/2026", ANSWER), (WASTE, "05/05/2026", open_), (WATER, "06/05/2026", open_)]
    boxes = [BOX.format(subject=subject, asked=asked, answer=answer) for subject, asked, answer in made]
    body = f"<h3>Danh sách câu hỏi và câu trả lời</h3>{''.join(boxes[turn:] + boxes[:turn])}"
    assert read(body, "/hoi-dap") == READ[turn:] + READ[:turn]


def test_boxes_of_which_none_is_answered() -> None:
    body = "".join(
        BOX.format(subject=s, asked=f"0{n}/05/2026", answer="<p>(Chưa có câu trả lời)</p>")
        for n, s in ((4, ROAD), (5, WASTE))
    )
    assert read(f"<h3>Danh sách câu hỏi</h3>{body}", "/hoi-dap") == [
        Row("04/05", None, False, None, ROAD),
        Row("05/05", None, False, None, WASTE),
    ]
    one = BOX.format(subject=ROAD, asked="04/05/2026", answer="<p>(Chưa có câu trả lời)</p>")
    assert read(f"<h3>Danh sách câu hỏi</h3>{one}", "/hoi-dap") == [Row("04/05", None, False, None, ROAD)]


def test_flat_page_of_questions_and_answers() -> None:
    body = (
        f"<h1>Hỏi đáp</h1><p><b>Hỏi:</b> {ROAD}?</p><p>({PERSON}, {STREET})</p><p>Trả lời: {REPLY}</p>"
        f"<p><b>Hỏi:</b> {WASTE}?</p><p>Trả lời: {REPLY}</p>"
    )
    assert [r[:3] for r in read(body, "/hoi-dap")] == [(None, None, True)] * 2
    assert [r.subject for r in read(body, "/hoi-dap")] == [f"{ROAD}?", f"{WASTE}?"]


def test_headed_flat_page() -> None:
    body = (
        f"<h3>{ROAD}</h3><p>Người gửi: {PERSON}</p><p>Ngày gửi: 04/05/2026</p><p>{BODY}</p><p><b>Trả lời:</b> {REPLY}</p><p>Ngày trả lời: 12/05/2026</p>"
        f"<h3>{WASTE}</h3><p>Người gửi: {PERSON}</p><p>Ngày gửi: 05/05/2026</p><p>{BODY}</p><p>Chưa có câu trả lời</p>"
    )
    assert read(body) == [Row("04/05", "12/05", True, None, ROAD), Row("05/05", None, False, None, WASTE)]


DETAIL = f"<article><h1>{ROAD}</h1><h3>Câu hỏi</h3><p>Họ tên: {PERSON}, điện thoại {PHONE}, {STREET}</p><p>Ngày hỏi: 04/05/2026</p><p>{BODY}</p>{{answer}}</article>"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (f"<h3>Trả lời</h3><p>Ngày trả lời: 12/05/2026</p><p>{REPLY}</p>", ("04/05", "12/05", True)),
        (f"<h3>Trả lời</h3><p>{REPLY}</p>", ("04/05", None, True)),
        (
            f"<h3>Nội dung trả lời</h3><div>{REPLY}</div><p>Phòng Tư pháp (12/05/2026)</p>",
            ("04/05", "12/05", True),
        ),
        ("<p>Câu hỏi đang được xử lý, chưa có trả lời.</p>", ("04/05", None, False)),
        ("<h3>Trả lời</h3><p>Nội dung đang được cập nhật</p>", ("04/05", None, False)),
    ],
)
def test_page_of_one_question(answer: str, expected: tuple[str | None, ...]) -> None:
    (found,) = questions(DETAIL.format(answer=answer), "/hoi-dap/9")
    assert row(found)[:3] == expected
    assert (found.subject, found.url) == (ROAD, f"{HOST}/hoi-dap/9")


def test_page_of_one_question_in_a_field_table() -> None:
    cells = {
        "Câu hỏi": ROAD, "Người hỏi": f"{PERSON} - {PHONE} - {STREET}", "Ngày gửi": "04/05/2026 09:12", "Nội dung": BODY,
        "Trả lời": "Cơ quan đã xem xét, giải quyết.", "Ngày trả lời": "12/05/2026 10:00",
    }  # fmt: skip
    body = "".join(f"<tr><td>{name}</td><td>{value}</td></tr>" for name, value in cells.items())
    assert read(f"<h2>Chi tiết câu hỏi</h2><table>{body}</table>", "/hoi-dap/9") == [
        Row("04/05", "12/05", True, None, ROAD)
    ]


def test_a_forecast_beside_the_page_is_no_office() -> None:
    body = (
        DETAIL.format(answer=f"<h3>Trả lời</h3><p>{REPLY}</p>")
        + "<aside><p>Nơi nhận:</p><p>Bắc Ninh 25°C, trời nhiều mây</p></aside>"
    )
    assert [r.addressee for r in read(body, "/hoi-dap/9")] == [None]


@pytest.mark.parametrize(
    "words",
    [
        PERSON,
        f"Bà {PERSON}",
        f"{PERSON}, thôn Đông, xã Yên Trung",
        f"{STREET}, phường Võ Cường",
        f"Sở Y tế {PHONE}",
        "Thôn Đông, xã Yên Trung",
    ],
)
def test_who_is_no_office_is_no_addressee(words: str) -> None:
    body = f"<h1>{ROAD}</h1><p>Ngày gửi: 04/05/2026</p><p>Gửi tới: {words}</p><p>Trạng thái: Đang xử lý</p>"
    assert [r.addressee for r in read(body, "/pa/3")] == [None]


@pytest.mark.parametrize(
    ("words", "office"),
    [
        ("Sở KH&CN", "Sở KH&CN"), ("UBND phường Võ Cường", "UBND phường Võ Cường"), ("Ủy ban nhân dân xã Lê Lợi", "Ủy ban nhân dân xã Lê Lợi"),
        ("Kính gửi: Chủ tịch UBND xã Trần Phú", "Chủ tịch UBND xã Trần Phú"), ("Công an tỉnh (12/05/2026)", "Công an tỉnh"), ("UBND thành phố Bắc Ninh", "UBND thành phố Bắc Ninh"), ("Ban Quản lý các khu công nghiệp", "Ban Quản lý các khu công nghiệp"),
        ("Sở Y tế, số 3 Lý Thái Tổ", "Sở Y tế"), ("Phường Võ Cường", "Phường Võ Cường"),
        (f"Bà {PERSON} - Phòng Văn hóa - Xã hội", "Phòng Văn hóa - Xã hội"), ("Trung tâm Phục vụ hành chính công", "Trung tâm Phục vụ hành chính công"),
    ],
)  # fmt: skip
def test_offices(words: str, office: str) -> None:
    body = f"<h1>{ROAD}</h1><p>Ngày gửi: 04/05/2026</p><p>Gửi tới: {words}</p><p>Trạng thái: Đang xử lý</p>"
    assert [r.addressee for r in read(body, "/pa/3")] == [office]


@pytest.mark.parametrize(
    "words",
    [
        f"{ROAD} - {PERSON}", f"Ông {PERSON} hỏi về đường hỏng ở thôn", f"{ROAD}, liên hệ {PHONE}", f"{ROAD} ({MAIL})", f"Tôi là {PERSON}, {STREET}, xin hỏi về đường",
        f"{ROAD}. Người gửi: {PERSON}", f"Công dân {PERSON} kiến nghị sửa đường liên thôn", f"{PERSON} hỏi về đường liên thôn", f"{ROAD} - Địa chỉ: {STREET}",
    ],
)  # fmt: skip
def test_nobody_in_a_subject(words: str) -> None:
    body = table(
        "STT | Nội dung phản ánh | Ngày gửi | Trạng thái",
        f"1 | <a href='/pa/1'>{words}</a> | 04/05/2026 | Đang xử lý",
        f"2 | {WASTE} | 05/05/2026 | Đang xử lý",
    )
    assert [r[:3] for r in read(body)] == [("04/05", None, False), ("05/05", None, False)]


def test_one_link_in_every_record_is_no_address_of_a_question() -> None:
    item = "<div class=i><p>Tiêu đề: {s}</p><p>Ngày gửi: {d}</p><p>Trạng thái: Đang xử lý</p><a href='/gui-cau-hoi'>Gửi câu hỏi</a></div>"
    found = questions(item.format(s=ROAD, d="04/05/2026") + item.format(s=WASTE, d="05/05/2026"))
    assert [question.url for question in found] == [None, None]
