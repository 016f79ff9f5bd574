"""From a solved placement to the staffing of each session that is held."""

from __future__ import annotations

from scheduler.solver.engine import Answer
from scheduler.solver.placement.options import ApplicantClass
from scheduler.solver.placement.variables import Variables
from scheduler.solver.staffing import SessionStaffing


def staffing_of(v: Variables, answer: Answer) -> tuple[SessionStaffing, ...]:
    """One staffing for each session with anybody in it, in the order of the sessions table."""
    applicants_by_session = _applicants_by_session(v, answer)
    return tuple(
        _staffing(v, answer, session.reference, applicants_by_session[session.reference])
        for session in v.options.problem.sessions
        if applicants_by_session[session.reference]
    )


def _applicants_by_session(v: Variables, answer: Answer) -> dict[str, tuple[str, ...]]:
    """Who goes where, in the order of the applicants table: the numbers of each class dealt out to people."""
    going: dict[str, list[str]] = {s.reference: [] for s in v.options.problem.sessions}
    for k in v.options.classes:
        ready = _going_by_venue(v, answer, k)
        for session in v.options.problem.sessions:
            number = answer.of(v.attends[k.number, session.reference])
            people = ready[session.venue]
            going[session.reference].extend(people[:number])
            del people[:number]
    order = {a.reference: number for number, a in enumerate(v.options.problem.applicants)}
    return {s: tuple(sorted(people, key=order.__getitem__)) for s, people in going.items()}


def _going_by_venue(v: Variables, answer: Answer, k: ApplicantClass) -> dict[str, list[str]]:
    journeys = v.options.journeys_of(k)
    if len(journeys) == 1:
        left = [a.reference for a in k.members]
        return dict.fromkeys(v.options.venues, left)
    going: dict[str, list[str]] = {venue: [] for venue in v.options.venues}
    for j, alike in enumerate(journeys):
        people = [a.reference for a in alike]
        for venue in v.options.venues:
            number = answer.of(v.travels[k.number, j, venue])
            going[venue].extend(people[:number])
            del people[:number]
    return going


def _staffing(v: Variables, answer: Answer, s: str, applicants: tuple[str, ...]) -> SessionStaffing:
    groups = [g for (g, t), works in v.works.items() if t == s and answer.of(works)]
    return SessionStaffing(
        session=s,
        applicants=applicants,
        assessors=tuple(x.reference for x in v.options.assessors if answer.of(v.staffs[x.reference, s])),
        panels=answer.of(v.panels(s)),
        group=groups[0] if groups else None,
        role_players=tuple(r for (r, t), plays in v.plays.items() if t == s and answer.of(plays)),
        pair_by_applicant={
            a: tuple(i for (i, b, t), var in v.interprets.items() if (b, t) == (a, s) and answer.of(var))
            for a in v.options.interpreted
            if a in applicants
        },
        without_first_choice_max=sum(answer.of(n) for (t, _), n in v.lacking.items() if t == s),
    )
