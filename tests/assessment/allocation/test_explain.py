"""What an applicant is told: every kind of outcome under both rules, and where a place may yet come free."""

from __future__ import annotations

from assessment.allocation.deferred_acceptance import allocate_by_council_lists
from assessment.allocation.merit import allocate_by_merit
from assessment.allocation.problem import AllocationProblem
from assessment.allocation.result import Allocation
from tests.assessment.builders import order, problem


def asked(choices: str, places: dict[str, int], lists: dict[str, str] | None = None) -> AllocationProblem:
    """A01 to A04 hold the places of SOM, PLY, CON and DOR where there are any; A05 has these choices."""
    others = {"A01": "SOM", "A02": "PLY", "A03": "CON", "A04": "DOR"}
    return problem(order("A01", "A02", "A03", "A04", "A05"), {**others, "A05": choices}, places, lists)


def last_why(allocation: Allocation) -> str:
    return allocation.lines[-1].why


FULL = {"SOM": 1, "PLY": 1, "CON": 1, "DOR": 1}


def test_offer_of_the_first_choice_says_no_more() -> None:
    assert last_why(allocate_by_merit(asked("TOR SOM", {**FULL, "TOR": 1}))) == (
        "Rank 5. Offered the first choice, TOR."
    )


def test_offer_names_the_higher_choices_that_may_yet_come_where_not_all_may() -> None:
    places = {"SOM": 1, "PLY": 1, "CON": 1, "DOR": 0, "TOR": 1}
    assert last_why(allocate_by_merit(asked("SOM DOR PLY CON TOR", places))) == (
        "Rank 5. The first choice, SOM, filled its last place at rank 1. The second choice, DOR, has no "
        "places. The third choice, PLY, filled its last place at rank 2. The fourth choice, CON, filled its "
        "last place at rank 3. Offered the fifth choice, TOR. Could move up to the first choice, SOM, the "
        "third choice, PLY, or the fourth choice, CON, if a place comes free."
    )


def test_offer_below_councils_that_can_never_take_the_applicant_holds_nothing_out() -> None:
    assert last_why(allocate_by_merit(asked("DOR TOR", {"DOR": 0, "TOR": 1}))) == (
        "Rank 5. The first choice, DOR, has no places. Offered the second choice, TOR."
    )


def test_offer_by_lists_holds_out_only_councils_with_the_applicant_on_their_list() -> None:
    lists = {"SOM": "A01", "PLY": "A02 A05", "TOR": "A05"}
    assert last_why(allocate_by_council_lists(asked("SOM PLY TOR", {**FULL, "TOR": 1}, lists))) == (
        "Rank 5. The first choice, SOM, did not put this applicant on its list. The second choice, PLY, "
        "filled its last place at number 1 of its own list; this applicant is number 2 on it. Offered the "
        "third choice, TOR. Could move up to the second choice, PLY, if a place comes free."
    )


def test_reserve_by_lists_names_where_a_place_may_come_free() -> None:
    lists = {"SOM": "A01 A05", "PLY": "A02", "CON": "A03 A05"}
    assert last_why(allocate_by_council_lists(asked("SOM PLY CON", FULL, lists))) == (
        "Rank 5. The first choice, SOM, filled its last place at number 1 of its own list; this applicant is "
        "number 2 on it. The second choice, PLY, did not put this applicant on its list. The third choice, "
        "CON, filled its last place at number 1 of its own list; this applicant is number 2 on it. On the "
        "reserve list for the first choice, SOM, or the third choice, CON."
    )


def test_not_placed_by_lists_says_what_is_in_the_way_at_each_council() -> None:
    lists = {"SOM": "A01", "PLY": "A02"}
    assert last_why(allocate_by_council_lists(asked("PLY TOR", {"SOM": 1, "PLY": 1, "TOR": 0}, lists))) == (
        "Rank 5. The first choice, PLY, did not put this applicant on its list. The second choice, TOR, has "
        "no places. Not placed."
    )
    assert last_why(allocate_by_council_lists(asked("", FULL, lists))) == (
        "Rank 5. No council was listed. Not placed."
    )
