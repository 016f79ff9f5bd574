"""What a timetable uses of all that `needs.py` counts, under the same names, to stand beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from scheduler.capacity.supply import needs_of
from scheduler.problem import Problem
from scheduler.programme import ExerciseKind
from scheduler.timetable import Entry, Role, Timetable

Usage = dict[tuple[str, str, str], int]


def usage_of(problem: Problem, timetable: Timetable) -> Usage:
    """By (venue, what, about), as the lines of need: over the whole campaign, venue "", and at each venue.

    Rooms and seats are the most in use at one moment, or by one session's panels; all else is summed.
    """
    venue_of = {session.reference: session.venue for session in problem.sessions}
    venues = dict.fromkeys(venue_of[row.session] for row in timetable.entries)
    found: Usage = {}
    for venue in ("", *venues):
        rows = [row for row in timetable.entries if venue in ("", venue_of[row.session])]
        used = _sums(problem, rows) | (_rooms(problem, rows) if venue else {})
        found |= {(venue, what, about): number for (what, about), number in used.items()}
    return found


def _sums(problem: Problem, rows: list[Entry]) -> dict[tuple[str, str], int]:
    staff = sorted({(r.person, r.session) for r in rows if r.role is Role.ASSESSOR})
    assessors = [problem.assessor_by_reference[person] for person, _ in staff]
    used = {
        ("applicants", ""): len({r.person for r in rows if r.role is Role.APPLICANT}),
        ("sessions", ""): len({r.session for r in rows}),
        ("panels", ""): len({(r.session, r.panel) for r in rows if r.panel}),
        ("service-user group's time", ""): _minutes(rows, Role.SERVICE_USER_GROUP),
        ("role players' time", ""): _minutes(rows, Role.ROLE_PLAYER),
        ("interpreter half-days", ""): len(
            {(r.person, r.session) for r in rows if r.role is Role.INTERPRETER}
        ),
    }
    for need in needs_of(problem):
        used[f"{need.kind} half-days", ""] = sum(need.counts(a) for a in assessors)
    for council in problem.councils:
        used["half-days for first choices", council] = sum(a.council == council for a in assessors)
    return used


def _rooms(problem: Problem, rows: list[Entry]) -> dict[tuple[str, str], int]:
    kinds = {exercise.reference: exercise.kind for exercise in problem.exercises}
    people = [r for r in rows if r.role is Role.APPLICANT]
    sessions = dict.fromkeys(r.session for r in rows)
    used = {
        ("panel rooms", ""): _most(
            sessions, lambda s: len({r.room for r in rows if r.session == s and r.panel})
        ),
        ("group rooms", ""): _most(
            sessions,
            lambda s: len(
                {r.room for r in people if r.session == s and kinds[r.exercise] is ExerciseKind.GROUP}
            ),
        ),
        ("seats for working alone", ""): _most_at_once(
            [r for r in people if kinds[r.exercise] is ExerciseKind.SOLO], problem
        ),
    }
    for exercise in problem.exercises_of(ExerciseKind.SITTING):
        here = [r for r in people if r.exercise == exercise.reference]
        used["writing seats", exercise.reference] = _most_at_once(here, problem)
    return used


def _minutes(rows: Iterable[Entry], role: Role) -> int:
    return sum(row.window.minutes for row in rows if row.role is role)


def _most(sessions: Mapping[str, None], number: Callable[[str], int]) -> int:
    return max((number(session) for session in sessions), default=0)


def _most_at_once(rows: Iterable[Entry], problem: Problem) -> int:
    """The most of these rows at one moment. An end and a start in the same minute do not meet."""
    changes = sorted(
        change
        for row in rows
        for day in [problem.session_by_reference[row.session].date]
        for change in ((day, row.start, 1), (day, row.end, -1))
    )
    most = now = 0
    for _, _, step in changes:
        now += step
        most = max(most, now)
    return most
