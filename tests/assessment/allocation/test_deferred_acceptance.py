"""Deferred acceptance against examples worked by hand."""

from __future__ import annotations

import pytest

from assessment.allocation.deferred_acceptance import allocate_by_council_lists
from assessment.allocation.result import Allocation, AllocationLine, Outcome
from assessment.errors import CouncilListsInDoubt
from assessment.ranking import Appointable
from tests.assessment.builders import order, problem


def test_allocation_by_council_lists_worked_by_hand() -> None:
    # A01 and A02 ask SOM, which keeps A02; A01 asks PLY. A03 asks PLY, which prefers A03 and lets A01 go.
    # A04 asks SOM, which left A04 off its list, then PLY, which is full with somebody higher on its list.
    asked = problem(
        order("A01", "A02", "A03", "A04"),
        {"A01": "SOM PLY", "A02": "SOM PLY", "A03": "PLY SOM", "A04": "SOM PLY"},
        {"SOM": 1, "PLY": 1},
        {"SOM": "A02 A03 A01", "PLY": "A03 A01 A04"},
    )
    assert allocate_by_council_lists(asked) == Allocation(
        (
            AllocationLine(
                "A01",
                Outcome.RESERVE,
                None,
                None,
                1,
                "Rank 1. The first choice, SOM, filled its last place at number 1 of its own list; this "
                "applicant is number 3 on it. The second choice, PLY, filled its last place at number 1 of "
                "its own list; this applicant is number 2 on it. On the reserve list.",
            ),
            AllocationLine("A02", Outcome.OFFER, "SOM", 1, None, "Rank 2. Offered the first choice, SOM."),
            AllocationLine("A03", Outcome.OFFER, "PLY", 1, None, "Rank 3. Offered the first choice, PLY."),
            AllocationLine(
                "A04",
                Outcome.RESERVE,
                None,
                None,
                2,
                "Rank 4. The first choice, SOM, did not put this applicant on its list. "
                "The second choice, PLY, filled its last place at number 1 of its own list; this applicant "
                "is number 3 on it. On the reserve list for the second choice, PLY.",
            ),
        ),
        "council_lists",
    )


def test_applicants_get_the_best_of_two_stable_allocations() -> None:
    # Both (A01-SOM, A02-PLY) and (A01-PLY, A02-SOM) pass nobody over; the applicants prefer the first.
    asked = problem(
        order("A01", "A02"),
        {"A01": "SOM PLY", "A02": "PLY SOM"},
        {"SOM": 1, "PLY": 1},
        {"SOM": "A02 A01", "PLY": "A01 A02"},
    )
    assert [line.council for line in allocate_by_council_lists(asked).lines] == ["SOM", "PLY"]


def test_council_with_several_places_keeps_the_highest_on_its_list() -> None:
    asked = problem(
        order("A01", "A02", "A03"),
        dict.fromkeys(["A01", "A02", "A03"], "SOM"),
        {"SOM": 2},
        {"SOM": "A03 A02 A01"},
    )
    allocation = allocate_by_council_lists(asked)
    assert [line.council for line in allocation.lines] == [None, "SOM", "SOM"]
    assert allocation.lines[0].why == (
        "Rank 1. The first choice, SOM, filled its last place at number 2 of its own list; this applicant is "
        "number 3 on it. On the reserve list."
    )


def test_only_appointable_applicants_are_offered_a_place() -> None:
    merit = order("A01", others={"A02": Appointable.NO})
    asked = problem(merit, {"A01": "SOM", "A02": "SOM"}, {"SOM": 2}, {"SOM": "A02 A01"})
    assert [line.outcome for line in allocate_by_council_lists(asked).lines] == [
        Outcome.OFFER,
        Outcome.NOT_APPOINTABLE,
    ]


def test_council_without_a_list_takes_nobody_and_is_pointed_out() -> None:
    asked = problem(order("A01"), {"A01": "PLY"}, {"SOM": 1, "PLY": 3, "TOR": 0}, {"SOM": "A01"})
    assert allocate_by_council_lists(asked) == Allocation(
        (
            AllocationLine(
                "A01",
                Outcome.NOT_PLACED,
                None,
                None,
                None,
                "Rank 1. The first choice, PLY, did not put this applicant on its list. Not placed.",
            ),
        ),
        "council_lists",
        ("Have places but gave no list, so nobody is offered one: PLY.",),
    )


@pytest.mark.parametrize("lists", [None, {}])
def test_rule_without_any_list_is_refused(lists: dict[str, str] | None) -> None:
    with pytest.raises(CouncilListsInDoubt, match="there are no council lists"):
        allocate_by_council_lists(problem(order("A01"), {"A01": "SOM"}, {"SOM": 1}, lists))


def test_lists_that_name_somebody_twice_are_all_refused() -> None:
    lists = {"SOM": "A01 A02 A01", "PLY": "A01", "CON": "A02 A02"}
    with pytest.raises(CouncilListsInDoubt) as raised:
        allocate_by_council_lists(problem(order("A01", "A02"), {}, {"SOM": 1}, lists))
    assert raised.value.faults == (
        "The list of SOM names somebody more than once.",
        "The list of CON names somebody more than once.",
    )
