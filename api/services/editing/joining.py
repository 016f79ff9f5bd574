"""Where an applicant fits into a session as it stands: into runs with room, else at times when all is free.

Simple rules, looked through in a moment; nobody else is moved. What they cannot place is left out and told.
To have others move as well is the solver's work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from api.services.editing.board import Board, OpenRun
from scheduler.grid import Window
from scheduler.people import Applicant
from scheduler.places import Room
from scheduler.problem import FirstChoiceRule, Problem
from scheduler.programme import Exercise, ExerciseKind, Session

# So many combinations are looked at; a session of four exercises has far fewer that make sense.
STEPS_MAX = 20_000
ORDER = (ExerciseKind.GROUP, ExerciseKind.SITTING, ExerciseKind.PANEL, ExerciseKind.SOLO)


@dataclass(frozen=True, slots=True)
class Seat:
    """One way to do one exercise: in a run that is there, or in one to be made."""

    exercise: Exercise
    window: Window
    run: OpenRun
    joins: bool


@dataclass(frozen=True, slots=True)
class Day:
    """What is taken on the session's day."""

    rooms: dict[str, list[tuple[Window, OpenRun]]]
    people: dict[str, list[Window]]

    def person_is_free(self, person: str, window: Window) -> bool:
        return not any(window.overlaps(taken) for taken in self.people.get(person, []))


def join(board: Board, applicant: Applicant, session: Session) -> list[str]:
    """Put the applicant into the session's runs. Returns the exercises for which there was no place."""
    _find_interpreters(board, applicant, session)
    return _Search(board, applicant, session).settled()


