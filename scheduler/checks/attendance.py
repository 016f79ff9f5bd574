"""Who comes when: sessions, availability and pins. Times within a session are in `time.py`.

An applicant without any row is unplaced, which is a tier and never a breach. A service-user group brings
its members with it, so a member's availability and pins count wherever the group has a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from scheduler.checks.views import sessions_by_person
from scheduler.checks.wording import counted, listed
from scheduler.problem import Problem
from scheduler.rules import Breach
from scheduler.timetable import Timetable


def applicant_attends_one_session(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """Only applicants of the campaign sit as applicants, and each in one session."""
    rule = "applicant_attends_one_session"
    for person, rows in sorted(timetable.applicant_entries.items()):
        sessions = sorted({row.session for row in rows})
        if person not in problem.applicant_by_reference:
            detail = f"{person} is listed as an applicant in {sessions[0]} but is not one."
            yield Breach(rule, (person,), sessions[0], None, 1, detail)
        elif len(sessions) > 1:
            detail = f"{person} attends {counted(len(sessions), 'session')}: {listed(sessions)}."
            yield Breach(rule, (person,), sessions[0], None, len(sessions) - 1, detail)


def applicant_does_every_exercise_once(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """Counted over the whole campaign, for every applicant with any row."""
    for person, rows in sorted(timetable.applicant_entries.items()):
        times_done = Counter(row.exercise for row in rows)
        for exercise in problem.exercises:
            done = times_done[exercise.reference]
            if done != 1:
                often = "not at all" if done == 0 else f"{done} times"
                detail = f"{person} does {exercise.reference} {often} instead of once."
                size = abs(done - 1)
                yield Breach(
                    "applicant_does_every_exercise_once", (person,), rows[0].session, None, size, detail
                )


def person_attends_only_when_available(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """For every kind of person, service users included."""
    for person, sessions in sessions_by_person(problem, timetable).items():
        for session in sessions:
            if not problem.available(person, session):
                detail = f"{person} is in {session} but is not available for it."
                yield Breach("person_attends_only_when_available", (person,), session, None, 1, detail)


def pins_are_kept(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """An applicant who is placed at all, and any other person always, must be where a `must` pin says."""
    attended = sessions_by_person(problem, timetable)
    for pin in problem.pins:
        present = attended.get(pin.person, [])
        if pin.must and pin.session not in present:
            if not present and pin.person in problem.applicant_by_reference:
                continue
            where = listed(present) if present else "no session"
            detail = f"{pin.person} must be in {pin.session} but is in {where}."
        elif not pin.must and pin.session in present:
            detail = f"{pin.person} must not be in {pin.session} but is."
        else:
            continue
        yield Breach("pins_are_kept", (pin.person,), pin.session, None, 1, detail)


def person_is_in_one_session_at_a_time(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """Two sessions clash where they share a minute of one day, whether or not the activities do."""
    for person, rows in sorted(timetable.by_person.items()):
        sessions = sorted({row.session for row in rows})
        for one, other in combinations(sessions, 2):
            if problem.session_by_reference[one].overlaps(problem.session_by_reference[other]):
                detail = f"{person} is in {one} and {other}, which overlap."
                yield Breach("person_is_in_one_session_at_a_time", (person,), one, None, 1, detail)


def person_works_at_one_venue_a_day(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """For everybody, applicants included. The venue is the session's."""
    for person, rows in sorted(timetable.by_person.items()):
        sessions = sorted({row.session for row in rows})
        for one, other in combinations([problem.session_by_reference[s] for s in sessions], 2):
            if one.date == other.date and one.venue != other.venue:
                detail = (
                    f"{person} is at {one.venue} ({one.reference}) and at {other.venue}"
                    f" ({other.reference}) on the same day."
                )
                yield Breach("person_works_at_one_venue_a_day", (person,), one.reference, None, 1, detail)
