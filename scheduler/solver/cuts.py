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
from scheduler.solver.least_idle import least_idle_minutes
from scheduler.solver.placement.options import StaffedSession, StaffingCut, TimingCut, need_of
from scheduler.solver.running_order.solve import RunningOrder, any_running_order, best_running_order
from scheduler.solver.staffing import SessionStaffing

# A question that is not answered within this time is answered "it may be possible".
QUESTION_SECONDS = 4.0
QUESTION_SHARE = 0.05


def timing_cut_of(
    problem: Problem, staffing: SessionStaffing, params: Params, budget: Budget
) -> TimingCut | None:
    """The smallest number of these applicants found for whom the session has no time, or None.

    Run sizes are let down to 1, nobody is kept from anybody and every role player of the session may come,
    so that whatever is impossible here stays so with more people or with others of the same needs.
    """
    relaxed = replace(_without_least_sizes(problem), interests=())
    people = list(staffing.applicants)
    if not _impossible(relaxed, staffing, people, params, budget):
        if any(e.group_min > 1 for e in problem.exercises):
            strict = replace(problem, interests=())
            if _impossible(strict, staffing, people, params, budget):
                return _timing_cut(problem, staffing, people, exactly=True)
        return None
    for applicant in staffing.applicants:
        fewer = [a for a in people if a != applicant]
        if budget.left > 0 and fewer and _impossible(relaxed, staffing, fewer, params, budget):
            people = fewer
    return _timing_cut(problem, staffing, people, exactly=False)


def _timing_cut(
    problem: Problem, staffing: SessionStaffing, people: Sequence[str], exactly: bool
) -> TimingCut:
    session = problem.session_by_reference[staffing.session]
    needs = Counter(need_of(problem, problem.applicant_by_reference[a], session.venue) for a in people)
    alike = tuple(s.reference for s in problem.sessions if _no_roomier(problem, s, session))
    harder = _needier_is_harder(problem) and not exactly
    return TimingCut(alike, staffing.panels, harder, tuple(sorted(needs.items())), exactly)


def staffing_cut_of(
    problem: Problem, staffing: Sequence[SessionStaffing], params: Params, budget: Budget
) -> StaffingCut:
    """These staff and, of the applicants, a smallest number found that does not go with them."""
    relaxed = _without_least_sizes(problem)
    # What is not part of the reason must not be a way out: it would be gone round one by one.
    any_player = [replace(s, role_players=_role_players(problem, s.session)) for s in staffing]
    if _still_impossible(relaxed, any_player, params, budget):
        staffing = any_player
    any_choice = [replace(s, without_first_choice_max=len(problem.applicants)) for s in staffing]
    if _still_impossible(relaxed, any_choice, params, budget):
        staffing = any_choice
    smallest, everybody_needed = list(staffing), not _still_impossible(relaxed, staffing, params, budget)
    if everybody_needed and _none(problem, any_player, params, budget):
        return _cut(any_player, everybody_needed)
    for number, session in enumerate(() if everybody_needed else staffing):
        for applicant in session.applicants:
            fewer = list(smallest)
            left = tuple(a for a in smallest[number].applicants if a != applicant)
            fewer[number] = replace(smallest[number], applicants=left)
            if budget.left > 0 and _still_impossible(relaxed, fewer, params, budget):
                smallest = fewer
    return _cut(smallest, everybody_needed)


def waiting_cuts_of(
    problem: Problem, order: RunningOrder, params: Params, budget: Budget
) -> tuple[list[TimingCut], list[StaffingCut]]:
    """Why the applicants of this order wait longer than each would alone: so far as that is proven.

    If they would whoever the staff were, that holds in every session alike; the rest only with these staff.
    """
    alone = [_alone(problem, staffing) for staffing in order.staffing]
    if order.idle_bound <= sum(alone):
        return [], []
    timing: list[TimingCut] = []
    explained = 0
    for staffing, least in zip(order.staffing, alone, strict=True):
        people = staffing.applicants
        relaxed = replace(problem, interests=())
        anonymous = _anonymous(relaxed, staffing, people)
        seconds = budget.at_most(min(QUESTION_SECONDS, budget.left * QUESTION_SHARE))
        answer = best_running_order(relaxed, (anonymous,), params, budget, seconds)
        budget.spend(answer.seconds)
        if answer.idle_bound > least:
            more = answer.idle_bound - least
            cut = _timing_cut(problem, staffing, people, exactly=True)
            timing.append(replace(cut, waits_minutes=more))
            explained += more
    if explained >= order.idle_bound - sum(alone):
        return timing, []
    staffed = _cut(order.staffing, everybody=True)
    return timing, [replace(staffed, waits_minutes=order.idle_bound - sum(alone))]