class _Search:
    """All seats there are for each exercise, and the best combination of them."""

    def __init__(self, board: Board, applicant: Applicant, session: Session) -> None:
        self.board, self.problem, self.applicant, self.session = board, board.problem, applicant, session
        self.day = _day(board, session)
        self.here = board.runs_in(session.reference)
        exercises = sorted(self.problem.exercises, key=lambda exercise: ORDER.index(exercise.kind))
        self.choices = [(exercise, list(self._seats(exercise))) for exercise in exercises]
        self.best: list[Seat] = []
        self.best_worth: tuple[int, bool, int] = (0, False, 0)
        self.steps = 0

    def settled(self) -> list[str]:
        self._look([], 0)
        for seat in self.best:
            if seat.joins:
                seat.run.applicants.append(self.applicant.reference)
                self.board.touch(seat.run)
            else:
                self.board.add(seat.run)
        done = {seat.exercise.reference for seat in self.best}
        return [e.reference for e in self.problem.exercises if e.reference not in done]

    def _look(self, chosen: list[Seat], number: int) -> None:
        self.steps += 1
        if self.steps > STEPS_MAX or len(chosen) + len(self.choices) - number < self.best_worth[0]:
            return
        if number == len(self.choices):
            worth = self._worth(chosen)
            if worth > self.best_worth:
                self.best, self.best_worth = list(chosen), worth
            return
        for seat in self.choices[number][1]:
            if all(self._go_together(seat, other) for other in chosen):
                self._look([*chosen, seat], number + 1)
        self._look(chosen, number + 1)

    def _worth(self, chosen: Sequence[Seat]) -> tuple[int, bool, int]:
        """As many exercises as can be, then the break that is needed, then the shortest day."""
        windows = sorted(seat.window for seat in chosen)
        gaps = [later.start - earlier.end for earlier, later in pairwise(windows)]
        rested = max(gaps, default=0) >= self.applicant.adjustment.break_minutes
        span = windows[-1].end - windows[0].start if windows else 0
        return (len(chosen), rested, -span)

    def _go_together(self, one: Seat, other: Seat) -> bool:
        first, second = sorted((one, other), key=lambda seat: seat.window)
        if second.window.start - first.window.end < self.problem.move_minutes:
            return False
        # A room stays taken after the applicant has left it, while staff write up.
        written_up = first.window.end + first.exercise.writing_minutes
        if first.run.room == second.run.room and second.window.start < written_up:
            return False
        if first.exercise.after == second.exercise.reference:
            return False
        if second.exercise.after == first.exercise.reference:
            most = second.exercise.within_minutes
            if most is not None and second.window.start - first.window.end > most:
                return False
        panels = {seat.run.panel for seat in (one, other) if seat.exercise.kind is ExerciseKind.PANEL}
        return len(panels) < 2

    def _seats(self, exercise: Exercise) -> Iterator[Seat]:
        if exercise.is_shared:
            joined = [seat for run in self.here if (seat := self._beside_others(exercise, run)) is not None]
            yield from joined
            if joined or exercise.group_min > 1:
                return
        if exercise.kind is ExerciseKind.PANEL:
            yield from self._before_panels(exercise)
        else:
            yield from self._alone(exercise)

    def _beside_others(self, exercise: Exercise, run: OpenRun) -> Seat | None:
        """In a run of several that is there, if it has room."""
        if run.exercise != exercise.reference or not run.applicants:
            return None
        room = self.problem.room_by_reference[run.room]
        window = self._own_window(exercise, run.start)
        longer = Window(run.start, window.end + exercise.writing_minutes)
        fits = (
            len(run.applicants) < _most(exercise, room)
            and self._room_suits(exercise, room)
            and self._may_start(run.start)
            and self.session.window.holds(longer)
            and not self._kept_from([*run.applicants, *run.staff])
            and all(taken is run or not longer.overlaps(w) for w, taken in self.day.rooms.get(run.room, []))
        )
        return Seat(exercise, window, run, True) if fits else None

    def _before_panels(self, exercise: Exercise) -> Iterator[Seat]:
        """Before each panel that may see one more, whenever it, its room and a role player are free."""
        panels: dict[str, list[OpenRun]] = defaultdict(list)
        for run in self.here:
            if run.panel and run.applicants:
                panels[run.panel].append(run)
        for panel, runs in sorted(panels.items(), key=lambda item: self._lacks_first_choice(item[1])):
            members = sorted({member for run in runs for member in run.assessors})
            seen = {applicant for run in runs for applicant in run.applicants}
            room = self.problem.room_by_reference[runs[0].room]
            if len(seen) >= self.problem.panel.interviews_max or self._kept_from(members):
                continue
            yield from self._new_runs(exercise, [room], members, panel)

    def _lacks_first_choice(self, runs: Sequence[OpenRun]) -> tuple[bool, str]:
        """Panels with members of the applicant's first choice come first."""
        councils = [
            self.problem.assessor_by_reference[member].council
            for member in {member for run in runs for member in run.assessors}
            if member in self.problem.assessor_by_reference
        ]
        wanted = self.problem.panel.first_choice_members
        ruled = self.problem.panel.first_choice_rule is not FirstChoiceRule.OFF
        lacks = ruled and councils.count(self.applicant.first_choice or "") < wanted
        return (lacks, runs[0].panel)

    def _alone(self, exercise: Exercise) -> Iterator[Seat]:
        """In a run of their own, with the session's service-user group where that is needed."""
        rooms = self.problem.rooms_for(exercise, self.session.venue)
        if exercise.kind is not ExerciseKind.GROUP:
            yield from self._new_runs(exercise, rooms)
            return
        for group in dict.fromkeys(group for run in self.here for group in run.groups):
            if not self._kept_from([group]):
                yield from self._new_runs(exercise, rooms, groups=[group])

    def _new_runs(
        self,
        exercise: Exercise,
        rooms: Sequence[Room],
        members: Sequence[str] = (),
        panel: str = "",
        groups: Sequence[str] = (),
    ) -> Iterator[Seat]:
        suited = [room for room in rooms if self._room_suits(exercise, room)]
        for start in range(self.session.window.start, self.session.window.end, self.problem.grid_minutes):
            window = self._own_window(exercise, start)
            stay = Window(start, window.end + exercise.writing_minutes)
            contact = Window(start + exercise.preparation_minutes, window.end)
            if not self._may_start(start) or not self.session.window.holds(stay):
                continue
            if not all(
                self.day.person_is_free(p, Window(contact.start, stay.end)) for p in (*members, *groups)
            ):
                continue
            players = self._role_players(exercise, contact)
            room = next((r for r in suited if self._has_seat(exercise, r, stay)), None)
            if players is None or room is None:
                continue
            run = self._run(exercise, room, panel, start, members, groups, players)
            yield Seat(exercise, window, run, False)

    def _run(
        self,
        exercise: Exercise,
        room: Room,
        panel: str,
        start: int,
        members: Sequence[str],
        groups: Sequence[str],
        players: Sequence[str],
    ) -> OpenRun:
        """A run of this applicant alone, under a name that no run of the exercise has yet."""
        names = {run.sitting for run in self.here if run.exercise == exercise.reference}
        name = next(
            n for k in range(1, len(names) + 2) if (n := f"{exercise.reference}-more-{k}") not in names
        )
        return OpenRun(
            self.session.reference,
            exercise.reference,
            name,
            room.reference,
            panel,
            start,
            [self.applicant.reference],
            list(members),
            list(groups),
            list(players),
        )

    def _role_players(self, exercise: Exercise, contact: Window) -> list[str] | None:
        """One who works here and is free; none where none is needed; None where none is free."""
        if not exercise.role_player:
            return []
        here = sorted({player for run in self.here for player in run.role_players})
        free = [p for p in here if self.day.person_is_free(p, contact) and not self._kept_from([p])]
        return free[:1] or None

    def _has_seat(self, exercise: Exercise, room: Room, stay: Window) -> bool:
        """Solo runs share a room up to its seats; every other run needs it alone."""
        there = [run for window, run in self.day.rooms.get(room.reference, []) if stay.overlaps(window)]
        if exercise.kind is not ExerciseKind.SOLO:
            return not there
        alone = all(self.board.exercise_of(run).kind is ExerciseKind.SOLO for run in there)
        return alone and sum(len(run.applicants) for run in there) < room.seats

    def _own_window(self, exercise: Exercise, start: int) -> Window:
        minutes = self.problem.minutes_for(self.applicant, exercise)
        return Window(start, start + exercise.preparation_minutes + minutes)

    def _may_start(self, start: int) -> bool:
        late = self.problem.must_start_late(self.applicant.reference, self.session.venue)
        return not late or start >= self.problem.travel_late_start

    def _room_suits(self, exercise: Exercise, room: Room) -> bool:
        needs, written = self.applicant.adjustment, (ExerciseKind.SITTING, ExerciseKind.SOLO)
        quiet = needs.quiet_room and exercise.kind in written
        return (room.step_free or not needs.step_free) and (room.quiet or not quiet)

    def _kept_from(self, people: Sequence[str]) -> bool:
        mine = self.applicant.reference
        return any(self.problem.excluded(mine, p) or self.problem.excluded(p, mine) for p in people)


