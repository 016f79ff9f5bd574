"""From who holds a place where to a line for everybody: offer, reserve position, or why neither.

Shared by both rules; it gives out no places itself. The sentences come from `explain.py`.
"""

from __future__ import annotations

from collections.abc import Mapping

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
    lines = [
        offer_line(problem, explanation, line, council_by_applicant[line.applicant])
        if line.applicant in council_by_applicant
        else line_without_offer(explanation, line)
        for line in problem.order.lines
    ]
    return Allocation(tuple(with_reserve_positions(problem, lines)), str(rule), warnings_of(problem, rule))


def offer_line(
    problem: AllocationProblem, explanation: Explanation, line: MeritLine, council: str
) -> AllocationLine:
    choice = problem.choices_of(line.applicant).index(council) + 1
    why = explanation.of_offer(line.applicant, choice)
    return AllocationLine(line.applicant, Outcome.OFFER, council, choice, None, why)


def line_without_offer(explanation: Explanation, line: MeritLine) -> AllocationLine:
    if line.appointable is Appointable.PANEL_DISCUSSION:
        outcome, why = Outcome.NOT_PLACED, f"Awaits a named person's decision. {line.why}"
    elif line.appointable is not Appointable.YES:
        outcome, why = OUTCOME_WITHOUT_RANK[line.appointable], line.why
    elif explanation.could_take_a_place(line.applicant):
        outcome, why = Outcome.RESERVE, explanation.of_reserve(line.applicant)
    else:
        outcome, why = Outcome.NOT_PLACED, explanation.of_not_placed(line.applicant)
    return AllocationLine(line.applicant, outcome, None, None, None, why)


def with_reserve_positions(problem: AllocationProblem, lines: list[AllocationLine]) -> list[AllocationLine]:
    numbered: list[AllocationLine] = []
    waiting = position = 0
    last_rank: int | None = None
    for line in lines:
        if line.outcome is not Outcome.RESERVE:
            numbered.append(line)
            continue
        waiting += 1
        rank = problem.rank_by_applicant[line.applicant]
        position = position if rank == last_rank else waiting
        last_rank = rank
        numbered.append(AllocationLine(line.applicant, line.outcome, None, None, position, line.why))
    return numbered


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
