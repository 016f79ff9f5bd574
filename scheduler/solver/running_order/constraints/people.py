"""Rules about one person's own time: no two things at once, moves, order, breaks, late starts."""

from __future__ import annotations

from collections.abc import Iterator

from ortools.sat.python import cp_model

from scheduler.programme import ExerciseKind
from scheduler.solver.running_order.options import Run
from scheduler.solver.running_order.variables import Variables


def person_is_in_one_place_at_a_time(v: Variables) -> None:
    """Applicants here; panels and service-user groups by their rooms and runs below; role players too."""
    for _, applicant in v.options.applicants:
        v.model.add_no_overlap(
            [_own_time(v, applicant.reference, e.reference) for e in v.options.problem.exercises]
        )
    for person, runs in _staff_runs(v):
        v.model.add_no_overlap([_contact(v, run, present, 0, person) for run, present in runs])


def person_has_time_to_move(v: Variables) -> None:
    move = v.options.problem.move_minutes
    if move == 0:
        return
    for _, applicant in v.options.applicants:
        a = applicant.reference
        padded = [_own_time(v, a, e.reference, move) for e in v.options.problem.exercises]
        v.model.add_no_overlap(padded)
    for person, runs in _staff_runs(v):
        if _rooms_leave_time_to_move(v, runs):
            v.model.add_no_overlap([_contact(v, run, present, move, person) for run, present in runs])
        else:
            _move_or_stay(v, runs, person)
    _move_between_sessions(v)


def exercise_follows_its_predecessor(v: Variables) -> None:
    for _, applicant in v.options.applicants:
        a = applicant.reference
        for exercise in v.options.problem.exercises:
            if exercise.after is not None:
                ready = v.end[a, exercise.after] + v.options.problem.move_minutes
                v.model.add(v.start[a, exercise.reference] >= ready).only_enforce_if(v.comes[a])


def exercise_starts_soon_enough_after(v: Variables) -> None:
    for _, applicant in v.options.applicants:
        a = applicant.reference
        for exercise in v.options.problem.exercises:
            if exercise.after is not None and exercise.within_minutes is not None:
                latest = v.end[a, exercise.after] + exercise.within_minutes
                v.model.add(v.start[a, exercise.reference] <= latest).only_enforce_if(v.comes[a])


def applicant_has_the_break_they_need(v: Variables) -> None:
    """A break is a stretch that no activity overlaps, after one activity's end and before another's start."""
    for session, applicant in v.options.applicants:
        a, length = applicant.reference, applicant.adjustment.break_minutes
        exercises = v.options.problem.exercises
        if length == 0 or len(exercises) < 2:
            continue
        window = v.options.problem.session_by_reference[session].window
        begins = v.model.new_int_var(window.start, window.end, f"break {a}")
        rest = v.model.new_fixed_size_interval_var(begins, length, f"rest {a}")
        v.model.add_no_overlap([rest, *(_own_time(v, a, e.reference) for e in exercises)])
        first = v.model.new_int_var(window.start, 2 * window.end, f"first end {a}")
        last = v.model.new_int_var(window.start, window.end, f"last start {a}")
        v.model.add_min_equality(first, [v.end[a, e.reference] for e in exercises])
        v.model.add_max_equality(last, [v.start[a, e.reference] for e in exercises])
        v.model.add(begins >= first)
        v.model.add(begins + length <= last)


def long_traveller_starts_late(v: Variables) -> None:
    problem = v.options.problem
    for session, applicant in v.options.applicants:
        a, venue = applicant.reference, problem.session_by_reference[session].venue
        if problem.must_start_late(a, venue):
            for exercise in problem.exercises:
                v.model.add(v.start[a, exercise.reference] >= problem.travel_late_start).only_enforce_if(
                    v.comes[a]
                )
    for x, (session, p) in v.staffs:
        if problem.must_start_late(x, problem.session_by_reference[session].venue):
            for run in _panel_runs(v, session):
                seen = [v.staffs[x, (session, p)], v.panel_of_run(run)[p], v.takes_place[run]]
                v.model.add(v.run_contact(run) >= problem.travel_late_start).only_enforce_if(seen)


def excluded_pair_never_meets(v: Variables) -> None:
    """Groups and interpreters were kept apart when sessions were filled; all others here."""
    problem = v.options.problem
    for a, person in sorted(problem.excluded_pairs):
        if a not in v.comes:
            continue
        session = v.options.session_of[a]
        for run in v.options.shared_runs:
            if (a, run) in v.joins and (person, run) in v.joins:
                v.model.add(v.joins[a, run] + v.joins[person, run] <= 1)
        for p in v.options.panels_of(session):
            if (person, (session, p)) in v.staffs and (a, (session, p)) in v.sits:
                v.model.add(v.sits[a, (session, p)] + v.staffs[person, (session, p)] <= 1)
        for (player, run), plays in v.plays.items():
            if player == person and run.applicant == a:
                v.model.add(plays == 0)
            elif player == person and (a, run) in v.joins:
                v.model.add(plays + v.joins[a, run] <= 1)


def _own_time(v: Variables, a: str, exercise: str, padding: int = 0) -> cp_model.IntervalVar:
    """The applicant's stretch in an exercise, there only if the applicant comes."""
    applicant = v.options.problem.applicant_by_reference[a]
    found = v.options.problem.exercise_by_reference[exercise]
    length = found.preparation_minutes + v.options.problem.minutes_for(applicant, found) + padding
    return v.model.new_optional_fixed_size_interval_var(
        v.start[a, exercise], length, v.comes[a], f"{a} {exercise} +{padding}"
    )


