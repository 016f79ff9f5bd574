"""The tiers that a placement decides, in their order: tiers 1 to 7 of the catalogue."""

from __future__ import annotations

from ortools.sat.python import cp_model

from scheduler.solver.placement.variables import Variables


def unplaced(v: Variables) -> cp_model.LinearExprT:
    return len(v.options.problem.applicants) - sum(v.attends.values())


def panel_half_days(v: Variables) -> cp_model.LinearExprT:
    return sum(v.used.values())


def sessions_held(v: Variables) -> cp_model.LinearExprT:
    return sum(v.held.values())


def without_first_choice_member(v: Variables) -> cp_model.LinearExprT:
    return sum(v.lacking.values())


def applicant_travel_minutes(v: Variables) -> cp_model.LinearExprT:
    return _travel(v, v.attends)


def assessor_travel_minutes(v: Variables) -> cp_model.LinearExprT:
    return _travel(v, v.staffs)


def heaviest_load(v: Variables) -> cp_model.LinearExprT:
    return v.heaviest


TIERS = (
    unplaced,
    panel_half_days,
    sessions_held,
    without_first_choice_member,
    applicant_travel_minutes,
    assessor_travel_minutes,
    heaviest_load,
)


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


def _travel(v: Variables, presences: dict[tuple[str, str], cp_model.IntVar]) -> cp_model.LinearExprT:
    problem = v.options.problem
    return sum(
        problem.travel_of(person, problem.session_by_reference[s].venue) * present
        for (person, s), present in presences.items()
    )
