"""Rules about runs when some things are done already: each exercise once, minutes already worked."""

from __future__ import annotations

from scheduler.solver.repair.variables import RepairVariables
from scheduler.solver.running_order.constraints.people import own_time


def applicant_does_every_exercise_once(r: RepairVariables) -> None:
    """What has begun needs no run any more; who has begun has no other session."""
    for v in r.orders:
        for session, applicant in v.options.applicants:
            a = applicant.reference
            for exercise in v.options.problem.exercises:
                if exercise.is_shared:
                    runs = v.options.shared_runs_of(session, exercise.reference)
                    left = r.scenario.is_left(r.alias_by_reference[a], exercise.reference)
                    v.model.add(sum(v.joins[a, run] for run in runs) == (v.comes[a] if left else 0))


def role_player_minutes_are_within_limit(r: RepairVariables) -> None:
    """What is left of their minutes, once the begun runs are taken off."""
    history = r.scenario.history
    for v in r.orders:
        for staffing in v.options.staffing:
            for player in staffing.role_players:
                limit = history.problem.role_player_by_reference[player].minutes_max
                if limit is None:
                    continue
                worked = []
                for (other, run), plays in v.plays.items():
                    if other == player and run.session == staffing.session:
                        minutes = v.model.new_int_var(0, 24 * 60, f"{player} works {run}")
                        v.model.add(minutes >= v.run_minutes[run]).only_enforce_if(plays)
                        worked.append(minutes)
                v.model.add(sum(worked) <= limit - history.worked_minutes(player, staffing.session))


def applicant_has_the_break_they_need(r: RepairVariables) -> None:
    """As in every running order, but only of those who come: for others the session may be too short."""
    for v in r.orders:
        exercises = v.options.problem.exercises
        for session, applicant in v.options.applicants:
            a, length = applicant.reference, applicant.adjustment.break_minutes
            if length == 0 or len(exercises) < 2:
                continue
            window = v.options.problem.session_by_reference[session].window
            begins = v.model.new_int_var(window.start, window.end, f"break {a}")
            rest = v.model.new_fixed_size_interval_var(begins, length, f"rest {a}")
            v.model.add_no_overlap([rest, *(own_time(v, a, e.reference) for e in exercises)])
            first = v.model.new_int_var(window.start, 2 * 24 * 60, f"first end {a}")
            last = v.model.new_int_var(window.start, window.end, f"last start {a}")
            v.model.add_min_equality(first, [v.end[a, e.reference] for e in exercises])
            v.model.add_max_equality(last, [v.start[a, e.reference] for e in exercises])
            v.model.add(begins >= first).only_enforce_if(v.comes[a])
            v.model.add(begins + length <= last).only_enforce_if(v.comes[a])
