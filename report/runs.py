"""The health of a run for people: what it cost, what failed, what is gone since the run before.

A section that vanished, or whose list fell from something to nothing, is an alarm: either the office
changed its portal or we no longer understand it. When several portals of one CMS raise alarms in the
same run, it is our reader that is suspected, and their scores are to be held until a person has looked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pages.capture import Trail
from storage.records import PortalInfo, RunInfo
from storage.store import Store

SUSPECT = 3
"""Portals of one CMS with alarms in one run from which on the reader is suspected."""

_NO_SECTIONS = frozenset({"home", "sitemap", "search", "other"})
_READ = ("complete", "external")


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something is gone from one portal: a ``section`` altogether, or all records of its list."""

    unit_id: str
    cms: str
    kind: Literal["section_vanished", "count_zero"]
    section: str
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Alarms on several portals of one CMS: their units' scores are held."""

    cms: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PortalHealth:
    """One portal in one run. ``unread`` are the sections not read to their end, with state and reason."""

    portal: PortalInfo
    unread: tuple[tuple[str, str, str | None], ...]
    alarms: tuple[Alarm, ...]

    def figure(self, name: str) -> int:
        """One of the walk's counts, 0 while it goes on."""
        return int(self.portal.stats.get(name, 0))

    @property
    def seconds(self) -> float:
        """How long the walk took."""
        return float(self.portal.stats.get("seconds", 0))


@dataclass(frozen=True, slots=True)
class RunHealth:
    """One run with its portals."""

    run: RunInfo
    portals: tuple[PortalHealth, ...]

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        """All that is gone since each portal's run before."""
        return tuple(alarm for portal in self.portals for alarm in portal.alarms)

    @property
    def suspicions(self) -> tuple[Suspicion, ...]:
        """Readers that seem not to understand their portals any more."""
        return suspicions(self.alarms)

    @property
    def errors(self) -> dict[str, int]:
        """Cause → exchanges that failed so, the most frequent first."""
        found: Counter[str] = Counter()
        for each in self.portals:
            found.update(each.portal.stats.get("errors", {}))
        return dict(found.most_common())

    def total(self, name: str) -> int:
        """Sum of one of the walks' counts."""
        return sum(portal.figure(name) for portal in self.portals)

    def covered(self, coverage: str) -> int:
        """How many portals were read so far (``complete``, ``partial``, ``none``)."""
        return sum(each.portal.stats.get("coverage") == coverage for each in self.portals)

    def slowest(self, most: int) -> list[PortalHealth]:
        """The portals that took longest."""
        return sorted(self.portals, key=lambda each: -each.seconds)[:most]


def figures(store: Store, run: RunInfo) -> RunHealth:
    """A run's portals in figures alone: nothing is compared."""
    return RunHealth(run, tuple(PortalHealth(portal, (), ()) for portal in store.portal_runs(run.id)))


def health(store: Store, run: RunInfo) -> RunHealth:
    """A run with what was not read, and what is gone since each portal's run before."""
    return RunHealth(run, tuple(_portal(store, portal) for portal in store.portal_runs(run.id)))


def _portal(store: Store, portal: PortalInfo) -> PortalHealth:
    trails = store.trails_of(portal)
    unread = dict.fromkeys(
        (trail.section, trail.state, trail.reason) for trail in trails if trail.state not in _READ
    )
    before = store.walk_before(portal) if portal.reached else None
    alarms = _alarms(portal, trails, before, store.trails_of(before)) if before else ()
    return PortalHealth(portal, tuple(unread), tuple(alarms))


