"""Rules about role players and service-user groups."""

from __future__ import annotations

from scheduler.programme import ExerciseKind
from scheduler.solver.running_order.variables import Variables


def role_player_takes_part(v: Variables) -> None:
    for run, takes_place in v.takes_place.items():
        if v.options.exercise(run).role_player:
            players = v.options.staffing_by_session[run.session].role_players
            v.model.add(sum(v.plays[r, run] for r in players) == takes_place)


def role_player_minutes_are_within_limit(v: Variables) -> None:
    """A run counts its contact minutes, which only extra time in a shared run leaves open."""
    for staffing in v.options.staffing:
        for r in staffing.role_players:
            limit = v.options.problem.role_player_by_reference[r].minutes_max
            if limit is None:
                continue
            worked = []
            for (player, run), plays in v.plays.items():
                if player == r and run.session == staffing.session:
                    minutes = v.model.new_int_var(0, 24 * 60, f"{r} works {run}")
                    v.model.add(minutes >= v.run_minutes[run]).only_enforce_if(plays)
                    worked.append(minutes)
            v.model.add(sum(worked) <= limit)


def service_user_group_minutes_are_within_limit(v: Variables) -> None:
    for staffing in v.options.staffing:
        limit = None
        if staffing.group is not None:
            limit = v.options.problem.group_by_reference[staffing.group].minutes_max
        if limit is None:
            continue
        worked = []
        for run in v.options.shared_runs:
            if run.session == staffing.session and v.options.exercise(run).kind is ExerciseKind.GROUP:
                minutes = v.model.new_int_var(0, 24 * 60, f"group works {run}")
                length = v.run_minutes[run] + v.options.exercise(run).writing_minutes
                v.model.add(minutes >= length).only_enforce_if(v.takes_place[run])
                worked.append(minutes)
        v.model.add(sum(worked) <= limit)
