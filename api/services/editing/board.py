"""A timetable laid out as runs that can be changed, and put together again.

Only runs that were touched get new rows, of the lengths that the format asks for; all others keep theirs,
however odd. A run that nobody attends any more is gone, and its staff are free. Nothing here judges: what a
change breaks, the checks say.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from scheduler.checks.views import contact_window, run_panel, run_room, run_start
from scheduler.grid import Window
from scheduler.problem import Problem
from scheduler.programme import Exercise, ExerciseKind
from scheduler.timetable import Entry, Meeting, Role, Sitting, Timetable, timetable_of

Key = tuple[str, str, str]


@dataclass(slots=True)
class OpenRun:
    """One run of one exercise, open to change. `start` is when its applicants start."""

    session: str
    exercise: str
    sitting: str
    room: str
    panel: str
    start: int
    applicants: list[str]
    assessors: list[str]
    groups: list[str]
    role_players: list[str]

    @property
    def key(self) -> Key:
        return (self.session, self.exercise, self.sitting)

    @property
    def staff(self) -> tuple[str, ...]:
        return (*self.assessors, *self.groups, *self.role_players)


class Board:
    """All runs of a timetable by session, exercise and name."""

    def __init__(self, problem: Problem, timetable: Timetable) -> None:
        self.problem = problem
        self._rows = {(s.session, s.exercise, s.reference): s.entries for s in timetable.sittings}
        self._meetings = _by_run(timetable.meetings)
        self._touched: set[Key] = set()
        self.runs = {key: _opened(problem, sitting) for key, sitting in _keyed(timetable)}
        self._started = {key: run.start for key, run in self.runs.items()}
        self.interpreters = _interpreters(problem, timetable)

    def touch(self, run: OpenRun) -> None:
        """This run is to have new rows."""
        self._touched.add(run.key)

    def add(self, run: OpenRun) -> None:
        self.runs[run.key] = run
        self.touch(run)

    def runs_of(self, person: str) -> list[OpenRun]:
        """The runs in which somebody is an applicant or one of the staff, in order of time."""
        found = (run for run in self.runs.values() if person in run.applicants or person in run.staff)
        return sorted(found, key=lambda run: (self._date(run), run.start))

    def runs_in(self, session: str) -> list[OpenRun]:
        """The runs of a session in order of time."""
        found = (run for run in self.runs.values() if run.session == session)
        return sorted(found, key=lambda run: (run.start, run.room, run.sitting))

    def take_out(self, applicant: str) -> None:
        """Out of every run, with the meetings and the interpreters."""
        for run in self.runs_of(applicant):
            run.applicants = [other for other in run.applicants if other != applicant]
            self.touch(run)
        for session, person in list(self.interpreters):
            if person == applicant:
                del self.interpreters[session, person]

    def rename_in_meetings(self, names: dict[str, str]) -> None:
        """Everybody of `names` meets whom the other was to meet."""
        for key, meetings in self._meetings.items():
            self._meetings[key] = [
                replace(m, applicant=names.get(m.applicant, m.applicant)) for m in meetings
            ]

    def exercise_of(self, run: OpenRun) -> Exercise:
        return self.problem.exercise_by_reference[run.exercise]

    def stay_of(self, run: OpenRun) -> Window:
        """The time the run takes its room: preparation, the longest of its people's minutes, and writing."""
        exercise = self.exercise_of(run)
        return Window(run.start, self._contact_end(run) + exercise.writing_minutes)

    def runs_on(self, date: datetime.date) -> list[OpenRun]:
        """The runs of one day that anybody attends, in all its sessions."""
        return [run for run in self.runs.values() if run.applicants and self._date(run) == date]

    def timetable(self) -> Timetable:
        """The timetable with all that was changed."""
        kept = [row for key, rows in self._rows.items() if key not in self._touched for row in rows]
        changed = [run for key, run in self.runs.items() if key in self._touched and run.applicants]
        rows = [row for run in changed for row in self._new_rows(run)]
        return timetable_of([*kept, *rows], self._new_meetings())

    def _new_rows(self, run: OpenRun) -> Iterator[Entry]:
        exercise, end = self.exercise_of(run), self._contact_end(run)
        contact = run.start + exercise.preparation_minutes

        def row(role: Role, person: str, start: int, last: int, panel: str = "") -> Entry:
            return Entry(run.session, start, run.exercise, run.sitting, run.room, role, person, last, panel)

        for applicant in run.applicants:
            last = contact + self._minutes_for(applicant, exercise)
            yield row(Role.APPLICANT, applicant, run.start, last, run.panel)
            for interpreter in self.interpreters.get((run.session, applicant), ()):
                yield row(Role.INTERPRETER, interpreter, run.start, last)
        for assessor in run.assessors:
            yield row(Role.ASSESSOR, assessor, contact, end + exercise.writing_minutes, run.panel)
        for group in run.groups:
            yield row(Role.SERVICE_USER_GROUP, group, contact, end + exercise.writing_minutes)
        for player in run.role_players:
            yield row(Role.ROLE_PLAYER, player, contact, end)

    def _new_meetings(self) -> Iterator[Meeting]:
        rotating = {
            (run.session, run.sitting): run
            for run in self.runs.values()
            if run.key in self._touched and self.exercise_of(run).station_minutes
        }
        for key, meetings in self._meetings.items():
            if key not in rotating:
                yield from meetings
        for key, run in rotating.items():
            yield from self._meetings_of(run, self._meetings.get(key, []))

    def _meetings_of(self, run: OpenRun, before: list[Meeting]) -> list[Meeting]:
        """Those of before, as much later as the run is; or new ones where others take part than then."""
        if {meeting.applicant for meeting in before} == set(run.applicants):
            later = run.start - self._started.get(run.key, run.start)
            return [replace(m, start=m.start + later, end=m.end + later) for m in before]
        exercise = self.exercise_of(run)
        minutes = exercise.station_minutes or 0
        users = [m for group in run.groups for m in self.problem.group_by_reference[group].members]
        rounds = max(len(users), len(run.applicants))
        begin = run.start + exercise.preparation_minutes
        return [
            Meeting(
                run.session,
                run.sitting,
                number + 1,
                begin + number * minutes,
                begin + (number + 1) * minutes,
                users[(place + number) % rounds],
                applicant,
            )
            for number in range(rounds)
            for place, applicant in enumerate(run.applicants)
            if (place + number) % rounds < len(users)
        ]

    def _contact_end(self, run: OpenRun) -> int:
        exercise = self.exercise_of(run)
        minutes = [self._minutes_for(applicant, exercise) for applicant in run.applicants]
        return run.start + exercise.preparation_minutes + max(minutes, default=exercise.minutes)

    def _minutes_for(self, applicant: str, exercise: Exercise) -> int:
        known = self.problem.applicant_by_reference.get(applicant)
        return exercise.minutes if known is None else self.problem.minutes_for(known, exercise)

    def _date(self, run: OpenRun) -> datetime.date:
        return self.problem.session_by_reference[run.session].date


