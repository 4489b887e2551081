"""Documents: whose, how complete, how timely, and what is not known."""

from __future__ import annotations

import pytest

from audit.evidence import Sighting
from audit.ledger import document_key
from audit.model import Finding
from pages.model import DocumentRow, Item, PageReading
from tests.audit.build import PHUONG, XA, Portal, article, at, judge_leaf, listing, row, stated, wall

SO_LEAF, XA_LEAF = "PL1.3", "PL2.4"


def register(*rows: DocumentRow, search: bool = True) -> PageReading:
    return PageReading(kind="document_list", documents=rows, document_search=search)


def portal(*rows: DocumentRow, search: bool = True, files: bool = True) -> Portal:
    made = Portal().section("documents", register(*rows, search=search))
    return made.files(*(url for one in rows for url in one.file_urls)) if files else made


def judged(*rows: DocumentRow, sightings: tuple[Sighting, ...] = ()) -> Finding:
    return judge_leaf(SO_LEAF, portal(*rows), *sightings)


def xa_row(number: str, posted: str = "06/05") -> DocumentRow:
    return row(number, "05/05", posted, issuer="UBND xã Quang Trung")


def test_complete_and_on_time_is_full() -> None:
    finding = judged(row())
    assert (finding.level, finding.values["own"]) == ("full", 1)


@pytest.mark.parametrize(
    ("issued", "posted", "level"),
    [
        ("24/04", "28/04", "full"),  # 27/04 is off in lieu of Giỗ Tổ: working days are 28/04 and 29/04
        ("24/04", "29/04", "full"),
        ("24/04", "04/05", "partial"),  # 30/04 and 01/05 are off, but the deadline was 29/04
        ("29/04", "05/05", "full"),  # 30/04, 01/05 off: 04/05, 05/05
        ("29/04", "06/05", "partial"),
        ("05/05", "07/05", "full"),
        ("05/05", "08/05", "partial"),
    ],
)
def test_two_working_days_for_own_documents(issued: str, posted: str, level: str) -> None:
    assert judged(row(issued=issued, posted=posted)).level == level


@pytest.mark.parametrize(("posted", "level"), [("15/05", "full"), ("18/05", "partial")])
def test_eight_working_days_for_others_documents_on_a_department_portal(posted: str, level: str) -> None:
    other = row(
        "31/2026/TT-BKHCN", "05/05", posted, issuer="Bộ Khoa học và Công nghệ", file_urls=(), has_file=False
    )
    assert judged(row(), other).level == level


def test_others_documents_never_hurt_a_commune() -> None:
    old = row("31/2019/NĐ-CP", "05/05/2019", "06/05", issuer="Chính phủ", file_urls=(), has_file=False)
    own = xa_row("12/QĐ-UBND")
    made = Portal().section("documents", register(old, own)).files(*own.file_urls)
    assert judge_leaf(XA_LEAF, made, unit=XA).level == "full"


@pytest.mark.parametrize(("posted", "level"), [("08/05", "full"), ("11/05", "partial")])
def test_three_working_days_for_a_commune(posted: str, level: str) -> None:
    own = xa_row("12/QĐ-UBND", posted)
    made = Portal().section("documents", register(own)).files(*own.file_urls)
    assert judge_leaf(XA_LEAF, made, unit=XA).level == level


@pytest.mark.parametrize("field", ["number", "type", "issued", "abstract"])
def test_a_missing_field_of_an_own_document_is_partial(field: str) -> None:
    finding = judged(row(**{"number": "12/QĐ-SKHCN", field: None}))
    assert finding.level == "partial"


def test_effective_date_is_required_of_legal_documents_only() -> None:
    legal = row("12/2026/QĐ-SKHCN")
    assert judged(legal).level == "partial"
    assert judged(row("12/2026/QĐ-SKHCN", effective=stated("20/05"))).level == "full"


def test_number_alone_tells_whose_it_is() -> None:
    assert judged(row("12/QĐ-SKHCN", issuer=None)).level == "partial", "own, so the missing issuer counts"
    other = row("12/QĐ-BKHCN", issuer=None, file_urls=(), has_file=False)
    assert judged(other).level == "full", "another's: only its deadline binds"


def test_a_commune_number_without_issuer_is_its_own_on_its_own_portal() -> None:
    late = row("12/QĐ-UBND", "05/05", "20/05", issuer=None)
    made = Portal().section("documents", register(late)).files(*late.file_urls)
    finding = judge_leaf(XA_LEAF, made, unit=XA)
    assert (finding.level, finding.possible) == ("partial", ())


@pytest.mark.parametrize(
    ("status", "body", "level"),
    [
        (200, b"%PDF-1.7", "full"),
        (200, b"", "partial"),
        (200, b"\xef\xbb\xbf\r\n<!DOCTYPE html><title>404</title>", "partial"),
        (404, b"", "partial"),
        (None, b"", None),
        (503, b"<html>", None),
    ],
)
def test_the_file_must_download(status: int | None, body: bytes, level: str | None) -> None:
    made = portal(row(), files=False).files(*row().file_urls, status=status, body=body)
    finding = judge_leaf(SO_LEAF, made)
    assert finding.level == level
    if level is None:
        assert finding.possible == ("full", "partial")


def test_no_file_at_all_is_partial_and_a_file_never_asked_for_is_open() -> None:
    assert judge_leaf(SO_LEAF, portal(row(file_urls=(), has_file=False))).level == "partial"
    assert judge_leaf(SO_LEAF, portal(row(), files=False)).level is None
    assert judge_leaf(SO_LEAF, portal(row(file_urls=(), has_file=True))).level is None


