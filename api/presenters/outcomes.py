"""The pages after the day: the order of merit with each outcome beside it, and the allocation by council."""

from __future__ import annotations

from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.packs.outcomes import (
    CouncilSheet,
    MeritSheetLine,
    OutcomeLine,
    merit_sheet,
    overall_allocation,
)
from api.exports.packs.wording import counted, percent_of
from assessment.allocation.checks import AllocationChecks
from assessment.allocation.result import Allocation
from assessment.ranking import OrderOfMerit

BAR_WIDTH = 240
BAR_PITCH = 30
LABEL_WIDTH = 210
WORDS_WIDTH = 210


@dataclass(frozen=True, slots=True)
class MeritLineView:
    """A line of the order of merit with what the allocation made of it."""

    line: MeritSheetLine
    outcome: str


@dataclass(frozen=True, slots=True)
class CouncilBar:
    """One council's places as a bar: first choices, other offers, free places. Lengths in drawing units."""

    sheet: CouncilSheet
    y: int
    first_width: float
    other_width: float
    free_width: float
    words: str


@dataclass(frozen=True, slots=True)
class PlacesChart:
    """The bars of all councils, to one scale."""

    width: int
    height: int
    label_width: int
    bars: tuple[CouncilBar, ...]


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check of the allocation, and what speaks against it."""

    sentence: str
    kept: bool
    offending: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllocationView:
    """The allocation by council, then everybody else. `filled` and `first_choices` are sentences."""

    chart: PlacesChart
    councils: tuple[CouncilSheet, ...]
    others: tuple[OutcomeLine, ...]
    offers: int
    places: int
    filled: str
    first_choices: str
    checks: tuple[CheckLine, ...]


def merit_view(
    campaign: Campaign, order: OrderOfMerit, allocation: Allocation | None
) -> tuple[MeritLineView, ...]:
    """The order of merit by reference, each line with its outcome in words."""
    outcomes = {}
    if allocation is not None:
        outcomes = {
            line.reference: outcome_words(line)
            for line in overall_allocation(campaign, order, allocation).lines
        }
    return tuple(
        MeritLineView(line, outcomes.get(line.reference, "")) for line in merit_sheet(campaign, order).lines
    )


def allocation_view(
    campaign: Campaign, order: OrderOfMerit, allocation: Allocation, checks: AllocationChecks | None
) -> AllocationView:
    overall = overall_allocation(campaign, order, allocation)
    return AllocationView(
        chart=places_chart(overall.councils),
        councils=overall.councils,
        others=tuple(line for line in overall.lines if not line.council),
        offers=overall.offers,
        places=overall.places,
        filled=filled_words(overall.offers, overall.places),
        first_choices=first_choice_words(overall.first_choices, overall.offers),
        checks=_check_lines(checks),
    )


def places_chart(councils: tuple[CouncilSheet, ...]) -> PlacesChart:
    """Places by council as bars of one scale."""
    most = max((max(sheet.places, len(sheet.trainees)) for sheet in councils), default=0) or 1
    unit = BAR_WIDTH / most
    bars = tuple(
        CouncilBar(
            sheet=sheet,
            y=position * BAR_PITCH,
            first_width=sheet.first_choices * unit,
            other_width=(len(sheet.trainees) - sheet.first_choices) * unit,
            free_width=max(sheet.unfilled, 0) * unit,
            words=f"{len(sheet.trainees)} of {counted(sheet.places, 'place')}, "
            + counted(sheet.first_choices, "first choice"),
        )
        for position, sheet in enumerate(councils)
    )
    return PlacesChart(LABEL_WIDTH + BAR_WIDTH + WORDS_WIDTH, len(bars) * BAR_PITCH + 2, LABEL_WIDTH, bars)


def outcome_words(line: OutcomeLine) -> str:
    """An outcome in one phrase, the council or the place on the reserve list with it."""
    if line.council:
        return f"Offer, {line.council}"
    if line.reserve_position:
        return f"Reserve list, {line.reserve_position}"
    return line.outcome


def first_choice_words(first_choices: int, offers: int) -> str:
    """How many of the offers are for the applicant's first choice, as a sentence; empty without offers."""
    if not offers:
        return ""
    if offers == 1:
        return f"It is {'' if first_choices else 'not '}for the applicant's first choice."
    if first_choices == offers:
        return f"All {offers} offers are for the applicant's first choice."
    share = percent_of(first_choices, offers)
    are = "is" if first_choices == 1 else "are"
    return (
        f"{first_choices} of the {offers} offers ({share} per cent) {are} for the applicant's first choice."
    )


def filled_words(offers: int, places: int) -> str:
    """How many of the places have an offer, as a sentence."""
    if offers == places and places > 1:
        return f"All {counted(places, 'place')} have an offer."
    return f"{offers} of {counted(places, 'place')} {'has' if offers == 1 else 'have'} an offer."


def _check_lines(checks: AllocationChecks | None) -> tuple[CheckLine, ...]:
    found = checks.checks if checks is not None else ()
    return tuple(CheckLine(c.sentence, c.kept, tuple(pair.why for pair in c.pairs)) for c in found)
