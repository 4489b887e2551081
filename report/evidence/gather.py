"""Everything an evidence file is made of, read from the store and judged once more.

A file is made only of what can be judged again from it: the captures as they will be handed on (citizens'
data masked, the province cut to what concerns the unit) must give the findings that are stored.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import pages
from audit.evidence import Sighting, UnitEvidence
from audit.model import UnitResult
from audit.run import judge
from errors import EvidenceError, InputError
from pages.capture import Capture
from pages.model import PageReading
from report.evidence.contents import findings_json
from report.evidence.cut import cut_province
from report.evidence.lazy import lazy
from report.evidence.masks import Masked, mask_body, shows_petitions, texts_to_mask
from report.evidence.personal import Personal
from report.evidence.portal import Portal, evidence_of
from rubric.calendar import load_calendar
from rubric.edition import load_edition
from rubric.model import Edition, Period, Register, Unit
from storage.archive import Place, load
from storage.originals import places
from storage.records import Decision, StoredResult
from storage.store import Store

PETITIONS = "petitions"
"""The kind of check that reads the province's portal too."""

# What is masked, from all of it down to what surely is personal: the most that leaves the findings alone.
_MASKED_KINDS = (
    frozenset({"name", "phone", "email", "address", "other"}),
    frozenset({"name", "phone", "email", "address"}),
)


@dataclass(frozen=True, slots=True)
class Bundle:
    """What goes into one file. ``result`` is judged from the very captures handed on."""

    unit: Unit
    register: Register
    edition: Edition
    period: Period
    stored: StoredResult
    result: UnitResult
    decisions: tuple[Decision, ...]
    ledger: Mapping[str, Sighting]
    own: Portal
    province: Portal | None


def gather(store: Store, register: Register, unit: Unit, period: Period, edition_id: str | None) -> Bundle:
    """What is behind the stored score of one unit and period (``edition_id`` None: judged by last).

    Raises:
        InputError: nothing is stored for it.
        EvidenceError: stored evidence is damaged, does not give the stored findings, or cannot be
            masked without changing them.
    """
    stored = _stored(store, unit, period, edition_id)
    edition = load_edition(stored.edition)
    own = _walk(store, unit.id, stored.as_of, period)
    if own is None:
        raise InputError(
            "no evidence is stored for {unit} in period {period}", unit=unit.id, period=period.id
        )
    office = register.province
    away = _walk(store, office.id, stored.as_of, period) if office and office.url else None
    case = _Case(unit, register, edition, period, stored.as_of, store.ledger(unit.id, stored.as_of), {})
    whole = case.judged(own, away)
    _check_same(stored, whole)
    cut = _cut(case, own, away, whole) if away else None
    own, cut = _masked(case, own, cut, whole)
    return Bundle(
        unit=unit,
        register=register,
        edition=edition,
        period=period,
        stored=stored,
        result=replace(whole, changes=stored.result.changes),
        decisions=store.decisions(period=period.id, unit_id=unit.id, edition=edition.id),
        ledger=case.ledger,
        own=own,
        province=cut,
    )


def _cut(case: _Case, own: Portal, away: Portal, whole: UnitResult) -> Portal:
    sections = petition_sections(case.edition, case.unit.kind)
    return cut_province(away, sections, whole, lambda part: case.judged(own, part), case.read)


def petition_sections(edition: Edition, kind: str) -> frozenset[str]:
    """The sections in which the edition looks for petitions to units of this kind."""
    leaves = edition.groups[kind].leaves if kind in edition.groups else ()
    return frozenset(s for leaf in leaves if leaf.kind == PETITIONS for s in leaf.params["sections"])


