"""Signing in and out: passwords, one-time codes, and who somebody is at a door.

Tries are counted in the database, so that they are throttled over any number of processes and restarts.
Accounts themselves are made in `manage_accounts.py`; a council's own sign-in is in `openid.py`.
"""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass

from api.permissions import Role, Standing
from api.security import code_step, is_password, new_token, token_sha256
from api.services.doing import Doing
from api.services.manage_accounts import use_codes
from api.settings import Settings
from api.storage.tables.people import Account, SignedIn
from api.storage.unit_of_work import UnitOfWork

SIGNED_IN_FOR = datetime.timedelta(hours=10)
CODE_WAITS_FOR = datetime.timedelta(minutes=10)
FAILURES_WITHIN = datetime.timedelta(minutes=15)
FAILURES_OF_ACCOUNT_MAX = 5
FAILURES_OF_ADDRESS_MAX = 30


@dataclass(frozen=True, slots=True)
class SignedInAs:
    """Who a browser is signed in as. `is_complete` once every proof that is asked for was given."""

    account: Account
    is_complete: bool


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a try: a token for the cookie, or none; `is_throttled` where too many have failed."""

    token: str | None
    is_complete: bool = False
    is_throttled: bool = False


def try_password(
    work: UnitOfWork, email: str, password: str, address: str, now: datetime.datetime, settings: Settings
) -> Tried:
    """Sign in by e-mail and password. `address` is where the try comes from."""
    keys = (_key("account", email.strip().lower()), _key("address", address))
    if _is_throttled(work, keys, now):
        return Tried(None, is_throttled=True)
    account = work.accounts.by_email(email)
    right = is_password(password, account.password_hash if account and account.is_active else None)
    if account is None or not right:
        for key in keys:
            work.sign_ins.add_failure(key, now)
        who = account.id if account else "nobody known"
        work.audit.record("", now, who, "sign-in failed")
        return Tried(None)
    code_wanted = needs_code(work, account, settings)
    if not code_wanted:
        work.sign_ins.forget_failures(keys[0])
    return begin(work, account, now, is_complete=not code_wanted)


def begin(work: UnitOfWork, account: Account, now: datetime.datetime, *, is_complete: bool) -> Tried:
    """Remember a browser as signed in; its cookie holds the token, the database only the token's hash."""
    work.sign_ins.forget_expired(now)
    token = new_token()
    ends = now + (SIGNED_IN_FOR if is_complete else CODE_WAITS_FOR)
    work.sign_ins.add(
        SignedIn(
            token_sha256=token_sha256(token),
            account_id=account.id,
            is_complete=is_complete,
            created_at=now,
            expires_at=ends,
        )
    )
    if is_complete:
        work.audit.record("", now, account.id, "signed in")
    return Tried(token, is_complete)


def try_code(work: UnitOfWork, token: str, code: str, now: datetime.datetime) -> Tried:
    """Finish signing in with a one-time code. The browser gets a new token; the old one ends."""
    found = work.sign_ins.account_of(token_sha256(token), now)
    if found is None or found[0].is_complete:
        return Tried(None)
    account = found[1]
    key = _key("account", account.email or account.id)
    if _is_throttled(work, (key,), now):
        return Tried(None, is_throttled=True)
    step = code_step(account.code_secret or "", code, int(now.timestamp()))
    if step is None or not work.accounts.use_code_step(account, step):
        work.sign_ins.add_failure(key, now)
        work.audit.record("", now, account.id, "one-time code failed")
        return Tried(None)
    work.sign_ins.forget_failures(key)
    work.sign_ins.end(token_sha256(token))
    return begin(work, account, now, is_complete=True)


def enrol(work: UnitOfWork, token: str, secret: str, code: str, now: datetime.datetime) -> Tried:
    """The same for somebody without one-time codes yet: a first code shows that their app has the secret.

    Raises `BadInput` for another code.
    """
    found = work.sign_ins.account_of(token_sha256(token), now)
    if found is None or found[0].is_complete or found[1].code_secret:
        return Tried(None)
    use_codes(work, found[1], secret, code, Doing(found[1].id, now))
    work.sign_ins.end(token_sha256(token))
    return begin(work, found[1], now, is_complete=True)


def signed_in_as(work: UnitOfWork, token: str, now: datetime.datetime) -> SignedInAs | None:
    """Who this browser is signed in as, if anybody."""
    found = work.sign_ins.account_of(token_sha256(token), now) if token else None
    return None if found is None else SignedInAs(found[1], found[0].is_complete)


def sign_out(work: UnitOfWork, token: str, doing: Doing) -> None:
    work.sign_ins.end(token_sha256(token))
    work.audit.record("", doing.at, doing.by, "signed out")


def standing_of(work: UnitOfWork, account: Account, campaign: str | None) -> Standing:
    """What an account is, in a campaign or outside any."""
    membership = work.memberships.of(account.id, campaign) if campaign else None
    if membership is None:
        return Standing(account.id, account.is_administrator)
    role = Role(membership.role)
    return Standing(account.id, account.is_administrator, role, membership.council, membership.person)


def needs_code(work: UnitOfWork, account: Account, settings: Settings) -> bool:
    """Whether this account signs in with a one-time code too: organisers and administrators, or everybody."""
    if settings.second_factor == "nobody":
        return False
    if settings.second_factor == "everybody" or account.is_administrator:
        return True
    return any(m.role == Role.ORGANISER for m, _ in work.memberships.campaigns_of(account.id))


def is_throttled(work: UnitOfWork, account: Account, now: datetime.datetime) -> bool:
    """Whether too many have failed to prove that they are this account."""
    return _is_throttled(work, (_key("account", account.email or account.id),), now)


def add_failure(work: UnitOfWork, account: Account, now: datetime.datetime) -> None:
    work.sign_ins.add_failure(_key("account", account.email or account.id), now)


def _is_throttled(work: UnitOfWork, keys: tuple[str, ...], now: datetime.datetime) -> bool:
    since = now - FAILURES_WITHIN
    limits = (FAILURES_OF_ACCOUNT_MAX, FAILURES_OF_ADDRESS_MAX)
    return any(
        work.sign_ins.failures_since(key, since) >= limit for key, limit in zip(keys, limits, strict=False)
    )


def _key(kind: str, what: str) -> str:
    return hashlib.sha256(f"{kind} {what}".encode()).hexdigest()
