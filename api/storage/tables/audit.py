"""The audit: who did what, when, in chains of hashes that nobody can change unseen.

One chain per campaign and one for the installation. Triggers refuse to change or delete an entry on both
databases (migration 0001). What may have to be erased (names, values of cells) stands apart in
`AuditPrivate`; the chain holds only its salted hash.
"""

from __future__ import annotations

import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from api.storage.types import JSON, Text, UtcDateTime


class AuditChain(SQLModel, table=True):
    """The end of a chain: its length and the hash of the last entry. `chain` is a campaign's id, or ""."""

    __tablename__ = "audit_chain"

    chain: str = Field(primary_key=True)
    length: int = 0
    sha256: str = ""


class AuditEntry(SQLModel, table=True):
    """One act. `actor` is an account's reference, `token:…` or `program`; `facts` hold no names."""

    __tablename__ = "audit_entry"
    __table_args__ = (UniqueConstraint("chain", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    chain: str = Field(index=True)
    number: int
    at: datetime.datetime = Field(sa_type=UtcDateTime)
    actor: str
    act: str
    thing: str = ""
    facts: dict[str, object] = Field(sa_type=JSON)
    private_sha256: str = ""
    before_sha256: str
    sha256: str


class AuditPrivate(SQLModel, table=True):
    """What an entry says about a person, apart from the chain. Erased, the chain still verifies."""

    __tablename__ = "audit_private"
    __table_args__ = (UniqueConstraint("chain", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    chain: str
    number: int
    salt: str = ""
    text: str | None = Field(default=None, sa_type=Text)
