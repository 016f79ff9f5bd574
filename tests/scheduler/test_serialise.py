"""Rows and records: what goes to files says what the noun says, and JSON reads back to an equal noun."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from scheduler.result import Result, Status, TierOutcome, Unplaced
from scheduler.serialise import (
    ROTATION_COLUMNS,
    TIMETABLE_COLUMNS,
    problem_of,
    problem_record,
    rotation_rows,
    run_record,
    timetable_of_record,
    timetable_record,
    timetable_rows,
)
from scheduler.timetable import Entry, Meeting, Role, timetable_of
from tests.builders import tiny_problem, tiny_timetable

ENTRY = Entry("S1", 545, "interview", "I1", "R1", Role.ASSESSOR, "B1", 590, "P1")
MEETING = Meeting("S1", "G1", 2, 600, 608, "U1", "A1")


def test_timetable_rows_are_the_columns_of_the_format() -> None:
    assert timetable_rows(timetable_of([ENTRY])) == (
        TIMETABLE_COLUMNS,
        [("S1", "interview", "I1", "R1", "09:05", "09:50", "B1", "assessor", "P1")],
    )


def test_rotation_rows_are_the_columns_of_the_format() -> None:
    assert rotation_rows(timetable_of([], [MEETING])) == (
        ROTATION_COLUMNS,
        [("S1", "G1", "2", "10:00", "10:08", "U1", "A1")],
    )


def test_rows_come_in_one_order_whatever_the_order_of_entries() -> None:
    entries = tiny_timetable().entries
    assert timetable_rows(timetable_of(reversed(entries))) == timetable_rows(timetable_of(entries))


def test_problem_reads_back_equal_through_json() -> None:
    problem = replace(tiny_problem(), travel_minutes_max_morning=90, unavailable=frozenset({("A1", "S2")}))
    assert problem_of(json.loads(json.dumps(problem_record(problem)))) == problem


def test_timetable_reads_back_equal_through_json() -> None:
    timetable = tiny_timetable()
    assert timetable_of_record(json.loads(json.dumps(timetable_record(timetable)))) == timetable


def test_problem_with_an_unknown_field_is_refused() -> None:
    with pytest.raises(TypeError, match="wanted the fields of Problem"):
        problem_of(problem_record(tiny_problem()) | {"colour": "red"})


def test_problem_with_text_for_a_number_is_refused() -> None:
    with pytest.raises(TypeError, match="found '5'; wanted int"):
        problem_of(problem_record(tiny_problem()) | {"grid_minutes": "5"})


def test_run_record_holds_what_the_format_asks() -> None:
    result = Result(
        status=Status.FEASIBLE,
        timetable=timetable_of([], [Meeting("S1", "G-1", 1, 660, 665, "U1", "A1")]),
        objective=(
            TierOutcome("unplaced", 1, 1, True),
            TierOutcome("applicant_travel_minutes", 300, 280, False, "of this assignment"),
        ),
        unplaced=(Unplaced("A9", "No session has a step-free room."),),
        seconds=1.23456,
        seed=7,
        workers=1,
    )
    assert run_record(result, "ab12", {"python": "3.11"}) == {
        "status": "feasible",
        "objective": [
            {"name": "unplaced", "value": 1, "bound": 1, "proven": True},
            {
                "name": "applicant_travel_minutes",
                "value": 300,
                "bound": 280,
                "proven": False,
                "note": "of this assignment",
            },
        ],
        "unplaced": [{"applicant": "A9", "reason": "No session has a step-free room."}],
        "rotations": [
            {
                "session": "S1",
                "follows_least": 0,
                "follows_most": 0,
                "rests": 0,
                "rests_in_a_row": 0,
                "rests_same_round_least": 0,
                "rests_same_round_most": 0,
            }
        ],
        "seconds": 1.23,
        "seed": 7,
        "workers": 1,
        "input_sha256": "ab12",
        "versions": {"python": "3.11"},
    }
