"""Timetables as documents that never change, published versions, and who is to be told of each.

A timetable is kept as the files of the campaign format (`timetable.csv`, `rotations.csv`, `run.json`), under
the fingerprint of what it was made from. Changing one makes another.
"""

from __future__ import annotations

import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from api.storage.types import JSON, Text, UtcDateTime


class StoredTimetable(SQLModel, table=True):
    """Draft `number` of a campaign. `origin`: `solve`, `repair`, `move` or `file`; `parent`: the one before.

    `campaign_change` is the change of the campaign's tables that it was made for, `run` its `run.json`,
    `repairs` what `repair.json` says of the repairs that led to it.
    """

    __tablename__ = "timetable"
    __table_args__ = (UniqueConstraint("campaign_id", "number"),)

    id: str = Field(primary_key=True)
    campaign_id: str = Field(foreign_key="campaign.id")
    number: int
    name: str = ""
    origin: str
    parent: int | None = None
    sentence: str = ""
    campaign_change: int
    input_sha256: str
    content_sha256: str
    timetable_csv: str = Field(sa_type=Text)
    rotations_csv: str = Field(sa_type=Text)
    run: dict[str, object] = Field(sa_type=JSON)
    repairs: list[dict[str, object]] = Field(default_factory=list, sa_type=JSON)
    made_by: str
    made_at: datetime.datetime = Field(sa_type=UtcDateTime)


class Publication(SQLModel, table=True):
    """Version `number` of a campaign's timetable, as it was published. Nothing of it ever changes."""

    __tablename__ = "publication"
    __table_args__ = (UniqueConstraint("campaign_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: str = Field(foreign_key="campaign.id")
    number: int
    timetable_number: int
    campaign_change: int
    published_by: str
    published_at: datetime.datetime = Field(sa_type=UtcDateTime)


class Notice(SQLModel, table=True):
    """One person to be told of a published version, and what; `told_at` once they were."""

    __tablename__ = "notice"
    __table_args__ = (UniqueConstraint("campaign_id", "publication", "person"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: str = Field(foreign_key="campaign.id")
    publication: int
    person: str
    lines: list[str] = Field(sa_type=JSON)
    told_at: datetime.datetime | None = Field(default=None, sa_type=UtcDateTime)
    told_by: str = ""
