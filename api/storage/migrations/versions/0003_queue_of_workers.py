"""Procrastinate's own tables, on PostgreSQL only: the queue that wakes the workers.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        # Loaded only where it is used; it brings its own statements, for the version that is locked.
        from procrastinate.schema import SchemaManager

        # Straight to the driver: its statements hold percent signs that are not placeholders.
        driver = op.get_bind().connection.driver_connection
        assert driver is not None
        driver.execute(SchemaManager.get_schema())


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        raise NotImplementedError("the queue's tables are not taken away again: restore a copy instead")
