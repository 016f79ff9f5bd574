"""Where fewer panels can work than are planned, session by session: who is free, and what rooms there are.

Such a limit need not keep anybody out: other sessions may have room. What cannot be enough over the whole
campaign is in `shortages.py`. A session's planned panels are its `panels_max`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.capacity.supply import Need, may_work, needs_of
from scheduler.problem import Problem
from scheduler.programme import ExerciseKind, Session


@dataclass(frozen=True, slots=True)
class SessionLimit:
    """For the `panels` planned in `sessions`, `wanted` of something are needed and `free` can be had.

    `one` and `many` name it. Several sessions are such that nobody can work in two of them.
    """

    sessions: tuple[str, ...]
    panels: int
    one: str
    many: str
    wanted: int
    free: int


def session_limits_of(problem: Problem) -> list[SessionLimit]:
    """Every limit of single sessions; and of two that clash, where each alone has enough."""
    if not problem.panel_exercises:
        return []
    limits: list[SessionLimit] = []
    for session in problem.sessions:
        limits += [_staff_limit(problem, (session,), need) for need in needs_of(problem)]
        limits.append(_room_limit(problem, session))
    short = [limit for limit in limits if limit.wanted > limit.free]
    return [*short, *_clash_limits(problem, short)]


def _clash_limits(problem: Problem, short: list[SessionLimit]) -> Iterator[SessionLimit]:
    """Nobody works at two venues on one day, or in two sessions at once."""
    alone = {(limit.sessions[0], limit.many) for limit in short}
    for one, other in problem.session_clashes():
        for need in needs_of(problem):
            if not {(one.reference, need.many), (other.reference, need.many)} & alone:
                limit = _staff_limit(problem, (one, other), need)
                if limit.wanted > limit.free:
                    yield limit


def _staff_limit(problem: Problem, sessions: tuple[Session, ...], need: Need) -> SessionLimit:
    panels = sum(session.panels_max for session in sessions)
    free = sum(
        1
        for assessor in problem.assessors
        if need.counts(assessor)
        and assessor.half_days_max > 0
        and any(may_work(problem, assessor, session) for session in sessions)
    )
    references = tuple(session.reference for session in sessions)
    return SessionLimit(references, panels, need.one, need.many, panels * need.number, free)


def _room_limit(problem: Problem, session: Session) -> SessionLimit:
    rooms = sum(
        1
        for room in problem.rooms
        if room.venue == session.venue and room.seats > 0 and ExerciseKind.PANEL in room.use
    )
    return SessionLimit(
        (session.reference,),
        session.panels_max,
        "room for panels",
        "rooms for panels",
        session.panels_max,
        rooms,
    )
