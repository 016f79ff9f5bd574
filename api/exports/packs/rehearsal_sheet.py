"""The rehearsal of the offers: how full each council is likely to be, and how far down the order one may go.

It is for those who release the offers; it names nobody but by reference.
"""

from __future__ import annotations

from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.packs.wording import counted
from assessment.offers.rehearsal import Answering, ApplicantRehearsed, CouncilRehearsed, Rehearsal

# Whoever is as good as sure of an offer, or as good as without a chance, needs no line of their own.
SURE, HARDLY = 0.995, 0.005


@dataclass(frozen=True, slots=True)
class CouncilLine:
    """One council, in words and figures."""

    name: str
    places: str
    offers: str
    filled: str
    between: str
    short: str
    domino: str
    left: str
    last_rank: str


@dataclass(frozen=True, slots=True)
class ApplicantLine:
    """One applicant whose offer is neither sure nor out of reach."""

    rank: str
    reference: str
    any_offer: str
    first_choice: str


@dataclass(frozen=True, slots=True)
class RehearsalSheet:
    """`answers` say what it comes to, `assumed` what was taken for granted."""

    answers: tuple[str, ...]
    assumed: tuple[str, ...]
    councils: tuple[CouncilLine, ...]
    applicants: tuple[ApplicantLine, ...]


def rehearsal_sheet(
    campaign: Campaign, rehearsal: Rehearsal, answering: Answering, seed: int
) -> RehearsalSheet:
    """The sheet of one rehearsal."""
    return RehearsalSheet(
        answers=rehearsal_answers(campaign, rehearsal),
        assumed=assumptions(rehearsal, answering, seed),
        councils=tuple(_council_line(campaign, each) for each in rehearsal.councils),
        applicants=tuple(
            _applicant_line(each) for each in rehearsal.applicants if HARDLY <= each.any_offer < SURE
        ),
    )


def rehearsal_answers(campaign: Campaign, rehearsal: Rehearsal) -> tuple[str, ...]:
    """What the rehearsal comes to, in a few sentences; the whole first, then the councils at risk."""
    places = sum(each.places for each in rehearsal.councils)
    offers = sum(each.offers for each in rehearsal.councils)
    sentences = [
        f"Of {counted(places, 'place')}, {rehearsal.filled:.1f} are filled on average once all have "
        f"answered; {counted(offers, 'offer')} would be released, and {rehearsal.passes:.1f} passes follow "
        "on average."
    ]
    for each in rehearsal.councils:
        name = campaign.name_of("councils", each.council)
        if each.short >= HARDLY:
            sentences.append(
                f"{name} is left with an empty place in {percent(each.short)} of the plays"
                + (
                    f", in {percent(each.short_by_domino)} after a trainee had gone up to a higher choice."
                    if each.short_by_domino >= HARDLY
                    else "."
                )
            )
    if len(sentences) == 1:
        sentences.append("No council is left with an empty place in as many as 1 of 200 plays.")
    return tuple(sentences)


def assumptions(rehearsal: Rehearsal, answering: Answering, seed: int) -> tuple[str, ...]:
    """What the plays took for granted; none of it is known, so another set is worth a try."""
    return (
        f"An offer is declined, or not answered in time, with a chance of {percent(answering.decline)}.",
        "Somebody who accepts a choice that is not their first asks for an upgrade with a chance of "
        f"{percent(answering.upgrade)}.",
        f"Somebody who has accepted gives the place up later with a chance of {percent(answering.withdraw)}.",
        f"{rehearsal.plays:,} plays, each by itself (seed {seed}; the same seed gives the same figures). "
        "After each round of answers there is a pass, by the same rules as in earnest.",
    )


def percent(share: float) -> str:
    """A share in per cent; one too small to show is said to be below 1 %."""
    if 0 < share < HARDLY:
        return "under 1 %"
    return f"{100 * share:.0f} %"


def _council_line(campaign: Campaign, each: CouncilRehearsed) -> CouncilLine:
    return CouncilLine(
        name=campaign.name_of("councils", each.council),
        places=str(each.places),
        offers=str(each.offers),
        filled=f"{each.filled:.1f}",
        between=str(each.low) if each.low == each.high else f"{each.low} to {each.high}",
        short=percent(each.short),
        domino=percent(each.short_by_domino),
        left=f"{each.left_upwards:.1f}",
        last_rank="none" if each.last_rank is None else str(each.last_rank),
    )


def _applicant_line(each: ApplicantRehearsed) -> ApplicantLine:
    return ApplicantLine(str(each.rank), each.applicant, percent(each.any_offer), percent(each.first_choice))