def _staff_runs(v: Variables) -> Iterator[tuple[str, list[tuple[Run, cp_model.IntVar]]]]:
    """Role players, and service-user groups, with the runs they may be in. Panels sit in one room."""
    players = {r for s in v.options.staffing for r in s.role_players}
    for r in sorted(players):
        yield r, [(run, plays) for (player, run), plays in v.plays.items() if player == r]
    for g in sorted({s.group for s in v.options.staffing if s.group is not None}):
        sessions = {s.session for s in v.options.staffing if s.group == g}
        yield (
            g,
            [
                (run, v.takes_place[run])
                for run in v.options.shared_runs
                if run.session in sessions and v.options.exercise(run).kind is ExerciseKind.GROUP
            ],
        )


def _works_until(v: Variables, run: Run) -> cp_model.LinearExprT:
    """When the run's role player (end of contact) or service-user group (end of writing) is free."""
    if v.options.exercise(run).kind is ExerciseKind.GROUP:
        return v.run_end(run)
    return v.run_contact_end[run]


def _contact(
    v: Variables, run: Run, present: cp_model.IntVar, padding: int, person: str
) -> cp_model.IntervalVar:
    """The time a run takes its role player or service-user group, and a little more."""
    size = v.run_minutes[run] + padding
    if v.options.exercise(run).kind is ExerciseKind.GROUP:
        size = size + v.options.exercise(run).writing_minutes
    end = _works_until(v, run) + padding
    return v.model.new_optional_interval_var(
        v.run_contact(run), size, end, present, f"{person} {run} +{padding}"
    )


def _rooms_leave_time_to_move(v: Variables, runs: list[tuple[Run, cp_model.IntVar]]) -> bool:
    """Whether staying in a room gains a member of staff nothing, as the room is not free earlier anyway."""
    for run, _ in runs:
        exercise = v.options.exercise(run)
        idle = exercise.preparation_minutes
        if exercise.kind is not ExerciseKind.GROUP:
            idle += exercise.writing_minutes
        if idle < v.options.problem.move_minutes:
            return False
    return True


def _move_or_stay(v: Variables, runs: list[tuple[Run, cp_model.IntVar]], person: str) -> None:
    """For each two runs of one member of staff: a move between them, or the same room."""
    move = v.options.problem.move_minutes
    for i, (one, in_one) in enumerate(runs):
        for other, in_other in runs[i + 1 :]:
            before = v.model.new_bool_var(f"{person} {one} before {other}")
            stays = v.model.new_bool_var(f"{person} stays {one} {other}")
            _same_room(v, one, other, stays)
            both = [in_one, in_other, stays.negated()]
            v.model.add(v.run_contact(other) >= _works_until(v, one) + move).only_enforce_if([*both, before])
            v.model.add(v.run_contact(one) >= _works_until(v, other) + move).only_enforce_if(
                [*both, before.negated()]
            )


def _same_room(v: Variables, one: Run, other: Run, stays: cp_model.IntVar) -> None:
    """`stays` may be true only where both runs are in one room."""
    kinds = {v.options.exercise(one).kind, v.options.exercise(other).kind}
    if kinds == {ExerciseKind.PANEL} and one.session == other.session:
        for p, sits in v.panel_of_run(one).items():
            v.model.add(sits == v.panel_of_run(other)[p]).only_enforce_if(stays)
    elif ExerciseKind.PANEL not in kinds:
        rooms = {k for run, k in v.in_room if run in (one, other)}
        for k in sorted(rooms):
            first, second = v.in_room.get((one, k), 0), v.in_room.get((other, k), 0)
            v.model.add(first == second).only_enforce_if(stays)
    else:
        v.model.add(stays == 0)


def _move_between_sessions(v: Variables) -> None:
    """Assessors and interpreters who work in two sessions of the cluster move between them."""
    move = v.options.problem.move_minutes
    ordered = sorted(v.options.sessions, key=lambda s: s.window.start)
    for i, earlier in enumerate(ordered):
        for later in ordered[i + 1 :]:
            if later.window.start >= earlier.window.end + move:
                continue
            _panels_apart(v, earlier.reference, later.reference, move)
            _pairs_apart(v, earlier.reference, later.reference, move)


def _panels_apart(v: Variables, earlier: str, later: str, move: int) -> None:
    shared = set(v.options.staffing_by_session[earlier].assessors) & set(
        v.options.staffing_by_session[later].assessors
    )
    for x in sorted(shared):
        for p in v.options.panels_of(earlier):
            for q in v.options.panels_of(later):
                for one in _panel_runs(v, earlier):
                    for other in _panel_runs(v, later):
                        both = [
                            v.staffs[x, (earlier, p)],
                            v.staffs[x, (later, q)],
                            v.panel_of_run(one)[p],
                            v.panel_of_run(other)[q],
                        ]
                        v.model.add(v.run_contact(other) >= v.run_end(one) + move).only_enforce_if(both)


def _pairs_apart(v: Variables, earlier: str, later: str, move: int) -> None:
    for a, pair in v.options.staffing_by_session[earlier].pair_by_applicant.items():
        for b, other_pair in v.options.staffing_by_session[later].pair_by_applicant.items():
            if set(pair) & set(other_pair):
                for e in v.options.problem.exercises:
                    for f in v.options.problem.exercises:
                        v.model.add(v.start[b, f.reference] >= v.end[a, e.reference] + move).only_enforce_if(
                            v.comes[a], v.comes[b]
                        )


def _panel_runs(v: Variables, session: str) -> list[Run]:
    return [
        run
        for run in v.options.own_runs
        if run.session == session and v.options.exercise(run).kind is ExerciseKind.PANEL
    ]
