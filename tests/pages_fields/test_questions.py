# ruff: noqa: E501 - pages stay on the lines their markup has
"""Questions and petitions: dates, office, answer or none; never the person who asked."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from pages import read
from pages.capture import Capture
from pages.model import Question
from pages.questiondata import questions_from_json
from pages.questions import read_questions
from pages.questionstatus import status_flag
from tests.pages_fields.samples import HOST, NOW, page

PERSON, STREET, PHONE = "Nguyễn Văn Kín", "Số 9 ngõ Riêng Tư", "0912345678"


def seen(body: str, path: str = "/phan-anh-kien-nghi") -> list[tuple[str | None, str | None, bool | None]]:
    found = read_questions(page(body, path))
    assert not any(secret in str(asdict(q)) for q in found for secret in (PERSON, STREET, PHONE)), found
    return [(_day(q.asked), _day(q.answered), q.answered_flag) for q in found]


def _day(stated: object) -> str | None:
    return f"{stated.date:%d/%m/%Y}" if stated is not None else None  # type: ignore[attr-defined]


def test_register() -> None:
    body = (
        "<table><tr><th>STT</th><th>Nội dung phản ánh</th><th>Người gửi</th><th>Ngày gửi</th><th>Đơn vị xử lý</th><th>Ngày trả lời</th><th>Trạng thái</th></tr>"
        f"<tr><td>1</td><td><a href='/pa/1'>Đường hỏng tại thôn Đông</a></td><td>{PERSON}</td><td>04/05/2026</td><td>UBND xã Yên Trung</td><td>12/05/2026</td><td>Đã trả lời</td></tr>"
        f"<tr><td>2</td><td><a href='/pa/2'>Rác thải chưa được thu gom</a></td><td>{PERSON}</td><td>05/05/2026</td><td>Sở Xây dựng</td><td></td><td>Đang xử lý</td></tr>"
        f"<tr><td>3</td><td><a href='/pa/3'>Mất nước sinh hoạt kéo dài</a></td><td>{PERSON}</td><td>06/05/2026</td><td>Sở Xây dựng</td><td></td><td>Quá hạn</td></tr></table>"
    )
    assert seen(body) == [
        ("04/05/2026", "12/05/2026", True),
        ("05/05/2026", None, False),
        ("06/05/2026", None, False),
    ]
    first = read_questions(page(body))[0]
    assert (first.subject, first.addressee, first.url) == (
        "Đường hỏng tại thôn Đông",
        "UBND xã Yên Trung",
        f"{HOST}/pa/1",
    )


def test_labelled_blocks_and_badges() -> None:
    item = (
        "<div class=item><h3><a href='/pa/{n}'>Kiến nghị về việc số {n} tại địa phương</a></h3>"
        "<p>Người gửi: "
        + PERSON
        + " | Địa chỉ: "
        + STREET
        + " | Ngày gửi: 0{n}/05/2026</p><span class=badge>{s}</span><p>Cơ quan trả lời: Sở Nội vụ</p></div>"
    )
    body = (
        item.format(n=1, s="Đã trả lời")
        + item.format(n=2, s="Chưa trả lời")
        + item.format(n=3, s="Giao thông")
    )
    assert seen(body) == [("01/05/2026", None, True), ("02/05/2026", None, False), ("03/05/2026", None, None)]
    assert {q.addressee for q in read_questions(page(body))} == {"Sở Nội vụ"}


def test_answers_in_boxes_with_decoy_dates() -> None:
    box = (
        "<div class=box><p>Máy in màu cũ chuyển cho cơ sở khác</p><p>Theo Thông tư ngày 06/3/2015, tôi hỏi</p>"
        f"<p>{PERSON} (04/05/2026 08:32)</p><p><b>Trả lời</b></p><p>Căn cứ Nghị định số 60/2014/NĐ-CP ngày 19/6/2014 của Chính phủ.</p>"
        "<p>Phòng Quản lý Báo chí (12/05/2026 15:24)</p></div>"
    )
    open_ = f"<div class=box><p>Câu hỏi chưa ai trả lời cả</p><p>{PERSON} (05/05/2026 09:00)</p></div>"
    assert seen(box + open_ + box) == [
        ("04/05/2026", "12/05/2026", True), ("05/05/2026", None, False), ("04/05/2026", "12/05/2026", True),
    ]  # fmt: skip
    assert read_questions(page(box + open_ + box))[0].addressee == "Phòng Quản lý Báo chí"


def test_a_name_before_the_question_is_not_its_subject() -> None:
    box = (
        f"<li><p>{PERSON}</p><p>04/05/2026</p><p>Tôi muốn hỏi về thủ tục cấp đổi thẻ căn cước</p>"
        "<div><b>Trả lời:</b> <p>Đề nghị liên hệ công an xã để được hướng dẫn.</p></div></li>"
    )
    assert seen(f"<ul>{box}{box}</ul>", "/hoi-dap") == [("04/05/2026", None, True)] * 2
    assert (
        read_questions(page(f"<ul>{box}{box}</ul>"))[0].subject
        == "Tôi muốn hỏi về thủ tục cấp đổi thẻ căn cước"
    )


def test_page_of_one_petition() -> None:
    answered = (
        "<h1>Phản ánh về đèn đường hỏng</h1><table><tr><td>Người gửi</td><td>"
        + PERSON
        + "</td></tr><tr><td>Điện thoại</td><td>"
        + PHONE
        + "</td></tr>"
        "<tr><td>Ngày gửi</td><td>04/05/2026</td></tr><tr><td>Nội dung</td><td>Đèn đường hỏng đã lâu, đề nghị sửa</td></tr>"
        "<tr><td>Nội dung trả lời</td><td>Đơn vị đã sửa xong đèn chiếu sáng.</td></tr><tr><td>Ngày trả lời</td><td>15/05/2026</td></tr></table>"
    )
    assert seen(answered, "/pa/1") == [("04/05/2026", "15/05/2026", True)]
    assert read_questions(page(answered, "/pa/1"))[0].url == f"{HOST}/pa/1"
    waiting = answered.replace("Đơn vị đã sửa xong đèn chiếu sáng.", "Đang xử lý").replace("15/05/2026", "")
    assert seen(waiting, "/pa/1") == [("04/05/2026", None, False)]


def test_answer_block_on_a_page_of_one() -> None:
    body = (
        f"<h1>Hỏi về thủ tục cấp giấy phép</h1><p>Ngày hỏi: 04/05/2026</p><p>Người hỏi: {PERSON}</p><div>Tôi muốn hỏi về giấy phép.</div>"
        "<div><b>Trả lời:</b><p>Đề nghị ông bà liên hệ bộ phận một cửa để được hướng dẫn.</p></div>"
    )
    assert seen(body, "/hoi-dap/5") == [("04/05/2026", None, True)]


@pytest.mark.parametrize(
    "body",
    [
        "<form><p>Họ tên:* <input name=a></p><p>Tiêu đề:* <input></p><p>Nội dung câu hỏi:* <textarea></textarea></p><p>Ngày gửi: <input></p></form>",
        "<ul><li><a href=1>UBND xã trả lời kiến nghị của cử tri</a> 04/05/2026</li><li><a href=2>Giải quyết phản ánh của dân</a> 05/05/2026</li></ul>",
        "<p>Chưa có câu hỏi nào.</p>",
        "<h1>Tin</h1><p>Ông A trả lời: sẽ xử lý trong ngày 4/5/2026 theo kiến nghị.</p>",
        "",
    ],
)
def test_no_questions(body: str) -> None:
    assert seen(body) == []


@pytest.mark.parametrize(
    ("said", "flag"),
    [
        ("Đã trả lời", True), ("ĐÃ XỬ LÝ", True), ("Trả lời quá hạn", True), ("Đã trả lời (quá hạn)", True), ("Chưa trả lời", False),
        ("Đang xử lý", False), ("Quá hạn", False), ("Đã tiếp nhận", False), ("Chưa được giải quyết", None), ("Giao thông", None), ("", None),
    ],
)  # fmt: skip
def test_status_words(said: str, flag: bool | None) -> None:
    assert status_flag(said) is flag


def data() -> list[dict[str, object]]:
    return [
        {
            "_question_id": 101, "_question_title": "Về đèn đường", "_question_content": f"Tôi là {PERSON}", "_citizen_name": PERSON,
            "_citizen_address": STREET, "_citizen_phone": PHONE, "dateDisplay": "04/05/2026 08:00",
            "answers": [{"_answer_id": 7, "_answer_content": "Đã sửa", "organizationName": "UBND phường Kinh Bắc", "formatedCreatedDate": "15/05/2026 09:00"}],
        },
        {"_question_id": 102, "_citizen_name": PERSON, "dateDisplay": "05/05/2026 08:00", "answers": []},
    ]  # fmt: skip


def check(found: tuple[Question, ...]) -> None:
    assert [(q.ref, _day(q.asked), _day(q.answered), q.answered_flag) for q in found] == [
        ("101", "04/05/2026", "15/05/2026", True), ("102", "05/05/2026", None, False),
    ]  # fmt: skip
    assert found[0].addressee == "UBND phường Kinh Bắc" and found[0].subject == "Về đèn đường"
    assert not any(secret in str([asdict(q) for q in found]) for secret in (PERSON, STREET, PHONE))


def test_data_of_a_json_answer() -> None:
    check(questions_from_json({"totalPageNum": 1, "items": data()}, HOST, NOW))
    assert questions_from_json({"items": [{"id": 1, "title": "Tin"}]}, HOST, NOW) == ()
    assert questions_from_json(None, HOST, NOW) == ()


def test_data_in_a_hidden_field_or_script() -> None:
    text = json.dumps(data(), ensure_ascii=True)
    escaped = text.replace('"', "&quot;")
    check(
        read_questions(page(f'<input type="hidden" id="q" value="{escaped}"><table class="dataRow"></table>'))
    )
    check(read_questions(page(f"<p>x</p><script>var data = {text};</script>")))
    in_string = text.replace("=", "\\u003d")
    check(read_questions(page(f"<script>var data = '{in_string}'; show(JSON.parse(data));</script>")))


def test_dates_as_milliseconds() -> None:
    found = questions_from_json([{"_question_id": 1, "createdDate": 1777852800000}], HOST, NOW)
    assert _day(found[0].asked) == "04/05/2026"


def test_data_of_a_list_that_a_script_loads() -> None:
    rows = [
        {"id": 5, "title": "Đường hỏng", "fullName": PERSON, "phone": PHONE, "address": STREET, "createdDate": "04/05/2026", "answerDate": "12/05/2026", "status": "Đã trả lời", "organizationName": "UBND xã Yên Trung"},
        {"id": 6, "title": f"{PERSON} hỏi về đường", "fullName": PERSON, "createdDate": "05/05/2026", "answerDate": None, "status": "Đang xử lý", "organizationName": PERSON},
        {"id": 7, "title": "Mất nước kéo dài", "fullName": PERSON, "createdDate": 1778025600000, "answerDate": "", "isAnswered": True, "department": {"id": 3, "name": "Sở Xây dựng"}},
    ]  # fmt: skip
    found = questions_from_json({"totalPages": 2, "items": rows}, HOST, NOW)
    assert not any(secret in str([asdict(q) for q in found]) for secret in (PERSON, STREET, PHONE))
    assert [(_day(q.asked), _day(q.answered), q.answered_flag, q.addressee) for q in found] == [
        ("04/05/2026", "12/05/2026", True, "UBND xã Yên Trung"), ("05/05/2026", None, False, None), ("06/05/2026", None, True, "Sở Xây dựng"),
    ]  # fmt: skip


def test_an_own_answer_is_not_dated_by_the_question() -> None:
    row = {
        "questionTitle": "Đường hỏng",
        "createdDate": "04/05/2026",
        "formattedCreatedDate": "04/05/2026",
        "answerContent": "Đã sửa xong",
    }
    (found,) = questions_from_json([row], HOST, NOW)
    assert (_day(found.asked), found.answered, found.answered_flag) == ("04/05/2026", None, True)


def test_data_of_posts_is_no_question() -> None:
    rows = [
        {
            "id": 1,
            "title": "UBND xã trả lời kiến nghị",
            "createdDate": "04/05/2026",
            "status": "1",
            "organizationName": "UBND xã",
        }
    ]
    assert questions_from_json({"items": rows}, HOST, NOW) == ()


def test_a_json_answer_reads_as_questions_and_goes_on() -> None:
    rows = [{"questionTitle": "Đường hỏng", "createdDate": "04/05/2026", "answerDate": "12/05/2026"}]
    body = json.dumps({"totalPages": 3, "items": rows}).encode()
    url = f"{HOST}/api/hoi-dap?page=1"
    reading = read(Capture("x", url, NOW, NOW, headers=(("content-type", "application/json"),), body=body))
    assert (reading.kind, len(reading.questions), reading.items) == ("qa_list", 1, ())
    assert reading.next is not None and reading.next.url.endswith("page=2")
