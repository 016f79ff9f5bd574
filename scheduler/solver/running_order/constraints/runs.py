"""Rules about single runs: when they start, how long they last, who is in them."""

from __future__ import annotations

from itertools import pairwise

from ortools.sat.python import cp_model

from scheduler.programme import ExerciseKind
from scheduler.solver.running_order.variables import Variables, grid_points


def run_starts_on_the_grid(v: Variables) -> None:
    problem = v.options.problem
    for (a, _), start in v.start.items():
        window = problem.session_by_reference[v.options.session_of[a]].window
        points = grid_points(window.start, window.end, problem.grid_minutes)
        v.model.add_linear_expression_in_domain(start, cp_model.Domain.from_values(points))
    for run in v.options.shared_runs:
        window = problem.session_by_reference[run.session].window
        points = grid_points(window.start, window.end, problem.grid_minutes)
        v.model.add_linear_expression_in_domain(v.run_start[run], cp_model.Domain.from_values(points))


def run_lies_within_the_session(v: Variables) -> None:
    """Writing time included: whoever writes up is staff of this session."""
    for run, takes_place in v.takes_place.items():
        end = v.options.problem.session_by_reference[run.session].window.end
        v.model.add(v.run_end(run) <= end).only_enforce_if(takes_place)


def run_has_its_full_length(v: Variables) -> None:
    """A shared run lasts as long as its slowest applicant needs; own runs last so by construction."""
    for (a, run), joins in v.joins.items():
        v.model.add(v.run_contact_end[run] >= v.end[a, run.exercise]).only_enforce_if(joins)


def run_keeps_its_people_together(v: Variables) -> None:
    for (a, run), joins in v.joins.items():
        v.model.add(v.start[a, run.exercise] == v.run_start[run]).only_enforce_if(joins)
        v.model.add_implication(joins, v.takes_place[run])


def run_size_is_within_limits(v: Variables) -> None:
    """Runs that take place come first, in order of their start: their numbers carry no choice."""
    for staffing in v.options.staffing:
        for exercise in v.options.problem.exercises:
            runs = v.options.shared_runs_of(staffing.session, exercise.reference)
            for run in runs:
                number = sum(v.joins[a, run] for a in staffing.applicants)
                v.model.add(number >= exercise.group_min * v.takes_place[run])
                if exercise.group_max is not None:
                    v.model.add(number <= exercise.group_max * v.takes_place[run])
            for earlier, later in pairwise(runs):
                v.model.add_implication(v.takes_place[later], v.takes_place[earlier])
                v.model.add(v.run_start[earlier] <= v.run_start[later]).only_enforce_if(v.takes_place[later])


def applicant_does_every_exercise_once(v: Variables) -> None:
    for session, applicant in v.options.applicants:
        for exercise in v.options.problem.exercises:
            if exercise.is_shared:
                runs = v.options.shared_runs_of(session, exercise.reference)
                v.model.add(
                    sum(v.joins[applicant.reference, r] for r in runs) == v.comes[applicant.reference]
                )


def rotation_brings_everybody_together_once(v: Variables) -> None:
    """A rotation has a round for each applicant of the run, so its minutes bound their number."""
    for run in v.options.shared_runs:
        exercise = v.options.exercise(run)
        if exercise.kind is ExerciseKind.GROUP and exercise.station_minutes:
            people = v.options.staffing_by_session[run.session].applicants
            rounds = exercise.minutes // exercise.station_minutes
            v.model.add(sum(v.joins[a, run] for a in people) <= rounds)
