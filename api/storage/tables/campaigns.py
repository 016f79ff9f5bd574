"""Campaigns: whose they are, their tables row by row with their whole history, and uploads not yet applied.

A campaign's table is kept as what the campaign format says it is, rows of text cells, so that the database
and the files are one thing and one reader checks both (DECISIONS 0042). Each change of a campaign has a
number; a row says from which change it holds and to which, so that every earlier state can be had again.
"""

from __future__ import annotations

import datetime

from sqlalchemy import BigInteger, Index, Integer, UniqueConstraint
from sqlmodel import Field, SQLModel

from api.storage.types import JSON, LargeBinary, UtcDateTime


class Partnership(SQLModel, table=True):
    """A lead authority and its councils; campaigns of different partnerships never meet."""

    __tablename__ = "partnership"

    id: str = Field(primary_key=True)
    name: str = Field(unique=True)
    created_at: datetime.datetime = Field(sa_type=UtcDateTime)


class CampaignRecord(SQLModel, table=True):
    """One campaign. `change` is the number of its latest change, `rows_made` how many rows it ever had."""

    __tablename__ = "campaign"

    id: str = Field(primary_key=True)
    partnership_id: str = Field(foreign_key="partnership.id", index=True)
    name: str
    change: int = 0
    rows_made: int = 0
    created_at: datetime.datetime = Field(sa_type=UtcDateTime)


class CampaignChange(SQLModel, table=True):
    """One change of a campaign's tables: who made it, when, of which kind, and in one sentence what."""

    __tablename__ = "campaign_change"
    __table_args__ = (UniqueConstraint("campaign_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: str = Field(foreign_key="campaign.id")
    number: int
    kind: str
    sentence: str
    made_by: str
    made_at: datetime.datetime = Field(sa_type=UtcDateTime)
    tables_sha256: str


class CampaignHeader(SQLModel, table=True):
    """The columns of one table of a campaign, from change `since` until before change `until`."""

    __tablename__ = "campaign_header"
    __table_args__ = (Index("ix_campaign_header_now", "campaign_id", "until"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: str = Field(foreign_key="campaign.id")
    table_name: str
    columns: list[str] = Field(sa_type=JSON)
    since: int
    until: int | None = None


class CampaignRow(SQLModel, table=True):
    """One row of one table, from change `since` until before change `until`.

    `row_id` stays the same while the row is changed; `position` orders the rows of a table. `cells` follow
    the table's header.
    """

    __tablename__ = "campaign_row"
    __table_args__ = (
        Index("ix_campaign_row_now", "campaign_id", "until", "table_name", "position"),
        Index("ix_campaign_row_row", "campaign_id", "row_id"),
    )

    id: int | None = Field(
        default=None, sa_type=BigInteger().with_variant(Integer, "sqlite"), primary_key=True
    )
    campaign_id: str = Field(foreign_key="campaign.id")
    table_name: str
    row_id: int = Field(sa_type=BigInteger)
    position: int
    cells: list[str] = Field(sa_type=JSON)
    since: int
    until: int | None = None


class StoredUpload(SQLModel, table=True):
    """Files brought in, as they came, so that they can be given back with faults marked."""

    __tablename__ = "upload"

    id: str = Field(primary_key=True)
    campaign_id: str = Field(foreign_key="campaign.id", index=True)
    made_by: str
    made_at: datetime.datetime = Field(sa_type=UtcDateTime)
    applied_as: int | None = None


class StoredFile(SQLModel, table=True):
    """One file of an upload."""

    __tablename__ = "upload_file"

    id: int | None = Field(default=None, primary_key=True)
    upload_id: str = Field(foreign_key="upload.id", index=True)
    name: str
    content: bytes = Field(sa_type=LargeBinary)
