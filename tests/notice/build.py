"""Stored results in few words: which level each unit has where it has not the best one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from audit.model import Finding, PeriodItem, UnitResult
from report.notice.model import Notice
from report.notice.taken import read_notice
from rubric.edition import edition_for, load_edition
from rubric.model import Register, Unit
from rubric.period import parse_period
from rubric.scoring import score_unit
from storage.store import Store

DATA = Path(__file__).with_name("data")
EDITION = load_edition("kh65-2025")
PERIOD = parse_period("2026-05")
AS_OF = datetime(2026, 5, 23, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
APRIL = 11177  # items of April 2026, as the notice of May says it

UNITS = (
    Unit("sokhcn", "Sở Khoa học và Công nghệ", "department", "http://127.0.0.1:1/"),
    Unit("soyte", "Sở Y tế", "department", "http://127.0.0.1:2/"),
    Unit("sonoivu", "Sở Nội vụ", "department", "http://127.0.0.1:3/"),
    Unit("kep", "UBND xã Kép", "commune", "http://127.0.0.1:4/"),
)
REGISTER = Register(UNITS)
REGISTER_YAML = "units:\n" + "".join(
    f"  - {{id: {unit.id}, name: {unit.name}, kind: {unit.kind}, url: '{unit.url}'}}\n" for unit in UNITS
)

Levels = Mapping[str, str | None]


def taken(period: str, previous: int | None = None) -> Notice:
    """The notice of a published table."""
    parsed = parse_period(period)
    return read_notice(DATA / f"{period}.tsv", parsed, edition_for(None, parsed.closes), previous)


def keep(store: Store, unit: Unit, items: int, levels: Levels | None = None, period: str = "2026-05",
         coverage: str = "complete", reason: str = "manual.decide") -> None:  # fmt: skip
    """Store a unit's result: the best level of each leaf unless ``levels`` says another (None: open)."""
    group = EDITION.groups[unit.kind]
    chosen = {leaf.id: (levels or {}).get(leaf.id, leaf.levels[0].id) for leaf in group.leaves}
    result = UnitResult(
        unit.id,
        coverage != "none",
        coverage,  # type: ignore[arg-type]
        tuple(Finding(leaf, level, reason, {"note": ""}) for leaf, level in chosen.items()),
        tuple(_item(number) for number in range(items)),
    )
    score = score_unit(group, {leaf: (level, ()) for leaf, level in chosen.items()})
    store.save_result(period=period, edition=EDITION.id, as_of=AS_OF, result=result, score=score)


def _item(number: int) -> PeriodItem:
    return PeriodItem(f"k{number}", f"Tin {number}", None, date(2026, 5, 4), ("news",), in_period=True)
