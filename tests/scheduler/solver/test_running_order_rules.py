"""Rules about times and runs in a session: one fact otherwise, and so is the answer.

Every campaign here has one session, just long enough or just too short for what it should hold.
Rooms, panels and other staff are in `test_running_order_rooms.py`.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.people import DeclaredInterest, Interpreter, RolePlayer, ServiceUserGroup
from scheduler.timetable import Role
from tests.builders import at
from tests.scheduler.solver.plain import (
    GROUP,
    INTERVIEW,
    PANEL,
    REFLECTION,
    ROUND,
    SITTING,
    WRITTEN,
    assessor,
    number_placed,
    one_session_problem,
    people,
    placed,
    room,
    rows_of,
    solved,
)

TWO = people("A1", "A2")
BOTH_EXERCISES = (INTERVIEW, WRITTEN)
G1 = ServiceUserGroup("G1", ("U1",))
RP1 = RolePlayer("RP1")


@pytest.mark.parametrize(("grid", "number"), [(5, 1), (20, 0), (35, 1)])
def test_run_starts_on_the_grid(grid: int, number: int) -> None:
    """Thirty minutes, five to move, thirty minutes: the second start is 35 minutes after the first."""
    problem = one_session_problem("09:10", "10:15", exercises=BOTH_EXERCISES, grid_minutes=grid)
    assert number_placed(problem) == number


@pytest.mark.parametrize(("end", "number"), [("09:44", 0), ("09:45", 1)])
def test_run_lies_within_the_session_with_preparation_and_writing(end: str, number: int) -> None:
    exercise = replace(INTERVIEW, preparation_minutes=5, writing_minutes=10)
    problem = one_session_problem("09:00", end, exercises=(exercise,))
    assert number_placed(problem) == number


@pytest.mark.parametrize(("percent", "end", "number"), [(0, "09:30", 1), (20, "09:39", 0), (20, "09:40", 1)])
def test_run_has_its_full_length_with_extra_time_rounded_up(percent: int, end: str, number: int) -> None:
    """Twenty percent of thirty minutes are 36 minutes, on a grid of ten 40."""
    problem = one_session_problem(
        "09:00",
        end,
        exercises=(replace(INTERVIEW, extra_time=True),),
        applicants=people("A1", extra_time_percent=percent),
        grid_minutes=10,
    )
    assert number_placed(problem) == number


def test_run_has_its_full_length_for_whoever_has_no_extra_time() -> None:
    """The slower applicant keeps the room; the other one leaves."""
    problem = one_session_problem(
        "09:00",
        "09:45",
        exercises=(replace(WRITTEN, extra_time=True),),
        applicants=(*people("A1", extra_time_percent=50), *people("A2")),
    )
    rows = rows_of(solved(problem), Role.APPLICANT, "written")
    assert {(e.person, e.start, e.end) for e in rows} == {
        ("A1", at("09:00"), at("09:45")),
        ("A2", at("09:00"), at("09:30")),
    }


@pytest.mark.parametrize(("end", "number"), [("09:30", 2), ("09:29", 0)])
def test_run_keeps_its_people_together_in_one_room(end: str, number: int) -> None:
    rows = rows_of(
        solved(one_session_problem("09:00", end, exercises=(WRITTEN,), applicants=TWO)),
        Role.APPLICANT,
        "written",
    )
    assert [(row.start, row.room) for row in rows] == [(at("09:00"), "V1-sitting")] * number


@pytest.mark.parametrize(("group_min", "group_max", "number"), [(1, 1, 1), (1, 2, 2), (2, 2, 2), (3, 3, 0)])
def test_run_size_is_within_limits(group_min: int, group_max: int, number: int) -> None:
    exercise = replace(WRITTEN, group_min=group_min, group_max=group_max)
    assert (
        number_placed(one_session_problem("09:00", "09:30", exercises=(exercise,), applicants=TWO)) == number
    )


def test_applicant_does_every_exercise_once() -> None:
    exercises = (INTERVIEW, WRITTEN, REFLECTION, ROUND)
    problem = one_session_problem("09:00", "11:15", exercises=exercises, service_user_groups=(G1,))
    entries = solved(problem).timetable.entries
    assert sorted(e.exercise for e in entries if e.person == "A1") == [
        "interview",
        "reflection",
        "round",
        "written",
    ]


@pytest.mark.parametrize(("end", "number"), [("09:59", 0), ("10:00", 1)])
def test_person_is_in_one_place_at_a_time_even_where_moving_takes_no_time(end: str, number: int) -> None:
    problem = one_session_problem("09:00", end, exercises=BOTH_EXERCISES, move_minutes=0)
    assert number_placed(problem) == number


@pytest.mark.parametrize(("end", "number"), [("10:09", 0), ("10:10", 1)])
def test_person_has_time_to_move_even_where_the_room_is_the_same(end: str, number: int) -> None:
    problem = one_session_problem(
        "09:00", end, exercises=BOTH_EXERCISES, rooms=(room("R1", PANEL, SITTING),), move_minutes=10
    )
    assert number_placed(problem) == number


def test_person_has_time_to_move_panel_and_role_player_stay_in_their_room() -> None:
    problem = one_session_problem(
        "09:00",
        "10:00",
        exercises=(replace(INTERVIEW, role_player=True),),
        applicants=TWO,
        role_players=(RP1,),
        move_minutes=10,
    )
    assert number_placed(problem) == 2


@pytest.mark.parametrize(("end", "rooms", "number"), [("10:00", 2, 2), ("10:10", 2, 3), ("10:00", 1, 3)])
def test_person_has_time_to_move_service_users_between_two_rooms(end: str, rooms: int, number: int) -> None:
    """A1 must be in R0, which has one seat, and then the others in R1; or all of them in R1 one by one."""
    alone = room("R0", GROUP, step_free=True, seats=1)
    others = room("R1", GROUP, step_free=rooms == 1)
    problem = one_session_problem(
        "09:00",
        end,
        exercises=(replace(ROUND, group_max=2),),
        applicants=(*people("A1", step_free=True), *people("A2", "A3")),
        service_user_groups=(G1,),
        rooms=(alone, others)[-rooms:],
        move_minutes=10,
    )
    assert number_placed(problem) == number


def test_exercise_follows_its_predecessor() -> None:
    after = (replace(INTERVIEW, after="written"), WRITTEN)
    rows = solved(one_session_problem("09:00", "10:05", exercises=after)).timetable.entries
    assert [(e.exercise, e.start) for e in rows if e.person == "A1"] == [
        ("written", at("09:00")),
        ("interview", at("09:35")),
    ]


@pytest.mark.parametrize(("within", "number"), [(4, 0), (5, 1)])
def test_exercise_starts_soon_enough_after(within: int, number: int) -> None:
    exercises = (INTERVIEW, replace(WRITTEN, after="interview", within_minutes=within))
    assert number_placed(one_session_problem("09:00", "12:00", exercises=exercises)) == number


@pytest.mark.parametrize(("end", "number"), [("10:19", 0), ("10:20", 1)])
def test_applicant_has_the_break_they_need_moving_included(end: str, number: int) -> None:
    problem = one_session_problem(
        "09:00", end, exercises=BOTH_EXERCISES, applicants=people("A1", break_minutes=20)
    )
    assert number_placed(problem) == number


def test_applicant_has_the_break_they_need_only_once() -> None:
    exercises = (INTERVIEW, WRITTEN, REFLECTION)
    problem = one_session_problem(
        "09:00", "11:00", exercises=exercises, applicants=people("A1", break_minutes=25)
    )
    assert number_placed(problem) == 1


@pytest.mark.parametrize(
    ("traveller", "end", "starts"),
    [
        ("A1", "10:30", []),
        ("A1", "10:40", [at("10:00")]),
        ("B1", "10:29", []),
        ("B1", "10:30", [at("09:50")]),
    ],
)
def test_long_traveller_starts_late_an_applicant_with_the_preparation(
    traveller: str, end: str, starts: list[int]
) -> None:
    """The interview begins at 10:00 at the earliest; only the applicant is there ten minutes before."""
    problem = one_session_problem(
        "09:00",
        end,
        exercises=(replace(INTERVIEW, preparation_minutes=10),),
        travel_minutes={(traveller, "V1"): 95},
        travel_minutes_max_morning=90,
    )
    assert [row.start for row in rows_of(solved(problem), Role.APPLICANT)] == starts


@pytest.mark.parametrize(("excluded", "number"), [(True, 1), (False, 2)])
def test_excluded_pair_never_meets_two_applicants(excluded: bool, number: int) -> None:
    problem = one_session_problem(
        "09:00",
        "09:30",
        exercises=(WRITTEN,),
        applicants=TWO,
        interests=(DeclaredInterest("A1", "A2", "siblings", excluded),),
    )
    assert number_placed(problem) == number


def test_excluded_pair_never_meets_panel_of_another_member() -> None:
    problem = one_session_problem(
        "09:00",
        "09:30",
        applicants=TWO,
        assessors=(assessor("B1"), assessor("B2")),
        rooms=(room("R1", PANEL), room("R2", PANEL)),
        interests=(DeclaredInterest("A1", "B1", "colleague", excluded=True),),
    )
    rows = solved(problem).timetable.entries
    panel_by_person = {e.person: e.panel for e in rows}
    assert panel_by_person["A1"] == panel_by_person["B2"]
    assert panel_by_person["A2"] == panel_by_person["B1"]


def test_excluded_pair_never_meets_role_player() -> None:
    problem = one_session_problem(
        "09:00",
        "09:30",
        exercises=(replace(INTERVIEW, role_player=True),),
        role_players=(RP1, RolePlayer("RP2")),
        interests=(DeclaredInterest("A1", "RP1", "friend", excluded=True),),
    )
    assert [row.person for row in rows_of(solved(problem), Role.ROLE_PLAYER)] == ["RP2"]
    assert placed(replace(problem, role_players=(RP1,))) == {}


@pytest.mark.parametrize(("excluded", "number"), [(True, 1), (False, 2)])
def test_excluded_pair_never_meets_another_applicants_interpreter(excluded: bool, number: int) -> None:
    problem = one_session_problem(
        "09:00",
        "09:30",
        exercises=(WRITTEN,),
        applicants=(*people("A1"), *people("A2", interpreter=True)),
        interpreters=(Interpreter("I1"), Interpreter("I2")),
        interests=(DeclaredInterest("A1", "I1", "friend", excluded),),
    )
    assert number_placed(problem) == number
