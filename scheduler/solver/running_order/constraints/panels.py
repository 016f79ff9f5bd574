"""Rules about interview panels: who sits on them and whom they see."""

from __future__ import annotations

from collections.abc import Callable

from scheduler.people import Assessor
from scheduler.problem import FirstChoiceRule
from scheduler.solver.running_order.variables import PanelKey, Variables


def applicant_meets_one_panel(v: Variables) -> None:
    """Panels without named members are alike: they are numbered by the first applicant they see."""
    if not v.options.problem.panel_exercises:
        return
    for staffing in v.options.staffing:
        for i, a in enumerate(staffing.applicants if staffing.anonymous else ()):
            for p in range(1, staffing.panels):
                earlier = sum(v.sits[b, (staffing.session, p - 1)] for b in staffing.applicants[:i])
                v.model.add(v.sits[a, (staffing.session, p)] <= earlier)
    for session, applicant in v.options.applicants:
        a = applicant.reference
        panels = [v.sits[a, (session, p)] for p in v.options.panels_of(session)]
        v.model.add(sum(panels) == v.comes[a])


def panel_keeps_its_members_and_room(v: Variables) -> None:
    """Members belong to a panel, not to a run; where rooms are chosen, a panel has exactly one."""
    for key in v.options.panels:
        rooms = [held for (panel, _), held in v.panel_room.items() if panel == key]
        if rooms:
            v.model.add_exactly_one(rooms)


def assessor_sits_on_one_panel_a_session(v: Variables) -> None:
    """Everybody placed in the session sits; panels are numbered by their first member."""
    for staffing in v.options.staffing:
        for i, x in enumerate(staffing.assessors):
            v.model.add_exactly_one(v.staffs[x, (staffing.session, p)] for p in range(staffing.panels))
            for p in range(1, staffing.panels):
                earlier = staffing.assessors[:i]
                v.model.add(
                    v.staffs[x, (staffing.session, p)]
                    <= sum(v.staffs[other, (staffing.session, p - 1)] for other in earlier)
                )


def panel_has_its_full_size(v: Variables) -> None:
    size = v.options.problem.panel.size
    for key in _named_panels(v):
        v.model.add(sum(v.staffs[x, key] for x in _members(v, key)) == size)


def panel_has_lead_authority_members(v: Variables) -> None:
    lead = v.options.problem.lead_council
    _at_least(v, v.options.problem.panel.lead_members, lambda assessor: assessor.council == lead)


def panel_has_first_choice_members(v: Variables) -> None:
    """Hard: always. Soft: where it lacks, `lacks_first_choice` says so, up to what tier 4 left."""
    problem = v.options.problem
    rule, asked = problem.panel.first_choice_rule, problem.panel.first_choice_members
    if rule is FirstChoiceRule.OFF or not problem.panel_exercises:
        return
    for session, applicant in v.options.applicants:
        a, council = applicant.reference, applicant.first_choice
        if council is None:
            continue
        if rule is FirstChoiceRule.HARD:
            v.model.add(v.lacks_first_choice[a] == 0)
        for p in v.options.panels_of(session):
            key = (session, p)
            if key not in _named_panels(v):
                continue
            theirs = [x for x in _members(v, key) if problem.assessor_by_reference[x].council == council]
            enough = sum(v.staffs[x, key] for x in theirs) + asked * v.lacks_first_choice[a] >= asked
            v.model.add(enough).only_enforce_if(v.sits[a, key])
    for staffing in v.options.staffing:
        lacking = sum(v.lacks_first_choice[a] for a in staffing.applicants)
        v.model.add(lacking <= staffing.without_first_choice_max)


def panel_is_not_one_councils_alone(v: Variables) -> None:
    problem = v.options.problem
    for key in _named_panels(v):
        for council in problem.councils:
            theirs = [x for x in _members(v, key) if problem.assessor_by_reference[x].council == council]
            v.model.add(sum(v.staffs[x, key] for x in theirs) <= problem.panel.one_council_max)


def panel_has_safer_recruitment_training(v: Variables) -> None:
    _at_least(
        v, v.options.problem.panel.safer_recruitment_members, lambda assessor: assessor.safer_recruitment
    )


def panel_has_a_chair(v: Variables) -> None:
    _at_least(v, v.options.problem.panel.chair_members, lambda assessor: assessor.chair)


def panel_has_lived_experience(v: Variables) -> None:
    _at_least(v, v.options.problem.panel.lived_experience_members, lambda assessor: assessor.lived_experience)


def panel_sees_at_most_its_number(v: Variables) -> None:
    """And at least one, or it would not be a panel of the session; unless applicants may be dropped."""
    if not v.options.problem.panel_exercises:
        return
    for session, p in v.options.panels:
        seen = sum(v.sits[a, (session, p)] for a in v.options.staffing_by_session[session].applicants)
        v.model.add(seen <= v.options.problem.panel.interviews_max)
        staffing = v.options.staffing_by_session[session]
        if not (v.options.may_drop or staffing.anonymous or staffing.may_have_more):
            v.model.add(seen >= 1)


def _named_panels(v: Variables) -> list[PanelKey]:
    return [(s, p) for s, p in v.options.panels if not v.options.staffing_by_session[s].anonymous]


def _members(v: Variables, key: PanelKey) -> tuple[str, ...]:
    return v.options.staffing_by_session[key[0]].assessors


def _at_least(v: Variables, number: int, has: Callable[[Assessor], bool]) -> None:
    """Every panel has at least `number` members of whom `has` is true."""
    if number == 0:
        return
    by_reference = v.options.problem.assessor_by_reference
    for key in _named_panels(v):
        v.model.add(sum(v.staffs[x, key] for x in _members(v, key) if has(by_reference[x])) >= number)