def _alone(problem: Problem, staffing: SessionStaffing) -> int:
    session = problem.session_by_reference[staffing.session]
    people = (problem.applicant_by_reference[a] for a in staffing.applicants)
    return sum(least_idle_minutes(problem, applicant, session) for applicant in people)


def exact_cut_of(staffing: Sequence[SessionStaffing]) -> StaffingCut:
    """Just these people, in these sessions, not again."""
    return _cut(staffing, everybody=True)


def assessors_cut_of(problem: Problem, staffing: Sequence[SessionStaffing]) -> StaffingCut:
    """Just these assessors in these sessions not again, whoever the others are."""
    everybody = StaffedSession(
        session="",
        applicants=frozenset(),
        assessors=frozenset(),
        role_players=frozenset(r.reference for r in problem.role_players),
        interpreters=frozenset(
            (i.reference, a.reference) for i in problem.interpreters for a in problem.applicants
        ),
        group=None,
        lacking=len(problem.applicants),
    )
    return StaffingCut(
        tuple(replace(everybody, session=s.session, assessors=frozenset(s.assessors)) for s in staffing),
        everybody=False,
    )


def _cut(staffing: Sequence[SessionStaffing], everybody: bool) -> StaffingCut:
    return StaffingCut(
        tuple(
            StaffedSession(
                session=s.session,
                applicants=frozenset(s.applicants),
                assessors=frozenset(s.assessors),
                role_players=frozenset(s.role_players),
                interpreters=frozenset((i, a) for a, pair in s.pair_by_applicant.items() for i in pair),
                group=s.group,
                lacking=s.without_first_choice_max,
            )
            for s in staffing
        ),
        everybody,
    )


def _still_impossible(
    problem: Problem, staffing: Sequence[SessionStaffing], params: Params, budget: Budget
) -> bool:
    """Whether these staff have no running order with at least these applicants: others may be with them."""
    open_panels = tuple(replace(s, may_have_more=True, pair_by_applicant={}) for s in staffing)
    return _none(problem, open_panels, params, budget)


def _none(problem: Problem, staffing: Sequence[SessionStaffing], params: Params, budget: Budget) -> bool:
    """Whether it is proven, in the time that one question has, that there is no running order."""
    seconds = budget.at_most(min(QUESTION_SECONDS, budget.left * QUESTION_SHARE))
    answer = any_running_order(problem, tuple(staffing), params, budget, seconds)
    budget.spend(answer.seconds)
    return answer.impossible


def _without_least_sizes(problem: Problem) -> Problem:
    """With a least size, leaving somebody out could make a running order impossible; without, never."""
    return replace(problem, exercises=tuple(replace(e, group_min=1) for e in problem.exercises))


def _needier_is_harder(problem: Problem) -> bool:
    """Whether somebody without needs could always take the place of somebody with some.

    Not where extra time in one exercise moves the time by which another must start.
    """
    by_reference = problem.exercise_by_reference
    return not any(
        e.within_minutes is not None and e.after is not None and by_reference[e.after].extra_time
        for e in problem.exercises
    )


def _impossible(
    problem: Problem, staffing: SessionStaffing, people: Sequence[str], params: Params, budget: Budget
) -> bool:
    return _none(problem, (_anonymous(problem, staffing, people),), params, budget)


def _anonymous(problem: Problem, staffing: SessionStaffing, people: Sequence[str]) -> SessionStaffing:
    """The same session for these people, with whichever staff there could be."""
    return replace(
        staffing,
        applicants=tuple(people),
        assessors=(),
        group=_roomiest_group(problem, staffing.session),
        role_players=_role_players(problem, staffing.session),
        pair_by_applicant={},
        without_first_choice_max=len(people),
        anonymous=True,
    )


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
