"""What counting alone says about times, rooms and sizes; the running order settles the rest."""

from __future__ import annotations

from ortools.sat.python import cp_model

from scheduler.programme import Exercise, ExerciseKind, Session
from scheduler.solver.counting import runs_in_time
from scheduler.solver.placement.variables import Variables


def run_size_is_within_limits(v: Variables) -> None:
    """The number in a session can be split into runs of the allowed sizes."""
    problem = v.options.problem
    people = len(problem.applicants)
    for session in problem.sessions:
        for exercise in problem.exercises:
            if exercise.is_shared:
                possible = _splittable(v, session, exercise, people)
                domain = cp_model.Domain.from_values([0, *possible])
                v.model.add_linear_expression_in_domain(v.attending(session.reference), domain)


def run_lies_within_the_session(v: Variables) -> None:
    """An applicant's own activities and moves fit into the session, or the applicant does not."""
    problem = v.options.problem
    moves = problem.move_minutes * (len(problem.exercises) - 1)
    for k in v.options.classes:
        applicant = k.members[0]
        own = sum(e.preparation_minutes + problem.minutes_for(applicant, e) for e in problem.exercises)
        # The break takes the place of one move.
        rest = max(0, applicant.adjustment.break_minutes - problem.move_minutes)
        for session in problem.sessions:
            late = problem.must_start_late(applicant.reference, session.venue)
            begins = max(session.window.start, problem.travel_late_start if late else 0)
            if own + moves + (rest if len(problem.exercises) > 1 else 0) > session.window.end - begins:
                v.model.add(v.attends[k.number, session.reference] == 0)


def long_traveller_starts_late(v: Variables) -> None:
    """A panel with a member who starts late has time for fewer interviews."""
    problem = v.options.problem
    for session in problem.sessions:
        full = v.options.panel_capacity(session)
        less = v.options.panel_capacity(session, problem.travel_late_start)
        late = [x for x in v.options.assessors if problem.must_start_late(x.reference, session.venue)]
        if less >= full or not late:
            continue
        s = session.reference
        panels = v.model.new_int_var(0, session.panels_max, f"late panels {s}")
        v.model.add(problem.panel.size * panels >= sum(v.staffs[x.reference, s] for x in late))
        v.model.add(v.attending(s) <= full * v.panels(s) - (full - less) * panels)


def room_suits_the_exercise(v: Variables) -> None:
    """No session at a venue that lacks a room for one of the exercises."""
    problem = v.options.problem
    for session in problem.sessions:
        if any(not any(r.seats for r in problem.rooms_for(e, session.venue)) for e in problem.exercises):
            v.model.add(v.held[session.reference] == 0)


def room_is_step_free_where_needed(v: Variables) -> None:
    for k in v.options.classes:
        if k.members[0].adjustment.step_free:
            _needs_rooms(v, k.number, tuple(ExerciseKind), quiet=False)


def room_is_quiet_where_needed(v: Variables) -> None:
    for k in v.options.classes:
        if k.members[0].adjustment.quiet_room:
            _needs_rooms(v, k.number, (ExerciseKind.SITTING, ExerciseKind.SOLO), quiet=True)


def _needs_rooms(v: Variables, k: int, kinds: tuple[ExerciseKind, ...], quiet: bool) -> None:
    """Keep a class of applicants from sessions whose venue has no fitting room for one of these exercises."""
    problem = v.options.problem
    for session in problem.sessions:
        for exercise in problem.exercises:
            rooms = problem.rooms_for(exercise, session.venue)
            if exercise.kind in kinds and not any(r.quiet if quiet else r.step_free for r in rooms):
                v.model.add(v.attends[k, session.reference] == 0)


def _splittable(v: Variables, session: Session, exercise: Exercise, people: int) -> list[int]:
    """The numbers up to `people` that are a sum of run sizes, with runs as many as time and rooms allow."""
    rooms = v.options.problem.rooms_for(exercise, session.venue)
    seats = max((room.seats for room in rooms), default=0)
    largest = seats if exercise.group_max is None else min(seats, exercise.group_max)
    lanes = 1 if exercise.kind is ExerciseKind.GROUP else len(rooms)
    runs = lanes * runs_in_time(exercise, session)
    least = max(1, exercise.group_min)
    return [n for n in range(1, people + 1) if any(k * least <= n <= k * largest for k in range(1, runs + 1))]
