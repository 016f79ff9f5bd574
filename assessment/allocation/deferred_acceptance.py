"""Allocation where each council has its own list: deferred acceptance, the applicants proposing.

Every applicant asks the councils they listed in turn. A council keeps the best on its list as long as it has
places, and lets the lowest go when somebody higher asks. Nothing is final until nobody asks any more. The
result is the best for every applicant among all those in which nobody is passed over. Source: Gale and
Shapley, "College Admissions and the Stability of Marriage", 1962.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    refuse_lists_in_doubt(problem)
    positions = positions_by_council(problem)
    held: dict[str, list[tuple[int, str]]] = {council: [] for council in problem.places.by_council}
    still_to_ask = {applicant: iter(problem.choices_of(applicant)) for applicant in problem.rank_by_applicant}
    for applicant in problem.rank_by_applicant:
        asking: str | None = applicant
        while asking is not None:
            asking = ask_in_turn(problem, asking, still_to_ask[asking], positions, held)
    council_by_applicant = {applicant: council for council, kept in held.items() for _, applicant in kept}
    return allocation_of(problem, council_by_applicant, AllocationRule.COUNCIL_LISTS)


def ask_in_turn(
    problem: AllocationProblem,
    applicant: str,
    councils: Iterator[str],
    positions: Mapping[str, Mapping[str, int]],
    held: Mapping[str, list[tuple[int, str]]],
) -> str | None:
    """Ask on until a council keeps the applicant; the one it lets go for them, if any, asks next.

    `held` keeps, by council, a heap of (minus position, applicant) with the lowest placed on top.
    """
    for council in councils:
        position = positions.get(council, {}).get(applicant)
        if position is None or problem.places_at(council) < 1:
            continue
        kept = held[council]
        if len(kept) < problem.places_at(council):
            heappush(kept, (-position, applicant))
            return None
        if -position > kept[0][0]:
            return heapreplace(kept, (-position, applicant))[1]
    return None


def positions_by_council(problem: AllocationProblem) -> dict[str, dict[str, int]]:
    """Positions on each council's list, of those appointable applicants who listed the council."""
    asking: dict[str, set[str]] = {}
    for applicant in problem.rank_by_applicant:
        for council in problem.choices_of(applicant):
            asking.setdefault(council, set()).add(applicant)
    return {
        council: {
            applicant: position
            for position, applicant in enumerate(listed)
            if applicant in asking.get(council, ())
        }
        for council, listed in (problem.council_lists or {}).items()
    }


def refuse_lists_in_doubt(problem: AllocationProblem) -> None:
    if not problem.council_lists:
        raise CouncilListsInDoubt(["The allocation rule is council_lists, and there are no council lists."])
    faults = [
        f"The list of {council} names somebody more than once."
        for council, listed in problem.council_lists.items()
        if len(set(listed)) < len(listed)
    ]
    if faults:
        raise CouncilListsInDoubt(faults)
