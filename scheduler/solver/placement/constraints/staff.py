"""Rules about service-user groups, role players and interpreters."""

from __future__ import annotations

from scheduler.programme import Session
from scheduler.solver.counting import runs_of_role_player
from scheduler.solver.placement.variables import Variables


def session_has_one_service_user_group(v: Variables) -> None:
    if not v.options.problem.group_exercises:
        return
    for s, held in v.held.items():
        v.model.add(sum(works for (_, t), works in v.works.items() if t == s) == held)


def rotation_brings_everybody_together_once(v: Variables) -> None:
    """A rotation has a round for each service user, so a group that is too large cannot serve."""
    for exercise in v.options.problem.group_exercises:
        if exercise.station_minutes:
            for (g, _), works in v.works.items():
                members = v.options.problem.group_by_reference[g].members
                if len(members) * exercise.station_minutes > exercise.minutes:
                    v.model.add(works == 0)


def service_user_group_minutes_are_within_limit(v: Variables) -> None:
    """By counting: each run takes its minutes of the group and holds at most so many applicants."""
    problem = v.options.problem
    for session in problem.sessions:
        for group in problem.service_user_groups:
            most = _applicants_in(v, session, group.minutes_max)
            if (group.reference, session.reference) in v.works and most is not None:
                works = v.works[group.reference, session.reference]
                v.model.add(v.attending(session.reference) <= most).only_enforce_if(works)


def role_player_takes_part(v: Variables) -> None:
    """A role player is on hand wherever an exercise needs one, and as many as the time asks for."""
    problem = v.options.problem
    if not any(e.role_player for e in problem.exercises):
        for plays in v.plays.values():
            v.model.add(plays == 0)
        return
    for session in problem.sessions:
        s = session.reference
        players = sum(plays for (_, t), plays in v.plays.items() if t == s)
        v.model.add(players >= v.held[s])
        for exercise in problem.exercises:
            if exercise.role_player and not exercise.is_shared:
                most = runs_of_role_player(exercise, session, problem.move_minutes)
                v.model.add(v.attending(s) <= most * players)


def role_player_minutes_are_within_limit(v: Variables) -> None:
    """By counting: the minutes of runs for one applicant are within what the role players have."""
    problem = v.options.problem
    minutes = sum(e.minutes for e in problem.exercises if e.role_player and not e.is_shared)
    if minutes == 0:
        return
    for session in problem.sessions:
        s = session.reference
        have = [
            min(player.minutes_max if player.minutes_max is not None else session.window.minutes,
                session.window.minutes) * v.plays[player.reference, s]
            for player in problem.role_players
        ]  # fmt: skip
        v.model.add(minutes * v.attending(s) <= sum(have))


def interpreters_stay_with_their_applicant(v: Variables) -> None:
    for a in v.options.interpreted:
        for session in v.options.problem.sessions:
            s = session.reference
            pair = [v.interprets[i.reference, a, s] for i in v.options.problem.interpreters]
            v.model.add(sum(pair) == 2 * v.attends[v.options.class_of[a].number, s])
    for interpreter in v.options.problem.interpreters:
        for session in v.options.problem.sessions:
            i, s = interpreter.reference, session.reference
            v.model.add_at_most_one(v.interprets[i, a, s] for a in v.options.interpreted)


def _applicants_in(v: Variables, session: Session, minutes_max: int | None) -> int | None:
    """Most applicants whom one group can see in a session, or None where rooms alone decide."""
    problem, most = v.options.problem, None
    limit = session.window.minutes if minutes_max is None else min(minutes_max, session.window.minutes)
    shortest = sum(e.minutes + e.writing_minutes for e in problem.group_exercises)
    for exercise in problem.group_exercises:
        seats = max((r.seats for r in problem.rooms_for(exercise, session.venue)), default=0)
        size = seats if exercise.group_max is None else min(seats, exercise.group_max)
        length = exercise.minutes + exercise.writing_minutes
        # The other group exercises need at least one run each.
        runs = max(0, (limit - (shortest - length)) // max(1, length))
        most = size * runs if most is None else min(most, size * runs)
    return most
