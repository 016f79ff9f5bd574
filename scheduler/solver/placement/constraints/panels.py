"""Rules about interview panels, counted by councils."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from ortools.sat.python import cp_model

from scheduler.people import Assessor
from scheduler.problem import FirstChoiceRule
from scheduler.solver.placement.options import PanelColumn
from scheduler.solver.placement.variables import Variables


def session_has_no_more_panels_than_allowed(v: Variables) -> None:
    """Numbered panels go up to `panels_max` and are used in order, fuller ones first; mixes are counted."""
    for session in v.options.problem.sessions:
        s, columns = session.reference, v.options.columns_of(session.reference)
        v.model.add(v.panels(s) <= session.panels_max * v.held[s])
        for one, other in pairwise(columns):
            if one.mix is None:
                v.model.add(v.used[other.key] <= v.used[one.key])
                v.model.add(_seen(v, other) <= _seen(v, one))


def panel_sees_at_most_its_number(v: Variables) -> None:
    """Everybody in the session is seen by a panel; a panel that sees nobody is not used."""
    problem = v.options.problem
    if not problem.panel_exercises:
        return
    for session in problem.sessions:
        s, columns = session.reference, v.options.columns_of(session.reference)
        most = v.options.panel_capacity(session)
        for column in columns:
            v.model.add(_seen(v, column) <= most * v.used[column.key])
            v.model.add(_seen(v, column) >= v.used[column.key])
        v.model.add(sum(_seen(v, column) for column in columns) == v.attending(s))
        v.model.add(v.attending(s) <= most * v.panels(s))


def panel_has_its_full_size(v: Variables) -> None:
    """The members of all panels of a session are the assessors there, council by council."""
    size = v.options.problem.panel.size
    for column in v.options.columns:
        if column.mix is None:
            members = sum(v.members[*column.key, c] for c in v.options.problem.councils)
            v.model.add(members == size * v.used[column.key])
    if not v.options.problem.panel_exercises:
        return
    for session in v.options.problem.sessions:
        s = session.reference
        for c, assessors in v.options.by_council.items():
            seats = sum(v.members[*column.key, c] for column in v.options.columns_of(s))
            v.model.add(sum(v.staffs[x.reference, s] for x in assessors) == seats)


def panel_has_lead_authority_members(v: Variables) -> None:
    """Every mix has them."""
    problem = v.options.problem
    for column in v.options.columns:
        if column.mix is None:
            lead = v.members[*column.key, problem.lead_council]
            v.model.add(lead >= problem.panel.lead_members * v.used[column.key])


def panel_has_first_choice_members(v: Variables) -> None:
    """Panels serve a first choice with its members or not at all; what is left over is lacking."""
    rules = v.options.problem.panel
    for (s, n, c), serves in v.serves_choice.items():
        v.model.add(v.members[s, n, c] >= rules.first_choice_members * serves)
        v.model.add(v.sees[s, n, c] <= rules.interviews_max * serves)
    for (s, c), lacking in v.lacking.items():
        keys = [(*column.key, c) for column in v.options.columns_of(s)]
        served = sum(v.sees[key] for key in keys if key in v.sees)
        theirs = v.attending_with(s, c)
        v.model.add(served + lacking == theirs)
        if rules.first_choice_rule is FirstChoiceRule.HARD:
            v.model.add(lacking == 0)
        # Implied by the above, but the linear relaxation sees it only when told.
        sitting = sum(v.staffs[x.reference, s] for x in v.options.by_council[c])
        v.model.add(rules.first_choice_members * (theirs - lacking) <= rules.interviews_max * sitting)


def panel_is_not_one_councils_alone(v: Variables) -> None:
    """Each panel by its mix or by the limits of `members`; and so all panels of a session together."""
    problem = v.options.problem
    for session in problem.sessions:
        for assessors in v.options.by_council.values():
            sitting = sum(v.staffs[x.reference, session.reference] for x in assessors)
            v.model.add(sitting <= problem.panel.one_council_max * v.panels(session.reference))


def panel_has_safer_recruitment_training(v: Variables) -> None:
    _at_least(v, v.options.problem.panel.safer_recruitment_members, lambda x: x.safer_recruitment)


def panel_has_a_chair(v: Variables) -> None:
    _at_least(v, v.options.problem.panel.chair_members, lambda x: x.chair)


def panel_has_lived_experience(v: Variables) -> None:
    _at_least(v, v.options.problem.panel.lived_experience_members, lambda x: x.lived_experience)


def assessor_is_trained_for_the_exercise(v: Variables) -> None:
    """A panel sees its applicants in every panel exercise, so its members are trained for all of them."""
    needed = {exercise.reference for exercise in v.options.problem.panel_exercises}
    for (x, _), staffs in v.staffs.items():
        if not needed <= v.options.problem.assessor_by_reference[x].trained_for:
            v.model.add(staffs == 0)


def assessor_half_days_are_within_limit(v: Variables) -> None:
    """And no load is above the heaviest, which tier 7 lessens."""
    for assessor in v.options.assessors:
        worked = sum(v.staffs[assessor.reference, s.reference] for s in v.options.problem.sessions)
        v.model.add(worked <= assessor.half_days_max)
        v.model.add(100 * worked <= assessor.half_days_max * v.heaviest)


def standby_assessor_is_kept_in_reserve(v: Variables) -> None:
    for (x, _), staffs in v.staffs.items():
        if v.options.problem.assessor_by_reference[x].standby:
            v.model.add(staffs == 0)


def _seen(v: Variables, column: PanelColumn) -> cp_model.LinearExprT:
    keys = [(*column.key, c) for c in v.options.wanted]
    return v.sees_others[column.key] + sum(v.sees[key] for key in keys if key in v.sees)


def _at_least(v: Variables, number: int, has: Callable[[Assessor], bool]) -> None:
    if number == 0:
        return
    for session in v.options.problem.sessions:
        s = session.reference
        sitting = sum(v.staffs[x.reference, s] for x in v.options.assessors if has(x))
        v.model.add(sitting >= number * v.panels(s))
