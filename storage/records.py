"""What a store gives back: plain values, no database behind them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from audit.model import Finding, UnitResult
from pages.capture import Capture, Trail
from rubric.scoring import Score
from storage.columns import to_json


@dataclass(frozen=True, slots=True)
class RunInfo:
    """One run in figures. ``bytes`` are those of its evidence; ``failures`` captures without an answer;
    ``void`` why nobody is judged by it."""

    id: int
    kind: str
    state: str
    unit_ids: tuple[str, ...]
    as_of: datetime | None
    settings: Mapping[str, Any]
    software: str
    folder: str
    losses: tuple[str, ...]
    started_at: datetime
    ended_at: datetime | None
    portals: int = 0
    finished: int = 0
    reached: int = 0
    captures: int = 0
    failures: int = 0
    bytes: int = 0
    void: str | None = None


@dataclass(frozen=True, slots=True)
class PortalInfo:
    """One unit's part of a run. ``state`` is ``complete`` once its walk ended, ``running`` before."""

    id: int
    run_id: int
    unit_id: str
    state: str
    reached: bool
    stats: Mapping[str, Any]
    seen_at: datetime
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class StoredEvidence:
    """What one unit is judged by: the captures in order with their bodies, the trails over them."""

    portal: PortalInfo
    captures: tuple[Capture, ...]
    trails: tuple[Trail, ...]


@dataclass(frozen=True, slots=True)
class StoredResult:
    """One unit's current result for a period and edition, with the score that was given."""

    id: int
    period: str
    edition: str
    unit_id: str
    as_of: datetime
    judged_at: datetime
    result: UnitResult
    score: Score
    run_id: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's decision on one leaf of an edition. ``files`` name the attached evidence.

    ``level`` None withdraws what was decided on that leaf before. ``finding_digest`` is that of the
    finding it was made about (None: nothing was judged yet).
    """

    id: int
    unit_id: str
    period: str
    edition: str
    leaf: str
    level: str | None
    author: str
    reason: str
    files: tuple[str, ...]
    made_at: datetime
    finding_digest: str | None

    def stale(self, finding: Finding | None) -> bool:
        """True when the machine now says something else than what the person looked at."""
        return self.finding_digest != (finding_digest(finding) if finding else None)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to an objection. ``decision_id`` names the decision that came of it, if any."""

    verdict: Literal["accept", "reject"]
    author: str
    reason: str
    answered_at: datetime
    decision_id: int | None = None


@dataclass(frozen=True, slots=True)
class Objection:
    """A unit's objection to one leaf of a period. ``level`` is the level that stood when it was filed
    (None: unresolved); ``answer`` is None while nobody has answered."""

    id: int
    unit_id: str
    period: str
    edition: str
    leaf: str
    level: str | None
    author: str
    reason: str
    files: tuple[str, ...]
    filed_at: datetime
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published. ``kind``: ``draft``, ``notice`` (the final one) or ``erratum``."""

    id: int
    period: str
    edition: str
    kind: str
    author: str
    published_at: datetime
    content: Mapping[str, Any]
    digest: str


def finding_digest(finding: Finding) -> str:
    """What a finding says, as ``sha256:<hex>``. Citations are left out: they change every night."""
    said = [finding.leaf, finding.level, finding.reason_code, dict(finding.values), list(finding.possible)]
    return "sha256:" + hashlib.sha256(to_json(said).encode()).hexdigest()
