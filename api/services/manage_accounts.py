"""Accounts: the first administrator, invitations, passwords, one-time codes, leaving, being forgotten.

An account begins with an invitation: a link that works once, within days, and lets its holder choose a
password (or connect their council's own sign-in).
"""

from __future__ import annotations

import datetime
import re

from api.errors import BadInput, Fault
from api.security import (
    PASSWORD_LEAST,
    PASSWORD_MOST,
    code_step,
    new_reference,
    new_token,
    password_hash,
    token_sha256,
)
from api.services.doing import Doing
from api.storage.tables.people import Account, OneTimeLink
from api.storage.unit_of_work import UnitOfWork

FIRST_ADMINISTRATOR, INVITATION, NEW_PASSWORD = "first administrator", "invitation", "new password"
LINK_HOLDS_FOR = {
    FIRST_ADMINISTRATOR: datetime.timedelta(days=1),
    INVITATION: datetime.timedelta(days=7),
    NEW_PASSWORD: datetime.timedelta(hours=4),
}
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s.]{2,60}")
NAME_CHARACTERS_MAX = 120


def first_link(work: UnitOfWork, now: datetime.datetime) -> str | None:
    """The token of a link that makes the first administrator; None where there is one already."""
    if work.accounts.have_administrator():
        return None
    return _link(work, FIRST_ADMINISTRATOR, None, now)


def invite(work: UnitOfWork, name: str, email: str, doing: Doing) -> tuple[Account, str | None]:
    """The account of this e-mail address, made where there is none, and then the token of its invitation.

    Raises `BadInput` for a name or an address that cannot be one.
    """
    address, called = email.strip().lower(), " ".join(name.split())
    if (known := work.accounts.by_email(address)) is not None:
        return known, None if known.password_hash or known.openid_subject else invitation_again(
            work, known, doing
        )
    _refuse(_faults_of(called, address))
    account = Account(id=new_reference(), email=address, name=called, created_at=doing.at)
    work.accounts.add(account)
    work.audit.record("", doing.at, doing.by, "account made", f"account {account.id}", {}, called)
    return account, _link(work, INVITATION, account.id, doing.at)


def invitation_again(work: UnitOfWork, account: Account, doing: Doing) -> str:
    """A new link for somebody who has not taken up their invitation, or has forgotten their password."""
    purpose = NEW_PASSWORD if account.password_hash else INVITATION
    work.audit.record("", doing.at, doing.by, f"link made: {purpose}", f"account {account.id}")
    return _link(work, purpose, account.id, doing.at)


def link_of(work: UnitOfWork, token: str, now: datetime.datetime) -> OneTimeLink | None:
    return work.accounts.link(token_sha256(token), now)


def take_up(
    work: UnitOfWork,
    token: str,
    password: str,
    again: str,
    now: datetime.datetime,
    name: str = "",
    email: str = "",
) -> Account:
    """Choose a password by a link; the first administrator gives name and address too.

    Raises `BadInput`, for a link that has been used or has run out as well.
    """
    link = link_of(work, token, now)
    if link is None:
        raise BadInput([Fault("link", None, None, "a link that has been used or has run out", "a new link")])
    faults = password_faults(password, again)
    called, address = " ".join(name.split()), email.strip().lower()
    if link.purpose == FIRST_ADMINISTRATOR:
        faults += _faults_of(called, address)
    _refuse(faults)
    if not work.accounts.use_link(link.token_sha256, now):
        raise BadInput([Fault("link", None, None, "a link that has just been used", "a new link")])
    account = _account_of(work, link, called, address, now)
    account.password_hash = password_hash(password)
    work.accounts.save(account)
    work.sign_ins.end_all_of(account.id)
    work.audit.record("", now, account.id, "password chosen", f"account {account.id}", {"by": link.purpose})
    return account