def _keyed(timetable: Timetable) -> Iterator[tuple[Key, Sitting]]:
    return (((s.session, s.exercise, s.reference), s) for s in timetable.sittings)


def _opened(problem: Problem, sitting: Sitting) -> OpenRun:
    start, contact = run_start(sitting), contact_window(problem, sitting)
    exercise = problem.exercise_by_reference[sitting.exercise]
    if start is None:
        start = (contact.start if contact else sitting.window.start) - exercise.preparation_minutes
    return OpenRun(
        session=sitting.session,
        exercise=sitting.exercise,
        sitting=sitting.reference,
        room=run_room(sitting),
        panel=run_panel(sitting) if exercise.kind is ExerciseKind.PANEL else "",
        start=start,
        applicants=_people(sitting, Role.APPLICANT),
        assessors=_people(sitting, Role.ASSESSOR),
        groups=_people(sitting, Role.SERVICE_USER_GROUP),
        role_players=_people(sitting, Role.ROLE_PLAYER),
    )


def _people(sitting: Sitting, role: Role) -> list[str]:
    return list(dict.fromkeys(entry.person for entry in sitting.of(role)))


def _interpreters(problem: Problem, timetable: Timetable) -> dict[tuple[str, str], tuple[str, ...]]:
    """Whose interpreters are whose in each session: those who are in all of the applicant's runs there."""
    asking = {a.reference for a in problem.applicants if a.adjustment.interpreter}
    runs: dict[tuple[str, str], list[set[str]]] = defaultdict(list)
    for sitting in timetable.sittings:
        for applicant in asking.intersection(sitting.applicants):
            there = {row.person for row in sitting.of(Role.INTERPRETER)}
            runs[sitting.session, applicant].append(there)
    return {key: tuple(sorted(set.intersection(*found))) for key, found in runs.items()}


def _by_run(meetings: Iterable[Meeting]) -> dict[tuple[str, str], list[Meeting]]:
    found: dict[tuple[str, str], list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        found[meeting.session, meeting.sitting].append(meeting)
    return dict(found)
