"""The first schema."""

import sqlalchemy as sa
from alembic import op

from storage.columns import AnyText, Exact, Instant

revision = "v0001"
down_revision = None

CURRENT = sa.text("superseded_at IS NULL")


def upgrade() -> None:
    """All tables."""
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", AnyText(), nullable=False),
        sa.Column("period", AnyText(), nullable=False),
        sa.Column("leaf", AnyText(), nullable=False),
        sa.Column("level", AnyText(), nullable=False),
        sa.Column("author", AnyText(), nullable=False),
        sa.Column("reason", AnyText(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("finding_digest", AnyText(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_index(op.f("ix_decisions_unit_id_period"), "decisions", ["unit_id", "period"], unique=False)
    op.create_table(
        "publications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period", AnyText(), nullable=False),
        sa.Column("edition", AnyText(), nullable=False),
        sa.Column("kind", AnyText(), nullable=False),
        sa.Column("author", AnyText(), nullable=False),
        sa.Column("published_at", Instant(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", AnyText(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
    )
    op.create_index(op.f("ix_publications_period"), "publications", ["period"], unique=False)
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", AnyText(), nullable=False),
        sa.Column("key", AnyText(), nullable=False),
        sa.Column("unit_ids", sa.JSON(), nullable=False),
        sa.Column("as_of", Instant(), nullable=True),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("software", AnyText(), nullable=False),
        sa.Column("state", AnyText(), nullable=False),
        sa.Column("folder", AnyText(), nullable=False),
        sa.Column("losses", sa.JSON(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_index(op.f("ix_runs_key"), "runs", ["key"], unique=False)
    op.create_index(op.f("ix_runs_state"), "runs", ["state"], unique=False)
    op.create_table(
        "section_visits",
        sa.Column("unit_id", AnyText(), nullable=False),
        sa.Column("section", AnyText(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("back_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("unit_id", "section", "at", name=op.f("pk_section_visits")),
    )
    op.create_table(
        "self_scores",
        sa.Column("period", AnyText(), nullable=False),
        sa.Column("unit_id", AnyText(), nullable=False),
        sa.Column("leaf", AnyText(), nullable=False),
        sa.Column("points", Exact(), nullable=False),
        sa.Column("source", AnyText(), nullable=False),
        sa.Column("taken_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("period", "unit_id", "leaf", name=op.f("pk_self_scores")),
    )
    op.create_table(
        "sightings",
        sa.Column("unit_id", AnyText(), nullable=False),
        sa.Column("section", AnyText(), nullable=False),
        sa.Column("digest", AnyText(), nullable=False),
        sa.Column("key", AnyText(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("last_seen_at", Instant(), nullable=False),
        sa.Column("first_dated", sa.Date(), nullable=True),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("unit_id", "section", "digest", name=op.f("pk_sightings")),
    )
    op.create_table(
        "portal_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", AnyText(), nullable=False),
        sa.Column("state", AnyText(), nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("stats", sa.JSON(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"], ["runs.id"], name=op.f("fk_portal_runs_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal_runs")),
        sa.UniqueConstraint("run_id", "unit_id", name=op.f("uq_portal_runs_run_id_unit_id")),
    )
    op.create_index(
        op.f("ix_portal_runs_unit_id_seen_at"), "portal_runs", ["unit_id", "seen_at"], unique=False
    )
    op.create_table(
        "captures",
        sa.Column("portal_run_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("url", AnyText(), nullable=False),
        sa.Column("method", AnyText(), nullable=False),
        sa.Column("role", AnyText(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("error", AnyText(), nullable=True),
        sa.Column("content_type", AnyText(), nullable=True),
        sa.Column("ref", AnyText(), nullable=False),
        sa.Column("digest", AnyText(), nullable=False),
        sa.Column("file", AnyText(), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("fetched_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("truncated", sa.Boolean(), nullable=False),
        sa.Column("ip", AnyText(), nullable=True),
        sa.Column("elapsed_ms", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["portal_run_id"], ["portal_runs.id"], name=op.f("fk_captures_portal_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("portal_run_id", "position", name=op.f("pk_captures")),
    )
    op.create_table(
        "results",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period", AnyText(), nullable=False),
        sa.Column("edition", AnyText(), nullable=False),
        sa.Column("unit_id", AnyText(), nullable=False),
        sa.Column("as_of", Instant(), nullable=False),
        sa.Column("judged_at", Instant(), nullable=False),
        sa.Column("superseded_at", Instant(), nullable=True),
        sa.Column("portal_run_id", sa.Integer(), nullable=True),
        sa.Column("software", AnyText(), nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("coverage", AnyText(), nullable=False),
        sa.Column("points", Exact(), nullable=False),
        sa.Column("possible", Exact(), nullable=False),
        sa.Column("low", Exact(), nullable=False),
        sa.Column("high", Exact(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["portal_run_id"], ["portal_runs.id"], name=op.f("fk_results_portal_run_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_results")),
    )
    op.create_index(
        op.f("ix_results_period_edition_unit_id"), "results", ["period", "edition", "unit_id"], unique=False
    )
    op.create_index(
        "uq_results_current",
        "results",
        ["period", "edition", "unit_id"],
        unique=True,
        sqlite_where=CURRENT,
        postgresql_where=CURRENT,
    )
    op.create_table(
        "trails",
        sa.Column("portal_run_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("section", AnyText(), nullable=False),
        sa.Column("label", AnyText(), nullable=False),
        sa.Column("url", AnyText(), nullable=False),
        sa.Column("state", AnyText(), nullable=False),
        sa.Column("reason", AnyText(), nullable=True),
        sa.Column("captures", sa.JSON(), nullable=False),
        sa.Column("inherited", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["portal_run_id"], ["portal_runs.id"], name=op.f("fk_trails_portal_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("portal_run_id", "ordinal", name=op.f("pk_trails")),
    )
    op.create_table(
        "findings",
        sa.Column("result_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("leaf", AnyText(), nullable=False),
        sa.Column("level", AnyText(), nullable=True),
        sa.Column("reason_code", AnyText(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("possible", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["result_id"], ["results.id"], name=op.f("fk_findings_result_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("result_id", "ordinal", name=op.f("pk_findings")),
    )
    op.create_table(
        "flags",
        sa.Column("result_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", AnyText(), nullable=False),
        sa.Column("url", AnyText(), nullable=False),
        sa.Column("detail", AnyText(), nullable=False),
        sa.ForeignKeyConstraint(
            ["result_id"], ["results.id"], name=op.f("fk_flags_result_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("result_id", "ordinal", name=op.f("pk_flags")),
    )
    op.create_table(
        "items",
        sa.Column("result_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("key", AnyText(), nullable=False),
        sa.Column("title", AnyText(), nullable=False),
        sa.Column("url", AnyText(), nullable=True),
        sa.Column("posted", sa.Date(), nullable=True),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("in_period", sa.Boolean(), nullable=False),
        sa.Column("syndicated", sa.Boolean(), nullable=False),
        sa.Column("quote", AnyText(), nullable=False),
        sa.ForeignKeyConstraint(
            ["result_id"], ["results.id"], name=op.f("fk_items_result_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("result_id", "ordinal", name=op.f("pk_items")),
    )


def downgrade() -> None:
    """No tables."""
    op.drop_table("items")
    op.drop_table("flags")
    op.drop_table("findings")
    op.drop_table("trails")
    op.drop_table("results")
    op.drop_table("captures")
    op.drop_table("portal_runs")
    op.drop_table("sightings")
    op.drop_table("self_scores")
    op.drop_table("section_visits")
    op.drop_table("runs")
    op.drop_table("publications")
    op.drop_table("decisions")
