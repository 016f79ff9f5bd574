"""What an administrator does: look after accounts, make partnerships and campaigns, name a first organiser.

An administrator sees nothing inside a campaign; naming an organiser is written in the campaign's own audit,
so that its people see it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from api.errors import BadInput, Fault
from api.permissions import Role
from api.services.create_campaign import create_campaign, give_role
from api.services.doing import Doing
from api.services.manage_accounts import erase, invitation_again, invite, set_active, stop_codes
from api.storage.tables.campaigns import CampaignRecord, Partnership
from api.storage.tables.people import Account
from api.storage.unit_of_work import UnitOfWork


class Act(StrEnum):
    """What can be done to an account."""

    LINK = "link"
    STOP_CODES = "stop-codes"
    CLOSE = "close"
    OPEN = "open"
    MAKE_ADMINISTRATOR = "make-administrator"
    UNMAKE_ADMINISTRATOR = "unmake-administrator"
    ERASE = "erase"


@dataclass(frozen=True, slots=True)
class Named:
    """A campaign with its new organiser; `link_token` is None for somebody who signs in already."""

    record: CampaignRecord
    account: Account
    link_token: str | None


def acts_for(account: Account, by: str) -> tuple[Act, ...]:
    """What can be done to this account by that administrator."""
    if account.erased_at is not None:
        return ()
    acts = [Act.LINK] if account.is_active else []
    if account.code_secret:
        acts.append(Act.STOP_CODES)
    if account.is_active:
        acts.append(Act.UNMAKE_ADMINISTRATOR if account.is_administrator else Act.MAKE_ADMINISTRATOR)
    if account.id != by:
        acts += [Act.CLOSE if account.is_active else Act.OPEN, Act.ERASE]
    return tuple(acts)


def do_to_account(work: UnitOfWork, account: Account, act: Act, doing: Doing) -> str | None:
    """Do it, and return a link's token where one was made. Raises `BadInput` for what cannot be done."""
    if act not in acts_for(account, doing.by):
        raise BadInput([Fault("account", None, None, "an account to which this cannot be done", "another")])
    if act is Act.LINK:
        return invitation_again(work, account, doing)
    if act is Act.STOP_CODES:
        stop_codes(work, account, doing)
    elif act is Act.MAKE_ADMINISTRATOR:
        _set_administrator(work, account, True, doing)
    elif act is Act.UNMAKE_ADMINISTRATOR:
        _set_administrator(work, account, False, doing)
    elif act is Act.ERASE:
        work.accounts.end_links_of(account.id, doing.at)
        erase(work, account, doing)
    else:
        if act is Act.CLOSE:
            work.accounts.end_links_of(account.id, doing.at)
        set_active(work, account, act is Act.OPEN, doing)
    return None


def new_campaign(
    work: UnitOfWork, partnership: Partnership, campaign_name: str, name: str, email: str, doing: Doing
) -> Named:
    """A new campaign of a partnership with its first organiser. Raises `BadInput` with every fault."""
    faults: list[Fault] = []
    record = None
    try:
        record = create_campaign(work, partnership, campaign_name, doing)
    except BadInput as bad:
        faults += [Fault("campaign", None, "campaign_name", f.found, f.wanted) for f in bad.faults]
    try:
        account, token = invite(work, name, email, doing)
    except BadInput as bad:
        raise BadInput([*faults, *bad.faults]) from bad
    if record is None:
        raise BadInput(faults)
    give_role(work, record, account, Role.ORGANISER, doing)
    return Named(record, account, token)


def name_organiser(work: UnitOfWork, record: CampaignRecord, name: str, email: str, doing: Doing) -> Named:
    """Another organiser for a campaign, for instance because its only one has left. Raises `BadInput`."""
    account, token = invite(work, name, email, doing)
    give_role(work, record, account, Role.ORGANISER, doing)
    return Named(record, account, token)


def organisers_by_campaign(
    work: UnitOfWork, campaigns: Iterable[CampaignRecord]
) -> dict[str, tuple[str, ...]]:
    """The names of those who organise each campaign: all that an administrator is told of it."""
    return {
        record.id: tuple(
            account.name
            for membership, account in work.memberships.in_campaign(record.id)
            if membership.role == Role.ORGANISER and account.is_active
        )
        for record in campaigns
    }


def parts_of_all(work: UnitOfWork) -> dict[str, list[str]]:
    """By account, what it is and where: organiser of South West 2015."""
    parts: dict[str, list[str]] = {}
    for record in work.campaigns.all():
        for membership, account in work.memberships.in_campaign(record.id):
            parts.setdefault(account.id, []).append(f"{Role(membership.role).words} of {record.name}")
    return parts


def _set_administrator(work: UnitOfWork, account: Account, is_one: bool, doing: Doing) -> None:
    others = [a for a in work.accounts.administrators() if a.id != account.id]
    if not is_one and not others:
        raise BadInput(
            [Fault("account", None, None, "the last administrator", "another administrator first")]
        )
    account.is_administrator = is_one
    work.accounts.save(account)
    act = "administrator made" if is_one else "administrator unmade"
    work.audit.record("", doing.at, doing.by, act, f"account {account.id}")
