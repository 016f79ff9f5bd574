"""Each check keeps silent on a sound allocation and names exactly the planted fault on a spoiled one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assessment.allocation.checks import CATALOGUE, OffendingPair, checks_of
from assessment.allocation.deferred_acceptance import allocate_by_council_lists
from assessment.allocation.merit import allocate_by_merit
from assessment.allocation.problem import AllocationProblem
from assessment.allocation.result import Allocation, AllocationLine, Outcome
from assessment.ranking import Appointable
from tests.assessment.builders import order, problem

# By merit: A01 SOM, A02 PLY, A03 and A04 reserve; A05 is not appointable. A place at CON stays free.
ASKED = problem(
    order("A01", "A02", "A03", "A04", others={"A05": Appointable.NO}),
    {"A01": "SOM PLY", "A02": "SOM PLY", "A03": "PLY SOM", "A04": "SOM", "A05": "CON"},
    {"SOM": 1, "PLY": 1, "CON": 1},
    {"SOM": "A01 A02 A03", "PLY": "A02 A03 A01", "CON": ""},
)


def changed(allocation: Allocation, **new: AllocationLine | None) -> Allocation:
    """The allocation with some applicants' lines replaced, or left out."""
    return replace(
        allocation,
        lines=tuple(line for each in allocation.lines if (line := new.get(each.applicant, each)) is not None),
    )


def offer(applicant: str, council: str | None, choice: int = 1) -> AllocationLine:
    return AllocationLine(applicant, Outcome.OFFER, council, choice, None, "")


def reserve(applicant: str, position: int | None) -> AllocationLine:
    return AllocationLine(applicant, Outcome.RESERVE, None, None, position, "")


def faults_of(asked: AllocationProblem, allocation: Allocation) -> dict[str, list[tuple[str, str]]]:
    return {
        check.key: [(pair.applicant, pair.council) for pair in check.pairs]
        for check in checks_of(asked, allocation).checks
        if not check.kept
    }


def test_sound_allocations_break_no_check() -> None:
    for allocation in (allocate_by_merit(ASKED), allocate_by_council_lists(ASKED)):
        checks = checks_of(ASKED, allocation)
        assert (checks.all_kept, [check.key for check in checks.checks]) == (True, list(CATALOGUE))


def test_capacity_names_every_offer_of_an_overfull_council() -> None:
    spoiled = changed(allocate_by_merit(ASKED), A03=offer("A03", "PLY"), A04=reserve("A04", 1))
    assert faults_of(ASKED, spoiled) == {"capacity": [("A02", "PLY"), ("A03", "PLY")]}


def test_listed_only_names_an_offer_the_applicant_did_not_list() -> None:
    spoiled = changed(allocate_by_merit(ASKED), A04=offer("A04", "CON"))
    assert faults_of(ASKED, spoiled)["listed_only"] == [("A04", "CON")]


def test_listed_only_names_an_offer_with_another_choice_number() -> None:
    spoiled = changed(allocate_by_merit(ASKED), A02=offer("A02", "PLY", choice=1))
    assert [check.pairs for check in checks_of(ASKED, spoiled).checks if not check.kept] == [
        (OffendingPair("A02", "PLY", "PLY is choice 2, not choice 1."),)
    ]


def test_listed_only_names_an_offer_of_a_council_that_left_the_applicant_off() -> None:
    asked = problem(order("A01"), {"A01": "SOM"}, {"SOM": 1}, {"SOM": "A09"})
    assert faults_of(asked, Allocation((offer("A01", "SOM"),), "council_lists")) == {
        "listed_only": [("A01", "SOM")]
    }


def test_listed_only_names_an_offer_of_no_council() -> None:
    spoiled = changed(allocate_by_merit(ASKED), A04=offer("A04", None))
    assert faults_of(ASKED, spoiled)["listed_only"] == [("A04", "")]


