"""What a proposal looked at: the moment of the campaign's own time, and the state of the tables.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("proposal") as table:
        table.add_column(sa.Column("seen_at", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("seen_change", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("proposal") as table:
        table.drop_column("seen_change")
        table.drop_column("seen_at")
