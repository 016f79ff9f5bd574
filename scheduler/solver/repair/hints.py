"""A timetable as a first guess for the solver: the old one, or a repair in which nobody's times move."""

from __future__ import annotations

from ortools.sat.python import cp_model

from scheduler.solver.repair.changed import OldRun, old_runs
from scheduler.solver.repair.history import History
from scheduler.solver.repair.variables import Literal, RepairVariables
from scheduler.solver.running_order.options import Run
from scheduler.timetable import Role, Sitting


def add_hints(r: RepairVariables, likely: History) -> None:
    """Of the choices, what the `likely` timetable says is hinted true, and all others false.

    Likely are all times as they were, or a repair that has been found already.
    """
    true: set[int] = set()
    numbers: dict[tuple[str, str], int] = {}
    for run, sitting in sorted(old_runs(r, likely), key=lambda pair: (pair[0].start, pair[1].reference)):
        if run.session in r.order_of:
            _say(true, *_choices_of(r, run, sitting, numbers))
    kept = set(likely.applicants)
    _say(true, *(r.comes.get(a) for a in r.scenario.applicants if a in kept))
    for literal in _choices(r):
        r.model.add_hint(literal, literal.index in true)


def _say(true: set[int], *literals: Literal | None) -> None:
    true.update(literal.index for literal in literals if literal is not None)


def _choices(r: RepairVariables) -> list[Literal]:
    found = [*r.leads.values(), *r.interprets.values(), *r.sits_in.values(), *r.works.values()]
    found += r.comes.values()
    for v in r.orders:
        for table in (v.sits, v.staffs, v.joins, v.plays, v.in_room, v.panel_room):
            found += table.values()
        found += (v.takes_place[run] for run in v.options.shared_runs)
    return found


def _choices_of(
    r: RepairVariables, run: OldRun, sitting: Sitting, numbers: dict[tuple[str, str], int]
) -> list[Literal | None]:
    """What one old run says. Shared runs are numbered in order of their start, as the model has them."""
    s, v = run.session, r.order_of[run.session]
    people = [a for a in run.applicants if a in r.scenario.applicants]
    found: list[Literal | None] = []
    for a in people:
        v.model.add_hint(v.start[a, run.exercise], run.start)
        found += [r.interprets.get((i, a)) for i in r.scenario.history.pair_of(a, begun=False)]
    if not people:
        return found
    if run.panel in r.scenario.panel_names[s]:
        key = (s, r.scenario.panel_names[s].index(run.panel))
        found += [v.panel_room.get((key, run.room)), r.works.get(key)]
        found += [v.sits.get((a, key)) for a in people]
        for row in sitting.of(Role.ASSESSOR):
            found += [v.staffs.get((row.person, key)), r.sits_in.get((row.person, s))]
    as_now = _run_of(r, run, people, numbers)
    if as_now is not None:
        if as_now.applicant is None:
            start = v.run_start[as_now]
            if isinstance(start, cp_model.IntVar):
                v.model.add_hint(start, run.start)
            found += [v.takes_place[as_now], *(v.joins.get((a, as_now)) for a in people)]
        found.append(v.in_room.get((as_now, run.room)))
        found += [v.plays.get((row.person, as_now)) for row in sitting.of(Role.ROLE_PLAYER)]
    return found + [r.leads.get((row.person, s)) for row in sitting.of(Role.SERVICE_USER_GROUP)]


def _run_of(
    r: RepairVariables, run: OldRun, people: list[str], numbers: dict[tuple[str, str], int]
) -> Run | None:
    if not r.scenario.history.problem.exercise_by_reference[run.exercise].is_shared:
        return Run(run.session, run.exercise, people[0], 0)
    shared = r.order_of[run.session].options.shared_runs_of(run.session, run.exercise)
    number = numbers[run.session, run.exercise] = numbers.get((run.session, run.exercise), -1) + 1
    return shared[number] if number < len(shared) else None
