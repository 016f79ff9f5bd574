"""Running orders by trying everything: each start, room, run and role player in turn, with no solver.

One activity of one applicant after the other is put somewhere; whatever breaks a rule of the campaign format
is taken back. What comes out is the least waiting with rows of a timetable, without rotations, or None after
everything was tried. Who sits on which panel is given; see `exhaustive.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, pairwise, product

from scheduler.grid import Window
from scheduler.problem import Problem
from scheduler.programme import Exercise, ExerciseKind, Session
from scheduler.timetable import Entry, Role


@dataclass(frozen=True)
class StaffedPanel:
    applicants: tuple[str, ...]
    members: tuple[str, ...]


@dataclass(frozen=True)
class Staffed:
    """One session with everybody in it but the role players. `pairs` are interpreters by applicant."""

    session: Session
    applicants: tuple[str, ...]
    panels: tuple[StaffedPanel, ...]
    group: str | None
    pairs: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def staff(self) -> set[str]:
        sitting = {x for panel in self.panels for x in panel.members}
        return sitting | {i for _, pair in self.pairs for i in pair} | ({self.group} if self.group else set())


@dataclass
class Run:
    """One run that the search has put somewhere. `panel` is a position in the session's panels."""

    staffed: Staffed
    exercise: Exercise
    start: int
    room: str
    player: str | None
    panel: int | None
    applicants: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Quickest:
    """An order with the least waiting there can be: its `idle_minutes`, and its rows."""

    idle_minutes: int
    rows: tuple[Entry, ...]


def quickest_order(problem: Problem, together: tuple[Staffed, ...]) -> Quickest | None:
    """The least waiting in these sessions, which are all of one day; None where there is no sound order.

    Applicant by applicant, each with every choice of times that is sound for them alone, those with the least
    waiting first; what cannot end below the best so far is not followed.
    """
    people = [(s, a, _own_choices(problem, s, a)) for s in together for a in s.applicants]
    if not all(choices for _, _, choices in people):
        return None
    alone = [choices[0][0] for _, _, choices in people]
    still = [*accumulate(reversed(alone), initial=0)][::-1]
    best: Quickest | None = None

    def follow(number: int, idle: int, runs: list[Run]) -> None:
        nonlocal best
        to_come = Counter(s.session.reference for s, _, _ in people[number:])
        if not _groups_may_fill(runs, to_come):
            return
        if number == len(people):
            best = Quickest(idle, tuple(_rows(problem, runs)))
            return
        staffed, applicant, choices = people[number]
        for own, starts in choices:
            for _ in _ways_to_start(problem, staffed, applicant, starts, runs):
                if best is not None and idle + own + still[number + 1] >= best.idle_minutes:
                    return
                follow(number + 1, idle + own, runs)

    follow(0, 0, [])
    return best


Choice = tuple[int, dict[str, int]]


def _own_choices(problem: Problem, staffed: Staffed, applicant: str) -> list[Choice]:
    """(waiting, start by exercise) of every choice of times that is sound for the applicant alone."""
    window = staffed.session.window
    at = range(window.start, window.end, problem.grid_minutes)
    found: list[Choice] = []
    for starts in product(at, repeat=len(problem.exercises)):
        alone = [
            Run(staffed, exercise, start, "", None, None, [applicant])
            for exercise, start in zip(problem.exercises, starts, strict=True)
        ]
        times = sorted(_own_time(problem, run, applicant) for run in alone)
        gaps = [later.start - earlier.end - problem.move_minutes for earlier, later in pairwise(times)]
        inside = all(window.holds(_stay(problem, run)) for run in alone)
        if inside and min(gaps, default=0) >= 0 and _keeps_order_and_break(problem, applicant, alone):
            found.append((sum(gaps), {run.exercise.reference: run.start for run in alone}))
    return sorted(found, key=lambda choice: choice[0])


