"""The allocation as a page: councils as columns with their places, everybody's outcome, and its checks.

What it says is the paper's (`api.exports.packs.outcomes`); here come links to why, and the councils as cards.
"""

from __future__ import annotations

from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.packs.outcomes import CouncilSheet, overall_allocation
from api.exports.packs.wording import anchor_name, counted
from api.presenters.data_table import Cell, Column
from api.presenters.outcomes import CheckLine, allocation_view
from assessment.allocation.checks import AllocationChecks
from assessment.allocation.result import Allocation
from assessment.figures import choice_words
from assessment.ranking import OrderOfMerit

OUTCOME_COLUMNS = (
    Column("applicant", "Applicant"),
    Column("rank", "Rank", number=True),
    Column("outcome", "Outcome"),
    Column("council", "Council"),
    Column("choice", "Choice", number=True),
    Column("reserve", "On the reserve list", number=True),
    Column("why", "Why", sortable=False),
)
TAGS = {"Offer": "green", "Reserve list": "blue", "Waits for a decision": "yellow", "Not ranked": "red"}
LAST = 1_000_000


@dataclass(frozen=True, slots=True)
class CardLine:
    """One trainee on a council's card."""

    reference: str
    name: str
    rank: str
    choice: str
    url: str


@dataclass(frozen=True, slots=True)
class CouncilCard:
    """One council: how many of its places have an offer, as words and as shares of 100 for the bar."""

    council: str
    anchor: str
    filled: str
    note: str
    first_share: float
    other_share: float
    lines: tuple[CardLine, ...]


@dataclass(frozen=True)
class AllocationPage:
    """`answer` says how many places have an offer and how many of them are first choices."""

    answer: str
    cards: tuple[CouncilCard, ...]
    checks: tuple[CheckLine, ...]

    @property
    def broken(self) -> int:
        return sum(not check.kept for check in self.checks)


def allocation_page(
    campaign: Campaign, order: OrderOfMerit, allocation: Allocation, checks: AllocationChecks, base: str
) -> AllocationPage:
    view = allocation_view(campaign, order, allocation, checks)
    ranks = {line.applicant: line.rank for line in order.lines}
    choices = {line.applicant: line.choice for line in allocation.lines}
    return AllocationPage(
        answer=f"{view.filled} {view.first_choices}".strip(),
        cards=tuple(_card(sheet, ranks, choices, base) for sheet in view.councils),
        checks=view.checks,
    )


def outcome_rows(
    campaign: Campaign, order: OrderOfMerit, allocation: Allocation, base: str
) -> list[tuple[Cell, ...]]:
    """Everybody in order of merit with their outcome, and why."""
    ranks = {line.applicant: line.rank for line in order.lines}
    rows: list[tuple[Cell, ...]] = []
    for each in overall_allocation(campaign, order, allocation).lines:
        rank = ranks[each.reference]
        rows.append(
            (
                Cell(
                    each.reference,
                    f"{base}/merit/{each.reference}",
                    note=None if each.name == each.reference else each.name,
                    spoken=f"{each.reference} {each.name}: every score, and why",
                ),
                Cell("–" if rank is None else str(rank), order=LAST if rank is None else rank),
                Cell(each.outcome, tag=TAGS.get(each.outcome, "grey")),
                Cell(each.council),
                Cell(each.choice, order=_number(each.choice)),
                Cell(each.reserve_position, order=_number(each.reserve_position)),
                Cell(each.why),
            )
        )
    return rows


def _card(
    sheet: CouncilSheet, ranks: dict[str, int | None], choices: dict[str, int | None], base: str
) -> CouncilCard:
    offers, most = len(sheet.trainees), max(sheet.places, len(sheet.trainees)) or 1
    by_rank = sorted(sheet.trainees, key=lambda each: (ranks[each.reference] or LAST, each.reference))
    free = f"{counted(sheet.unfilled, 'place')} free" if sheet.unfilled > 0 else ""
    first = f"{sheet.first_choices} as a first choice" if offers else ""
    return CouncilCard(
        council=sheet.council,
        anchor=f"council-{anchor_name(sheet.reference)}",
        filled=f"{offers} of {counted(sheet.places, 'place')}",
        note=", ".join(part for part in (first, free) if part),
        first_share=round(100 * sheet.first_choices / most, 1),
        other_share=round(100 * (offers - sheet.first_choices) / most, 1),
        lines=tuple(
            CardLine(
                each.reference,
                "" if each.name == each.reference else each.name,
                f"rank {ranks[each.reference]}",
                choice_words(choices[each.reference] or 1),
                f"{base}/merit/{each.reference}",
            )
            for each in by_rank
        ),
    )


def _number(text: str) -> int | str:
    return int(text) if text else ""
