"""Why a running order is impossible, put so that the placement can avoid it ever after.

First it is asked whether times alone are too tight, whoever the staff are: that is a cut for every session
of the same venue and times. If not, only these very people together are ruled out. Both are exact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from scheduler.params import Params
from scheduler.problem import Problem
from scheduler.programme import Session
from scheduler.solver.engine import Budget
from scheduler.solver.placement.options import StaffedSession, StaffingCut, TimingCut, need_of
from scheduler.solver.running_order.options import SessionStaffing
from scheduler.solver.running_order.solve import any_running_order

# A question that is not answered within this time is answered "it may be possible".
QUESTION_SECONDS = 4.0


def timing_cut_of(
    problem: Problem, staffing: SessionStaffing, params: Params, budget: Budget
) -> TimingCut | None:
    """The smallest number of these applicants found for whom the session has no time, or None.

    Run sizes are let down to 1 and every role player of the session may come, so that whatever is
    impossible here stays so with more people or with needier ones in their place.
    """
    relaxed = replace(problem, exercises=tuple(replace(e, group_min=1) for e in problem.exercises))
    people = list(staffing.applicants)
    if not _impossible(relaxed, staffing, people, params, budget):
        return None
    for applicant in staffing.applicants:
        fewer = [a for a in people if a != applicant]
        if budget.left > 0 and fewer and _impossible(relaxed, staffing, fewer, params, budget):
            people = fewer
    session = problem.session_by_reference[staffing.session]
    needs = Counter(need_of(problem, problem.applicant_by_reference[a], session.venue) for a in people)
    alike = tuple(s.reference for s in problem.sessions if _no_roomier(problem, s, session))
    return TimingCut(alike, staffing.panels, len(people), tuple(sorted(needs.items())))


def staffing_cut_of(staffing: Sequence[SessionStaffing]) -> StaffingCut:
    """These people, in these sessions, not together again."""
    return StaffingCut(
        tuple(
            StaffedSession(
                session=s.session,
                applicants=frozenset(s.applicants),
                assessors=frozenset(s.assessors),
                role_players=frozenset(s.role_players),
                group=s.group,
                lacking=s.without_first_choice_max,
            )
            for s in staffing
        )
    )


def _impossible(
    problem: Problem, staffing: SessionStaffing, people: Sequence[str], params: Params, budget: Budget
) -> bool:
    anonymous = replace(
        staffing,
        applicants=tuple(people),
        assessors=(),
        group=_roomiest_group(problem, staffing.session),
        role_players=_role_players(problem, staffing.session),
        pair_by_applicant={},
        without_first_choice_max=len(people),
        anonymous=True,
    )
    answer = any_running_order(problem, (anonymous,), params, budget, min(QUESTION_SECONDS, budget.left))
    budget.spend(answer.seconds)
    return answer.impossible


def _no_roomier(problem: Problem, other: Session, session: Session) -> bool:
    """Whether what does not fit into `session` cannot fit into `other` either."""
    return (
        other.venue == session.venue
        and session.window.minutes == other.window.minutes
        and session.window.start == other.window.start
        and set(_role_players(problem, other.reference)) <= set(_role_players(problem, session.reference))
        and _group_minutes(problem, other.reference) <= _group_minutes(problem, session.reference)
    )


def _role_players(problem: Problem, session: str) -> tuple[str, ...]:
    return tuple(r.reference for r in problem.role_players if problem.available(r.reference, session))


def _roomiest_group(problem: Problem, session: str) -> str | None:
    able = [g.reference for g in problem.service_user_groups if problem.available(g.reference, session)]
    return max(able, key=lambda g: _minutes_of(problem, g), default=None)


def _group_minutes(problem: Problem, session: str) -> int:
    group = _roomiest_group(problem, session)
    return 0 if group is None else _minutes_of(problem, group)


def _minutes_of(problem: Problem, group: str) -> int:
    limit = problem.group_by_reference[group].minutes_max
    return 24 * 60 if limit is None else limit
