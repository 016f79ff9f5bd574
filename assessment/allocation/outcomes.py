"""From who holds a place where to a line for everybody: offer, reserve position, or why neither.

Shared by both rules; it gives out no places itself. The sentences come from `explain.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.allocation.explain import Explanation
from assessment.allocation.problem import AllocationProblem
from assessment.allocation.result import Allocation, AllocationLine, Outcome
from assessment.ranking import Appointable, MeritLine

OUTCOME_WITHOUT_RANK: Mapping[Appointable, Outcome] = {
    Appointable.NO: Outcome.NOT_APPOINTABLE,
    Appointable.UNRANKABLE: Outcome.UNRANKABLE,
    Appointable.PANEL_DISCUSSION: Outcome.NOT_PLACED,
}


def allocation_of(
    problem: AllocationProblem, council_by_applicant: Mapping[str, str], rule: str
) -> Allocation:
    """Write out an allocation from who holds a place where.

    The reserve list is one list in order of merit; applicants who share a rank share a position.
    """
    explanation = Explanation.of(problem, council_by_applicant, rule)
    reserve_list = ReserveList()

    def line_of(line: MeritLine) -> AllocationLine:
        applicant, rank = line.applicant, line.rank
        if rank is None:
            return line_without_rank(line)
        choices = problem.choices_of(applicant)
        if council := council_by_applicant.get(applicant):
            choice = choices.index(council) + 1
            why = explanation.of_offer(applicant, rank, choices, choice)
            return AllocationLine(applicant, Outcome.OFFER, council, choice, None, why)
        why, waits = explanation.of_no_offer(applicant, rank, choices)
        if waits:
            return AllocationLine(applicant, Outcome.RESERVE, None, None, reserve_list.position(rank), why)
        return AllocationLine(applicant, Outcome.NOT_PLACED, None, None, None, why)

    return Allocation(tuple(map(line_of, problem.order.lines)), str(rule), warnings_of(problem, rule))


def line_without_rank(line: MeritLine) -> AllocationLine:
    awaits = line.appointable is Appointable.PANEL_DISCUSSION
    why = f"Awaits a named person's decision. {line.why}" if awaits else line.why
    return AllocationLine(line.applicant, OUTCOME_WITHOUT_RANK[line.appointable], None, None, None, why)


@dataclass(slots=True)
class ReserveList:
    """How many are on the reserve list so far, and the last of them; they come in order of merit."""

    waiting: int = 0
    last_rank: int = 0
    last_position: int = 0

    def position(self, rank: int) -> int:
        """The position of the next one, who shares it with the last one where they share a rank."""
        self.waiting += 1
        if rank != self.last_rank:
            self.last_rank, self.last_position = rank, self.waiting
        return self.last_position


def warnings_of(problem: AllocationProblem, rule: str) -> tuple[str, ...]:
    lists = problem.lists_of_councils(rule)
    if lists is None:
        return ()
    without = [
        council for council, places in problem.places.by_council.items() if places and not lists.get(council)
    ]
    return (
        (f"Have places but gave no list, so nobody is offered one: {', '.join(without)}.",) if without else ()
    )
