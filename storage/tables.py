"""The tables. Captures, findings, decisions and the first-seen ledger are the truth on disk; items
and flags are an index that judging rebuilds.

Times are instants given back in the local zone (:class:`storage.columns.Instant`), points exact
decimals, files relative to the data folder. A change here needs a migration in
``storage/migrations/versions`` (a test compares the two). What people say stands in
:mod:`storage.people_tables`.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, Date, ForeignKey, Index, MetaData, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.columns import AnyText, Exact, Instant

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What Python types become in every table."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: AnyText,
        datetime: Instant,
        date: Date,
        Decimal: Exact,
        list[Any]: JSON,
        dict[str, Any]: JSON,
    }


class Run(Base):
    """One crawl of one or more units. ``key`` tells whether a later start asks for the same.

    ``state``: running, complete, interrupted, failed. ``folder`` holds its WARC files. ``losses`` are
    lines about evidence that a crash cost, one for each loss. ``void`` says why nobody may be judged by
    it (None: everybody may).
    """

    __tablename__ = "runs"
    __table_args__ = (Index(None, "key"), Index(None, "state"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    key: Mapped[str]
    unit_ids: Mapped[list[Any]]
    as_of: Mapped[datetime | None]
    settings: Mapped[dict[str, Any]]
    software: Mapped[str]
    state: Mapped[str]
    folder: Mapped[str]
    losses: Mapped[list[Any]]
    void: Mapped[str | None]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class PortalRun(Base):
    """One unit's part of a run. ``state``: running, done. ``seen_at`` is the "now" it was taken for."""

    __tablename__ = "portal_runs"
    __table_args__ = (UniqueConstraint("run_id", "unit_id"), Index(None, "unit_id", "seen_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"))
    unit_id: Mapped[str]
    state: Mapped[str]
    reached: Mapped[bool]
    stats: Mapped[dict[str, Any]]
    seen_at: Mapped[datetime]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class CaptureRow(Base):
    """Where one capture's record lies, and what must be known without opening it.

    ``ref`` and ``digest`` are ``sha256:<hex>`` of the decoded body and of the record's block. ``origin``
    is where the body lies when the server only said that it is unchanged (the record is a revisit), as
    the fields of :class:`storage.place.Place`.
    """

    __tablename__ = "captures"

    portal_run_id: Mapped[int] = mapped_column(
        ForeignKey("portal_runs.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str]
    method: Mapped[str]
    role: Mapped[str]
    status: Mapped[int | None]
    error: Mapped[str | None]
    content_type: Mapped[str | None]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    origin: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    ref: Mapped[str]
    digest: Mapped[str]
    file: Mapped[str]
    offset: Mapped[int] = mapped_column(BigInteger)
    length: Mapped[int] = mapped_column(BigInteger)
    fetched_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    truncated: Mapped[bool]
    ip: Mapped[str | None]
    elapsed_ms: Mapped[int]


class TrailRow(Base):
    """One trail of a portal's walk (:class:`pages.capture.Trail`), in walking order."""

    __tablename__ = "trails"

    portal_run_id: Mapped[int] = mapped_column(
        ForeignKey("portal_runs.id", ondelete="CASCADE"), primary_key=True
    )
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    section: Mapped[str]
    label: Mapped[str]
    url: Mapped[str]
    state: Mapped[str]
    reason: Mapped[str | None]
    captures: Mapped[list[Any]]
    inherited: Mapped[bool]
    facts: Mapped[list[Any]]


class SectionVisit(Base):
    """One night's reading of one section: whether it was complete, and back to which day."""

    __tablename__ = "section_visits"

    unit_id: Mapped[str] = mapped_column(primary_key=True)
    section: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True)
    complete: Mapped[bool]
    back_to: Mapped[date | None]


class SightingRow(Base):
    """First and last time a section showed an item. ``digest`` stands for ``key``, however long.

    ``first_dated`` and ``dated`` are the dates stated when first and last seen (None: undated).
    """

    __tablename__ = "sightings"

    unit_id: Mapped[str] = mapped_column(primary_key=True)
    section: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str]
    seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    first_dated: Mapped[date | None]
    dated: Mapped[date | None]


class Result(Base):
    """One unit judged for one period by one edition; ``superseded_at`` is None for the current one."""

    __tablename__ = "results"
    __table_args__ = (Index(None, "period", "edition", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    period: Mapped[str]
    edition: Mapped[str]
    unit_id: Mapped[str]
    as_of: Mapped[datetime]
    judged_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]
    portal_run_id: Mapped[int | None] = mapped_column(ForeignKey("portal_runs.id", ondelete="SET NULL"))
    software: Mapped[str]
    reached: Mapped[bool]
    coverage: Mapped[str]
    points: Mapped[Decimal]
    possible: Mapped[Decimal]
    low: Mapped[Decimal]
    high: Mapped[Decimal]
    columns: Mapped[dict[str, Any]]
    facts: Mapped[dict[str, Any]]


Index(
    "uq_results_current",
    Result.period,
    Result.edition,
    Result.unit_id,
    unique=True,
    sqlite_where=Result.superseded_at.is_(None),
    postgresql_where=Result.superseded_at.is_(None),
)


class FindingRow(Base):
    """One leaf's finding (:class:`audit.model.Finding`), in the edition's leaf order."""

    __tablename__ = "findings"

    result_id: Mapped[int] = mapped_column(ForeignKey("results.id", ondelete="CASCADE"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    leaf: Mapped[str]
    level: Mapped[str | None]
    reason_code: Mapped[str]
    values: Mapped[dict[str, Any]]
    evidence: Mapped[list[Any]]
    possible: Mapped[list[Any]]


class ItemRow(Base):
    """Index: the distinct items of a current result (:class:`audit.model.PeriodItem`)."""

    __tablename__ = "items"

    result_id: Mapped[int] = mapped_column(ForeignKey("results.id", ondelete="CASCADE"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    title: Mapped[str]
    url: Mapped[str | None]
    posted: Mapped[date | None]
    sections: Mapped[list[Any]]
    in_period: Mapped[bool]
    syndicated: Mapped[bool]
    quote: Mapped[str]


class FlagRow(Base):
    """Index: what a reviewer should see about a current result (:class:`audit.model.Flag`)."""

    __tablename__ = "flags"

    result_id: Mapped[int] = mapped_column(ForeignKey("results.id", ondelete="CASCADE"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    url: Mapped[str]
    detail: Mapped[str]


class ChangeFindingRow(Base):
    """Index: what became of known changes in a current result (:class:`audit.model.ChangeFinding`)."""

    __tablename__ = "change_findings"

    result_id: Mapped[int] = mapped_column(ForeignKey("results.id", ondelete="CASCADE"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int]
    leaf: Mapped[str]
    state: Mapped[str]
    due: Mapped[date]
    before: Mapped[datetime | None]
    after: Mapped[datetime | None]
    url: Mapped[str]
    quote: Mapped[str]
