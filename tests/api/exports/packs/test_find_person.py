"""Somebody found by reference or part of the name, with their half-days."""

from __future__ import annotations

from api.exports.packs.find_person import PersonDay, find_person
from tests.api.exports.tiny_campaign import tiny_campaign
from tests.builders import tiny_timetable, without_rows


def found(text: str) -> list[str]:
    return [person.reference for person in find_person(tiny_campaign(), tiny_timetable(), text)]


def test_find_person_by_reference_or_part_of_the_name() -> None:
    assert found("a1") == ["A1"]
    assert found("  BILAL   birch ") == ["A2"]
    assert found("ember") == ["B1", "B2", "B3", "B4", "B5", "B6", "B7"]
    assert found("U3") == ["U3"]
    assert (found(""), found("   "), found("nobody")) == ([], [], [])


def test_person_has_their_day_line_by_line() -> None:
    (anwen,) = find_person(tiny_campaign(), tiny_timetable(), "Anwen")
    (session,) = anwen.sessions
    assert (anwen.name, anwen.role, session.head.reference) == ("Anwen Ashby", "applicant", "S1")
    assert [(line.hours, line.sign.letter, line.room, line.panel) for line in session.lines] == [
        ("09:00 to 09:35", "A", "Room 1", "P1"),
        ("09:45 to 10:00", "B", "Room 5", ""),
        ("11:00 to 11:10", "C", "Room 4", ""),
        ("11:20 to 12:00", "D", "Room 3", ""),
    ]
    assert session.lines[0].place == ("S1", "interview", "I-1")


def test_service_user_has_the_day_of_the_group() -> None:
    (user,) = find_person(tiny_campaign(), tiny_timetable(), "U3")
    assert (user.role, [session.head.reference for session in user.sessions]) == ("service user", ["S2"])


def test_person_without_a_session_is_said_to_have_none() -> None:
    left = without_rows(tiny_timetable(), session="S3")
    assert find_person(tiny_campaign(), left, "Dina") == (
        PersonDay("A4", "Dina Dale", "applicant", (), "Dina Dale is in no session."),
    )
