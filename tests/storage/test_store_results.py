"""Results, decisions, self-scores and publications, on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select
from storage_samples import NIGHT, SCORE

from audit.model import Citation, Finding, Flag, PeriodItem, UnitResult
from storage.people import WHOLE
from storage.records import StoredResult, finding_digest
from storage.store import Store, open_store
from storage.tables import FindingRow, ItemRow, Result

AS_OF = datetime(2026, 5, 23, 5, tzinfo=UTC)
CITATION = Citation("sha256:ab", "http://127.0.20.1:8700/tin/1", NIGHT, "Tin số 1 – “quote”")
SETTLED = Finding(
    "PL1.8",
    "on_time_50_80",
    "petitions.on_time_share",
    {"due": 3, "refs": ["a", "b"], "x": None},
    (CITATION,),
)
OPEN = Finding("PL1.3", None, "documents.unseen", {}, (), ("full", "partial"))
ITEM = PeriodItem("id:1/2", "Tin số 1", None, date(2026, 5, 22), ("news", "documents"), True, True, "22/05")
RESULT = UnitResult(
    unit_id="sokhcn",
    reached=True,
    coverage="partial",
    findings=(SETTLED, OPEN),
    items=(ITEM, replace(ITEM, key="b", posted=None, url="http://x/", in_period=False)),
    flags=(Flag("back_dated", "http://x/", "2026-04-01"),),
    facts={"facebook": "http://fb/", "phone": None, "seconds": 3, "tls": True, "langs": ["en"]},
)


def saved(store: Store, result: UnitResult = RESULT, *, edition: str = "kh65-2025") -> int:
    return store.save_result(period="2026-05", edition=edition, as_of=AS_OF, result=result, score=SCORE)


def counted(store: Store, table: type) -> int | None:
    with store.database.read() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_a_result_comes_back_as_it_was(store: Store) -> None:
    saved(store)
    (found,) = store.load_results("2026-05")
    assert found.result == RESULT
    assert found.score == SCORE
    assert str(found.score.high) == "97.50"
    assert (found.period, found.edition, found.unit_id, found.as_of) == (
        "2026-05",
        "kh65-2025",
        "sokhcn",
        AS_OF,
    )
    assert found.run_id is None


def test_a_result_names_the_walk_it_rests_on(store: Store) -> None:
    run = store.start_run("crawl", ["sokhcn"], None, {})
    store.finish_portal(run, "sokhcn", [], True, {})
    portal = store.latest_run_for("sokhcn")
    assert portal is not None
    store.save_result(
        period="2026-05", edition="e", as_of=AS_OF, result=RESULT, score=SCORE, portal_run_id=portal.id
    )
    assert store.load_results("2026-05")[0].run_id == run


def test_judging_again_replaces_and_adds_no_duplicate(store: Store) -> None:
    saved(store)
    saved(store)
    last = saved(store, replace(RESULT, items=RESULT.items[:1]))
    (found,) = store.load_results("2026-05")
    assert (found.id, len(found.result.items)) == (last, 1)
    assert counted(store, Result) == 3  # the history stays …
    assert counted(store, FindingRow) == 6
    assert counted(store, ItemRow) == 1  # … but not its index


def test_editions_stand_beside_each_other(store: Store) -> None:
    saved(store)
    saved(store, edition="2024-02")

    def editions(edition: str | None = None) -> list[str]:
        return [each.edition for each in store.load_results("2026-05", edition=edition)]

    assert editions() == ["2024-02"]
    assert editions("kh65-2025") == ["kh65-2025"]
    assert store.load_results("2026-04") == ()


def test_some_units_are_asked_for(store: Store) -> None:
    for unit in ("c", "a", "b"):
        saved(store, replace(RESULT, unit_id=unit))
    assert [each.unit_id for each in store.load_results("2026-05")] == ["c", "a", "b"]
    assert [each.unit_id for each in store.load_results("2026-05", ["b", "c", "x"])] == ["c", "b"]
    assert store.load_results("2026-05", []) == ()


def test_a_failing_save_leaves_the_old_result(store: Store) -> None:
    saved(store)
    broken = replace(RESULT, facts={"x": float("nan")})  # type: ignore[dict-item]
    with pytest.raises(Exception, match="JSON"):
        saved(store, broken)
    (found,) = store.load_results("2026-05")
    assert found.result == RESULT


def test_many_judges_at_once(tmp_path: Path, db_url: str | None, reopen: Callable[[], Store]) -> None:
    reopen()

    def judge(number: int) -> StoredResult:
        with open_store(tmp_path / "data", db_url) as store:
            for _ in range(5):
                saved(store, replace(RESULT, unit_id=f"unit{number % 2}"))
            return store.load_results("2026-05", [f"unit{number % 2}"])[0]

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(judge, range(4)))
    assert all(each.result.findings == RESULT.findings for each in found)
    store = reopen()
    assert len(store.load_results("2026-05")) == 2
    assert counted(store, Result) == 20


def test_decisions_are_kept_in_order_and_grow_stale(store: Store) -> None:
    for level, finding in (("full", None), ("partial", SETTLED)):
        store.add_decision(
            unit_id="sokhcn",
            period="2026-05",
            edition="kh65-2025",
            leaf="PL1.8",
            level=level,
            by="Nguyễn Văn A",
            reason="Biên bản số 3",
            files=("bienban.pdf",),
            finding=finding,
            at=NIGHT,
        )
    first, last = store.decisions(period="2026-05", unit_id="sokhcn")
    assert (first.level, last.level, last.author, last.files) == (
        "full",
        "partial",
        "Nguyễn Văn A",
        ("bienban.pdf",),
    )
    assert last.made_at == NIGHT
    assert not last.stale(SETTLED)
    assert not last.stale(replace(SETTLED, evidence=()))  # other citations, same finding
    assert last.stale(replace(SETTLED, values={"due": 4}))
    assert last.stale(None)
    assert first.stale(SETTLED)
    assert store.decisions(period="2026-05", unit_id="sotc") == ()
    assert store.decisions(period="2026-05") == (first, last)


def test_a_finding_read_back_has_the_same_digest(store: Store) -> None:
    saved(store)
    back = store.load_results("2026-05")[0].result.findings
    assert [finding_digest(each) for each in back] == [finding_digest(each) for each in RESULT.findings]


def test_what_units_say_of_themselves(store: Store) -> None:
    store.save_self_scores("2026-05", "sokhcn", {WHOLE: Decimal("98"), "PL1.8": Decimal("12.5")}, "a.xlsx")
    store.save_self_scores("2026-05", "sotc", {WHOLE: Decimal("90")}, "a.xlsx")
    store.save_self_scores("2026-05", "sokhcn", {WHOLE: Decimal("97.50")}, "b.xlsx")
    found = store.self_scores("2026-05")
    assert found == {"sokhcn": {WHOLE: Decimal("97.5")}, "sotc": {WHOLE: Decimal("90")}}
    assert store.self_scores("2026-04") == {}


def test_what_was_published_stays(store: Store) -> None:
    content = {"period": "2026-05", "units": [{"unit": "sokhcn", "points": 92.5}]}
    first = store.publish(period="2026-05", edition="kh65-2025", kind="notice", by="TTĐT", content=content)
    store.publish(period="2026-05", edition="kh65-2025", kind="erratum", by="TTĐT", content={})
    notice, erratum = store.publications("2026-05")
    assert notice == first
    assert json.dumps(notice.content) == json.dumps(content)
    assert (erratum.kind, erratum.digest != notice.digest) == ("erratum", True)
