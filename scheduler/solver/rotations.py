"""Who meets which service user in which round, with the orders balanced over a session.

A rotating run of n applicants and m service users takes max(n, m) rounds. The orders themselves are numbers,
in `rotation_orders.py`; here they get people and times. How even they are is told by `scheduler/balance.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from scheduler.problem import Problem
from scheduler.programme import ExerciseKind
from scheduler.solver.rotation_orders import REST, Design, balanced_designs
from scheduler.timetable import Entry, Meeting, Role, Sitting, timetable_of


@dataclass(frozen=True, slots=True)
class Rotating:
    """One rotating run, with its people in the order in which designs number them."""

    sitting: Sitting
    begins: int
    station_minutes: int
    applicants: tuple[str, ...]
    members: tuple[str, ...]
    kept: tuple[Meeting, ...]


def rotations_of(
    problem: Problem, entries: Sequence[Entry], kept: Sequence[Meeting] = ()
) -> tuple[Meeting, ...]:
    """The meetings of all rotating runs; rounds count from 1, and the first starts when contact does.

    A run that has the same people at the same time among the meetings `kept` keeps them, whatever the run is
    called now; the others are balanced with them.
    """
    runs = list(_rotating(problem, entries, kept))
    meetings: list[Meeting] = []
    for _, found in groupby(runs, key=lambda run: (run.sitting.session, run.members)):
        together = list(found)
        designs = balanced_designs(
            len(together[0].members),
            tuple(len(run.applicants) for run in together),
            tuple(_design(run) for run in together),
        )
        for run, design in zip(together, designs, strict=True):
            meetings.extend(run.kept or _meetings(run, design))
    return tuple(meetings)


def _rotating(problem: Problem, entries: Sequence[Entry], kept: Sequence[Meeting]) -> Iterator[Rotating]:
    """In order of session and time."""
    before = _by_people(kept)
    for sitting in sorted(timetable_of(entries).sittings, key=lambda s: (s.session, s.window)):
        exercise = problem.exercise_by_reference[sitting.exercise]
        groups = sitting.of(Role.SERVICE_USER_GROUP)
        if exercise.kind is not ExerciseKind.GROUP or exercise.station_minutes is None or not groups:
            continue
        members = problem.group_by_reference[groups[0].person].members
        key = (sitting.session, groups[0].start, frozenset(sitting.applicants), frozenset(members))
        yield Rotating(
            sitting=sitting,
            begins=groups[0].start,
            station_minutes=exercise.station_minutes,
            applicants=sitting.applicants,
            members=members,
            kept=tuple(replace(m, sitting=sitting.reference) for m in before.get(key, ())),
        )


def _by_people(
    meetings: Sequence[Meeting],
) -> dict[tuple[str, int, frozenset[str], frozenset[str]], list[Meeting]]:
    """The meetings of each run, by its session, its first meeting's start, and its people."""
    runs: dict[tuple[str, str], list[Meeting]] = {}
    for meeting in meetings:
        runs.setdefault((meeting.session, meeting.sitting), []).append(meeting)
    return {
        (
            session,
            min(m.start for m in found),
            frozenset(m.applicant for m in found),
            frozenset(m.service_user for m in found),
        ): found
        for (session, _), found in runs.items()
    }


def _design(run: Rotating) -> Design | None:
    """The orders of a run that keeps its meetings."""
    if not run.kept:
        return None
    number = {member: n for n, member in enumerate(run.members)}
    met = {(m.applicant, m.round): number[m.service_user] for m in run.kept}
    rounds = range(1, max(len(run.applicants), len(run.members)) + 1)
    return tuple(tuple(met.get((a, r), REST) for r in rounds) for a in run.applicants)


def _meetings(run: Rotating, design: Design) -> Iterator[Meeting]:
    for applicant, order in zip(run.applicants, design, strict=True):
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
