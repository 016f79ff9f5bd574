"""Allocation by merit: in order of merit, each applicant takes the highest listed council with a place left.

Nobody can gain by listing councils in another order than the one they want them in. The result's checks are
in `checks.py` and know nothing of this file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from assessment.allocation.outcomes import allocation_of
from assessment.allocation.problem import AllocationProblem, AllocationRule
from assessment.allocation.result import Allocation
from assessment.errors import PanelDecisionNeeded
from assessment.ranking import MeritLine


def allocate_by_merit(problem: AllocationProblem) -> Allocation:
    """Give out the places in order of merit, to appointable applicants only, with a line for everybody.

    :raises PanelDecisionNeeded: applicants share a rank and want more places of a council than it has left.
        Where the order among them makes no difference to the offers, none is needed.
    """
    return allocation_of(problem, places_by_merit(problem), AllocationRule.MERIT)


def places_by_merit(problem: AllocationProblem) -> dict[str, str]:
    """The council where each applicant holds a place, without those who hold none. Raises as above."""
    free_places = {council: places for council, places in problem.places.by_council.items() if places > 0}
    council_by_applicant: dict[str, str] = {}
    for level in problem.order.levels:
        wanted = wanted_councils(problem, level, free_places)
        if len(level) > 1:
            refuse_contested(level, wanted, free_places)
        for applicant, council in wanted.items():
            take_one(free_places, council)
            council_by_applicant[applicant] = council
    return council_by_applicant


def wanted_councils(
    problem: AllocationProblem, level: Sequence[MeritLine], free_places: Mapping[str, int]
) -> dict[str, str]:
    """For each applicant of a level who can have a place, the highest listed council with one left."""
    wanted: dict[str, str] = {}
    for line in level:
        for council in problem.choices_of(line.applicant):
            if council in free_places:
                wanted[line.applicant] = council
                break
    return wanted


def take_one(free_places: dict[str, int], council: str) -> None:
    """A council without a free place left is not kept, so that nobody need look at a number."""
    free_places[council] -= 1
    if not free_places[council]:
        del free_places[council]


def refuse_contested(
    level: Sequence[MeritLine], wanted: Mapping[str, str], free_places: Mapping[str, int]
) -> None:
    demand = Counter(wanted.values())
    contested = tuple(sorted(council for council, count in demand.items() if count > free_places[council]))
    if contested and level[0].rank is not None:
        raise PanelDecisionNeeded(level[0].rank, tuple(line.applicant for line in level), contested)
