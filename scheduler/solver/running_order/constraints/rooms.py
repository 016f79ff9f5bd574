"""Rules about rooms. Where panels have rooms of their own, a panel itself stands for its room."""

from __future__ import annotations

from ortools.sat.python import cp_model

from scheduler.programme import ExerciseKind
from scheduler.solver.running_order.options import Run
from scheduler.solver.running_order.variables import Variables


def room_suits_the_exercise(v: Variables) -> None:
    """Only suitable rooms are offered (`Options.rooms_of`); a run that takes place is in exactly one."""
    for run, takes_place in v.takes_place.items():
        if v.options.exercise(run).kind is not ExerciseKind.PANEL:
            rooms = v.options.rooms_of(run.session, v.options.exercise(run))
            v.model.add(sum(v.in_room[run, room.reference] for room in rooms) == takes_place)


def room_seats_are_not_exceeded(v: Variables) -> None:
    """One at a time has a seat wherever there is one; solo runs that share are counted with the next rule."""
    for run in v.options.shared_runs:
        staffing = v.options.staffing_by_session[run.session]
        for room in v.options.rooms_of(run.session, v.options.exercise(run)):
            people = sum(v.joins[a, run] for a in staffing.applicants)
            v.model.add(people <= room.seats).only_enforce_if(v.in_room[run, room.reference])
    for (run, k), inside in v.in_room.items():
        if not v.options.exercise(run).is_shared and v.options.problem.room_by_reference[k].seats < 1:
            v.model.add(inside == 0)
    for ((_, _), k), held in v.panel_room.items():
        if v.options.problem.room_by_reference[k].seats < 1:
            v.model.add(held == 0)


def room_holds_one_run_at_a_time(v: Variables) -> None:
    """A solo run takes one seat, any other run the whole room."""
    stays: dict[str, list[tuple[cp_model.IntervalVar, int]]] = {
        room.reference: [] for room in v.options.rooms
    }
    for (run, k), inside in v.in_room.items():
        room = v.options.problem.room_by_reference[k]
        alone = v.options.exercise(run).kind is not ExerciseKind.SOLO
        stays[k].append((_stay(v, run, inside), max(1, room.seats) if alone else 1))
    _panels_in_rooms(v, stays)
    for room in v.options.rooms:
        if stays[room.reference]:
            intervals, demands = zip(*stays[room.reference], strict=True)
            if room.seats <= 1 or all(demand == room.seats for demand in demands):
                v.model.add_no_overlap(intervals)
            else:
                v.model.add_cumulative(intervals, demands, room.seats)


def room_is_step_free_where_needed(v: Variables) -> None:
    for session, applicant in v.options.applicants:
        if applicant.adjustment.step_free:
            _keep_out(v, session, applicant.reference, _not_step_free(v))
            _panels_step_free(v, session, applicant.reference)


def room_is_quiet_where_needed(v: Variables) -> None:
    writing = (ExerciseKind.SITTING, ExerciseKind.SOLO)
    noisy = {room.reference for room in v.options.rooms if not room.quiet}
    for session, applicant in v.options.applicants:
        if applicant.adjustment.quiet_room:
            _keep_out(v, session, applicant.reference, noisy, writing)


def _stay(v: Variables, run: Run, present: cp_model.IntVar) -> cp_model.IntervalVar:
    """The time a run takes its room: preparation, contact and writing."""
    exercise = v.options.exercise(run)
    size = v.run_minutes[run] + exercise.preparation_minutes + exercise.writing_minutes
    return v.model.new_optional_interval_var(v.run_start[run], size, v.run_end(run), present, f"{run} stays")


def _panels_in_rooms(v: Variables, stays: dict[str, list[tuple[cp_model.IntervalVar, int]]]) -> None:
    for run in v.options.own_runs:
        if v.options.exercise(run).kind is not ExerciseKind.PANEL:
            continue
        for p, sits in v.panel_of_run(run).items():
            for room in v.options.rooms:
                held = v.panel_room.get(((run.session, p), room.reference))
                if held is not None:
                    here = v.model.new_bool_var(f"{run} {p} {room.reference}")
                    v.model.add_bool_or([sits.negated(), held.negated(), here])
                    stays[room.reference].append((_stay(v, run, here), max(1, room.seats)))
    if v.options.panels_have_rooms_of_their_own:
        for session, p in v.options.panels:
            runs = [r for r in v.options.own_runs if r.session == session]
            panel_runs = [r for r in runs if v.options.exercise(r).kind is ExerciseKind.PANEL]
            v.model.add_no_overlap([_stay(v, r, v.panel_of_run(r)[p]) for r in panel_runs])


def _not_step_free(v: Variables) -> set[str]:
    return {room.reference for room in v.options.rooms if not room.step_free}


def _keep_out(
    v: Variables,
    session: str,
    a: str,
    rooms: set[str],
    kinds: tuple[ExerciseKind, ...] = tuple(ExerciseKind),
) -> None:
    """Keep one applicant's runs of these kinds out of these rooms."""
    for (run, k), inside in v.in_room.items():
        if run.session != session or k not in rooms or v.options.exercise(run).kind not in kinds:
            continue
        if run.applicant == a:
            v.model.add(inside == 0)
        elif (a, run) in v.joins:
            v.model.add(inside + v.joins[a, run] <= 1)


def _panels_step_free(v: Variables, session: str, a: str) -> None:
    """With rooms of their own, there is a step-free room for each panel that needs one (see `Options`)."""
    barred = _not_step_free(v)
    for (key, k), held in v.panel_room.items():
        if key[0] == session and k in barred and (a, key) in v.sits:
            v.model.add(v.sits[a, key] + held <= 1)
