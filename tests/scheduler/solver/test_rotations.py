"""Rotations: everybody meets everybody once, one at a time, and the orders are balanced over a session."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise, permutations, product

import pytest

from scheduler.checks import breaches_of
from scheduler.people import ServiceUserGroup
from scheduler.problem import Problem
from scheduler.solver.rotations import balance_of, rotation_has_one_meeting_at_a_time, rotations_of
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


@pytest.mark.parametrize("rounds", range(1, 9))
def test_rotation_has_one_meeting_at_a_time_in_every_row_and_column(rounds: int) -> None:
    square = rotation_has_one_meeting_at_a_time(rounds)
    once = list(range(rounds))
    assert [sorted(row) for row in square] == [once] * rounds
    assert [sorted(column) for column in zip(*square, strict=True)] == [once] * rounds


@pytest.mark.parametrize("rounds", [2, 4, 6, 8])
def test_square_of_even_size_lets_each_follow_each_other_once(rounds: int) -> None:
    follows = Counter(pair for row in rotation_has_one_meeting_at_a_time(rounds) for pair in pairwise(row))
    assert follows == Counter(permutations(range(rounds), 2))


@pytest.mark.parametrize("rounds", [3, 5, 7])
def test_square_of_odd_size_lets_each_follow_each_other_twice_with_its_mirror(rounds: int) -> None:
    square = rotation_has_one_meeting_at_a_time(rounds)
    both = [*square, *(row[::-1] for row in square)]
    follows = Counter(pair for row in both for pair in pairwise(row))
    assert set(follows.values()) == {2}
    assert len(follows) == rounds * (rounds - 1)


def test_orders_of_four_by_four_in_three_runs_are_balanced_exactly() -> None:
    meetings = rotations_of(*rotating(3, 4, 4))
    assert balance_of(meetings) == dict.fromkeys(permutations(users(4), 2), 3)


@pytest.mark.parametrize(("runs", "size"), [(2, 3), (4, 3), (2, 5)])
def test_orders_of_an_even_number_of_odd_runs_are_balanced_exactly(runs: int, size: int) -> None:
    meetings = rotations_of(*rotating(runs, size, size))
    assert set(balance_of(meetings).values()) == {runs}


@pytest.mark.parametrize(("runs", "applicants", "members"), [(2, 2, 4), (4, 3, 4), (3, 4, 3), (6, 1, 3)])
def test_orders_of_other_sizes_are_about_even(runs: int, applicants: int, members: int) -> None:
    """Which service user the rest takes the place of may change from run to run."""
    balance = balance_of(rotations_of(*rotating(runs, applicants, members)))
    counts = [balance[pair] for pair in permutations(users(members), 2)]
    assert max(counts) - min(counts) <= 1
