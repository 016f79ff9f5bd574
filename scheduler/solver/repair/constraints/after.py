"""What has begun comes first: an applicant's own times, rooms still taken, staff still busy elsewhere.

Whatever is left starts after now, and so after the start of everything that has begun. That leaves one
question: whether it starts after the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ortools.sat.python import cp_model

from scheduler.checks.views import run_room
from scheduler.programme import ExerciseKind
from scheduler.solver.repair.variables import Literal, RepairVariables
from scheduler.solver.running_order.options import Run
from scheduler.solver.running_order.variables import Variables
from scheduler.timetable import Entry, Sitting


def what_has_begun_is_done(r: RepairVariables) -> None:
    """An applicant's begun exercises are where they were; order, breaks and moves follow from that."""
    done = r.scenario.history.done
    for v in r.orders:
        for (a, exercise), start in v.start.items():
            if not r.scenario.is_left(r.alias_by_reference[a], exercise):
                v.model.add(start == done[a, exercise].start)


def rooms_are_left_first(r: RepairVariables) -> None:
    """Rule `room_holds_one_run_at_a_time`, and seats where a solo run goes on beside new ones."""
    for v, begun in _still_there(r):
        room, ends = run_room(begun), begun.window.end
        shares = _kind(r, begun) is ExerciseKind.SOLO
        for run in v.takes_place:
            if shares and v.options.exercise(run).kind is ExerciseKind.SOLO:
                continue
            for inside, k in r.rooms_of_run(v, run):
                if k == room and _same_day(r, run.session, begun.session):
                    v.model.add(v.run_start[run] >= ends).only_enforce_if([*inside, v.takes_place[run]])
    _seats_beside_begun_solo_runs(r)


def staff_come_from_what_has_begun(r: RepairVariables) -> None:
    """Rules `person_is_in_one_place_at_a_time` and `person_has_time_to_move`, for staff."""
    for v in r.orders:
        for (player, run), plays in v.plays.items():
            _come_after(r, v, run, player, [plays])
        for x, (s, p) in v.staffs:
            if _busy(r, x, s):
                for run in r.panel_runs(s):
                    seen = [v.staffs[x, (s, p)], v.panel_of_run(run)[p], v.takes_place[run]]
                    _come_after(r, v, run, x, seen)
    for (g, s), leads in r.leads.items():
        for run in r.group_runs(s):
            v = r.order_of[s]
            _come_after(r, v, run, g, [leads, v.takes_place[run]])
    move = r.scenario.history.problem.move_minutes
    for (i, a), interprets in r.interprets.items():
        alias = r.alias_by_reference[a]
        v = r.order_of[alias.session]
        for row in _busy(r, i, alias.session):
            for e in v.options.problem.exercises:
                if r.scenario.is_left(alias, e.reference):
                    v.model.add(v.start[a, e.reference] >= row.end + move).only_enforce_if(interprets)


def staff_come_from_the_session_before(r: RepairVariables) -> None:
    """The same between two sessions at hand that follow each other closely; assessors move elsewhere."""
    problem = r.scenario.history.problem
    for v in r.orders:
        for earlier in v.options.sessions:
            for later in v.options.sessions:
                gap = later.window.start - earlier.window.end
                if 0 <= gap < problem.move_minutes:
                    _groups_apart(r, v, earlier.reference, later.reference)
                    _interpreters_apart(r, v, earlier.reference, later.reference)


def _come_after(r: RepairVariables, v: Variables, run: Run, person: str, present: list[Literal]) -> None:
    """Start after the person's begun runs, and after a move unless the room is the same."""
    move = r.scenario.history.problem.move_minutes
    for row in _busy(r, person, run.session):
        v.model.add(v.run_contact(run) >= row.end).only_enforce_if(present)
        for inside, k in r.rooms_of_run(v, run):
            if k != row.room and move:
                moved = v.run_contact(run) >= row.end + move
                v.model.add(moved).only_enforce_if([*dict.fromkeys([*present, *inside])])


