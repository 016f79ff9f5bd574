"""What each account is in each campaign."""

from __future__ import annotations

from sqlmodel import Session, col, delete, select

from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.people import Account, Membership


class Memberships:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, membership: Membership) -> None:
        self._session.add(membership)
        self._session.flush()

    def of(self, account: str, campaign: str) -> Membership | None:
        return self._session.exec(
            select(Membership).where(Membership.account_id == account, Membership.campaign_id == campaign)
        ).first()

    def in_campaign(self, campaign: str) -> list[tuple[Membership, Account]]:
        found = self._session.exec(
            select(Membership, Account)
            .where(Membership.campaign_id == campaign, col(Membership.account_id) == col(Account.id))
            .order_by(col(Account.name), col(Account.id))
        )
        return [(membership, account) for membership, account in found]

    def campaigns_of(self, account: str) -> list[tuple[Membership, CampaignRecord]]:
        found = self._session.exec(
            select(Membership, CampaignRecord)
            .where(Membership.account_id == account, col(Membership.campaign_id) == col(CampaignRecord.id))
            .order_by(col(CampaignRecord.created_at).desc(), col(CampaignRecord.id))
        )
        return [(membership, campaign) for membership, campaign in found]

    def by_id(self, campaign: str, reference: str) -> Membership | None:
        found = self._session.get(Membership, reference)
        return found if found is not None and found.campaign_id == campaign else None

    def save(self, membership: Membership) -> None:
        self._session.add(membership)
        self._session.flush()

    def remove(self, membership: Membership) -> None:
        self._session.exec(delete(Membership).where(col(Membership.id) == membership.id))

    def remove_all_of(self, account: str) -> None:
        self._session.exec(delete(Membership).where(col(Membership.account_id) == account))
