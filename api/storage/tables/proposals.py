"""What one named person has proposed and another has still to agree to: releasing offers, or a pass.

Once agreed it is a row of the campaign's table `offer_events`, which names both; what stands here is how it
came to that.
"""

from __future__ import annotations

import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from api.storage.types import UtcDateTime


class Proposal(SQLModel, table=True):
    """`kind` is `release` or `pass`; `offers_sha256` is the fingerprint of just what was looked at.

    `seen_at` is the moment, in the campaign's own time, that it was looked at for, and `seen_change` the
    state of the tables. `state`: `open`, `agreed` or `withdrawn`. `ended_by` agreed to it or took it back.
    """

    __tablename__ = "proposal"
    __table_args__ = (Index("ix_proposal_campaign_state", "campaign_id", "state"),)

    id: str = Field(primary_key=True)
    campaign_id: str = Field(foreign_key="campaign.id")
    kind: str
    offers_sha256: str
    seen_at: str = ""
    seen_change: int = 0
    state: str = "open"
    proposed_by: str = Field(foreign_key="account.id")
    proposed_at: datetime.datetime = Field(sa_type=UtcDateTime)
    ended_by: str = ""
    ended_at: datetime.datetime | None = Field(default=None, sa_type=UtcDateTime)
