"""When things happen: overlaps, moves, lengths, order, breaks and starts. Rooms are in `rooms.py`.

One flaw is one rule's matter. Two activities that share a minute are an overlap; two that do not but lie
too close are a want of time to move; an exercise that begins before the one it should follow has begun is
in the wrong order. Between them these three leave no gap.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from scheduler.checks.views import (
    contact_window,
    exercise_of,
    rows_by_applicant_and_session,
    rows_by_day,
    run_start,
    stay_of,
)
from scheduler.checks.wording import activity, counted, listed, run_name, sentence_start, times
from scheduler.grid import Window, clock
from scheduler.problem import Problem
from scheduler.rules import Breach
from scheduler.timetable import Entry, Role, Sitting, Timetable


def person_is_in_one_place_at_a_time(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """Over all sessions of a day. Two rows in one run are one place; other rules count those rows."""
    for earlier, later in _neighbours(problem, timetable):
        shared = min(earlier.end, later.end) - later.start
        if shared > 0:
            detail = f"{later.person} is in {activity(earlier)} and {activity(later)} at once."
            window = Window(later.start, later.start + shared)
            yield Breach(
                "person_is_in_one_place_at_a_time", (later.person,), later.session, window, shared, detail
            )


def person_has_time_to_move(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """Applicants, and interpreters with them, always need `move_minutes`; staff only to another room."""
    for earlier, later in _neighbours(problem, timetable):
        gap = later.start - earlier.end
        moves = later.role in (Role.APPLICANT, Role.INTERPRETER) or later.room != earlier.room
        if moves and 0 <= gap < problem.move_minutes:
            detail = (
                f"{later.person} has {counted(gap, 'minute')} between {activity(earlier)} and"
                f" {activity(later)}; {problem.move_minutes} are needed to move."
            )
            short = problem.move_minutes - gap
            window = Window(earlier.end, later.start)
            yield Breach("person_has_time_to_move", (later.person,), later.session, window, short, detail)


def run_starts_on_the_grid(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """A run starts when its applicants do; staff start when preparation ends, on the grid or not."""
    for run in timetable.sittings:
        start = run_start(run)
        if start is None:
            continue
        off = (start - problem.session_by_reference[run.session].window.start) % problem.grid_minutes
        if off:
            detail = (
                f"{sentence_start(run_name(run))} starts at {clock(start)}, which is not a multiple of"
                f" {problem.grid_minutes} minutes after the session's start."
            )
            yield Breach("run_starts_on_the_grid", run.applicants, run.session, run.window, off, detail)


def run_lies_within_the_session(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """From preparation to the end of writing, whether or not the writing is anybody's row."""
    for run in timetable.sittings:
        session = problem.session_by_reference[run.session].window
        outside = tuple(sorted({row.person for row in run.entries if not session.holds(row.window)}))
        window = run.window if outside else stay_of(problem, run)
        if session.holds(window):
            continue
        who = f"{listed(outside)} in {run_name(run)}" if outside else f"The writing after {run_name(run)}"
        detail = f"{who} ({times(window)}) would be outside the session, which is {times(session)}."
        size = max(session.start - window.start, 0) + max(window.end - session.end, 0)
        yield Breach(
            "run_lies_within_the_session", outside or run.applicants, run.session, window, size, detail
        )


