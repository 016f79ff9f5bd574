"""The exact optima against exhaustive search, and what a comparison says about each allocation."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from assessment.allocation.compare import (
    Aim,
    Compared,
    PassedOver,
    compare,
    optimum,
    play,
    settled_at_once,
)
from assessment.allocation.merit import places_by_merit
from assessment.allocation.problem import AllocationProblem, AllocationRule
from assessment.errors import CannotAssess, CouncilListsInDoubt, PanelDecisionNeeded
from tests.assessment.allocation.markets import every_way, random_market
from tests.assessment.builders import order, problem

MERIT, COUNCIL_LISTS = AllocationRule.MERIT, AllocationRule.COUNCIL_LISTS

# The tour's wrong answer (`assessment/README.md`): most first choices would pass A01 over at PLY.
TOUR = problem(
    order("A03", "A01", "A02"),
    {"A03": "SOM PLY", "A01": "SOM PLY", "A02": "PLY SOM"},
    {"SOM": 1, "PLY": 1},
)


def by_search(asked: AllocationProblem, rule: AllocationRule, aim: Aim) -> dict[str, str]:
    """The best for the aim of all there are; of those, for the councils' lists; then in order of merit."""

    def worth(held: dict[str, str]) -> tuple[list[int], int, list[int]]:
        numbers = [
            asked.choices_of(each).index(held[each]) + 1 if each in held else 99
            for each in asked.rank_by_applicant
        ]
        given = [number for number in numbers if number < 99]
        by_aim = {
            Aim.MOST_PLACES: [-len(given)],
            Aim.MOST_FIRST_CHOICES: [-given.count(1), -len(given)],
            Aim.BEST_WORST_CHOICE: [-len(given), max(given, default=0)],
        }
        by_lists = held.items() if rule is COUNCIL_LISTS else ()
        positions = [asked.positions_by_council[council][each] for each, council in by_lists]
        return by_aim[aim], sum(positions), numbers

    return min(every_way(asked, rule), key=worth)


@pytest.mark.parametrize("aim", Aim)
def test_optimum_equals_exhaustive_search_on_200_tiny_markets(aim: Aim) -> None:
    for seed in range(200):
        asked = random_market(seed, applicants_max=5, councils_max=3, places_max=2)
        for rule in AllocationRule:
            found = optimum(asked, rule, aim)
            assert (seed, rule, found) == (seed, rule, by_search(asked, rule, aim))


def test_optimum_is_the_same_however_few_are_settled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = random_market(7, applicants_max=60, councils_max=5, places_max=6)
    whole = [optimum(asked, MERIT, aim) for aim in Aim]
    monkeypatch.setattr("assessment.allocation.compare.COST_MAX", 10**7)
    assert [optimum(asked, MERIT, aim) for aim in Aim] == whole


def test_costs_stay_within_what_the_solver_counts_in() -> None:
    options = {"A01": {"SOM": 1, "PLY": 4}}
    prices = {"A01": {None: 88, "SOM": 0, "PLY": 87}}
    settled = settled_at_once(options, prices, nodes=93)
    assert settled > 10
    assert 89 * 6**settled * 95 <= 2**60 < 89 * 6 ** (settled + 1) * 95


def test_more_applicants_than_the_solver_can_count_are_refused() -> None:
    with pytest.raises(CannotAssess, match="too many to find an exact optimum"):
        settled_at_once({"A01": {}}, {"A01": {None: 10**12}}, nodes=10**6)


def test_by_council_lists_those_highest_on_the_lists_are_taken_where_the_aim_leaves_a_choice() -> None:
    asked = problem(
        order("A01", "A02", "A03"),
        {"A01": "SOM", "A02": "SOM", "A03": "PLY SOM"},
        {"SOM": 1, "PLY": 0},
        {"SOM": "A03 A02 A01", "PLY": ""},
    )
    own, _, most_places, first_choices, _ = compare(asked, COUNCIL_LISTS)
    assert (own.council_by_applicant, own.first_choices) == ({"A03": "SOM"}, 0)
    assert most_places.council_by_applicant == {"A03": "SOM"}
    assert first_choices.council_by_applicant == {"A02": "SOM"}
    assert first_choices.passed_over == (PassedOver("A03", "SOM", 2, "A02"),)


def test_most_first_choices_of_the_tour_pass_one_applicant_over() -> None:
    own, most_places, first_choices, worst_choice = compare(TOUR, MERIT)
    assert own == Compared("merit", {"A03": "SOM", "A01": "PLY"}, (1, 1), 1, ())
    assert most_places == replace(own, way="most_places")
    assert first_choices == Compared(
        "most_first_choices",
        {"A03": "SOM", "A02": "PLY"},
        (2, 0),
        1,
        (PassedOver("A01", "PLY", 2, "A02"),),
    )
    assert worst_choice == replace(first_choices, way="best_worst_choice")


