"""The score recomputed from nothing but the file, and compared leaf by leaf with what the file says."""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

import pages
from audit.evidence import UnitEvidence
from audit.model import UnitResult
from audit.run import judge
from errors import InputError
from report.evidence import contents
from report.evidence.contents import ARCHIVE_OF_PROVINCE, ARCHIVE_OF_UNIT
from report.evidence.portal import evidence_of
from report.verify import verdict as says
from report.verify.captures import READING, Found
from report.verify.container import Container
from report.verify.seal import read_json
from report.verify.verdict import Verdict
from rubric.calendar import CALENDAR_FILE, WorkCalendar, load_calendar
from rubric.edition import EDITIONS, read_edition
from rubric.model import Edition, Register, Unit
from rubric.period import parse_period
from rubric.register import load_register
from rubric.scoring import Score, score_unit
from storage.columns import local

_RULES = (contents.EDITION, contents.CALENDAR, contents.REGISTER)
_NEEDED = (
    contents.FINDINGS, contents.SCORE, contents.DECISIONS, contents.COVERAGE, contents.ITEMS, contents.LEDGER,
)  # fmt: skip
_MAX_RULES = 4 * 1024**2
_MAX_NODES = 1_000_000


@dataclass(frozen=True, slots=True)
class _Rules:
    """By what it is judged: all from the file."""

    edition: Edition
    calendar: WorkCalendar
    register: Register
    unit: Unit


def check_score(container: Container, verdict: Verdict, captures: Mapping[str, Found]) -> None:
    """Judge anew and note every leaf, count and total that is not what the file says."""
    missing = [name for name in (contents.CASE, *_RULES, *_NEEDED) if name not in container.entries]
    torn = [name for name, found in captures.items() if not found.whole]
    if ARCHIVE_OF_UNIT not in captures:
        missing.append(ARCHIVE_OF_UNIT)
    if missing or torn:
        verdict.differs("not_judged", says.NOT_JUDGED, what=", ".join(missing + torn))
        return
    case = read_case(container)
    told = {name: read_json(container, name) for name in _NEEDED}
    try:
        verdict.facts["own_rules"] = _own_rules(container, case)
        with _rules(container, case) as rules:
            result = _judged(case, told, rules, captures)
            _compare(verdict, told, result, rules)
    except (InputError, *READING) as error:
        verdict.differs("not_judged", says.NOT_JUDGED, what=_said(error))


def read_case(container: Container) -> dict[str, Any]:
    """What the file is about.

    Raises:
        InputError: that is missing, or was written by a version this program does not know.
    """
    case = read_json(container, contents.CASE)
    if not isinstance(case, dict) or case.get("format") != contents.FORMAT:
        raise container.fault("{part} is of a version that this program does not know", part=contents.CASE)
    return case


def _said(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error} is not there"
    return f"{type(error).__name__}: {error}"[:300]


def _own_rules(container: Container, case: Mapping[str, Any]) -> list[str]:
    """Rules in the file that are not those which this program ships: no difference by itself, since both
    change in time, but something that a reader must know."""
    edition = EDITIONS / f"{_plain(case['edition'])}.yml"
    shipped = {contents.EDITION: edition, contents.CALENDAR: CALENDAR_FILE}
    return [
        name
        for name, path in shipped.items()
        if not path.is_file() or path.read_bytes() != bytes(container.part(name))
    ]


@contextmanager
def _rules(container: Container, case: Mapping[str, Any]) -> Iterator[_Rules]:
    """Edition, calendar and register as they lie in the file, read the way the program's own are."""
    with tempfile.TemporaryDirectory(prefix="rasoat-verify-") as folder:
        paths = {name: Path(folder) / name.rpartition("/")[2] for name in _RULES}
        paths[contents.EDITION] = Path(folder) / "editions" / f"{_plain(case['edition'])}.yml"
        paths[contents.EDITION].parent.mkdir()
        for name, path in paths.items():
            data = bytes(container.part(name))
            if len(data) > _MAX_RULES:
                raise container.fault("{part} is larger than any rules are", part=name)
            if _swells(data):
                raise container.fault("{part} repeats parts of itself, which rules never do", part=name)
            path.write_bytes(data)
        register = load_register(paths[contents.REGISTER])
        unit = register.get(case["unit"])
        if unit is None:
            raise ValueError(f"{contents.REGISTER} does not hold {case['unit']}")
        yield _Rules(
            read_edition(paths[contents.EDITION]), load_calendar(paths[contents.CALENDAR]), register, unit
        )


def _swells(data: bytes) -> bool:
    """True for YAML that stands for more than it is long: aliases of aliases, or of themselves."""
    try:
        root = yaml.compose(data, yaml.CSafeLoader)
    except (yaml.YAMLError, RecursionError):
        return False  # the loader says what is wrong with it, and where
    sizes: dict[int, float] = {}
    return _size(root, sizes) > _MAX_NODES


