"""Rules about one person's own time: no two things at once, order, breaks, late starts. Moves: `moves.py`."""

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
            [own_time(v, applicant.reference, e.reference) for e in v.options.problem.exercises]
        )
    for person, runs in staff_runs(v):
        v.model.add_no_overlap([working_time(v, run, present, 0, person) for run, present in runs])


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
        v.model.add_no_overlap([rest, *(own_time(v, a, e.reference) for e in exercises)])
        first = v.model.new_int_var(window.start, 2 * window.end, f"first end {a}")
        last = v.model.new_int_var(window.start, window.end, f"last start {a}")
        v.model.add_min_equality(first, [v.end[a, e.reference] for e in exercises])
        v.model.add_max_equality(last, [v.start[a, e.reference] for e in exercises])
        v.model.add(begins >= first).only_enforce_if(v.comes[a])
        v.model.add(begins + length <= last).only_enforce_if(v.comes[a])


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
            for run in panel_runs(v, session):
                seen = [v.staffs[x, (session, p)], v.panel_of_run(run)[p], v.takes_place[run]]
                v.model.add(v.run_contact(run) >= problem.travel_late_start).only_enforce_if(seen)


def excluded_pair_never_meets(v: Variables) -> None:
    """Groups and interpreters were kept apart when sessions were filled; all others here."""
    problem = v.options.problem
    for a, person in sorted(problem.excluded_pairs):
        if a not in v.comes:
            continue
        session = v.options.session_of[a]
        pairs = v.options.staffing_by_session[session].pair_by_applicant
        with_them = {person, *(other for other, pair in pairs.items() if person in pair)}
        for run in v.options.shared_runs:
            for other in sorted(with_them - {a}):
                if (a, run) in v.joins and (other, run) in v.joins:
                    v.model.add(v.joins[a, run] + v.joins[other, run] <= 1)
        for p in v.options.panels_of(session):
            if (person, (session, p)) in v.staffs and (a, (session, p)) in v.sits:
                v.model.add(v.sits[a, (session, p)] + v.staffs[person, (session, p)] <= 1)
        for (player, run), plays in v.plays.items():
            if player == person and run.applicant == a:
                v.model.add(plays == 0)
            elif player == person and (a, run) in v.joins:
                v.model.add(plays + v.joins[a, run] <= 1)


def own_time(v: Variables, a: str, exercise: str, padding: int = 0) -> cp_model.IntervalVar:
    """The applicant's stretch in an exercise, there only if the applicant comes."""
    applicant = v.options.problem.applicant_by_reference[a]
    found = v.options.problem.exercise_by_reference[exercise]
    length = found.preparation_minutes + v.options.problem.minutes_for(applicant, found) + padding
    return v.model.new_optional_fixed_size_interval_var(
        v.start[a, exercise], length, v.comes[a], f"{a} {exercise} +{padding}"
    )


def staff_runs(v: Variables) -> Iterator[tuple[str, list[tuple[Run, cp_model.IntVar]]]]:
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


def works_until(v: Variables, run: Run, person: str) -> cp_model.LinearExprT:
    """When a member of the run's staff is free: its group at the end of writing, its role player before."""
    return v.run_end(run) if writes_up(v, run, person) else v.run_contact_end[run]


def working_time(
    v: Variables, run: Run, present: cp_model.IntVar, padding: int, person: str
) -> cp_model.IntervalVar:
    """The time a run takes its role player or service-user group, and a little more."""
    size = v.run_minutes[run] + padding
    if writes_up(v, run, person):
        size = size + v.options.exercise(run).writing_minutes
    end = works_until(v, run, person) + padding
    return v.model.new_optional_interval_var(
        v.run_contact(run), size, end, present, f"{person} {run} +{padding}"
    )


def writes_up(v: Variables, run: Run, person: str) -> bool:
    """Whether writing is this person's time, too: a service-user group's is, a role player's never."""
    return v.options.exercise(run).kind is ExerciseKind.GROUP and (person, run) not in v.plays


def panel_runs(v: Variables, session: str) -> list[Run]:
    return [
        run
        for run in v.options.own_runs
        if run.session == session and v.options.exercise(run).kind is ExerciseKind.PANEL
    ]
