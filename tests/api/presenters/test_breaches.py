"""Breaches in words: people and exercises by name, and the runs at which a page shows each."""

from __future__ import annotations

from api.presenters.breaches import breach_lines
from tests.api.exports.tiny_campaign import tiny_campaign
from tests.builders import tiny_timetable, with_meetings, with_row, with_times, without_rows


def test_sound_timetable_has_no_lines() -> None:
    assert breach_lines(tiny_campaign(), tiny_timetable()) == ()


def test_breach_of_two_neighbours_is_at_both_of_their_runs() -> None:
    (line,) = breach_lines(
        tiny_campaign(), with_times(tiny_timetable(), "A1", "reflection", "09:35", "09:50")
    )
    assert (line.rule, line.session, line.people) == ("person_has_time_to_move", "S1", ("A1",))
    assert (
        line.sentence == "Between two activities there is time to move; staff who stay in the room need none."
    )
    assert line.sittings == (("S1", "interview", "I-1"), ("S1", "reflection", "S-1"))


def test_breach_that_names_a_run_is_at_that_run() -> None:
    lines = breach_lines(tiny_campaign(), with_row(tiny_timetable(), "A1", "reflection", room="R4"))
    assert [(line.rule, line.sittings) for line in lines] == [
        ("room_suits_the_exercise", (("S1", "reflection", "S-1"),)),
    ]
    assert lines[0].detail == (
        "Run S-1 of Reflection in S1 (09:45-10:00) is in an unsuitable room:"
        " room R4 is not for solo exercises."
    )


def test_breach_without_a_time_is_at_all_runs_of_its_people_in_the_session() -> None:
    (line,) = breach_lines(
        tiny_campaign(), without_rows(tiny_timetable(), person="A1", exercise="reflection")
    )
    assert line.detail == "Anwen Ashby (A1) does Reflection not at all instead of once."
    assert line.sittings == (
        ("S1", "interview", "I-1"),
        ("S1", "round", "G-1"),
        ("S1", "written", "W-1"),
    )


def test_exercise_named_like_another_word_is_left_alone_where_rotations_are_told() -> None:
    meetings = tiny_timetable().meetings
    lines = breach_lines(tiny_campaign(), with_meetings(tiny_timetable(), [*meetings, meetings[0]]))
    assert any(" in round 1 of G-1" in line.detail for line in lines)
    assert all(line.sittings == (("S1", "round", "G-1"),) for line in lines)
