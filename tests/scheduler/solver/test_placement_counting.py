"""What the placement knows by counting alone, before a running order is asked: never too little or too much.

Each number is asked twice: of the placement by itself, and of the whole solver, whose running orders have the
last word. Were the placement too strict the solver would place fewer than there is time for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from ortools.sat.python import cp_model

from scheduler.params import Params
from scheduler.people import DeclaredInterest, RolePlayer
from scheduler.problem import FirstChoiceRule, Problem
from scheduler.rules import LINK_GROUP
from scheduler.solver.counting import (
    least_groups_of_assessors,
    runs_begun_before,
    runs_of_role_player,
)
from scheduler.solver.engine import PLACEMENT, Budget, solve
from scheduler.solver.placement.constraints import add_constraints
from scheduler.solver.placement.objective import unplaced, without_first_choice_member
from scheduler.solver.placement.options import Options
from scheduler.solver.placement.variables import build_variables
from tests.builders import at, with_panel_rules
from tests.scheduler.solver.plain import (
    INTERVIEW,
    PANEL,
    SOLO,
    assessor,
    number_placed,
    one_session_problem,
    people,
    room,
    rooms_at,
    session,
    solved,
)

ROLE_PLAY = replace(INTERVIEW, minutes=45, writing_minutes=15, role_player=True)
PARAMS = Params(seconds=20, workers=1)


def counted(problem: Problem) -> tuple[int, int]:
    """By counting alone: how many can be placed, and of so many, the fewest who lack their first choice."""
    v = build_variables(cp_model.CpModel(), Options(problem))
    add_constraints(v)
    v.model.minimize(unplaced(v))
    out = solve(v.model, PARAMS, Budget(PARAMS), 20, PLACEMENT)
    v.model.add(unplaced(v) == out.value)
    v.model.minimize(without_first_choice_member(v))
    lacking = solve(v.model, PARAMS, Budget(PARAMS), 20, PLACEMENT)
    assert out.proven
    assert lacking.proven
    return len(problem.applicants) - out.value, lacking.value


def two_panels(end: str, applicants: int, role_players: int = 1, **changes: Any) -> Problem:
    """A session from 09:00 with two panels of one in two rooms, and moves of five minutes."""
    return one_session_problem(
        "09:00",
        end,
        **{
            "exercises": (ROLE_PLAY,),
            "applicants": people(*(f"A{n}" for n in range(1, applicants + 1))),
            "assessors": (assessor("B1"), assessor("B2")),
            "rooms": (*rooms_at("V1"), room("R2", PANEL)),
            "role_players": tuple(RolePlayer(f"RP{n}") for n in range(role_players)),
            "move_minutes": 5,
            **changes,
        },
    )


@pytest.mark.parametrize(("end", "number"), [("12:30", 4), ("12:25", 3), ("10:00", 1), ("09:55", 0)])
def test_role_player_has_time_for_so_many(end: str, number: int) -> None:
    """Four are 4 x 45 minutes, three moves and the last panel's writing: 210 minutes from 09:00."""
    problem = two_panels(end, 5)
    assert counted(problem)[0] == number
    assert number_placed(problem) == number


def test_two_role_players_have_time_for_twice_as_many() -> None:
    problem = with_panel_rules(two_panels("11:40", 5, role_players=2), interviews_max=3)
    assert counted(problem)[0] == number_placed(problem) == 4


def test_role_player_who_stays_in_one_room_needs_no_move() -> None:
    """Solo runs may follow each other there the moment one ends."""
    exercise = replace(INTERVIEW, kind=SOLO, role_player=True)
    problem = two_panels("10:30", 4, exercises=(exercise,), assessors=())
    assert runs_of_role_player(exercise, problem.sessions[0], move_minutes=5) == 3
    assert counted(problem)[0] == number_placed(problem) == 3


@pytest.mark.parametrize(("late", "number"), [((), 3), (("B1",), 3), (("B1", "B2"), 2)])
def test_panels_that_start_late_leave_the_role_player_less_time(late: tuple[str, ...], number: int) -> None:
    """From 10:00 there is time for two; a third is seen before, if any panel is there."""
    problem = two_panels(
        "12:15",
        4,
        travel_minutes={(x, "V1"): 95 for x in late},
        travel_minutes_max_morning=90,
    )
    assert counted(problem)[0] == number
    assert number_placed(problem) == number


def test_applicants_who_start_late_leave_the_role_player_less_time() -> None:
    problem = two_panels(
        "12:15",
        3,
        travel_minutes={(f"A{n}", "V1"): 95 for n in range(1, 4)},
        travel_minutes_max_morning=90,
    )
    assert counted(problem)[0] == number_placed(problem) == 2


@pytest.mark.parametrize(
    ("minute", "number"), [("09:00", 0), ("09:15", 0), ("09:16", 1), ("10:30", 1), ("10:31", 2)]
)
def test_interviews_begun_before_a_minute(minute: str, number: int) -> None:
    """With a quarter of an hour's preparation: contact begins at 09:15, 10:30 and so on."""
    exercise = replace(ROLE_PLAY, preparation_minutes=15)
    assert runs_begun_before(at(minute), exercise, session("S1", "09:00", "13:00")) == number


def two_councils(**changes: Any) -> Problem:
    """Two panels of one from Somerset and one from Devon or Bristol; A1 would have Devon, and knows B2."""
    problem = two_panels(
        "13:00",
        2,
        role_players=2,
        assessors=(assessor("B1"), assessor("B2", "DEV"), assessor("B3"), assessor("B4", "BRI")),
        interests=(DeclaredInterest("A1", "B2", "colleague", excluded=True),),
    )
    first, *others = problem.applicants
    problem = replace(problem, applicants=(replace(first, choices=("DEV",)), *others), **changes)
    return with_panel_rules(
        problem, size=2, lead_members=1, first_choice_members=1, first_choice_rule=FirstChoiceRule.SOFT
    )


def test_first_choice_is_lacking_where_its_only_member_is_excluded() -> None:
    problem = two_councils()
    assert counted(problem) == (2, 1)
    assert solved(problem).objective[3].value == 1
    allowed = replace(problem, interests=())
    assert counted(allowed) == (2, 0)
    assert solved(allowed).objective[3].value == 0


def test_nobody_is_seen_where_every_member_of_the_lead_authority_is_excluded() -> None:
    interests = tuple(DeclaredInterest("A1", x, "colleague", excluded=True) for x in ("B1", "B3"))
    problem = two_councils(interests=interests)
    assert counted(problem)[0] == number_placed(problem) == 1


@pytest.mark.parametrize(
    ("panels", "sessions", "size", "groups"),
    [(4, 1, 3, 4), (4, 2, 3, 1), (2, 2, 1, 1), (5, 2, 1, 3), (3, 2, 2, 1), (67, 17, 3, 1), (0, 0, 3, 0)],
)
def test_groups_of_assessors_by_counting(panels: int, sessions: int, size: int, groups: int) -> None:
    """In one session nobody sits on two panels; panels of one bring nobody together."""
    assert least_groups_of_assessors(panels, sessions, size) == groups


def test_links_of_a_single_session_are_proven_at_once() -> None:
    links = solved(two_panels("12:30", 4, role_players=2)).objective[-1]
    assert (links.name, links.value, links.proven) == ("assessor_links", 2 * LINK_GROUP, True)
