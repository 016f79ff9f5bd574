"""Rooms: the right kind, one run at a time, enough seats, and what an applicant's adjustment asks of them.

A run counts where most of its rows are; somebody of it in another room is `run_keeps_its_people_together`.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from scheduler.checks.views import exercise_of, run_room, stay_of
from scheduler.checks.wording import activity, counted, counted_by_name, run_name, sentence_start, times
from scheduler.grid import Window
from scheduler.problem import Problem
from scheduler.programme import ExerciseKind
from scheduler.rules import Breach
from scheduler.timetable import Entry, Role, Sitting, Timetable


@dataclass(frozen=True, slots=True)
class Stay:
    """One run in its room, from the first start to the last end."""

    run: Sitting
    room: str
    window: Window
    people: tuple[str, ...]
    applicants: tuple[str, ...]
    shares: bool


def room_suits_the_exercise(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """The room is at the session's venue and its `use` holds the kind of exercise."""
    for run in timetable.sittings:
        exercise, venue = exercise_of(problem, run), problem.session_by_reference[run.session].venue
        stay = _stay(problem, run)
        room = problem.room_by_reference[stay.room]
        if room.venue != venue:
            why = f"room {room.reference} is at {room.venue} and the session at {venue}"
        elif exercise.kind not in room.use:
            why = f"room {room.reference} is not for {exercise.kind.value} exercises"
        else:
            continue
        detail = f"{sentence_start(run_name(run))} ({times(stay.window)}) is in an unsuitable room: {why}."
        yield Breach("room_suits_the_exercise", stay.people, run.session, stay.window, 1, detail)


def room_holds_one_run_at_a_time(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """From preparation to the end of writing, over all sessions of a day. Solo runs share with solo runs."""
    for stays in _stays_by_room(problem, timetable).values():
        for one, other in combinations(stays, 2):
            if not one.window.overlaps(other.window) or (one.shares and other.shares):
                continue
            shared = Window(max(one.window.start, other.window.start), min(one.window.end, other.window.end))
            detail = (
                f"Room {one.room} holds {run_name(one.run)} ({times(one.window)}) and {run_name(other.run)}"
                f" ({times(other.window)}) at once."
            )
            who = tuple(sorted({*one.people, *other.people}))
            yield Breach("room_holds_one_run_at_a_time", who, one.run.session, shared, shared.minutes, detail)


def room_seats_are_not_exceeded(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """A run's applicants against the seats; for solo runs, those of all solo runs in the room at a time."""
    for (room, _), stays in _stays_by_room(problem, timetable).items():
        seats = problem.room_by_reference[room].seats
        for stay in stays:
            together = [s for s in stays if s.shares and _begins_during(stay, s)] if stay.shares else [stay]
            seated = [person for s in together for person in s.applicants]
            if len(seated) > seats:
                detail = (
                    f"Room {room} holds {counted_by_name(seated, 'applicant')} at"
                    f" {times(stay.window)[:5]} and has {counted(seats, 'seat')}."
                )
                who, size = tuple(sorted(seated)), len(seated) - seats
                yield Breach("room_seats_are_not_exceeded", who, stay.run.session, stay.window, size, detail)


def room_is_step_free_where_needed(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """In every exercise of an applicant who needs it."""
    for row in _applicant_rows(timetable):
        applicant = problem.applicant_by_reference.get(row.person)
        needed = applicant is not None and applicant.adjustment.step_free
        if needed and not problem.room_by_reference[row.room].step_free:
            detail = f"{row.person} needs step-free access and is in {activity(row)}, which is not step-free."
            yield Breach("room_is_step_free_where_needed", (row.person,), row.session, row.window, 1, detail)


def room_is_quiet_where_needed(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """In exercises done in writing or alone: kinds `sitting` and `solo`."""
    for row in _applicant_rows(timetable):
        applicant = problem.applicant_by_reference.get(row.person)
        kind = problem.exercise_by_reference[row.exercise].kind
        writing = kind in (ExerciseKind.SITTING, ExerciseKind.SOLO)
        needed = applicant is not None and applicant.adjustment.quiet_room and writing
        if needed and not problem.room_by_reference[row.room].quiet:
            detail = f"{row.person} needs a quiet room and is in {activity(row)}, which is not quiet."
            yield Breach("room_is_quiet_where_needed", (row.person,), row.session, row.window, 1, detail)


def _applicant_rows(timetable: Timetable) -> Iterator[Entry]:
    return (row for row in timetable.entries if row.role is Role.APPLICANT)


def _stay(problem: Problem, run: Sitting) -> Stay:
    return Stay(
        run=run,
        room=run_room(run),
        window=stay_of(problem, run),
        people=tuple(sorted({row.person for row in run.entries})),
        applicants=tuple(sorted(set(run.applicants))),
        shares=exercise_of(problem, run).kind is ExerciseKind.SOLO,
    )


def _stays_by_room(problem: Problem, timetable: Timetable) -> dict[tuple[str, datetime.date], list[Stay]]:
    found: dict[tuple[str, datetime.date], list[Stay]] = defaultdict(list)
    for run in timetable.sittings:
        date = problem.session_by_reference[run.session].date
        stay = _stay(problem, run)
        found[stay.room, date].append(stay)
    return dict(sorted(found.items()))


def _begins_during(stay: Stay, other: Stay) -> bool:
    """Whether `other` is in the room at the moment `stay` begins."""
    return other.window.start <= stay.window.start < other.window.end