def _most(exercise: Exercise, room: Room) -> int:
    most = [room.seats]
    if exercise.group_max is not None:
        most.append(exercise.group_max)
    if exercise.station_minutes:
        most.append(exercise.minutes // exercise.station_minutes)
    return min(most)


def _day(board: Board, session: Session) -> Day:
    rooms: dict[str, list[tuple[Window, OpenRun]]] = defaultdict(list)
    people: dict[str, list[Window]] = defaultdict(list)
    for run in board.runs_on(session.date):
        stay = board.stay_of(run)
        rooms[run.room].append((stay, run))
        for person in run.staff:
            people[person].append(Window(stay.start + board.exercise_of(run).preparation_minutes, stay.end))
    return Day(rooms, people)


def _find_interpreters(board: Board, applicant: Applicant, session: Session) -> None:
    """Two who can come and are with nobody else that day; fewer where there are no more."""
    if not applicant.adjustment.interpreter:
        return
    problem: Problem = board.problem
    busy = {
        person
        for (where, _), pair in board.interpreters.items()
        if problem.session_by_reference[where].date == session.date
        for person in pair
    }
    free = [
        i.reference
        for i in problem.interpreters
        if i.reference not in busy and problem.available(i.reference, session.reference)
    ]
    board.interpreters[session.reference, applicant.reference] = tuple(free[:2])
