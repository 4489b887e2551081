"""What Alembic runs: the migrations on the connection it is handed (always :mod:`storage.schema`)."""

from alembic import context

from storage import people_tables  # noqa: F401 - its tables belong to the same metadata
from storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
context.run_migrations()
