"""A known change through the whole wiring: pages of several nights stored, judged, kept, flagged."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import pipeline
from pages.capture import Role, Trail
from rubric.edition import load_edition
from rubric.model import Register, Unit
from rubric.period import parse_period
from storage.exchange import Exchange
from storage.records import StoredResult
from storage.store import Store
from tests.audit.build import at

UNIT = Unit("sokhcn", "Sở Khoa học và Công nghệ", "department", "http://127.0.20.7:8700/")
MENU = """<html><head><title>Sở KHCN</title></head><body><nav><ul>
<li><a href="/">Trang chủ</a></li><li><a href="/gioi-thieu">Cơ cấu tổ chức</a></li>
<li><a href="/tin-tuc">Tin tức</a></li><li><a href="/van-ban">Văn bản</a></li></ul></nav>"""
PAGE = (
    MENU
    + """<main><h1>Cơ cấu tổ chức</h1><p>Sở có Văn phòng, Thanh tra và năm phòng chuyên môn, các đơn vị sự
nghiệp trực thuộc; thực hiện chức năng, nhiệm vụ, quyền hạn theo quy định của Ủy ban nhân dân tỉnh.</p>
<p>Giám đốc Sở: ông {head}, phụ trách chung.</p><p>Lượt truy cập: {visits}</p></main></body></html>"""
)


def walk(store: Store, moment: datetime, head: str, visits: int) -> None:
    """One night's walk over home page and organisation, kept as the crawler keeps it."""
    run = store.start_run("crawl", [UNIT.id], moment, {})
    pages: tuple[tuple[str, Role, str], ...] = (
        ("", "home", MENU + "<main><p>Chào mừng quý vị.</p></main></body></html>"),
        ("gioi-thieu", "section", PAGE.format(head=head, visits=visits)),
    )
    for number, (path, role, text) in enumerate(pages):
        body, when = text.encode(), moment + timedelta(seconds=number)
        store.record(
            run,
            UNIT.id,
            Exchange(
                url=f"{UNIT.url}{path}",
                fetched_at=when,
                seen_at=when,
                role=role,
                status=200,
                reason="OK",
                headers=(("Content-Type", "text/html; charset=utf-8"),),
                raw_body=body,
                body=body,
            ),
        )
    trails = (
        Trail("home", "home", UNIT.url or "", "complete", captures=(0,)),
        Trail("organisation", "Cơ cấu tổ chức", f"{UNIT.url}gioi-thieu", "complete", captures=(1,)),
    )
    store.finish_portal(run, UNIT.id, trails, True, {})
    store.finish_run(run, "complete")


def judged(store: Store, as_of: datetime) -> StoredResult:
    """Judge from what is stored, and read back what was kept."""
    job = pipeline.Job(
        Register((UNIT,)), (UNIT,), load_edition("kh65-2025"), parse_period("2026-05"), as_of, pinned=True
    )
    assert pipeline.judge(job, store) == 1
    (found,) = store.load_results("2026-05")
    return found


@pytest.fixture
def told(store: Store) -> Store:
    """A store that knows of a change on Monday 11/05/2026, to be shown by Wednesday 13/05."""
    store.add_change(
        unit_id=UNIT.id,
        edition="kh65-2025",
        leaf="PL1.1.1",
        day=date(2026, 5, 11),
        days=2,
        source="QĐ 12/QĐ-UBND",
        by="TTĐT",
    )
    return store


def test_a_change_made_in_time(told: Store) -> None:
    walk(told, at("10/05"), "Nguyễn Văn A", 1_017)
    assert judged(told, at("12/05", 12)).result.changes[0].state == "not_yet"
    walk(told, at("13/05"), "Trần Văn B", 1_390)
    (change,) = judged(told, at("20/05")).result.changes
    assert (change.state, change.due) == ("reflected", date(2026, 5, 13))
    assert (change.before, change.after) == (at("10/05"), at("13/05"))
    assert change.quote == "Nguyễn Văn A, → Trần Văn B,"


def test_a_change_never_made_is_flagged_and_moves_no_points(told: Store, tmp_path: Path) -> None:
    walk(told, at("10/05"), "Nguyễn Văn A", 1_017)
    points = judged(told, at("12/05", 12)).score
    walk(told, at("14/05"), "Nguyễn Văn A", 1_390)
    found = judged(told, at("20/05"))
    assert found.result.changes[0].state == "not_reflected"
    assert [flag.kind for flag in found.result.flags] == ["change_not_reflected"]
    assert found.score == points


def test_a_change_belongs_to_the_periods_its_deadline_touches(told: Store) -> None:
    walk(told, at("10/05"), "Nguyễn Văn A", 1_017)
    told.add_change(
        unit_id=UNIT.id,
        edition="kh65-2025",
        leaf="PL1.1.1",
        day=date(2026, 5, 23),
        days=2,
        source="QĐ 13/QĐ-UBND",
        by="TTĐT",
    )
    assert [each.change_id for each in judged(told, at("20/05")).result.changes] == [1]
