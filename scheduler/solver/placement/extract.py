"""From a solved placement to the staffing of each session that is held."""

from __future__ import annotations

from scheduler.solver.engine import Answer
from scheduler.solver.placement.variables import Variables
from scheduler.solver.staffing import SessionStaffing


def staffing_of(v: Variables, answer: Answer) -> tuple[SessionStaffing, ...]:
    """One staffing for each session with anybody in it, in the order of the sessions table."""
    return tuple(
        _staffing(v, answer, session.reference)
        for session in v.options.problem.sessions
        if any(answer.of(v.attends[a.reference, session.reference]) for a in v.options.problem.applicants)
    )


def _staffing(v: Variables, answer: Answer, s: str) -> SessionStaffing:
    problem = v.options.problem
    applicants = tuple(a.reference for a in problem.applicants if answer.of(v.attends[a.reference, s]))
    groups = [g for (g, t), works in v.works.items() if t == s and answer.of(works)]
    return SessionStaffing(
        session=s,
        applicants=applicants,
        assessors=tuple(x.reference for x in v.options.assessors if answer.of(v.staffs[x.reference, s])),
        panels=sum(answer.of(used) for (t, _), used in v.used.items() if t == s),
        group=groups[0] if groups else None,
        role_players=tuple(r for (r, t), plays in v.plays.items() if t == s and answer.of(plays)),
        pair_by_applicant={
            a: tuple(i for (i, b, t), var in v.interprets.items() if (b, t) == (a, s) and answer.of(var))
            for a in v.options.interpreted
            if a in applicants
        },
        without_first_choice_max=sum(answer.of(n) for (t, _), n in v.lacking.items() if t == s),
    )
