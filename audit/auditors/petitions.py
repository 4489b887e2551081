"""Kind ``petitions``: the share of due petitions answered on time (RULEBOOK "Petitions")."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from audit.context import Context, every_level
from audit.model import Citation, Finding, Value
from audit.questions import Petition, collect_petitions
from audit.walk import Gap, Seen, Walk
from rubric.model import Leaf

_MAX_CITED = 20
_DAY = timedelta(days=1)

# One way a petition may count: is it due, answered on time, answered at all.
_Case = tuple[int, int, int]
_NOT_DUE: _Case = (0, 0, 0)
_ON_TIME: _Case = (1, 1, 1)
_LATE: _Case = (1, 0, 1)
_OVERDUE: _Case = (1, 0, 0)


@dataclass(frozen=True, slots=True)
class _Counted:
    """One petition, its limit if known, and the ways it may count: one when all is known."""

    petition: Petition
    limit: date | None
    cases: frozenset[_Case]


def audit_petitions(context: Context, leaf: Leaf) -> Finding:
    """The level of the share, when every way of counting what is not known gives the same one and
    both places, the unit's section and the province's, were read."""
    petitions, unaddressed = _petitions(context, leaf)
    counted = [_count(context, leaf, petition) for petition in petitions]
    relevant = [one for one in counted if one.cases != {_NOT_DUE}]
    gaps = _gaps(context, leaf)
    values = _values(relevant, unaddressed)
    evidence = _evidence(relevant)
    if gaps:
        possible = [level for level in every_level(leaf) if _may_still(leaf, relevant, level)]
        values |= {"where": gaps[0].where, "why": gaps[0].why, "gaps": len(gaps)}
        return context.open(leaf, "petitions.unseen", possible, values, evidence)
    possible = [level for level in every_level(leaf) if level in _levels(leaf, relevant)]
    if len(possible) > 1:
        return context.open(leaf, "petitions.undetermined", possible, values, evidence)
    evidence = evidence or _places_read(context, leaf)
    code = "petitions.on_time_share" if relevant else "petitions.none_due"
    return context.found(leaf, possible[0], code, values, evidence)


def _petitions(context: Context, leaf: Leaf) -> tuple[tuple[Petition, ...], int]:
    own = [(context.walk, seen) for _, seen in context.section_pages(leaf.params["sections"])]
    away: list[tuple[Walk, Seen]] = []
    if context.unit.kind != "province" and (province := context.province_walk):
        pages = {s.position: s for t in province.trails(leaf.params["sections"]) for s in province.pages(t)}
        away = [(province, seen) for seen in pages.values() if not seen.holds_nothing]
    return collect_petitions(own, away, context.unit, context.register, context.period.closes)


def _gaps(context: Context, leaf: Leaf) -> list[Gap]:
    """What of the two places was not read. A menu entry of the unit that leads outside its portal is no
    place of its own: the province's section is read for itself."""
    own = context.walk.cover(leaf.params["sections"])
    gaps = [*own.gaps, *own.frame_gaps]
    province = context.register.province
    if province is None or context.unit.kind == "province":
        return gaps
    if context.province_walk is None or not context.province_walk.reached():
        return [*gaps, Gap(province.url or province.name, "province_unreached")]
    away = context.province_walk.cover(leaf.params["sections"])
    return [*gaps, *away.gaps, *away.frame_gaps]


def _count(context: Context, leaf: Leaf, petition: Petition) -> _Counted:
    """How the petition may count: by its limit, its answer, and whether it is the unit's at all."""
    limit = _limit(context, leaf, petition.asked)
    cases = _answers(petition, limit)
    due = _due(context, leaf, petition, limit)
    if due is False:
        cases = {_NOT_DUE}
    elif due is None or petition.ours is None:
        cases = cases | {_NOT_DUE}
    return _Counted(petition, limit, frozenset(cases))


