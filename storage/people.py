"""What people say: decisions, units' own scores, published notices. Nothing here is ever overwritten
except a unit's own score, which the unit may hand in again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import delete

from audit.model import Finding
from storage import queries
from storage.columns import to_json
from storage.people_tables import DecisionRow, SelfScore
from storage.people_tables import Publication as PublicationRow
from storage.records import Decision, Publication, finding_digest
from storage.shelf import Shelf

WHOLE = ""
"""The leaf under which a unit's own total stands."""


class People(Shelf):
    """Decisions, self-scores and publications."""

    def add_decision(
        self,
        *,
        unit_id: str,
        period: str,
        edition: str,
        leaf: str,
        level: str | None,
        by: str,
        reason: str,
        files: Sequence[str] = (),
        finding: Finding | None = None,
        at: datetime | None = None,
    ) -> Decision:
        """Append a person's decision; ``finding`` is the machine's that it stands over, ``level`` None
        withdraws what was decided on this leaf before."""
        row = DecisionRow(
            unit_id=unit_id,
            period=period,
            edition=edition,
            leaf=leaf,
            level=level,
            author=by,
            reason=reason,
            files=list(files),
            made_at=at or datetime.now(UTC),
            finding_digest=finding_digest(finding) if finding else None,
        )
        with self.database.write() as session:
            session.add(row)
            session.flush()
            session.refresh(row)
        return decision_of(row)

    def decisions(
        self, *, period: str, unit_id: str | None = None, edition: str | None = None
    ) -> tuple[Decision, ...]:
        """Decisions for a period (of one unit, under one edition), the oldest first: the last one on a
        leaf holds."""
        with self.database.read() as session:
            found = tuple(decision_of(row) for row in session.scalars(queries.decisions(unit_id, period)))
        return tuple(each for each in found if edition in (None, each.edition))

    def save_self_scores(self, period: str, unit_id: str, points: Mapping[str, Decimal], source: str) -> None:
        """Keep what a unit says its points are, by leaf id or :data:`WHOLE`, in place of what it said
        before; ``source`` names the file."""
        now = datetime.now(UTC)
        with self.database.write(turn=f"self-score {period} {unit_id}") as session:
            session.execute(delete(SelfScore).where(SelfScore.period == period, SelfScore.unit_id == unit_id))
            for leaf, worth in points.items():
                row = SelfScore(period=period, unit_id=unit_id, leaf=leaf, points=worth)
                row.source, row.taken_at = source, now
                session.add(row)

    def self_scores(self, period: str) -> dict[str, dict[str, Decimal]]:
        """Unit id → leaf id or :data:`WHOLE` → points."""
        found: dict[str, dict[str, Decimal]] = {}
        with self.database.read() as session:
            for row in session.scalars(queries.self_scores(period)):
                found.setdefault(row.unit_id, {})[row.leaf] = row.points
        return found

    def publish(
        self,
        *,
        period: str,
        edition: str,
        kind: str,
        by: str,
        content: Mapping[str, Any],
        at: datetime | None = None,
    ) -> Publication:
        """Freeze what is published (``kind``: ``draft``, ``notice`` or ``erratum``)."""
        digest = "sha256:" + hashlib.sha256(to_json(dict(content)).encode()).hexdigest()
        row = PublicationRow(period=period, edition=edition, kind=kind, author=by, digest=digest)
        row.published_at, row.content = at or datetime.now(UTC), dict(content)
        with self.database.write() as session:
            session.add(row)
            session.flush()
            session.refresh(row)
        return _publication(row)

    def publications(self, period: str) -> tuple[Publication, ...]:
        """What was published for a period, the oldest first."""
        with self.database.read() as session:
            return tuple(_publication(row) for row in session.scalars(queries.publications(period)))


def decision_of(row: DecisionRow) -> Decision:
    """The decision of a row."""
    return Decision(
        id=row.id,
        unit_id=row.unit_id,
        period=row.period,
        edition=row.edition,
        leaf=row.leaf,
        level=row.level,
        author=row.author,
        reason=row.reason,
        files=tuple(row.files),
        made_at=row.made_at,
        finding_digest=row.finding_digest,
    )


def _publication(row: PublicationRow) -> Publication:
    return Publication(
        id=row.id,
        period=row.period,
        edition=row.edition,
        kind=row.kind,
        author=row.author,
        published_at=row.published_at,
        content=row.content,
        digest=row.digest,
    )
