"""The budget of a run: time for a first timetable, then just what was asked for."""

from __future__ import annotations

from scheduler.params import Params
from scheduler.solver.engine import FIRST_SECONDS, LEAST_SECONDS, Budget, with_later_seed


def test_budget_waits_for_a_first_timetable_and_then_keeps_to_its_limit() -> None:
    budget = Budget(Params(seconds=4, workers=1))
    assert budget.left == FIRST_SECONDS
    budget.spend(3)
    assert budget.left == FIRST_SECONDS - 3
    budget.settle()
    assert budget.left == 1
    budget.spend(5)
    assert budget.left == 0


def test_budget_allows_what_is_left_and_always_enough_to_begin() -> None:
    budget = Budget(Params(seconds=20, workers=1))
    assert (budget.at_most(5), budget.at_most(50)) == (5, 20)
    budget.spend(20)
    assert budget.at_most(5) == LEAST_SECONDS


def test_budget_of_one_worker_does_not_run_with_the_clock() -> None:
    budget = Budget(Params(seconds=20, workers=1))
    before = budget.elapsed
    while budget.elapsed == before:
        pass
    assert budget.left == 20


def test_later_seed_starts_again_after_the_highest() -> None:
    highest = Params(seed=2**31 - 1)
    assert [with_later_seed(highest, number).seed for number in (0, 1, 2)] == [2**31 - 1, 0, 1]
