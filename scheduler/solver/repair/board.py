"""A timetable whose rows can be exchanged run by run, and who is where while that goes on.

Only look-ups and exchanges are here; what to exchange is decided in `in_place.py` and `stand_ins.py`.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from scheduler.problem import Problem
from scheduler.programme import Exercise, ExerciseKind
from scheduler.solver.repair.history import History
from scheduler.timetable import Entry, Role

# A run by its session, exercise and name.
RunKey = tuple[str, str, str]
# Staff whose time ends with the run's, so that a shorter run changes their rows.
_STAY_TO_THE_END = (Role.ASSESSOR, Role.SERVICE_USER_GROUP)


class Board:
    """All runs by key. Those that have begun are there to be seen, and never change."""

    def __init__(self, history: History) -> None:
        self.history = history
        self._runs: dict[RunKey, tuple[Entry, ...]] = {}
        self._of_person: dict[str, set[RunKey]] = defaultdict(set)
        self._in_room: dict[str, set[RunKey]] = defaultdict(set)
        self._clashing: dict[str, set[str]] = defaultdict(set)
        for one, other in self.problem.session_clashes():
            self._clashing[one.reference].add(other.reference)
            self._clashing[other.reference].add(one.reference)
        for run in (*history.begun, *history.left):
            self.put((run.session, run.exercise, run.reference), run.entries)
        self._begun = {(run.session, run.exercise, run.reference) for run in history.begun}

    @property
    def problem(self) -> Problem:
        return self.history.problem

    def rows(self, key: RunKey) -> tuple[Entry, ...]:
        return self._runs[key]

    def left(self) -> list[RunKey]:
        """Every run that has not begun and still takes place, in order."""
        return sorted(key for key in self._runs if key not in self._begun)

    def left_of(self, person: str) -> list[RunKey]:
        return sorted(self._of_person[person] - self._begun)

    def rows_of(self, person: str) -> Iterator[Entry]:
        """Everything this person has, begun or not."""
        for key in sorted(self._of_person[person]):
            yield from (row for row in self._runs[key] if row.person == person)

    def in_room(self, room: str, date: datetime.date) -> list[RunKey]:
        return sorted(key for key in self._in_room[room] if self.date(key[0]) == date)

    def exercise(self, key: RunKey) -> Exercise:
        return self.problem.exercise_by_reference[key[1]]

    def date(self, session: str) -> datetime.date:
        return self.problem.session_by_reference[session].date

    def applicants(self, key: RunKey) -> tuple[str, ...]:
        return tuple(row.person for row in self._runs[key] if row.role is Role.APPLICANT)

    def put(self, key: RunKey, rows: Iterable[Entry]) -> None:
        """These rows instead of the run's; no rows, no run."""
        for row in self._runs.pop(key, ()):
            self._of_person[row.person].discard(key)
            self._in_room[row.room].discard(key)
        found = tuple(rows)
        if found:
            self._runs[key] = found
        for row in found:
            self._of_person[row.person].add(key)
            self._in_room[row.room].add(key)

    def leave_out(self, applicant: str) -> list[RunKey]:
        """Take an applicant, with interpreters of their own, out of what is left; the runs still held."""
        pair = self.history.pair_of(applicant, begun=False)
        keys = self.left_of(applicant)
        for key in keys:
            rows = [row for row in self._runs[key] if row.person not in (applicant, *pair)]
            self.put(key, self._shortened(key, rows))
        return [key for key in keys if key in self._runs]

    def may_work(self, person: str, session: str) -> bool:
        """Free, not barred, there, and in no session that clashes with this one."""
        problem = self.problem
        key = (person, session)
        return (
            key not in problem.unavailable
            and key not in problem.forbidden_pins
            and not self.history.force.is_absent(problem, person)
            and not any(row.session in self._clashing[session] for row in self.rows_of(person))
        )

    def has_time(self, new: Entry, leaving_out: Iterable[RunKey] = ()) -> bool:
        """Whether a member of staff can be where this row says, between all their others of that day."""
        move, date = self.problem.move_minutes, self.date(new.session)
        others = self._of_person[new.person] - set(leaving_out)
        rows = (row for key in others for row in self._runs[key] if row.person == new.person)
        for row in rows:
            gap = 0 if row.room == new.room else move
            if self.date(row.session) == date and new.start < row.end + gap and row.start < new.end + gap:
                return False
        return True

    def _shortened(self, key: RunKey, rows: list[Entry]) -> list[Entry]:
        """A run's rows once somebody has left it: it lasts as long as the slowest who is still there."""
        ends = [row.end for row in rows if row.role is Role.APPLICANT]
        if not ends:
            return []
        contact_end, writing = max(ends), self.exercise(key).writing_minutes
        return [self._ending(row, contact_end, writing) for row in rows]

    def _ending(self, row: Entry, contact_end: int, writing: int) -> Entry:
        if row.role in _STAY_TO_THE_END:
            return replace(row, end=contact_end + writing)
        return replace(row, end=contact_end) if row.role is Role.ROLE_PLAYER else row


def shares_its_room(board: Board, key: RunKey) -> bool:
    """Solo runs may go on side by side in one room, a seat for each."""
    return board.exercise(key).kind is ExerciseKind.SOLO