def password_faults(password: str, again: str) -> list[Fault]:
    if not PASSWORD_LEAST <= len(password) <= PASSWORD_MOST:
        wanted = f"{PASSWORD_LEAST} to {PASSWORD_MOST} characters; three or four words are good"
        return [Fault("account", None, "password", f"{len(password)} characters", wanted)]
    if password != again:
        return [Fault("account", None, "again", "another password", "the same password twice")]
    return []


def use_codes(work: UnitOfWork, account: Account, secret: str, code: str, doing: Doing) -> None:
    """Begin to sign in with one-time codes, once a first code proves that the telephone has the secret."""
    step = code_step(secret, code, int(doing.at.timestamp()))
    if step is None:
        raise BadInput(
            [Fault("account", None, "code", "another code", "the six digits that the app shows now")]
        )
    account.code_secret, account.code_step_used = secret, step
    work.accounts.save(account)
    work.audit.record("", doing.at, doing.by, "one-time codes begun", f"account {account.id}")


def stop_codes(work: UnitOfWork, account: Account, doing: Doing) -> None:
    """A lost telephone: the next sign-in begins with a new one."""
    account.code_secret = account.code_step_used = None
    work.accounts.save(account)
    work.sign_ins.end_all_of(account.id)
    work.audit.record("", doing.at, doing.by, "one-time codes ended", f"account {account.id}")


def set_active(work: UnitOfWork, account: Account, is_active: bool, doing: Doing) -> None:
    """Close an account, or open it again. The last administrator cannot close the door behind them."""
    if not is_active and account.id == doing.by:
        raise BadInput([Fault("account", None, None, "your own account", "somebody else to close it")])
    account.is_active = is_active
    work.accounts.save(account)
    if not is_active:
        work.sign_ins.end_all_of(account.id)
    said = "account opened" if is_active else "account closed"
    work.audit.record("", doing.at, doing.by, said, f"account {account.id}")


def erase(work: UnitOfWork, account: Account, doing: Doing) -> None:
    """Forget who an account was: only its reference stays, in the audit. Its names there go too."""
    if account.id == doing.by:
        raise BadInput([Fault("account", None, None, "your own account", "somebody else to erase it")])
    work.sign_ins.end_all_of(account.id)
    work.memberships.remove_all_of(account.id)
    account.name, account.email, account.password_hash = "", None, None
    account.openid_subject, account.code_secret, account.code_step_used = None, None, None
    account.is_active, account.is_administrator, account.erased_at = False, False, doing.at
    work.accounts.save(account)
    work.audit.erase_private_of_thing("", f"account {account.id}")
    work.audit.record("", doing.at, doing.by, "account erased", f"account {account.id}")


def _account_of(
    work: UnitOfWork, link: OneTimeLink, name: str, email: str, now: datetime.datetime
) -> Account:
    if link.account_id is not None:
        account = work.accounts.by_id(link.account_id)
        assert account is not None
        return account
    account = work.accounts.by_email(email) or Account(id=new_reference(), email=email, created_at=now)
    account.name, account.is_administrator, account.is_active = name, True, True
    work.accounts.add(account)
    work.audit.record("", now, account.id, "first administrator made", f"account {account.id}", {}, name)
    return account


def _link(work: UnitOfWork, purpose: str, account: str | None, now: datetime.datetime) -> str:
    work.accounts.end_links(purpose, account, now)
    token = new_token()
    link = OneTimeLink(
        token_sha256=token_sha256(token),
        purpose=purpose,
        account_id=account,
        created_at=now,
        expires_at=now + LINK_HOLDS_FOR[purpose],
    )
    work.accounts.add_link(link)
    return token


def _faults_of(name: str, email: str) -> list[Fault]:
    faults = []
    if not 0 < len(name) <= NAME_CHARACTERS_MAX:
        faults.append(Fault("account", None, "name", "nothing" if not name else "a very long name", "a name"))
    if not EMAIL.fullmatch(email):
        found = f'"{email[:60]}"' if email else "nothing"
        faults.append(Fault("account", None, "email", found, "an e-mail address"))
    return faults


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise BadInput(faults)
