"""Ratings as they are entered: one sheet per rater, applicant and exercise, and every entry on it.

An entry is one criterion as it stood on somebody's screen. Entries are added and never changed; the device
numbers them, so that one that is sent twice is kept once. Locking a sheet carries what it says into the
campaign's own table `ratings`, where others may see it; before, nobody else is shown anything of it.
"""

from __future__ import annotations

import datetime

from sqlalchemy import BigInteger, Index, Integer, UniqueConstraint
from sqlmodel import Field, SQLModel

from api.storage.types import JSON, Text, UtcDateTime


class RatingSheet(SQLModel, table=True):
    """What one rater is to say of one applicant in one exercise.

    `rater` is the reference that the campaign's table `ratings` names: an assessor, a service-user group or
    a member of one. `person` is whose account writes on it: the assessor, or the group. `criteria` and the
    scale are those of the moment when the sheet was opened.
    """

    __tablename__ = "rating_sheet"
    __table_args__ = (
        UniqueConstraint("campaign_id", "applicant", "exercise", "rater"),
        Index("ix_rating_sheet_person", "campaign_id", "person"),
    )

    id: str = Field(primary_key=True)
    campaign_id: str = Field(foreign_key="campaign.id")
    applicant: str
    exercise: str
    rater: str
    person: str
    criteria: list[str] = Field(sa_type=JSON)
    scale_min: int
    scale_max: int
    opened_at: datetime.datetime = Field(sa_type=UtcDateTime)
    locked_at: datetime.datetime | None = Field(default=None, sa_type=UtcDateTime)
    locked_by: str = ""


class RatingEntry(SQLModel, table=True):
    """One criterion of one sheet as it was at one moment; `rating` is None where none was chosen yet.

    `number` counts the entries of one `device`, a random name that a browser gave itself. `typed_at` is the
    device's own clock, never later than `saved_at`. `was_locked`: it came when the sheet was locked already,
    and does not count. `by` is the account, somebody else's where it was copied from paper.
    """

    __tablename__ = "rating_entry"
    __table_args__ = (
        UniqueConstraint("device", "number"),
        Index("ix_rating_entry_sheet", "sheet_id", "criterion"),
    )

    id: int | None = Field(
        default=None, sa_type=BigInteger().with_variant(Integer, "sqlite"), primary_key=True
    )
    sheet_id: str = Field(foreign_key="rating_sheet.id")
    device: str
    number: int = Field(sa_type=BigInteger)
    criterion: str
    rating: int | None = None
    evidence: str = Field(default="", sa_type=Text)
    typed_at: datetime.datetime = Field(sa_type=UtcDateTime)
    saved_at: datetime.datetime = Field(sa_type=UtcDateTime)
    was_locked: bool = False
    by: str
