"""The offers of a campaign of the database at one moment, or what is in the way of saying how they stand."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from api.campaign import Campaign
from api.errors import BadInput, Fault
from api.services.follow_offers import Followed, Started, follow_started, start_offers
from api.services.identify_campaign import tables_sha256
from api.services.lately import Lately
from api.services.offer_moments import last_recorded
from api.services.open_campaign import Opened

# Tables that neither rank anybody nor give out places: what is recorded in them changes no allocation.
NOT_RANKED_BY = frozenset({"responses", "offer_events", "place_requests", "council_confirmations"})
KEPT_MAX = 4
_STARTED = Lately[str, Started](KEPT_MAX)


def started_of(campaign: Campaign) -> Started:
    """The order of merit and the allocation, worked out once for all that is recorded about their offers.

    Raises `BadInput` where it cannot be done.
    """
    tables = (table for name, table in campaign.tables.items() if name not in NOT_RANKED_BY)
    return _STARTED.get_or_make(tables_sha256(tables), lambda: start_offers(campaign))


@dataclass(frozen=True, slots=True)
class OffersNow:
    """`campaign` is None where the tables have faults, `started` where nobody can be ranked or placed yet.

    `followed` is None where what is recorded cannot be right: `faults` say what is wrong in each case.
    """

    campaign: Campaign | None
    started: Started | None
    followed: Followed | None
    faults: tuple[Fault, ...]

    @property
    def is_released(self) -> bool:
        """Whether a release is in force, as far as that can be told."""
        if self.followed is not None:
            return self.followed.ledger.book.released
        return self.campaign is not None and names_a_release(self.campaign)


def look_at_offers(opened: Opened, at: datetime.datetime | None) -> OffersNow:
    """How the offers stand at a moment, at the end of all that is recorded where none is given."""
    if opened.campaign is None:
        return OffersNow(None, None, None, opened.faults)
    return look_at_offers_of(opened.campaign, at)


def look_at_offers_of(campaign: Campaign, at: datetime.datetime | None) -> OffersNow:
    """The same for a campaign whose tables have no fault."""
    try:
        started = started_of(campaign)
    except BadInput as bad:
        return OffersNow(campaign, None, None, bad.faults)
    try:
        followed = follow_started(campaign, started, at or last_recorded(campaign))
    except BadInput as bad:
        return OffersNow(campaign, started, None, bad.faults)
    return OffersNow(campaign, started, followed, ())


def names_a_release(campaign: Campaign) -> bool:
    """Whether the table of events has a release that no later event undoes."""
    undone = {event.undoes for event in campaign.offer_events if event.kind == "undo"}
    return any(event.kind == "release" and event.event not in undone for event in campaign.offer_events)
