"""The two halves of `schedule` asked one by one: is it ruled out already by counting, and if not, is there
quickly some timetable with everybody in it?

Only the placement and the running orders are used, no aims and no cuts; what this finds is what `schedule`
would find later. Once a run is asked to stop, nothing more is found. Everything that leans on how those two
are built is in this file.
"""

from __future__ import annotations

from dataclasses import replace

from ortools.sat.python import cp_model

from scheduler.checks import breaches_of
from scheduler.params import Params, Stop
from scheduler.problem import Problem
from scheduler.solver.engine import PLACEMENT, Budget, Stopped, solve
from scheduler.solver.placement.constraints import add_constraints
from scheduler.solver.placement.objective import unplaced
from scheduler.solver.placement.options import Options
from scheduler.solver.placement.solve import Placement
from scheduler.solver.placement.variables import build_variables
from scheduler.solver.rotations import rotations_of
from scheduler.solver.running_order.options import clusters
from scheduler.solver.running_order.solve import any_running_order
from scheduler.timetable import Entry, Timetable, timetable_of

# Nothing but who has a session is of interest here.
AIMS = ("unplaced",)


def ruled_out(
    problem: Problem, everybody: bool, params: Params, seconds: float, stop: Stop | None = None
) -> bool:
    """Whether the placement alone proves that not everybody (or nobody at all) can have a session."""
    v = build_variables(cp_model.CpModel(), Options(replace(problem, tiers=AIMS)))
    add_constraints(v)
    if everybody:
        v.model.add(unplaced(v) == 0)
    alone = _alone(params, seconds)
    try:
        return solve(v.model, alone, Budget(alone, stop), seconds, PLACEMENT).impossible
    except Stopped:
        return False


def some_timetable(
    problem: Problem, params: Params, seconds: float, stop: Stop | None = None
) -> Timetable | None:
    """A timetable without a breach with everybody in it, where the first placement found has one."""
    found = most_placed(problem, params, seconds, stop)
    return None if found is None or len(found[0].session_of_applicant) < len(problem.applicants) else found[0]


def most_placed(
    problem: Problem, params: Params, seconds: float, stop: Stop | None = None
) -> tuple[Timetable, int] | None:
    """A timetable without a breach, and the fewest applicants that any leaves without a session.

    None where the first placement found has no running order, or none was found.
    """
    try:
        return _most_placed(problem, params, seconds, stop)
    except Stopped:
        return None


def _most_placed(
    problem: Problem, params: Params, seconds: float, stop: Stop | None
) -> tuple[Timetable, int] | None:
    first, alone = replace(problem, tiers=AIMS), _alone(params, seconds)
    budget = Budget(alone, stop)
    placement = Placement(first, alone, budget)
    found = placement.improve(seconds)
    if found is None:
        return None
    by_session = {staffing.session: staffing for staffing in placement.staffing()}
    entries: list[Entry] = []
    for cluster in clusters(problem, list(by_session)):
        group = tuple(by_session[session] for session in cluster)
        order = any_running_order(problem, group, alone, budget, budget.at_most(seconds))
        if order.entries is None:
            return None
        entries += order.entries
    timetable = timetable_of(entries, rotations_of(problem, tuple(entries)))
    return None if breaches_of(problem, timetable) else (timetable, found.bound)


def _alone(params: Params, seconds: float) -> Params:
    """One worker: its strategy settles such things sooner than several that share two processors."""
    return replace(params, seconds=seconds, workers=1)
