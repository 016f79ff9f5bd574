"""The fewest people a repair of a tiny campaign can change, by trying everything, with no solver.

Every way to place and staff what is left is listed, and every running order of it searched, old places first;
a branch is left when as many people have changed as in the best repair so far. A whole timetable counts only
if `scheduler.checks` finds no breach in it. Slow, and meant to be plain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations, product

from scheduler.changes import Face, difference, face, people_changed
from scheduler.checks import breaches_of
from scheduler.disruption import Disruption, InForce, Repair, in_force, with_moved_sessions
from scheduler.grid import Window
from scheduler.problem import Problem
from scheduler.programme import Exercise, ExerciseKind, Session
from scheduler.timetable import Entry, Role, Timetable, timetable_of
from tests.scheduler.solver.exhaustive import _is_a_panel

Values = tuple[int, int, int]


class TooBig(Exception):
    """The search has taken more steps than it was allowed."""


@dataclass(frozen=True)
class Staffed:
    """One session from now on: who is in it, before which panel, with whose help."""

    session: Session
    people: tuple[str, ...]
    panel_of: dict[str, str]
    members: dict[str, tuple[str, ...]]
    group: str | None
    pairs: dict[str, tuple[str, ...]]


@dataclass
class Run:
    staffed: Staffed
    exercise: Exercise
    start: int
    room: str
    player: str | None
    people: list[str] = field(default_factory=list)


@dataclass
class Search:
    """`best` is the fewest people changed so far, with the timetable that has it."""

    problem: Problem
    old: Timetable
    disruption: Disruption
    steps_max: int
    steps: int = 0
    best: int | None = None

    def __post_init__(self) -> None:
        self.force: InForce = in_force([Repair(self.disruption)])
        self.problem = with_moved_sessions(self.problem, self.force)
        self.begun: list[Entry] = []
        self.left: list[Entry] = []
        for run in self.old.sittings:
            session = self.problem.session_by_reference[run.session]
            has_begun = self.disruption.now.has_passed(session, run.window.start)
            (self.begun if has_begun else self.left).extend(run.entries)
        self.faces: dict[str, set[Face]] = {}
        for row in self.left:
            self.faces.setdefault(row.person, set()).add(face(row))
        self.done = {(r.person, r.exercise) for r in self.begun if r.role is Role.APPLICANT}

    def step(self) -> None:
        self.steps += 1
        if self.steps > self.steps_max:
            raise TooBig


def least_change(problem: Problem, old: Timetable, disruption: Disruption, steps_max: int = 10**6) -> Values:
    """(applicants not kept, applicants elsewhere, people changed) of the best repair."""
    search = Search(problem, old, disruption, steps_max)
    everybody = sorted({r.person for r in search.left if r.role is Role.APPLICANT} - search.force.absent)
    for unplaced in range(len(everybody) + 1):
        for elsewhere in range(len(everybody) - unplaced + 1):
            people = _fewest(search, everybody, unplaced, elsewhere)
            if people is not None:
                return unplaced, elsewhere, people
    raise AssertionError("leaving everybody out is always a repair")


def _fewest(search: Search, everybody: list[str], unplaced: int, elsewhere: int) -> int | None:
    """The fewest people changed with just so many not kept, and elsewhere; None where that cannot be."""
    search.best = None
    for out in combinations(everybody, unplaced):
        kept = [a for a in everybody if a not in out]
        for where in _wheres(search, kept, elsewhere):
            _try(search, where, out)
    return search.best


def _wheres(search: Search, kept: list[str], elsewhere: int) -> Iterator[dict[str, Session]]:
    """Every session for everybody kept, with just so many who change theirs."""
    home = search.old.session_of_applicant
    by_reference = search.problem.session_by_reference
    begun = {row.person for row in search.begun}
    for movers in combinations([a for a in kept if a not in begun], elsewhere):
        others = [[s for s in search.problem.sessions if s.reference != home[a]] for a in movers]
        for chosen in product(*others):
            moved = dict(zip(movers, chosen, strict=True))
            if all(_free(search, a, s) and _pinned_there(search, a, s) for a, s in moved.items()):
                yield {a: moved.get(a, by_reference[home[a]]) for a in kept}


def _try(search: Search, where: dict[str, Session], out: tuple[str, ...]) -> None:
    ways = []
    for session in search.problem.sessions:
        people = tuple(a for a, s in where.items() if s == session)
        ways.append(list(_staffings(search, session, people)) if people else [None])
    for chosen in product(*ways):
        staffed = [s for s in chosen if s is not None]
        activities = [
            (s, a, e)
            for s in staffed
            for a in s.people
            for e in search.problem.exercises
            if (a, e.reference) not in search.done
        ]
        _place(search, activities, 0, [], set(out), out)


def _staffings(search: Search, session: Session, people: tuple[str, ...]) -> Iterator[Staffed]:
    for panel_of, members in _panels(search, session, people):
        for group in _groups(search, session, people):
            for pairs in _pairs(search, session, people):
                yield Staffed(session, people, panel_of, members, group, pairs)


def _panels(
    search: Search, session: Session, people: tuple[str, ...]
) -> Iterator[tuple[dict[str, str], dict[str, tuple[str, ...]]]]:
    problem, rows = search.problem, search.old.by_session.get(session.reference, [])
    exercises = {e.reference for e in problem.panel_exercises}
    seen = [a for a in people if any((a, e) not in search.done for e in exercises)]
    names = sorted({row.panel for row in rows if row.role is Role.ASSESSOR})
    new = [f"new {number}" for number in range(session.panels_max - len(names))]
    able = [
        x
        for x in problem.assessors
        if exercises <= x.trained_for
        and _free(search, x.reference, session)
        and not _gone(search, x.reference)
    ]
    begun: dict[str, tuple[str, ...]] = {}
    for row in sorted(search.begun, key=lambda r: r.start):
        if row.session == session.reference and row.role is Role.ASSESSOR:
            begun[row.panel] = tuple(
                r.person
                for r in search.begun
                if r.role is Role.ASSESSOR
                and r.sitting == row.sitting
                and (r.session, r.exercise) == (row.session, row.exercise)
            )
    for chosen in product([*names, *new], repeat=len(seen)):
        used = [name for name in new if name in chosen]
        if used != new[: len(used)]:
            continue
        panels = sorted(set(chosen))
        for seats in product(combinations(able, problem.panel.size), repeat=len(panels)):
            sitting = [x for members in seats for x in members]
            if len(set(sitting)) < len(sitting):
                continue
            members = {n: tuple(x.reference for x in m) for n, m in zip(panels, seats, strict=True)}
            stay = all(
                x in members[name] or search.force.may_be_replaced(problem, x, session.date)
                for name in panels
                for x in begun.get(name, ())
            )
            blocks = {n: tuple(a for a, c in zip(seen, chosen, strict=True) if c == n) for n in panels}
            if stay and all(_is_a_panel(problem, blocks[n], m) for n, m in zip(panels, seats, strict=True)):
                yield dict(zip(seen, chosen, strict=True)), members


def _groups(search: Search, session: Session, people: tuple[str, ...]) -> Iterator[str | None]:
    exercises = search.problem.group_exercises
    if not any((a, e.reference) not in search.done for a in people for e in exercises):
        yield None
        return
    for group in search.problem.service_user_groups:
        present = len(search.force.present_members(group))
        if (
            present
            and not _gone(search, group.reference)
            and all(
                present * e.station_minutes <= e.minutes for e in exercises if e.station_minutes is not None
            )
        ):
            yield group.reference


def _pairs(search: Search, session: Session, people: tuple[str, ...]) -> Iterator[dict[str, tuple[str, ...]]]:
    by_reference = search.problem.applicant_by_reference
    needing = [a for a in people if by_reference[a].adjustment.interpreter]
    able = [i.reference for i in search.problem.interpreters if not _gone(search, i.reference)]
    for pairs in product(combinations(able, 2), repeat=len(needing)):
        together = [i for pair in pairs for i in pair]
        if len(set(together)) == len(together):
            yield dict(zip(needing, pairs, strict=True))


def _place(
    search: Search,
    activities: list[tuple[Staffed, str, Exercise]],
    number: int,
    runs: list[Run],
    changed: set[str],
    out: tuple[str, ...],
) -> None:
    """Put activity `number` and all after it somewhere; `changed` has certainly changed already."""
    search.step()
    if search.best is not None and len(changed) >= search.best:
        return
    if number == len(activities):
        _judge(search, runs, out)
        return
    staffed, a, exercise = activities[number]
    for run in _places(search, staffed, a, exercise, runs):
        is_new = not run.people
        run.people.append(a)
        if is_new:
            runs.append(run)
        rows = list(_rows(search.problem, run, runs.index(run)))
        if _fits(search, run, rows, runs):
            # Later applicants may lengthen a shared run for its staff, but never change an applicant's row.
            sure = {Role.APPLICANT, Role.INTERPRETER} if exercise.is_shared else set(Role)
            now = {
                r.person for r in rows if r.role in sure and face(r) not in search.faces.get(r.person, set())
            }
            _place(search, activities, number + 1, runs, changed | now, out)
        run.people.pop()
        if is_new:
            runs.pop()


def _places(search: Search, staffed: Staffed, a: str, exercise: Exercise, runs: list[Run]) -> Iterator[Run]:
    """Every run the applicant could join, then every new one, the old place first."""
    problem, session = search.problem, staffed.session
    if exercise.is_shared:
        yield from [r for r in runs if r.staffed is staffed and r.exercise is exercise]
    first = search.disruption.now.earliest_start(session)
    starts = [s for s in range(session.window.start, session.window.end, problem.grid_minutes) if s >= first]
    rooms = [
        r.reference
        for r in problem.rooms_for(exercise, session.venue)
        if r.reference not in search.force.rooms_lost
    ]
    players: list[str | None] = [None]
    if exercise.role_player:
        players = [r.reference for r in problem.role_players if not _gone(search, r.reference)]
    was = {
        (row.start, row.room) for row in search.left if (row.person, row.exercise) == (a, exercise.reference)
    }
    for start, room in sorted(product(starts, rooms), key=lambda place: place not in was):
        for player in players:
            yield Run(staffed, exercise, start, room, player)


def _fits(search: Search, run: Run, rows: list[Entry], runs: list[Run]) -> bool:
    """Cheap reasons to give up early; the checks have the last word."""
    problem = search.problem
    exercise, room = run.exercise, problem.room_by_reference[run.room]
    if len(run.people) > min(room.seats, exercise.group_max or room.seats) and exercise.is_shared:
        return False
    window = Window(run.start, max(row.end for row in rows))
    if not run.staffed.session.window.holds(window):
        return False
    others = [(r, list(_rows(problem, r, 0))) for r in runs if r is not run]
    taken = [
        (row.person, row.role, row.window, row.room, row.session) for _, found in others for row in found
    ]
    taken += [(row.person, row.role, row.window, row.room, row.session) for row in search.begun]
    day = run.staffed.session.date
    for row in rows:
        for person, role, busy, place, session in taken:
            if person != row.person or problem.session_by_reference[session].date != day:
                continue
            moves = role in (Role.APPLICANT, Role.INTERPRETER) or place != row.room
            gap = problem.move_minutes if moves else 0
            if not (row.start >= busy.end + gap or busy.start >= row.end + gap):
                return False
    for other, found in others:
        solo = exercise.kind is other.exercise.kind is ExerciseKind.SOLO
        stay = Window(other.start, max(row.end for row in found))
        if (
            other.room == run.room
            and not solo
            and other.staffed.session.date == day
            and stay.overlaps(window)
        ):
            return False
    return True


def _rows(problem: Problem, run: Run, number: int) -> Iterator[Entry]:
    exercise, staffed = run.exercise, run.staffed
    contact = run.start + exercise.preparation_minutes
    minutes = {a: problem.minutes_for(problem.applicant_by_reference[a], exercise) for a in run.people}
    free = contact + max(minutes.values())
    panel = staffed.panel_of[run.people[0]] if exercise.kind is ExerciseKind.PANEL else ""

    def row(role: Role, person: str, start: int, end: int) -> Entry:
        sitting = f"left {number}"
        session = staffed.session.reference
        return Entry(session, start, exercise.reference, sitting, run.room, role, person, end, panel)

    for a in run.people:
        yield row(Role.APPLICANT, a, run.start, contact + minutes[a])
        for interpreter in staffed.pairs.get(a, ()):
            yield row(Role.INTERPRETER, interpreter, run.start, contact + minutes[a])
    for x in staffed.members[panel] if panel else ():
        yield row(Role.ASSESSOR, x, contact, free + exercise.writing_minutes)
    if exercise.kind is ExerciseKind.GROUP and staffed.group is not None:
        yield row(Role.SERVICE_USER_GROUP, staffed.group, contact, free + exercise.writing_minutes)
    if run.player is not None:
        yield row(Role.ROLE_PLAYER, run.player, contact, free)


def _judge(search: Search, runs: list[Run], out: tuple[str, ...]) -> None:
    rows = [row for number, run in enumerate(runs) for row in _rows(search.problem, run, number)]
    new = timetable_of([*search.begun, *rows])
    absent = {p for p in search.old.by_person if _gone(search, p)}
    people = len(people_changed(difference(search.old, new), absent))
    if search.best is not None and people >= search.best:
        return
    repairs = [Repair(search.disruption, out)]
    if not breaches_of(search.problem, new, check_rotations=False, repairs=repairs):
        search.best = people


def _gone(search: Search, person: str) -> bool:
    return search.force.is_absent(search.problem, person)


def _free(search: Search, person: str, session: Session) -> bool:
    barred = search.problem.unavailable | search.problem.forbidden_pins
    return (person, session.reference) not in barred


def _pinned_there(search: Search, person: str, session: Session) -> bool:
    return {s for p, s in search.problem.required_pins if p == person} <= {session.reference}
