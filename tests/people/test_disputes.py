"""Objections and decisions as they are kept: deadlines, one answer, nothing overwritten, old databases."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from audit.model import ChangeFinding, Finding, UnitResult
from errors import InputError
from report.disputes import DRAFT, FINAL, disputes, objection_answer
from report.standing import standings
from rubric.calendar import load_calendar
from rubric.edition import load_edition
from rubric.scoring import score_unit
from storage.store import Store, open_store
from tests.audit.build import at

EDITION = load_edition("kh65-2025")
CALENDAR = load_calendar()
KEY: dict[str, Any] = {"unit_id": "sokhcn", "period": "2026-05", "edition": EDITION.id, "leaf": "PL1.2"}
SAID: dict[str, Any] = {"by": "Trần Thị B", "reason": "Đã đăng 12 tin"}
LEAVES = EDITION.groups["department"].leaves


def finding(level: str = "from_5_to_9", count: int = 7) -> Finding:
    return Finding("PL1.2", level, "count.items", {"count": count, "more": 10 - count})


def judge(store: Store, found: Finding | None = None, changes: tuple[ChangeFinding, ...] = ()) -> None:
    """Store a result: the best level everywhere, on the leaf of news what was found."""
    found = found or finding()
    best = [Finding(leaf.id, leaf.levels[0].id, "manual.decide", {"note": ""}) for leaf in LEAVES]
    findings = tuple(found if each.leaf == found.leaf else each for each in best)
    levels = {each.leaf: (each.level, each.possible) for each in findings}
    store.save_result(
        period="2026-05",
        edition=EDITION.id,
        as_of=at("23/05"),
        result=UnitResult("sokhcn", True, "complete", findings, changes=changes),
        score=score_unit(EDITION.groups["department"], levels),
    )


def publish(store: Store, kind: str, when: datetime) -> None:
    store.publish(period="2026-05", edition=EDITION.id, kind=kind, by="TTĐT", content={}, at=when)


def points(store: Store) -> Decimal:
    (unit,) = standings(store, "2026-05", EDITION, {"sokhcn": "department"}, ["sokhcn"])
    return unit.score.points


def standing_of_news(store: Store) -> Any:
    (unit,) = standings(store, "2026-05", EDITION, {"sokhcn": "department"}, ["sokhcn"])
    return next(leaf for leaf in unit.leaves if leaf.leaf.id == "PL1.2")


def listed(store: Store, now: datetime) -> list[dict[str, Any]]:
    found = disputes(store, "2026-05", EDITION, CALENDAR).objections
    return [objection_answer(each, now) for each in found]


def test_the_deadlines_count_working_days_from_the_draft_and_from_the_filing(store: Store) -> None:
    publish(store, DRAFT, at("25/05"))  # a Monday
    store.add_objection(**KEY, **SAID, level="from_5_to_9", at=at("28/05", 16))
    store.add_objection(**KEY, **SAID, level="from_5_to_9", at=at("29/05", 8))
    in_time, late = listed(store, now=at("30/05"))
    assert (in_time["file_by"], in_time["late"]) == ("2026-05-28", False)
    assert (late["file_by"], late["late"]) == ("2026-05-28", True)
    assert in_time["answer_by"] == "2026-06-04"
    assert late["answer_by"] == "2026-06-05"
    assert not in_time["overdue"]
    assert [each["overdue"] for each in listed(store, now=at("05/06"))] == [True, False]


def test_before_any_draft_nothing_is_late(store: Store) -> None:
    store.add_objection(**KEY, **SAID, level=None, at=at("20/05"))
    publish(store, DRAFT, at("25/05"))
    (told,) = listed(store, now=at("26/05"))
    assert (told["file_by"], told["late"], told["state"], told["level"]) == (None, False, "open", None)


def test_an_edition_without_terms_has_no_deadlines(store: Store) -> None:
    store.add_objection(**KEY, **SAID, level=None, at=at("26/05"))
    bare = replace(EDITION, params={})
    (told,) = [objection_answer(each) for each in disputes(store, "2026-05", bare, CALENDAR).objections]
    assert (told["file_by"], told["answer_by"]) == (None, None)
    assert "overdue" not in told


def test_an_accepted_objection_with_a_level_decides_its_leaf(store: Store) -> None:
    judge(store)
    assert points(store) == 95
    objection = store.add_objection(**KEY, **SAID, level="from_5_to_9", files=["attachments/a/b.pdf"])
    answered = store.answer_objection(
        objection, verdict="accept", by="Hội đồng", reason="Đúng", level="at_least_10", finding=finding()
    )
    assert points(store) == 100
    (decision,) = store.decisions(period="2026-05")
    assert answered.answer is not None
    assert answered.answer.decision_id == decision.id
    assert (decision.author, decision.files) == ("Hội đồng", ("attachments/a/b.pdf",))
    assert not decision.stale(finding())
    (told,) = listed(store, now=at("26/05"))
    assert (told["state"], told["answer"]["level"], told["final"]) == ("accepted", "at_least_10", False)
    publish(store, FINAL, at("30/05"))
    assert listed(store, now=at("31/05"))[0]["final"]


def test_a_rejected_objection_moves_nothing(store: Store) -> None:
    judge(store)
    objection = store.add_objection(**KEY, **SAID, level="from_5_to_9")
    store.answer_objection(objection, verdict="reject", by="Hội đồng", reason="Tin đăng ngày 23")
    assert points(store) == 95
    assert store.decisions(period="2026-05") == ()
    assert listed(store, now=at("26/05"))[0]["state"] == "rejected"


def test_an_objection_is_answered_once(store: Store) -> None:
    objection = store.add_objection(**KEY, **SAID, level=None)
    store.answer_objection(objection, verdict="reject", by="A", reason="B")
    with pytest.raises(InputError, match="answered before"):
        store.answer_objection(objection, verdict="accept", by="A", reason="B", level="at_least_10")
    assert store.decisions(period="2026-05") == ()
    with pytest.raises(InputError, match="no objection 99"):
        store.objection(99)


def test_the_last_decision_holds_and_a_withdrawal_gives_the_leaf_back(store: Store) -> None:
    judge(store)
    for level in ("at_least_10", "below_5"):
        store.add_decision(**KEY, **SAID, level=level, finding=finding())
    assert points(store) == 93
    store.add_decision(**KEY, **SAID, level=None, finding=finding())
    assert points(store) == 95
    leaf = standing_of_news(store)
    assert leaf.decision is None
    assert [each.level for each in leaf.history] == ["at_least_10", "below_5", None]
    store.add_decision(**KEY, **SAID, level="at_least_10", finding=finding())
    assert points(store) == 100


def test_a_decision_grows_stale_when_judging_finds_something_else(store: Store) -> None:
    judge(store)
    store.add_decision(**KEY, **SAID, level="at_least_10", finding=finding())
    for found, stale in ((finding(), False), (finding(count=8), True), (finding(), False)):
        judge(store, found)
        leaf = standing_of_news(store)
        assert leaf.decision is not None
        assert leaf.decision.stale(leaf.finding) is stale
        assert points(store) == 100  # it counts until a person looks again


def test_a_decision_counts_under_its_own_edition_only(store: Store) -> None:
    judge(store)
    store.add_decision(**KEY | {"edition": "2024-02"}, **SAID, level="at_least_10")
    assert points(store) == 95
    assert store.decisions(period="2026-05", edition=EDITION.id) == ()


def test_what_became_of_changes_is_kept_with_the_result(store: Store) -> None:
    event = store.add_change(
        unit_id="sokhcn",
        edition=EDITION.id,
        leaf="PL1.1.1",
        day=date(2026, 5, 11),
        days=2,
        source="QĐ",
        by="A",
    )
    found = ChangeFinding(
        event.id, "PL1.1.1", "reflected", date(2026, 5, 13), at("10/05"), at("12/05"), "http://x/", "A → B"
    )
    judge(store, changes=(found,))
    (stored,) = store.load_results("2026-05")
    assert stored.result.changes == (found,)
    told = disputes(store, "2026-05", EDITION, CALENDAR).of("sokhcn", stored.result.changes)
    assert told["changes"][0]["state"] == "reflected"
    assert told["changes"][0]["date"] == "2026-05-11"
    judge(store)
    assert store.load_results("2026-05")[0].result.changes == ()


def test_decisions_of_an_older_database_get_the_edition_of_their_period(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        judge(store)
        store.add_decision(**KEY, **SAID, level="at_least_10")
        store.add_decision(**KEY | {"period": "2019-01"}, **SAID, level="at_least_10")
    _downgrade(tmp_path / "rasoat.sqlite3")
    with open_store(tmp_path) as store:
        assert [each.edition for each in store.decisions(period="2026-05")] == [EDITION.id]
        assert [each.edition for each in store.decisions(period="2019-01")] == [""]
        assert points(store) == 100


def _downgrade(path: Path) -> None:
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[2] / "storage/migrations"))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "v0001")
    engine.dispose()
    with sqlite3.connect(path) as plain:
        columns = {row[1] for row in plain.execute("PRAGMA table_info(decisions)")}
    assert "edition" not in columns
