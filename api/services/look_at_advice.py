"""The advice on ratings for the pages: how sharp the line is, and beside it agreement, severity and order.

It changes nothing: no score, rank or offer is worked out from it. The figures are those of `stepup advise`,
with its own number of draws and seed; they are reckoned once for each state of a campaign.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.campaign import Campaign
from api.services.lately import Lately
from api.services.look_at_results import Results
from api.services.published_timetable import latest_published
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork
from scheduler.timetable import Role, Timetable

if TYPE_CHECKING:
    from api.exports.packs.advice_sheet import Advice
    from assessment.advice.cut_line import CutLine
    from assessment.advice.refusal import Refusal

SIMULATIONS, SEED = 5_000, 0
KEPT_MAX = 4


@dataclass(frozen=True)
class AdviceSeen:
    """The advice, and the published version of the timetable that says who was seen when; 0 without one."""

    advice: Advice
    version: int


_LINES = Lately[tuple[str, str, int], "CutLine | Refusal"](KEPT_MAX)
_ADVICE = Lately[tuple[str, str, int, int], AdviceSeen](KEPT_MAX)


def look_at_line(work: UnitOfWork, record: CampaignRecord, results: Results) -> CutLine | Refusal | None:
    """How sharp the line between offer and no offer is; None where nobody is ranked."""
    campaign, ranked = results.campaign, results.ranked
    if campaign is None or ranked is None:
        return None
    # What only advises brings numpy along, which nothing else of the service needs.
    from api.services.advise_on_ratings import line_in

    key = (work.database_address, record.id, results.change)
    return _LINES.get_or_make(key, lambda: line_in(campaign, ranked, SIMULATIONS, SEED))


def look_at_advice(work: UnitOfWork, record: CampaignRecord, results: Results) -> AdviceSeen | None:
    """All advice, by the timetable that holds; None where nobody is ranked."""
    campaign = results.campaign
    if campaign is None or results.ranked is None:
        return None
    from api.services.advise_on_ratings import advice_in

    published = latest_published(work, record)
    timetable = published.reading.timetable if published else None
    if timetable is not None and not _fits(campaign, timetable):
        timetable = None
    version = published.publication.number if published and timetable is not None else 0
    key = (work.database_address, record.id, results.change, version)
    return _ADVICE.get_or_make(
        key, lambda: AdviceSeen(advice_in(campaign, timetable, SIMULATIONS, SEED), version)
    )


def _fits(campaign: Campaign, timetable: Timetable) -> bool:
    """Whether all sessions and groups that it names are still there."""
    sessions, groups = campaign.problem.session_by_reference, campaign.problem.group_by_reference
    return all(
        sitting.session in sessions
        and all(entry.person in groups for entry in sitting.of(Role.SERVICE_USER_GROUP))
        for sitting in timetable.sittings
    )
