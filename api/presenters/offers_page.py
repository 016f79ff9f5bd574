"""How the offers stand, for the page after a release: numbers, councils, people with their clock, reserves.

People come by reference; `names` says whether the reader may see their names too. What a release or a pass
would do is in `release_page.py`, what was done is in `offer_log.py`.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.packs.wording import counted, listed
from api.presenters.data_table import Cell, Column
from api.presenters.page_parts import Figure
from assessment.figures import choice_words
from assessment.offers.book import OfferBook, OfferLine
from assessment.offers.moves import OfferState
from assessment.ranking import OrderOfMerit

STATES: dict[OfferState, tuple[str, str]] = {
    OfferState.OFFERED: ("Offered, not answered", "yellow"),
    OfferState.ACCEPTED: ("Accepted", "green"),
    OfferState.OPEN_TO_UPGRADE: ("Accepted, open to an upgrade", "green"),
    OfferState.DECLINED: ("Declined", "grey"),
    OfferState.EXPIRED: ("Ran out", "red"),
    OfferState.WITHDRAWN: ("Withdrawn", "grey"),
    OfferState.WAITING: ("Waiting", "blue"),
}
ACCEPTED = (OfferState.ACCEPTED, OfferState.OPEN_TO_UPGRADE)
# What the page can be asked to show, with the words for it.
SHOWS: dict[str, tuple[str, tuple[OfferState, ...]]] = {
    "offers": ("Everybody with an offer", tuple(s for s in OfferState if s is not OfferState.WAITING)),
    "waiting": ("Not answered yet", (OfferState.OFFERED,)),
    "accepted": ("Accepted", ACCEPTED),
    "gone": ("Declined, ran out, withdrawn", (OfferState.DECLINED, OfferState.EXPIRED, OfferState.WITHDRAWN)),
    "reserves": ("Without an offer", (OfferState.WAITING,)),
}
PEOPLE_COLUMNS = (
    Column("applicant", "Applicant"),
    Column("rank", "Rank", number=True),
    Column("state", "State"),
    Column("council", "Council"),
    Column("choice", "Choice"),
    Column("answer_by", "Answer by"),
)
RESERVE_COLUMNS = (
    Column("applicant", "Applicant"),
    Column("rank", "Rank", number=True),
    Column("where", "Where a place may come free for them", sortable=False),
)


@dataclass(frozen=True, slots=True)
class CouncilStand:
    """One council: its places, and how they are held."""

    council: str
    name: str
    places: int
    accepted: int
    offered: int
    free: int


def offer_answer(book: OfferBook, at: datetime.datetime) -> str:
    """Where we are, in one sentence."""
    count = Counter(line.state for line in book.lines.values())
    accepted = sum(count[state] for state in ACCEPTED)
    places, free = sum(book.places.values()), sum(book.free_at(each) for each in book.places)
    said = f"{accepted} of {counted(places, 'place')} {'is' if accepted == 1 else 'are'} accepted"
    if open_ones := count[OfferState.OFFERED]:
        verb = "waits" if open_ones == 1 else "wait"
        first = min(line.answer_by for line in book.lines.values() if line.answer_by is not None)
        said += f", {open_ones} {verb} for an answer (the first {clock_words(first, at)})"
    return f"{said}, {free} {'is' if free == 1 else 'are'} free." if free else f"{said}. None is free."


def offer_figures(book: OfferBook, url: str) -> tuple[Figure, ...]:
    """The numbers; each leads to its people."""
    count = Counter(line.state for line in book.lines.values())
    accepted = sum(count[state] for state in ACCEPTED)
    free = sum(book.free_at(each) for each in book.places)
    gone = count[OfferState.DECLINED] + count[OfferState.WITHDRAWN]
    upgrades = count[OfferState.OPEN_TO_UPGRADE]

    def figure(number: int, label: str, show: str, note: str = "", problem: bool = False) -> Figure:
        return Figure(str(number), label, f"{url}?show={show}#people" if show else None, note, problem)

    return (
        figure(accepted, "accepted", "accepted", f"{upgrades} open to an upgrade" if upgrades else ""),
        figure(count[OfferState.OFFERED], "to be answered", "waiting"),
        figure(gone, "declined or withdrawn", "gone"),
        figure(count[OfferState.EXPIRED], "ran out", "gone", problem=count[OfferState.EXPIRED] > 0),
        figure(free, "places free", "", problem=free > 0),
        figure(count[OfferState.WAITING], "without an offer", "reserves"),
    )


def council_stands(campaign: Campaign, book: OfferBook) -> tuple[CouncilStand, ...]:
    """Each council in the order of its table."""
    held = [line for line in book.lines.values() if line.council is not None]
    return tuple(
        CouncilStand(
            council,
            campaign.name_of("councils", council),
            places,
            sum(line.council == council and line.state in ACCEPTED for line in held),
            sum(line.council == council and line.state is OfferState.OFFERED for line in held),
            book.free_at(council),
        )
        for council, places in book.places.items()
    )


def people_rows(
    campaign: Campaign,
    order: OrderOfMerit,
    lines: Sequence[OfferLine],
    at: datetime.datetime,
    base: str,
    names: bool,
) -> list[tuple[Cell | str | int, ...]]:
    """One row for each line of the book."""
    rank = {line.applicant: line.rank or 0 for line in order.lines}
    rows: list[tuple[Cell | str | int, ...]] = []
    for line in lines:
        words, colour = STATES[line.state]
        order_of_time = line.answer_by.isoformat() if line.answer_by else ""
        note = in_words(line.answer_by, at) if line.answer_by else None
        rows.append(
            (
                person_cell(campaign, line.applicant, base, names),
                rank.get(line.applicant, 0),
                Cell(words, tag=colour),
                campaign.name_of("councils", line.council) if line.council else "",
                Cell(choice_words(line.choice), order=line.choice) if line.choice else "",
                Cell(clock_words(line.answer_by) if line.answer_by else "", order=order_of_time, note=note),
            )
        )
    return rows


def reserve_rows(
    campaign: Campaign, order: OrderOfMerit, book: OfferBook, base: str, names: bool
) -> list[tuple[Cell | str | int, ...]]:
    """Those waiting, in order of merit, with the councils that have places and that they listed."""
    rows: list[tuple[Cell | str | int, ...]] = []
    for line in order.lines:
        if line.rank is None or book.lines[line.applicant].state is not OfferState.WAITING:
            continue
        choices = campaign.choices.by_applicant.get(line.applicant, ())
        where = [campaign.name_of("councils", each) for each in choices if book.places.get(each)]
        rows.append(
            (person_cell(campaign, line.applicant, base, names), line.rank, listed(where) or "nowhere")
        )
    return rows


def person_cell(campaign: Campaign, applicant: str, base: str, names: bool) -> Cell:
    name = campaign.name_of("applicants", applicant) if names else applicant
    note = name if name != applicant else None
    return Cell(applicant, f"{base}/offers/people/{applicant}", order=applicant, note=note)


def clock_words(moment: datetime.datetime, at: datetime.datetime | None = None) -> str:
    """Wed 5 August, 16:20; with `at` also how long that is: in 6 hours."""
    said = f"{moment:%a} {moment.day} {moment:%B}, {moment:%H:%M}"
    return f"by {said}, {in_words(moment, at)}" if at else said


def weekday_and_time(moment: datetime.datetime) -> str:
    """Wed 5 August 2015, 16:20."""
    return f"{moment:%a} {moment.day} {moment:%B %Y}, {moment:%H:%M}"


def in_words(moment: datetime.datetime, at: datetime.datetime) -> str:
    """In 6 hours; in 3 days; 2 hours ago."""
    seconds = (moment - at).total_seconds()
    how_long = _long(abs(seconds))
    if not how_long:
        return "now"
    return f"in {how_long}" if seconds > 0 else f"{how_long} ago"


def _long(seconds: float) -> str:
    minutes = int(seconds // 60)
    if minutes < 1:
        return ""
    if minutes < 60:
        return counted(minutes, "minute")
    hours = minutes // 60
    return counted(hours, "hour") if hours < 48 else counted(hours // 24, "day")
