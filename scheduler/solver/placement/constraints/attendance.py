"""Rules about who may be in which session."""

from __future__ import annotations

from collections.abc import Iterator

from ortools.sat.python import cp_model

from scheduler.people import Applicant
from scheduler.solver.placement.options import ApplicantClass
from scheduler.solver.placement.variables import Var, Variables


def applicant_attends_one_session(v: Variables) -> None:
    """At most one here: who has none is what tier 1 counts. A session is held if anybody attends."""
    sessions = v.options.problem.sessions
    for k in v.options.classes:
        v.model.add(sum(v.attends[k.number, s.reference] for s in sessions) <= len(k.members))
        journeys = v.options.journeys_of(k)
        if len(journeys) > 1:
            _travel_to_their_sessions(v, k, journeys)
    for (number, s), attends in v.attends.items():
        v.model.add(attends <= len(v.options.classes[number].members) * v.held[s])
    for s, held in v.held.items():
        v.model.add(v.attending(s) >= held)


def _travel_to_their_sessions(
    v: Variables, k: ApplicantClass, journeys: tuple[tuple[Applicant, ...], ...]
) -> None:
    """As many travel to a venue as attend its sessions, and nobody to two venues."""
    for j, alike in enumerate(journeys):
        v.model.add(sum(v.travels[k.number, j, venue] for venue in v.options.venues) <= len(alike))
    for venue in v.options.venues:
        there = sum(v.attends[k.number, s] for s in v.options.sessions_at(venue))
        v.model.add(sum(v.travels[k.number, j, venue] for j in range(len(journeys))) == there)


def person_attends_only_when_available(v: Variables) -> None:
    """A service-user group is there only if all its members are."""
    problem = v.options.problem
    for k, s, attends in _classes(v):
        if not all(problem.available(a.reference, s) for a in k.members):
            v.model.add(attends == 0)
    for person, s, present in _staff(v):
        group = problem.group_by_reference.get(person)
        people = (person, *(group.members if group else ()))
        if not all(problem.available(one, s) for one in people):
            v.model.add(present == 0)


def pins_are_kept(v: Variables) -> None:
    """A pinned applicant attends there or not at all; a pinned assessor sits there."""
    problem = v.options.problem
    for person, s, present in _staff(v):
        if (person, s) in problem.forbidden_pins:
            v.model.add(present == 0)
    for k, s, attends in _classes(v):
        pinned_elsewhere = any(p in k.references and t != s for p, t in problem.required_pins)
        if pinned_elsewhere or any((a, s) in problem.forbidden_pins for a in k.references):
            v.model.add(attends == 0)
    for person, s in sorted(problem.required_pins):
        if person in problem.applicant_by_reference:
            continue
        if (person, s) in v.staffs:
            v.model.add(v.staffs[person, s] == 1)
        else:
            # There is nothing for this person to do in any session, so the pin cannot be kept.
            v.model.add_bool_or([])


def person_is_in_one_session_at_a_time(v: Variables) -> None:
    _never_both(v, overlapping=True)


def person_works_at_one_venue_a_day(v: Variables) -> None:
    _never_both(v, overlapping=False)


def excluded_pair_never_meets(v: Variables) -> None:
    """Service-user groups and interpreters; an assessor too, where there is no second panel to sit on.

    And others have to be there who may see an applicant in an assessor's place: a full panel, with members
    of the lead authority and, unless it is lacking, of the first choice.
    """
    problem = v.options.problem
    for (g, s), works in v.works.items():
        for k in v.options.classes:
            if problem.excluded(k.members[0].reference, g):
                size = len(k.members)
                v.model.add(v.attends[k.number, s] + size * works <= size)
    for (i, a, _), interprets in v.interprets.items():
        if problem.excluded(a, i):
            v.model.add(interprets == 0)
    for k, s, attends in _classes(v):
        for person in v.options.excluded_from(k):
            if (person, s) in v.staffs:
                size = len(k.members)
                v.model.add(attends + size * v.staffs[person, s] <= size * v.panels(s))
        if any((person, s) in v.staffs for person in v.options.excluded_from(k)):
            _others_may_see(v, k, s, attends)


def _others_may_see(v: Variables, k: ApplicantClass, s: str, attends: Var) -> None:
    problem, rules, size = v.options.problem, v.options.problem.panel, len(k.members)
    others = [x for x in v.options.assessors if x.reference not in v.options.excluded_from(k)]

    def sitting(council: str) -> cp_model.LinearExprT:
        return sum(v.staffs[x.reference, s] for x in others if x.council == council)

    v.model.add(rules.size * attends <= size * sum(v.staffs[x.reference, s] for x in others))
    v.model.add(rules.lead_members * attends <= size * sitting(problem.lead_council))
    first = k.members[0].first_choice
    if first is not None and (s, first) in v.lacking:
        asked = rules.first_choice_members
        v.model.add(asked * attends <= size * (sitting(first) + asked * v.lacking[s, first]))


def _classes(v: Variables) -> Iterator[tuple[ApplicantClass, str, Var]]:
    for (k, s), attends in v.attends.items():
        yield v.options.classes[k], s, attends


def _staff(v: Variables) -> Iterator[tuple[str, str, Var]]:
    """Everybody on the staff who could be somewhere: (person, session, variable)."""
    for table in (v.staffs, v.works, v.plays):
        for (person, s), present in table.items():
            yield person, s, present
    for (i, _, s), interprets in v.interprets.items():
        yield i, s, interprets


def _never_both(v: Variables, overlapping: bool) -> None:
    """Staff are not in both of two sessions that overlap, or that are at two venues on one day."""
    presences: dict[str, dict[str, list[Var]]] = {}
    for person, s, present in _staff(v):
        presences.setdefault(person, {}).setdefault(s, []).append(present)
    for one, other in v.options.problem.session_clashes():
        if one.overlaps(other) is not overlapping:
            continue
        for by_session in presences.values():
            for first in by_session.get(one.reference, ()):
                for second in by_session.get(other.reference, ()):
                    v.model.add_at_most_one([first, second])
