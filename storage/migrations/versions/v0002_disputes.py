"""Known changes, objections and their answers; decisions name their edition and can be withdrawn."""

import sqlalchemy as sa
from alembic import op

from storage.columns import AnyText, Instant

revision = "v0002"
down_revision = "v0001"

# Decisions made before they named their edition were made on the one their period was judged by.
EDITION_OF_DECISIONS = """
UPDATE decisions SET edition = COALESCE(
    (SELECT edition FROM results WHERE results.period = decisions.period ORDER BY id DESC LIMIT 1), '')
"""


def upgrade() -> None:
    """The new tables; two columns of decisions."""
    with op.batch_alter_table("decisions") as table:
        table.add_column(sa.Column("edition", AnyText(), nullable=True))
    op.execute(EDITION_OF_DECISIONS)
    with op.batch_alter_table("decisions") as table:
        table.alter_column("edition", existing_type=AnyText(), nullable=False)
        table.alter_column("level", existing_type=AnyText(), nullable=True)
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", AnyText(), nullable=False),
        sa.Column("edition", AnyText(), nullable=False),
        sa.Column("leaf", AnyText(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("source", AnyText(), nullable=False),
        sa.Column("author", AnyText(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    op.create_index(op.f("ix_changes_unit_id_day"), "changes", ["unit_id", "day"], unique=False)
    op.create_table(
        "objections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", AnyText(), nullable=False),
        sa.Column("period", AnyText(), nullable=False),
        sa.Column("edition", AnyText(), nullable=False),
        sa.Column("leaf", AnyText(), nullable=False),
        sa.Column("level", AnyText(), nullable=True),
        sa.Column("author", AnyText(), nullable=False),
        sa.Column("reason", AnyText(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("filed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
    )
    op.create_index(op.f("ix_objections_period_unit_id"), "objections", ["period", "unit_id"], unique=False)
    op.create_table(
        "objection_answers",
        sa.Column("objection_id", sa.Integer(), nullable=False),
        sa.Column("verdict", AnyText(), nullable=False),
        sa.Column("author", AnyText(), nullable=False),
        sa.Column("reason", AnyText(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_objection_answers_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objections.id"], name=op.f("fk_objection_answers_objection_id")
        ),
        sa.PrimaryKeyConstraint("objection_id", name=op.f("pk_objection_answers")),
    )
    op.create_table(
        "change_findings",
        sa.Column("result_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("leaf", AnyText(), nullable=False),
        sa.Column("state", AnyText(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("before", Instant(), nullable=True),
        sa.Column("after", Instant(), nullable=True),
        sa.Column("url", AnyText(), nullable=False),
        sa.Column("quote", AnyText(), nullable=False),
        sa.ForeignKeyConstraint(
            ["result_id"], ["results.id"], name=op.f("fk_change_findings_result_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("result_id", "ordinal", name=op.f("pk_change_findings")),
    )


def downgrade() -> None:
    """Without them; withdrawals are lost."""
    for name in ("change_findings", "objection_answers", "objections", "changes"):
        op.drop_table(name)
    op.execute("DELETE FROM decisions WHERE level IS NULL")
    with op.batch_alter_table("decisions") as table:
        table.alter_column("level", existing_type=AnyText(), nullable=False)
        table.drop_column("edition")
