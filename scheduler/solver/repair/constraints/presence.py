"""When people are there: nothing starts before now, nobody works before they come or after they go."""

from __future__ import annotations

from ortools.sat.python import cp_model

from scheduler.solver.repair.variables import Literal, RepairVariables
from scheduler.solver.running_order.constraints.people import works_until

END_OF_DAY = 24 * 60


def nothing_starts_before_now(r: RepairVariables) -> None:
    """Nor before the session starts, where its start was moved."""
    now = r.scenario.history.disruption.now
    for v in r.orders:
        for run, takes_place in v.takes_place.items():
            session = r.scenario.history.problem.session_by_reference[run.session]
            v.model.add(v.run_start[run] >= now.earliest_start(session)).only_enforce_if(takes_place)


def people_are_there(r: RepairVariables) -> None:
    """Rule `person_attends_only_when_available`, within the day."""
    for v in r.orders:
        for (a, exercise), start in v.start.items():
            alias = r.alias_by_reference[a]
            if r.scenario.is_left(alias, exercise):
                _within(r, alias.applicant, alias.session, start, v.end[a, exercise], [v.comes[a]])
        for (player, run), plays in v.plays.items():
            _within(r, player, run.session, v.run_contact(run), works_until(v, run, player), [plays])
        for x, (s, p) in v.staffs:
            for run in r.panel_runs(s) if _is_bounded(r, x, s) else ():
                seen = [v.staffs[x, (s, p)], v.panel_of_run(run)[p], v.takes_place[run]]
                _within(r, x, s, v.run_contact(run), v.run_end(run), seen)
    for (g, s), leads in r.leads.items():
        v = r.order_of[s]
        for run in r.group_runs(s):
            _within(r, g, s, v.run_contact(run), v.run_end(run), [leads, v.takes_place[run]])
    for (i, a), interprets in r.interprets.items():
        alias = r.alias_by_reference[a]
        v = r.order_of[alias.session]
        for e in v.options.problem.exercises:
            if r.scenario.is_left(alias, e.reference):
                times = v.start[a, e.reference], v.end[a, e.reference]
                _within(r, i, alias.session, *times, [interprets])


def _is_bounded(r: RepairVariables, person: str, session: str) -> bool:
    problem = r.scenario.history.problem
    date = problem.session_by_reference[session].date
    late = r.scenario.history.force.earliest(problem, person, date)
    return late > 0 or r.scenario.latest(person, session) < END_OF_DAY


def _within(
    r: RepairVariables,
    person: str,
    session: str,
    start: cp_model.LinearExprT,
    end: cp_model.LinearExprT,
    present: list[Literal],
) -> None:
    if _is_bounded(r, person, session):
        r.model.add(start >= r.scenario.earliest(person, session)).only_enforce_if(present)
        r.model.add(end <= r.scenario.latest(person, session)).only_enforce_if(present)
