"""Letters of offer, reserve and regret: who gets which, and the facts in each.

The sentences are in `templates/documents/letter.html`. Nobody gets a letter whose ratings are missing or
whom the panel has still to discuss: that is for people to settle first. Read `documents.py` next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from api.campaign import Campaign
from api.exports.packs.wording import counted
from assessment.allocation.problem import AllocationRule
from assessment.allocation.result import Allocation, AllocationLine, Outcome
from assessment.figures import choice_words, number_word
from assessment.ranking import Appointable, OrderOfMerit

HOURS_OF_A_DAY = 24
UNSETTLED = (Appointable.UNRANKABLE, Appointable.PANEL_DISCUSSION)


class LetterKind(StrEnum):
    OFFER = "offer"
    RESERVE = "reserve"
    REGRET = "regret"


@dataclass(frozen=True, slots=True)
class OfferLetter:
    """`choice` says where the council stood in the applicant's own list; `hours` is the time to answer.

    `higher_choices` are those above it at which a place may yet come free for the applicant.
    """

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
    """`councils` are those of the applicant's choices at which a place may come free for them.

    `shared` says that somebody else has the same position.
    """

    reference: str
    name: str
    lead_council: str
    position: int
    councils: tuple[str, ...]
    hours: str
    shared: bool = False
    kind: LetterKind = LetterKind.RESERVE


@dataclass(frozen=True, slots=True)
class RegretLetter:
    """`met_standard` tells the two reasons apart: no place could be had, or the standard was not met.

    `councils` are the applicant's choices, none of which has a place that it could offer them.
    """

    reference: str
    name: str
    lead_council: str
    met_standard: bool
    councils: tuple[str, ...] = ()
    kind: LetterKind = LetterKind.REGRET


Letter = OfferLetter | ReserveLetter | RegretLetter


def letters_of(campaign: Campaign, order: OrderOfMerit, allocation: Allocation) -> tuple[Letter, ...]:
    """One letter for each applicant with a settled outcome, in the allocation's order."""
    unsettled = set(without_letter(order))
    lines = [line for line in allocation.lines if line.applicant not in unsettled]
    letters = (_letter(campaign, allocation, line) for line in lines)
    return tuple(letter for letter in letters if letter is not None)


def without_letter(order: OrderOfMerit) -> tuple[str, ...]:
    """The references of those to whom no letter may go before people have settled their case."""
    return tuple(line.applicant for line in order.lines if line.appointable in UNSETTLED)


def _letter(campaign: Campaign, allocation: Allocation, line: AllocationLine) -> Letter | None:
    name = campaign.name_of("applicants", line.applicant)
    lead = campaign.name_of("councils", campaign.places.lead_council)
    if line.outcome is Outcome.OFFER and line.council and line.choice:
        return OfferLetter(
            reference=line.applicant,
            name=name,
            lead_council=lead,
            council=campaign.name_of("councils", line.council),
            choice=choice_words(line.choice),
            higher_choices=_open_choices(campaign, allocation, line.applicant, line.choice - 1),
            hours=_answer_time(campaign),
        )
    if line.outcome is Outcome.RESERVE and line.reserve_position:
        return ReserveLetter(
            reference=line.applicant,
            name=name,
            lead_council=lead,
            position=line.reserve_position,
            councils=_open_choices(campaign, allocation, line.applicant),
            hours=_answer_time(campaign),
            shared=sum(each.reserve_position == line.reserve_position for each in allocation.lines) > 1,
        )
    if line.outcome is Outcome.NOT_PLACED:
        councils = campaign.choices.by_applicant.get(line.applicant, ())
        return RegretLetter(line.applicant, name, lead, True, _council_names(campaign, councils))
    if line.outcome is Outcome.NOT_APPOINTABLE:
        return RegretLetter(line.applicant, name, lead, False)
    return None


def _open_choices(
    campaign: Campaign, allocation: Allocation, applicant: str, first: int | None = None
) -> tuple[str, ...]:
    """Those of the applicant's choices, or of the first few, at which a place could come free for them.

    A council without places never has one, and where councils have lists, only those on its list can get it.
    """
    by_lists = allocation.rule == AllocationRule.COUNCIL_LISTS
    return _council_names(
        campaign,
        [
            council
            for council in campaign.choices.by_applicant.get(applicant, ())[:first]
            if campaign.places.by_council.get(council, 0) > 0
            and (not by_lists or applicant in campaign.council_lists.get(council, ()))
        ],
    )


def _council_names(campaign: Campaign, councils: Sequence[str]) -> tuple[str, ...]:
    return tuple(campaign.name_of("councils", council) for council in councils)


def _answer_time(campaign: Campaign) -> str:
    """The time to answer, counted on working days only, and as whole days where it comes to some."""
    hours = int(campaign.settings["offer_hours"])
    said = counted(hours, "hour")
    days, rest = divmod(hours, HOURS_OF_A_DAY)
    if rest or not days:
        return said
    return f"{said} ({number_word(days)} working day{'' if days == 1 else 's'})"
