"""The repair in which nobody's times move: found without a model, and often the least there can be.

Who is absent leaves a gap; a lost room is exchanged for a free one; staff who are missing for others who are
free (`stand_ins.py`). Whoever cannot be kept so is left out: that is a repair, too, if a poor one, and
`stages.py` then looks for a better. Whether what is found is the least is asked of `least.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from scheduler.grid import Window
from scheduler.places import Room
from scheduler.programme import ExerciseKind
from scheduler.solver.repair.board import Board, RunKey, shares_its_room
from scheduler.solver.repair.history import History
from scheduler.solver.repair.stand_ins import find_stand_ins, keep_pins
from scheduler.timetable import Entry, Role

WRITING = (ExerciseKind.SITTING, ExerciseKind.SOLO)


@dataclass(frozen=True)
class InPlace:
    """The rows of everything left to do, and the applicants who are left out of it."""

    entries: tuple[Entry, ...]
    left_out: tuple[str, ...]


def repaired_in_place(history: History) -> InPlace:
    """Every touched run at its own time, or without those whom it cannot be held for."""
    board = Board(history)
    lost: set[str] = set()
    gone = (history.force.absent | history.force.left_out) & history.problem.applicant_by_reference.keys()
    _leave_out(board, gone, lost)
    _leave_out(board, _without_a_time(board), lost)
    _leave_out(board, _without_a_room(board), lost)
    _leave_out(board, find_stand_ins(board), lost)
    while barred := keep_pins(board):
        _leave_out(board, barred, lost)
    rows = tuple(sorted(row for key in board.left() for row in board.rows(key)))
    return InPlace(rows, tuple(sorted(lost - gone)))


def given_up(history: History) -> InPlace:
    """Nobody kept who has anything left in a touched session: poor, but it breaks no rule."""
    touched = {run.session for run in history.left if history.is_touched(run)}
    rows = (row for run in history.left if run.session not in touched for row in run.entries)
    out = {a for a in history.applicants if any(row.session in touched for row in history.left_rows[a])}
    return InPlace(tuple(sorted(rows)), tuple(sorted(out)))


def _leave_out(board: Board, applicants: Iterable[str], lost: set[str]) -> None:
    """Leave these out, and with them whoever is then in a run that has too few."""
    waiting = sorted(applicants)
    while waiting:
        a = waiting.pop()
        if a in lost:
            continue
        lost.add(a)
        for key in board.leave_out(a):
            others = board.applicants(key)
            if len(others) < board.exercise(key).group_min:
                waiting += others


def _without_a_time(board: Board) -> set[str]:
    """Applicants whose own row cannot stay, or whose run or interpreters are not there in time."""
    history, problem = board.history, board.problem
    found: set[str] = set()
    for key in board.left():
        rows = board.rows(key)
        people = board.applicants(key)
        if history.is_out_of_time(key[0], min(row.start for row in rows)):
            found.update(people)
        found.update(row.person for row in rows if row.role is Role.APPLICANT and history.is_hit(row))
        if any(row.role is Role.INTERPRETER and history.is_hit(row) for row in rows):
            found.update(a for a in people if problem.applicant_by_reference[a].adjustment.interpreter)
    return found


def _without_a_room(board: Board) -> set[str]:
    """Give each run, or panel, that has lost its room another one; those for whom there is none."""
    found: set[str] = set()
    for keys in _roomless(board):
        rooms = [
            room
            for room in board.problem.rooms_for(
                board.exercise(keys[0]), board.problem.session_by_reference[keys[0][0]].venue
            )
            if room.reference not in board.history.force.rooms_lost
            and all(_suits(board, key, room) and _is_free(board, key, room, keys) for key in keys)
        ]
        for key in keys:
            if rooms:
                board.put(key, [replace(row, room=rooms[0].reference) for row in board.rows(key)])
            else:
                found.update(board.applicants(key))
    return found


def _roomless(board: Board) -> list[list[RunKey]]:
    """Runs in lost rooms, a panel's together, those with most applicants first."""
    units: dict[tuple[str, ...], list[RunKey]] = defaultdict(list)
    for key in board.left():
        row = board.rows(key)[0]
        if row.room in board.history.force.rooms_lost:
            units[(key[0], "panel", row.panel) if _panel(board, key) else key].append(key)
    for (session, _, panel), keys in units.items():
        # A panel keeps one room, so what it has left goes together.
        assert all(key[0] == session for key in keys), panel
    return [keys for _, keys in sorted(units.items(), key=lambda unit: (-_people(board, unit[1]), unit[0]))]


def _people(board: Board, keys: list[RunKey]) -> int:
    return sum(len(board.applicants(key)) for key in keys)


def _panel(board: Board, key: RunKey) -> bool:
    return board.exercise(key).kind is ExerciseKind.PANEL


def _suits(board: Board, key: RunKey, room: Room) -> bool:
    exercise, people = board.exercise(key), board.applicants(key)
    needs = [board.problem.applicant_by_reference[a].adjustment for a in people]
    return (
        (len(people) if exercise.is_shared else 1) <= room.seats
        and (room.step_free or not any(need.step_free for need in needs))
        and (room.quiet or exercise.kind not in WRITING or not any(need.quiet_room for need in needs))
    )


def _is_free(board: Board, key: RunKey, room: Room, together: list[RunKey]) -> bool:
    """Whether the room has a place for the run at its time, and its staff have time to come and go.

    Runs that move `together` will be in the same room.
    """
    stay = _stay(board, key)
    beside = [
        other
        for other in board.in_room(room.reference, board.date(key[0]))
        if _stay(board, other).overlaps(stay)
    ]
    if shares_its_room(board, key) and all(shares_its_room(board, other) for other in beside):
        starts = [max(stay.start, _stay(board, other).start) for other in beside]
        busiest = max(
            (
                sum(_stay(board, other).holds(Window(minute, minute + 1)) for other in beside)
                for minute in starts
            ),
            default=0,
        )
        if busiest >= room.seats:
            return False
    elif beside:
        return False
    staff = (row for row in board.rows(key) if row.role not in (Role.APPLICANT, Role.INTERPRETER))
    return all(board.has_time(replace(row, room=room.reference), together) for row in staff)


def _stay(board: Board, key: RunKey) -> Window:
    """The time a run takes its room, with writing that may have no staff."""
    rows = board.rows(key)
    ends = [row.end for row in rows if row.role is Role.APPLICANT]
    last = max((row.end for row in rows), default=0)
    return Window(
        min(row.start for row in rows), max(last, max(ends, default=0) + board.exercise(key).writing_minutes)
    )
