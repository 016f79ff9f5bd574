"""Who meets which service user in which round, with the orders balanced over a session.

A rotating run of n applicants and m service users takes max(n, m) rounds. The orders themselves are numbers,
in `rotation_orders.py`; here they get people and times. How even they are is told by `scheduler/balance.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from scheduler.problem import Problem
from scheduler.programme import ExerciseKind
from scheduler.solver.rotation_orders import REST, Design, balanced_designs
from scheduler.timetable import Entry, Meeting, Role, Sitting, timetable_of


@dataclass(frozen=True, slots=True)
class Rotating:
    """One rotating run. Designs number its people in the order of `sitting.applicants` and `members`."""

    sitting: Sitting
    begins: int
    station_minutes: int
    members: tuple[str, ...]


def rotations_of(problem: Problem, entries: Sequence[Entry]) -> tuple[Meeting, ...]:
    """The meetings of all rotating runs; rounds count from 1, and the first starts when contact does."""
    runs = list(_rotating(problem, entries))
    meetings: list[Meeting] = []
    for _, found in groupby(runs, key=lambda run: (run.sitting.session, run.members)):
        together = list(found)
        sizes = tuple(len(run.sitting.applicants) for run in together)
        designs = balanced_designs(len(together[0].members), sizes)
        for run, design in zip(together, designs, strict=True):
            meetings.extend(_meetings(run, design))
    return tuple(meetings)


def _rotating(problem: Problem, entries: Sequence[Entry]) -> Iterator[Rotating]:
    """In order of session and time; a group without members has nobody to meet."""
    for sitting in sorted(timetable_of(entries).sittings, key=lambda s: (s.session, s.window)):
        exercise = problem.exercise_by_reference[sitting.exercise]
        groups = sitting.of(Role.SERVICE_USER_GROUP)
        if exercise.kind is not ExerciseKind.GROUP or exercise.station_minutes is None or not groups:
            continue
        members = problem.group_by_reference[groups[0].person].members
        if members:
            yield Rotating(sitting, groups[0].start, exercise.station_minutes, members)


def _meetings(run: Rotating, design: Design) -> Iterator[Meeting]:
    for applicant, order in zip(run.sitting.applicants, design, strict=True):
        for number, index in enumerate(order):
            if index != REST:
                start = run.begins + number * run.station_minutes
                yield Meeting(
                    session=run.sitting.session,
                    sitting=run.sitting.reference,
                    round=number + 1,
                    start=start,
                    end=start + run.station_minutes,
                    service_user=run.members[index],
                    applicant=applicant,
                )
