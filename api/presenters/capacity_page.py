"""The page that says whether the dates can work: the answer, where it pinches, session by session.

What the sheet says (`api.exports.packs.capacity_sheet`) is said here too; this adds the page's own answer and
the picture of lead-authority members, half-day by half-day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.packs.capacity_sheet import Block, CapacitySheet, capacity_sheet
from api.exports.packs.wording import counted, day_and_date, half_day
from api.presenters.data_table import Cell, Column
from api.presenters.page_parts import Bar, Figure
from scheduler.planning.members import LeadMembers
from scheduler.planning.plan import Plan

LEAD_HALF_DAYS = "lead-authority half-days"
# What the assumptions say to those who type commands.
ON_THE_TERMINAL = " (--interpreters tells otherwise)"
LEAST_AND_MOST = (
    "Needs are the least and offers the most that counting each thing by itself allows. Where a need is "
    "above its offer, only more of that can mend it; where it is below, a solve shows whether all goes "
    "together."
)
COLUMNS = (
    Column("session", "Session"),
    Column("when", "When"),
    Column("venue", "Venue"),
    Column("holds", "Holds at most", number=True),
    Column("limit", "What limits it"),
)


@dataclass(frozen=True, slots=True)
class CapacityPage:
    """`answer` comes first, `more` after it. `pinches` are the shortages, `where` the half-days they are in.

    `blocks` are the lines of need and offer: all venues together first, then each.
    """

    answer: str
    is_short: bool
    more: tuple[str, ...]
    pinches: tuple[str, ...]
    where: tuple[str, ...]
    figures: tuple[Figure, ...]
    bars: tuple[Bar, ...]
    bars_title: str
    blocks: tuple[Block, ...]
    assumptions: tuple[str, ...]


def capacity_page(
    campaign: Campaign,
    plan: Plan,
    members: Sequence[LeadMembers],
    assumptions: tuple[str, ...],
    tables_url: str,
) -> CapacityPage:
    """`members` are those of the lead authority by session; `tables_url` is where the tables are."""
    sheet = capacity_sheet(campaign, plan, assumptions)
    lead = campaign.name_of("councils", campaign.places.lead_council)
    short = [each for each in members if each.short]
    return CapacityPage(
        answer=_answer(plan),
        is_short=plan.applicants is not None and not plan.enough,
        more=tuple(reversed(sheet.answers)),
        pinches=_pinches(plan, sheet, lead),
        where=_where(campaign, plan, short, lead),
        figures=_figures(campaign, plan, lead, tables_url),
        bars=tuple(_bar(campaign, each, tables_url) for each in members),
        bars_title=f"{lead} members, half-day by half-day",
        blocks=sheet.blocks,
        assumptions=(*(said.replace(ON_THE_TERMINAL, "") for said in assumptions), LEAST_AND_MOST),
    )


def session_rows(campaign: Campaign, plan: Plan) -> list[tuple[Cell | str | int, ...]]:
    """A row for each session: what it holds at most, and why not more."""
    sheet = capacity_sheet(campaign, plan, ())
    found: list[tuple[Cell | str | int, ...]] = []
    for line, capacity in zip(sheet.sessions, plan.offer.sessions, strict=True):
        session = campaign.problem.session_by_reference[capacity.session]
        when = Cell(line.when, order=f"{session.date.isoformat()} {session.window.start:04d}")
        found.append((line.reference, when, line.venue, capacity.applicants, line.limited_by))
    return found


def _answer(plan: Plan) -> str:
    if plan.applicants is None:
        return "Nobody has applied yet. Say how many you expect, and see whether the dates can work."
    people = counted(plan.applicants, "applicant")
    if not plan.offer.applicants:
        return "No session can hold anybody yet."
    if plan.enough:
        return f"Counting finds nothing against these dates for {people}."
    if any(line.must and not line.venue for line in plan.shortages):
        return f"These dates cannot work for {people}: something is short."
    return f"In all these dates could work for {people}, but not at every venue as they stand."


def _pinches(plan: Plan, sheet: CapacitySheet, lead: str) -> tuple[str, ...]:
    """The lead authority's own shortage in its own words; the sheet's sentences for all others."""
    own = [
        f"You are {counted(line.needed - line.offered, 'half-day')} of {lead} members short: at least "
        f"{line.needed:,} are needed, {line.offered:,} are offered."
        for line in plan.shortages
        if line.what == LEAD_HALF_DAYS and not line.venue and line.needed is not None
    ]
    # The sheet has one sentence for each shortage, those that must be met first.
    in_order = sorted(plan.shortages, key=lambda line: not line.must)
    others = [
        said
        for line, said in zip(in_order, sheet.lacking, strict=True)
        if not (own and line.what == LEAD_HALF_DAYS and not line.venue)
    ]
    return (*own, *others)


def _where(campaign: Campaign, plan: Plan, short: Sequence[LeadMembers], lead: str) -> tuple[str, ...]:
    lines = [line for line in plan.shortages if line.what == LEAD_HALF_DAYS]
    if not short and any(not line.venue for line in lines):
        return (
            f"No single half-day is short of {lead} members by itself: they are free on more half-days than "
            "they may work in all (half_days_max), so the same people are wanted at several.",
        )
    return tuple(
        f"{_when(campaign, each.session)}: {counted(each.short, 'member')} short "
        f"({each.needed:,} needed for {counted(each.panels, 'panel')}, {each.offered:,} free)."
        for each in short
    )


def _figures(campaign: Campaign, plan: Plan, lead: str, tables_url: str) -> tuple[Figure, ...]:
    figures = [
        Figure(f"{len(plan.offer.sessions):,}", "sessions offered", f"{tables_url}/sessions"),
        Figure(f"{plan.offer.applicants:,}", "applicants they hold at most", "#sessions"),
    ]
    for line in plan.lines:
        if line.venue or line.needed is None or line.what not in ("panels", LEAD_HALF_DAYS):
            continue
        is_lead = line.what == LEAD_HALF_DAYS
        figures.append(
            Figure(
                f"{line.needed:,}",
                f"half-days of {lead} members needed" if is_lead else "panels needed",
                f"{tables_url}/assessors" if is_lead else None,
                f"{line.offered:,} offered",
                problem=not line.enough,
            )
        )
    return tuple(figures)


def _bar(campaign: Campaign, each: LeadMembers, tables_url: str) -> Bar:
    return Bar(
        _when(campaign, each.session),
        each.needed,
        each.offered,
        f"{tables_url}/availability?search={each.session}",
        f"{counted(each.panels, 'panel')} at {_venue(campaign, each.session)}",
    )


def _when(campaign: Campaign, reference: str) -> str:
    session = campaign.problem.session_by_reference[reference]
    return f"{reference}, {day_and_date(session.date)}, {half_day(session.window.start)}"


def _venue(campaign: Campaign, reference: str) -> str:
    return campaign.name_of("venues", campaign.problem.session_by_reference[reference].venue)
