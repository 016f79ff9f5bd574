"""The papers after the day: the order of merit, one allocation sheet per council, the whole allocation.

The order of merit is by reference only. A council's sheet holds that council's trainees and nobody else;
only the lead council's overall sheet sets names beside every outcome.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from api.campaign import Campaign
from assessment.allocation.result import Allocation, AllocationLine, Outcome
from assessment.figures import to_decimals
from assessment.ranking import Appointable, OrderOfMerit

APPOINTABLE_WORDS = {
    Appointable.YES: "Yes",
    Appointable.NO: "No",
    Appointable.UNRANKABLE: "Ratings missing",
    Appointable.PANEL_DISCUSSION: "Panel to decide",
}
OUTCOME_WORDS = {
    Outcome.OFFER: "Offer",
    Outcome.RESERVE: "Reserve list",
    Outcome.NOT_PLACED: "No place",
    Outcome.NOT_APPOINTABLE: "Below the standard",
    Outcome.UNRANKABLE: "Not ranked",
}
WAITS = "Waits for a decision"
LAST_RESORT_WORDS = {"lot": "by lot", "panel": "by the panel's decision"}


@dataclass(frozen=True, slots=True)
class MeritSheetLine:
    """One applicant. `below_cut` is True on the first line under the last place."""

    rank: str
    reference: str
    overall: str
    percent: str
    appointable: str
    why: str
    tie_break: str
    below_cut: bool


@dataclass(frozen=True, slots=True)
class MeritSheet:
    """The order of merit. `places` is the number of places in all, `score_max` the best possible score."""

    places: int
    score_max: str
    ranked: int
    lines: tuple[MeritSheetLine, ...]


@dataclass(frozen=True, slots=True)
class TraineeLine:
    """One trainee. `first_choice` is for the lead council's sheet alone: councils are not told it.

    How the offer stands, until when it can be answered and what to arrange are there after the release.
    """

    reference: str
    name: str
    first_choice: bool
    email: str = ""
    state: str = ""
    answer_by: str = ""
    arrangements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CouncilSheet:
    """One council's trainees, in order of reference. `as_of` is a moment after the release, else empty."""

    reference: str
    council: str
    places: int
    trainees: tuple[TraineeLine, ...]
    as_of: str = ""

    @property
    def unfilled(self) -> int:
        return self.places - len(self.trainees)

    @property
    def first_choices(self) -> int:
        return sum(trainee.first_choice for trainee in self.trainees)


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """One applicant's outcome, and why, with councils, exercises and criteria by name."""

    reference: str
    name: str
    outcome: str
    council: str
    choice: str
    reserve_position: str
    why: str


@dataclass(frozen=True, slots=True)
class OverallAllocation:
    """Every outcome, for the lead council only."""

    councils: tuple[CouncilSheet, ...]
    lines: tuple[OutcomeLine, ...]
    places: int
    offers: int
    first_choices: int


def merit_sheet(campaign: Campaign, order: OrderOfMerit) -> MeritSheet:
    """The order of merit with the line where the places end."""
    places = sum(campaign.places.by_council.values())
    return MeritSheet(
        places=places,
        score_max=str(campaign.framework.scale_max),
        ranked=sum(line.rank is not None for line in order.lines),
        lines=tuple(
            MeritSheetLine(
                rank="" if line.rank is None else str(line.rank),
                reference=line.applicant,
                overall="" if line.overall is None else to_decimals(line.overall),
                percent="" if line.percent is None else to_decimals(line.percent),
                appointable=APPOINTABLE_WORDS[line.appointable],
                why=why_words(campaign, line.why),
                tie_break=tie_break_words(campaign, line.tie_break),
                below_cut=position == places and line.rank is not None,
            )
            for position, line in enumerate(order.lines)
        ),
    )


def council_sheet(campaign: Campaign, allocation: Allocation, council: str) -> CouncilSheet:
    """One council's trainees; nothing of any other council is in it."""
    emails = emails_of(campaign)
    trainees = [
        TraineeLine(
            line.applicant,
            campaign.name_of("applicants", line.applicant),
            line.choice == 1,
            emails.get(line.applicant, ""),
        )
        for line in offers_of(allocation)
        if line.council == council
    ]
    return CouncilSheet(
        reference=council,
        council=campaign.name_of("councils", council),
        places=campaign.places.by_council[council],
        trainees=tuple(sorted(trainees, key=lambda trainee: trainee.reference)),
    )


