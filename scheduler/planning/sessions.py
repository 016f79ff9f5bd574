"""How many applicants one session can hold at most, and what limits it, by counting each resource alone.

A session may hold fewer than this, never more: time, rooms and people are counted one by one and not
together, and other sessions may want the same people. Read `offer.py` next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scheduler.capacity.supply import counted, is_free, may_work, needs_of
from scheduler.people import Assessor, ServiceUserGroup
from scheduler.problem import Problem
from scheduler.programme import Exercise, ExerciseKind, Session

APPLICANTS_MAX = 10_000


@dataclass(frozen=True, slots=True)
class Limit:
    """One thing that a session has only so much of: it holds `most` applicants at most, and `because`."""

    what: str
    most: int
    because: str


@dataclass(frozen=True, slots=True)
class SessionCapacity:
    """What one session can hold. `panels` is the most that can work in it, each seeing `per_panel`."""

    session: str
    venue: str
    panels: int
    per_panel: int
    limits: tuple[Limit, ...]

    @property
    def applicants(self) -> int:
        """The most applicants, by counting."""
        return min((limit.most for limit in self.limits), default=APPLICANTS_MAX)

    @property
    def limited_by(self) -> tuple[Limit, ...]:
        """What runs out first; several where they run out together."""
        return tuple(limit for limit in self.limits if limit.most == self.applicants)


def session_capacity(problem: Problem, session: Session) -> SessionCapacity:
    """What the session can hold of applicants without adjustments, whoever else is needed elsewhere."""
    limits = [*_time(problem, session), *_panels(problem, session), *_beside_panels(problem, session)]
    per_panel = interviews_per_panel(problem, session)
    panels = min((n for n, _, _ in _panel_numbers(problem, session)), default=0)
    return SessionCapacity(session.reference, session.venue, panels, per_panel, tuple(limits))


def interviews_with(problem: Problem, session: Session, panels: int) -> int:
    """The most applicants the session can hold with just so many panels, by counting."""
    limits = [limit.most for limit in (*_time(problem, session), *_beside_panels(problem, session))]
    if problem.panel_exercises:
        limits.append(panels * interviews_per_panel(problem, session))
    return min(limits, default=APPLICANTS_MAX)


def interviews_per_panel(problem: Problem, session: Session) -> int:
    """The most applicants one panel can see in the session; 0 where there are no panel exercises."""
    if not problem.panel_exercises:
        return 0
    block = sum(e.preparation_minutes + e.minutes + e.writing_minutes for e in problem.panel_exercises)
    return min(problem.panel.interviews_max, session.window.minutes // max(1, block))


def run_size_max(problem: Problem, exercise: Exercise, venue: str) -> int:
    """The most applicants in one run of a group or sitting exercise, in the largest room of the venue."""
    size = max((room.seats for room in problem.rooms_for(exercise, venue)), default=0)
    if exercise.group_max is not None:
        size = min(size, exercise.group_max)
    if exercise.station_minutes:
        size = min(size, exercise.minutes // exercise.station_minutes)
    return size


def group_minutes_for(problem: Problem, venue: str, applicants: int) -> int | None:
    """The minutes a service-user group works for so many in one session; None where no room serves them."""
    minutes = 0
    for exercise in problem.group_exercises:
        size = run_size_max(problem, exercise, venue)
        if size <= 0:
            return None if applicants else 0
        minutes += -(-applicants // size) * (exercise.minutes + exercise.writing_minutes)
    return minutes


def group_minutes_offered(problem: Problem, session: Session) -> int:
    """The minutes of the group that can do most in this session."""
    return max((_minutes_of(group, session) for group in groups_for(problem, session)), default=0)


def groups_for(problem: Problem, session: Session) -> list[ServiceUserGroup]:
    """The groups that are free and small enough for every rotation."""
    rounds = [e.minutes // e.station_minutes for e in problem.group_exercises if e.station_minutes]
    return [
        group
        for group in problem.service_user_groups
        if all(is_free(problem, person, session) for person in (group.reference, *group.members))
        and all(len(group.members) <= most for most in rounds)
    ]


def role_player_minutes(problem: Problem, session: Session) -> list[int]:
    """The minutes of each role player who is free for the session."""
    minutes = session.window.minutes
    return [
        minutes if player.minutes_max is None else min(minutes, player.minutes_max)
        for player in problem.role_players
        if is_free(problem, player.reference, session)
    ]


def role_played_alone(problem: Problem) -> list[Exercise]:
    """The exercises in which each applicant has a role player to themselves."""
    return [e for e in problem.exercises if e.role_player and not e.is_shared]


def _time(problem: Problem, session: Session) -> Iterator[Limit]:
    own = sum(e.preparation_minutes + e.minutes for e in problem.exercises)
    own += max(len(problem.exercises) - 1, 0) * problem.move_minutes
    if own > session.window.minutes:
        because = f"one applicant's exercises and moves take {own} minutes, it has {session.window.minutes}"
        yield Limit("time", 0, because)


def _beside_panels(problem: Problem, session: Session) -> Iterator[Limit]:
    for exercise in problem.exercises_of(ExerciseKind.SITTING):
        yield _sitting(problem, session, exercise)
    yield from _solo(problem, session)
    yield from _group(problem, session)
    yield from _role_players(problem, session)


def _panels(problem: Problem, session: Session) -> Iterator[Limit]:
    per_panel = interviews_per_panel(problem, session)
    for number, what, because in _panel_numbers(problem, session):
        yield Limit(what, number * per_panel, f"{because}; a panel sees {per_panel}")


def _panel_numbers(problem: Problem, session: Session) -> Iterator[tuple[int, str, str]]:
    """(panels, what of, in words) for everything that panels can run out of."""
    if not problem.panel_exercises:
        return
    yield session.panels_max, "panels", f"{counted(session.panels_max, 'panel')} allowed"
    rooms = [
        room
        for room in problem.rooms
        if room.venue == session.venue and room.seats and ExerciseKind.PANEL in room.use
    ]
    yield len(rooms), "panel rooms", counted(len(rooms), "panel room")
    here = [a for a in problem.assessors if may_work(problem, a, session)]
    for need in needs_of(problem):
        if need.number:
            able = sum(1 for a in here if need.counts(a))
            words = f"{able} {need.one if able == 1 else need.many} free, {need.number} on each panel"
            yield able // need.number, need.many, words
    mixed = _largest(lambda k: _mix_allows(problem, here, k), len(here))
    because = f"the assessors free make {counted(mixed, 'panel')} with their councils mixed as asked"
    yield mixed, "assessors of different councils", because


def _mix_allows(problem: Problem, here: list[Assessor], panels: int) -> bool:
    """Whether so many panels can be filled with no more of one council than allowed."""
    most = problem.panel.one_council_max * panels
    held = (sum(1 for a in here if a.council == council) for council in problem.councils)
    return sum(min(number, most) for number in held) >= problem.panel.size * panels


def _sitting(problem: Problem, session: Session, exercise: Exercise) -> Limit:
    length = exercise.preparation_minutes + exercise.minutes + exercise.writing_minutes
    runs = session.window.minutes // max(1, length)
    rooms = problem.rooms_for(exercise, session.venue)
    seats = sum(min(room.seats, exercise.group_max or room.seats) for room in rooms)
    because = f"{counted(seats, 'seat')} for {exercise.reference}, {counted(runs, 'run')} one after the other"
    return Limit("writing seats", seats * runs, because)


def _solo(problem: Problem, session: Session) -> Iterator[Limit]:
    solo = problem.exercises_of(ExerciseKind.SOLO)
    if not solo:
        return
    minutes = sum(e.preparation_minutes + e.minutes + e.writing_minutes for e in solo)
    seats = sum(room.seats for room in problem.rooms_for(solo[0], session.venue))
    most = min(APPLICANTS_MAX, seats * session.window.minutes // max(1, minutes))
    yield Limit(
        "seats for working alone", most, f"{counted(seats, 'seat')}, {minutes} minutes each applicant"
    )


def _group(problem: Problem, session: Session) -> Iterator[Limit]:
    if not problem.group_exercises:
        return
    minutes = group_minutes_offered(problem, session)
    most = _largest(lambda n: _fits(group_minutes_for(problem, session.venue, n), minutes), APPLICANTS_MAX)
    sizes = [run_size_max(problem, e, session.venue) for e in problem.group_exercises]
    because = f"{minutes} minutes of one service-user group, rounds of up to {max(sizes)}"
    yield Limit("service users' time", most, because)


def _fits(wanted: int | None, offered: int) -> bool:
    return wanted is not None and wanted <= offered


def _minutes_of(group: ServiceUserGroup, session: Session) -> int:
    minutes = session.window.minutes
    return minutes if group.minutes_max is None else min(minutes, group.minutes_max)


def _role_players(problem: Problem, session: Session) -> Iterator[Limit]:
    alone = role_played_alone(problem)
    if not alone:
        return
    each = sum(exercise.minutes for exercise in alone)
    players = role_player_minutes(problem, session)
    # One exercise cannot be begun by one role player and ended by another; several may be shared out.
    most = sum(minutes // each for minutes in players) if len(alone) == 1 else sum(players) // each
    because = f"{counted(len(players), 'role player')} free, {each} minutes for each applicant"
    yield Limit("role players' time", most, because)


def _largest(holds: Callable[[int], bool], most: int) -> int:
    """The largest number up to `most` of which `holds` is true: true of 0, and false from somewhere on."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low