def _size(node: Any, sizes: dict[int, float]) -> float:
    """How many values a node stands for, endless when it holds itself."""
    if id(node) not in sizes:
        sizes[id(node)] = math.inf
        parts = node.value if isinstance(node, yaml.CollectionNode) else []
        flat = [each for part in parts for each in (part if isinstance(part, tuple) else (part,))]
        sizes[id(node)] = 1 + sum(_size(each, sizes) for each in flat)
    return sizes[id(node)]


def _plain(name: Any) -> str:
    text = str(name)
    if len(text) > 100 or not text or any(letter in text for letter in "/\\\0") or text.startswith("."):
        raise ValueError(f"an edition cannot be named {text!r}")
    return text


def _judged(
    case: Mapping[str, Any], told: Mapping[str, Any], rules: _Rules, captures: Mapping[str, Found]
) -> UnitResult:
    cover = told[contents.COVERAGE]
    ledger = contents.ledger_from(told[contents.LEDGER]["unit"])
    own = _evidence(rules.unit.id, captures[ARCHIVE_OF_UNIT], cover["unit"]["trails"], ledger)
    away = None
    if case["province"] is not None:
        if ARCHIVE_OF_PROVINCE not in captures:
            raise ValueError(f"{ARCHIVE_OF_PROVINCE} is missing")
        away = _evidence(case["province"], captures[ARCHIVE_OF_PROVINCE], cover["province"]["trails"], {})
    return judge(
        own,
        rules.unit,
        rules.register,
        rules.edition,
        rules.calendar,
        parse_period(case["period"]),
        local(datetime.fromisoformat(case["as_of"])),
        away,
    )


def _evidence(unit_id: str, found: Found, trails: Any, ledger: Any) -> UnitEvidence:
    return evidence_of(unit_id, found.captures, contents.trails_from(trails), pages.read, ledger)


def _compare(verdict: Verdict, told: Mapping[str, Any], result: UnitResult, rules: _Rules) -> None:
    _compare_findings(verdict, told[contents.FINDINGS]["findings"], contents.findings_json(result.findings))
    found = _plain_json(contents.items_json(result))
    for name, stated in found.items():
        if told[contents.ITEMS].get(name) != stated:
            verdict.differs("items", says.OTHER, part=contents.ITEMS, what=name)
    cover = told[contents.COVERAGE]
    for name, value in (
        ("reached", result.reached),
        ("coverage", result.coverage),
        ("facts", _plain_json(dict(result.facts))),
    ):
        if cover.get(name) != value:
            verdict.differs("coverage", says.OTHER, part=contents.COVERAGE, what=name)
    _compare_scores(verdict, told, result, rules)


def _compare_findings(verdict: Verdict, stated: list[dict[str, Any]], found: list[dict[str, Any]]) -> None:
    found = _plain_json(found)
    ours = {each["leaf"]: each for each in found}
    theirs = {each["leaf"]: each for each in stated}
    for leaf in dict.fromkeys([*ours, *theirs]):
        one, other = theirs.get(leaf, {}), ours.get(leaf, {})
        if one.get("level") != other.get("level") or not one or not other:
            values = {"leaf": leaf, "stated": _level(one), "found": _level(other)}
            verdict.differs("finding", says.FINDING, **values)
        elif one != other:
            field = next(name for name in {**one, **other} if one.get(name) != other.get(name))
            values = {"leaf": leaf, "stated": _level(one), "field": field}
            verdict.differs("finding", says.FINDING_DETAIL, **values)
    if len(stated) != len(theirs) or [each["leaf"] for each in stated] != [each["leaf"] for each in found]:
        verdict.differs("finding", says.OTHER, part=contents.FINDINGS, what="leaves")


def _level(finding: Mapping[str, Any]) -> str:
    return str(finding.get("level") or "–")


def _compare_scores(verdict: Verdict, told: Mapping[str, Any], result: UnitResult, rules: _Rules) -> None:
    group = rules.edition.groups[rules.unit.kind]
    decisions = told[contents.DECISIONS]["decisions"]
    for name, decided in (("machine", []), ("standing", decisions)):
        score = score_unit(group, contents.standing_levels(result.findings, decided))
        stated = told[contents.SCORE][name]
        if stated != contents.score_json(score):
            verdict.differs(
                "score", says.SCORE, stated=_points(stated), found=_points(contents.score_json(score))
            )
        _note(verdict, name, score)


def _note(verdict: Verdict, name: str, score: Score) -> None:
    told = contents.score_json(score)
    verdict.facts[name] = {key: told[key] for key in ("points", "low", "high", "possible")}


def _points(score: Mapping[str, Any]) -> str:
    return f"{score['points']} ({score['low']}–{score['high']})"


def _plain_json(value: Any) -> Any:
    """As it is after having been written and read."""
    return json.loads(contents.pretty(value))
