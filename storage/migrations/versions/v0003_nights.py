"""Void runs; validators of answers, and where the body lies that a 304 confirmed."""

import sqlalchemy as sa
from alembic import op

from storage.columns import AnyText

revision = "v0003"
down_revision = "v0002"

NEW = ("etag", "last_modified", "origin")


def upgrade() -> None:
    """New columns, all empty for what was kept before."""
    op.add_column("runs", sa.Column("void", AnyText(), nullable=True))
    op.add_column("captures", sa.Column("etag", AnyText(), nullable=True))
    op.add_column("captures", sa.Column("last_modified", AnyText(), nullable=True))
    op.add_column("captures", sa.Column("origin", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Without them; revisits lose their bodies in the eyes of an earlier program."""
    with op.batch_alter_table("captures") as table:
        for name in NEW:
            table.drop_column(name)
    with op.batch_alter_table("runs") as table:
        table.drop_column("void")