def run_has_its_full_length(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """Each row has the times its role asks for, measured from the run's start.

    Applicants: preparation and their own minutes (a late start is `run_keeps_its_people_together`).
    Assessors and the service-user group: from the end of preparation, the longest of the applicants'
    minutes and the writing time. Role players: the same without writing. Interpreters follow their
    applicant and are judged by their own rule.
    """
    for run in timetable.sittings:
        for row in run.entries:
            wanted = _wanted_window(problem, run, row)
            if wanted is not None and wanted != row.window:
                detail = (
                    f"{row.person} is in {activity(row)}, {counted(row.window.minutes, 'minute')};"
                    f" wanted is {times(wanted)}, {counted(wanted.minutes, 'minute')}."
                )
                size = abs(wanted.minutes - row.window.minutes) or abs(wanted.start - row.start)
                yield Breach("run_has_its_full_length", (row.person,), row.session, row.window, size, detail)


def exercise_follows_its_predecessor(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """The order alone: overlapping its predecessor, or following too closely, are the rules above."""
    for before, row in _followers(problem, timetable):
        if row.start < before.start:
            detail = f"{row.person} is in {activity(row)} before {activity(before)}, which it must follow."
            size = before.start - row.start
            yield Breach(
                "exercise_follows_its_predecessor", (row.person,), row.session, row.window, size, detail
            )


def exercise_starts_soon_enough_after(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """Measured from the end of the applicant's row in the one to the start of their row in the other."""
    for before, row in _followers(problem, timetable):
        limit = problem.exercise_by_reference[row.exercise].within_minutes
        wait = row.start - before.end
        if limit is not None and wait > limit:
            detail = (
                f"{row.person} is in {activity(row)} {counted(wait, 'minute')} after {activity(before)};"
                f" at most {limit} are allowed."
            )
            window = Window(before.end, row.start)
            yield Breach(
                "exercise_starts_soon_enough_after", (row.person,), row.session, window, wait - limit, detail
            )


def applicant_has_the_break_they_need(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """One gap of that length between two activities, the move included; a single activity needs none."""
    for rows in rows_by_applicant_and_session(timetable):
        applicant = problem.applicant_by_reference.get(rows[0].person)
        if applicant is None or len(rows) < 2:
            continue
        longest = max(later.start - earlier.end for earlier, later in pairwise(rows))
        wanted = applicant.adjustment.break_minutes
        if wanted > 0 and longest < wanted:
            detail = (
                f"{applicant.reference} needs a break of {wanted} minutes in {rows[0].session};"
                f" the longest is {max(longest, 0)}."
            )
            window = Window(rows[0].start, rows[-1].end)
            yield Breach(
                "applicant_has_the_break_they_need",
                (applicant.reference,),
                rows[0].session,
                window,
                wanted - max(longest, 0),
                detail,
            )


def long_traveller_starts_late(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """For everybody whose travel is known: applicants and assessors. Preparation counts as a start."""
    for person, rows in sorted(timetable.by_person.items()):
        for session in sorted({row.session for row in rows}):
            venue = problem.session_by_reference[session].venue
            first = min((row for row in rows if row.session == session), key=lambda row: row.start)
            early = problem.travel_late_start - first.start
            if early > 0 and problem.must_start_late(person, venue):
                detail = (
                    f"{person} travels {problem.travel_of(person, venue)} minutes to {venue} but starts with"
                    f" {activity(first)}, before {clock(problem.travel_late_start)}."
                )
                yield Breach("long_traveller_starts_late", (person,), session, first.window, early, detail)


def _neighbours(problem: Problem, timetable: Timetable) -> Iterator[tuple[Entry, Entry]]:
    """Each row of a person's day with the one before it that ends last, unless both are in one run."""
    for rows in rows_by_day(problem, timetable):
        latest = rows[0]
        for row in rows[1:]:
            if (row.session, row.exercise, row.sitting) != (latest.session, latest.exercise, latest.sitting):
                yield latest, row
            if row.end >= latest.end:
                latest = row


def _wanted_window(problem: Problem, run: Sitting, row: Entry) -> Window | None:
    exercise = exercise_of(problem, run)
    contact = contact_window(problem, run)
    if contact is None:
        return None
    if row.role is Role.APPLICANT:
        applicant = problem.applicant_by_reference.get(row.person)
        if applicant is None:
            return None
        minutes = exercise.preparation_minutes + problem.minutes_for(applicant, exercise)
        return Window(row.start, row.start + minutes)
    if row.role is Role.ROLE_PLAYER:
        return contact
    if row.role in (Role.ASSESSOR, Role.SERVICE_USER_GROUP):
        return Window(contact.start, contact.end + exercise.writing_minutes)
    return None


def _followers(problem: Problem, timetable: Timetable) -> Iterator[tuple[Entry, Entry]]:
    """For each applicant and session, (row of the one before, row of the one after) as `after` says."""
    for rows in rows_by_applicant_and_session(timetable):
        row_by_exercise = {row.exercise: row for row in rows}
        for row in rows:
            after = problem.exercise_by_reference[row.exercise].after
            if after is not None and after in row_by_exercise:
                yield row_by_exercise[after], row
