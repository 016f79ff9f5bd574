"""Ratings as they are entered, whose entries are never changed, and what waits for a second person.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.storage.types import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MESSAGE = "an entry of a rating is never changed"


def upgrade() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("offers_sha256", sa.String(), nullable=False),
        sa.Column("seen_at", sa.String(), nullable=False),
        sa.Column("seen_change", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_proposal_campaign_id"),
        sa.ForeignKeyConstraint(["proposed_by"], ["account.id"], name="fk_proposal_proposed_by"),
        sa.PrimaryKeyConstraint("id", name="pk_proposal"),
    )
    op.create_index("ix_proposal_campaign_state", "proposal", ["campaign_id", "state"])
    op.create_table(
        "rating_sheet",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.String(), nullable=False),
        sa.Column("applicant", sa.String(), nullable=False),
        sa.Column("exercise", sa.String(), nullable=False),
        sa.Column("rater", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("scale_min", sa.Integer(), nullable=False),
        sa.Column("scale_max", sa.Integer(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("locked_at", UtcDateTime(), nullable=True),
        sa.Column("locked_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_rating_sheet_campaign_id"),
        sa.PrimaryKeyConstraint("id", name="pk_rating_sheet"),
        sa.UniqueConstraint(
            "campaign_id",
            "applicant",
            "exercise",
            "rater",
            name="uq_rating_sheet_campaign_id_applicant_exercise_rater",
        ),
    )
    op.create_index("ix_rating_sheet_person", "rating_sheet", ["campaign_id", "person"])
    op.create_table(
        "rating_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sheet_id", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("typed_at", UtcDateTime(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("was_locked", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["rating_sheet.id"], name="fk_rating_entry_sheet_id"),
        sa.PrimaryKeyConstraint("id", name="pk_rating_entry"),
        sa.UniqueConstraint("device", "number", name="uq_rating_entry_device_number"),
    )
    op.create_index("ix_rating_entry_sheet", "rating_entry", ["sheet_id", "criterion"])
    _refuse_changes()


def _refuse_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER rating_entry_no_update BEFORE UPDATE ON rating_entry "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION rating_entry_stays() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER rating_entry_stays BEFORE UPDATE ON rating_entry "
        "FOR EACH ROW EXECUTE FUNCTION rating_entry_stays()"
    )


def downgrade() -> None:
    op.drop_table("rating_entry")
    op.drop_table("rating_sheet")
    op.drop_table("proposal")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION rating_entry_stays")
