"""Solve the running order of one cluster of sessions."""

from __future__ import annotations

from dataclasses import dataclass

from ortools.sat.python import cp_model

from scheduler.params import Params
from scheduler.problem import Problem
from scheduler.solver.engine import ANY_ORDER, BEST_ORDER, Answer, Budget, Sink, solve
from scheduler.solver.running_order.constraints import add_constraints
from scheduler.solver.running_order.extract import dropped_of, entries_of
from scheduler.solver.running_order.objective import dropped, idle_minutes
from scheduler.solver.running_order.options import Options
from scheduler.solver.running_order.variables import Variables, build_variables
from scheduler.solver.staffing import SessionStaffing
from scheduler.timetable import Entry


@dataclass(frozen=True)
class RunningOrder:
    """The rows of a cluster, or none where there is no sound order of times for these people.

    `impossible` is a proof, not a time-out. `idle_bound` holds for these people in these sessions;
    `dropped` are those left out, where that was allowed. `seconds` is the deterministic time spent.
    """

    staffing: tuple[SessionStaffing, ...]
    entries: tuple[Entry, ...] | None
    impossible: bool
    idle_minutes: int
    idle_bound: int
    dropped: tuple[str, ...]
    seconds: float


def any_running_order(
    problem: Problem, staffing: tuple[SessionStaffing, ...], params: Params, budget: Budget, seconds: float
) -> RunningOrder:
    """The first sound order found, with everybody in it."""
    v = _model(problem, staffing, may_drop=False)
    answer = solve(v.model, params, budget, seconds, ANY_ORDER)
    return _outcome(v, staffing, answer, 0)


def best_running_order(
    problem: Problem,
    staffing: tuple[SessionStaffing, ...],
    params: Params,
    budget: Budget,
    seconds: float,
    sink: Sink | None = None,
) -> RunningOrder:
    """A sound order with everybody in it and the least waiting found, with its bound."""
    v = _model(problem, staffing, may_drop=False)
    v.model.minimize(idle_minutes(v))
    answer = solve(v.model, params, budget, seconds, BEST_ORDER, sink)
    bound = max(0, answer.bound) if v.options.complete else 0
    return _outcome(v, staffing, answer, bound)


def largest_running_order(
    problem: Problem, staffing: tuple[SessionStaffing, ...], params: Params, budget: Budget, seconds: float
) -> RunningOrder:
    """A sound order with as few applicants left out as can be found: the last resort."""
    v = _model(problem, staffing, may_drop=True)
    v.model.minimize(dropped(v))
    answer = solve(v.model, params, budget, seconds, BEST_ORDER)
    return _outcome(v, staffing, answer, 0)


def _model(problem: Problem, staffing: tuple[SessionStaffing, ...], may_drop: bool) -> Variables:
    v = build_variables(cp_model.CpModel(), Options(problem, staffing, may_drop))
    add_constraints(v)
    return v


def _outcome(v: Variables, staffing: tuple[SessionStaffing, ...], answer: Answer, bound: int) -> RunningOrder:
    return RunningOrder(
        staffing=staffing,
        entries=entries_of(v, answer) if answer.found else None,
        # With too few runs on offer, "impossible" would only mean "impossible with so few".
        impossible=answer.impossible and v.options.complete,
        idle_minutes=answer.value,
        idle_bound=bound,
        dropped=dropped_of(v, answer) if answer.found else (),
        seconds=answer.seconds,
    )
