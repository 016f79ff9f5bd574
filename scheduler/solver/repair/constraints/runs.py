"""Rules about runs when some things are done already: each exercise once, minutes already worked."""

from __future__ import annotations

from scheduler.solver.repair.variables import RepairVariables


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
