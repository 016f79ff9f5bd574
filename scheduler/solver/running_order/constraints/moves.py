"""The rule about moves: between two activities there is time to move, but staff may stay in their room."""

from __future__ import annotations

from ortools.sat.python import cp_model

from scheduler.programme import ExerciseKind
from scheduler.solver.running_order.constraints.people import (
    own_time,
    panel_runs,
    staff_runs,
    working_time,
    works_until,
)
from scheduler.solver.running_order.options import Run
from scheduler.solver.running_order.variables import PanelKey, Variables

Runs = list[tuple[Run, cp_model.IntVar]]


def person_has_time_to_move(v: Variables) -> None:
    """Applicants always move. A panel stays in its room for the whole session; other staff may or may not."""
    move = v.options.problem.move_minutes
    if move == 0:
        return
    for _, applicant in v.options.applicants:
        exercises = v.options.problem.exercises
        v.model.add_no_overlap([own_time(v, applicant.reference, e.reference, move) for e in exercises])
    rooms = _room_numbers(v) if any(not _staying_gains_nothing(v, runs) for _, runs in staff_runs(v)) else {}
    for person, runs in staff_runs(v):
        if _staying_gains_nothing(v, runs):
            v.model.add_no_overlap([working_time(v, run, present, move, person) for run, present in runs])
        else:
            _move_or_stay(v, runs, person, rooms)
    _move_between_sessions(v)


def _staying_gains_nothing(v: Variables, runs: Runs) -> bool:
    """Whether a room is never ready for the next run before somebody else could have come from elsewhere.

    Solo runs share rooms, so one may begin there the moment another ends.
    """
    exercises = [v.options.exercise(run) for run, _ in runs]
    if any(e.kind is ExerciseKind.SOLO for e in exercises):
        return False
    after = min((0 if e.kind is ExerciseKind.GROUP else e.writing_minutes for e in exercises), default=0)
    before = min((e.preparation_minutes for e in exercises), default=0)
    return not exercises or after + before >= v.options.problem.move_minutes


def _move_or_stay(v: Variables, runs: Runs, person: str, rooms: dict[Run, cp_model.IntVar]) -> None:
    """For each two runs of one member of staff: a move between them, or the same room."""
    move = v.options.problem.move_minutes
    for i, (one, in_one) in enumerate(runs):
        for other, in_other in runs[i + 1 :]:
            before = v.model.new_bool_var(f"{person} {one} before {other}")
            stays = v.model.new_bool_var(f"{person} stays {one} {other}")
            v.model.add(rooms[one] == rooms[other]).only_enforce_if(stays)
            both = [in_one, in_other, stays.negated()]
            v.model.add(v.run_contact(other) >= works_until(v, one, person) + move).only_enforce_if(
                [*both, before]
            )
            v.model.add(v.run_contact(one) >= works_until(v, other, person) + move).only_enforce_if(
                [*both, before.negated()]
            )


def _room_numbers(v: Variables) -> dict[Run, cp_model.IntVar]:
    """Each run's room as a number; panels with rooms of their own have numbers of their own."""
    number = {room.reference: n for n, room in enumerate(v.options.rooms)}
    numbers: dict[Run, cp_model.IntVar] = {}
    for run in v.takes_place:
        numbers[run] = v.model.new_int_var(0, len(number) + len(v.options.panels), f"room of {run}")
        if v.options.exercise(run).kind is ExerciseKind.PANEL:
            for p, sits in v.panel_of_run(run).items():
                _number_of_panel_run(v, numbers[run], (run.session, p), sits, number)
    for (run, k), inside in v.in_room.items():
        v.model.add(numbers[run] == number[k]).only_enforce_if(inside)
    return numbers


def _number_of_panel_run(
    v: Variables, found: cp_model.IntVar, panel: PanelKey, sits: cp_model.IntVar, number: dict[str, int]
) -> None:
    if v.options.panels_have_rooms_of_their_own:
        v.model.add(found == len(number) + panel[1]).only_enforce_if(sits)
    for (key, k), held in v.panel_room.items():
        if key == panel:
            v.model.add(found == number[k]).only_enforce_if([sits, held])


def _move_between_sessions(v: Variables) -> None:
    """Assessors and interpreters who work in two sessions of the cluster, one soon after the other."""
    move = v.options.problem.move_minutes
    ordered = sorted(v.options.sessions, key=lambda s: s.window.start)
    for i, earlier in enumerate(ordered):
        for later in ordered[i + 1 :]:
            if earlier.window.end <= later.window.start < earlier.window.end + move:
                _panels_apart(v, earlier.reference, later.reference, move)
                _pairs_apart(v, earlier.reference, later.reference, move)


def _panels_apart(v: Variables, earlier: str, later: str, move: int) -> None:
    staffing = v.options.staffing_by_session
    shared = sorted(set(staffing[earlier].assessors) & set(staffing[later].assessors))
    for p in v.options.panels_of(earlier) if shared else ():
        for q in v.options.panels_of(later):
            apart = v.model.new_bool_var(f"{earlier} {p} and {later} {q} in two rooms")
            for room in v.options.rooms:
                here = v.panel_room.get(((earlier, p), room.reference), 0)
                there = v.panel_room.get(((later, q), room.reference), 0)
                v.model.add(here == there).only_enforce_if(apart.negated())
            for x in shared:
                both = [v.staffs[x, (earlier, p)], v.staffs[x, (later, q)], apart]
                v.model.add(_first(v, later, q) >= _last(v, earlier, p) + move).only_enforce_if(both)


def _first(v: Variables, session: str, p: int) -> cp_model.IntVar:
    """No later than the panel's first minute."""
    first = v.model.new_int_var(0, 24 * 60, f"first of {session} {p}")
    for run in panel_runs(v, session):
        v.model.add(first <= v.run_contact(run)).only_enforce_if([v.panel_of_run(run)[p], v.takes_place[run]])
    return first


def _last(v: Variables, session: str, p: int) -> cp_model.IntVar:
    """No earlier than the panel's last minute."""
    last = v.model.new_int_var(0, 24 * 60, f"last of {session} {p}")
    for run in panel_runs(v, session):
        v.model.add(last >= v.run_end(run)).only_enforce_if([v.panel_of_run(run)[p], v.takes_place[run]])
    return last


def _pairs_apart(v: Variables, earlier: str, later: str, move: int) -> None:
    """Interpreters go where their applicant goes, who always moves."""
    exercises = v.options.problem.exercises
    for a, pair in v.options.staffing_by_session[earlier].pair_by_applicant.items():
        for b, other_pair in v.options.staffing_by_session[later].pair_by_applicant.items():
            for e, f in ((e, f) for e in exercises for f in exercises if set(pair) & set(other_pair)):
                later_start = v.start[b, f.reference] >= v.end[a, e.reference] + move
                v.model.add(later_start).only_enforce_if(v.comes[a], v.comes[b])
