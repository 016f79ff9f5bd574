"""The index sets of one running order: who is in the sessions, and what could happen where.

A running order is solved for a *cluster*: usually one session, several where sessions at one venue
overlap or follow each other so closely that their people could collide. Read `variables.py` next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from scheduler.people import Applicant
from scheduler.places import Room
from scheduler.problem import Problem
from scheduler.programme import Exercise, ExerciseKind, Session
from scheduler.solver.counting import runs_in_time
from scheduler.solver.staffing import SessionStaffing

# More runs of one exercise than this are not offered to the solver; see `Options.complete`.
RUNS_MAX = 12


@dataclass(frozen=True)
class Run:
    """A run that may happen: of a panel or solo exercise for one applicant, or a shared one by number."""

    session: str
    exercise: str
    applicant: str | None
    number: int


@dataclass(frozen=True)
class Options:
    """All index sets. `may_drop` lets applicants stay out where they cannot all fit.

    With `own_rooms` each panel may simply be given a room of its own, where there are enough.
    """

    problem: Problem
    staffing: tuple[SessionStaffing, ...]
    may_drop: bool = False
    own_rooms: bool = True

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        return tuple(self.problem.session_by_reference[s.session] for s in self.staffing)

    @cached_property
    def staffing_by_session(self) -> dict[str, SessionStaffing]:
        return {s.session: s for s in self.staffing}

    @cached_property
    def applicants(self) -> tuple[tuple[str, Applicant], ...]:
        """(session, applicant) for everybody in the cluster."""
        by_reference = self.problem.applicant_by_reference
        return tuple((s.session, by_reference[a]) for s in self.staffing for a in s.applicants)

    @cached_property
    def session_of(self) -> dict[str, str]:
        return {applicant.reference: session for session, applicant in self.applicants}

    @cached_property
    def panels(self) -> tuple[tuple[str, int], ...]:
        """(session, panel number from 0)."""
        return tuple((s.session, p) for s in self.staffing for p in range(s.panels))

    def panels_of(self, session: str) -> range:
        return range(self.staffing_by_session[session].panels)

    @cached_property
    def own_runs(self) -> tuple[Run, ...]:
        """Runs of one applicant: panel and solo exercises."""
        return tuple(
            Run(session, exercise.reference, applicant.reference, 0)
            for session, applicant in self.applicants
            for exercise in self.problem.exercises
            if not exercise.is_shared
        )

    @cached_property
    def shared_runs(self) -> tuple[Run, ...]:
        """Runs of several applicants: group and sitting exercises, numbered in order of their start."""
        return tuple(
            Run(s.session, exercise.reference, None, number)
            for s in self.staffing
            for exercise in self.problem.exercises
            if exercise.is_shared
            for number in range(self.run_count(s.session, exercise))
        )

    def shared_runs_of(self, session: str, exercise: str) -> tuple[Run, ...]:
        return tuple(r for r in self.shared_runs if r.session == session and r.exercise == exercise)

    def run_count(self, session: str, exercise: Exercise) -> int:
        return min(RUNS_MAX, self._runs_useful(session, exercise))

    def _runs_useful(self, session: str, exercise: Exercise) -> int:
        """No timetable has more runs of a shared exercise than this: by people, then by time and rooms."""
        people = len(self.staffing_by_session[session].applicants)
        in_time = runs_in_time(exercise, self.problem.session_by_reference[session])
        rooms = 1 if exercise.kind is ExerciseKind.GROUP else len(self.rooms_of(session, exercise))
        return max(0, min(people // max(1, exercise.group_min), in_time * rooms))

    @cached_property
    def complete(self) -> bool:
        """Whether every sound running order can be expressed; only then is a bound a bound."""
        return all(
            self._runs_useful(s.session, exercise) <= RUNS_MAX
            for s in self.staffing
            for exercise in self.problem.exercises
            if exercise.is_shared
        )

    def rooms_of(self, session: str, exercise: Exercise) -> tuple[Room, ...]:
        return self.problem.rooms_for(exercise, self.problem.session_by_reference[session].venue)

    def exercise(self, run: Run) -> Exercise:
        return self.problem.exercise_by_reference[run.exercise]

    @cached_property
    def rooms(self) -> tuple[Room, ...]:
        venues = {session.venue for session in self.sessions}
        return tuple(room for room in self.problem.rooms if room.venue in venues)

    @cached_property
    def panels_have_rooms_of_their_own(self) -> bool:
        """Whether each panel may simply be given a room that nothing else can use.

        Then rooms need no variables: the panels take them after the solve, step-free ones where needed.
        It loses nothing as long as there are rooms enough for all panels and for all who need step-free; but
        see `own_rooms_may_cost`.
        """
        if len(self.staffing) != 1 or not self.own_rooms:
            return False
        return len(self.panels) <= len(self.panel_rooms_alone) and self._step_free_needed() <= sum(
            room.step_free for room in self.panel_rooms_alone
        )

    @property
    def own_rooms_may_cost(self) -> bool:
        """Whether a role player might save a move where two runs follow each other in one room."""
        moves = self.problem.move_minutes > 0 and any(e.role_player for e in self.problem.panel_exercises)
        return moves and self.panels_have_rooms_of_their_own

    @cached_property
    def panel_rooms_alone(self) -> tuple[Room, ...]:
        """Rooms that, of all kinds of exercise in this campaign, serve only panels."""
        kinds = {exercise.kind for exercise in self.problem.exercises}
        return tuple(r for r in self.rooms if r.seats and r.use & kinds == {ExerciseKind.PANEL})

    def _step_free_needed(self) -> int:
        return sum(applicant.adjustment.step_free for _, applicant in self.applicants)


def clusters(problem: Problem, held: Sequence[str]) -> list[tuple[str, ...]]:
    """The held sessions, grouped so that groups share neither rooms nor anybody's moves at any moment."""
    sessions = sorted(
        (problem.session_by_reference[s] for s in held), key=lambda s: (s.venue, s.date, s.window.start)
    )
    groups: list[list[Session]] = []
    for session in sessions:
        last = groups[-1] if groups else []
        if last and _touches(problem, last, session):
            last.append(session)
        else:
            groups.append([session])
    return [tuple(s.reference for s in group) for group in groups]


def _touches(problem: Problem, group: Sequence[Session], session: Session) -> bool:
    return any(
        other.venue == session.venue
        and other.date == session.date
        and session.window.start < other.window.end + problem.move_minutes
        for other in group
    )
