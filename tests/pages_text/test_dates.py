"""Dates: the formats of real portals, what must never become a date, and properties over both."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pages.dates import find_dates, order_of, read_date
from tests.evaluate.dataset import DataMissingError, date_strings

NOW = datetime(2026, 5, 23, 10, 0, tzinfo=timezone(timedelta(hours=7)))

STATED = [
    ("22/5/2026", "2026-05-22"),
    ("22 - 05 - 2026", "2026-05-22"),
    ("(12.06.2019 16:34)", "2019-06-12 16:34"),
    ("20/04/2022 | 09:09 AM", "2022-04-20 09:09"),
    ("Ngày đăng 02/07/2014 | 12:00 AM | View count: 472", "2014-07-02 00:00"),
    (" - 02/06/2018 (số lượt xem: 103)", "2018-06-02"),
    ("Thứ 3, 16/04/2019 | 15:48", "2019-04-16 15:48"),
    ("(19/10/2017 16:18 PM)", "2017-10-19 16:18"),
    ("6/5/2022 16:8", "2022-05-06 16:08"),
    ("16/10/2017 5:02:49 CH", "2017-10-16 17:02"),
    ("4/23/2018 2:05 PM", "2018-04-23 14:05"),
    ("PublishedDate=2018-08-30T13:55:00Z", "2018-08-30 20:55"),
    ("2019-04-16T15:50:45+0700", "2019-04-16 15:50"),
    ("2026-05-21T23:30:00-05:00", "2026-05-22 11:30"),
    ("Fri, 22 May 2026 01:30:00 GMT", "2026-05-22 08:30"),
    ("Bắc Ninh, ngày 27 tháng 02 năm 2024", "2024-02-27"),
    ("ngày 12 tháng mười hai năm 2025", "2025-12-12"),
    ("22 Tháng Năm 2026", "2026-05-22"),
    ("ngày 22 tháng năm năm 2026", "2026-05-22"),
    ("22 Th5 2026", "2026-05-22"),
    ("Th5 22, 2026", "2026-05-22"),
    ("8 giờ 30 phút ngày 22/5/2026", "2026-05-22 08:30"),
    ("22-05-2026 08h30", "2026-05-22 08:30"),
    ("22/05/2026 2:15 chiều", "2026-05-22 14:15"),
    ("08:30 - 22/05/2026", "2026-05-22 08:30"),
    ("22/05/2026 12:30 SA", "2026-05-22 00:30"),
    ("Thứ Sáu, ngày 22 tháng 5 năm 2026", "2026-05-22"),
    ("Quyết định số 28/2008/QĐ-UBND ngày 18/3/2008", "2008-03-18"),
    ("20260522", "2026-05-22"),
    ("22/05/26", "2026-05-22"),
    ("nga\u0300y 22 tha\u0301ng 5 năm 2026", "2026-05-22"),
    ("22/05/2026\u200b\u00a008:30", "2026-05-22 08:30"),
]

RELATIVE = [
    ("Hôm qua", "2026-05-22"),
    ("Hôm kia", "2026-05-21"),
    ("Hôm qua lúc 15:20", "2026-05-22 15:20"),
    ("2 giờ trước", "2026-05-23 08:00"),
    ("1 ngày 2 giờ trước", "2026-05-22 08:00"),
    ("Cập nhật 3 ngày trước", "2026-05-20"),
    ("Vừa xong", "2026-05-23 10:00"),
    ("thứ 5 tuần trước", "2026-05-14"),
    ("22/5", "2026-05-22"),
    ("29 tháng 4", "2026-04-29"),
    ("08:30 CH", "2026-05-23 20:30"),
]

NO_DATE = [
    "",
    "16/72/2020",
    "01/08/1018",
    "4/17/3024",
    "31/12/9999",
    "31/02/2026",
    "22/05/0026",
    "(23/4/2026 - 22/5/2026)",
    "từ ngày 15-21/4/2019",
    "Từ 30/4 - 3/5/2026",
    "ngày 15, 16/4/2019",
    "ngày 15 và 16/4/2019",
    "Bắc Ninh, ngày tháng năm 2026",
    "ngày       tháng  9  năm 2025",
    "ngày 5 tháng      năm 2026",
    "05/2026",
    "tháng 5/2026",
    "tháng 5 năm 2026",
    "Tháng 5",
    "2026",
    "1 tháng trước",
    "1 tuần trước",
    "2 năm trước",
    "24/7",
    "19/21",
    "1/5",
    "Trang 3/12",
    "101/112 đơn vị đạt 100 điểm",
    "1.194",
    "0204.3822.456",
    "Số lượt xem: 1014",
    "65/KH-UBND",
    "QĐ 12/12/2020/QĐ-UBND",
    "10 tháng 3 năm 2026 âm lịch",
    "192.168.1.2024",
    "22/05/2026 (cập nhật 23/05/2026)",
    "5/6/26 8:30 AM",
    "Thứ Hai, 06/05/2026",
    "Mưa lớn hôm qua",
]


def shown(text: str, **options: bool) -> str | None:
    found = read_date(text, NOW, **options)
    if found is None:
        return None
    return found.date.isoformat() + (f" {found.time:%H:%M}" if found.time else "")


@pytest.mark.parametrize(("text", "expected"), STATED)
def test_absolute_dates_are_read_by_the_pattern(text: str, expected: str) -> None:
    assert shown(text) == expected
    found = read_date(text, NOW)
    assert found is not None and found.how == "pattern"


@pytest.mark.parametrize(("text", "expected"), RELATIVE)
def test_what_needs_today_says_so(text: str, expected: str) -> None:
    assert shown(text) == expected
    found = read_date(text, NOW)
    assert found is not None and found.how == "relative"


@pytest.mark.parametrize("text", NO_DATE)
def test_no_date_is_invented(text: str) -> None:
    assert read_date(text, NOW) is None


def test_the_library_reads_what_the_pattern_does_not_know() -> None:
    found = read_date("Fri May 22 08:30:00 ICT 2026", NOW)
    assert found is not None and (found.date, found.how) == (date(2026, 5, 22), "library")


def test_american_order_only_when_told() -> None:
    assert shown("6/5/2022 8:30 AM") is None
    assert shown("6/5/2022 8:30 AM", sure=True) == "2022-05-06 08:30"
    assert shown("6/5/2022 8:30 AM", us_order=True) == "2022-06-05 08:30"
    assert shown("15/03/2024", us_order=True) is None
    assert order_of(["6/5/2022", "6/25/2022 1:00 PM"]) == "mdy"
    assert order_of(["06/05/2022", "25/06/2022"]) == "dmy"
    assert order_of(["06/05/2022"]) is None
    assert order_of(["25/06/2022", "6/25/2022"]) is None


def test_a_weekday_decides_between_two_readings_only() -> None:
    assert shown("Thứ Tư, 06/05/2026") == "2026-05-06"
    assert shown("Thứ Hai, 22/05/2026") == "2026-05-22"


def test_dates_of_a_longer_text() -> None:
    text = "Từ ngày 18/5/2026 đến ngày 24/5/2026, riêng ngày 3 tháng 6 năm 2026 nghỉ; 31/02/2026 không có."
    assert [found.date for found in find_dates(text, NOW)] == [
        date(2026, 5, 18),
        date(2026, 5, 24),
        date(2026, 6, 3),
    ]
    assert all(found.quote in text for found in find_dates(text, NOW))


def test_quotes_stand_in_the_text() -> None:
    for text, _ in STATED:
        found = read_date(text, NOW)
        assert found is not None
        assert found.quote in text or "\u0300" in text or "\u200b" in text


def test_the_shared_table() -> None:
    try:
        strings = date_strings()
    except DataMissingError as missing:
        pytest.skip(str(missing))
    wrong = []
    for string in strings:
        got = shown(string.text)
        if got != string.expected:
            wrong.append((string.text, string.expected, got))
    assert wrong == []


DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31))
CLOCKS = st.times().map(lambda t: t.replace(second=0, microsecond=0))
FORMATS = [
    "{d}/{m}/{y}",
    "{d:02}/{m:02}/{y}",
    "{d:02}-{m:02}-{y}",
    "{d:02}.{m:02}.{y}",
    "{y}-{m:02}-{d:02}",
    "ngày {d} tháng {m} năm {y}",
    "Bắc Ninh, ngày {d:02} tháng {m:02} năm {y}",
    "{d} Th{m} {y}",
    "Ngày đăng: {d:02}/{m:02}/{y}",
    "({d:02}/{m:02}/{y})",
    "{d:02}/{m:02}/{y} - Lượt xem: 1234",
    "{d} tháng {m}, {y}",
]
CLOCK_FORMATS = [
    "{0} {1:%H:%M}",
    "{1:%H:%M} {0}",
    "{0} | {1:%H:%M}",
    "{0} - {1:%Hh%M}",
    "{1:%H:%M}, {0}",
    "{0}, {1:%H giờ %M phút}",
]


@given(day=DAYS, form=st.sampled_from(FORMATS))
def test_every_format_comes_back(day: date, form: str) -> None:
    found = read_date(form.format(d=day.day, m=day.month, y=day.year), NOW)
    assert found is not None and found.date == day and found.time is None


@given(day=DAYS, clock=CLOCKS, form=st.sampled_from(FORMATS[:6]), with_clock=st.sampled_from(CLOCK_FORMATS))
def test_times_come_back_with_their_date(day: date, clock: time, form: str, with_clock: str) -> None:
    text = with_clock.format(form.format(d=day.day, m=day.month, y=day.year), clock)
    found = read_date(text, NOW)
    assert found is not None and (found.date, found.time) == (day, clock)


@given(first=DAYS, second=DAYS)
def test_two_dates_are_none(first: date, second: date) -> None:
    found = read_date(f"{first:%d/%m/%Y} {second:%d/%m/%Y}", NOW)
    assert (found is None) == (first != second)


DATE_LIKE = st.text(alphabet="0123456789/.-: ,|()hgTZ+ngàythánămtrưcSACHPMqu", max_size=60)


@settings(max_examples=400)
@given(text=st.one_of(st.text(max_size=80), DATE_LIKE))
@example("22/05/0026")
@example("0" * 500)
@example("1/1/1 1:1 1" * 30)
def test_never_raises_and_never_invents(text: str) -> None:
    found = read_date(text, NOW)
    if found and found.how != "relative":
        numbers = {int(n) for n in re.findall(r"\d+", text)} | {int(n) for n in re.findall(r"\d\d", text)}
        shifted = {found.date.day, (found.date + timedelta(1)).day, (found.date - timedelta(1)).day}
        assert shifted & numbers
    for other in find_dates(text, NOW):
        assert 1990 <= other.date.year <= 2100
