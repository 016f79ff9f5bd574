"""How an offer can stand, and every move that is permitted from there: one table, and nothing beside it.

Who makes which move, and when, is in `ledger.py`; who is next for a place is in `passes.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class OfferState(StrEnum):
    """How one ranked applicant stands. Whoever is offered or has accepted holds one place of one council."""

    WAITING = "waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    OPEN_TO_UPGRADE = "accepted_and_open_to_upgrade"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"

    @property
    def holds_a_place(self) -> bool:
        return self in (OfferState.OFFERED, OfferState.ACCEPTED, OfferState.OPEN_TO_UPGRADE)


class Move(StrEnum):
    """What can happen to an offer; `ANSWERS` are the applicant's own (`responses.response`)."""

    OFFER = "offer"
    ACCEPT = "accept"
    ACCEPT_AND_UPGRADE = "accept_and_upgrade"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    UPGRADE = "upgrade"
    EXTEND = "extend"
    EXPIRE = "expire"


ANSWERS = (Move.ACCEPT, Move.ACCEPT_AND_UPGRADE, Move.DECLINE, Move.WITHDRAW)

# An accepted offer can be made final, or given up, but not opened to upgrades again: the council counts on
# it. Nobody comes back from declined, expired or withdrawn; what was recorded by mistake is undone instead.
PERMITTED: Mapping[OfferState, Mapping[Move, OfferState]] = {
    OfferState.WAITING: {
        Move.OFFER: OfferState.OFFERED,
        Move.WITHDRAW: OfferState.WITHDRAWN,
    },
    OfferState.OFFERED: {
        Move.ACCEPT: OfferState.ACCEPTED,
        Move.ACCEPT_AND_UPGRADE: OfferState.OPEN_TO_UPGRADE,
        Move.DECLINE: OfferState.DECLINED,
        Move.WITHDRAW: OfferState.WITHDRAWN,
        Move.EXTEND: OfferState.OFFERED,
        Move.EXPIRE: OfferState.EXPIRED,
    },
    OfferState.ACCEPTED: {
        Move.WITHDRAW: OfferState.WITHDRAWN,
    },
    OfferState.OPEN_TO_UPGRADE: {
        Move.UPGRADE: OfferState.OPEN_TO_UPGRADE,
        Move.ACCEPT: OfferState.ACCEPTED,
        Move.WITHDRAW: OfferState.WITHDRAWN,
    },
    OfferState.DECLINED: {},
    OfferState.EXPIRED: {},
    OfferState.WITHDRAWN: {},
}
