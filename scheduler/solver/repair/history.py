"""The old timetable in two parts: what has begun and never moves, and what is left to do.

Everything that later files need to know about the first part is computed here, once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from scheduler.checks.views import run_panel, run_room
from scheduler.disruption import Disruption, InForce, Repair, in_force, with_moved_sessions
from scheduler.problem import Problem
from scheduler.programme import ExerciseKind
from scheduler.timetable import Entry, Role, Sitting, Timetable


@dataclass(frozen=True)
class BegunPanel:
    """A panel that has seen somebody: its members in its last interview, its room, and whom it has seen."""

    members: tuple[str, ...]
    room: str
    applicants: tuple[str, ...]


@dataclass(frozen=True)
class History:
    """A sound timetable at the moment of a disruption. `problem` has its sessions where they now are."""

    problem: Problem
    old: Timetable
    repairs: tuple[Repair, ...]
    disruption: Disruption

    @cached_property
    def force(self) -> InForce:
        """What holds from now on."""
        return in_force((*self.repairs, Repair(self.disruption)))

    @cached_property
    def begun(self) -> tuple[Sitting, ...]:
        return tuple(run for run in self.old.sittings if self._has_begun(run))

    @cached_property
    def left(self) -> tuple[Sitting, ...]:
        """The runs that have not begun."""
        return tuple(run for run in self.old.sittings if not self._has_begun(run))

    @cached_property
    def begun_rows(self) -> dict[str, list[Entry]]:
        """Each person's rows of runs that have begun."""
        return _by_person(self.begun)

    @cached_property
    def left_rows(self) -> dict[str, list[Entry]]:
        """Each person's rows of runs that have not."""
        return _by_person(self.left)

    @cached_property
    def applicants(self) -> tuple[str, ...]:
        """Those to be kept: with something left to do, neither absent nor given up by an earlier repair."""
        gone = self.force.absent | self.force.left_out
        return tuple(
            a.reference
            for a in self.problem.applicants
            if a.reference in self.left_rows and a.reference not in gone
        )

    @cached_property
    def session_of(self) -> dict[str, str]:
        return self.old.session_of_applicant

    @cached_property
    def done(self) -> dict[tuple[str, str], Entry]:
        """By applicant and exercise, what has begun."""
        rows = (row for run in self.begun for row in run.of(Role.APPLICANT))
        return {(row.person, row.exercise): row for row in rows}

    @cached_property
    def panels(self) -> dict[tuple[str, str], BegunPanel]:
        """By session and name."""
        runs: dict[tuple[str, str], list[Sitting]] = defaultdict(list)
        for run in sorted(self.begun, key=lambda r: r.window.start):
            if self._kind(run) is ExerciseKind.PANEL:
                runs[run.session, run_panel(run)].append(run)
        return {
            key: BegunPanel(
                members=tuple(row.person for row in found[-1].of(Role.ASSESSOR)),
                room=run_room(found[-1]),
                applicants=tuple(sorted({a for run in found for a in run.applicants})),
            )
            for key, found in runs.items()
        }

    @cached_property
    def group_of(self) -> dict[str, str]:
        """By session, the service-user group of the last group run that has begun."""
        found = {}
        for run in sorted(self.begun, key=lambda r: r.window.start):
            for row in run.of(Role.SERVICE_USER_GROUP):
                found[run.session] = row.person
        return found

    def pair_of(self, applicant: str, begun: bool) -> tuple[str, ...]:
        """The applicant's interpreters in what has begun, or in what is left."""
        if not self.problem.applicant_by_reference[applicant].adjustment.interpreter:
            return ()
        found: list[set[str]] = []
        for run in self.begun if begun else self.left:
            windows = {row.window for row in run.of(Role.APPLICANT) if row.person == applicant}
            if windows:
                found.append({row.person for row in run.of(Role.INTERPRETER) if row.window in windows})
        with_them = set.intersection(*found) if found else set()
        session = self.session_of.get(applicant)
        elsewhere = {
            row.person
            for run in self.old.sittings
            if run.session == session and applicant not in run.applicants and self._has_begun(run) == begun
            for row in run.of(Role.INTERPRETER)
        }
        return tuple(sorted(with_them - elsewhere))

    def worked_minutes(self, person: str, session: str) -> int:
        """What a role player or a service-user group has done of their minutes in this session."""
        rows = self.begun_rows.get(person, [])
        return sum(row.window.minutes for row in rows if row.session == session)

    def is_touched(self, run: Sitting) -> bool:
        """Whether this run, not yet begun, cannot be held as it is."""
        return (
            self.is_displaced(run)
            or any(self.is_hit(row) for row in run.entries)
            or any(self.is_kept_apart(row, run.applicants) for row in run.entries)
        )

    def is_kept_apart(self, row: Entry, applicants: Iterable[str]) -> bool:
        """Whether an interest, declared after the timetable was made, keeps this person from any of these."""
        return any(a != row.person and self.problem.excluded(a, row.person) for a in applicants)

    def may_give_way(self, row: Entry) -> bool:
        """Whether somebody else may take this person's place from now on, although they are there.

        A panel that has begun keeps its members, and a session its group; role players take turns.
        """
        begun = self.begun_rows.get(row.person, [])
        return row.role is Role.ROLE_PLAYER or all(other.session != row.session for other in begun)

    def is_displaced(self, run: Sitting) -> bool:
        """Whether its room is lost, or its session does not start in time for it."""
        return run_room(run) in self.force.rooms_lost or self.is_out_of_time(run.session, run.window.start)

    def is_out_of_time(self, session: str, start: int) -> bool:
        """Whether a session, where it now starts, has no run at this start any more."""
        begins = self.problem.session_by_reference[session].window.start
        return start < begins or (start - begins) % self.problem.grid_minutes != 0

    def is_hit(self, row: Entry) -> bool:
        """Whether the person of this row, not yet begun, is not there for it."""
        date = self.problem.session_by_reference[row.session].date
        return (
            self.force.is_absent(self.problem, row.person)
            or row.start < self.force.earliest(self.problem, row.person, date)
            or row.end > self.force.latest(self.problem, row.person, date)
        )

    def _kind(self, run: Sitting) -> ExerciseKind:
        return self.problem.exercise_by_reference[run.exercise].kind

    def _has_begun(self, run: Sitting) -> bool:
        session = self.problem.session_by_reference[run.session]
        return self.disruption.now.has_passed(session, run.window.start)


def history_of(
    problem: Problem, old: Timetable, repairs: tuple[Repair, ...], disruption: Disruption
) -> History:
    force = in_force((*repairs, Repair(disruption)))
    return History(with_moved_sessions(problem, force), old, repairs, disruption)


def _by_person(runs: tuple[Sitting, ...]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for run in runs:
        for row in run.entries:
            found[row.person].append(row)
    return dict(found)
