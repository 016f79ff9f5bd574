"""Who is offered which place, as a campaign's tables stand: worked out anew each time, and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from api.campaign import Table
from api.errors import BadInput
from api.services.allocate_places import Allocated, allocate_places, allocation_as_table, offers_sha256
from api.services.follow_offers import released_otherwise
from api.services.look_at_offers import names_a_release
from api.services.open_campaign import Opened
from api.services.rank_applicants import rank_applicants


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """The allocation of one state of a campaign, as the campaign format writes it.

    `is_released`: just this one was released by two people, and nobody has taken that back.
    """

    change: int
    rule: str
    table: Table
    allocated: Allocated
    offers_sha256: str
    warnings: tuple[str, ...]
    is_released: bool


def work_out_allocation(opened: Opened) -> WorkedOut:
    """Rank and allocate. Raises `BadInput` where it cannot be done yet: faults, no ratings, an open tie."""
    if opened.campaign is None:
        raise BadInput(opened.faults, opened.warnings)
    ranked = rank_applicants(opened.campaign)
    allocated = allocate_places(opened.campaign, ranked)
    present = offers_sha256(ranked, allocated)
    return WorkedOut(
        opened.change,
        opened.campaign.settings["allocation_rule"],
        allocation_as_table(allocated),
        allocated,
        present,
        (*ranked.remarks, *allocated.allocation.warnings),
        names_a_release(opened.campaign) and not released_otherwise(opened.campaign, present),
    )