def _limit(context: Context, leaf: Leaf, asked: date | None) -> date | None:
    return context.calendar.add_working_days(asked, leaf.params["limit_days"]) if asked else None


def _due(context: Context, leaf: Leaf, petition: Petition, limit: date | None) -> bool | None:
    """Whether the limit passed inside the period. Without a date of receipt it is known only when even
    an answer's own day puts the latest possible limit before the period."""
    passed_by = min(context.period.closes, context.today - _DAY)
    if limit is not None:
        return context.period.opens <= limit <= passed_by
    latest = _limit(context, leaf, petition.answered_on)
    return False if latest is not None and latest < context.period.opens else None


def _answers(petition: Petition, limit: date | None) -> set[_Case]:
    """The ways a due petition may count by what is known of its answer."""
    if petition.answered is False:
        return {_OVERDUE}
    if petition.answered_on is not None and limit is not None:
        return {_ON_TIME if petition.answered_on <= limit else _LATE}
    return {_ON_TIME, _LATE} if petition.answered else {_ON_TIME, _LATE, _OVERDUE}


def _levels(leaf: Leaf, counted: Sequence[_Counted]) -> set[str]:
    """Every level that some way of counting gives."""
    reach: set[_Case] = {_NOT_DUE}
    for one in counted:
        reach = {(a + x, b + y, min(1, c + z)) for a, b, c in reach for x, y, z in one.cases}
    return {_level(leaf, *case) for case in reach}


def _level(leaf: Leaf, due: int, on_time: int, answered: int) -> str:
    params = leaf.params
    if not due:
        return str(params["when_none"])
    share = Fraction(on_time, due)
    for band in params["bands"]:
        if share >= Fraction(str(band["share_at_least"])):
            return str(band["level"])
    return str(params["low"] if answered else params["zero"])


def _may_still(leaf: Leaf, counted: Sequence[_Counted], level: str) -> bool:
    """Whether a level could still come out if any number of further petitions were found in what was
    not read: not the highest share once one is surely overdue or late, not "all overdue and unanswered"
    once one is surely answered."""
    params = leaf.params
    missed = any(_sure(one) and not any(on_time for _, on_time, _ in one.cases) for one in counted)
    replied = any(_sure(one) and all(answered for _, _, answered in one.cases) for one in counted)
    whole = [band["level"] for band in params["bands"] if Fraction(str(band["share_at_least"])) == 1]
    if missed and level in whole:
        return False
    return not (replied and level == params["zero"])


def _sure(one: _Counted) -> bool:
    return _NOT_DUE not in one.cases


def _values(counted: Sequence[_Counted], unaddressed: int) -> dict[str, Value]:
    due = [one for one in counted if _sure(one)]
    return {
        "due": len(due),
        "on_time": sum(one.cases == {_ON_TIME} for one in due),
        "late": sum(one.cases == {_LATE} for one in due),
        "unanswered": sum(one.cases == {_OVERDUE} for one in due),
        "undetermined": sum(len(one.cases) > 1 for one in counted),
        "both_places": sum(len(one.petition.places) > 1 for one in counted),
        "unaddressed": unaddressed,
    }


def _evidence(counted: Iterable[_Counted]) -> tuple[Citation, ...]:
    cited = [seen.cite(one.petition.quote) for one in counted for seen in one.petition.sources]
    return tuple(dict.fromkeys(cited))[:_MAX_CITED]


def _places_read(context: Context, leaf: Leaf) -> tuple[Citation, ...]:
    """The pages that "no petition is due" rests on: both places' lists, else their home pages."""
    walks = [context.walk, *([context.province_walk] if context.province_walk else [])]
    cited: list[Citation] = []
    for walk in walks:
        pages = [seen for trail in walk.trails(leaf.params["sections"]) for seen in walk.pages(trail)]
        cited += [seen.cite() for seen in (pages or walk.home())[:3]]
    return tuple(dict.fromkeys(cited))