def _ways_to_start(
    problem: Problem,
    staffed: Staffed,
    applicant: str,
    starts: dict[str, int],
    runs: list[Run],
    number: int = 0,
) -> Iterator[None]:
    """Pauses with the applicant's runs in `runs` for each choice of runs, rooms and role players."""
    if number == len(problem.exercises):
        yield
        return
    exercise = problem.exercises[number]
    for run in _places(problem, staffed, applicant, exercise, starts[exercise.reference], runs):
        is_new = not run.applicants
        run.applicants.append(applicant)
        if is_new:
            runs.append(run)
        # Taken back even where whoever asks has seen enough.
        try:
            if _is_sound(problem, run, runs):
                yield from _ways_to_start(problem, staffed, applicant, starts, runs, number + 1)
        finally:
            run.applicants.pop()
            if is_new:
                runs.pop()


def _groups_may_fill(runs: list[Run], to_come: Counter[str]) -> bool:
    """Whether no shared run has too few, even if all who are still to come in its session joined it."""
    return all(
        r.exercise.group_min <= len(r.applicants) + to_come[r.staffed.session.reference]
        for r in runs
        if r.exercise.is_shared
    )


def _places(
    problem: Problem, staffed: Staffed, applicant: str, exercise: Exercise, start: int, runs: list[Run]
) -> Iterator[Run]:
    """Every run at `start` that the applicant could join, and every new one for each room and role player."""
    session = staffed.session
    panel = None
    rooms = [room.reference for room in problem.rooms_for(exercise, session.venue)]
    if exercise.kind is ExerciseKind.PANEL:
        panel = next(i for i, p in enumerate(staffed.panels) if applicant in p.applicants)
        rooms = [r.room for r in runs if (r.staffed, r.panel) == (staffed, panel)][:1] or rooms
    players = [r.reference for r in problem.role_players] if exercise.role_player else [None]
    if exercise.is_shared:
        theirs = [r for r in runs if r.staffed is staffed and r.exercise is exercise]
        yield from [r for r in theirs if r.start == start]
    for room in rooms:
        for player in players:
            yield Run(staffed, exercise, start, room, player, panel)


def _is_sound(problem: Problem, run: Run, runs: list[Run]) -> bool:
    return (
        _is_sound_alone(problem, run)
        and all(_go_together(problem, run, other) for other in runs if other is not run)
        and _seats_suffice(problem, run, runs)
        and _minutes_suffice(problem, run, runs)
    )


def _is_sound_alone(problem: Problem, run: Run) -> bool:
    session, exercise, room = run.staffed.session, run.exercise, problem.room_by_reference[run.room]
    rows = list(_people(problem, run))
    everybody = [person for _, person, _ in rows]
    if any(not session.window.holds(window) for _, _, window in rows) or len(run.applicants) > room.seats:
        return False
    if exercise.group_max is not None and exercise.is_shared and len(run.applicants) > exercise.group_max:
        return False
    if exercise.station_minutes and len(run.applicants) * exercise.station_minutes > exercise.minutes:
        return False
    for a in run.applicants:
        has = problem.applicant_by_reference[a].adjustment
        writing = exercise.kind in (ExerciseKind.SITTING, ExerciseKind.SOLO)
        if (has.step_free and not room.step_free) or (has.quiet_room and writing and not room.quiet):
            return False
        if any(problem.excluded(a, person) for person in everybody if person != a):
            return False
    if (
        run.player is not None
        and (run.player, session.reference) in problem.unavailable | problem.forbidden_pins
    ):
        return False
    late = problem.travel_late_start
    return all(w.start >= late for _, p, w in rows if problem.must_start_late(p, session.venue))


def _go_together(problem: Problem, run: Run, other: Run) -> bool:
    """Whether two runs leave each other the room, and everybody in both the time to move."""
    solo = run.exercise.kind is other.exercise.kind is ExerciseKind.SOLO
    if run.room == other.room and not solo and _stay(problem, run).overlaps(_stay(problem, other)):
        return False
    one, two = run.staffed.session, other.staffed.session
    clash = one is not two and (one.overlaps(two) or one.venue != two.venue)
    windows = {person: window for _, person, window in _people(problem, other)}
    for role, person, window in _people(problem, run):
        if person in windows:
            always_moves = role in (Role.APPLICANT, Role.INTERPRETER)
            move = problem.move_minutes if always_moves or run.room != other.room else 0
            theirs = windows[person]
            if clash or not (theirs.start >= window.end + move or window.start >= theirs.end + move):
                return False
    return True


