"""Judging one unit: every leaf of its group through the auditor of its kind.

Pure: no network, no database, no clock. The same evidence, parameters and ``as_of`` give the same
result, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Literal

from audit.auditors import KINDS
from audit.context import Context, every_level, gap_citations, gap_values
from audit.evidence import UnitEvidence
from audit.flags import find_flags
from audit.model import Finding, PeriodItem, UnitResult, Value
from audit.walk import Gap
from rubric.calendar import WorkCalendar
from rubric.model import Edition, Leaf, Period, Register, Unit


def judge(
    evidence: UnitEvidence,
    unit: Unit,
    register: Register,
    edition: Edition,
    calendar: WorkCalendar,
    period: Period,
    as_of: datetime,
    province: UnitEvidence | None,
) -> UnitResult:
    """The result of one unit for one period, findings in the edition's leaf order.

    ``province`` is the province's evidence (petitions, syndicated posts), None when nothing of it was
    collected. A unit whose kind has no group in the edition gets no findings. An auditor that fails
    leaves its leaf unresolved (``<kind>.failed``) and is named in ``facts["auditor_errors"]``.
    """
    context = Context(evidence, unit, register, calendar, period, as_of, province)
    group = edition.groups.get(unit.kind)
    leaves = group.leaves if group else ()
    if not context.walk.reached():
        return _unreached(context, leaves)
    errors: list[str] = []
    findings = tuple(_audit(context, leaf, errors) for leaf in leaves)
    facts: dict[str, Value] = {"auditor_errors": errors} if errors else {}
    return UnitResult(
        unit_id=unit.id,
        reached=True,
        coverage=_coverage(context, leaves),
        findings=findings,
        items=_items(context),
        flags=find_flags(context),
        facts=facts,
    )


def _audit(context: Context, leaf: Leaf, errors: list[str]) -> Finding:
    try:
        return KINDS[leaf.kind](context, leaf)
    except Exception as error:  # noqa: BLE001 - the border: a bug in one auditor must not cost the other leaves
        errors.append(f"{leaf.id}: {type(error).__name__}: {error}")
        values: dict[str, Value] = {"error": f"{type(error).__name__}: {error}"}
        return context.open(leaf, f"{leaf.kind}.failed", every_level(leaf), values)


def _unreached(context: Context, leaves: tuple[Leaf, ...]) -> UnitResult:
    gaps = context.walk.frame_gaps() or (Gap(context.unit.url or "", "unread"),)
    findings = tuple(
        context.open(leaf, "unit.unreached", every_level(leaf), gap_values(gaps), gap_citations(gaps))
        for leaf in leaves
    )
    return UnitResult(context.unit.id, False, "none", findings)


def _coverage(context: Context, leaves: tuple[Leaf, ...]) -> Literal["complete", "partial"]:
    """``complete`` only if home page, site map and every section that a leaf needs were read."""
    sections = dict.fromkeys(section for leaf in leaves for section in needed_sections(leaf.params))
    cover = context.walk.cover(sections)
    return "partial" if cover.gaps or cover.frame_gaps else "complete"


def needed_sections(params: Mapping[str, Any]) -> Iterator[str]:
    """The section keys that a leaf's parameters name, those of its parts included."""
    yield from params.get("sections", ())
    for part in params.get("parts", ()):
        for way in part["any"]:
            yield from way.get("sections", ())


def _items(context: Context) -> tuple[PeriodItem, ...]:
    return tuple(
        PeriodItem(
            key=post.key,
            title=post.title,
            url=post.url,
            posted=post.posted,
            sections=post.sections,
            in_period=context.counts(post),
            syndicated=context.syndicated(post),
            quote=post.quote,
        )
        for post in context.posts
    )