@dataclass(frozen=True, slots=True)
class _Case:
    """Everything but the captures; pages are read once however often they are judged."""

    unit: Unit
    register: Register
    edition: Edition
    period: Period
    as_of: datetime
    ledger: Mapping[str, Sighting]
    readings: dict[int, tuple[Capture, PageReading]]

    def read(self, capture: Capture) -> PageReading:
        """The reading of a capture; the capture is kept, so that its identity stays its own."""
        if id(capture) not in self.readings:
            self.readings[id(capture)] = capture, pages.read(capture)
        return self.readings[id(capture)][1]

    def judged(self, own: Portal, away: Portal | None) -> UnitResult:
        """The result from these captures."""
        return judge(
            self.evidence(own, self.ledger),
            self.unit,
            self.register,
            self.edition,
            load_calendar(),
            self.period,
            self.as_of,
            self.evidence(away, {}) if away else None,
        )

    def evidence(self, portal: Portal, ledger: Mapping[str, Sighting]) -> UnitEvidence:
        """What judging takes."""
        return evidence_of(portal.info.unit_id, portal.captures, portal.trails, self.read, ledger)


def _stored(store: Store, unit: Unit, period: Period, edition_id: str | None) -> StoredResult:
    found = store.load_results(period.id, [unit.id], edition_id)
    if not found:
        raise InputError("nothing is judged for {unit} in period {period}", unit=unit.id, period=period.id)
    return found[0]


def _walk(store: Store, unit_id: str, as_of: datetime, period: Period) -> Portal | None:
    """The walk that the unit is judged by; bodies stay on disk until they are looked at."""
    info = store.latest_run_for(unit_id, as_of, period.opens)
    if info is None:
        return None
    found = dict(enumerate(places(store, info.id)))
    return Portal(
        info=info,
        captures={position: _lazy(store, place) for position, place in found.items()},
        places=found,
        trails=store.trails_of(info),
        masked={},
        taken=len(found),
    )


def _lazy(store: Store, place: Place) -> Capture:
    return lazy(load(store.data, place).capture, lambda: load(store.data, place).capture.body)


def _check_same(stored: StoredResult, judged: UnitResult) -> None:
    kept, now = findings_json(stored.result.findings), findings_json(judged.findings)
    if kept == now:
        return
    before = {each["leaf"]: each for each in kept}
    other = [each["leaf"] for each in now if before.get(each["leaf"]) != each] or sorted(before)
    raise EvidenceError(
        "the stored evidence of {unit} no longer gives the stored findings ({leaves}); judge again first:"
        " rasoat judge {unit} --period {period}",
        unit=stored.unit_id,
        leaves=", ".join(other),
        period=stored.period,
    )


def _masked(case: _Case, own: Portal, away: Portal | None, whole: UnitResult) -> tuple[Portal, Portal | None]:
    """Both portals with citizens' data masked as far as the findings stay what they are."""
    shown = {each.info.unit_id: _petition_pages(case, each) for each in (own, away) if each}
    texts = {text for found in shown.values() for n in found.values() for text in n}
    for kinds in _MASKED_KINDS:
        chosen = sorted((t for t in texts if t.kind in kinds), key=lambda t: (-len(t.text), t.text, t.kind))
        hidden = [_hidden(each, shown[each.info.unit_id], chosen) for each in (own, away) if each]
        masked_own, masked_away = hidden[0], hidden[1] if away else None
        if case.judged(masked_own, masked_away) == whole:
            return masked_own, masked_away
    raise EvidenceError(
        "citizens' data on the petition pages of {unit} cannot be masked without changing its findings;"
        " nothing was written",
        unit=case.unit.id,
    )


def _petition_pages(case: _Case, portal: Portal) -> dict[int, tuple[Personal, ...]]:
    """Positions of pages that show petitions, the pages behind them included, with what to mask there.

    What judging did not look at and the crawler did not take as a petition is no such page.
    """
    sections = petition_sections(case.edition, case.unit.kind)
    listed = {n for trail in portal.trails if trail.section in sections for n in trail.captures}
    found = {}
    for position, capture in portal.captures.items():
        looked_at = id(capture) in case.readings
        if position in listed or shows_petitions(capture, case.read(capture) if looked_at else None):
            found[position] = texts_to_mask(capture, case.read(capture))
    return found


def _hidden(portal: Portal, positions: Collection[int], texts: list[Personal]) -> Portal:
    masked: dict[int, Masked] = {}
    for position in positions:
        if (done := mask_body(portal.captures[position], texts)) is not None:
            masked[position] = done
    return portal.hidden(masked)
