"""What a session can hold: the tiny campaign counted on one's fingers, then with one thing made scarce."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.planning.sessions import group_minutes_for, interviews_with, session_capacity
from scheduler.problem import Problem
from tests.builders import tiny_problem, with_changes, with_panel_rules


def limits(problem: Problem, session: str = "S1") -> dict[str, int]:
    capacity = session_capacity(problem, problem.session_by_reference[session])
    return {limit.what: limit.most for limit in capacity.limits}


def test_tiny_session_is_counted_resource_by_resource() -> None:
    """210 minutes; an interview takes 45 with preparation and writing, a round 15, writing 40."""
    assert limits(tiny_problem()) == {
        "panels": 6,
        "panel rooms": 6,
        "lead-authority members": 9,
        "assessors": 6,
        "members with safer-recruitment training": 9,
        "members who may chair": 9,
        "members with lived experience": 6,
        "assessors of different councils": 6,
        "writing seats": 15,
        "seats for working alone": 84,
        "service users' time": 8,
        "role players' time": 12,
    }


def test_session_holds_what_runs_out_first() -> None:
    problem = tiny_problem()
    capacity = session_capacity(problem, problem.sessions[0])
    assert (capacity.applicants, capacity.panels, capacity.per_panel) == (6, 2, 3)
    assert [limit.what for limit in capacity.limited_by] == [
        "panels",
        "panel rooms",
        "assessors",
        "members with lived experience",
        "assessors of different councils",
    ]


@pytest.mark.parametrize(
    ("problem", "what", "most"),
    [
        (with_changes(tiny_problem(), "sessions", "S1", panels_max=1), "panels", 3),
        (with_panel_rules(tiny_problem(), interviews_max=2), "panels", 4),
        (with_changes(tiny_problem(), "rooms", "R1", seats=0), "panel rooms", 3),
        (with_changes(tiny_problem(), "assessors", "B1", standby=True), "lead-authority members", 6),
        (replace(tiny_problem(), unavailable=frozenset({("B3", "S1")})), "members with lived experience", 3),
        (with_panel_rules(tiny_problem(), one_council_max=2, size=4), "assessors", 3),
        (with_changes(tiny_problem(), "rooms", "R3", seats=1), "writing seats", 5),
        (with_changes(tiny_problem(), "exercises", "written", group_max=2), "writing seats", 10),
    ],
)
def test_scarce_thing_limits_the_session(problem: Problem, what: str, most: int) -> None:
    assert limits(problem)[what] == most


def test_session_too_short_for_one_applicant_holds_nobody() -> None:
    problem = tiny_problem()
    short = replace(problem.sessions[0].window, end=problem.sessions[0].window.start + 100)
    problem = with_changes(problem, "sessions", "S1", window=short)
    assert limits(problem)["time"] == 0


def test_group_of_service_users_works_no_longer_than_it_may() -> None:
    problem = tiny_problem()
    groups = tuple(replace(group, minutes_max=29) for group in problem.service_user_groups)
    assert limits(replace(problem, service_user_groups=groups))["service users' time"] == 2


def test_group_too_large_for_its_rotation_does_not_serve() -> None:
    problem = tiny_problem()
    groups = tuple(replace(group, members=("U1", "U2", "U3")) for group in problem.service_user_groups)
    assert limits(replace(problem, service_user_groups=groups))["service users' time"] == 0


def test_group_works_a_round_for_each_two_applicants() -> None:
    problem = tiny_problem()
    assert [group_minutes_for(problem, "V1", number) for number in (0, 1, 2, 3, 4)] == [0, 15, 15, 30, 30]


def test_role_player_has_so_many_whole_interviews() -> None:
    problem = tiny_problem()
    players = tuple(replace(player, minutes_max=59) for player in problem.role_players)
    assert limits(replace(problem, role_players=players))["role players' time"] == 3


def test_panels_of_a_timetable_see_no_more_than_the_rest_allows() -> None:
    problem = tiny_problem()
    assert [interviews_with(problem, problem.sessions[0], panels) for panels in (0, 1, 2, 3)] == [0, 3, 6, 8]


def test_campaign_without_panels_is_limited_by_the_rest() -> None:
    problem = tiny_problem()
    written = tuple(e for e in problem.exercises if e.reference == "written")
    assert limits(replace(problem, exercises=written)) == {"writing seats": 15}
