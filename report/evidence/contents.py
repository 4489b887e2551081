"""What lies in an evidence file, and how its values are written as JSON: used to write and to verify.

Nothing here opens a file or a database.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from audit.evidence import Sighting
from audit.model import ChangeFinding, Citation, Finding, UnitResult
from pages.capture import Trail
from rubric.scoring import Score
from storage.columns import local
from storage.records import Decision

FORMAT: Final = 1
"""Version of the ``rasoat/`` folder; a reader refuses one it does not know."""

WACZ_VERSION: Final = "1.1.1"

PACKAGE: Final = "datapackage.json"
DIGEST: Final = "datapackage-digest.json"
INDEX: Final = "indexes/index.cdx"
PAGES: Final = "pages/pages.jsonl"
CASE: Final = "rasoat/case.json"
FINDINGS: Final = "rasoat/findings.json"
SCORE: Final = "rasoat/score.json"
DECISIONS: Final = "rasoat/decisions.json"
COVERAGE: Final = "rasoat/coverage.json"
ITEMS: Final = "rasoat/items.json"
LEDGER: Final = "rasoat/ledger.json"
MASKS: Final = "rasoat/masks.json"
CAPTURES: Final = "rasoat/captures.jsonl"
EDITION: Final = "rasoat/edition.yml"
CALENDAR: Final = "rasoat/calendar.yml"
REGISTER: Final = "rasoat/register.yml"
SOFTWARE: Final = "rasoat/software.json"
LOCK: Final = "rasoat/requirements.lock"
STAMP_ROOTS: Final = "rasoat/tsa-root.pem"
REPORT: Final = "rasoat/report.html"

ARCHIVE_OF_UNIT: Final = "archive/unit.warc.gz"
ARCHIVE_OF_PROVINCE: Final = "archive/province.warc.gz"

Json = dict[str, Any]


def pretty(value: object) -> bytes:
    """JSON as it stands in the file: readable, in the order given, UTF-8."""
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode(
        "utf-8", "backslashreplace"
    )


def line(value: object) -> bytes:
    """One line of a JSON-lines file."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return (text + "\n").encode("utf-8", "backslashreplace")


def moment(at: datetime) -> str:
    """A moment in local time, as exact as it is kept."""
    return local(at).isoformat()


def findings_json(findings: Iterable[Finding]) -> list[Json]:
    """Findings in the edition's leaf order."""
    return [_finding(finding) for finding in findings]


def _finding(finding: Finding) -> Json:
    return {
        "leaf": finding.leaf,
        "level": finding.level,
        "reason_code": finding.reason_code,
        "values": dict(finding.values),
        "possible": list(finding.possible),
        "evidence": [_citation(citation) for citation in finding.evidence],
    }


def _citation(citation: Citation) -> Json:
    return {
        "capture": citation.capture,
        "url": citation.url,
        "fetched_at": moment(citation.fetched_at),
        "quote": citation.quote,
    }


def items_json(result: UnitResult) -> Json:
    """Items and flags of a result: they move no points, and the notice shows them."""
    return {
        "items": [
            {
                "key": item.key,
                "title": item.title,
                "url": item.url,
                "posted": _day(item.posted),
                "sections": list(item.sections),
                "in_period": item.in_period,
                "syndicated": item.syndicated,
                "quote": item.quote,
            }
            for item in result.items
        ],
        "flags": [{"kind": flag.kind, "url": flag.url, "detail": flag.detail} for flag in result.flags],
    }


def changes_json(changes: Iterable[ChangeFinding]) -> list[Json]:
    """What became of known changes, as recorded; they move no points."""
    return [
        {
            "change": change.change_id,
            "leaf": change.leaf,
            "state": change.state,
            "due": change.due.isoformat(),
            "before": moment(change.before) if change.before else None,
            "after": moment(change.after) if change.after else None,
            "url": change.url,
            "quote": change.quote,
        }
        for change in changes
    ]


def score_json(score: Score) -> Json:
    """A score with its exact numbers as text."""
    columns = score.columns
    return {
        "points": _exact(score.points),
        "possible": _exact(score.possible),
        "low": _exact(score.low),
        "high": _exact(score.high),
        "columns": {
            "required": columns.required,
            "full": columns.full,
            "partial": columns.partial,
            "none": columns.none,
            "unresolved": columns.unresolved,
        },
    }


def decisions_json(decisions: Iterable[Decision]) -> list[Json]:
    """People's decisions, the oldest first; ``level`` null withdraws."""
    return [
        {
            "leaf": decision.leaf,
            "level": decision.level,
            "by": decision.author,
            "reason": decision.reason,
            "at": moment(decision.made_at),
            "files": list(decision.files),
            "finding": decision.finding_digest,
        }
        for decision in decisions
    ]


def standing_levels(findings: Iterable[Finding], decisions: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Leaf → (level that counts, levels still possible): the last decision of a leaf wins unless it
    withdraws. ``decisions`` as :func:`decisions_json` gives them."""
    last = {decision["leaf"]: decision["level"] for decision in decisions}
    return {each.leaf: (last.get(each.leaf) or each.level, each.possible) for each in findings}


def trails_json(trails: Iterable[Trail]) -> list[Json]:
    """Trails with the positions of their captures."""
    return [
        {
            "section": trail.section,
            "label": trail.label,
            "url": trail.url,
            "state": trail.state,
            "reason": trail.reason,
            "captures": list(trail.captures),
            "inherited": trail.inherited,
            "facts": [list(fact) for fact in trail.facts],
        }
        for trail in trails
    ]


def trails_from(told: Iterable[Mapping[str, Any]]) -> tuple[Trail, ...]:
    """What :func:`trails_json` wrote. KeyError, TypeError or ValueError for anything else."""
    return tuple(
        Trail(
            section=str(each["section"]),
            label=str(each["label"]),
            url=str(each["url"]),
            state=each["state"],
            reason=each["reason"],
            captures=tuple(int(position) for position in each["captures"]),
            inherited=bool(each["inherited"]),
            facts=tuple((str(name), str(value)) for name, value in each["facts"]),
        )
        for each in told
    )


def ledger_json(ledger: Mapping[str, Sighting]) -> list[Json]:
    """The first-seen ledger of the unit, by key."""
    return [
        {
            "key": key,
            "section": sighting.section,
            "seen_at": moment(sighting.seen_at),
            "absent_at": moment(sighting.absent_at) if sighting.absent_at else None,
            "stated": _day(sighting.stated),
        }
        for key, sighting in sorted(ledger.items())
    ]


def ledger_from(told: Iterable[Mapping[str, Any]]) -> dict[str, Sighting]:
    """What :func:`ledger_json` wrote. KeyError, TypeError or ValueError for anything else."""
    return {
        each["key"]: Sighting(
            key=each["key"],
            section=each["section"],
            seen_at=local(datetime.fromisoformat(each["seen_at"])),
            absent_at=local(datetime.fromisoformat(each["absent_at"])) if each["absent_at"] else None,
            stated=date.fromisoformat(each["stated"]) if each["stated"] else None,
        )
        for each in told
    }


def _exact(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
