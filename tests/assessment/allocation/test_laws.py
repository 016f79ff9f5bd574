"""Laws of every allocation, tried on made-up ones: it is sound, the rules agree, honesty costs nothing."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations, product

from hypothesis import given
from hypothesis import strategies as st

from assessment.allocation.checks import checks_of
from assessment.allocation.deferred_acceptance import allocate_by_council_lists
from assessment.allocation.merit import allocate_by_merit
from assessment.allocation.problem import AllocationProblem
from assessment.allocation.result import Allocation, AllocationLine, Outcome
from assessment.councils import Choices
from assessment.ranking import Appointable, OrderOfMerit
from tests.assessment.builders import order, problem

COUNCILS = ("SOM", "PLY", "CON", "TOR")


@st.composite
def problems(draw: st.DrawFn, *, most: int = 9, councils: tuple[str, ...] = COUNCILS) -> AllocationProblem:
    """Some appointable applicants, some not, in any order; any choices, places and councils' lists."""
    everybody = draw(st.permutations([f"A{number:02}" for number in range(draw(st.integers(0, most)))]))
    count_ranked = draw(st.integers(0, len(everybody)))
    merit = order(
        *everybody[:count_ranked], others=dict.fromkeys(sorted(everybody[count_ranked:]), Appointable.NO)
    )
    some_councils = st.lists(st.sampled_from(councils), unique=True).map(" ".join)
    some_applicants = (
        st.lists(st.sampled_from(everybody), unique=True).map(" ".join) if everybody else st.just("")
    )
    return problem(
        merit,
        {applicant: draw(some_councils) for applicant in everybody},
        {council: draw(st.integers(0, 3)) for council in councils},
        {council: draw(some_applicants) for council in councils},
    )


def with_the_order_of_merit_as_every_list(asked: AllocationProblem) -> AllocationProblem:
    ranked = tuple(asked.rank_by_applicant)
    return AllocationProblem(
        asked.order, asked.choices, asked.places, dict.fromkeys(asked.places.by_council, ranked)
    )


def councils_of(allocation: Allocation) -> dict[str, str | None]:
    return {line.applicant: line.council for line in allocation.lines}


def serial_dictatorship(asked: AllocationProblem) -> dict[str, str | None]:
    """The textbook's few lines, to hold the program against."""
    left = [council for council, places in asked.places.by_council.items() for _ in range(places)]
    taken: dict[str, str | None] = {line.applicant: None for line in asked.order.lines}
    for applicant in asked.rank_by_applicant:
        wanted = [council for council in asked.choices_of(applicant) if council in left]
        if wanted:
            left.remove(wanted[0])
            taken[applicant] = wanted[0]
    return taken


def every_allocation(asked: AllocationProblem) -> list[dict[str, str | None]]:
    """Everything that could be offered to the ranked applicants, sound or not."""
    ranked = list(asked.rank_by_applicant)
    return [
        dict(zip(ranked, councils, strict=True))
        for councils in product((None, *asked.places.by_council), repeat=len(ranked))
    ]


def written_out(asked: AllocationProblem, council_by_applicant: dict[str, str | None]) -> Allocation:
    lines = []
    for applicant, council in council_by_applicant.items():
        choices = asked.choices_of(applicant)
        choice = choices.index(council) + 1 if council in choices else None
        outcome = Outcome.NOT_PLACED if council is None else Outcome.OFFER
        lines.append(AllocationLine(applicant, outcome, council, choice, None, ""))
    return Allocation(tuple(lines), "council_lists")


@given(problems())
def test_allocation_by_merit_breaks_no_check(asked: AllocationProblem) -> None:
    assert checks_of(asked, allocate_by_merit(asked)).all_kept


@given(problems())
def test_allocation_by_council_lists_breaks_no_check(asked: AllocationProblem) -> None:
    assert checks_of(asked, allocate_by_council_lists(asked)).all_kept


@given(problems())
def test_merit_is_serial_dictatorship_and_deferred_acceptance_with_one_common_list(
    asked: AllocationProblem,
) -> None:
    by_merit = councils_of(allocate_by_merit(asked))
    common = with_the_order_of_merit_as_every_list(asked)
    assert by_merit == serial_dictatorship(asked)
    assert by_merit == councils_of(allocate_by_council_lists(common))


@given(problems(most=4, councils=("SOM", "PLY", "CON")))
def test_deferred_acceptance_is_the_best_stable_allocation_for_every_applicant(
    asked: AllocationProblem,
) -> None:
    ranked = OrderOfMerit(tuple(line for line in asked.order.lines if line.rank is not None))
    asked = AllocationProblem(ranked, asked.choices, asked.places, asked.council_lists)
    sound = [each for each in every_allocation(asked) if checks_of(asked, written_out(asked, each)).all_kept]
    best = {
        applicant: min((each[applicant] for each in sound), key=liking(asked, applicant))
        for applicant in asked.rank_by_applicant
    }
    assert councils_of(allocate_by_council_lists(asked)) == best


def liking(asked: AllocationProblem, applicant: str) -> Callable[[str | None], int]:
    """How far down an applicant's own list a council stands; no place at all comes last."""
    choices = asked.choices_of(applicant)
    return lambda council: len(choices) if council is None else choices.index(council)


@given(problems(most=5, councils=("SOM", "PLY", "CON")))
def test_nobody_gains_by_listing_the_same_councils_in_another_order(asked: AllocationProblem) -> None:
    for allocate in (allocate_by_merit, allocate_by_council_lists):
        truly = councils_of(allocate(asked))
        for applicant in asked.rank_by_applicant:
            like = liking(asked, applicant)
            for told in permutations(asked.choices_of(applicant)):
                choices = Choices({**asked.choices.by_applicant, applicant: told})
                otherwise = AllocationProblem(asked.order, choices, asked.places, asked.council_lists)
                assert like(truly[applicant]) <= like(councils_of(allocate(otherwise))[applicant])
