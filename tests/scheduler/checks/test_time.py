"""Times: where one rule ends and the next begins, and who needs time to move."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.checks import breaches_of
from scheduler.checks.time import person_has_time_to_move
from scheduler.grid import Window
from scheduler.problem import Problem
from scheduler.timetable import Timetable, timetable_of
from tests.builders import (
    GROUP,
    PANEL,
    at,
    round_rows,
    tiny_problem,
    tiny_timetable,
    with_adjustment,
    with_changes,
    with_meetings,
    with_more_rows,
    with_row,
    with_times,
    without_rows,
)
from tests.scheduler.checks.spoiled import plain_rounds


def rules(problem: Problem, timetable: Timetable) -> list[str]:
    return [breach.rule for breach in breaches_of(problem, timetable)]


def test_overlap_is_told_with_rooms_and_times() -> None:
    timetable = with_times(tiny_timetable(), "A1", "reflection", "09:15", "09:30")
    (breach,) = breaches_of(tiny_problem(), timetable)
    assert breach.window == Window(at("09:15"), at("09:30"))
    assert breach.detail == (
        "A1 is in interview (09:00-09:35, room R1) and reflection (09:15-09:30, room R5) at once."
    )


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("09:30", "09:45", ["person_is_in_one_place_at_a_time"]),
        ("09:35", "09:50", ["person_has_time_to_move"]),
        ("09:40", "09:55", []),
        ("10:35", "10:50", []),
        ("10:40", "10:55", ["exercise_starts_soon_enough_after"]),
    ],
)
def test_an_exercise_after_another_is_too_early_sound_or_too_late(
    start: str, end: str, expected: list[str]
) -> None:
    timetable = with_times(tiny_timetable(), "A1", "reflection", start, end)
    assert rules(tiny_problem(), timetable) == expected


@pytest.mark.parametrize(("room", "expected"), [("R4", []), ("R2", [("person_has_time_to_move", ("G1",))])])
def test_staff_need_time_to_move_to_another_room_only(
    room: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    """G1 is with A1 from 10:35 to 10:50, then at once with A2 in `room`."""
    problem = with_changes(plain_rounds(), "rooms", "R2", use=frozenset({PANEL, GROUP}))
    timetable = without_rows(tiny_timetable(), session="S1", exercise="round")
    one = round_rows("S1", "G-1", "R4", ("A1",), "10:35")
    two = round_rows("S1", "G-2", room, ("A2",), "10:50")
    found = breaches_of(problem, with_meetings(with_more_rows(timetable, *one, *two), ()))
    assert [(breach.rule, breach.who) for breach in found] == expected


def test_applicant_needs_time_to_move_even_within_a_room() -> None:
    start, end = at("09:35"), at("09:50")
    timetable = with_row(tiny_timetable(), "A1", "reflection", room="R1", start=start, end=end)
    found = list(person_has_time_to_move(tiny_problem(), timetable))
    assert [(breach.who, breach.size) for breach in found] == [(("A1",), 5)]


@pytest.mark.parametrize(("room", "expected"), [("R1", []), ("R2", [("B2",)])])
def test_moves_are_judged_between_sessions_of_one_day(room: str, expected: list[tuple[str, ...]]) -> None:
    """B2 is in R1 until 10:30 for S1, and from 10:32 in `room` for S2."""
    rows = (
        replace(row, room=room, start=row.start - 153, end=row.end - 153)
        if (row.session, row.exercise) == ("S2", "interview")
        else row
        for row in tiny_timetable().entries
    )
    found = list(person_has_time_to_move(tiny_problem(), timetable_of(rows)))
    assert [breach.who for breach in found] == expected


def test_several_activities_inside_a_long_one_are_each_told() -> None:
    timetable = with_times(tiny_timetable(), "A1", "interview", "09:00", "12:00")
    found = [
        b.detail
        for b in breaches_of(tiny_problem(), timetable)
        if b.rule == "person_is_in_one_place_at_a_time"
    ]
    assert found == [
        "A1 is in interview (09:00-12:00, room R1) and reflection (09:45-10:00, room R5) at once.",
        "A1 is in interview (09:00-12:00, room R1) and round (11:00-11:10, room R4) at once.",
        "A1 is in interview (09:00-12:00, room R1) and written (11:20-12:00, room R3) at once.",
    ]


def test_extra_time_lengthens_the_applicants_own_row_only_where_the_exercise_has_it() -> None:
    without_extra_time = with_changes(tiny_problem(), "exercises", "written", extra_time=False)
    found = breaches_of(without_extra_time, tiny_timetable())
    assert [(breach.rule, breach.who, breach.size) for breach in found] == [
        ("run_has_its_full_length", ("A3",), 10)
    ]


@pytest.mark.parametrize(
    ("person", "exercise", "start", "end"),
    [
        ("B4", "interview", "13:05", "13:40"),  # no time to write
        ("B4", "interview", "13:00", "13:45"),  # there during preparation
        ("RP2", "interview", "13:05", "13:45"),  # stays while others write
        ("G2", "round", "15:25", "15:35"),  # no time to write
    ],
)
def test_staff_are_there_for_exactly_their_part(person: str, exercise: str, start: str, end: str) -> None:
    found = breaches_of(tiny_problem(), with_times(tiny_timetable(), person, exercise, start, end))
    assert [(breach.rule, breach.who) for breach in found] == [("run_has_its_full_length", (person,))]


def test_break_is_not_asked_of_those_who_need_none() -> None:
    assert breaches_of(with_adjustment(tiny_problem(), "A3", break_minutes=0), tiny_timetable()) == []


def test_long_traveller_may_start_at_the_late_start() -> None:
    problem = replace(tiny_problem(), travel_minutes={("A1", "V1"): 95, ("B2", "V1"): 95})
    found = breaches_of(replace(problem, travel_late_start=at("09:05")), tiny_timetable())
    assert [(breach.rule, breach.who, breach.size) for breach in found] == [
        ("long_traveller_starts_late", ("A1",), 5)
    ]


def test_long_travel_is_no_matter_without_a_limit() -> None:
    problem = replace(tiny_problem(), travel_minutes={("A1", "V1"): 300}, travel_minutes_max_morning=None)
    assert breaches_of(problem, tiny_timetable()) == []