def _alarms(
    portal: PortalInfo, trails: Sequence[Trail], before: PortalInfo, trails_before: Sequence[Trail]
) -> list[Alarm]:
    """What is gone. Walks of different extent are not compared, and where the menus could not be read
    nothing can be said to have vanished."""
    if portal.stats.get("whole") != before.stats.get("whole"):
        return []
    cms = str(portal.stats.get("cms") or before.stats.get("cms") or "")
    found = []
    if all(trail.state == "complete" for trail in trails if trail.section in ("home", "sitemap")):
        gone = _sections(trails_before, _READ) - _sections(trails)
        found += [Alarm(portal.unit_id, cms, "section_vanished", section) for section in sorted(gone)]
    counts: dict[str, int] = portal.stats.get("sections", {})
    for section, count in before.stats.get("sections", {}).items():
        if count > 0 and counts.get(section) == 0:
            found.append(Alarm(portal.unit_id, cms, "count_zero", section, count))
    return found


def _sections(trails: Iterable[Trail], states: Sequence[str] | None = None) -> set[str]:
    named = (trail for trail in trails if not trail.inherited and trail.section not in _NO_SECTIONS)
    return {trail.section for trail in named if states is None or trail.state in states}


def suspicions(alarms: Iterable[Alarm]) -> tuple[Suspicion, ...]:
    """CMS's of which several portals raise alarms at once."""
    units: dict[str, dict[str, None]] = {}
    for alarm in alarms:
        units.setdefault(alarm.cms, {})[alarm.unit_id] = None
    found = [Suspicion(cms, tuple(each)) for cms, each in units.items() if len(each) >= SUSPECT]
    return tuple(sorted(found, key=lambda each: each.cms))


def run_answer(told: RunHealth) -> dict[str, Any]:
    """One run in figures, for machines."""
    run, requests = told.run, told.total("requests")
    ended = run.ended_at
    return {
        "run": run.id,
        "kind": run.kind,
        "state": run.state,
        "void": run.void,
        "started_at": run.started_at.isoformat(),
        "ended_at": ended.isoformat() if ended else None,
        "seconds": round((ended - run.started_at).total_seconds(), 1) if ended else None,
        "as_of": run.as_of.isoformat() if run.as_of else None,
        "software": run.software,
        "period": run.settings.get("period"),
        "full": bool(run.settings.get("full")),
        "retry": bool(run.settings.get("retry")),
        "portals": len(run.unit_ids),
        "reached": run.reached,
        **{coverage: told.covered(coverage) for coverage in ("complete", "partial")},
        "requests": requests,
        "bytes": told.total("bytes"),
        "not_modified": told.total("not_modified"),
        "revisit_share": round(told.total("not_modified") / requests, 3) if requests else 0,
        "evidence_bytes": run.bytes,
        "errors": told.errors,
        "losses": list(run.losses),
    }


def health_answer(told: RunHealth) -> dict[str, Any]:
    """One run with its portals, alarms and suspicions, for machines."""
    return run_answer(told) | {
        "units": [_portal_answer(each) for each in told.slowest(len(told.portals))],
        "alarms": [
            {"unit": a.unit_id, "cms": a.cms, "kind": a.kind, "section": a.section, "before": a.before}
            for a in told.alarms
        ],
        "readers": [{"cms": each.cms, "units": list(each.units)} for each in told.suspicions],
        "held": sorted({unit for each in told.suspicions for unit in each.units}),
    }


def _portal_answer(each: PortalHealth) -> dict[str, Any]:
    portal, stats = each.portal, each.portal.stats
    return {
        "unit": portal.unit_id,
        "state": portal.state,
        "reached": portal.reached,
        "coverage": stats.get("coverage"),
        "cms": stats.get("cms"),
        "seconds": each.seconds,
        **{name: each.figure(name) for name in ("pages", "requests", "bytes", "not_modified")},
        "budget": stats.get("budget"),
        "sections": stats.get("sections", {}),
        "errors": stats.get("errors", {}),
        "cuts": stats.get("cuts", {}),
        "robots": stats.get("robots", {}),
        "tls": stats.get("tls"),
        "unread": [
            {"section": section, "state": state, "reason": reason} for section, state, reason in each.unread
        ],
    }
