"""Rules about rooms, panels and other staff in a session: one fact otherwise, and so is the answer.

Every campaign here has one session, just long enough or just too short for what it should hold.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.people import Interpreter, RolePlayer, ServiceUserGroup
from scheduler.programme import Exercise
from tests.builders import with_panel_rules
from tests.scheduler.solver.plain import (
    GROUP,
    INTERVIEW,
    PANEL,
    REFLECTION,
    ROUND,
    SITTING,
    SOLO,
    WRITTEN,
    assessor,
    number_placed,
    one_session_problem,
    people,
    placed,
    room,
    rooms_at,
    solved,
)

TWO = people("A1", "A2")
BOTH_EXERCISES = (INTERVIEW, WRITTEN)
G1 = ServiceUserGroup("G1", ("U1",))
RP1 = RolePlayer("RP1")


@pytest.mark.parametrize(("rooms", "number"), [(1, 1), (2, 2)])
def test_room_holds_one_run_at_a_time(rooms: int, number: int) -> None:
    problem = one_session_problem(
        "09:00",
        "09:30",
        applicants=TWO,
        assessors=(assessor("B1"), assessor("B2")),
        rooms=(room("R1", PANEL), room("R2", PANEL))[:rooms],
    )
    assert number_placed(problem) == number


@pytest.mark.parametrize(("end", "number"), [("09:59", 1), ("10:00", 2)])
def test_room_holds_one_run_at_a_time_until_writing_is_done(end: str, number: int) -> None:
    """Two panels share a room; runs may follow each other in it without a gap."""
    problem = one_session_problem(
        "09:00",
        end,
        exercises=(replace(INTERVIEW, minutes=20, writing_minutes=10),),
        applicants=TWO,
        assessors=(assessor("B1"), assessor("B2")),
    )
    assert number_placed(with_panel_rules(problem, interviews_max=1)) == number


@pytest.mark.parametrize(("seats", "number"), [(1, 1), (2, 2), (3, 3), (9, 4)])
def test_room_seats_are_not_exceeded_by_solo_runs_that_share(seats: int, number: int) -> None:
    problem = one_session_problem(
        "09:00",
        "09:30",
        exercises=(REFLECTION,),
        applicants=people("A1", "A2", "A3", "A4"),
        rooms=(room("R1", SOLO, seats=seats),),
    )
    assert number_placed(problem) == number


@pytest.mark.parametrize(("seats", "number"), [(1, 1), (2, 2), (3, 3)])
def test_room_seats_are_not_exceeded_by_a_sitting(seats: int, number: int) -> None:
    problem = one_session_problem(
        "09:00",
        "09:30",
        exercises=(WRITTEN,),
        applicants=people("A1", "A2", "A3"),
        rooms=(room("R1", SITTING, seats=seats),),
    )
    assert number_placed(problem) == number


@pytest.mark.parametrize("exercise", [INTERVIEW, WRITTEN, REFLECTION])
def test_room_is_step_free_where_needed(exercise: Exercise) -> None:
    rooms = (room("R1", PANEL, SITTING, SOLO), room("R2", PANEL, SITTING, SOLO, step_free=True))
    problem = one_session_problem(
        "09:00", "09:30", exercises=(exercise,), applicants=people("A1", step_free=True), rooms=rooms
    )
    assert {e.room for e in solved(problem).timetable.entries} == {"R2"}


@pytest.mark.parametrize("exercise", [WRITTEN, REFLECTION])
def test_room_is_quiet_where_needed(exercise: Exercise) -> None:
    rooms = (room("R1", SITTING, SOLO), room("R2", SITTING, SOLO, quiet=True))
    problem = one_session_problem(
        "09:00", "09:30", exercises=(exercise,), applicants=people("A1", quiet_room=True), rooms=rooms
    )
    assert {e.room for e in solved(problem).timetable.entries} == {"R2"}


def test_panel_keeps_its_members_and_room_over_two_exercises() -> None:
    second = replace(INTERVIEW, reference="presentation")
    trained = frozenset({"interview", "presentation"})
    problem = one_session_problem(
        "09:00",
        "10:05",
        exercises=(INTERVIEW, second),
        applicants=TWO,
        assessors=(assessor("B1", trained_for=trained), assessor("B2", trained_for=trained)),
        rooms=(room("R1", PANEL), room("R2", PANEL), room("R3", PANEL)),
    )
    panels = solved(problem).timetable.panels
    assert [(len(p.members), len(p.applicants), len(p.rooms)) for p in panels] == [(1, 1, 1), (1, 1, 1)]


@pytest.mark.parametrize(("assessors", "number"), [(1, 1), (2, 2)])
def test_assessor_sits_on_one_panel_a_session(assessors: int, number: int) -> None:
    problem = one_session_problem(
        "09:00",
        "10:00",
        applicants=TWO,
        assessors=(assessor("B1"), assessor("B2"))[:assessors],
    )
    assert number_placed(with_panel_rules(problem, interviews_max=1)) == number


@pytest.mark.parametrize(("players", "number"), [(1, 1), (2, 2)])
def test_role_player_takes_part_in_one_run_at_a_time(players: int, number: int) -> None:
    problem = one_session_problem(
        "09:00",
        "09:30",
        exercises=(replace(REFLECTION, role_player=True),),
        applicants=TWO,
        role_players=(RP1, RolePlayer("RP2"))[:players],
    )
    assert number_placed(problem) == number


def test_role_player_takes_part_while_another_prepares_in_the_same_room() -> None:
    """A2 prepares in the second seat while RP1 plays with A1, and RP1 stays in the room."""
    problem = one_session_problem(
        "09:00",
        "10:10",
        exercises=(replace(REFLECTION, preparation_minutes=10, role_player=True),),
        applicants=TWO,
        role_players=(RP1,),
        rooms=(room("R1", SOLO),),
    )
    assert number_placed(problem) == 2


def test_service_user_group_may_work_while_the_next_group_prepares_elsewhere() -> None:
    problem = one_session_problem(
        "09:00",
        "10:25",
        exercises=(replace(ROUND, preparation_minutes=20, group_max=1),),
        applicants=TWO,
        service_user_groups=(G1,),
        rooms=(room("R1", GROUP), room("R2", GROUP)),
    )
    assert number_placed(problem) == 2


def test_interpreters_stay_with_their_applicant_in_every_row() -> None:
    problem = one_session_problem(
        "09:00",
        "10:05",
        exercises=BOTH_EXERCISES,
        applicants=(*people("A1", interpreter=True), *people("A2")),
        interpreters=(Interpreter("I1"), Interpreter("I2")),
        assessors=(assessor("B1"), assessor("B2")),
        rooms=(*rooms_at("V1"), room("R9", PANEL)),
    )
    by_person = solved(problem).timetable.by_person
    own = [(e.start, e.end, e.exercise, e.sitting, e.room) for e in by_person["A1"]]
    for interpreter in ("I1", "I2"):
        assert [(e.start, e.end, e.exercise, e.sitting, e.room) for e in by_person[interpreter]] == own


@pytest.mark.parametrize(("station_minutes", "number"), [(30, 1), (15, 2), (10, 3)])
def test_rotation_brings_everybody_together_once_bounds_the_applicants(
    station_minutes: int, number: int
) -> None:
    problem = one_session_problem(
        "09:00",
        "09:30",
        exercises=(replace(ROUND, station_minutes=station_minutes),),
        applicants=people("A1", "A2", "A3", "A4"),
        service_user_groups=(G1,),
        rooms=(room("R1", GROUP, seats=4),),
    )
    assert number_placed(problem) == number


@pytest.mark.parametrize(("members", "where"), [(2, {"A1": "S1"}), (3, {})])
def test_rotation_brings_everybody_together_once_bounds_the_service_users(
    members: int, where: dict[str, str]
) -> None:
    problem = one_session_problem(
        "09:00",
        "10:00",
        exercises=(replace(ROUND, station_minutes=15),),
        service_user_groups=(ServiceUserGroup("G1", ("U1", "U2", "U3")[:members]),),
    )
    assert placed(problem) == where


def test_role_player_takes_part_before_two_panels_that_share_a_room() -> None:
    """RP1 stays in the room when the one panel leaves it to the other, and so needs no time to move."""
    problem = one_session_problem(
        "09:00",
        "10:00",
        exercises=(replace(INTERVIEW, role_player=True),),
        applicants=TWO,
        assessors=(assessor("B1"), assessor("B2")),
        role_players=(RP1,),
        move_minutes=10,
    )
    assert number_placed(with_panel_rules(problem, interviews_max=1)) == 2


def test_role_player_takes_part_in_two_kinds_of_run_in_one_room() -> None:
    """Four runs of thirty minutes fill the one room for two hours; RP1 is in all of them and never moves."""
    problem = one_session_problem(
        "09:00",
        "11:00",
        exercises=(replace(INTERVIEW, role_player=True), replace(REFLECTION, role_player=True)),
        applicants=TWO,
        role_players=(RP1,),
        rooms=(room("R1", PANEL, SOLO, seats=1),),
        move_minutes=10,
    )
    assert number_placed(problem) == 2


def test_role_player_takes_part_where_neither_writing_nor_preparation_lies_between() -> None:
    """Both interviews come before both presentations, so a presentation follows an interview at once."""
    trained = frozenset({"interview", "presentation"})
    first = replace(INTERVIEW, preparation_minutes=10, role_player=True)
    second = replace(
        INTERVIEW, reference="presentation", writing_minutes=10, after="interview", role_player=True
    )
    problem = one_session_problem(
        "09:00",
        "11:40",
        exercises=(first, second),
        applicants=TWO,
        assessors=(assessor("B1", trained_for=trained),),
        role_players=(RP1,),
    )
    assert number_placed(problem) == 2
