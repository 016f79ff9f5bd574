"""What a release or a pass would do, line by line, as two people look at it before they agree."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.packs.wording import counted, day_and_date, listed
from api.presenters.data_table import Cell, Column
from api.presenters.offers_page import person_cell
from assessment.allocation.result import Allocation, AllocationLine, Outcome
from assessment.figures import choice_words
from assessment.offers.passes import NextPass
from assessment.ranking import OrderOfMerit

RELEASE, PASS = "release", "pass"
OUTCOME_COLUMNS = (
    Column("applicant", "Applicant"),
    Column("rank", "Rank", number=True),
    Column("what", "What they are told"),
    Column("council", "Council"),
)
KIND_WORDS = {RELEASE: "the release of the offers", PASS: "a pass"}
OUTCOME_WORDS = {
    Outcome.NOT_PLACED: "no place",
    Outcome.NOT_APPOINTABLE: "below the standard",
    Outcome.UNRANKABLE: "not ranked",
}


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """What happens to one applicant, or to one council's free places. `council` and `note` may be empty."""

    key: str
    rank: int | None
    what: str
    council: str = ""
    note: str = ""

    @property
    def words(self) -> str:
        place = f" at {self.council}" if self.council else ""
        return f"{self.what}{place}"


@dataclass(frozen=True, slots=True)
class Difference:
    """What one line said when it was proposed, and what it says now; empty for a line that is not there."""

    key: str
    before: str
    now: str

    @property
    def sentence(self) -> str:
        return f"{self.key}: {self.before or 'nothing'} then, {self.now or 'nothing'} now."


def release_lines(campaign: Campaign, order: OrderOfMerit, allocation: Allocation) -> tuple[OutcomeLine, ...]:
    """Everybody in the order of merit and what they would be told: offers, reserves, then the others."""
    rank = {line.applicant: line.rank for line in order.lines}
    return tuple(_released(campaign, line, rank.get(line.applicant)) for line in allocation.lines)


def pass_lines(campaign: Campaign, order: OrderOfMerit, coming: NextPass) -> tuple[OutcomeLine, ...]:
    """Upgrades, new offers, and places that are held back."""
    rank = {line.applicant: line.rank for line in order.lines}
    lines = [
        OutcomeLine(
            up.applicant,
            rank.get(up.applicant),
            f"Goes up from {campaign.name_of('councils', up.left)} to their {choice_words(up.choice)}",
            campaign.name_of("councils", up.council),
            f"{listed(up.ahead)} waiting, and higher there: upgrades come first." if up.ahead else "",
        )
        for up in coming.upgrades
    ]
    lines += [
        OutcomeLine(
            new.applicant,
            rank.get(new.applicant),
            f"Is offered their {choice_words(new.choice)}",
            campaign.name_of("councils", new.council),
        )
        for new in coming.offers
    ]
    return tuple(lines)


def held_back_lines(campaign: Campaign, coming: NextPass) -> tuple[str, ...]:
    """Free places that wait for somebody's answer."""
    return tuple(
        f"{campaign.name_of('councils', held.council)}: {counted(held.places, 'free place')} held back until "
        f"{listed(held.until_answered)} answered."
        for held in coming.held_back
    )


def outcome_rows(
    campaign: Campaign, lines: Sequence[OutcomeLine], base: str, names: bool
) -> list[tuple[Cell | str | int, ...]]:
    """The lines as rows of a table."""
    return [
        (
            person_cell(campaign, line.key, base, names),
            Cell("" if line.rank is None else str(line.rank), order=line.rank or ""),
            Cell(line.what, note=line.note or None),
            line.council,
        )
        for line in lines
    ]


def what_happens(
    kind: str, lines: Sequence[OutcomeLine], answer_by: datetime.datetime | None
) -> tuple[str, ...]:
    """What the second person's yes does, to whom, before the button."""
    offers = sum(line.what.startswith("Is offered") for line in lines)
    upgrades = sum(line.what.startswith("Goes up") for line in lines)
    said: list[str] = []
    if upgrades:
        verb = "goes up to a higher choice" if upgrades == 1 else "go up to higher choices"
        said.append(f"{counted(upgrades, 'applicant')} {verb}; there is nothing to answer.")
    if offers or not upgrades:
        until = f", to answer by {long_moment(answer_by)}" if answer_by and offers else ""
        said.append(
            f"{counted(offers, 'applicant')} {'is' if offers == 1 else 'are'} offered a place{until}."
        )
    if kind == RELEASE:
        said.append("Councils see who their trainees are. Letters for everybody can be made.")
        said.append("The order of merit and the ratings stay as they are from then on.")
    said.append("Nothing is sent from here: you tell people.")
    return tuple(said)


def long_moment(at: datetime.datetime) -> str:
    """Wednesday 5 August 2015, 16:20."""
    return f"{day_and_date(at.date())}, {at:%H:%M}"


def differences(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[Difference, ...]:
    """By applicant, what is not as it was."""
    keys = dict.fromkeys([*before, *now])
    return tuple(
        Difference(key, before.get(key, ""), now.get(key, ""))
        for key in keys
        if before.get(key, "") != now.get(key, "")
    )


def _released(campaign: Campaign, line: AllocationLine, rank: int | None) -> OutcomeLine:
    if line.outcome is Outcome.OFFER and line.council and line.choice:
        what = f"Is offered their {choice_words(line.choice)}"
        return OutcomeLine(line.applicant, rank, what, campaign.name_of("councils", line.council))
    if line.outcome is Outcome.RESERVE:
        return OutcomeLine(line.applicant, rank, f"Reserve list, position {line.reserve_position}")
    return OutcomeLine(line.applicant, rank, OUTCOME_WORDS.get(line.outcome, "no result").capitalize())