def _seats_suffice(problem: Problem, run: Run, runs: list[Run]) -> bool:
    """Solo runs in one room: at no start are there more than it has seats."""
    if run.exercise.kind is not ExerciseKind.SOLO:
        return True
    stays = [_stay(problem, r) for r in runs if r.room == run.room and r.exercise.kind is ExerciseKind.SOLO]
    seats = problem.room_by_reference[run.room].seats
    return all(sum(s.start <= at.start < s.end for s in stays) <= seats for at in stays)


def _minutes_suffice(problem: Problem, run: Run, runs: list[Run]) -> bool:
    limits = {r.reference: r.minutes_max for r in problem.role_players}
    limits |= {g.reference: g.minutes_max for g in problem.service_user_groups}
    for person in (run.player, run.staffed.group):
        limit = limits[person] if person is not None else None
        if limit is not None:
            theirs = [r for r in runs if r.staffed is run.staffed]
            rows = [w for r in theirs for _, p, w in _people(problem, r) if p == person]
            if sum(window.minutes for window in rows) > limit:
                return False
    return True


def _keeps_order_and_break(problem: Problem, applicant: str, runs: list[Run]) -> bool:
    """Exercises that follow others, and the break once all exercises have their times."""
    times = {
        r.exercise.reference: _own_time(problem, r, applicant) for r in runs if applicant in r.applicants
    }
    for exercise in problem.exercises:
        if exercise.after is not None and exercise.reference in times and exercise.after in times:
            wait = times[exercise.reference].start - times[exercise.after].end
            longest = exercise.within_minutes
            if wait < problem.move_minutes or (longest is not None and wait > longest):
                return False
    if len(times) < len(problem.exercises) or len(times) < 2:
        return True
    gaps = [later.start - earlier.end for earlier, later in pairwise(sorted(times.values()))]
    return max(gaps) >= problem.applicant_by_reference[applicant].adjustment.break_minutes


def _own_time(problem: Problem, run: Run, applicant: str) -> Window:
    minutes = problem.minutes_for(problem.applicant_by_reference[applicant], run.exercise)
    return Window(run.start, run.start + run.exercise.preparation_minutes + minutes)


def _people(problem: Problem, run: Run) -> Iterator[tuple[Role, str, Window]]:
    """Everybody in a run, with their times in it."""
    contact = run.start + run.exercise.preparation_minutes
    free = max(_own_time(problem, run, a).end for a in run.applicants)
    with_writing = Window(contact, free + run.exercise.writing_minutes)
    pairs = dict(run.staffed.pairs)
    for a in run.applicants:
        yield Role.APPLICANT, a, _own_time(problem, run, a)
        for interpreter in pairs.get(a, ()):
            yield Role.INTERPRETER, interpreter, _own_time(problem, run, a)
    if run.panel is not None:
        for member in run.staffed.panels[run.panel].members:
            yield Role.ASSESSOR, member, with_writing
    if run.exercise.kind is ExerciseKind.GROUP and run.staffed.group is not None:
        yield Role.SERVICE_USER_GROUP, run.staffed.group, with_writing
    if run.player is not None:
        yield Role.ROLE_PLAYER, run.player, Window(contact, free)


def _stay(problem: Problem, run: Run) -> Window:
    return Window(run.start, max(window.end for _, _, window in _people(problem, run)))


def _rows(problem: Problem, runs: list[Run]) -> Iterator[Entry]:
    for number, run in enumerate(runs):
        panel = f"P{run.panel}" if run.panel is not None else ""
        for role, person, window in _people(problem, run):
            yield Entry(
                session=run.staffed.session.reference,
                start=window.start,
                exercise=run.exercise.reference,
                sitting=f"run {number}",
                room=run.room,
                role=role,
                person=person,
                end=window.end,
                panel=panel,
            )
