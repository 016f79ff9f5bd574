"""What a repair makes least: applicants not kept, applicants in another session, people changed, minutes of
change, and then the campaign's own aims; in this order.

`scheduler.changes` and `scheduler.checks` measure the same on the timetable that comes out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ortools.sat.python import cp_model

from scheduler.changes import OTHER_SESSION_MINUTES
from scheduler.rules import tiers_of
from scheduler.solver.repair.variables import Literal, RepairVariables
from scheduler.solver.running_order.objective import idle_minutes
from scheduler.timetable import Role

Expression = cp_model.LinearExprT
Measure = Callable[[RepairVariables, cp_model.CpModel], tuple[Expression, int]]
# One weighted sum stands for the aims in order only as long as its figures stay exact in the solver.
LARGEST_SUM = 4 * 10**15


def unplaced(r: RepairVariables) -> Expression:
    """Applicants who cannot be kept."""
    return len(r.scenario.applicants) - sum(r.comes.values())


def elsewhere(r: RepairVariables) -> Expression:
    """Applicants who are kept, but in another session."""
    return sum(r.comes[alias.reference] for alias in r.scenario.aliases if alias.reference != alias.applicant)


def people_changed(r: RepairVariables) -> Expression:
    return sum(r.changed.values())


def minutes_of_change(r: RepairVariables, model: cp_model.CpModel) -> Expression:
    """Over applicants' rows, as `scheduler.changes.minutes_of_change` counts them."""
    terms: list[Expression] = []
    rows = {
        (row.person, row.exercise): row
        for found in r.scenario.history.left_rows.values()
        for row in found
        if row.role is Role.APPLICANT
    }
    for alias in r.scenario.aliases:
        v, a = r.order_of[alias.session], alias.reference
        for exercise in v.options.problem.exercises:
            if not r.scenario.is_left(alias, exercise.reference):
                continue
            if a != alias.applicant:
                terms.append(OTHER_SESSION_MINUTES * r.comes[a])
                continue
            row = rows[a, exercise.reference]
            moved = model.new_int_var(0, 24 * 60, f"{a} {exercise.reference} moves")
            later = v.start[a, exercise.reference] - row.start
            model.add(moved >= later).only_enforce_if(r.comes[a])
            model.add(moved >= -later).only_enforce_if(r.comes[a])
            model.add(moved == 0).only_enforce_if(r.changed[a].negated())
            terms.append(moved)
    return sum(terms)


def usual_aims(r: RepairVariables, model: cp_model.CpModel) -> Expression:
    """The campaign's aims in its order as one sum, and last that standby assessors come before others.

    An aim that a repair cannot touch adds nothing; the assessors' links are measured, not made least.
    """
    total: Expression = 0
    weight, scale = 1, 1
    for aim, most in reversed([*_aims(r, model), (_others_called_up(r), _seats(r))]):
        weight *= scale
        scale = most + 1
        if weight * scale > LARGEST_SUM:
            # What is left is of higher rank: it must not be lost, so the lower ones give way.
            total, weight = 0, 1
        total = total + weight * aim
    return total


def _aims(r: RepairVariables, model: cp_model.CpModel) -> list[tuple[Expression, int]]:
    """Each aim with the most it can be."""
    by_key: dict[str, Measure] = {
        "panel_half_days": _panel_half_days,
        "sessions_held": _sessions_held,
        "without_first_choice_member": _without_first_choice_member,
        "applicant_travel_minutes": _applicant_travel_minutes,
        "assessor_travel_minutes": _assessor_travel_minutes,
        "heaviest_load": _heaviest_load,
        "idle_minutes": _idle_minutes,
    }
    return [by_key[tier.key](r, model) for tier in tiers_of(r.scenario.history.problem) if tier.key in by_key]


def _panel_half_days(r: RepairVariables, model: cp_model.CpModel) -> tuple[Expression, int]:
    """Panels that have begun are there whether they go on or not."""
    begun = r.scenario.history.panels
    new = [works for (s, p), works in r.works.items() if (s, r.panel_name((s, p))) not in begun]
    return sum(new), len(new)


def _sessions_held(r: RepairVariables, model: cp_model.CpModel) -> tuple[Expression, int]:
    begun = {run.session for run in r.scenario.history.begun}
    held: list[Literal] = []
    for s in r.order_of:
        if s not in begun:
            held.append(model.new_bool_var(f"{s} is held"))
            for run in r.runs_of(s):
                model.add_implication(r.order_of[s].takes_place[run], held[-1])
    return sum(held), len(held)


def _without_first_choice_member(r: RepairVariables, model: cp_model.CpModel) -> tuple[Expression, int]:
    lacking = [lacks for v in r.orders for lacks in v.lacks_first_choice.values()]
    return sum(lacking), len(lacking)


def _applicant_travel_minutes(r: RepairVariables, model: cp_model.CpModel) -> tuple[Expression, int]:
    """Only of those who could go elsewhere: all others travel as they did."""
    problem = r.scenario.history.problem
    could = {alias.applicant for alias in r.scenario.aliases if alias.reference != alias.applicant}
    travel = [
        (r.comes[a.reference], problem.travel_of(a.applicant, problem.session_by_reference[a.session].venue))
        for a in r.scenario.aliases
        if a.applicant in could
    ]
    return sum(minutes * comes for comes, minutes in travel), sum(minutes for _, minutes in travel)


def _assessor_travel_minutes(r: RepairVariables, model: cp_model.CpModel) -> tuple[Expression, int]:
    problem = r.scenario.history.problem
    travel = [
        (sits, problem.travel_of(x, problem.session_by_reference[s].venue))
        for (x, s), sits in r.sits_in.items()
    ]
    longest = max((minutes for _, minutes in travel), default=0)
    return sum(minutes * sits for sits, minutes in travel), longest * _seats(r)


def _heaviest_load(r: RepairVariables, model: cp_model.CpModel) -> tuple[Expression, int]:
    problem = r.scenario.history.problem
    heaviest = model.new_int_var(0, 100, "heaviest load")
    for x in dict.fromkeys(x for x, _ in r.sits_in):
        fixed = r.scenario.rows_fixed(x)
        more = sum(sits for (y, s), sits in r.sits_in.items() if y == x and s not in fixed)
        most = problem.assessor_by_reference[x].half_days_max
        if most > 0:
            model.add(most * heaviest >= 100 * (more + len(fixed)))
    return heaviest, 100


def _idle_minutes(r: RepairVariables, model: cp_model.CpModel) -> tuple[Expression, int]:
    most = sum(
        r.scenario.history.problem.session_by_reference[alias.session].window.minutes
        for alias in r.scenario.aliases
    )
    return sum(idle_minutes(replace(v, model=model)) for v in r.orders), most


def _seats(r: RepairVariables) -> int:
    """Nobody can sit on more panels than there are seats."""
    return min(len(r.sits_in), r.scenario.history.problem.panel.size * len(r.works))


def _others_called_up(r: RepairVariables) -> Expression:
    """Assessors who are not on standby, in sessions in which they had nothing to do."""
    problem, rows = r.scenario.history.problem, r.scenario.history.old.by_person
    return sum(
        sits
        for (x, s), sits in r.sits_in.items()
        if not problem.assessor_by_reference[x].standby
        and not any(row.session == s for row in rows.get(x, []))
    )
