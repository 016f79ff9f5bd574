"""What holds one run of an exercise together: its people, its size, and who must not be in it."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.checks.views import exercise_of, run_room, run_start
from scheduler.checks.wording import activity, counted_by_name, run_name, sentence_start, times
from scheduler.grid import clock
from scheduler.problem import Problem
from scheduler.programme import Exercise, ExerciseKind
from scheduler.rules import Breach
from scheduler.timetable import Role, Timetable


def run_keeps_its_people_together(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """One room for all, one start for the applicants. Interpreters are held to their applicant elsewhere."""
    rule = "run_keeps_its_people_together"
    for run in timetable.sittings:
        room, start = run_room(run), run_start(run)
        for row in run.entries:
            if row.role is not Role.INTERPRETER and row.room != room:
                detail = f"{row.person} is in {activity(row)} while {run_name(run)} is in room {room}."
            elif row.role is Role.APPLICANT and start is not None and row.start != start:
                detail = f"{row.person} is in {activity(row)} while {run_name(run)} starts at {clock(start)}."
            else:
                continue
            yield Breach(rule, (row.person,), row.session, row.window, 1, detail)


def run_size_is_within_limits(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """One applicant for `panel` and `solo`; `group_min` to `group_max` for `group` and `sitting`.

    In a rotation everybody must also be able to meet everybody within the exercise's minutes. Without
    a `group_max` the seats are the limit, which is the rooms' matter.
    """
    for run in timetable.sittings:
        exercise = exercise_of(problem, run)
        present = len(set(run.applicants))
        least, most = _limits(exercise)
        if present < least:
            size, wanted = least - present, f"at least {least} must be"
        elif most is not None and present > most:
            size, wanted = present - most, f"at most {most} may be"
        else:
            continue
        detail = (
            f"{sentence_start(run_name(run))} ({times(run.window)}) holds"
            f" {counted_by_name(sorted(set(run.applicants)), 'applicant')}; {wanted}."
        )
        yield Breach("run_size_is_within_limits", run.applicants, run.session, run.window, size, detail)


def excluded_pair_never_meets(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """Whatever the other's role in the run; a service user is met wherever their group is."""
    concerned = {applicant for applicant, _ in problem.excluded_pairs}
    for run in timetable.sittings:
        for applicant in sorted(concerned.intersection(run.applicants)):
            for person in sorted({row.person for row in run.entries} - {applicant}):
                if problem.excluded(applicant, person):
                    detail = (
                        f"{applicant} and {person} meet in {run_name(run)} ({times(run.window)}, room"
                        f" {run_room(run)}), and a declared interest keeps them apart."
                    )
                    who = (applicant, person)
                    yield Breach("excluded_pair_never_meets", who, run.session, run.window, 1, detail)


def _limits(exercise: Exercise) -> tuple[int, int | None]:
    if not exercise.is_shared:
        return 1, 1
    if exercise.kind is ExerciseKind.GROUP and exercise.station_minutes:
        rounds = exercise.minutes // exercise.station_minutes
        most = rounds if exercise.group_max is None else min(rounds, exercise.group_max)
        return exercise.group_min, most
    return exercise.group_min, exercise.group_max
