"""Making partnerships and campaigns, and giving people their roles in them."""

from __future__ import annotations

from api.errors import BadInput, Fault
from api.permissions import WITH_COUNCIL, Role
from api.security import new_reference
from api.services.doing import Doing
from api.storage.tables.campaigns import CampaignRecord, Partnership
from api.storage.tables.people import Account, Membership
from api.storage.unit_of_work import UnitOfWork

NAME_CHARACTERS_MAX = 200


def create_partnership(work: UnitOfWork, name: str, doing: Doing) -> Partnership:
    """A new partnership. Raises `BadInput` for a name that is empty or taken."""
    wanted = " ".join(name.split())[:NAME_CHARACTERS_MAX]
    if not wanted:
        raise BadInput([Fault("partnership", None, "name", "nothing", "the partnership's name")])
    if any(p.name.casefold() == wanted.casefold() for p in work.campaigns.partnerships()):
        raise BadInput(
            [Fault("partnership", None, "name", f'"{wanted}", which is there already', "a new name")]
        )
    made = Partnership(id=new_reference(), name=wanted, created_at=doing.at)
    work.campaigns.add_partnership(made)
    work.audit.record("", doing.at, doing.by, "partnership made", made.id)
    return made


def create_campaign(work: UnitOfWork, partnership: Partnership, name: str, doing: Doing) -> CampaignRecord:
    """A new campaign without tables yet. Raises `BadInput` for an empty name."""
    wanted = " ".join(name.split())[:NAME_CHARACTERS_MAX]
    if not wanted:
        raise BadInput([Fault("campaign", None, "name", "nothing", "the campaign's name")])
    made = CampaignRecord(id=new_reference(), partnership_id=partnership.id, name=wanted, created_at=doing.at)
    work.campaigns.add(made)
    work.audit.record("", doing.at, doing.by, "campaign made", made.id)
    work.audit.record(made.id, doing.at, doing.by, "campaign made", made.id)
    return made


def give_role(
    work: UnitOfWork,
    campaign: CampaignRecord,
    account: Account,
    role: Role,
    doing: Doing,
    council: str = "",
    person: str = "",
) -> Membership:
    """Make an account something in a campaign, or something else than it was.

    Raises `BadInput` where an officer or an assessor has no council, or an assessor no reference.
    """
    faults = []
    if role in WITH_COUNCIL and not council:
        faults.append(Fault("people", None, "council", "nothing", f"the council of the {role.words}"))
    if role is Role.ASSESSOR and not person:
        faults.append(Fault("people", None, "person", "nothing", "the assessor's reference"))
    if faults:
        raise BadInput(faults)
    membership = work.memberships.of(account.id, campaign.id) or Membership(
        id=new_reference(), account_id=account.id, campaign_id=campaign.id, role="", created_at=doing.at
    )
    membership.role = role.value
    membership.council = council if role in WITH_COUNCIL else ""
    membership.person = person if role is Role.ASSESSOR else ""
    work.memberships.save(membership)
    facts = {"role": role.value, "council": membership.council, "person": membership.person}
    work.audit.record(campaign.id, doing.at, doing.by, "role given", f"account {account.id}", facts)
    return membership


def take_role(work: UnitOfWork, campaign: CampaignRecord, membership: Membership, doing: Doing) -> None:
    """End what an account is in a campaign. Raises `BadInput` where nobody would be left to organise it."""
    organisers = [
        m for m, a in work.memberships.in_campaign(campaign.id) if m.role == Role.ORGANISER and a.is_active
    ]
    if membership.role == Role.ORGANISER and len(organisers) == 1:
        raise BadInput([Fault("people", None, "role", "the only organiser", "another organiser first")])
    work.memberships.remove(membership)
    facts = {"role": membership.role}
    work.audit.record(
        campaign.id, doing.at, doing.by, "role taken", f"account {membership.account_id}", facts
    )
