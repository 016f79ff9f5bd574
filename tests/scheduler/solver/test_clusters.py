"""Sessions at one venue that overlap or touch share its rooms and people, and are timed together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.checks import breaches_of
from scheduler.people import DeclaredInterest, Interpreter, RolePlayer, ServiceUserGroup
from scheduler.problem import Problem
from scheduler.solver.running_order.options import clusters
from tests.builders import with_panel_rules
from tests.scheduler.solver.plain import (
    GROUP,
    INTERVIEW,
    NEXT_DAY,
    PANEL,
    REFLECTION,
    ROUND,
    WRITTEN,
    assessor,
    number_placed,
    people,
    plain_problem,
    room,
    session,
    solved,
)

MORNING = session("S1", "09:00", "10:00")


def two_sessions(start: str, end: str, **changes: object) -> Problem:
    """S1 from nine to ten and S2 at the same venue, one interview in each, by assessors of their own."""
    problem = plain_problem(
        **{
            "sessions": (MORNING, session("S2", start, end)),
            "applicants": people("A1", "A2"),
            "assessors": (assessor("B1", half_days_max=1), assessor("B2", half_days_max=1)),
            **changes,
        }
    )
    return with_panel_rules(problem, interviews_max=1)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (session("S2", "09:30", "10:30"), [("S1", "S2")]),
        (session("S2", "10:00", "11:00"), [("S1", "S2")]),
        (session("S2", "10:04", "11:00"), [("S1", "S2")]),
        (session("S2", "10:05", "11:00"), [("S1",), ("S2",)]),
        (session("S2", "09:30", "10:30", "V2"), [("S1",), ("S2",)]),
        (session("S2", "09:30", "10:30", "V1", NEXT_DAY), [("S1",), ("S2",)]),
    ],
    ids=["overlap", "touch", "no time to move", "time to move", "another venue", "another day"],
)
def test_clusters_hold_sessions_whose_people_could_collide(
    other: object, expected: list[tuple[str, ...]]
) -> None:
    assert clusters(plain_problem(sessions=(MORNING, other)), ["S1", "S2"]) == expected


def test_clusters_chain_sessions_that_touch_one_after_the_other() -> None:
    chain = (session("S3", "11:00", "12:00"), MORNING, session("S2", "10:00", "11:00"))
    assert clusters(plain_problem(sessions=chain), ["S1", "S2", "S3"]) == [("S1", "S2", "S3")]


@pytest.mark.parametrize(("rooms", "number"), [(1, 1), (2, 2)])
def test_overlapping_sessions_share_the_rooms(rooms: int, number: int) -> None:
    """Both interviews last from 09:00 to 10:00, so each needs a room."""
    problem = two_sessions(
        "09:00",
        "10:00",
        exercises=(replace(INTERVIEW, minutes=60),),
        rooms=(room("R1", PANEL), room("R2", PANEL))[:rooms],
    )
    problem = replace(problem, sessions=tuple(replace(s, panels_max=1) for s in problem.sessions))
    assert number_placed(problem) == number


@pytest.mark.parametrize(("writing", "number"), [(0, 2), (5, 1)])
def test_overlapping_sessions_take_turns_in_one_room(writing: int, number: int) -> None:
    """Ninety minutes in all: two interviews of 45, if nobody has anything to write up."""
    interview = replace(INTERVIEW, minutes=45, writing_minutes=writing)
    problem = two_sessions("09:30", "10:30", exercises=(interview,))
    result = solved(problem)
    assert breaches_of(problem, result.timetable) == []
    assert len(result.timetable.session_of_applicant) == number


@pytest.mark.parametrize(("seats", "number"), [(1, 1), (2, 2)])
def test_overlapping_sessions_share_the_seats_of_a_solo_room(seats: int, number: int) -> None:
    problem = two_sessions(
        "09:00",
        "10:00",
        exercises=(replace(REFLECTION, minutes=60),),
        rooms=(room("R1", REFLECTION.kind, seats=seats),),
    )
    assert number_placed(problem) == number


@pytest.mark.parametrize(("groups", "number"), [(1, 1), (2, 2)])
def test_overlapping_sessions_need_a_service_user_group_each(groups: int, number: int) -> None:
    problem = two_sessions(
        "09:30",
        "10:30",
        exercises=(replace(ROUND, minutes=60, group_max=1),),
        rooms=(room("R1", GROUP), room("R2", GROUP)),
        service_user_groups=(ServiceUserGroup("G1", ("U1",)), ServiceUserGroup("G2", ("U2",)))[:groups],
    )
    assert number_placed(problem) == number


@pytest.mark.parametrize(("players", "number"), [(1, 1), (2, 2)])
def test_overlapping_sessions_need_a_role_player_each(players: int, number: int) -> None:
    problem = two_sessions(
        "09:55",
        "10:55",
        exercises=(replace(INTERVIEW, role_player=True, minutes=50),),
        role_players=(RolePlayer("RP1"), RolePlayer("RP2"))[:players],
        rooms=(room("R1", PANEL), room("R2", PANEL)),
    )
    assert number_placed(problem) == number


@pytest.mark.parametrize(("start", "end", "number"), [("10:00", "10:30", 2), ("09:59", "10:30", 1)])
def test_touching_sessions_share_a_panel_that_stays_in_its_room(start: str, end: str, number: int) -> None:
    problem = two_sessions(start, end, assessors=(assessor("B1"),))
    sessions = (session("S1", "09:30", "10:00"), problem.sessions[1])
    assert number_placed(replace(problem, sessions=sessions)) == number


@pytest.mark.parametrize(("end", "number"), [("10:30", 2), ("10:35", 3)])
def test_touching_sessions_leave_an_assessor_time_to_change_rooms(end: str, number: int) -> None:
    """In S1, B2 has the step-free room for A3, and B1 sees A1 in the other; in S2, B1 needs it for A2."""
    problem = plain_problem(
        sessions=(session("S1", "09:30", "10:00"), session("S2", "10:00", end)),
        applicants=(*people("A1"), *people("A2", "A3", step_free=True)),
        rooms=(room("R1", PANEL), room("R2", PANEL, step_free=True)),
        assessors=(assessor("B1"), assessor("B2")),
        unavailable=frozenset({("A1", "S2"), ("A2", "S1"), ("A3", "S2"), ("B2", "S2")}),
        interests=(DeclaredInterest("A3", "B1", "colleague", excluded=True),),
    )
    assert number_placed(problem) == number


@pytest.mark.parametrize(
    ("interpreters", "end", "number"), [(2, "10:30", 1), (2, "10:35", 2), (4, "10:30", 2)]
)
def test_touching_sessions_leave_interpreters_time_to_move(interpreters: int, end: str, number: int) -> None:
    problem = plain_problem(
        sessions=(session("S1", "09:30", "10:00"), session("S2", "10:00", end)),
        applicants=people("A1", "A2", interpreter=True),
        interpreters=tuple(Interpreter(f"I{n}") for n in range(interpreters)),
        assessors=(assessor("B1"), assessor("B2")),
        rooms=(room("R1", PANEL), room("R2", PANEL)),
    )
    assert number_placed(with_panel_rules(problem, interviews_max=1)) == number


def test_touching_sessions_other_interpreters_are_found_where_the_first_pair_cannot_move() -> None:
    """Any pair may be tried first; with four interpreters a cut must leave the other pairs a chance."""
    problem = plain_problem(
        sessions=(session("S1", "09:30", "10:00"), session("S2", "10:00", "10:30")),
        applicants=people("A1", "A2", interpreter=True),
        interpreters=tuple(Interpreter(f"I{n}") for n in range(4)),
        exercises=(WRITTEN,),
        rooms=(room("R1", WRITTEN.kind, seats=1),),
    )
    result = solved(problem)
    assert breaches_of(problem, result.timetable) == []
    assert (result.objective[0].value, result.objective[0].proven) == (0, True)


@pytest.mark.parametrize("move", [0, 10])
def test_touching_sessions_share_service_users_who_stay_in_their_room(move: int) -> None:
    problem = plain_problem(
        sessions=(session("S1", "09:30", "10:00"), session("S2", "10:00", "10:30")),
        applicants=people("A1", "A2"),
        exercises=(replace(ROUND, group_max=1),),
        service_user_groups=(ServiceUserGroup("G1", ("U1",)),),
        move_minutes=move,
    )
    assert number_placed(problem) == 2
