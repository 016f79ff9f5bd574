"""Allocation where each council has its own list: deferred acceptance, the applicants proposing.

Every applicant asks the councils they listed in turn. A council keeps the best on its list as long as it has
places, and lets the lowest go when somebody higher asks. Nothing is final until nobody asks any more. The
result is the best for every applicant among all those in which nobody is passed over. Source: Gale and
Shapley, "College Admissions and the Stability of Marriage", 1962.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from heapq import heappush, heapreplace

from assessment.allocation.outcomes import allocation_of
from assessment.allocation.problem import AllocationProblem, AllocationRule
from assessment.allocation.result import Allocation
from assessment.errors import CouncilListsInDoubt


def allocate_by_council_lists(problem: AllocationProblem) -> Allocation:
    """Give out the places by the councils' own lists, to appointable applicants only.

    A council with places but no list takes nobody, and the allocation warns of it. The reserve list is in
    order of merit.

    :raises CouncilListsInDoubt: there are no lists, or a list names somebody twice.
    """
    return allocation_of(problem, places_by_council_lists(problem), AllocationRule.COUNCIL_LISTS)


def places_by_council_lists(problem: AllocationProblem) -> dict[str, str]:
    """The council where each applicant holds a place, without those who hold none. Raises as above."""
    refuse_lists_in_doubt(problem)
    keepers = {
        council: Keeper(problem.places_at(council), positions)
        for council, positions in problem.positions_by_council.items()
        if problem.places_at(council) > 0
    }
    still_to_ask = {applicant: iter(problem.choices_of(applicant)) for applicant in problem.rank_by_applicant}
    for applicant in problem.rank_by_applicant:
        asking: str | None = applicant
        while asking is not None:
            asking = ask_in_turn(asking, still_to_ask[asking], keepers)
    return {applicant: council for council, keeper in keepers.items() for _, applicant in keeper.kept}


@dataclass(slots=True)
class Keeper:
    """One council while places are given out.

    `kept` is a heap with the lowest of those kept on top: positions are negated, so the least number is the
    last on the list.
    """

    places: int
    positions: Mapping[str, int]
    kept: list[tuple[int, str]] = field(default_factory=list)


def ask_in_turn(applicant: str, councils: Iterator[str], keepers: Mapping[str, Keeper]) -> str | None:
    """Ask on until a council keeps the applicant; the one it lets go for them, if any, asks next."""
    for council in councils:
        keeper = keepers.get(council)
        position = None if keeper is None else keeper.positions.get(applicant)
        if keeper is None or position is None:
            continue
        if len(keeper.kept) < keeper.places:
            heappush(keeper.kept, (-position, applicant))
            return None
        if -position > keeper.kept[0][0]:
            return heapreplace(keeper.kept, (-position, applicant))[1]
    return None


def refuse_lists_in_doubt(problem: AllocationProblem) -> None:
    if not problem.council_lists:
        raise CouncilListsInDoubt(["The allocation rule is council_lists, and there are no council lists."])
    faults = [
        f"The list of {council} names somebody more than once."
        for council, listed in problem.council_lists.items()
        if len(problem.positions_by_council[council]) < len(listed)
    ]
    if faults:
        raise CouncilListsInDoubt(faults)
