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
    """Give out the places in order of merit, to appointable applicants only.

    :raises PanelDecisionNeeded: applicants share a rank and want more places of a council than it has left.
        Where the order among them makes no difference to the offers, none is needed.
    """
    free_places = dict(problem.places.by_council)
    council_by_applicant: dict[str, str] = {}
    for level in problem.order.levels:
        wanted = wanted_councils(problem, level, free_places)
        if len(level) > 1:
            refuse_contested(level, wanted, free_places)
        for applicant, council in wanted.items():
            free_places[council] -= 1
            council_by_applicant[applicant] = council
    return allocation_of(problem, council_by_applicant, AllocationRule.MERIT)


def wanted_councils(
    problem: AllocationProblem, level: Sequence[MeritLine], free_places: Mapping[str, int]
) -> dict[str, str]:
    """For each applicant of a level who can have a place, the highest listed council with one left."""
    wanted: dict[str, str] = {}
    for line in level:
        for council in problem.choices_of(line.applicant):
            if free_places.get(council, 0) > 0:
                wanted[line.applicant] = council
                break
    return wanted


def refuse_contested(
    level: Sequence[MeritLine], wanted: Mapping[str, str], free_places: Mapping[str, int]
) -> None:
    demand = Counter(wanted.values())
    contested = tuple(sorted(council for council, count in demand.items() if count > free_places[council]))
    if contested and level[0].rank is not None:
        raise PanelDecisionNeeded(level[0].rank, tuple(line.applicant for line in level), contested)
