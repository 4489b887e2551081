"""Kind ``links``: the home page links to whom it must, at their current addresses (RULEBOOK "Links")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from audit.context import Context
from audit.model import Citation, Finding, Value
from audit.walk import Seen, on_host, within
from pages.model import Link
from rubric.model import Leaf, Unit
from rubric.register import units_on


@dataclass(frozen=True, slots=True)
class _Verdict:
    """One group: satisfied or not (None: the register cannot say), who is not linked, links that count."""

    id: str
    ok: bool | None
    missing: tuple[str, ...]
    linked: int
    required: int
    evidence: tuple[Citation, ...]


def audit_links(context: Context, leaf: Leaf) -> Finding:
    """Yes when every group is satisfied, no when one surely is not."""
    pages = context.walk.home()
    both = (leaf.params["yes"], leaf.params["no"])
    if not pages:
        return context.unseen(leaf, context.walk.cover([]), both)
    verdicts = [_judge(context, pages, group) for group in leaf.params["groups"]]
    failed = [verdict for verdict in verdicts if verdict.ok is False]
    values: dict[str, Value] = {
        "linked": sum(verdict.linked for verdict in verdicts),
        "required": sum(verdict.required for verdict in verdicts),
        "missing": [name for verdict in failed for name in verdict.missing],
        "groups": [verdict.id for verdict in failed],
    }
    evidence = [citation for verdict in verdicts for citation in verdict.evidence] + [pages[0].cite()]
    if failed:
        home_gaps = [gap for trail in context.walk.trails(["home"]) for gap in context.walk.gaps(trail)]
        if home_gaps:
            return context.unseen(leaf, context.walk.cover([]), both, values, evidence)
        return context.found(leaf, leaf.params["no"], "links.missing", values, evidence)
    unsettled = [verdict.id for verdict in verdicts if verdict.ok is None]
    if unsettled:
        values["groups"] = unsettled
        return context.open(leaf, "links.register_unsure", both, values, evidence)
    return context.found(leaf, leaf.params["yes"], "links.all", values, evidence)


def _judge(context: Context, pages: list[Seen], group: Mapping[str, Any]) -> _Verdict:
    if "hosts" in group:
        hit = next(((seen, link) for seen, link in _links(pages) if on_host(link.url, group["hosts"])), None)
        evidence = (hit[0].cite(hit[1].label or hit[1].url),) if hit else ()
        missing = () if hit else tuple(group["hosts"][:1])
        return _Verdict(group["id"], hit is not None, missing, int(hit is not None), 1, evidence)
    return _judge_units(context, pages, group)


def _judge_units(context: Context, pages: list[Seen], group: Mapping[str, Any]) -> _Verdict:
    """The share of the group's attested units that are linked. A group with fewer than half of its
    addresses attested cannot be required."""
    units = [unit for unit in _standing(context) if unit.kind == group["units"]]
    required = [unit for unit in units if unit.url and unit.host_status == "attested"]
    if 2 * len(required) < len(units):
        return _Verdict(group["id"], None, (), 0, 0, ())
    hits = {unit.id: hit for unit in required if (hit := _link_to(context, pages, unit))}
    missing = tuple(unit.name for unit in required if unit.id not in hits)
    enough = Fraction(len(hits)) >= Fraction(str(group["min_share"])) * len(required)
    evidence = tuple(seen.cite(link.label or link.url) for seen, link in list(hits.values())[:3])
    return _Verdict(group["id"], enough, () if enough else missing, len(hits), len(required), evidence)


def _standing(context: Context) -> list[Unit]:
    """The other units of the register that exist when the period closes."""
    day = context.period.closes
    return [unit for unit in units_on(context.register, day) if unit.id != context.unit.id]


def _links(pages: list[Seen]) -> list[tuple[Seen, Link]]:
    return [(seen, link) for seen in pages for link in seen.reading.links]


def _link_to(context: Context, pages: list[Seen], unit: Unit) -> tuple[Seen, Link] | None:
    """A link into the unit's portal that is not a link into another portal deeper on the same host."""
    assert unit.url is not None
    deeper = [u.url for u in context.register.units if u.url and u.id != unit.id and within(u.url, unit.url)]
    for seen, link in _links(pages):
        if within(link.url, unit.url) and not any(within(link.url, url) for url in deeper):
            return seen, link
    return None
