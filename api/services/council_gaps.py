"""Where more of one council's own assessors are wanted than it offers, by counting."""

from __future__ import annotations

from api.campaign import Campaign
from api.presenters.desk_people import Gap
from api.services.plan_capacity import plan_capacity

FOR_FIRST_CHOICES, LEAD = "half-days for first choices", "lead-authority half-days"


def council_gaps(campaign: Campaign, council: str) -> tuple[Gap, ...]:
    """Every line of the capacity plan that is about this council's own half-days; of no other council."""
    plan = plan_capacity(campaign, None, 0, None).plan
    is_lead = council == campaign.places.lead_council
    lines = [
        line
        for line in plan.lines
        if (line.what == FOR_FIRST_CHOICES and line.about == council) or (is_lead and line.what == LEAD)
    ]
    by_venue: dict[str, Gap] = {}
    for line in lines:
        # The lead authority may be wanted for both; whoever sits for one sits for the other too.
        before = by_venue.get(line.venue)
        wanted = max(line.needed or 0, before.wanted if before else 0)
        by_venue[line.venue] = Gap(line.venue, wanted, line.offered)
    return tuple(by_venue.values())
