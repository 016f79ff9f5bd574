"""What happened on the day: who is absent, late or leaving, which room is lost, which session starts anew.

A `Disruption` is what one repair was told; a `Repair` adds whom it could not keep. Repairs follow each other,
so `in_force` says what holds after several of them. Nothing here decides anything; what a timetable does
about it is `scheduler.solver.repair`, and whether it honours it is `scheduler.checks.repaired`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from scheduler.grid import clock
from scheduler.people import ServiceUserGroup
from scheduler.problem import Problem
from scheduler.programme import Session


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A minute of a day: what starts at or before it has begun. `minutes` are after midnight."""

    date: datetime.date
    minutes: int

    def has_passed(self, session: Session, start: int) -> bool:
        """Whether a run that starts at `start` in this session has begun."""
        return Moment(session.date, start) <= self

    def earliest_start(self, session: Session) -> int:
        """The first minute at which anything of this session may still be planned."""
        if session.date > self.date:
            return session.window.start
        return max(session.window.start, self.minutes + 1 if session.date == self.date else 24 * 60)


@dataclass(frozen=True, slots=True)
class Disruption:
    """What one repair was told. Times are minutes after midnight, on the day of `now`.

    `absent` are not there from `now` to the end of the campaign: anybody, service users included. `late`
    start nothing before their time on that day, `leaving` are gone by theirs. A room of `rooms_lost` holds no
    run that had not begun. `session_starts` are sessions with their new start; they end as before.
    """

    now: Moment
    absent: tuple[str, ...] = ()
    late: tuple[tuple[str, int], ...] = ()
    leaving: tuple[tuple[str, int], ...] = ()
    rooms_lost: tuple[str, ...] = ()
    session_starts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair: what it was told, and the applicants whom it could not keep although they are there."""

    disruption: Disruption
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class InForce:
    """All that holds after some repairs. Of what was said twice about one person's day the latest holds."""

    absent: frozenset[str] = frozenset()
    late: Mapping[tuple[str, datetime.date], int] = field(default_factory=dict)
    leaving: Mapping[tuple[str, datetime.date], int] = field(default_factory=dict)
    rooms_lost: frozenset[str] = frozenset()
    session_starts: Mapping[str, int] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()

    def present_members(self, group: ServiceUserGroup) -> tuple[str, ...]:
        """A group works on without those of its service users who are absent."""
        return tuple(member for member in group.members if member not in self.absent)

    def is_absent(self, problem: Problem, person: str) -> bool:
        """A service-user group is absent, too, when none of its members is left."""
        group = problem.group_by_reference.get(person)
        return person in self.absent or (group is not None and not self.present_members(group))

    def earliest(self, problem: Problem, person: str, date: datetime.date) -> int:
        """No start of theirs before this; a late service user holds up the whole group."""
        return max(self.late.get((one, date), 0) for one in self._with_members(problem, person))

    def latest(self, problem: Problem, person: str, date: datetime.date) -> int:
        """No end of theirs after this; a group ends when the first of its members leaves."""
        return min(self.leaving.get((one, date), 24 * 60) for one in self._with_members(problem, person))

    def may_be_replaced(self, problem: Problem, person: str, date: datetime.date) -> bool:
        """Whether somebody else may take this person's place in a run of work that has begun."""
        return (
            self.is_absent(problem, person)
            or self.earliest(problem, person, date) > 0
            or self.latest(problem, person, date) < 24 * 60
        )

    def _with_members(self, problem: Problem, person: str) -> tuple[str, ...]:
        group = problem.group_by_reference.get(person)
        return (person,) if group is None else (person, *self.present_members(group))


def in_force(repairs: Sequence[Repair]) -> InForce:
    """What holds after these repairs, oldest first; nothing at all after none."""
    absent: set[str] = set()
    rooms: set[str] = set()
    left_out: set[str] = set()
    late: dict[tuple[str, datetime.date], int] = {}
    leaving: dict[tuple[str, datetime.date], int] = {}
    starts: dict[str, int] = {}
    for repair in repairs:
        told = repair.disruption
        absent.update(told.absent)
        rooms.update(told.rooms_lost)
        left_out.update(repair.left_out)
        late |= {(person, told.now.date): minutes for person, minutes in told.late}
        leaving |= {(person, told.now.date): minutes for person, minutes in told.leaving}
        starts |= dict(told.session_starts)
    return InForce(frozenset(absent), late, leaving, frozenset(rooms), starts, frozenset(left_out))


def with_moved_sessions(problem: Problem, force: InForce) -> Problem:
    """The problem with every session at the start that now holds."""
    starts = force.session_starts
    sessions = tuple(
        replace(s, window=replace(s.window, start=starts[s.reference])) if s.reference in starts else s
        for s in problem.sessions
    )
    return replace(problem, sessions=sessions) if starts else problem


def told_in_words(disruption: Disruption) -> list[str]:
    """Each thing that was told, as a clause: "B12 is absent"."""
    return [
        *(f"{person} is absent" for person in disruption.absent),
        *(f"{person} is late until {clock(minutes)}" for person, minutes in disruption.late),
        *(f"{person} leaves by {clock(minutes)}" for person, minutes in disruption.leaving),
        *(f"room {room} is lost" for room in disruption.rooms_lost),
        *(f"{session} starts at {clock(minutes)}" for session, minutes in disruption.session_starts),
    ]
