"""How the results of a campaign stand: the order of merit, the allocation, and what stands in their way.

Both are worked out by the same functions as `stepup rank` and `stepup allocate`, once for each state of a
campaign, and kept nowhere. Everything is a proposal until the offers are released.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from api.campaign import Campaign
from api.errors import BadInput
from api.services.allocate_places import Allocated, allocate_places, offers_sha256
from api.services.freeze_rules import first_session, freezing_remarks, rules_changed
from api.services.lately import Lately
from api.services.open_campaign import Opened
from api.services.question_ratings import question_ratings
from api.services.rank_applicants import Ranked, rank_applicants
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork
from assessment.errors import CouncilListsInDoubt, LotSeedMissing, PanelDecisionNeeded, RatingsInDoubt
from assessment.plausibility import Verdict, unresolved
from assessment.ranking import (
    FAR_APART,
    NO_SUCH_TIE,
    NOT_COUNTED,
    NOT_HERE,
    NOTHING_TO_DECIDE,
    PASSED_OVER,
    Appointable,
)

KEPT_MAX = 8


class Hindrance(StrEnum):
    """What can stand in the way of the order of merit, the allocation or the offers."""

    FAULTS = "faults"
    NO_RATINGS = "no_ratings"
    RULES_CHANGED = "rules_changed"
    REFUSED = "refused"
    HELD = "held"
    IN_DOUBT = "in_doubt"
    NO_LOT_SEED = "no_lot_seed"
    CONTESTED_TIE = "contested_tie"
    LISTS = "lists"
    OTHER = "other"
    UNRANKABLE = "unrankable"
    FLOOR = "floor"
    FLAG = "flag"
    TIE = "tie"
    FAR_APART = "far_apart"
    NOT_HERE = "not_here"
    NOT_COUNTED = "not_counted"
    PASSED_OVER = "passed_over"
    UNUSED = "unused"
    NOT_FROZEN = "not_frozen"
    FROZEN_LATE = "frozen_late"
    UNKNOWN_CONFIRMED = "unknown_confirmed"


# Nothing can be ranked, or no place given out, until these are mended.
STOPS_RANKING = frozenset(
    {
        *(Hindrance.FAULTS, Hindrance.NO_RATINGS, Hindrance.RULES_CHANGED, Hindrance.REFUSED, Hindrance.HELD),
        *(Hindrance.IN_DOUBT, Hindrance.NO_LOT_SEED, Hindrance.OTHER),
    }
)
STOPS_PLACES = frozenset({*STOPS_RANKING, Hindrance.CONTESTED_TIE, Hindrance.LISTS})
# Somebody's decision or ratings are wanting, so what is said of that person, or of others, may yet change.
LEFT_OPEN = frozenset(
    {Hindrance.UNRANKABLE, Hindrance.FLOOR, Hindrance.FLAG, Hindrance.TIE, Hindrance.FAR_APART}
)
BEGINNINGS = {
    FAR_APART: Hindrance.FAR_APART,
    NOT_HERE: Hindrance.NOT_HERE,
    NOT_COUNTED: Hindrance.NOT_COUNTED,
    PASSED_OVER: Hindrance.PASSED_OVER,
    NO_SUCH_TIE: Hindrance.UNUSED,
    NOTHING_TO_DECIDE: Hindrance.UNUSED,
}


@dataclass(frozen=True, slots=True)
class InTheWay:
    """One thing: whom or what it concerns by reference, and what was found where the kind does not say it."""

    what: Hindrance
    concerned: tuple[str, ...] = ()
    found: str = ""


@dataclass(frozen=True)
class Results:
    """How the results stand. `ranked` and `allocated` are None where something stands in their way.

    `offers_sha256` is the fingerprint that a release names; empty where there is no allocation.
    """

    change: int
    campaign: Campaign | None
    ranked: Ranked | None
    allocated: Allocated | None
    offers_sha256: str
    in_the_way: tuple[InTheWay, ...]

    @property
    def is_released(self) -> bool:
        return self.campaign is not None and holding_release(self.campaign) != ""

    def of(self, *kinds: Hindrance) -> tuple[InTheWay, ...]:
        return tuple(each for each in self.in_the_way if each.what in kinds)


_LATELY = Lately[tuple[str, str, int], Results](KEPT_MAX)


def look_at_results(work: UnitOfWork, record: CampaignRecord, opened: Opened) -> Results:
    """The results of a campaign as it was opened."""
    key = (work.database_address, record.id, opened.change)
    if work.writes:
        # It may yet be taken back, and its number given to another change.
        return _LATELY.get(key) or results_of(opened)
    return _LATELY.get_or_make(key, lambda: results_of(opened))


def results_of(opened: Opened) -> Results:
    """The same, worked out anew."""
    campaign = opened.campaign
    if campaign is None:
        faults = InTheWay(Hindrance.FAULTS, found=str(len(opened.faults)))
        return Results(opened.change, None, None, None, "", (faults,))
    stopped = _before_ranking(campaign)
    try:
        ranked = None if stopped else rank_applicants(campaign)
    except BadInput as bad:
        ranked, stopped = None, _why_not_ranked(bad)
    if ranked is None:
        return Results(opened.change, campaign, None, None, "", (*stopped, *_about_freezing(campaign)))
    allocated: Allocated | None = None
    not_allocated: tuple[InTheWay, ...] = ()
    try:
        allocated = allocate_places(campaign, ranked)
    except BadInput as bad:
        not_allocated = _why_not_allocated(bad)
    contested = {each.concerned for each in not_allocated}
    ties = tuple(each for each in _open_ties(ranked) if each.concerned not in contested)
    found = (*not_allocated, *ties, *_of_people(ranked, campaign), *_remarks(ranked, campaign))
    sha256 = offers_sha256(ranked, allocated) if allocated else ""
    return Results(opened.change, campaign, ranked, allocated, sha256, (*found, *_about_freezing(campaign)))


def holding_release(campaign: Campaign) -> str:
    """The reference of the release that holds, empty where offers were not released or it was undone."""
    undone = {event.undoes for event in campaign.offer_events if event.kind == "undo"}
    held = [e.event for e in campaign.offer_events if e.kind == "release" and e.event not in undone]
    return held[-1] if held else ""


def _before_ranking(campaign: Campaign) -> tuple[InTheWay, ...]:
    """What stops `rank_applicants` at the door, one by one."""
    if not campaign.ratings and not campaign.agreed:
        return (InTheWay(Hindrance.NO_RATINGS),)
    changed = tuple(InTheWay(Hindrance.RULES_CHANGED, found=each.found) for each in rules_changed(campaign))
    questioned = tuple(
        InTheWay(
            Hindrance.REFUSED if each.verdict is Verdict.REFUSED else Hindrance.HELD,
            (each.name,),
            each.reason,
        )
        for each in unresolved(question_ratings(campaign), campaign.confirmed)
    )
    return (*changed, *questioned)


def _why_not_ranked(bad: BadInput) -> tuple[InTheWay, ...]:
    match bad.__cause__:
        case LotSeedMissing() as stopped:
            return tuple(InTheWay(Hindrance.NO_LOT_SEED, tie) for tie in stopped.ties)
        case RatingsInDoubt():
            kind = Hindrance.IN_DOUBT
        case _:
            kind = Hindrance.OTHER
    return tuple(InTheWay(kind, found=fault.found) for fault in bad.faults)


def _why_not_allocated(bad: BadInput) -> tuple[InTheWay, ...]:
    match bad.__cause__:
        case PanelDecisionNeeded() as stopped:
            return (InTheWay(Hindrance.CONTESTED_TIE, stopped.applicants, "; ".join(stopped.councils)),)
        case CouncilListsInDoubt():
            kind = Hindrance.LISTS
        case _:
            kind = Hindrance.OTHER
    return tuple(InTheWay(kind, found=fault.found) for fault in bad.faults)


def _open_ties(ranked: Ranked) -> tuple[InTheWay, ...]:
    levels = (tuple(line.applicant for line in level) for level in ranked.order.levels)
    return tuple(InTheWay(Hindrance.TIE, level) for level in levels if len(level) > 1)


def _of_people(ranked: Ranked, campaign: Campaign) -> tuple[InTheWay, ...]:
    """Those of whom a rating or a decision is wanting."""
    found = []
    for line in ranked.order.lines:
        if line.appointable is Appointable.UNRANKABLE:
            found.append(InTheWay(Hindrance.UNRANKABLE, (line.applicant,), line.why))
        elif line.appointable is Appointable.PANEL_DISCUSSION:
            flags = campaign.decisions.flags_by_applicant.get(line.applicant, ())
            waits = any(flag.decision is None for flag in flags)
            kind = Hindrance.FLAG if waits else Hindrance.FLOOR
            found.append(InTheWay(kind, (line.applicant,), line.why))
    return tuple(found)


def _remarks(ranked: Ranked, campaign: Campaign) -> tuple[InTheWay, ...]:
    about_freezing = set(freezing_remarks(campaign))
    found = []
    for remark in ranked.remarks:
        beginning, _, concerned = remark.partition(": ")
        if remark in about_freezing:
            continue
        kind = BEGINNINGS.get(beginning, Hindrance.UNKNOWN_CONFIRMED)
        found.append(InTheWay(kind, tuple(concerned.rstrip(".").split(", ")), beginning))
    return tuple(found)


def _about_freezing(campaign: Campaign) -> tuple[InTheWay, ...]:
    if not campaign.frozen:
        return (InTheWay(Hindrance.NOT_FROZEN),)
    begun = first_session(campaign)
    return tuple(
        InTheWay(Hindrance.FROZEN_LATE, (str(each.version),), f"{each.at:%Y-%m-%d %H:%M}")
        for each in campaign.frozen
        if begun is not None and each.at >= begun
    )
