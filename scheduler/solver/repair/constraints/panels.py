"""Rules about panels in a repair: told apart by name, they need not all work on, and may be joined by others.

A panel that has begun keeps those of its members who are there all day; the others may be replaced.
"""

from __future__ import annotations

from collections.abc import Callable

from scheduler.people import Assessor
from scheduler.solver.repair.scenario import PanelKey
from scheduler.solver.repair.variables import RepairVariables
from scheduler.solver.running_order.variables import Variables


def applicant_meets_one_panel(r: RepairVariables) -> None:
    """Whoever has an interview before them; and where one of several is done, the same panel again."""
    problem = r.scenario.history.problem
    if not problem.panel_exercises:
        return
    for v in r.orders:
        for session, applicant in v.options.applicants:
            a = applicant.reference
            alias = r.alias_by_reference[a]
            left = [e for e in problem.panel_exercises if r.scenario.is_left(alias, e.reference)]
            sits = [v.sits[a, (session, p)] for p in v.options.panels_of(session)]
            v.model.add(sum(sits) == (v.comes[a] if left else 0))
            if left and len(left) < len(problem.panel_exercises):
                for p in v.options.panels_of(session):
                    begun = r.scenario.history.panels.get((session, r.panel_name((session, p))))
                    if begun is None or alias.applicant not in begun.applicants:
                        v.model.add(v.sits[a, (session, p)] == 0)


def panel_keeps_its_members_and_room(r: RepairVariables) -> None:
    """One room each; and of what has begun, the room unless it is lost, the members unless they may go."""
    history = r.scenario.history
    for v, key in r.panels:
        rooms = r.rooms_of_panel(v, key)
        if rooms:
            v.model.add_exactly_one(v.panel_room[key, room] for room in rooms)
        else:
            v.model.add(r.works[key] == 0)
        begun = history.panels.get((key[0], r.panel_name(key)))
        if begun is None:
            continue
        if begun.room not in history.force.rooms_lost:
            if begun.room in rooms:
                v.model.add(v.panel_room[key, begun.room] == 1)
            else:
                v.model.add(r.works[key] == 0)
        for x in begun.members:
            if not r.scenario.may_be_replaced(x, key[0]):
                v.model.add(v.staffs.get((x, key), 0) >= r.works[key])


def assessor_sits_on_one_panel_a_session(r: RepairVariables) -> None:
    """At most one, and if they have begun, on the one where they did."""
    for v in r.orders:
        for staffing in v.options.staffing:
            s = staffing.session
            for x in staffing.assessors:
                if r.scenario.history.problem.panel_exercises:
                    sits = [v.staffs[x, (s, p)] for p in v.options.panels_of(s)]
                    v.model.add(sum(sits) == r.sits_in.get((x, s), 0))
    for v, key in r.panels:
        for x in _sat_elsewhere(r, key):
            if (x, key) in v.staffs:
                v.model.add(v.staffs[x, key] == 0)


def panel_has_its_full_size(r: RepairVariables) -> None:
    size = r.scenario.history.problem.panel.size
    for v, key in r.panels:
        v.model.add(sum(v.staffs[x, key] for x in _candidates(v, key)) == size * r.works[key])


def panel_has_lead_authority_members(r: RepairVariables) -> None:
    problem = r.scenario.history.problem
    _at_least(r, problem.panel.lead_members, lambda assessor: assessor.council == problem.lead_council)


def panel_has_safer_recruitment_training(r: RepairVariables) -> None:
    number = r.scenario.history.problem.panel.safer_recruitment_members
    _at_least(r, number, lambda assessor: assessor.safer_recruitment)


def panel_has_a_chair(r: RepairVariables) -> None:
    _at_least(r, r.scenario.history.problem.panel.chair_members, lambda assessor: assessor.chair)


def panel_has_lived_experience(r: RepairVariables) -> None:
    number = r.scenario.history.problem.panel.lived_experience_members
    _at_least(r, number, lambda assessor: assessor.lived_experience)


def panel_sees_at_most_its_number(r: RepairVariables) -> None:
    """Those it has seen count too. A panel works on exactly if it sees somebody; new ones in order."""
    history = r.scenario.history
    for v, key in r.panels:
        session, name = key[0], r.panel_name(key)
        people = v.options.staffing_by_session[session].applicants
        begun = history.panels.get((session, name))
        seen = [a for a in begun.applicants if not _is_left(r, a)] if begun is not None else []
        sits = [v.sits[a, key] for a in people]
        v.model.add(sum(sits) <= history.problem.panel.interviews_max - len(seen))
        v.model.add(sum(sits) >= r.works[key])
        for one in sits:
            v.model.add_implication(one, r.works[key])
    for _, (session, p) in r.panels:
        known = {row.panel for row in history.old.by_session.get(session, [])}
        names = r.scenario.panel_names[session]
        if p > 0 and names[p] not in known and names[p - 1] not in known:
            r.model.add_implication(r.works[session, p], r.works[session, p - 1])


def _is_left(r: RepairVariables, applicant: str) -> bool:
    """Whether this applicant still has an interview before them, and so sits in the model."""
    problem = r.scenario.history.problem
    known = r.alias_by_reference.get(applicant)
    return known is not None and any(r.scenario.is_left(known, e.reference) for e in problem.panel_exercises)


def _candidates(v: Variables, key: PanelKey) -> tuple[str, ...]:
    return v.options.staffing_by_session[key[0]].assessors


def _sat_elsewhere(r: RepairVariables, key: PanelKey) -> list[str]:
    """Whoever has begun on another panel of the session."""
    name = r.panel_name(key)
    return sorted(
        {
            row.person
            for run in r.scenario.history.begun
            for row in run.entries
            if run.session == key[0] and row.panel not in ("", name) and row.person in _assessors(r)
        }
    )


def _assessors(r: RepairVariables) -> dict[str, Assessor]:
    return r.scenario.history.problem.assessor_by_reference


def _at_least(r: RepairVariables, number: int, has: Callable[[Assessor], bool]) -> None:
    """Every panel that works has at least `number` members of whom `has` is true."""
    if number == 0:
        return
    for v, key in r.panels:
        count = sum(v.staffs[x, key] for x in _candidates(v, key) if has(_assessors(r)[x]))
        v.model.add(count >= number * r.works[key])