def _groups_apart(r: RepairVariables, v: Variables, earlier: str, later: str) -> None:
    move = r.scenario.history.problem.move_minutes
    for (g, s), leads in r.leads.items():
        then = r.leads.get((g, later))
        if s != earlier or then is None:
            continue
        for one in r.group_runs(earlier):
            for other in r.group_runs(later):
                both = [leads, then, v.takes_place[one], v.takes_place[other]]
                for inside, k in r.rooms_of_run(v, one):
                    for next_inside, next_k in r.rooms_of_run(v, other):
                        if k != next_k:
                            moved = v.run_contact(other) >= v.run_end(one) + move
                            v.model.add(moved).only_enforce_if([*both, *inside, *next_inside])


def _interpreters_apart(r: RepairVariables, v: Variables, earlier: str, later: str) -> None:
    move = r.scenario.history.problem.move_minutes
    for (i, a), interprets in r.interprets.items():
        for (j, b), then in r.interprets.items():
            alias, next_alias = r.alias_by_reference[a], r.alias_by_reference[b]
            if i != j or (alias.session, next_alias.session) != (earlier, later):
                continue
            for e in v.options.problem.exercises:
                for f in v.options.problem.exercises:
                    moved = v.start[b, f.reference] >= v.end[a, e.reference] + move
                    v.model.add(moved).only_enforce_if([interprets, then])


def _seats_beside_begun_solo_runs(r: RepairVariables) -> None:
    for v in r.orders:
        for room in v.options.rooms:
            begun = [
                run
                for order, run in _still_there(r)
                if order is v and run_room(run) == room.reference and _kind(r, run) is ExerciseKind.SOLO
            ]
            if not begun:
                continue
            intervals = [
                v.model.new_fixed_size_interval_var(
                    run.window.start, run.window.minutes, f"begun {run.reference}"
                )
                for run in begun
            ]
            for (run, k), inside in v.in_room.items():
                if k == room.reference and v.options.exercise(run).kind is ExerciseKind.SOLO:
                    intervals.append(_solo_stay(v, run, inside))
            v.model.add_cumulative(intervals, [1] * len(intervals), room.seats)


def _solo_stay(v: Variables, run: Run, inside: Literal) -> cp_model.IntervalVar:
    exercise = v.options.exercise(run)
    size = v.run_minutes[run] + exercise.preparation_minutes + exercise.writing_minutes
    return v.model.new_optional_interval_var(
        v.run_start[run], size, v.run_end(run), inside, f"{run} beside begun"
    )


def _still_there(r: RepairVariables) -> Iterator[tuple[Variables, Sitting]]:
    """Begun runs that go on after now, each with the running order of its day and venue."""
    problem, now = r.scenario.history.problem, r.scenario.history.disruption.now
    for run in r.scenario.history.begun:
        session = problem.session_by_reference[run.session]
        if session.date == now.date and run.window.end > now.minutes:
            for v in r.orders:
                if any(s.venue == session.venue and s.date == session.date for s in v.options.sessions):
                    yield v, run


def _busy(r: RepairVariables, person: str, session: str) -> list[Entry]:
    """The person's begun rows of that day that something left could still come too close to."""
    problem, now = r.scenario.history.problem, r.scenario.history.disruption.now
    day = problem.session_by_reference[session].date
    rows = r.scenario.history.begun_rows.get(person, [])
    return [
        row
        for row in rows
        if _date(r, row.session) == day == now.date and row.end + problem.move_minutes > now.minutes
    ]


def _same_day(r: RepairVariables, one: str, other: str) -> bool:
    return _date(r, one) == _date(r, other)


def _date(r: RepairVariables, session: str) -> date:
    return r.scenario.history.problem.session_by_reference[session].date


def _kind(r: RepairVariables, run: Sitting) -> ExerciseKind:
    return r.scenario.history.problem.exercise_by_reference[run.exercise].kind
