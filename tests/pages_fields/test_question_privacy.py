# ruff: noqa: E501 - pages stay on the lines their markup has
"""People made up by the hundred, in every markup at hand: nothing of them is in what is read."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.nameless import office, public_title
from pages.questions import read_questions
from tests.pages_fields.samples import page

FAMILY = ("Nguyễn", "Trần", "Lê", "Hoàng", "Vũ", "Mẫn", "Ngô", "Nghiêm", "Đàm", "Lều", "Cao", "Hà", "Âu")
MIDDLE = ("Văn", "Thị", "Đức", "Thị Hồng", "Quang", "Xuân")
GIVEN = ("Kínhai", "Mẫuba", "Thửbốn", "Quyếnnăm")
NAMES = st.builds(
    lambda *parts: " ".join(parts), st.sampled_from(FAMILY), st.sampled_from(MIDDLE), st.sampled_from(GIVEN)
)
PHONES = st.sampled_from(
    ("0912345678", "0912 345 678", "0912.345.678", "+84 912 345 678", "(0222) 3 912 345", "091-2345-678")
)
HOMES = st.sampled_from(
    (
        "Số nhà 850, ngõ 74, khu Đồng Thử",
        "Thôn Thửnghiệm, xã Yên Trung",
        "12/5 đường Thửnghiệm, phường Võ Cường",
    )
)
MARKS = ("Kínhai", "Mẫuba", "Thửbốn", "Quyếnnăm", "345", "Đồng Thử", "Thửnghiệm", "850")

SHAPES = (
    "<table><tr><th>STT</th><th>Nội dung</th><th>Người gửi</th><th>Ngày gửi</th><th>Đơn vị trả lời</th><th>Trạng thái</th></tr>"
    "<tr><td>1</td><td>Đường hỏng<br>{p}, {t}</td><td>{p} - {t} - {h}</td><td>04/05/2026 - {p}</td><td>{p}</td><td>Đang xử lý</td></tr>"
    "<tr><td>2</td><td><a href='/1'>{p} hỏi về đường hỏng</a></td><td>{p}</td><td>05/05/2026</td><td>{p}, {h}</td><td>Đã trả lời</td></tr></table>",
    "<div class=i><h3>Ông {p} kiến nghị sửa đường</h3><p>{p}</p><p>{t}</p><p>{h}</p><p>Ngày gửi: 04/05/2026</p><p>Gửi tới: {p}</p></div>"
    "<div class=i><h3>Sửa đường</h3><p>Họ tên: {p}</p><p>Địa chỉ: {h}</p><p>Ngày gửi: 05/05/2026</p><p>Gửi tới: {h}</p></div>",
    "<div class=b><p>Tôi là {p}, ở {h}, số điện thoại {t}, xin hỏi về đường</p><p>{p} - {t} - {h} (04/05/2026)</p><p><b>Trả lời</b></p><p>Cơ quan đã xem xét và giải quyết.</p><p>{p} (12/05/2026)</p></div>"
    "<div class=b><p>{p}</p><p>{p}, {h}</p><p>{t}</p><p>{p} ({h}) (05/05/2026)</p></div>",
    "<dl><dt>Câu hỏi</dt><dd>Về đường hỏng của {p}</dd><dt>Người hỏi</dt><dd>{p}; {t}; {h}</dd><dt>Ngày hỏi</dt><dd>04/05/2026</dd><dt>Nơi nhận</dt><dd>{p} ({t})</dd></dl>",
    "<h1>Đơn của bà {p}</h1><h3>Câu hỏi</h3><p>Họ tên: {p}, điện thoại {t}, {h}</p><p>Ngày hỏi: 04/05/2026</p><p>Kính gửi: {p}</p><h3>Trả lời</h3><p>Thưa bà {p}, cơ quan đã giải quyết đơn của bà.</p>",
    "<ul><li>{p}: Hỏi về đường hỏng? <span>Ngày hỏi: 04/05/2026</span></li><li><a href='/2'>Hỏi về đường ({p}, {h})</a> <span>Ngày hỏi: 05/05/2026</span></li></ul>",
    "<h1>Hỏi đáp</h1><p><b>Hỏi:</b> Tôi tên là {p}, {h}. Đường hỏng?</p><p>({p}, {h})</p><p>Trả lời: Đã sửa xong trong tháng.</p><p><b>Hỏi:</b> Bao giờ sửa đường?</p><p>{p} ({t})</p><p>Trả lời: Sẽ sửa trong tháng sau.</p>",
)  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=25, deadline=None)
@given(name=NAMES, phone=PHONES, home=HOMES, spelling=st.sampled_from((str, str.upper)))
def test_nobody_is_read(shape: str, name: str, phone: str, home: str, spelling: object) -> None:
    person = name.upper() if spelling is str.upper else name
    body = shape.format(p=person, t=phone, h=home)
    found = read_questions(page(body, "/hoi-dap"))
    said = str([asdict(question) | {"url": ""} for question in found]).casefold()
    assert not [mark for mark in MARKS if mark.casefold() in said], said


@given(name=NAMES, phone=PHONES, home=HOMES)
def test_nobody_is_an_office(name: str, phone: str, home: str) -> None:
    for words in (
        name,
        f"Bà {name}",
        f"{name}, {home}",
        home,
        f"{name} - {phone}",
        f"{name} ({home})",
        name.upper(),
    ):
        assert office(words) is None, words


@given(name=NAMES)
def test_names_leave_titles_and_the_rest_stays(name: str) -> None:
    assert public_title(f"Ông {name} hỏi về đường hỏng tại thôn") == "Ông hỏi về đường hỏng tại thôn"
    assert public_title(f"Sửa chữa đường {name} đã xuống cấp") == f"Sửa chữa đường {name} đã xuống cấp"
