"""The aims that a placement decides, or bounds: tiers 1 to 8 of the catalogue, in the campaign's own order.

How much applicants wait is known for sure only when running orders are there; until then it is a lower bound.
"""

from __future__ import annotations

from collections.abc import Callable

from ortools.sat.python import cp_model

from scheduler.problem import Problem
from scheduler.rules import tiers_of
from scheduler.solver.least_idle import least_idle_minutes
from scheduler.solver.placement.variables import Variables

Aim = Callable[[Variables], cp_model.LinearExprT]


def unplaced(v: Variables) -> cp_model.LinearExprT:
    return len(v.options.problem.applicants) - sum(v.attends.values())


def panel_half_days(v: Variables) -> cp_model.LinearExprT:
    return sum(v.used.values())


def sessions_held(v: Variables) -> cp_model.LinearExprT:
    return sum(v.held.values())


def without_first_choice_member(v: Variables) -> cp_model.LinearExprT:
    return sum(v.lacking.values())


def applicant_travel_minutes(v: Variables) -> cp_model.LinearExprT:
    """Summed over those of each class with one journey; a class with only one needs no further variable."""
    options, problem = v.options, v.options.problem
    minutes: list[cp_model.LinearExprT] = []
    for k in options.classes:
        journeys = options.journeys_of(k)
        for j, alike in enumerate(journeys):
            for venue in options.venues:
                if len(journeys) > 1:
                    going: cp_model.LinearExprT = v.travels[k.number, j, venue]
                else:
                    going = sum(v.attends[k.number, s] for s in options.sessions_at(venue))
                minutes.append(problem.travel_of(alike[0].reference, venue) * going)
    return sum(minutes)


def assessor_travel_minutes(v: Variables) -> cp_model.LinearExprT:
    problem = v.options.problem
    return sum(
        problem.travel_of(x, problem.session_by_reference[s].venue) * staffs
        for (x, s), staffs in v.staffs.items()
    )


def heaviest_load(v: Variables) -> cp_model.LinearExprT:
    return v.heaviest


def idle_minutes(v: Variables) -> cp_model.LinearExprT:
    """At least this: what each applicant would wait alone, and what running orders have shown besides."""
    problem = v.options.problem
    alone = sum(
        least_idle_minutes(problem, v.options.classes[k].members[0], problem.session_by_reference[s])
        * attends
        for (k, s), attends in v.attends.items()
    )
    return alone + sum(v.waits.values())


AIMS = (
    unplaced,
    panel_half_days,
    sessions_held,
    without_first_choice_member,
    applicant_travel_minutes,
    assessor_travel_minutes,
    heaviest_load,
    idle_minutes,
)
AIM_BY_TIER = {aim.__name__: aim for aim in AIMS}


def aims_of(problem: Problem) -> tuple[Aim, ...]:
    """The aims of this campaign that a placement decides, in the campaign's order."""
    return tuple(AIM_BY_TIER[tier.key] for tier in tiers_of(problem) if tier.key in AIM_BY_TIER)


def role_players_short(v: Variables) -> cp_model.LinearExprT:
    """No tier: panels side by side with fewer role players are hard to time; summed over sessions."""
    short: list[cp_model.LinearExprT] = []
    for session in v.options.problem.sessions:
        s = session.reference
        missing = v.model.new_int_var(0, session.panels_max, f"role players short {s}")
        on_hand = sum(plays for (_, t), plays in v.plays.items() if t == s)
        v.model.add(missing >= v.panels(s) - on_hand)
        short.append(missing)
    return sum(short)
