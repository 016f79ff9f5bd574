"""What waits for a second named person."""

from __future__ import annotations

from sqlmodel import Session, col, select

from api.storage.tables.proposals import Proposal

OPEN, AGREED, WITHDRAWN = "open", "agreed", "withdrawn"


class Proposals:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, proposal: Proposal) -> None:
        self._session.add(proposal)
        self._session.flush()

    def save(self, proposal: Proposal) -> None:
        self._session.add(proposal)
        self._session.flush()

    def in_campaign(self, campaign: str, reference: str) -> Proposal | None:
        """One proposal, held until this unit of work is over."""
        found = self._session.get(Proposal, reference, with_for_update=True)
        return found if found is not None and found.campaign_id == campaign else None

    def open_ones(self, campaign: str) -> list[Proposal]:
        """Those nobody has agreed to or taken back yet, the newest first."""
        waiting = select(Proposal).where(Proposal.campaign_id == campaign, Proposal.state == OPEN)
        return list(self._session.exec(waiting.order_by(col(Proposal.proposed_at).desc())))
