"""Rules about who may be in which session."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.solver.placement.variables import Var, Variables


def applicant_attends_one_session(v: Variables) -> None:
    """At most one here: who has none is what tier 1 counts. A session is held if anybody attends."""
    for applicant in v.options.problem.applicants:
        sessions = [v.attends[applicant.reference, s.reference] for s in v.options.problem.sessions]
        v.model.add_at_most_one(sessions)
    for (_, s), attends in v.attends.items():
        v.model.add_implication(attends, v.held[s])
    for s, held in v.held.items():
        v.model.add(v.attending(s) >= held)


def person_attends_only_when_available(v: Variables) -> None:
    """A service-user group is there only if all its members are."""
    problem = v.options.problem
    for person, s, present in _presences(v):
        group = problem.group_by_reference.get(person)
        people = (person, *(group.members if group else ()))
        if not all(problem.available(one, s) for one in people):
            v.model.add(present == 0)


def pins_are_kept(v: Variables) -> None:
    """A pinned applicant attends there or not at all; a pinned assessor sits there."""
    problem = v.options.problem
    for person, s, present in _presences(v):
        if (person, s) in problem.forbidden_pins:
            v.model.add(present == 0)
    for person, s in sorted(problem.required_pins):
        if person in problem.applicant_by_reference:
            for session in problem.sessions:
                if session.reference != s:
                    v.model.add(v.attends[person, session.reference] == 0)
        elif (person, s) in v.staffs:
            v.model.add(v.staffs[person, s] == 1)
        else:
            # There is nothing for this person to do in any session, so the pin cannot be kept.
            v.model.add_bool_or([])


def person_is_in_one_session_at_a_time(v: Variables) -> None:
    _never_both(v, overlapping=True)


def person_works_at_one_venue_a_day(v: Variables) -> None:
    _never_both(v, overlapping=False)


def excluded_pair_never_meets(v: Variables) -> None:
    """Service-user groups and interpreters; an assessor too, where there is no second panel to sit on."""
    problem = v.options.problem
    for (g, s), works in v.works.items():
        for applicant in problem.applicants:
            if problem.excluded(applicant.reference, g):
                v.model.add(works + v.attends[applicant.reference, s] <= 1)
    for (i, a, _), interprets in v.interprets.items():
        if problem.excluded(a, i):
            v.model.add(interprets == 0)
    for a, person in sorted(problem.excluded_pairs):
        for session in problem.sessions:
            s = session.reference
            if (a, s) in v.attends and (person, s) in v.staffs:
                v.model.add(v.attends[a, s] + v.staffs[person, s] <= 1 + v.used.get((s, 1), 0))


def _presences(v: Variables) -> Iterator[tuple[str, str, Var]]:
    """Everybody who could be somewhere: (person, session, variable)."""
    for table in (v.attends, v.staffs, v.works, v.plays):
        for (person, s), present in table.items():
            yield person, s, present
    for (i, _, s), interprets in v.interprets.items():
        yield i, s, interprets


def _never_both(v: Variables, overlapping: bool) -> None:
    """Staff are not in both of two sessions that overlap, or that are at two venues on one day."""
    presences: dict[str, dict[str, list[Var]]] = {}
    for person, s, present in _presences(v):
        if person not in v.options.problem.applicant_by_reference:
            presences.setdefault(person, {}).setdefault(s, []).append(present)
    for one, other in v.options.problem.session_clashes():
        if one.overlaps(other) is not overlapping:
            continue
        for by_session in presences.values():
            for first in by_session.get(one.reference, ()):
                for second in by_session.get(other.reference, ()):
                    v.model.add_at_most_one([first, second])
