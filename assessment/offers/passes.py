"""Who is next for the places that have come free: upgrades first, then those waiting.

A pass never takes a place from anybody. It gives a free place to the applicant who stands highest with that
council among those who accepted, asked for an upgrade and would rather have it; the place they leave is free
in turn. What is then left goes to those waiting, by the campaign's own rule. A place waits where somebody who
has not answered yet may still be entitled to it. What a pass does to the book is in `ledger.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assessment.allocation.deferred_acceptance import allocate_by_council_lists
from assessment.allocation.merit import allocate_by_merit
from assessment.allocation.problem import AllocationProblem
from assessment.councils import Places
from assessment.errors import PanelDecisionNeeded
from assessment.offers.book import Market, OfferBook, OfferLine, first_offers, upgraded
from assessment.offers.moves import OfferState
from assessment.ranking import OrderOfMerit


@dataclass(frozen=True, slots=True)
class Upgrade:
    """Somebody goes from one council to a higher choice.

    `ahead` are those waiting who stand higher with that council: the rule that upgrades come first passes
    them by, and whoever signs the pass should see it.
    """

    applicant: str
    left: str
    council: str
    choice: int
    ahead: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewOffer:
    """Somebody who was waiting is offered a place."""

    applicant: str
    council: str
    choice: int


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Free places of a council that wait until some applicants, who would rather have one, have answered."""

    council: str
    places: int
    until_answered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NextPass:
    """All that a pass would do now, in its order."""

    upgrades: tuple[Upgrade, ...]
    offers: tuple[NewOffer, ...]
    held_back: tuple[HeldBack, ...]


def next_pass(market: Market, book: OfferBook) -> NextPass:
    """What a pass over this book would do; it changes nothing.

    :raises PanelDecisionNeeded: applicants who share a rank want the same last place.
    """
    upgrades: list[Upgrade] = []
    while upgrade := first_upgrade(market, book):
        upgrades.append(upgrade)
        line = book.lines[upgrade.applicant]
        book = book.with_lines(upgraded(line, upgrade.council, upgrade.choice))
    held_back = tuple(held for council in book.places if (held := held_back_at(market, book, council)))
    return NextPass(tuple(upgrades), offers_to_waiting(market, book, held_back), held_back)


def first_upgrade(market: Market, book: OfferBook) -> Upgrade | None:
    """The next upgrade there is to give, going through the councils in the order of their table."""
    for council in book.places:
        if upgrade := upgrade_to(market, book, council):
            return upgrade
    return None


def upgrade_to(market: Market, book: OfferBook, council: str) -> Upgrade | None:
    free = book.free_at(council)
    if free < 1:
        return None
    standing = market.standing_by_council[council]
    asking = who_would_rather(market, book, council, OfferState.OPEN_TO_UPGRADE)
    if not asking:
        return None
    best = asking[0]
    level = tuple(each for each in asking if standing[each] == standing[best])
    unanswered = who_would_rather(market, book, council, OfferState.OFFERED)
    free -= sum(standing[each] <= standing[best] for each in unanswered)
    if free < 1:
        return None
    if free < len(level):
        raise PanelDecisionNeeded(standing[best], level, (council,))
    left = book.lines[best].council
    assert left is not None
    waiting = (a for a, line in book.lines.items() if line.state is OfferState.WAITING)
    ahead = tuple(a for a in waiting if a in standing and standing[a] < standing[best])
    return Upgrade(best, left, council, market.choice_of(best, council), ahead)


def who_would_rather(market: Market, book: OfferBook, council: str, state: OfferState) -> list[str]:
    """Those in this state who would rather have a place of the council than theirs, the highest first."""
    standing = market.standing_by_council[council]
    found = [
        line.applicant
        for line in book.lines.values()
        if line.state is state and line.applicant in standing and is_higher(market, line, council)
    ]
    return sorted(found, key=lambda applicant: (standing[applicant], applicant))


def is_higher(market: Market, line: OfferLine, council: str) -> bool:
    return line.choice is not None and market.choice_of(line.applicant, council) < line.choice


def held_back_at(market: Market, book: OfferBook, council: str) -> HeldBack | None:
    """The council's free places that somebody who has not answered may still go up to."""
    free = book.free_at(council)
    unanswered = who_would_rather(market, book, council, OfferState.OFFERED) if free > 0 else []
    return HeldBack(council, min(free, len(unanswered)), tuple(unanswered)) if unanswered else None


def offers_to_waiting(market: Market, book: OfferBook, held_back: Sequence[HeldBack]) -> tuple[NewOffer, ...]:
    """The places left, given by the campaign's rule to those waiting."""
    kept = {held.council: held.places for held in held_back}
    left = {council: max(0, book.free_at(council) - kept.get(council, 0)) for council in book.places}
    if not any(left.values()):
        return ()
    order = market.problem.order
    lines = tuple(
        line
        for line in order.lines
        if line.applicant in book.lines and book.lines[line.applicant].state is OfferState.WAITING
    )
    problem: AllocationProblem = replace(
        market.problem,
        order=OrderOfMerit(lines),
        places=Places(left, market.problem.places.lead_council),
    )
    allocate = allocate_by_council_lists if market.by_council_lists else allocate_by_merit
    return tuple(NewOffer(a, *offer) for a, offer in first_offers(allocate(problem)).items())
