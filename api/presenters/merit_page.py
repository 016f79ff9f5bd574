"""The order of merit as a page: who meets the standard, in what order, and how sure that is.

The lines are those of the paper (`api.exports.packs.outcomes`), with names and links. Advice stands beside
them as a note: no column of the table is made of it, so nothing can be sorted by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.campaign import Campaign
from api.exports.packs.interval_chart import IntervalChart
from api.exports.packs.outcomes import MeritSheet, merit_sheet, overall_allocation
from api.exports.packs.wording import counted
from api.presenters.data_table import Cell, Column, TableQuery
from api.presenters.outcomes import outcome_words
from assessment.allocation.result import Allocation
from assessment.ranking import Appointable, OrderOfMerit

if TYPE_CHECKING:
    from assessment.advice.cut_line import CutLine
    from assessment.advice.refusal import Refusal

MERIT_COLUMNS = (
    Column("rank", "Rank", number=True),
    Column("applicant", "Applicant"),
    Column("overall", "Overall", number=True),
    Column("percent", "Per cent", number=True),
    Column("appointable", "Meets the standard"),
    Column("outcome", "As things stand"),
    Column("tie", "Tie broken by"),
    Column("why", "Why", sortable=False),
)
TAGS = {"Yes": None, "No": "grey", "Ratings missing": "red", "Panel to decide": "yellow"}
LAST = 1_000_000


@dataclass(frozen=True)
class LineSeen:
    """The line between offer and no offer: `answer` says how sharp it is; `chart` is None with nobody near.

    `chances` holds, by applicant, the chance of an offer of those who cannot be told apart from the line.
    """

    answer: str
    chart: IntervalChart | None
    chances: Mapping[str, str]
    several_lines: bool


def merit_answer(campaign: Campaign, order: OrderOfMerit) -> str:
    """61 of 87 applicants who came meet the standard; there are 26 places."""
    came, places = len(order.lines), sum(campaign.places.by_council.values())
    ranked = sum(line.rank is not None for line in order.lines)
    meet = "meets" if ranked == 1 else "meet"
    there = f"there {'is' if places == 1 else 'are'} {counted(places, 'place')}"
    return f"{ranked} of {counted(came, 'applicant')} who came {meet} the standard; {there}."


def waiting_answer(order: OrderOfMerit) -> str:
    """How many are neither in nor out yet; empty where that is nobody."""
    missing = sum(line.appointable is Appointable.UNRANKABLE for line in order.lines)
    waiting = sum(line.appointable is Appointable.PANEL_DISCUSSION for line in order.lines)
    parts = [f"{counted(missing, 'applicant')} cannot be ranked for lack of ratings"] if missing else []
    parts += [f"{counted(waiting, 'applicant waits', 'applicants wait')} for a decision"] if waiting else []
    return f"{' and '.join(parts)}." if parts else ""


def merit_rows(
    campaign: Campaign, order: OrderOfMerit, allocation: Allocation | None, line: LineSeen | None, base: str
) -> list[tuple[Cell, ...]]:
    """The order of merit with names, what the allocation makes of each, and a link to why."""
    sheet = merit_sheet(campaign, order)
    chances = line.chances if line else {}
    outcomes = {}
    if allocation is not None:
        overall = overall_allocation(campaign, order, allocation)
        outcomes = {each.reference: outcome_words(each) for each in overall.lines}
    rows: list[tuple[Cell, ...]] = []
    for each in sheet.lines:
        reference, name = each.reference, campaign.name_of("applicants", each.reference)
        chance = chances.get(reference)
        note = f"near the line: {chance}" if chance else None
        rows.append(
            (
                Cell(each.rank or "–", order=int(each.rank) if each.rank else LAST),
                Cell(
                    reference,
                    f"{base}/merit/{reference}",
                    note=None if name == reference else name,
                    spoken=f"{reference} {name}: every score, and why",
                ),
                Cell(each.overall, order=_number(each.overall)),
                Cell(each.percent, order=_number(each.percent)),
                Cell(each.appointable, tag=TAGS.get(each.appointable)),
                Cell(outcomes.get(reference, ""), note=note),
                Cell(each.tie_break),
                Cell(each.why),
            )
        )
    return rows


def cut_reference(sheet: MeritSheet) -> str:
    """Below whom nobody is who would have a place if all were at one council: the first under the line."""
    return next((each.reference for each in sheet.lines if each.below_cut), "")


def is_in_order(query: TableQuery) -> bool:
    """Whether the table stands in the order of merit, whole, so that a line can be drawn through it."""
    others = {column.key for column in MERIT_COLUMNS if column.sortable and column.key != "rank"}
    return not query.search and query.sort not in others and not (query.sort == "rank" and query.down)


def line_seen(line: CutLine | Refusal | None) -> LineSeen | None:
    """The line with those near it, from the advice."""
    if line is None:
        return None
    from api.exports.packs.advice_sheet import has_several_lines, line_chart, near_the_line
    from api.exports.packs.advice_wording import cut_line_answer
    from api.exports.packs.booking_chart import percent_words
    from assessment.advice.refusal import Refusal

    answer = cut_line_answer(line)
    if isinstance(line, Refusal):
        return LineSeen(answer, None, {}, False)
    near = near_the_line(line)
    chart = line_chart(line, near) if near else None
    chances = {each.applicant: percent_words(each.chance) for each in line.band}
    return LineSeen(answer, chart, chances, has_several_lines(line))


def _number(text: str) -> float | str:
    return float(text) if text else ""
