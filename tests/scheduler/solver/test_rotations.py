"""Rotations: everybody meets everybody once, one at a time, and the orders are balanced over a session."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from scheduler.balance import RotationBalance, rotation_balances
from scheduler.checks import breaches_of
from scheduler.people import ServiceUserGroup
from scheduler.problem import Problem
from scheduler.solver.rotations import rotations_of
from scheduler.timetable import Entry, Meeting, Role, timetable_of
from tests.scheduler.solver.plain import GROUP, ROUND, one_session_problem, people, room

STATION_MINUTES = 10
BEGINS = 9 * 60
RUN_MINUTES = 60


def users(number: int) -> tuple[str, ...]:
    return tuple(f"U{n}" for n in range(1, number + 1))


def rotating(runs: int, applicants: int, members: int) -> tuple[Problem, list[Entry]]:
    """Rounds of an hour, one after the other, each with so many applicants and the one group."""
    everybody = [f"A{n:02d}" for n in range(1, runs * applicants + 1)]
    problem = one_session_problem(
        "09:00",
        f"{9 + runs}:00",
        exercises=(replace(ROUND, minutes=RUN_MINUTES, station_minutes=STATION_MINUTES),),
        applicants=people(*everybody),
        service_user_groups=(ServiceUserGroup("G1", users(members)),),
        rooms=(room("R1", GROUP, seats=applicants),),
    )
    rows = []
    for run in range(runs):
        start = BEGINS + RUN_MINUTES * run
        present = everybody[run * applicants : (run + 1) * applicants]
        for role, person in [*((Role.APPLICANT, a) for a in present), (Role.SERVICE_USER_GROUP, "G1")]:
            rows.append(Entry("S1", start, "round", f"run {run}", "R1", role, person, start + RUN_MINUTES))
    return problem, rows


def pairs_met(meetings: tuple[Meeting, ...]) -> list[tuple[str, str, str]]:
    return sorted((m.sitting, m.applicant, m.service_user) for m in meetings)


@pytest.mark.parametrize("applicants", range(1, 7))
@pytest.mark.parametrize("members", range(1, 7))
def test_rotation_brings_everybody_together_once_at_any_size(applicants: int, members: int) -> None:
    problem, rows = rotating(2, applicants, members)
    meetings = rotations_of(problem, rows)
    assert breaches_of(problem, timetable_of(rows, meetings)) == []
    due = [
        (row.sitting, row.person, user)
        for row, user in product(rows, users(members))
        if row.role is Role.APPLICANT
    ]
    assert pairs_met(meetings) == sorted(due)


@pytest.mark.parametrize(("applicants", "members"), [(2, 4), (4, 4), (4, 2), (3, 5), (5, 5), (5, 3)])
def test_rotation_takes_as_many_rounds_as_the_larger_side(applicants: int, members: int) -> None:
    problem, rows = rotating(1, applicants, members)
    meetings = rotations_of(problem, rows)
    rounds = {m.round: (m.start, m.end) for m in meetings}
    assert rounds == {
        n: (BEGINS + STATION_MINUTES * (n - 1), BEGINS + STATION_MINUTES * n)
        for n in range(1, max(applicants, members) + 1)
    }


def test_orders_of_four_by_four_in_three_runs_are_even() -> None:
    meetings = rotations_of(*rotating(3, 4, 4))
    assert rotation_balances(meetings) == (RotationBalance("S1", 3, 3, 0, 0, 0, 0),)


def test_rests_of_service_users_are_spread_over_the_rounds() -> None:
    """Two applicants, four service users, three runs: 24 rests, and nobody has three in the same round."""
    meetings = rotations_of(*rotating(3, 2, 4))
    assert rotation_balances(meetings) == (RotationBalance("S1", 1, 2, 24, 2, 1, 2),)


def test_rests_of_applicants_do_not_follow_each_other() -> None:
    meetings = rotations_of(*rotating(2, 4, 2))
    assert rotation_balances(meetings) == (RotationBalance("S1", 4, 4, 16, 0, 0, 0),)


def test_runs_of_different_sizes_are_balanced_together() -> None:
    problem, rows = rotating(3, 4, 4)
    fewer = [row for row in rows if row.person not in ("A08", "A11", "A12")]
    assert rotation_balances(rotations_of(problem, fewer)) == (RotationBalance("S1", 2, 3, 12, 0, 0, 1),)


def test_sessions_are_balanced_apart() -> None:
    problem, rows = rotating(3, 4, 4)
    (only,) = problem.sessions
    two = replace(problem, sessions=(only, replace(only, reference="S2")))
    rows = [replace(row, session="S2") if row.sitting == "run 2" else row for row in rows]
    balances = rotation_balances(rotations_of(two, rows))
    assert [(b.session, b.follows_least, b.follows_most) for b in balances] == [("S1", 2, 2), ("S2", 1, 1)]
