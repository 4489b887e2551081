# ruff: noqa: E501 - pages stay on the lines their markup has
"""Days that schedules cover: ranges, weeks, months, day rows; and what is no work schedule."""

from __future__ import annotations

import pytest

from pages.schedule import read_schedule
from tests.pages_fields.samples import page


def days(body: str, path: str = "/lich-cong-tac", title: str = "Cổng") -> list[str]:
    return [f"{r.first:%d/%m/%Y}-{r.last:%d/%m/%Y}" for r in read_schedule(page(body, path, title))]


WEEK = ["18/05/2026-22/05/2026"]


@pytest.mark.parametrize(
    "said",
    [
        "Lịch công tác tuần từ ngày 18/5 đến 22/5/2026",
        "Lịch làm việc của Lãnh đạo Sở (từ ngày 18/05/2026 đến ngày 22/05/2026)",
        "Lịch công tác từ 18-22/5/2026",
        "Lịch công tác tuần 21 (18/5 – 22/5/2026)",
        "Lịch làm việc từ ngày 18 đến ngày 22 tháng 5 năm 2026",
        "Lịch công tác từ ngày 18 tháng 5 năm 2026 đến ngày 22 tháng 5 năm 2026",
        "LỊCH CÔNG TÁC TUẦN (18.5.2026 - 22.5.2026)",
        "Chương trình công tác tuần (Từ thứ Hai ngày 18/5 đến thứ Sáu ngày 22/5/2026)",
    ],
)
def test_ranges_in_a_title(said: str) -> None:
    assert days(f"<h1>{said}</h1>") == WEEK
    assert days(f'<ul><li><a href="/l/1">{said}</a></li></ul>') == WEEK


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h2>Lịch công tác tuần 21 năm 2026</h2>", ["18/05/2026-24/05/2026"]),
        ("<a href=1>Lịch công tác Tuần 21/2026</a>", ["18/05/2026-24/05/2026"]),
        ("<a href=1>Lịch công tác tháng 5/2026</a>", ["01/05/2026-31/05/2026"]),
        ("<a href=1>Chương trình công tác tháng 12 năm 2026</a>", ["01/12/2026-31/12/2026"]),
        ("<a href=1>Lịch công tác từ 29/12 đến 04/01/2026</a>", ["29/12/2025-04/01/2026"]),
        ("<h1>Lịch làm việc ngày 20/5/2026</h1>", ["20/05/2026-20/05/2026"]),
        ("<h1>Lịch công tác</h1><p>Từ ngày 18/05/2026 đến ngày 22/05/2026</p>", WEEK),
        ("<h1>Lịch công tác</h1><ul><li><a href=1>Tuần 21 (18/05/2026 - 22/05/2026)</a></li></ul>", WEEK),
        ('<a href="/upload/Lich%20cong%20tac%20tuan%2018.5.2026-22.5.2026.pdf">Tải về</a>', WEEK),
        ("<li><a href=1>Lịch công tác tuần (18/5 - 22/5)</a> <span>15/05/2026</span></li>", WEEK),
        ("<li><a href=1>Lịch công tác tuần (18/5 - 22/5)</a></li>", []),
        (
            "<li><a href=1>Lịch công tác tuần (18/5 - 22/5)</a> <span>15/05/2024</span> <i>15/05/2026</i></li>",
            [],
        ),
        ("<a href=1>Lịch công tác tuần 21</a>", []),
        ("<a href=1>Lịch công tác tuần 3 tháng 5/2026</a>", []),
        ("<a href=1>Chương trình công tác năm 2026</a>", []),
        ("<a href=1>Lịch tiếp công dân tháng 5/2026</a>", []),
        ("<a href=1>Lịch phát sóng từ 18/5 đến 22/5/2026</a>", []),
        ("<a href=1>Lịch sử hình thành từ ngày 18/5/2026 đến 22/5/2026</a>", []),
        ("<a href=1>Lịch làm việc tuần 2 (02.05.2019 11:00)</a>", []),
        ("<a href=1>Lịch công tác từ 22/5/2026 đến 18/5/2026</a>", []),
        ("<a href=1>Lịch công tác từ 31/2/2026 đến 5/3/2026</a>", []),
        ("<h1>Lịch công tác tuần (Từ ../.../... đến .../.../...)</h1>", []),
        ("<h1>Tin</h1><p>Hội nghị diễn ra từ ngày 18/5 đến 22/5/2026</p>", []),
    ],
)
def test_what_a_page_states(body: str, expected: list[str]) -> None:
    assert days(body, "/trang") == expected


def test_day_rows_form_a_range_when_the_weekday_agrees() -> None:
    rows = "".join(
        f"<tr><td>{name}<br>{day}/05/2026</td><td>08h00</td><td>Họp giao ban</td></tr>"
        for name, day in (("Thứ hai", 18), ("Thứ ba", 19), ("Thứ tư", 20), ("Thứ 5", 21), ("Thứ sáu", 22))
    )
    assert days(f"<h1>Lịch công tác tuần</h1><table>{rows}</table>") == WEEK
    wrong = rows.replace("/05/2026", "/05/2025")
    assert days(f"<h1>Lịch công tác tuần</h1><table>{wrong}</table>") == []


def test_day_rows_without_a_year_need_the_page_to_state_it() -> None:
    rows = "<tr><td>Thứ 2 Ngày 18/05</td><td>Họp</td></tr><tr><td>Thứ 3 Ngày 19/05</td><td>Họp</td></tr>"
    assert days(f"<h1>Lịch công tác tuần</h1><table>{rows}</table>") == []
    assert days(f"<h1>Lịch công tác năm 2026</h1><table>{rows}</table>") == ["18/05/2026-19/05/2026"]


def test_events_on_a_schedule_are_not_its_days() -> None:
    body = "<h1>Lịch công tác tuần từ ngày 4/5 đến 8/5/2026</h1><table><tr><td>Dự hội nghị tại Hà Nội từ ngày 18/5 đến 22/5/2026</td></tr></table>"
    assert days(body) == ["04/05/2026-08/05/2026"]


def test_a_week_picker_shows_only_the_chosen_week() -> None:
    options = "".join(
        f"<option {'selected' if n == 18 else ''}>Tuần từ {n}/05/2026 đến {n + 4}/05/2026</option>"
        for n in (4, 11, 18, 25)
    )
    assert days(f"<h1>Lịch công tác</h1><select>{options}</select>") == WEEK
