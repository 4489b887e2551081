"""Whose name stands there: folding, abbreviations, former types, and doubt instead of likeness."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from audit.names import whose, whose_number
from rubric.model import DatedType, Register, Unit
from tests.audit.build import ALONE, PHUONG, REGISTER, SO, XA

DAY = date(2026, 5, 22)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("UBND phường Võ Cường", "own"),
        ("Ủy ban nhân dân phường Võ Cường", "own"),
        ("Uỷ ban nhân dân phường Võ Cường, tỉnh Bắc Ninh", "own"),
        ("phường Võ Cường", "own"),
        ("P. Võ Cường", "own"),
        ("ubnd phuong vo cuong", "own"),
        ("UBND PHƯỜNG VÕ CƯỜNG", "own"),
        ("Kính gửi: Chủ tịch UBND phường Võ Cường", "own"),
        ("UBND phường Võ Cường; Sở Y tế", "own"),
        ("Công an phường Võ Cường", "unknown"),
        ("UBND xã Quang Trung", "other"),
        ("Sở Y tế tỉnh Bắc Ninh", "other"),
        ("phường Võ Cường Đông", "unknown"),
        ("Bộ Y tế", "nobody"),
        ("Võ Cường", "nobody"),
        ("", "nobody"),
        (None, "nobody"),
    ],
)
def test_addressees(text: str | None, said: str) -> None:
    assert whose(text, PHUONG, REGISTER, DAY, at_home=False) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [("Sở Khoa học và Công nghệ", "own"), ("Sở KH&CN", "own"), ("SỞ KHCN", "own"), ("SKHCN", "own"),
     ("Sở KHCN tỉnh Bắc Ninh", "own"), ("UBND tỉnh Bắc Ninh", "other"), ("UBND tỉnh", "other"), ("Sở", "own"),
     ("Văn phòng Sở", "unknown"), ("Chính phủ", "nobody")],
)  # fmt: skip
def test_issuers_at_home(text: str, said: str) -> None:
    assert whose(text, SO, REGISTER, DAY, at_home=True) == said


def test_an_office_calls_itself_by_its_type_only_at_home() -> None:
    assert whose("UBND xã", XA, REGISTER, DAY, at_home=True) == "own"
    assert whose("UBND xã", XA, REGISTER, DAY, at_home=False) == "nobody"
    assert whose("UBND", XA, REGISTER, DAY, at_home=True) == "unknown"


def test_former_type_still_names_the_unit() -> None:
    ward = replace(
        XA,
        name="UBND phường Quang Trung",
        types=(DatedType("xã", None, date(2026, 4, 30)), DatedType("phường", date(2026, 5, 1))),
    )
    register = Register((ward, PHUONG))
    assert whose("UBND xã Quang Trung", ward, register, DAY, at_home=False) == "own"
    assert whose("UBND phường Quang Trung", ward, register, DAY, at_home=False) == "own"


def test_the_longest_name_wins() -> None:
    short = Unit("yen", "UBND xã Yên", "commune")
    longer = Unit("yendinh", "UBND xã Yên Định", "commune")
    register = Register((short, longer))
    assert whose("UBND xã Yên Định", short, register, DAY, at_home=False) == "other"
    assert whose("UBND xã Yên Định", longer, register, DAY, at_home=False) == "own"


def test_two_units_that_differ_by_accents_only() -> None:
    first, second = (
        Unit("tien", "UBND phường Tiên Phong", "commune"),
        Unit("tienf", "UBND phường Tiền Phong", "commune"),
    )
    register = Register((first, second))
    assert whose("phường Tiền Phong", second, register, DAY, at_home=False) == "own"
    assert whose("phường Tiền Phong", first, register, DAY, at_home=False) == "other"
    assert whose("phuong tien phong", first, register, DAY, at_home=False) == "unknown"


def test_a_register_without_a_province_still_reads_where_an_office_lies() -> None:
    assert whose("UBND phường Võ Cường, tỉnh Bắc Ninh", PHUONG, ALONE, DAY, at_home=False) == "own"


@pytest.mark.parametrize(
    ("number", "said"),
    [("12/QĐ-SKHCN", "own"), ("12/SKHCN-VP", "own"), ("12/QĐ-SKH&CN", "own"), ("12/QĐ-SYT", "other"),
     ("12/QĐ-UBND", "other"), ("01/2026/TT-BTC", "other"), ("12", "nobody"), (None, "nobody")],
)  # fmt: skip
def test_numbers_of_a_department(number: str | None, said: str) -> None:
    assert whose_number(number, SO, REGISTER, DAY) == said


def test_numbers_of_a_commune_are_everyones() -> None:
    assert whose_number("12/QĐ-UBND", XA, REGISTER, DAY) == "unknown"
    assert whose_number("12/QĐ-SYT", XA, REGISTER, DAY) == "other"


def test_an_abbreviation_that_two_units_share_is_unknown() -> None:
    first, second = Unit("snv", "Sở Nội vụ", "department"), Unit("sngv", "Sở Ngoại vụ", "department")
    assert whose_number("12/QĐ-SNV", first, Register((first, second)), DAY) == "unknown"
