"""The JSON answer of ``audit``, ``judge``, ``scores`` (CONTRACT.md), from what is stored."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from audit.model import Citation
from audit.reasons import advice_of, words_of
from i18n import Words
from report.disputes import disputes
from report.moments import as_of_text, local
from report.standing import LeafStanding, UnitStanding, standings
from rubric.calendar import load_calendar
from rubric.model import Edition, Period, Register, Unit
from rubric.names import name_on
from rubric.scoring import number
from storage.people import WHOLE
from storage.records import Decision
from storage.store import Store


def scores_answer(
    store: Store,
    register: Register,
    period: Period,
    edition: Edition,
    words: Words,
    unit_ids: Collection[str] | None = None,
) -> dict[str, Any]:
    """Stored scores of a period with everything behind them; ``unit_ids`` None: all that are stored.

    Ranks are those in the whole stored group whatever is asked for.
    """
    units = {unit.id: unit for unit in register.units if unit.kind in edition.groups}
    kinds = {unit.id: unit.kind for unit in units.values()}
    standing = standings(store, period.id, edition, kinds, tuple(units))
    selfscores = store.self_scores(period.id)
    disputed = disputes(store, period.id, edition, load_calendar())
    chosen = [each for each in standing if unit_ids is None or each.stored.unit_id in unit_ids]
    latest = max((each.stored.as_of for each in chosen), default=None)
    return {
        "period": period.id,
        "opens": period.opens.isoformat(),
        "closes": period.closes.isoformat(),
        "edition": edition.id,
        "as_of": as_of_text(latest) if latest else None,
        "units": [
            _unit(
                each,
                units[each.stored.unit_id],
                period,
                words,
                selfscores.get(each.stored.unit_id, {}).get(WHOLE),
            )
            | disputed.of(each.stored.unit_id, each.stored.result.changes)
            for each in chosen
        ],
    }


def _unit(standing: UnitStanding, unit: Unit, period: Period, words: Words, own: Any) -> dict[str, Any]:
    result, score = standing.stored.result, standing.score
    columns = score.columns
    return {
        "unit": unit.id,
        "name": name_on(unit, period.closes),
        "kind": unit.kind,
        "rank": standing.rank,
        "reached": result.reached,
        "coverage": result.coverage,
        "points": number(score.points),
        "possible": number(score.possible),
        "low": number(score.low),
        "high": number(score.high),
        "columns": {
            "required": columns.required,
            "full": columns.full,
            "partial": columns.partial,
            "none": columns.none,
            "unresolved": columns.unresolved,
        },
        "items": result.item_count,
        "syndicated": result.syndicated_count,
        "undated": result.undated_count,
        "self_score": None if own is None else number(own),
        "leaves": [_leaf(leaf, words) for leaf in standing.leaves],
        "flags": [{"kind": flag.kind, "url": flag.url, "detail": flag.detail} for flag in result.flags],
    }


def _leaf(standing: LeafStanding, words: Words) -> dict[str, Any]:
    leaf, finding, decision = standing.leaf, standing.finding, standing.decision
    level = leaf.level(standing.level) if standing.level is not None else None
    answer = {
        "id": leaf.id,
        "level": level.id if level else None,
        "label": level.label if level else None,
        "points": number(level.points) if level else None,
        "max": number(leaf.max_points),
        "outcome": "resolved" if level else "unresolved",
        "by": decision.author if decision else "machine",
        "reason_code": finding.reason_code,
        "reason": words_of(finding, words),
        "values": dict(finding.values),
        "evidence": [_citation(citation) for citation in finding.evidence],
        "advice": "" if level and level.points == leaf.max_points else advice_of(finding, words),
    }
    if decision:
        machine = leaf.level(finding.level) if finding.level is not None else None
        answer["machine_label"] = machine.label if machine else None
        answer["decision"] = _decision(decision) | {
            "stale": decision.stale(finding),
            "machine_level": finding.level,
        }
    if standing.history:
        answer["decisions"] = [_decision(each) for each in standing.history]
    return answer


def _decision(decision: Decision) -> dict[str, Any]:
    """One decision; its level is null when it withdraws the ones before it."""
    return {
        "level": decision.level,
        "by": decision.author,
        "reason": decision.reason,
        "at": local(decision.made_at),
        "files": list(decision.files),
    }


def _citation(citation: Citation) -> dict[str, str]:
    return {
        "capture": citation.capture,
        "url": citation.url,
        "fetched_at": local(citation.fetched_at),
        "quote": citation.quote,
    }
