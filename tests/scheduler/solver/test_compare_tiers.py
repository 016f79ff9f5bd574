"""What the comparison with the exhaustive search tells: nothing where all is well, and every fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from scheduler.params import Params
from scheduler.result import Status, TierOutcome
from scheduler.solver.schedule import schedule
from scheduler.timetable import timetable_of
from tests.scheduler.solver.compare_tiers import disagreements
from tests.scheduler.solver.exhaustive_tiers import optimum_of
from tests.scheduler.solver.random_campaigns import tiny_problem_of

PROBLEM = tiny_problem_of(4)


def told_with(change: Callable[[TierOutcome], TierOutcome]) -> list[str]:
    """What is told when the solver's word on waiting, 30 minutes and proven, is changed."""
    result = schedule(PROBLEM, Params(seconds=20, workers=1))
    objective = tuple(change(tier) if tier.name == "idle_minutes" else tier for tier in result.objective)
    return list(disagreements(PROBLEM, replace(result, objective=objective), optimum_of(PROBLEM)))


def test_nothing_is_told_where_solver_and_search_agree() -> None:
    assert told_with(lambda tier: tier) == []


def test_missed_value_is_told() -> None:
    assert told_with(lambda tier: replace(tier, value=40)) == ["idle_minutes: 40 found, least is 30"]


def test_missing_proof_is_told() -> None:
    assert told_with(lambda tier: replace(tier, bound=0, proven=False)) == [
        "idle_minutes: 30 is least, but not proven"
    ]


def test_bound_above_the_least_is_told() -> None:
    assert told_with(lambda tier: replace(tier, bound=31)) == ["idle_minutes: WRONG BOUND 31, least is 30"]


def test_answer_where_there_is_none_is_told() -> None:
    result = schedule(PROBLEM, Params(seconds=20, workers=1))
    assert list(disagreements(PROBLEM, result, None)) == ["optimal, but no timetable keeps the pins"]
    assert list(disagreements(PROBLEM, replace(result, status=Status.INFEASIBLE), None)) == []


def test_faults_of_the_search_itself_are_told() -> None:
    """Its timetable goes through the checks too."""
    optimum = optimum_of(PROBLEM)
    assert optimum is not None
    result = schedule(PROBLEM, Params(seconds=20, workers=1))
    nobody = replace(optimum, timetable=timetable_of([]))
    assert next(disagreements(PROBLEM, result, nobody)) == (
        "unplaced: the checks measure 4 where the search says 2"
    )
    rows = replace(optimum, timetable=timetable_of(optimum.timetable.entries[1:]))
    assert next(disagreements(PROBLEM, result, rows)) == (
        "the checks find a breach in the timetable of the exhaustive search"
    )
