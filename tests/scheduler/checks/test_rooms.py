"""Rooms: who may share one, and when it is free again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.checks import breaches_of
from scheduler.checks.rooms import room_holds_one_run_at_a_time
from scheduler.grid import Window
from scheduler.timetable import timetable_of
from tests.builders import (
    at,
    tiny_problem,
    tiny_timetable,
    with_adjustment,
    with_changes,
    with_row,
    with_times,
)


def test_solo_runs_share_a_room_up_to_its_seats() -> None:
    timetable = with_times(tiny_timetable(), "A1", "reflection", "10:25", "10:40")
    assert breaches_of(tiny_problem(), timetable) == []
    (breach,) = breaches_of(with_changes(tiny_problem(), "rooms", "R5", seats=1), timetable)
    assert breach.rule == "room_seats_are_not_exceeded"
    assert breach.detail == "Room R5 holds 2 applicants (A1 and A2) at 10:30 and has 1 seat."


def test_solo_runs_one_after_the_other_need_one_seat() -> None:
    timetable = with_times(tiny_timetable(), "A1", "reflection", "10:15", "10:30")
    assert breaches_of(with_changes(tiny_problem(), "rooms", "R5", seats=1), timetable) == []


@pytest.mark.parametrize(("start", "end", "expected"), [("11:10", "11:25", 1), ("11:05", "11:20", 0)])
def test_solo_run_shares_with_no_other_kind_of_run(start: str, end: str, expected: int) -> None:
    """The written exercise of S1 is in R3 from 11:20."""
    timetable = with_row(tiny_timetable(), "A2", "reflection", room="R3", start=at(start), end=at(end))
    found = list(room_holds_one_run_at_a_time(tiny_problem(), timetable))
    assert [breach.who for breach in found] == [("A1", "A2")] * expected


def test_room_is_taken_until_the_end_of_writing() -> None:
    """A2's interview begins at 09:40, when A1 has left R1 and their assessors still write."""
    rows = (
        replace(row, start=row.start - 5, end=row.end - 5)
        if (row.session, row.sitting) == ("S1", "I-2")
        else row
        for row in tiny_timetable().entries
    )
    found = breaches_of(tiny_problem(), timetable_of(rows, tiny_timetable().meetings))
    rooms = [breach for breach in found if breach.rule == "room_holds_one_run_at_a_time"]
    assert [(breach.window, breach.size) for breach in rooms] == [(Window(at("09:40"), at("09:45")), 5)]


def test_room_of_another_venue_does_not_suit() -> None:
    timetable = with_row(tiny_timetable(), "A1", "reflection", room="R10")
    (breach,) = breaches_of(tiny_problem(), timetable)
    assert breach.detail == (
        "Run S-1 of reflection in S1 (09:45-10:00) is in an unsuitable room:"
        " room R10 is at V2 and the session at V1."
    )


def test_quiet_room_is_needed_for_writing_only() -> None:
    problem = with_adjustment(tiny_problem(), "A1", quiet_room=True)
    for room in ("R1", "R4"):
        problem = with_changes(problem, "rooms", room, quiet=False)
    assert breaches_of(problem, tiny_timetable()) == []