def test_most_places_are_filled_at_the_cost_of_somebody_higher() -> None:
    # By merit A01 takes the one place that A02 could have had, and CON stays empty.
    asked = problem(order("A01", "A02"), {"A01": "SOM CON", "A02": "SOM"}, {"SOM": 1, "CON": 1})
    own, most_places, *_ = compare(asked, MERIT)
    assert (own.filled, own.council_by_applicant) == (1, {"A01": "SOM"})
    assert most_places == Compared(
        "most_places", {"A01": "CON", "A02": "SOM"}, (1, 1), 0, (PassedOver("A01", "SOM", 1, "A02"),)
    )


def test_best_worst_choice_spares_everybody_the_third_choice() -> None:
    asked = problem(
        order("A01", "A02", "A03"),
        {"A01": "SOM PLY", "A02": "PLY CON", "A03": "SOM PLY CON"},
        {"SOM": 1, "PLY": 1, "CON": 1},
    )
    own, _, _, worst_choice = compare(asked, MERIT)
    assert (own.choices_given, own.worst_choice) == ((2, 0, 1), 3)
    assert (worst_choice.council_by_applicant, worst_choice.worst_choice) == (
        {"A01": "SOM", "A02": "CON", "A03": "PLY"},
        2,
    )
    assert worst_choice.passed_over == (PassedOver("A02", "PLY", 1, "A03"),)


def test_council_lists_stand_beside_merit_and_bound_the_optima() -> None:
    asked = problem(
        order("A01", "A02"),
        {"A01": "SOM", "A02": "SOM PLY"},
        {"SOM": 1, "PLY": 1},
        {"SOM": "A02 A01", "PLY": ""},
    )
    compared = compare(asked, COUNCIL_LISTS)
    assert [each.way for each in compared] == ["council_lists", "merit", *Aim]
    assert [each.council_by_applicant for each in compared] == [
        {"A02": "SOM"},
        {"A01": "SOM", "A02": "PLY"},
        {"A02": "SOM"},
        {"A02": "SOM"},
        {"A02": "SOM"},
    ]
    assert [each.passed_over for each in compared] == [()] * 5
    assert [each.way for each in compare(asked, MERIT)] == ["merit", "council_lists", *Aim]


def test_optimum_is_the_rules_own_allocation_where_that_is_as_good() -> None:
    """Two allocations fill both places; by the councils' lists only one passes nobody over."""
    asked = problem(
        order("A01", "A02"),
        {"A01": "SOM PLY", "A02": "SOM PLY"},
        {"SOM": 1, "PLY": 1},
        {"SOM": "A02 A01", "PLY": "A02 A01"},
    )
    compared = compare(asked, COUNCIL_LISTS)
    assert {each.way: each.passed_over for each in compared} == dict.fromkeys(
        ["council_lists", "merit", *Aim], ()
    )
    assert optimum(asked, MERIT, Aim.MOST_PLACES) == {"A01": "SOM", "A02": "PLY"}


def test_comparison_stops_where_the_rules_stop() -> None:
    tied = problem(order("A01 A02"), {"A01": "SOM", "A02": "SOM"}, {"SOM": 1})
    with pytest.raises(PanelDecisionNeeded):
        compare(tied, MERIT)
    with pytest.raises(CouncilListsInDoubt):
        compare(TOUR, COUNCIL_LISTS)


def test_nobody_appointable_fills_nothing() -> None:
    empty = problem(order(), {"A01": "SOM"}, {"SOM": 1})
    assert compare(empty, MERIT) == tuple(Compared(way, {}, (0,), 0, ()) for way in ("merit", *Aim))


def test_play_draws_another_order_each_time_and_the_same_ones_again() -> None:
    everybody = ["A01", "A02", "A03"]
    plays = list(play(TOUR, MERIT, everybody, Fraction(1), plays=20, seed=3))
    assert plays == list(play(TOUR, MERIT, everybody, Fraction(1), plays=20, seed=3))
    assert plays != list(play(TOUR, MERIT, everybody, Fraction(1), plays=20, seed=4))
    first_to_choose = {next(iter(own.council_by_applicant)) for own, *_ in plays}
    assert first_to_choose == set(everybody)
    assert {own.unplaced for own, *_ in plays} == {1}


@pytest.mark.parametrize(("share", "taken"), [("1", 3), ("1/2", 2), ("1/3", 1)])
def test_play_takes_a_share_as_appointable(share: str, taken: int) -> None:
    for own, *_ in play(TOUR, MERIT, ["A01", "A02", "A03"], Fraction(share), plays=5, seed=0):
        assert own.filled + own.unplaced == taken


def test_plays_do_not_look_at_the_real_order() -> None:
    otherwise = replace(TOUR, order=order("A01", others={}))
    everybody = ["A01", "A02", "A03"]
    assert list(play(TOUR, MERIT, everybody, Fraction(1), 5, 0)) == list(
        play(otherwise, MERIT, everybody, Fraction(1), 5, 0)
    )


def test_under_merit_the_optimum_is_the_rules_own_wherever_that_is_as_good() -> None:
    """The optimum goes by the order of merit where its aim leaves a choice, so it cannot be any other."""
    for seed in range(100):
        asked = replace(random_market(seed, 40, 5, 6), council_lists=None)
        best = {each.way: each.council_by_applicant for each in compare(asked, MERIT)}
        assert best == {"merit": places_by_merit(asked)} | {aim: optimum(asked, MERIT, aim) for aim in Aim}