def test_stability_names_the_applicant_passed_over_by_somebody_lower() -> None:
    spoiled = changed(allocate_by_merit(ASKED), A01=offer("A01", "PLY", 2), A02=offer("A02", "SOM", 1))
    assert [check.pairs for check in checks_of(ASKED, spoiled).checks if not check.kept] == [
        (OffendingPair("A01", "SOM", "SOM has an offer to A02, who is lower; A01 would rather have it."),)
    ]


def test_stability_names_a_free_place_that_somebody_would_rather_have() -> None:
    spoiled = changed(
        allocate_by_merit(ASKED), A02=reserve("A02", 1), A03=reserve("A03", 2), A04=reserve("A04", 3)
    )
    assert [check.pairs for check in checks_of(ASKED, spoiled).checks if not check.kept] == [
        (
            OffendingPair("A02", "PLY", "PLY has a place free that A02 would rather have."),
            OffendingPair("A03", "PLY", "PLY has a place free that A03 would rather have."),
        )
    ]


def test_stability_goes_by_the_councils_own_lists_under_that_rule() -> None:
    by_lists = problem(order("A01", "A02"), {"A01": "SOM", "A02": "SOM"}, {"SOM": 1}, {"SOM": "A02 A01"})
    lines = (offer("A01", "SOM"), reserve("A02", 1))
    assert faults_of(by_lists, Allocation(lines, "merit")) == {}
    assert faults_of(by_lists, Allocation(lines, "council_lists")) == {"stability": [("A02", "SOM")]}


def test_stability_does_not_set_those_who_share_a_rank_against_each_other() -> None:
    asked = problem(order("A01 A02"), {"A01": "SOM", "A02": "SOM"}, {"SOM": 1})
    assert faults_of(asked, Allocation((reserve("A01", 1), offer("A02", "SOM")), "merit")) == {}


def test_wrong_answer_of_the_tour_passes_over_exactly_one_applicant() -> None:
    """`assessment/README.md`: first choices first, then second choices."""
    asked = problem(
        order("A03", "A01", "A02"),
        {"A03": "SOM PLY", "A01": "SOM PLY", "A02": "PLY SOM"},
        {"SOM": 1, "PLY": 1},
    )
    first_choices_first = Allocation((offer("A03", "SOM"), reserve("A01", 1), offer("A02", "PLY")), "merit")
    by_merit = [
        (line.applicant, line.council, line.reserve_position) for line in allocate_by_merit(asked).lines
    ]
    assert faults_of(asked, first_choices_first) == {"stability": [("A01", "PLY")]}
    assert by_merit == [("A03", "SOM", None), ("A01", "PLY", None), ("A02", None, 1)]


def test_appointable_only_names_an_offer_to_somebody_without_a_rank() -> None:
    spoiled = changed(allocate_by_merit(ASKED), A05=offer("A05", "CON"))
    assert faults_of(ASKED, spoiled) == {"appointable_only": [("A05", "CON")]}


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (0, "A05 has 0 lines in the allocation and 1 in the order of merit."),
        (2, "A05 has 2 lines in the allocation and 1 in the order of merit."),
    ],
)
def test_everybody_once_names_somebody_left_out_or_there_twice(lines: int, why: str) -> None:
    whole = allocate_by_merit(ASKED)
    spoiled = replace(whole, lines=(*whole.lines[:-1], *[whole.lines[-1]] * lines))
    assert [check.pairs for check in checks_of(ASKED, spoiled).checks if not check.kept] == [
        (OffendingPair("A05", "", why),)
    ]


def test_reserve_in_order_names_those_out_of_order() -> None:
    spoiled = changed(allocate_by_merit(ASKED), A03=reserve("A03", 2), A04=reserve("A04", 1))
    assert [check.pairs for check in checks_of(ASKED, spoiled).checks if not check.kept] == [
        (
            OffendingPair("A03", "", "Reserve position 2; by order of merit it is 1."),
            OffendingPair("A04", "", "Reserve position 1; by order of merit it is 2."),
        )
    ]


def test_reserve_in_order_names_somebody_without_a_rank() -> None:
    spoiled = changed(allocate_by_merit(ASKED), A05=reserve("A05", 3))
    assert faults_of(ASKED, spoiled) == {"reserve_in_order": [("A05", "")]}
