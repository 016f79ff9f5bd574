"""Every table of the first version

Revision ID: 0001
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.storage.types import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("openid_subject", sa.String(), nullable=True),
        sa.Column("code_secret", sa.String(), nullable=True),
        sa.Column("code_step_used", sa.Integer(), nullable=True),
        sa.Column("is_administrator", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("erased_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("email", name="uq_account_email"),
        sa.UniqueConstraint("openid_subject", name="uq_account_openid_subject"),
    )
    op.create_table(
        "audit_chain",
        sa.Column("chain", sa.String(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("chain", name="pk_audit_chain"),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chain", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("thing", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("private_sha256", sa.String(), nullable=False),
        sa.Column("before_sha256", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
        sa.UniqueConstraint("chain", "number", name="uq_audit_entry_chain_number"),
    )
    op.create_index("ix_audit_entry_chain", "audit_entry", ["chain"], unique=False)

    op.create_table(
        "audit_private",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chain", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_audit_private"),
        sa.UniqueConstraint("chain", "number", name="uq_audit_private_chain_number"),
    )
    op.create_table(
        "openid_visit",
        sa.Column("state_sha256", sa.String(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("verifier", sa.String(), nullable=False),
        sa.Column("link_sha256", sa.String(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("state_sha256", name="pk_openid_visit"),
    )
    op.create_table(
        "partnership",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_partnership"),
        sa.UniqueConstraint("name", name="uq_partnership_name"),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_failure"),
    )
    op.create_index("ix_sign_in_failure_key_at", "sign_in_failure", ["key", "at"], unique=False)

    op.create_table(
        "campaign",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("rows_made", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_campaign_partnership_id"),
        sa.PrimaryKeyConstraint("id", name="pk_campaign"),
    )
    op.create_index("ix_campaign_partnership_id", "campaign", ["partnership_id"], unique=False)

    op.create_table(
        "one_time_link",
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_one_time_link_account_id"),
        sa.PrimaryKeyConstraint("token_sha256", name="pk_one_time_link"),
    )
    op.create_table(
        "signed_in",
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_signed_in_account_id"),
        sa.PrimaryKeyConstraint("token_sha256", name="pk_signed_in"),
    )
    op.create_index("ix_signed_in_account_id", "signed_in", ["account_id"], unique=False)

    op.create_table(
        "api_token",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_api_token_campaign_id"),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name="fk_api_token_created_by"),
        sa.PrimaryKeyConstraint("id", name="pk_api_token"),
        sa.UniqueConstraint("token_sha256", name="uq_api_token_token_sha256"),
    )
    op.create_index("ix_api_token_campaign_id", "api_token", ["campaign_id"], unique=False)

    op.create_table(
        "campaign_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("tables_sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_campaign_change_campaign_id"),
        sa.PrimaryKeyConstraint("id", name="pk_campaign_change"),
        sa.UniqueConstraint("campaign_id", "number", name="uq_campaign_change_campaign_id_number"),
    )
    op.create_table(
        "campaign_header",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.String(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_campaign_header_campaign_id"),
        sa.PrimaryKeyConstraint("id", name="pk_campaign_header"),
    )
    op.create_index("ix_campaign_header_now", "campaign_header", ["campaign_id", "until"], unique=False)

    op.create_table(
        "campaign_row",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("campaign_id", sa.String(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_campaign_row_campaign_id"),
        sa.PrimaryKeyConstraint("id", name="pk_campaign_row"),
    )
    op.create_index(
        "ix_campaign_row_now",
        "campaign_row",
        ["campaign_id", "until", "table_name", "position"],
        unique=False,
    )
    op.create_index("ix_campaign_row_row", "campaign_row", ["campaign_id", "row_id"], unique=False)

    op.create_table(
        "job",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("campaign_change", sa.Integer(), nullable=False),
        sa.Column("input_sha256", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("cancel_asked", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("alive_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_job_campaign_id"),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
    )
    op.create_index("ix_job_campaign", "job", ["campaign_id", "made_at"], unique=False)
    op.create_index("ix_job_state", "job", ["state"], unique=False)

    op.create_table(
        "membership",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_membership_account_id"),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_membership_campaign_id"),
        sa.PrimaryKeyConstraint("id", name="pk_membership"),
        sa.UniqueConstraint("account_id", "campaign_id", name="uq_membership_account_id_campaign_id"),
    )
    op.create_index("ix_membership_campaign", "membership", ["campaign_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.String(), nullable=False),
        sa.Column("publication", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("told_at", UtcDateTime(), nullable=True),
        sa.Column("told_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_notice_campaign_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
        sa.UniqueConstraint(
            "campaign_id", "publication", "person", name="uq_notice_campaign_id_publication_person"
        ),
    )
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("timetable_number", sa.Integer(), nullable=False),
        sa.Column("campaign_change", sa.Integer(), nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_publication_campaign_id"),
        sa.PrimaryKeyConstraint("id", name="pk_publication"),
        sa.UniqueConstraint("campaign_id", "number", name="uq_publication_campaign_id_number"),
    )
    op.create_table(
        "timetable",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("campaign_change", sa.Integer(), nullable=False),
        sa.Column("input_sha256", sa.String(), nullable=False),
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.Column("timetable_csv", sa.Text(), nullable=False),
        sa.Column("rotations_csv", sa.Text(), nullable=False),
        sa.Column("run", sa.JSON(), nullable=False),
        sa.Column("repairs", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_timetable_campaign_id"),
        sa.PrimaryKeyConstraint("id", name="pk_timetable"),
        sa.UniqueConstraint("campaign_id", "number", name="uq_timetable_campaign_id_number"),
    )
    op.create_table(
        "upload",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("applied_as", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_upload_campaign_id"),
        sa.PrimaryKeyConstraint("id", name="pk_upload"),
    )
    op.create_index("ix_upload_campaign_id", "upload", ["campaign_id"], unique=False)

    op.create_table(
        "job_progress",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("job_id", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("bound", sa.Integer(), nullable=True),
        sa.Column("is_proven", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name="fk_job_progress_job_id"),
        sa.PrimaryKeyConstraint("id", name="pk_job_progress"),
    )
    op.create_index("ix_job_progress_job", "job_progress", ["job_id", "id"], unique=False)

    op.create_table(
        "upload_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["upload_id"], ["upload.id"], name="fk_upload_file_upload_id"),
        sa.PrimaryKeyConstraint("id", name="pk_upload_file"),
    )
    op.create_index("ix_upload_file_upload_id", "upload_file", ["upload_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_upload_file_upload_id", table_name="upload_file")

    op.drop_table("upload_file")
    op.drop_index("ix_job_progress_job", table_name="job_progress")

    op.drop_table("job_progress")
    op.drop_index("ix_upload_campaign_id", table_name="upload")

    op.drop_table("upload")
    op.drop_table("timetable")
    op.drop_table("publication")
    op.drop_table("notice")
    op.drop_index("ix_membership_campaign", table_name="membership")

    op.drop_table("membership")
    op.drop_index("ix_job_state", table_name="job")
    op.drop_index("ix_job_campaign", table_name="job")

    op.drop_table("job")
    op.drop_index("ix_campaign_row_row", table_name="campaign_row")
    op.drop_index("ix_campaign_row_now", table_name="campaign_row")

    op.drop_table("campaign_row")
    op.drop_index("ix_campaign_header_now", table_name="campaign_header")

    op.drop_table("campaign_header")
    op.drop_table("campaign_change")
    op.drop_index("ix_api_token_campaign_id", table_name="api_token")

    op.drop_table("api_token")
    op.drop_index("ix_signed_in_account_id", table_name="signed_in")

    op.drop_table("signed_in")
    op.drop_table("one_time_link")
    op.drop_index("ix_campaign_partnership_id", table_name="campaign")

    op.drop_table("campaign")
    op.drop_index("ix_sign_in_failure_key_at", table_name="sign_in_failure")

    op.drop_table("sign_in_failure")
    op.drop_table("partnership")
    op.drop_table("openid_visit")
    op.drop_table("audit_private")
    op.drop_index("ix_audit_entry_chain", table_name="audit_entry")

    op.drop_table("audit_entry")
    op.drop_table("audit_chain")
    op.drop_table("account")
