"""Tokens for other programs: made for one campaign, shown once, ended by date or by an organiser."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from api.errors import BadInput, Fault
from api.security import new_reference, new_token, token_sha256
from api.services.doing import Doing
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.people import ApiToken
from api.storage.unit_of_work import UnitOfWork

SCOPES = ("read", "write", "solve")
DAYS_MAX = 366
NAME_CHARACTERS_MAX = 100


def make_token(
    work: UnitOfWork, record: CampaignRecord, name: str, scopes: Collection[str], days: str, doing: Doing
) -> tuple[ApiToken, str]:
    """A new token, and its secret, of which only a hash is kept. `days` as typed. Raises `BadInput`."""
    called = " ".join(name.split())
    faults = _faults(called, scopes, days.strip())
    if faults:
        raise BadInput(faults)
    secret = new_token()
    token = ApiToken(
        id=new_reference(),
        token_sha256=token_sha256(secret),
        campaign_id=record.id,
        name=called,
        scopes=[scope for scope in SCOPES if scope in scopes],
        created_by=doing.by,
        created_at=doing.at,
        expires_at=doing.at + datetime.timedelta(days=int(days)),
    )
    work.tokens.add(token)
    facts = {"scopes": token.scopes, "days": int(days)}
    work.audit.record(record.id, doing.at, doing.by, "token made", f"token {token.id}", facts)
    return token, secret


def revoke_token(work: UnitOfWork, record: CampaignRecord, token: ApiToken, doing: Doing) -> None:
    """End a token now. One that was ended already stays as it is."""
    if token.revoked_at is not None:
        return
    token.revoked_at = doing.at
    work.tokens.save(token)
    work.audit.record(record.id, doing.at, doing.by, "token ended", f"token {token.id}")


def _faults(name: str, scopes: Collection[str], days: str) -> list[Fault]:
    faults = []
    if not 0 < len(name) <= NAME_CHARACTERS_MAX:
        found = "nothing" if not name else f"{len(name)} characters"
        faults.append(Fault("token", None, "name", found, "a name for the program that will use it"))
    if not scopes or any(scope not in SCOPES for scope in scopes):
        faults.append(Fault("token", None, "scopes", "nothing", "at least one thing that the token may do"))
    if not (days.isascii() and days.isdigit() and len(days) < 5 and 1 <= int(days) <= DAYS_MAX):
        found = f"“{days[:20]}”" if days else "nothing"
        faults.append(Fault("token", None, "days", found, f"a whole number of days, 1 to {DAYS_MAX}"))
    return faults
