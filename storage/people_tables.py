"""The tables of what people say. Rows are only ever added, except a unit's own score, which the unit
may hand in again. Conventions as in :mod:`storage.tables`.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import Base


class DecisionRow(Base):
    """A person's decision on one leaf. Append-only: nothing here ever updates or deletes a row.

    ``level`` None withdraws the decisions made before on that leaf. ``finding_digest`` is that of the
    machine's finding the person looked at (None: there was none).
    """

    __tablename__ = "decisions"
    __table_args__ = (Index(None, "unit_id", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[str]
    period: Mapped[str]
    edition: Mapped[str]
    leaf: Mapped[str]
    level: Mapped[str | None]
    author: Mapped[str]
    reason: Mapped[str]
    files: Mapped[list[Any]]
    made_at: Mapped[datetime]
    finding_digest: Mapped[str | None]


class SelfScore(Base):
    """What a unit says its own points are, for one leaf or (``leaf`` empty) in all."""

    __tablename__ = "self_scores"

    period: Mapped[str] = mapped_column(primary_key=True)
    unit_id: Mapped[str] = mapped_column(primary_key=True)
    leaf: Mapped[str] = mapped_column(primary_key=True)
    points: Mapped[Decimal]
    source: Mapped[str]
    taken_at: Mapped[datetime]


class Publication(Base):
    """A notice as published, frozen: ``content`` is what it said, ``digest`` its sha256."""

    __tablename__ = "publications"
    __table_args__ = (Index(None, "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    period: Mapped[str]
    edition: Mapped[str]
    kind: Mapped[str]
    author: Mapped[str]
    published_at: Mapped[datetime]
    content: Mapped[dict[str, Any]]
    digest: Mapped[str]


class ChangeRow(Base):
    """A change that a person knows of and that a leaf must show (:class:`audit.model.ChangeEvent`)."""

    __tablename__ = "changes"
    __table_args__ = (Index(None, "unit_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[str]
    edition: Mapped[str]
    leaf: Mapped[str]
    day: Mapped[date]
    days: Mapped[int]
    source: Mapped[str]
    author: Mapped[str]
    recorded_at: Mapped[datetime]


class ObjectionRow(Base):
    """A unit's objection to one leaf. ``level`` is the level that stood then (None: unresolved)."""

    __tablename__ = "objections"
    __table_args__ = (Index(None, "period", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[str]
    period: Mapped[str]
    edition: Mapped[str]
    leaf: Mapped[str]
    level: Mapped[str | None]
    author: Mapped[str]
    reason: Mapped[str]
    files: Mapped[list[Any]]
    filed_at: Mapped[datetime]


class AnswerRow(Base):
    """The one answer to an objection: accept or reject. ``decision_id`` is what was decided by it."""

    __tablename__ = "objection_answers"

    objection_id: Mapped[int] = mapped_column(ForeignKey("objections.id"), primary_key=True)
    verdict: Mapped[str]
    author: Mapped[str]
    reason: Mapped[str]
    answered_at: Mapped[datetime]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"))
