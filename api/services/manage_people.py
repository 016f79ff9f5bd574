"""Who is what in one campaign, as its organisers manage it: inviting, changing and taking roles.

An organiser must never get into somebody else's account. So they are given a link only for an account that
nobody has used yet and that has no part anywhere outside their own partnership; links for a new password are
an administrator's (`administer.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from api.errors import BadInput, Fault
from api.permissions import Role
from api.services.create_campaign import give_role, take_role
from api.services.doing import Doing
from api.services.manage_accounts import invitation_again, invite
from api.services.open_campaign import Opened
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.people import Account, Membership
from api.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class AskedRole:
    """A role as a form asks for it: the council of an officer, the person who an assessor is."""

    role: str
    council: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who was given a role. `link_token` is None where they sign in already, or where the link
    is not this organiser's to have; `is_elsewhere` tells which."""

    account: Account
    membership: Membership
    link_token: str | None
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """One council, assessor or service-user group that can be chosen."""

    reference: str
    name: str
    council: str = ""


@dataclass(frozen=True, slots=True)
class RoleChoices:
    """What a role can be, and whose."""

    roles: tuple[Role, ...]
    councils: tuple[Offered, ...]
    assessors: tuple[Offered, ...]


def councils_of(opened: Opened) -> tuple[Offered, ...]:
    return tuple(Offered(row["council"], row.get("name", "")) for row in _rows(opened, "councils"))


def assessors_of(opened: Opened) -> tuple[Offered, ...]:
    return tuple(
        Offered(row["assessor"], row.get("name", ""), row.get("council", ""))
        for row in _rows(opened, "assessors")
    )


def groups_of(opened: Opened) -> tuple[Offered, ...]:
    """Service-user groups: somebody may write down their ratings. They count as the lead authority's."""
    settings = {row["setting"]: row.get("value", "") for row in _rows(opened, "settings")}
    lead = settings.get("lead_council", "")
    groups = _rows(opened, "service_user_groups", "group")
    return tuple(Offered(row["group"], row.get("name", ""), lead) for row in groups)


def people_who_rate(opened: Opened) -> tuple[Offered, ...]:
    """Whose ratings an account with the role of an assessor may write down."""
    return (*assessors_of(opened), *groups_of(opened))


def invite_to_campaign(
    work: UnitOfWork,
    opened: Opened,
    record: CampaignRecord,
    name: str,
    email: str,
    asked: AskedRole,
    doing: Doing,
) -> Invited:
    """Give somebody a role in the campaign, with an account where they have none. Raises `BadInput`."""
    faults, role, council, person = _read(opened, asked)
    address = email.strip().lower()
    known = work.accounts.by_email(address)
    if known is not None and work.memberships.of(known.id, record.id) is not None:
        faults.append(
            Fault(
                "people", None, "email", f"“{address[:60]}”, who is in this campaign already", "somebody new"
            )
        )
    try:
        if known is None:
            account, token = invite(work, name, email, doing)
        else:
            account, token = known, None
    except BadInput as bad:
        raise BadInput([*bad.faults, *faults]) from bad
    if faults:
        raise BadInput(faults)
    assert role is not None
    is_elsewhere = False
    if known is not None and not has_come_in(known):
        is_elsewhere = not is_own(work, record, known)
        if is_elsewhere:
            # Whoever made the account holds its link still, and would come in here with it.
            work.accounts.end_links_of(known.id, doing.at)
        else:
            token = invitation_again(work, known, doing)
    membership = give_role(work, record, account, role, doing, council, person)
    return Invited(account, membership, token, is_elsewhere)


def change_role(
    work: UnitOfWork,
    opened: Opened,
    record: CampaignRecord,
    membership: Membership,
    account: Account,
    asked: AskedRole,
    doing: Doing,
) -> None:
    """Make somebody something else in the campaign. Raises `BadInput`; nobody may be left to organise it."""
    faults, role, council, person = _read(opened, asked)
    if role is not Role.ORGANISER and membership.role == Role.ORGANISER and _organisers(work, record) == 1:
        faults.append(Fault("people", None, "role", "the only organiser", "another organiser first"))
    if faults:
        raise BadInput(faults)
    assert role is not None
    give_role(work, record, account, role, doing, council, person)


def take_role_away(work: UnitOfWork, record: CampaignRecord, membership: Membership, doing: Doing) -> None:
    """End what somebody is in the campaign; their account stays. Raises `BadInput` for the only organiser."""
    take_role(work, record, membership, doing)


def renew_invitation(work: UnitOfWork, record: CampaignRecord, account: Account, doing: Doing) -> str:
    """A new link for somebody who has not come in yet; the old one ends. Raises `BadInput`."""
    if not may_renew(work, record, account):
        found = "an account that is in use, or has a part elsewhere"
        raise BadInput([Fault("people", None, None, found, "an administrator, who can make a new link")])
    return invitation_again(work, account, doing)


def may_renew(work: UnitOfWork, record: CampaignRecord, account: Account) -> bool:
    """Whether an organiser of this campaign may have a link to this account."""
    return account.is_active and not has_come_in(account) and is_own(work, record, account)


def has_come_in(account: Account) -> bool:
    """Whether somebody has ever proved that the account is theirs."""
    return account.password_hash is not None or account.openid_subject is not None


def is_own(work: UnitOfWork, record: CampaignRecord, account: Account) -> bool:
    """Whether the account has no part in anything but this partnership's campaigns."""
    campaigns = work.memberships.campaigns_of(account.id)
    return not account.is_administrator and all(
        campaign.partnership_id == record.partnership_id for _, campaign in campaigns
    )


def _read(opened: Opened, asked: AskedRole) -> tuple[list[Fault], Role | None, str, str]:
    """The role that is asked for, with its council and person; and what is wrong with the question."""
    if asked.role not in set(Role):
        return [Fault("people", None, "role", "nothing", "one of the roles")], None, "", ""
    role = Role(asked.role)
    if role is Role.OFFICER:
        if asked.council not in {council.reference for council in councils_of(opened)}:
            wanted = "one of the campaign’s councils (bring in the table councils first, if none is listed)"
            return [Fault("people", None, "council", "none chosen", wanted)], role, "", ""
        return [], role, asked.council, ""
    if role is Role.ASSESSOR:
        found = next((one for one in people_who_rate(opened) if one.reference == asked.person), None)
        if found is None:
            wanted = (
                "one of the campaign’s assessors or groups (bring in their tables first, if none is listed)"
            )
            return [Fault("people", None, "person", "none chosen", wanted)], role, "", ""
        return [], role, found.council, found.reference
    return [], role, "", ""


def _organisers(work: UnitOfWork, record: CampaignRecord) -> int:
    people = work.memberships.in_campaign(record.id)
    return sum(1 for membership, account in people if membership.role == Role.ORGANISER and account.is_active)


def _rows(opened: Opened, table: str, column: str = "") -> list[dict[str, str]]:
    kept = opened.tables.get(table)
    rows = [dict(zip(kept.columns, row.cells, strict=True)) for row in kept.rows] if kept else []
    key = column or table.removesuffix("s")
    return [row for row in rows if row.get(key)]
