"""The book of offers: how everybody stands at one moment, and how many places each council has.

A book never changes; each move makes a new one. Two equal books are written down alike, byte for byte.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from assessment.allocation.problem import AllocationProblem, AllocationRule
from assessment.allocation.result import Allocation, Outcome
from assessment.offers.moves import PERMITTED, Move, OfferState


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One applicant. `council`, `choice` (1 is the first) and `answer_by` come with an offer; none without.

    Whoever gave a place up, or let it go, holds none: what it was is in the ledger.
    """

    applicant: str
    state: OfferState = OfferState.WAITING
    council: str | None = None
    choice: int | None = None
    answer_by: datetime.datetime | None = None


@dataclass(frozen=True)
class Market:
    """What stays as it is while offers are answered: ranks, choices, councils' lists, the first allocation.

    `offer_hours` is the time for an answer, in hours of working days; `holidays` are those that do not count.
    """

    problem: AllocationProblem
    allocation: Allocation
    offer_hours: int
    holidays: Collection[datetime.date] = frozenset()

    @cached_property
    def by_council_lists(self) -> bool:
        return self.allocation.rule == AllocationRule.COUNCIL_LISTS

    @cached_property
    def standing_by_council(self) -> Mapping[str, Mapping[str, int]]:
        """Where each ranked applicant who may have a place there stands with a council; 1 is the best."""
        ranks = self.problem.rank_by_applicant
        if not self.by_council_lists:
            return {
                council: {a: rank for a, rank in ranks.items() if council in self.problem.choices_of(a)}
                for council in self.problem.places.by_council
            }
        lists = self.problem.council_lists or {}
        return {
            council: {
                a: position
                for position, a in enumerate(lists.get(council, ()), start=1)
                if a in ranks and council in self.problem.choices_of(a)
            }
            for council in self.problem.places.by_council
        }

    def choice_of(self, applicant: str, council: str) -> int:
        """Which choice of the applicant a council is, from 1."""
        return self.problem.choices_of(applicant).index(council) + 1


@dataclass(frozen=True)
class OfferBook:
    """Everybody who is ranked, by reference; places by council; `released` once offers were sent out."""

    lines: Mapping[str, OfferLine]
    places: Mapping[str, int]
    released: bool = False

    @cached_property
    def held_by_council(self) -> Counter[str]:
        """How many places of each council are held: offered or accepted."""
        return Counter(line.council for line in self.lines.values() if line.council is not None)

    def free_at(self, council: str) -> int:
        """Places of a council that nobody holds."""
        return self.places[council] - self.held_by_council[council]

    def with_lines(self, *changed: OfferLine) -> OfferBook:
        return replace(self, lines={**self.lines, **{line.applicant: line for line in changed}})


def first_book(market: Market) -> OfferBook:
    """Before the release: everybody ranked is waiting."""
    ranked = market.problem.rank_by_applicant
    return OfferBook({a: OfferLine(a) for a in ranked}, dict(market.problem.places.by_council))


def moved(line: OfferLine, move: Move) -> OfferLine:
    """The line after an answer or an expiry. The move must be permitted.

    :raises KeyError: it is not.
    """
    state = PERMITTED[line.state][move]
    if state.holds_a_place:
        return replace(line, state=state, answer_by=None)
    return OfferLine(line.applicant, state)


def offered(line: OfferLine, council: str, choice: int, answer_by: datetime.datetime) -> OfferLine:
    """The line of somebody who is offered a place."""
    return OfferLine(line.applicant, PERMITTED[line.state][Move.OFFER], council, choice, answer_by)


def upgraded(line: OfferLine, council: str, choice: int) -> OfferLine:
    """The line of somebody who goes to a higher choice; there is nothing to answer."""
    return OfferLine(line.applicant, PERMITTED[line.state][Move.UPGRADE], council, choice)


def first_offers(allocation: Allocation) -> dict[str, tuple[str, int]]:
    """Council and choice of everybody to whom the allocation makes an offer."""
    return {
        line.applicant: (line.council, line.choice)
        for line in allocation.lines
        if line.outcome is Outcome.OFFER and line.council is not None and line.choice is not None
    }
