"""Rotations: who meets which service user in which round of a group run with `station_minutes`.

A rotating run without any meeting is a breach: whoever looks at a timetable without its rotations says
so to `breaches_of`. How well the orders are balanced is no rule and is not judged here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from scheduler.checks.views import (
    contact_window,
    exercise_of,
    known_applicants,
    most_common,
    runs_of_kind,
)
from scheduler.checks.wording import counted, run_name, sentence_start, times
from scheduler.grid import Window
from scheduler.problem import Problem
from scheduler.programme import ExerciseKind
from scheduler.rules import Breach
from scheduler.timetable import Meeting, Role, Sitting, Timetable

ONCE = "rotation_brings_everybody_together_once"
ONE_AT_A_TIME = "rotation_has_one_meeting_at_a_time"


@dataclass(frozen=True, slots=True)
class Rotation:
    """One rotating run: its meetings in order of round, and who should meet in it."""

    run: Sitting
    station_minutes: int
    contact: Window | None
    leaves: Mapping[str, int]
    applicants: tuple[str, ...]
    service_users: tuple[str, ...]
    meetings: tuple[Meeting, ...]


def rotation_brings_everybody_together_once(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """One breach for each pair that meets too seldom or too often, or one for a run without any meeting."""
    rotations = _rotations(problem, timetable)
    for rotation in rotations:
        run = rotation.run
        size = len(rotation.applicants) * len(rotation.service_users)
        if size and not rotation.meetings:
            detail = f"{sentence_start(run_name(run))} ({times(run.window)}) has no rotation."
            yield Breach(ONCE, rotation.applicants, run.session, run.window, size, detail)
            continue
        met = Counter((meeting.applicant, meeting.service_user) for meeting in rotation.meetings)
        due = {(a, u): 1 for a in rotation.applicants for u in rotation.service_users}
        for pair in sorted(met.keys() | due.keys()):
            wanted = due.get(pair, 0)
            if met[pair] != wanted:
                detail = (
                    f"{pair[0]} meets {pair[1]} {_often(met[pair])} in {run_name(run)}"
                    f" instead of {_often(wanted)}."
                )
                yield Breach(ONCE, pair, run.session, run.window, abs(met[pair] - wanted), detail)
    known = {(rotation.run.session, rotation.run.reference) for rotation in rotations}
    for meeting in timetable.meetings:
        if (meeting.session, meeting.sitting) not in known:
            detail = f"{_sentence(meeting)}, and {meeting.sitting} is no rotating run of {meeting.session}."
            yield _breach(ONCE, meeting, detail)


def rotation_has_one_meeting_at_a_time(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """Each meeting lasts `station_minutes`, with the others of its round, within the applicant's minutes."""
    for rotation in _rotations(problem, timetable):
        sound: list[Meeting] = []
        for meeting in rotation.meetings:
            fault = _fault_of(rotation, meeting, sound)
            if fault:
                yield _breach(ONE_AT_A_TIME, meeting, f"{_sentence(meeting)}, {fault}.")
            else:
                sound.append(meeting)
        yield from _rounds_out_of_step(rotation, sound)


def _fault_of(rotation: Rotation, meeting: Meeting, sound: list[Meeting]) -> str:
    """The first thing wrong with a meeting, or "". `sound` are the run's meetings found right so far."""
    window = Window(meeting.start, meeting.end)
    if window.minutes != rotation.station_minutes:
        return f"which is {counted(window.minutes, 'minute')} instead of {rotation.station_minutes}"
    if rotation.contact is not None:
        leaves = rotation.leaves.get(meeting.applicant, rotation.contact.end)
        there = Window(rotation.contact.start, leaves)
        if not there.holds(window):
            return f"outside the applicant's time there, which is {times(there)}"
    for other in sound:
        shared = {meeting.applicant, meeting.service_user} & {other.applicant, other.service_user}
        if shared and window.overlaps(Window(other.start, other.end)):
            when = times(Window(other.start, other.end))
            return f"while {other.applicant} meets {other.service_user} ({when})"
    return ""


def _rounds_out_of_step(rotation: Rotation, sound: list[Meeting]) -> Iterator[Breach]:
    """All meetings of a round are at once, and the rounds follow each other by their numbers."""
    windows: dict[int, list[Window]] = defaultdict(list)
    for meeting in sound:
        windows[meeting.round].append(Window(meeting.start, meeting.end))
    rounds = {number: most_common(found) for number, found in windows.items()}
    for meeting in sound:
        if Window(meeting.start, meeting.end) != rounds[meeting.round]:
            fault = f"while the rest of the round is at {times(rounds[meeting.round])}"
            yield _breach(ONE_AT_A_TIME, meeting, f"{_sentence(meeting)}, {fault}.")
    ordered = sorted(rounds.items())
    for (earlier, first), (later, second) in pairwise(ordered):
        if second.start < first.end:
            run = rotation.run
            detail = (
                f"Round {later} ({times(second)}) does not follow round {earlier} ({times(first)})"
                f" in {run_name(run)}."
            )
            yield Breach(ONE_AT_A_TIME, rotation.applicants, run.session, second, 1, detail)


def _rotations(problem: Problem, timetable: Timetable) -> list[Rotation]:
    meetings: dict[tuple[str, str], list[Meeting]] = defaultdict(list)
    for meeting in timetable.meetings:
        meetings[meeting.session, meeting.sitting].append(meeting)
    return [
        Rotation(
            run=run,
            station_minutes=station_minutes,
            contact=contact,
            leaves=_leaves(problem, run, contact),
            applicants=tuple(sorted(set(run.applicants))),
            service_users=_service_users(problem, run),
            meetings=tuple(meetings[run.session, run.reference]),
        )
        for run in runs_of_kind(problem, timetable, ExerciseKind.GROUP)
        if (station_minutes := exercise_of(problem, run).station_minutes) is not None
        for contact in [contact_window(problem, run)]
    ]


def _leaves(problem: Problem, run: Sitting, contact: Window | None) -> dict[str, int]:
    """When each applicant's own minutes end: extra time lengthens the run for those who have it alone."""
    if contact is None:
        return {}
    exercise = exercise_of(problem, run)
    return {
        a.reference: contact.start + problem.minutes_for(a, exercise) for a in known_applicants(problem, run)
    }


def _service_users(problem: Problem, run: Sitting) -> tuple[str, ...]:
    groups = problem.group_by_reference
    present = {row.person for row in run.of(Role.SERVICE_USER_GROUP)}
    return tuple(sorted(m for group in present if group in groups for m in groups[group].members))


def _often(number: int) -> str:
    return ("not at all", "once", "twice")[number] if number < 3 else f"{number} times"


def _sentence(meeting: Meeting) -> str:
    when = times(Window(meeting.start, meeting.end))
    return (
        f"{meeting.applicant} meets {meeting.service_user} in round {meeting.round}"
        f" of {meeting.sitting} ({when})"
    )


def _breach(rule: str, meeting: Meeting, detail: str) -> Breach:
    who = (meeting.applicant, meeting.service_user)
    return Breach(rule, who, meeting.session, Window(meeting.start, meeting.end), 1, detail)
