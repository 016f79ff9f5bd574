"""The model at the very edge of the rules about times and runs, alone and two at a time.

What just fits is placed; with a minute, a grid step or a person less it is not. The checks are asked for the
same edges in `tests/scheduler/checks/test_edges_of_rules.py`; every timetable here has gone through them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scheduler.people import Applicant, Interpreter, RolePlayer, ServiceUserGroup
from scheduler.programme import Exercise
from scheduler.timetable import Role
from tests.builders import at
from tests.scheduler.solver.plain import (
    GROUP,
    INTERVIEW,
    REFLECTION,
    ROUND,
    SITTING,
    SOLO,
    WRITTEN,
    number_placed,
    one_session_problem,
    people,
    room,
    rows_of,
    solved,
)

TWO = people("A1", "A2")
PAIR = (Interpreter("I1"), Interpreter("I2"))
G1 = ServiceUserGroup("G1", ("U1",))


def fits(end: str, *exercises: Exercise, **facts: Any) -> int:
    """How many are placed in a session from 09:00 to `end`."""
    return number_placed(one_session_problem("09:00", end, exercises=exercises, **facts))


def late_by(person: str, minutes: int, late_start: str = "10:00") -> dict[str, Any]:
    """A journey so long, where ninety minutes are allowed before the late start."""
    return {
        "travel_minutes": {(person, "V1"): minutes},
        "travel_minutes_max_morning": 90,
        "travel_late_start": at(late_start),
    }


@pytest.mark.parametrize(("end", "number"), [("10:27", 2), ("10:26", 1)])
def test_grid_and_writing_the_next_interview_waits_for_the_grid(end: str, number: int) -> None:
    """Thirty minutes and twelve of writing; the second starts at 09:45 and is written up at 10:27."""
    assert fits(end, replace(INTERVIEW, writing_minutes=12), applicants=TWO) == number


@pytest.mark.parametrize(("start", "end", "number"), [("09:07", "09:37", 1), ("09:07", "09:36", 0)])
def test_grid_counts_from_a_session_that_starts_off_the_clocks_grid(
    start: str, end: str, number: int
) -> None:
    assert number_placed(one_session_problem(start, end)) == number


@pytest.mark.parametrize("exercise", [REFLECTION, replace(WRITTEN, group_max=1)])
@pytest.mark.parametrize(("end", "number"), [("10:20", 2), ("10:19", 1)])
def test_room_is_taken_while_somebody_writes_after_any_kind_of_run(
    exercise: Exercise, end: str, number: int
) -> None:
    rooms = (room("R1", SOLO, SITTING, seats=1),)
    assert fits(end, replace(exercise, writing_minutes=10), applicants=TWO, rooms=rooms) == number


@pytest.mark.parametrize(("end", "number"), [("10:10", 2), ("10:09", 1)])
def test_room_is_taken_while_somebody_prepares(end: str, number: int) -> None:
    rooms = (room("R1", SOLO, seats=1),)
    assert fits(end, replace(REFLECTION, preparation_minutes=5), applicants=TWO, rooms=rooms) == number


@pytest.mark.parametrize(
    ("percent", "within", "number"), [(0, 5, 1), (0, 4, 0), (20, 5, 1), (20, 9, 1), (20, 4, 0)]
)
def test_within_minutes_count_from_the_end_of_extra_time(percent: int, within: int, number: int) -> None:
    """Thirty minutes and twenty percent are 36, on the grid 40."""
    exercises = (
        replace(INTERVIEW, extra_time=True),
        replace(WRITTEN, after="interview", within_minutes=within),
    )
    assert fits("12:00", *exercises, applicants=people("A1", extra_time_percent=percent)) == number


@pytest.mark.parametrize(("rest", "within", "number"), [(20, 20, 1), (20, 19, 0), (21, 24, 0), (21, 25, 1)])
def test_break_and_within_minutes_leave_one_start_or_none(rest: int, within: int, number: int) -> None:
    """The only break there can be lies between the two; on the grid 21 minutes are 25."""
    exercises = (INTERVIEW, replace(WRITTEN, after="interview", within_minutes=within))
    assert fits("12:00", *exercises, applicants=people("A1", break_minutes=rest)) == number


@pytest.mark.parametrize(("end", "number"), [("10:55", 1), ("10:54", 0)])
def test_break_goes_where_within_minutes_let_it(end: str, number: int) -> None:
    """Five minutes between the first two at most, so twenty before the third or after it."""
    exercises = (INTERVIEW, replace(WRITTEN, after="interview", within_minutes=5), REFLECTION)
    assert fits(end, *exercises, applicants=people("A1", break_minutes=20)) == number


@pytest.mark.parametrize(
    ("rest", "end", "number"), [(3, "10:05", 1), (5, "10:05", 1), (6, "10:09", 0), (6, "10:10", 1)]
)
def test_break_no_longer_than_a_move_costs_nothing(rest: int, end: str, number: int) -> None:
    assert fits(end, INTERVIEW, WRITTEN, applicants=people("A1", break_minutes=rest)) == number


@pytest.mark.parametrize(("travel", "end", "number"), [(90, "09:30", 1), (91, "09:30", 0), (91, "10:30", 1)])
def test_late_start_is_for_journeys_longer_than_allowed(travel: int, end: str, number: int) -> None:
    assert fits(end, INTERVIEW, **late_by("A1", travel)) == number


@pytest.mark.parametrize(
    ("late_start", "starts"), [("09:28", "09:30"), ("09:30", "09:30"), ("09:31", "09:35")]
)
def test_late_start_off_the_grid_waits_for_it(late_start: str, starts: str) -> None:
    problem = one_session_problem("09:00", "10:05", **late_by("A1", 95, late_start))
    assert [row.start for row in rows_of(solved(problem), Role.APPLICANT)] == [at(starts)]


@pytest.mark.parametrize(("end", "number"), [("10:30", 1), ("10:29", 0)])
def test_late_start_and_interpreters_who_have_no_journey(end: str, number: int) -> None:
    applicants = people("A1", interpreter=True)
    assert fits(end, INTERVIEW, applicants=applicants, interpreters=PAIR, **late_by("A1", 95)) == number


@pytest.mark.parametrize(("end", "number"), [("11:20", 1), ("11:19", 0)])
def test_late_start_and_break_and_extra_time_together(end: str, number: int) -> None:
    """From 10:00: thirty minutes and ten more, a break of ten, thirty more."""
    applicants = people("A1", extra_time_percent=33, break_minutes=10)
    exercises = (replace(INTERVIEW, extra_time=True), WRITTEN)
    assert fits(end, *exercises, applicants=applicants, **late_by("A1", 95)) == number


@pytest.mark.parametrize(("late_start", "number"), [("09:15", 1), ("09:16", 0)])
def test_late_assessor_and_preparation_that_needs_none(late_start: str, number: int) -> None:
    """Fifteen minutes of preparation from 09:00 in a session of 45."""
    exercise = replace(INTERVIEW, preparation_minutes=15)
    assert fits("09:45", exercise, **late_by("B1", 95, late_start)) == number


@pytest.mark.parametrize(
    ("applicants", "least", "most", "number"),
    [(3, 2, 2, 2), (3, 1, 2, 3), (4, 2, 2, 4), (4, 3, 3, 3), (4, 2, 4, 4), (5, 3, 4, 4)],
)
def test_run_sizes_split_the_people_or_leave_somebody_out(
    applicants: int, least: int, most: int, number: int
) -> None:
    """Two runs one after the other in the one room."""
    everybody = people(*(f"A{n}" for n in range(1, applicants + 1)))
    exercise = replace(WRITTEN, group_min=least, group_max=most)
    rooms = (room("R1", SITTING, seats=4),)
    assert fits("10:00", exercise, applicants=everybody, rooms=rooms) == number


@pytest.mark.parametrize(("percent", "limit", "number"), [(0, 30, 1), (0, 29, 0), (50, 45, 1), (50, 44, 0)])
def test_role_players_minutes_count_extra_time(percent: int, limit: int, number: int) -> None:
    exercise = replace(
        INTERVIEW, role_player=True, extra_time=True, preparation_minutes=10, writing_minutes=10
    )
    applicants = people("A1", extra_time_percent=percent)
    assert fits("12:00", exercise, applicants=applicants, role_players=(RolePlayer("RP1", limit),)) == number


@pytest.mark.parametrize(("limit", "number"), [(45, 2), (44, 1), (30, 1), (29, 0)])
def test_role_players_minutes_in_a_shared_run_are_those_of_its_slowest(limit: int, number: int) -> None:
    exercise = replace(WRITTEN, role_player=True, extra_time=True, group_max=2)
    applicants = (*people("A1", extra_time_percent=50), *people("A2"))
    assert fits("09:45", exercise, applicants=applicants, role_players=(RolePlayer("RP1", limit),)) == number


@pytest.mark.parametrize(("limit", "number"), [(40, 1), (39, 0), (79, 1), (80, 2)])
def test_service_users_minutes_count_writing_and_no_preparation(limit: int, number: int) -> None:
    exercise = replace(ROUND, preparation_minutes=20, writing_minutes=10, group_max=1)
    groups = (replace(G1, minutes_max=limit),)
    rooms = (room("R1", GROUP),)
    assert fits("12:00", exercise, applicants=TWO, service_user_groups=groups, rooms=rooms) == number


@pytest.mark.parametrize(("end", "number"), [("09:45", 2), ("09:44", 1)])
def test_extra_time_and_a_quiet_room_in_one_sitting(end: str, number: int) -> None:
    """A1 has both; A2 writes in the quiet room too, which is the only one, and needs no more time."""
    applicants: tuple[Applicant, ...] = (
        *people("A1", extra_time_percent=50, quiet_room=True),
        *people("A2"),
    )
    rooms = (room("R1", SITTING, quiet=True),)
    exercise = replace(WRITTEN, extra_time=True)
    assert fits(end, exercise, applicants=applicants, rooms=rooms) == number


@pytest.mark.parametrize(("quiet_seats", "number"), [(1, 0), (2, 2)])
def test_extra_time_and_a_quiet_room_where_a_sitting_is_for_two(quiet_seats: int, number: int) -> None:
    """Nobody may write alone, so A2 joins A1 in the quiet room, or neither is placed."""
    applicants = (*people("A1", extra_time_percent=50, quiet_room=True), *people("A2"))
    rooms = (room("R1", SITTING, quiet=True, seats=quiet_seats), room("R2", SITTING, seats=2))
    exercise = replace(WRITTEN, extra_time=True, group_min=2)
    assert fits("09:45", exercise, applicants=applicants, rooms=rooms) == number


@pytest.mark.parametrize(("end", "number"), [("10:10", 2), ("10:09", 1)])
def test_rooms_that_are_step_free_or_quiet_are_shared_out_in_time(end: str, number: int) -> None:
    """The quiet room has one seat and is taken for five minutes after each of two who need it."""
    exercise = replace(REFLECTION, writing_minutes=5)
    rooms = (room("R1", SOLO, quiet=True, seats=1), room("R2", SOLO, seats=2))
    assert fits(end, exercise, applicants=people("A1", "A2", quiet_room=True), rooms=rooms) == number
    assert fits(end, exercise, applicants=(*people("A1", quiet_room=True), *people("A2")), rooms=rooms) == 2


@pytest.mark.parametrize(
    ("one", "other", "number"),
    [
        ({"step_free": True}, {"quiet": True}, 0),
        ({"step_free": True, "quiet": True}, {}, 1),
    ],
)
@pytest.mark.parametrize("exercise", [WRITTEN, REFLECTION])
def test_step_free_and_quiet_are_needed_in_one_and_the_same_room(
    exercise: Exercise, one: dict[str, Any], other: dict[str, Any], number: int
) -> None:
    rooms = (room("R1", SITTING, SOLO, **one), room("R2", SITTING, SOLO, **other))
    applicants = people("A1", step_free=True, quiet_room=True)
    assert fits("09:30", exercise, applicants=applicants, rooms=rooms) == number
