"""Where Alembic runs the migrations: in the connection that `api.storage.migrate` hands over."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

import api.storage.tables  # noqa: F401  (makes the tables known)
from api.storage.migrate import is_ours

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    include_name=is_ours,
    compare_type=True,
    render_as_batch=connection.dialect.name == "sqlite",
)
context.run_migrations()
