"""What counting alone says about times, rooms and sizes; the running order settles the rest."""

from __future__ import annotations

from ortools.sat.python import cp_model

from scheduler.programme import Exercise, ExerciseKind, Session
from scheduler.solver.counting import runs_begun_before, runs_in_time, runs_of_role_player
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
    """Whoever starts late, applicant or panel, is seen late: there is time for fewer interviews."""
    problem, begins = v.options.problem, v.options.problem.travel_late_start
    for session in problem.sessions:
        if begins <= session.window.start:
            continue
        s, late_panels = session.reference, _late_panels(v, session)
        players = sum(plays for (_, t), plays in v.plays.items() if t == s)
        late = sum(
            v.attends[k.number, s]
            for k in v.options.classes
            if problem.must_start_late(k.members[0].reference, session.venue)
        )
        if problem.panel_exercises:
            full, less = v.options.panel_capacity(session), v.options.panel_capacity(session, begins)
            v.model.add(v.attending(s) <= full * v.panels(s) - (full - less) * late_panels)
            v.model.add(late <= less * v.panels(s))
        for exercise in problem.exercises:
            if exercise.role_player and not exercise.is_shared:
                most = runs_of_role_player(exercise, session, problem.move_minutes, begins)
                v.model.add(late <= most * players)
                if exercise.kind is ExerciseKind.PANEL:
                    early = runs_begun_before(begins, exercise, session)
                    v.model.add(v.attending(s) <= most * players + early * (v.panels(s) - late_panels))


def _late_panels(v: Variables, session: Session) -> cp_model.LinearExprT:
    """At least so many panels of the session have a member who starts late."""
    problem, rules, s = v.options.problem, v.options.problem.panel, session.reference
    late = [x for x in v.options.assessors if problem.must_start_late(x.reference, session.venue)]
    if not late:
        return 0
    panels = v.model.new_int_var(0, session.panels_max, f"late panels {s}")
    v.model.add(panels <= v.panels(s))
    v.model.add(rules.size * panels >= sum(v.staffs[x.reference, s] for x in late))
    partners = [x for x in late if x.council != problem.lead_council]
    seats = rules.size - rules.lead_members
    v.model.add(seats * panels >= sum(v.staffs[x.reference, s] for x in partners))
    for council in problem.councils:
        theirs = [x for x in late if x.council == council]
        v.model.add(rules.one_council_max * panels >= sum(v.staffs[x.reference, s] for x in theirs))
    return panels


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
