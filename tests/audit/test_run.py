"""The whole judgement of a unit: borders, coverage, flags, ledger keys, words of reasons."""

from __future__ import annotations

import ast
import re
import string
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import audit
from audit import auditors, run
from audit.evidence import Sighting
from audit.ledger import document_key, item_key, seen_keys
from audit.model import Finding, UnitResult
from audit.reasons import REASONS, WHY, advice_of, reason_of, words_of
from pages.capture import Capture
from pages.model import DocumentRow, Item, PageReading
from tests.audit.build import (
    AS_OF,
    CALENDAR,
    EDITION,
    HOME,
    PERIOD,
    REGISTER,
    SO,
    XA,
    Portal,
    article,
    at,
    item,
    judge_leaf,
    listing,
    row,
    stated,
    wall,
)  # fmt: skip


def judged(
    portal: Portal, *sightings: Sighting, province: Portal | None = None, **more: object
) -> UnitResult:
    values: dict[str, Any] = {
        "unit": SO,
        "register": REGISTER,
        "edition": EDITION,
        "calendar": CALENDAR,
        "period": PERIOD,
        "as_of": AS_OF,
    }
    given = {**values, **more, "province": province.evidence() if province else None}
    return run.judge(portal.evidence(*sightings), **given)


def test_every_leaf_of_the_group_in_order() -> None:
    result = judged(Portal())
    assert [finding.leaf for finding in result.findings] == [
        leaf.id for leaf in EDITION.groups["department"].leaves
    ]
    assert [f.leaf for f in judged(Portal(), unit=XA).findings] == [
        leaf.id for leaf in EDITION.groups["commune"].leaves
    ]


def test_the_same_input_gives_the_same_result() -> None:
    def make() -> UnitResult:
        portal = Portal().section("news", listing(*(item(f"Tin {n}", "05/05") for n in range(7))))
        return judged(portal.section("documents", PageReading(kind="document_list", documents=(row(),))))

    assert repr(make()) == repr(make())


@pytest.mark.parametrize(
    "portal", [Portal(home=None).broken("home"), Portal(home=wall("bot_wall")), Portal(home=None)]
)
def test_a_portal_never_reached(portal: Portal) -> None:
    result = judged(portal)
    assert (result.reached, result.coverage) == (False, "none")
    assert {finding.reason_code for finding in result.findings} == {"unit.unreached"}
    assert all(finding.level is None and len(finding.possible) > 1 for finding in result.findings)


def test_coverage() -> None:
    assert judged(Portal()).coverage == "complete"
    assert judged(Portal().broken("other")).coverage == "complete", "no leaf needs it"
    assert judged(Portal().broken("news")).coverage == "partial"
    assert judged(Portal().broken("sitemap")).coverage == "partial"
    assert judged(Portal().section("radio", wall("bot_wall"))).coverage == "complete", (
        "a department needs no radio"
    )
    assert judged(Portal().section("radio", wall("bot_wall")), unit=XA).coverage == "partial"


def test_behind_a_bot_wall_the_reached_pages_still_count() -> None:
    portal = Portal(replace(HOME, links=())).section("news", wall("bot_wall"))
    result = judged(portal)
    levels = {finding.leaf: finding.level for finding in result.findings}
    assert levels["PL1.2"] is None
    assert levels["PL1.12.2"] == "no"


