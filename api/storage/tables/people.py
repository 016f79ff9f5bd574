"""People who sign in: accounts, what they are in each campaign, and what proves that it is they.

Only hashes of passwords, links and tokens are kept. Names and addresses are here and nowhere else, so that
erasing somebody is one change of one row.
"""

from __future__ import annotations

import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from api.storage.types import JSON, UtcDateTime


class Account(SQLModel, table=True):
    """One person who may sign in. `email` is kept in small letters. `erased_at` leaves only the reference.

    `openid_subject` is the issuer with the person's identity there (Entra ID: `tid` and `oid`), never an
    e-mail address, which changes hands. `code_step_used` is the last time step of a one-time code used.
    """

    __tablename__ = "account"

    id: str = Field(primary_key=True)
    email: str | None = Field(default=None, unique=True)
    name: str = ""
    password_hash: str | None = None
    openid_subject: str | None = Field(default=None, unique=True)
    code_secret: str | None = None
    code_step_used: int | None = None
    is_administrator: bool = False
    is_active: bool = True
    created_at: datetime.datetime = Field(sa_type=UtcDateTime)
    erased_at: datetime.datetime | None = Field(default=None, sa_type=UtcDateTime)


class Membership(SQLModel, table=True):
    """What an account is in one campaign. `council` and `person` are references of that campaign."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("account_id", "campaign_id"),
        Index("ix_membership_campaign", "campaign_id"),
    )

    id: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="account.id")
    campaign_id: str = Field(foreign_key="campaign.id")
    role: str
    council: str = ""
    person: str = ""
    created_at: datetime.datetime = Field(sa_type=UtcDateTime)


class SignedIn(SQLModel, table=True):
    """One browser that is signed in. Until `is_complete` the one-time code is still asked for."""

    __tablename__ = "signed_in"

    token_sha256: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="account.id", index=True)
    is_complete: bool = False
    created_at: datetime.datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime.datetime = Field(sa_type=UtcDateTime)


class OneTimeLink(SQLModel, table=True):
    """A link that works once: for the first administrator, an invitation, a new password."""

    __tablename__ = "one_time_link"

    token_sha256: str = Field(primary_key=True)
    purpose: str
    account_id: str | None = Field(default=None, foreign_key="account.id")
    created_at: datetime.datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime.datetime = Field(sa_type=UtcDateTime)
    used_at: datetime.datetime | None = Field(default=None, sa_type=UtcDateTime)


class SignInFailure(SQLModel, table=True):
    """A failed try to sign in. `key` is a hash of the e-mail address typed, or of where it came from."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (Index("ix_sign_in_failure_key_at", "key", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str
    at: datetime.datetime = Field(sa_type=UtcDateTime)


class OpenIdVisit(SQLModel, table=True):
    """Somebody who has been sent to their council's sign-in and is expected back: what they must bring."""

    __tablename__ = "openid_visit"

    state_sha256: str = Field(primary_key=True)
    nonce: str
    verifier: str
    link_sha256: str = ""
    expires_at: datetime.datetime = Field(sa_type=UtcDateTime)


class ApiToken(SQLModel, table=True):
    """A token for another program, for one campaign and some scopes: `read`, `write`, `solve`."""

    __tablename__ = "api_token"

    id: str = Field(primary_key=True)
    token_sha256: str = Field(unique=True)
    campaign_id: str = Field(foreign_key="campaign.id", index=True)
    name: str
    scopes: list[str] = Field(sa_type=JSON)
    created_by: str = Field(foreign_key="account.id")
    created_at: datetime.datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime.datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime.datetime | None = Field(default=None, sa_type=UtcDateTime)
    used_at: datetime.datetime | None = Field(default=None, sa_type=UtcDateTime)
