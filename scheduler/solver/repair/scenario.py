"""Who could do what is left: the sessions at hand, and for each of them everybody who may be in it.

An applicant who could go to another session is there under a second reference of the model's own, so that a
running order can be asked whether they come. Service-user groups and interpreters are kept out of the running
orders and are assigned beside them (`constraints/`). Read `variables.py` next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from scheduler.people import DeclaredInterest, ServiceUserGroup
from scheduler.problem import Problem
from scheduler.programme import Session
from scheduler.solver.repair.history import History
from scheduler.solver.running_order.options import Options, Run, clusters
from scheduler.solver.staffing import SessionStaffing
from scheduler.timetable import Role

PanelKey = tuple[str, int]
NO_LIMIT = 10**6


@dataclass(frozen=True)
class RepairOptions(Options):
    """A running order of what is left: `done` are the (applicant, exercise) that need no run any more.

    Rooms are always chosen, because keeping the room is one of the aims.
    """

    done: frozenset[tuple[str, str]] = frozenset()

    @cached_property
    def own_runs(self) -> tuple[Run, ...]:
        return tuple(run for run in super().own_runs if (run.applicant, run.exercise) not in self.done)

    @cached_property
    def panels_have_rooms_of_their_own(self) -> bool:
        return False


@dataclass(frozen=True)
class Alias:
    """An applicant as the model knows them in one session."""

    reference: str
    applicant: str
    session: str


@dataclass(frozen=True)
class Scenario:
    """The sessions `at_hand` are solved anew; all others stay as they are.

    The `movers` may go to a session at hand if they have begun nothing; None means everybody. A mover may be
    without a home among the sessions at hand, or without any.
    """

    history: History
    at_hand: tuple[str, ...]
    movers: frozenset[str] | None = frozenset()

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        return tuple(s for s in self.history.problem.sessions if s.reference in self.at_hand)

    @cached_property
    def aliases(self) -> tuple[Alias, ...]:
        found: list[Alias] = []
        for a in (*self.history.applicants, *self.homeless):
            home = self.history.session_of.get(a)
            if home in self.at_hand:
                found.append(Alias(a, a, home))
            if home in self.at_hand or a in self.homeless:
                found += [
                    Alias(f"{a} in {s.reference}", a, s.reference)
                    for s in self.sessions
                    if s.reference != home and self._may_go(a, s)
                ]
        return tuple(found)

    @cached_property
    def homeless(self) -> tuple[str, ...]:
        """Movers who could not be kept where they were, and now have nothing."""
        return tuple(sorted((self.movers or frozenset()) - set(self.history.applicants)))

    @cached_property
    def applicants(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*(alias.applicant for alias in self.aliases), *self.homeless)))

    @cached_property
    def done(self) -> frozenset[tuple[str, str]]:
        return frozenset(self.history.done)

    def rows_fixed(self, person: str) -> list[str]:
        """The sessions in which this person has been, or is and stays."""
        begun = [row.session for row in self.history.begun_rows.get(person, [])]
        left = [r.session for r in self.history.left_rows.get(person, []) if r.session not in self.at_hand]
        return sorted({*begun, *left})

    @cached_property
    def panel_names(self) -> dict[str, tuple[str, ...]]:
        """By session: the panels there are, then as many new ones as it may have."""
        found = {}
        for session in self.sessions:
            rows = self.history.old.by_session.get(session.reference, [])
            names = sorted({row.panel for row in rows if row.panel and row.role is Role.ASSESSOR})
            new = (f"{session.reference}-P{number}" for number in range(1, NO_LIMIT))
            unused = (name for name in new if name not in names)
            spare = max(0, min(session.panels_max, len(self._in_session(session))) - len(names))
            found[session.reference] = (*names, *(next(unused) for _ in range(spare)))
        return found

    @cached_property
    def assessors(self) -> dict[str, tuple[str, ...]]:
        """By session, whoever may sit on a panel from now on."""
        panels = {e.reference for e in self.history.problem.panel_exercises}
        return {
            s.reference: tuple(
                x.reference
                for x in self.history.problem.assessors
                if panels <= x.trained_for
                and self._may_work(x.reference, s)
                and (
                    s.reference in self.rows_fixed(x.reference)
                    or len(self.rows_fixed(x.reference)) < x.half_days_max
                )
            )
            for s in self.sessions
        }

    @cached_property
    def role_players(self) -> dict[str, tuple[str, ...]]:
        return self._working(r.reference for r in self.history.problem.role_players)

    @cached_property
    def interpreters(self) -> dict[str, tuple[str, ...]]:
        return self._working(i.reference for i in self.history.problem.interpreters)

    @cached_property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """By session, the groups that may come: all their members may, and those present fit the minutes."""
        problem, force = self.history.problem, self.history.force

        def may_come(group: ServiceUserGroup, session: Session) -> bool:
            present = len(force.present_members(group))
            return all(self._is_free(one, session) for one in group.members) and all(
                present * e.station_minutes <= e.minutes
                for e in problem.group_exercises
                if e.station_minutes is not None
            )

        by_reference = problem.group_by_reference
        found = self._working(by_reference)
        return {
            s.reference: tuple(g for g in found[s.reference] if may_come(by_reference[g], s))
            for s in self.sessions
        }

    def clusters(self) -> list[RepairOptions]:
        """The running orders to be solved, side by side in one model."""
        held = [s.reference for s in self.sessions if self._in_session(s)]
        problem = self._problem
        return [
            RepairOptions(
                problem,
                tuple(self._staffing(problem.session_by_reference[s]) for s in group),
                may_drop=True,
                done=self.done,
            )
            for group in clusters(problem, held)
        ]

    def clashing(self) -> list[tuple[str, str]]:
        """Pairs of sessions at hand in both of which nobody can be."""
        pairs = self.history.problem.session_clashes()
        return [
            (s.reference, t.reference) for s, t in pairs if {s.reference, t.reference} <= set(self.at_hand)
        ]

    def _in_session(self, session: Session) -> list[Alias]:
        return [alias for alias in self.aliases if alias.session == session.reference]

    def _staffing(self, session: Session) -> SessionStaffing:
        s = session.reference
        return SessionStaffing(
            session=s,
            applicants=tuple(alias.reference for alias in self._in_session(session)),
            assessors=self.assessors[s],
            panels=len(self.panel_names[s]) if self.history.problem.panel_exercises else 0,
            group=_group_of(s) if self.history.problem.group_exercises else None,
            role_players=self.role_players[s],
            pair_by_applicant={},
            without_first_choice_max=NO_LIMIT,
        )

    @cached_property
    def _problem(self) -> Problem:
        """The campaign as the running orders see it: aliases for applicants, no room that is lost."""
        problem, force = self.history.problem, self.history.force
        names: dict[str, list[str]] = {}
        for alias in self.aliases:
            names.setdefault(alias.applicant, []).append(alias.reference)
        by_reference = problem.applicant_by_reference
        travel = {
            (name, session.venue): problem.travel_of(a, session.venue)
            for a, known in names.items()
            for name in known
            for session in self.sessions
        }
        interests = (
            DeclaredInterest(applicant, person, i.kind, i.excluded)
            for i in problem.interests
            for applicant in names.get(i.applicant, ())
            for person in names.get(i.person, [i.person])
        )
        return replace(
            problem,
            applicants=tuple(
                replace(by_reference[alias.applicant], reference=alias.reference) for alias in self.aliases
            ),
            rooms=tuple(room for room in problem.rooms if room.reference not in force.rooms_lost),
            travel_minutes={**problem.travel_minutes, **travel},
            interests=tuple(interests),
            service_user_groups=tuple(ServiceUserGroup(_group_of(s), ()) for s in self.at_hand),
        )

    def _may_go(self, applicant: str, session: Session) -> bool:
        problem = self.history.problem
        if self.movers is not None and applicant not in self.movers:
            return False
        musts = {s for person, s in problem.required_pins if person == applicant}
        return (
            applicant not in self.history.begun_rows
            and self._is_free(applicant, session)
            and musts <= {session.reference}
            and self.history.disruption.now.earliest_start(session) < session.window.end
        )

    def _working(self, people: Iterable[str]) -> dict[str, tuple[str, ...]]:
        known = tuple(people)
        return {s.reference: tuple(p for p in known if self._may_work(p, s)) for s in self.sessions}

    def _may_work(self, person: str, session: Session) -> bool:
        """Free, there, and not bound to a session that clashes with this one."""
        problem, force = self.history.problem, self.history.force
        if force.is_absent(problem, person) or not self._is_free(person, session):
            return False
        return not any(other in self._clashing[session.reference] for other in self.rows_fixed(person))

    @cached_property
    def _clashing(self) -> dict[str, set[str]]:
        """By session, those in which nobody can be who is in it."""
        found: dict[str, set[str]] = {s.reference: set() for s in self.history.problem.sessions}
        for one, other in self.history.problem.session_clashes():
            found[one.reference].add(other.reference)
            found[other.reference].add(one.reference)
        return found

    def _is_free(self, person: str, session: Session) -> bool:
        key = (person, session.reference)
        return key not in self.history.problem.unavailable and key not in self.history.problem.forbidden_pins

    def needs_interpreters(self, alias: Alias) -> bool:
        return self.history.problem.applicant_by_reference[alias.applicant].adjustment.interpreter

    def is_left(self, alias: Alias, exercise: str) -> bool:
        """Whether this exercise has not begun; in another session nothing has."""
        return (alias.reference, exercise) not in self.done

    def earliest(self, person: str, session: str) -> int:
        """The first minute at which this person may be put to anything in this session."""
        problem, found = self.history.problem, self.history.problem.session_by_reference[session]
        late = self.history.force.earliest(problem, person, found.date)
        return max(late, self.history.disruption.now.earliest_start(found))

    def latest(self, person: str, session: str) -> int:
        problem = self.history.problem
        date = problem.session_by_reference[session].date
        return self.history.force.latest(problem, person, date)

    def may_be_replaced(self, person: str, session: str) -> bool:
        problem = self.history.problem
        return self.history.force.may_be_replaced(problem, person, problem.session_by_reference[session].date)


def _group_of(session: str) -> str:
    """A stand-in for whichever group serves this session; which one it is is decided beside."""
    return f"group of {session}"
