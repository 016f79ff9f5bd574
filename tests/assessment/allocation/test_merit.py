"""Allocation by merit against examples worked by hand, with every sentence."""

from __future__ import annotations

import pytest

from assessment.allocation.checks import checks_of
from assessment.allocation.merit import allocate_by_merit
from assessment.allocation.problem import AllocationProblem
from assessment.allocation.result import Allocation, AllocationLine, Outcome
from assessment.errors import PanelDecisionNeeded
from assessment.ranking import Appointable
from tests.assessment.builders import order, problem


def short(allocation: Allocation) -> list[tuple[str, str, str | int | None]]:
    return [
        (line.applicant, line.outcome.value, line.council or line.reserve_position)
        for line in allocation.lines
    ]


def test_allocation_by_merit_worked_by_hand() -> None:
    asked = problem(
        order(
            "A03",
            "A01",
            "A02",
            "A05",
            "A04",
            "A06",
            others={"A07": Appointable.NO, "A08": Appointable.UNRANKABLE},
        ),
        {
            "A01": "SOM PLY",
            "A02": "SOM PLY CON",
            "A03": "SOM",
            "A04": "PLY SOM",
            "A05": "SOM PLY TOR",
            "A06": "CON PLY",
            "A07": "SOM",
            "A08": "SOM",
        },
        {"SOM": 1, "PLY": 2, "CON": 1, "TOR": 0},
    )
    assert allocate_by_merit(asked) == Allocation(
        (
            AllocationLine("A03", Outcome.OFFER, "SOM", 1, None, "Rank 1. Offered the first choice, SOM."),
            AllocationLine(
                "A01",
                Outcome.OFFER,
                "PLY",
                2,
                None,
                "Rank 2. The first choice, SOM, filled its last place at rank 1. "
                "Offered the second choice, PLY. Could move up if a place comes free.",
            ),
            AllocationLine(
                "A02",
                Outcome.OFFER,
                "PLY",
                2,
                None,
                "Rank 3. The first choice, SOM, filled its last place at rank 1. "
                "Offered the second choice, PLY. Could move up if a place comes free.",
            ),
            AllocationLine(
                "A05",
                Outcome.RESERVE,
                None,
                None,
                1,
                "Rank 4. The first choice, SOM, filled its last place at rank 1. The second choice, PLY, "
                "filled its last place at rank 3. The third choice, TOR, has no places. "
                "On the reserve list for the first choice, SOM, or the second choice, PLY.",
            ),
            AllocationLine(
                "A04",
                Outcome.RESERVE,
                None,
                None,
                2,
                "Rank 5. The first choice, PLY, filled its last place at rank 3. The second choice, SOM, "
                "filled its last place at rank 1. On the reserve list.",
            ),
            AllocationLine("A06", Outcome.OFFER, "CON", 1, None, "Rank 6. Offered the first choice, CON."),
            AllocationLine("A07", Outcome.NOT_APPOINTABLE, None, None, None, "As judged."),
            AllocationLine("A08", Outcome.UNRANKABLE, None, None, None, "As judged."),
        ),
        "merit",
    )


def test_place_nobody_listed_stays_free() -> None:
    allocation = allocate_by_merit(
        problem(order("A01", "A02"), {"A01": "SOM", "A02": "SOM"}, {"SOM": 1, "PLY": 9})
    )
    assert short(allocation) == [("A01", "offer", "SOM"), ("A02", "reserve", 1)]


def test_nobody_whose_listed_councils_have_no_places_is_on_the_reserve_list() -> None:
    allocation = allocate_by_merit(
        problem(order("A01", "A02", "A03"), {"A01": "TOR", "A02": ""}, {"TOR": 0, "SOM": 5})
    )
    assert [(line.outcome, line.reserve_position, line.why) for line in allocation.lines] == [
        (Outcome.NOT_PLACED, None, "Rank 1. The first choice, TOR, has no places. Not placed."),
        (Outcome.NOT_PLACED, None, "Rank 2. No council was listed. Not placed."),
        (Outcome.NOT_PLACED, None, "Rank 3. No council was listed. Not placed."),
    ]


def test_applicant_for_panel_discussion_awaits_a_decision_and_takes_no_place() -> None:
    merit = order("A01", others={"A02": Appointable.PANEL_DISCUSSION})
    allocation = allocate_by_merit(problem(merit, {"A01": "SOM", "A02": "SOM"}, {"SOM": 2}))
    assert allocation.lines[1] == AllocationLine(
        "A02", Outcome.NOT_PLACED, None, None, None, "Awaits a named person's decision. As judged."
    )


def test_shared_rank_is_no_obstacle_where_there_are_places_for_all() -> None:
    allocation = allocate_by_merit(
        problem(order("A01 A02", "A03"), {"A01": "SOM", "A02": "PLY", "A03": "PLY SOM"}, {"SOM": 2, "PLY": 1})
    )
    assert short(allocation) == [("A01", "offer", "SOM"), ("A02", "offer", "PLY"), ("A03", "offer", "SOM")]


def test_shared_rank_that_decides_who_gets_the_last_place_is_refused() -> None:
    asked = problem(
        order("A01", "A02 A03"), {"A01": "SOM", "A02": "SOM PLY", "A03": "SOM PLY"}, {"SOM": 2, "PLY": 5}
    )
    with pytest.raises(PanelDecisionNeeded) as raised:
        allocate_by_merit(asked)
    assert (raised.value.rank, raised.value.applicants, raised.value.councils) == (
        2,
        ("A02", "A03"),
        ("SOM",),
    )
    assert raised.value.faults == (
        "A02, A03 share rank 2, and there are not enough places for all of them at SOM: "
        "the panel has to decide between them first.",
    )


def test_shared_rank_shares_the_reserve_position_and_the_next_is_skipped() -> None:
    everybody_wants_som = dict.fromkeys(["A01", "A02", "A03", "A04"], "SOM")
    asked = problem(order("A01", "A02 A03", "A04"), everybody_wants_som, {"SOM": 1})
    allocation = allocate_by_merit(asked)
    assert short(allocation) == [
        ("A01", "offer", "SOM"),
        ("A02", "reserve", 1),
        ("A03", "reserve", 1),
        ("A04", "reserve", 3),
    ]
    assert checks_of(asked, allocation).all_kept


def test_an_order_without_anybody_gives_an_allocation_without_anybody() -> None:
    asked: AllocationProblem = problem(order(), {}, {"SOM": 1})
    assert allocate_by_merit(asked) == Allocation((), "merit")
