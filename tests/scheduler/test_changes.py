"""What counts as a change, for whom, and by how many minutes."""

from __future__ import annotations

from dataclasses import replace

from scheduler.changes import OTHER_SESSION_MINUTES, difference, minutes_of_change, people_changed
from scheduler.timetable import Role, timetable_of
from tests.builders import at, tiny_timetable, with_row, with_times, without_rows


def test_same_timetable_is_no_change() -> None:
    assert difference(tiny_timetable(), tiny_timetable()) == ()


def test_name_of_a_run_is_no_change() -> None:
    renamed = timetable_of(replace(row, sitting=f"{row.sitting} again") for row in tiny_timetable().entries)
    assert difference(tiny_timetable(), renamed) == ()


def test_later_row_is_one_change_of_its_minutes() -> None:
    later = with_times(tiny_timetable(), "A1", "reflection", "09:55", "10:10")
    (change,) = difference(tiny_timetable(), later)
    assert (change.person, change.role) == ("A1", Role.APPLICANT)
    assert change.old is not None
    assert change.new is not None
    assert (change.old.start, change.new.start) == (at("09:45"), at("09:55"))
    assert minutes_of_change([change]) == 10


def test_other_room_or_panel_is_a_change_of_no_minutes() -> None:
    for facts in ({"room": "R1"}, {"panel": "P2"}):
        changes = difference(tiny_timetable(), with_row(tiny_timetable(), "A1", "interview", **facts | {}))
        expected = 0 if facts == {"room": "R1"} else 1
        assert (len(changes), minutes_of_change(changes)) == (expected, 0)


def test_row_that_goes_or_comes_is_a_change_without_minutes() -> None:
    fewer = without_rows(tiny_timetable(), person="A1", exercise="reflection")
    (gone,) = difference(tiny_timetable(), fewer)
    (come,) = difference(fewer, tiny_timetable())
    assert (gone.new, come.old) == (None, None)
    assert minutes_of_change([gone, come]) == 0


def test_other_session_counts_a_fixed_number_of_minutes() -> None:
    moved = with_row(tiny_timetable(), "A1", "reflection", session="S2")
    assert minutes_of_change(difference(tiny_timetable(), moved)) == OTHER_SESSION_MINUTES


def test_minutes_of_staff_are_not_counted_again() -> None:
    later = with_times(tiny_timetable(), "G1", "round", "11:05", "11:20")
    changes = difference(tiny_timetable(), later)
    assert (people_changed(changes), minutes_of_change(changes)) == (("G1",), 0)


def test_absent_people_are_not_counted() -> None:
    fewer = without_rows(tiny_timetable(), session="S3", exercise="interview")
    changes = difference(tiny_timetable(), fewer)
    assert people_changed(changes) == ("A4", "B3", "B5", "B7", "RP3")
    assert people_changed(changes, ["A4"]) == ("B3", "B5", "B7", "RP3")
