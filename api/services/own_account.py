"""What everybody may do with their own account: name, password, one-time codes, signing other browsers out.

A change of what proves who one is wants the present password, so that a browser left open is not enough.
"""

from __future__ import annotations

from api.errors import BadInput, Fault
from api.security import is_password, password_hash, token_sha256
from api.services.doing import Doing
from api.services.manage_accounts import NAME_CHARACTERS_MAX, password_faults, use_codes
from api.services.sign_in import Tried, add_failure, begin, is_throttled
from api.storage.tables.people import Account
from api.storage.unit_of_work import UnitOfWork

WAIT = "wait 15 minutes and try again"


def rename(work: UnitOfWork, account: Account, name: str, doing: Doing) -> None:
    """What others call the account. Raises `BadInput`."""
    wanted = " ".join(name.split())
    if not 0 < len(wanted) <= NAME_CHARACTERS_MAX:
        found = "nothing" if not wanted else f"{len(wanted)} characters"
        raise BadInput(
            [Fault("account", None, "name", found, f"a name, up to {NAME_CHARACTERS_MAX} characters")]
        )
    account.name = wanted
    work.accounts.save(account)
    work.audit.record("", doing.at, doing.by, "name changed", f"account {account.id}", {}, wanted)


def change_password(
    work: UnitOfWork, account: Account, old: str, password: str, again: str, doing: Doing
) -> Tried:
    """A new password; every browser is signed out, and this one gets a new token.

    Raises `BadInput`. A wrong old password is counted, as when signing in: do not take the work back.
    """
    if account.password_hash is None:
        found = Fault("account", None, "old", "an account without a password", "your council’s sign-in")
        raise BadInput([found])
    faults = [*_old_faults(work, account, old, doing), *password_faults(password, again)]
    if faults:
        raise BadInput(faults)
    account.password_hash = password_hash(password)
    work.accounts.save(account)
    work.accounts.end_links_of(account.id, doing.at)
    work.sign_ins.end_all_of(account.id)
    work.audit.record("", doing.at, doing.by, "password changed", f"account {account.id}")
    return begin(work, account, doing.at, is_complete=True)


def replace_codes(work: UnitOfWork, account: Account, old: str, secret: str, code: str, doing: Doing) -> None:
    """One-time codes from another telephone, or for the first time. Raises as `change_password` does."""
    if faults := _old_faults(work, account, old, doing):
        raise BadInput(faults)
    try:
        use_codes(work, account, secret, code, doing)
    except ValueError as problem:
        found = Fault("account", None, "code", "a key that is none", "this page opened again")
        raise BadInput([found]) from problem


def sign_out_elsewhere(work: UnitOfWork, account: Account, token: str, doing: Doing) -> int:
    """Sign out every browser but the one with this token; how many there were."""
    ended = work.sign_ins.end_others_of(account.id, token_sha256(token))
    work.audit.record("", doing.at, doing.by, "other browsers signed out", f"account {account.id}")
    return ended


def _old_faults(work: UnitOfWork, account: Account, old: str, doing: Doing) -> list[Fault]:
    """Whoever signs in with their council's account alone has no password to be asked for."""
    if account.password_hash is None:
        return []
    if is_throttled(work, account, doing.at):
        return [Fault("account", None, "old", "too many wrong passwords", WAIT)]
    if is_password(old, account.password_hash):
        return []
    add_failure(work, account, doing.at)
    work.audit.record("", doing.at, doing.by, "password failed", f"account {account.id}")
    return [Fault("account", None, "old", "another password", "the password that you sign in with now")]
