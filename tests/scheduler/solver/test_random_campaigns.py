"""Laws of any answer, on small campaigns drawn from fifty seeds; some of them ask for more than there is."""

from __future__ import annotations

import pytest

from scheduler.checks import breaches_of, tier_values
from scheduler.params import Params
from scheduler.problem import Problem
from scheduler.result import Result, Status
from scheduler.rules import TIERS
from scheduler.solver.schedule import schedule
from tests.scheduler.solver.random_campaigns import random_problem

SEEDS = range(50)


@pytest.mark.parametrize("seed", SEEDS)
def test_schedule_keeps_its_promises(seed: int) -> None:
    problem = random_problem(seed)
    result = schedule(problem, Params(seconds=2, workers=1 + seed % 2))
    assert_sound(problem, result)
    assert_values_are_measured(problem, result)
    assert_bounds_are_bounds(result)
    assert_reasons_for_the_unplaced_alone(problem, result)


def test_seeds_hold_campaigns_of_all_three_outcomes() -> None:
    """Or the fifty would say less than they seem to."""
    shares = {unplaced_share(random_problem(seed)) for seed in (0, 2, 3)}
    assert shares == {"all", "some", "nobody"}


def assert_sound(problem: Problem, result: Result) -> None:
    if result.status is Status.INFEASIBLE:
        assert result.timetable.entries == ()
    else:
        assert breaches_of(problem, result.timetable) == []


def assert_values_are_measured(problem: Problem, result: Result) -> None:
    assert [outcome.name for outcome in result.objective] == [tier.key for tier in TIERS]
    assert {outcome.name: outcome.value for outcome in result.objective} == tier_values(
        problem, result.timetable
    )


def assert_bounds_are_bounds(result: Result) -> None:
    assert [o for o in result.objective if o.bound > o.value] == []
    assert [o for o in result.objective if o.proven and o.bound != o.value] == []
    all_proven = all(outcome.proven for outcome in result.objective)
    if result.status is not Status.INFEASIBLE:
        assert (result.status is Status.OPTIMAL) == all_proven


def assert_reasons_for_the_unplaced_alone(problem: Problem, result: Result) -> None:
    placed = result.timetable.session_of_applicant
    missing = [a.reference for a in problem.applicants if a.reference not in placed]
    assert [unplaced.applicant for unplaced in result.unplaced] == missing
    assert [unplaced for unplaced in result.unplaced if not unplaced.reason] == []


def unplaced_share(problem: Problem) -> str:
    placed = len(schedule(problem, Params(seconds=2, workers=1)).timetable.session_of_applicant)
    if placed == len(problem.applicants):
        return "all"
    return "some" if placed else "nobody"