def test_without_document_search_it_is_partial() -> None:
    assert judge_leaf(SO_LEAF, portal(row(), search=False)).level == "partial"


def test_no_record_of_the_period_is_none() -> None:
    finding = judged(row(issued="01/02", posted="02/02"))
    assert (finding.level, finding.reason_code) == ("none", "documents.none")
    assert finding.evidence
    assert judge_leaf(SO_LEAF, Portal()).reason_code == "documents.no_section"


def test_a_register_that_was_not_read_is_open_unless_it_is_partial_already() -> None:
    assert judge_leaf(SO_LEAF, Portal().broken("documents")).possible == ("full", "partial", "none")
    ok = (
        Portal()
        .section("documents", register(row()), state="failed", reason="timeout")
        .files(*row().file_urls)
    )
    assert judge_leaf(SO_LEAF, ok).possible == ("full", "partial")
    late = Portal().section("documents", register(row(posted="20/05")), state="failed", reason="timeout")
    assert judge_leaf(SO_LEAF, late).level == "partial"


def test_the_detail_page_completes_the_row() -> None:
    bare = row(type=None, issuer=None, url="http://so.test/vb/1", posted=None, file_urls=(), has_file=False)
    made = portal(bare)
    made.page("vb/1", PageReading(kind="document", documents=(row(),)))
    made.files(*row().file_urls)
    assert judge_leaf(SO_LEAF, made).level == "full"


def test_a_detail_page_that_did_not_come_leaves_missing_fields_open() -> None:
    bare = row(type=None, url="http://so.test/vb/1")
    made = portal(bare)
    made.page("vb/1", status=None, error="timeout", body=b"")
    assert judge_leaf(SO_LEAF, made).possible == ("full", "partial")


def seen_between(one: DocumentRow, absent: str | None, seen: str) -> Sighting:
    return Sighting(document_key(one), at(seen), at(absent) if absent else None)


@pytest.mark.parametrize(
    ("absent", "seen", "possible"),
    [
        ("05/05", "07/05", "full"),  # deadline 07/05
        ("06/05", "08/05", None),  # straddles
        ("08/05", "10/05", "partial"),
        (None, "20/05", None),  # first crawl
    ],
)
def test_first_seen_interval_stands_in_for_the_posting_date(
    absent: str | None, seen: str, possible: str | None
) -> None:
    one = row(issued="05/05", posted=None)
    finding = judged(one, sightings=(seen_between(one, absent, seen),))
    assert finding.level == possible
    if possible is None:
        assert finding.possible == ("full", "partial")


def test_an_undetermined_record_beside_a_late_one_does_not_matter() -> None:
    unknown, late = row("1/QĐ-SKHCN", posted=None), row("2/QĐ-SKHCN", posted="20/05")
    assert judged(unknown, late).level == "partial"


@pytest.mark.parametrize(("seen", "possible"), [("23/05", ("full", "partial")), ("10/06", None)])
def test_documents_of_the_period_first_seen_right_after_its_close(
    seen: str, possible: tuple[str, ...] | None
) -> None:
    one = row(issued="20/05", posted=None)
    finding = judged(one, sightings=(seen_between(one, None, seen),))
    assert finding.possible == (possible or ("full", "partial", "none"))


def test_a_known_fault_decides_on_the_day_after_the_close() -> None:
    unknown = row("1/QĐ-SKHCN", issued="05/05", posted=None)
    bare = row("2/QĐ-SKHCN", issued="06/05", posted=None, file_urls=(), has_file=False)
    sightings = (seen_between(unknown, None, "23/05"), seen_between(bare, None, "23/05"))
    assert judged(unknown, bare, sightings=sightings).level == "partial"


def test_old_documents_without_posting_dates_are_not_of_the_period() -> None:
    assert judged(row(issued="05/02", posted=None)).level == "none"


def test_a_document_issued_just_before_the_period_without_posting_date_is_open() -> None:
    assert "none" in judged(row(issued="22/04", posted=None)).possible


def test_first_seen_inside_the_period_makes_an_older_document_late() -> None:
    one = row(issued="10/04", posted=None)
    assert judged(one, sightings=(seen_between(one, "05/05", "06/05"),)).level == "partial"


def test_posts_of_a_document_section_are_records_that_lack_fields() -> None:
    post = Item("Quyết định số 12/QĐ-SKHCN về việc khen thưởng", "http://so.test/a", stated("06/05"))
    made = Portal().section("documents", listing(post))
    made.page("a", article("06/05"))
    assert judge_leaf(SO_LEAF, made).level == "partial"


def test_one_document_in_two_lists_is_one_record() -> None:
    made = portal(row()).section("documents", register(row()))
    assert judge_leaf(SO_LEAF, made).values["records"] == 1


def test_a_row_and_its_own_page_are_one_record() -> None:
    listed = row(issuer=None, type=None, url="http://so.test/vb/1")
    made = portal(listed)
    made.section(
        "documents", PageReading(kind="document", documents=(row(url="http://so.test/vb/1"),)), path="vb/1"
    )
    made.files(*row().file_urls)
    finding = judge_leaf(SO_LEAF, made)
    assert (finding.level, finding.values["records"]) == ("full", 1)


def test_a_placeholder_register_is_none() -> None:
    assert judge_leaf(SO_LEAF, Portal().section("documents", wall("placeholder"))).level == "none"


def test_another_ward_is_another_issuer() -> None:
    other = row("12/QĐ-UBND", "05/05", "20/05", issuer="UBND xã Quang Trung", file_urls=(), has_file=False)
    made = Portal().section("documents", register(other))
    assert judge_leaf(XA_LEAF, made, unit=PHUONG).level == "full"