def emails_of(campaign: Campaign) -> dict[str, str]:
    """The e-mail address of each applicant who gave one."""
    table = campaign.tables.get("applicants")
    if table is None or "email" not in table.columns:
        return {}
    who, where = table.columns.index("applicant"), table.columns.index("email")
    return {row[who]: row[where] for row in table.rows if row[where]}


def overall_allocation(campaign: Campaign, order: OrderOfMerit, allocation: Allocation) -> OverallAllocation:
    """Every outcome with names. Whoever waits for the panel's decision is said to wait, not to be without."""
    waiting = {each.applicant for each in order.lines if each.appointable is Appointable.PANEL_DISCUSSION}
    councils = tuple(council_sheet(campaign, allocation, council) for council in campaign.places.by_council)
    return OverallAllocation(
        councils=councils,
        lines=tuple(_outcome_line(campaign, line, line.applicant in waiting) for line in allocation.lines),
        places=sum(sheet.places for sheet in councils),
        offers=sum(len(sheet.trainees) for sheet in councils),
        first_choices=sum(sheet.first_choices for sheet in councils),
    )


def tie_break_words(campaign: Campaign, tie_break: str) -> str:
    """What broke a tie, by name: an exercise, the lot, or the panel's decision that is still needed."""
    return campaign.names.get(("exercises", tie_break)) or tie_break.capitalize()


def tie_break_order(campaign: Campaign) -> tuple[str, ...]:
    """What breaks a tie, one after the other, as the settings have it, to be read within a sentence."""
    chain = [each.strip() for each in campaign.settings["tie_break"].split(";")]
    return tuple(LAST_RESORT_WORDS.get(each, tie_break_words(campaign, each)) for each in chain if each)


def why_words(campaign: Campaign, why: str) -> str:
    """A reason that the cores gave by reference, with names for councils, exercises and criteria.

    Only the places where a reference can stand are looked at (`interview / values`, `second choice, SOM`), so
    that a council called `first` or `12` changes no other word.
    """
    said = ""

    def cell(found: re.Match[str]) -> str:
        nonlocal said
        before, exercise, criterion = found.groups()
        again = before == ", " and exercise == said
        said = exercise
        start = ": " if before == ": " else "; "
        name = "" if again else f"{campaign.name_of('exercises', exercise)} for "
        return f"{start}{name}{campaign.name_of('criteria', criterion)}"

    cells = campaign.framework.weights
    exercises, criteria = ({pair[place] for pair in cells} for place in (0, 1))
    why = re.sub(rf"(: |, )({_one_of(exercises)}) / ({_one_of(criteria)})(?= \(| \d)", cell, why)
    councils = _one_of(campaign.places.by_council)
    return re.sub(
        rf"(choice(?: \d+)?, )({councils})(?=[,.])",
        lambda found: found[1] + campaign.name_of("councils", found[2]),
        why,
    )


def _one_of(references: Iterable[str]) -> str:
    """Any of these references as a pattern, the longest first."""
    return "|".join(re.escape(each) for each in sorted(references, key=lambda each: (-len(each), each)))


def offers_of(allocation: Allocation) -> tuple[AllocationLine, ...]:
    return tuple(line for line in allocation.lines if line.outcome is Outcome.OFFER)


def _outcome_line(campaign: Campaign, line: AllocationLine, waits: bool) -> OutcomeLine:
    return OutcomeLine(
        reference=line.applicant,
        name=campaign.name_of("applicants", line.applicant),
        outcome=WAITS if waits else OUTCOME_WORDS[line.outcome],
        council=campaign.name_of("councils", line.council) if line.council else "",
        choice="" if line.choice is None else str(line.choice),
        reserve_position="" if line.reserve_position is None else str(line.reserve_position),
        why=why_words(campaign, line.why),
    )
