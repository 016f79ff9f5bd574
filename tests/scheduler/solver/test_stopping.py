"""A run that somebody stops ends with the best it has: a sound timetable, bounds that are true, no more."""

from __future__ import annotations

from dataclasses import replace

from scheduler.changes import difference
from scheduler.checks import breaches_of, tier_values
from scheduler.disruption import Disruption, Moment
from scheduler.params import Params, Stop
from scheduler.problem import Problem
from scheduler.result import STOPPED_TOO_SOON, Progress, Result, Status, Unplaced
from scheduler.rules import tiers_of
from scheduler.solver.engine import Budget
from scheduler.solver.explain.explain import explain
from scheduler.solver.repair.door import repair
from scheduler.solver.schedule import schedule
from scheduler.timetable import timetable_of
from tests.builders import at, tiny_problem, tiny_timetable, with_changes
from tests.scheduler.solver.random_campaigns import random_problem

LONG = Params(seconds=600, workers=2)


def asked() -> Stop:
    stop = Stop()
    stop.ask()
    return stop


def stopped_at_the_first_timetable(problem: Problem, params: Params) -> Result:
    stop = Stop()
    last = tiers_of(problem)[-1].key

    def watch(progress: Progress) -> None:
        # The last tier is told without a bound only where a whole timetable is in hand.
        if progress.tier == last and progress.value is not None and progress.bound is None:
            stop.ask()

    return schedule(problem, params, watch, stop)


def harder_problem() -> Problem:
    """One that two workers do not settle at once: many applicants alike in three long sessions."""
    problem = tiny_problem()
    wide = with_changes(problem, "exercises", "round", group_max=4)
    return replace(
        wide,
        applicants=tuple(
            replace(problem.applicants[n % 2], reference=f"A{n}", choices=("SOM",)) for n in range(1, 9)
        ),
    )


def test_budget_of_a_stopped_run_has_nothing_left() -> None:
    stop = Stop()
    budget = Budget(Params(seconds=20, workers=1), stop)
    before = (budget.left, budget.stopped)
    stop.ask()
    assert (before, budget.left, budget.stopped) == ((20, False), 0.0, True)


def test_schedule_stopped_at_the_first_timetable_keeps_it() -> None:
    problem = harder_problem()
    for workers in (1, 2):
        result = stopped_at_the_first_timetable(problem, replace(LONG, workers=workers))
        measured = tier_values(problem, result.timetable)
        assert breaches_of(problem, result.timetable) == []
        assert result.first_complete_seconds is not None
        assert {t.name: t.value for t in result.objective} == measured
        assert all(t.bound <= t.value for t in result.objective)


def test_schedule_stopped_before_it_began_has_nobody_placed() -> None:
    problem = tiny_problem()
    result = schedule(problem, LONG, stop=asked())
    assert (result.status, result.timetable, result.first_complete_seconds) == (
        Status.FEASIBLE,
        timetable_of([]),
        None,
    )
    assert result.unplaced == tuple(Unplaced(a.reference, STOPPED_TOO_SOON) for a in problem.applicants)
    assert [t.bound for t in result.objective if t.name == "unplaced"] == [0]


def test_schedule_that_nobody_stops_is_the_same_with_and_without_the_word() -> None:
    problem, params = random_problem(2), Params(seconds=3, workers=1, seed=3)
    without, with_word = schedule(problem, params), schedule(problem, params, stop=Stop())
    assert (without.timetable, without.objective) == (with_word.timetable, with_word.objective)


def test_explain_stopped_at_once_has_no_reason_for_anybody() -> None:
    problem = with_changes(tiny_problem(), "assessors", "B1", standby=True)
    explanation = explain(problem, LONG, stop=asked())
    assert {(case.reasons, case.ways_out, case.fallback) for case in explanation.cases} == {
        ((), (), STOPPED_TOO_SOON)
    }
    assert sorted(explanation.unplaced) == ["A1", "A2", "A3", "A4"]


def test_repair_stopped_at_once_is_sound_all_the_same() -> None:
    problem, old = tiny_problem(), tiny_timetable()
    session = problem.session_by_reference["S1"]
    told = Disruption(Moment(session.date, at("08:00")), absent=("B1",))
    repaired = repair(problem, old, told, params=LONG, stop=asked())
    assert breaches_of(problem, repaired.result.timetable, repairs=repaired.repairs) == []
    assert repaired.changes == difference(old, repaired.result.timetable)
