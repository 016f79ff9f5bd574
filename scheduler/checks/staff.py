"""Everybody else at work: assessors' load, service-user groups, role players and interpreters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from scheduler.checks.views import exercise_of
from scheduler.checks.wording import counted_by_name, listed, run_name, sentence_start, times
from scheduler.grid import Window
from scheduler.problem import Problem
from scheduler.programme import ExerciseKind
from scheduler.rules import Breach
from scheduler.timetable import Entry, Role, Timetable


def assessor_half_days_are_within_limit(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """A half-day is a session with any row of theirs, over the whole campaign."""
    for person, sessions in _sessions_by_assessor(timetable).items():
        assessor = problem.assessor_by_reference.get(person)
        if assessor is not None and len(sessions) > assessor.half_days_max:
            detail = (
                f"{person} works {counted_by_name(sessions, 'half-day')};"
                f" at most {assessor.half_days_max} may be."
            )
            over = len(sessions) - assessor.half_days_max
            yield Breach("assessor_half_days_are_within_limit", (person,), sessions[0], None, over, detail)


def standby_assessor_is_kept_in_reserve(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """Not asked of a repaired timetable: see `standby_allowed` of `breaches_of`."""
    for person, sessions in _sessions_by_assessor(timetable).items():
        assessor = problem.assessor_by_reference.get(person)
        if assessor is not None and assessor.standby:
            detail = f"{person} is on standby but works in {listed(sessions)}."
            size = len(sessions)
            yield Breach("standby_assessor_is_kept_in_reserve", (person,), sessions[0], None, size, detail)


def session_has_one_service_user_group(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """Each group run has one group, all group runs of a session the same, and no other run has any."""
    rule = "session_has_one_service_user_group"
    groups_by_session: dict[str, set[str]] = defaultdict(set)
    for run in timetable.sittings:
        wanted = 1 if exercise_of(problem, run).kind is ExerciseKind.GROUP else 0
        rows = run.of(Role.SERVICE_USER_GROUP)
        groups = tuple(row.person for row in rows)
        strangers = [group for group in groups if group not in problem.group_by_reference]
        if strangers:
            detail = f"{listed(strangers)} is in {run_name(run)} as a service-user group but is not one."
            yield Breach(rule, tuple(strangers), run.session, run.window, len(strangers), detail)
        elif len(groups) != wanted:
            detail = (
                f"{sentence_start(run_name(run))} ({times(run.window)}) has"
                f" {counted_by_name(groups, 'service-user group')} instead of {wanted}."
            )
            size = abs(len(groups) - wanted)
            yield Breach(rule, groups or run.applicants, run.session, run.window, size, detail)
        else:
            groups_by_session[run.session].update(groups)
    for session, found in sorted(groups_by_session.items()):
        if len(found) > 1:
            detail = f"{session} has {counted_by_name(found, 'service-user group')} instead of one."
            yield Breach(rule, tuple(sorted(found)), session, None, len(found) - 1, detail)


def service_user_group_minutes_are_within_limit(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """The sum of its rows in a session, writing time included."""
    limits = {group.reference: group.minutes_max for group in problem.service_user_groups}
    return _over_minutes(
        timetable, "service_user_group_minutes_are_within_limit", Role.SERVICE_USER_GROUP, limits
    )


def role_player_takes_part(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """One in each run of an exercise with a role player, none in any other run."""
    rule = "role_player_takes_part"
    for run in timetable.sittings:
        wanted = 1 if exercise_of(problem, run).role_player else 0
        players = tuple(row.person for row in run.of(Role.ROLE_PLAYER))
        strangers = [player for player in players if player not in problem.role_player_by_reference]
        if strangers:
            detail = f"{listed(strangers)} is in {run_name(run)} as a role player but is not one."
            yield Breach(rule, tuple(strangers), run.session, run.window, len(strangers), detail)
        elif len(players) != wanted:
            detail = (
                f"{sentence_start(run_name(run))} ({times(run.window)}) has"
                f" {counted_by_name(players, 'role player')} instead of {wanted}."
            )
            size = abs(len(players) - wanted)
            yield Breach(rule, players or run.applicants, run.session, run.window, size, detail)


def role_player_minutes_are_within_limit(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """The sum of their rows in a session."""
    limits = {player.reference: player.minutes_max for player in problem.role_players}
    return _over_minutes(timetable, "role_player_minutes_are_within_limit", Role.ROLE_PLAYER, limits)


def interpreters_stay_with_their_applicant(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """Two interpreters have exactly the applicant's rows of the session: same runs, rooms and times.

    An interpreter whose rows are nobody's is named with the applicant whose runs they share, else alone.
    """
    rule = "interpreters_stay_with_their_applicant"
    for session, rows in sorted(timetable.by_session.items()):
        paths = _paths(row for row in rows if row.role is Role.INTERPRETER)
        spare = dict(paths)
        for path, applicants in sorted(_needing(problem, rows).items()):
            with_them = sorted(person for person, own in paths.items() if own == path)
            for person in with_them:
                del spare[person]
            if len(with_them) != 2 * len(applicants):
                near = sorted(person for person, own in spare.items() if _share_a_run(own, path))
                for person in near:
                    del spare[person]
                detail = (
                    f"{listed(applicants)} needs two interpreters for all of {session};"
                    f" {listed(with_them)} {'is' if len(with_them) < 2 else 'are'} there throughout"
                    + (f" and {listed(near)} only in part or at other times." if near else ".")
                )
                size = abs(2 * len(applicants) - len(with_them))
                yield Breach(rule, (*applicants, *with_them, *near), session, None, size, detail)
        for person in sorted(spare):
            detail = f"{person} is in {session} as an interpreter for nobody who needs one."
            yield Breach(rule, (person,), session, None, 1, detail)
        for person in sorted(set(paths) - set(spare)):
            if person not in problem.interpreter_by_reference:
                detail = f"{person} is in {session} as an interpreter but is not one."
                yield Breach(rule, (person,), session, None, 1, detail)


Path = tuple[tuple[int, int, str, str, str], ...]


def _paths(rows: Iterator[Entry]) -> dict[str, Path]:
    """Where each person of `rows` is and when: start, end, exercise, run and room of every row."""
    found: dict[str, list[tuple[int, int, str, str, str]]] = defaultdict(list)
    for row in rows:
        found[row.person].append((row.start, row.end, row.exercise, row.sitting, row.room))
    return {person: tuple(sorted(steps)) for person, steps in sorted(found.items())}


def _needing(problem: Problem, rows: list[Entry]) -> dict[Path, list[str]]:
    """The applicants who need interpreters, by where they are and when (nearly always one for each)."""
    known = problem.applicant_by_reference
    found: dict[Path, list[str]] = defaultdict(list)
    needing = (
        row
        for row in rows
        if row.role is Role.APPLICANT and row.person in known and known[row.person].adjustment.interpreter
    )
    for person, path in _paths(needing).items():
        found[path].append(person)
    return found


def _share_a_run(one: Path, other: Path) -> bool:
    return not {step[2:4] for step in one}.isdisjoint(step[2:4] for step in other)


def _sessions_by_assessor(timetable: Timetable) -> dict[str, list[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in timetable.entries:
        if row.role is Role.ASSESSOR:
            found[row.person].add(row.session)
    return {person: sorted(sessions) for person, sessions in sorted(found.items())}


def _over_minutes(
    timetable: Timetable, rule: str, role: Role, limits: dict[str, int | None]
) -> Iterator[Breach]:
    """A breach of `rule` for each (person, session) of `role` whose rows together exceed their limit."""
    worked: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for row in timetable.entries:
        if row.role is role:
            worked[row.person, row.session].append(row)
    for (person, session), rows in sorted(worked.items()):
        minutes, limit = sum(row.window.minutes for row in rows), limits.get(person)
        if limit is not None and minutes > limit:
            detail = f"{person} works {minutes} minutes in {session}; at most {limit} may be."
            window = Window(min(row.start for row in rows), max(row.end for row in rows))
            yield Breach(rule, (person,), session, window, minutes - limit, detail)