def test_a_failing_auditor_costs_only_its_leaf(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Finding:
        raise ValueError("hỏng")

    monkeypatch.setattr(run, "KINDS", {**auditors.KINDS, "schedule": broken})
    result = judged(Portal())
    failed = next(finding for finding in result.findings if finding.leaf == "PL1.10")
    assert (failed.level, failed.reason_code, failed.possible) == (None, "schedule.failed", ("yes", "no"))
    assert result.facts["auditor_errors"] == ["PL1.10: ValueError: hỏng"]
    assert next(finding for finding in result.findings if finding.leaf == "PL1.11").level == "no"


def test_items_are_the_distinct_posts_of_all_sections() -> None:
    shared = item("Chung", "05/05")
    portal = Portal().section("news", listing(shared, item("Cũ", "01/01")))
    portal.section(
        "other",
        listing(shared, item("Thông báo", "06/05"), item("Không ngày", None, url="http://khac.test/1")),
    )
    result = judged(portal)
    assert (result.item_count, result.undated_count, len(result.items)) == (2, 1, 4)
    assert next(one for one in result.items if one.title == "Chung").sections == ("news", "other")


def flags(*items: Item, sightings: tuple[Sighting, ...] = (), seen: str = "23/05") -> list[tuple[str, str]]:
    portal = Portal(seen=at(seen, 0)).section("news", listing(*items))
    return [(flag.kind, flag.url) for flag in judged(portal, *sightings).flags]


def test_flags_of_posts() -> None:
    one = item("Tin", "05/05")
    assert flags(one) == []
    assert flags(item("Mai", "30/05")) == [("future", item("Mai").url)]
    assert flags(item("Không", None, url="http://khac.test/")) == [("undated", "http://khac.test/")]
    twin = item("Tin", "05/05", url="http://so.test/khac")
    assert [kind for kind, _ in flags(one, twin)] == ["duplicate"]


@pytest.mark.parametrize(
    ("absent", "kinds"), [("06/05", []), ("07/05", ["back_dated"]), ("05/05", []), (None, [])]
)
def test_back_dated_is_more_than_a_day_before_the_interval(absent: str | None, kinds: list[str]) -> None:
    one = item("Tin", "05/05")
    sighting = Sighting(item_key(one), at("10/05"), at(absent) if absent else None)
    assert [kind for kind, _ in flags(one, sightings=(sighting,))] == kinds


def test_re_dated_and_removed() -> None:
    one, gone = item("Tin", "05/05"), item("Đã gỡ", "06/05")
    moved = Sighting(item_key(one), at("10/05"), None, stated("01/05").date, "news")  # type: ignore[union-attr]
    lost = Sighting(item_key(gone), at("10/05"), None, stated("06/05").date, "news")  # type: ignore[union-attr]
    assert flags(one, sightings=(moved, lost)) == [("re_dated", one.url), ("removed", gone.url)]
    portal = Portal().section("news", listing(one), state="failed", reason="timeout")
    assert "removed" not in [flag.kind for flag in judged(portal, lost).flags], "unseen is not gone"


def test_keys() -> None:
    assert item_key(item("A", url="HTTP://So.test:80/a;jsessionid=1?t=1#x")) == item_key(
        item("B", url="http://so.test/a?t=1")
    )
    assert item_key(item("A", identity="1/2")) == item_key(item("B", url="http://khac/", identity="1/2"))
    assert document_key(row("12/QĐ-SKHCN", "05/05")) != document_key(row("12/QĐ-SKHCN", "05/05/2025")), (
        "restarts each year"
    )
    assert document_key(row("12/QĐ-SKHCN")) != document_key(row("12/QĐ-SKHCN", issuer="Sở Y tế"))
    assert document_key(row("12/QĐ-SKHCN")) == document_key(row("12 /QĐ-SKHCN", abstract="khác"))
    assert document_key(DocumentRow(url="http://so.test/vb/1")) == "http://so.test/vb/1"


def test_seen_keys_by_section() -> None:
    portal = (
        Portal()
        .section("news", listing(item("Tin", "05/05")))
        .section("documents", PageReading(documents=(row(),)))
    )
    portal.broken("news", inherited=True).outside("radio", "http://khac.test/")
    sight = seen_keys(portal.evidence())
    assert set(sight) == {"news", "documents"}
    assert (sight["news"].complete, sight["documents"].complete) == (False, True)
    assert list(sight["documents"].keys.values()) == [stated("06/05").date]  # type: ignore[union-attr]


def emitted() -> set[str]:
    """Every text in the auditors that has the form of a reason code, and the codes made from a kind."""
    folder = Path(audit.__file__ or "").parent
    found: set[str] = set()
    for path in [*folder.glob("auditors/*.py"), folder / "run.py"]:
        tree = ast.parse(path.read_text("utf-8"))
        texts = [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        found |= {text for text in texts if re.fullmatch(r"[a-z_]+\.[a-z_]+", text)}
        if "context.unseen" in path.read_text("utf-8"):
            found.add(f"{path.stem}.unseen")
    return found


def test_every_reason_code_has_words_and_every_word_a_code() -> None:
    assert emitted() == set(REASONS)
    assert reason_of("count.failed").says
    with pytest.raises(KeyError):
        reason_of("count.made_up")


def test_words_are_filled_from_the_values() -> None:
    portals = [Portal(), Portal().broken("sitemap"), Portal(home=None), Portal(home=None).broken("home")]
    portals.append(
        Portal().section("news", listing(*(item(f"T{n}", "05/05") for n in range(3)))).broken("documents")
    )
    for portal in portals:
        for finding in judged(portal).findings:
            assert "{" not in words_of(finding) + advice_of(finding)
            assert finding.level == "yes" or words_of(finding)


def test_unresolved_findings_say_what_would_settle_them() -> None:
    for finding in judged(Portal().broken("sitemap")).findings:
        if finding.level is None:
            assert advice_of(finding)


def test_words_can_be_translated() -> None:
    finding = judge_leaf("PL1.2", Portal().section("news", listing(), state="failed", reason="timeout"))
    assert "no answer in time" in words_of(finding)
    assert "QUÁ GIỜ" in words_of(finding, lambda text: "QUÁ GIỜ" if text == WHY["timeout"] else text)


def test_fields_of_the_templates_are_values_that_auditors_give() -> None:
    fields = {
        field
        for reason in REASONS.values()
        for text in reason
        for _, field, _, _ in string.Formatter().parse(text)
        if field
    }
    source = "".join(path.read_text("utf-8") for path in Path(audit.__file__ or "").parent.rglob("*.py"))
    assert not {field for field in fields if f'"{field}"' not in source}


def test_article_reader_is_asked_once() -> None:
    portal = Portal().section("news", listing(item("Tin", None, url="http://so.test/a")))
    portal.page("a", article("05/05"))
    asked: list[str] = []
    evidence = portal.evidence()
    reader = evidence.reader

    def noted(capture: Capture) -> PageReading:
        asked.append(capture.url)
        return reader(capture)

    evidence.reader = noted
    run.judge(evidence, SO, REGISTER, EDITION, CALENDAR, PERIOD, AS_OF, None)
    assert len(asked) == len(set(asked)) == 3
