"""Letters of offer, reserve and regret: who gets which, and the facts in each.

The sentences are in `templates/documents/letter.html`. Nobody gets a letter whose ratings are missing or
whom the panel has still to discuss: that is for people to settle first. Read `documents.py` next.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from api.campaign import Campaign
from api.exports.packs.wording import counted
from assessment.allocation.result import Allocation, AllocationLine, Outcome
from assessment.figures import choice_words
from assessment.ranking import Appointable, OrderOfMerit

UNSETTLED = (Appointable.UNRANKABLE, Appointable.PANEL_DISCUSSION)


class LetterKind(StrEnum):
    OFFER = "offer"
    RESERVE = "reserve"
    REGRET = "regret"


@dataclass(frozen=True, slots=True)
class OfferLetter:
    """`choice` says where the council stood in the applicant's own list; `hours` is the time to answer."""

    reference: str
    name: str
    lead_council: str
    council: str
    choice: str
    higher_choices: tuple[str, ...]
    hours: str
    kind: LetterKind = LetterKind.OFFER


@dataclass(frozen=True, slots=True)
class ReserveLetter:
    """`councils` are the applicant's own choices, at which alone a place may come free for them."""

    reference: str
    name: str
    lead_council: str
    position: int
    councils: tuple[str, ...]
    hours: str
    kind: LetterKind = LetterKind.RESERVE


@dataclass(frozen=True, slots=True)
class RegretLetter:
    """`met_standard` tells the two reasons apart: no place was left, or the standard was not met."""

    reference: str
    name: str
    lead_council: str
    met_standard: bool
    kind: LetterKind = LetterKind.REGRET


Letter = OfferLetter | ReserveLetter | RegretLetter


def letters_of(campaign: Campaign, order: OrderOfMerit, allocation: Allocation) -> tuple[Letter, ...]:
    """One letter for each applicant with a settled outcome, in the allocation's order."""
    unsettled = set(without_letter(order))
    lines = [line for line in allocation.lines if line.applicant not in unsettled]
    letters = (_letter(campaign, line) for line in lines)
    return tuple(letter for letter in letters if letter is not None)


def without_letter(order: OrderOfMerit) -> tuple[str, ...]:
    """The references of those to whom no letter may go before people have settled their case."""
    return tuple(line.applicant for line in order.lines if line.appointable in UNSETTLED)


def _letter(campaign: Campaign, line: AllocationLine) -> Letter | None:
    name = campaign.name_of("applicants", line.applicant)
    lead = campaign.name_of("councils", campaign.places.lead_council)
    if line.outcome is Outcome.OFFER and line.council and line.choice:
        return OfferLetter(
            reference=line.applicant,
            name=name,
            lead_council=lead,
            council=campaign.name_of("councils", line.council),
            choice=choice_words(line.choice),
            higher_choices=_choices(campaign, line.applicant)[: line.choice - 1],
            hours=_answer_time(campaign),
        )
    if line.outcome is Outcome.RESERVE and line.reserve_position:
        return ReserveLetter(
            reference=line.applicant,
            name=name,
            lead_council=lead,
            position=line.reserve_position,
            councils=_choices(campaign, line.applicant),
            hours=_answer_time(campaign),
        )
    if line.outcome in (Outcome.NOT_PLACED, Outcome.NOT_APPOINTABLE):
        return RegretLetter(line.applicant, name, lead, line.outcome is Outcome.NOT_PLACED)
    return None


def _choices(campaign: Campaign, applicant: str) -> tuple[str, ...]:
    choices = campaign.choices.by_applicant.get(applicant, ())
    return tuple(campaign.name_of("councils", council) for council in choices)


def _answer_time(campaign: Campaign) -> str:
    """The time to answer, as the settings have it: working-day hours."""
    return counted(int(campaign.settings["offer_hours"]), "hour")
