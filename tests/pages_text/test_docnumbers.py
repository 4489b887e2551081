"""Document numbers by their form, and what only looks like one."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.docnumbers import DocNumber, find_number
from tests.evaluate.dataset import shared

KINDS = {"cong van": "letter", "blank number": "blank", "none": None, "none?": None}

FOUND = [
    ("Nghị định số 42/2022/NĐ-CP ngày 24/6/2022", DocNumber("42/2022/NĐ-CP", "NĐ", "CP", 2022, "qppl")),
    ("20/2008/N\u00d0-CP", DocNumber("20/2008/NĐ-CP", "NĐ", "CP", 2008, "qppl")),
    ("01 /2018/TT-VPCP", DocNumber("01/2018/TT-VPCP", "TT", "VPCP", 2018, "qppl")),
    ("42/2022/NĐCP", DocNumber("42/2022/NĐCP", "NĐ", "CP", 2022, "qppl")),
    ("01/2011/TTLT-VPCP-BNV", DocNumber("01/2011/TTLT-VPCP-BNV", "TTLT", "VPCP-BNV", 2011, "qppl")),
    ("Luật số: 148/2025/QH15", DocNumber("148/2025/QH15", None, "QH15", 2025, "qppl")),
    ("Nghị quyết 66.22/2026/NQ-CP", DocNumber("66.22/2026/NQ-CP", "NQ", "CP", 2026, "qppl")),
    ("574/QĐ-TTg", DocNumber("574/QĐ-TTg", "QĐ", "TTg", None, "named")),
    ("Văn bản số 15 /TB – UBND", DocNumber("15/TB-UBND", "TB", "UBND", None, "named")),
    ("12/TB-UBND.", DocNumber("12/TB-UBND", "TB", "UBND", None, "named")),
    ("301/VP-HC&TT", DocNumber("301/VP-HC&TT", "CV", "VP-HC&TT", None, "letter")),
    ("Số: 123/UBND", DocNumber("123/UBND", "CV", "UBND", None, "letter")),
    ("NQ 80-NQ/TW ngày 7/1/2026", DocNumber("80-NQ/TW", "NQ", "TW", None, "party")),
    ("15/SY-UBND", DocNumber("15/SY-UBND", "SY", "UBND", None, "copy")),
    ("Số:         /KH-UBND", DocNumber("/KH-UBND", "KH", "UBND", None, "blank")),
    ("Số: ……/SGDĐT-VP", DocNumber("/SGDĐT-VP", None, "SGDĐT-VP", None, "blank")),
    ("62/2022/qđ-ubnd", DocNumber("62/2022/QĐ-UBND", "QĐ", "UBND", 2022, "qppl")),
    (
        "Thay thế Quyết định 80/2025/QĐ-UBND và 12/KH-UBND",
        DocNumber("80/2025/QĐ-UBND", "QĐ", "UBND", 2025, "qppl"),
    ),
]

NOT_FOUND = [
    "",
    "101/112 đơn vị",
    "19/21 chuyên mục",
    "22/5/2026",
    "(23/4/2026 - 22/5/2026)",
    "nghỉ lễ 30/4-1/5",
    "24/7",
    "60 km/h",
    "QCVN 01:2021/BXD",
    "TCVN 6909:2001",
    "ISO/IEC 27001",
    "Lớp 9/A",
    "QCVN 01/2020/TT-BTC",
    "ngày 22/5",
    "1/2 HC",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_numbers_are_found_with_their_parts(text: str, expected: DocNumber) -> None:
    assert find_number(text) == expected


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_is_no_number(text: str) -> None:
    assert find_number(text) is None


def test_the_shared_samples() -> None:
    source = shared() / "domain" / "docnum_samples.tsv"
    if not source.is_file():
        pytest.skip(f"{source} is not there")
    with source.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) > 40
    wrong = []
    for row in rows:
        found = find_number(row["string"])
        if (found.kind if found else None) != KINDS.get(row["expected_kind"], row["expected_kind"]):
            wrong.append((row["string"], row["expected_kind"], found))
        elif found and str(found.year or "") != row["nam"]:
            wrong.append((row["string"], row["nam"], found))
    assert wrong == []


@given(serial=st.integers(1, 99999), year=st.integers(1990, 2099), kind=st.sampled_from(["QĐ", "NQ", "CT"]))
def test_numbers_come_back_from_running_text(serial: int, year: int, kind: str) -> None:
    found = find_number(f"theo số {serial:02}/{year}/{kind}-UBND ngày 1/2/{year} của tỉnh")
    assert found is not None
    assert (found.number, found.year, found.kind) == (f"{serial:02}/{year}/{kind}-UBND", year, "qppl")


@given(st.text(alphabet="0123456789/- .QĐUBNDsố:ngày…KHTWabc&", max_size=60))
def test_never_raises(text: str) -> None:
    find_number(text)
