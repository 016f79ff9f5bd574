"""Personal timetables of applicants and staff."""

from __future__ import annotations

from dataclasses import replace

from api.exports.packs.legend import signs_of
from api.exports.packs.personal import (
    ApplicantLine,
    StaffLine,
    StaffSession,
    applicant_pack,
    staff_pack,
)
from api.exports.packs.runs import head_of
from scheduler.timetable import timetable_of
from tests.api.exports.tiny_campaign import APPLICANT_NAMES, NAMES, tiny_campaign
from tests.builders import tiny_timetable


def test_applicant_pack_says_when_to_come_and_what_happens() -> None:
    campaign = tiny_campaign()
    signs = signs_of(campaign)
    pack = applicant_pack(campaign, tiny_timetable(), "A4")
    assert (pack.name, pack.arrive_by, pack.finish, pack.arrangements) == ("Dina Dale", "16:45", "18:55", ())
    assert pack.lines == (
        ApplicantLine(
            "17:00 to 17:35",
            signs["interview"],
            "Interview",
            "Room 6",
            (
                "The first 5 minutes are yours alone, to prepare.",
                "You meet Member 3, Member 5 and Member 7.",
                "A role player takes part.",
            ),
        ),
        ApplicantLine(
            "17:40 to 17:55", signs["reflection"], "Reflection", "Room 10", ("You work on this by yourself.",)
        ),
        ApplicantLine(
            "18:00 to 18:10",
            signs["round"],
            "Service users' round",
            "Room 9",
            ("You talk with two service users in turn, about 5 minutes with each.",),
        ),
        ApplicantLine(
            "18:15 to 18:55",
            signs["written"],
            "Written exercise",
            "Room 8",
            ("You write by yourself.",),
        ),
    )


def test_applicant_pack_shows_free_time_and_the_break_that_was_promised() -> None:
    pack = applicant_pack(tiny_campaign(), tiny_timetable(), "A3")
    assert [(line.hours, line.what) for line in pack.lines if line.sign is None] == [
        ("13:35 to 13:45", "Free time, 10 minutes"),
        ("14:00 to 14:30", "Break, 30 minutes"),
    ]


def test_applicant_pack_mentions_other_writers_where_there_are_some() -> None:
    notes = [
        line.notes
        for person in ("A1", "A4")
        for line in applicant_pack(tiny_campaign(), tiny_timetable(), person).lines
        if line.what == "Written exercise"
    ]
    assert notes == [
        ("You write by yourself, in a room with other applicants.",),
        ("You write by yourself.",),
    ]


def test_applicant_pack_has_nobodys_choices_and_no_other_applicant() -> None:
    text = repr(applicant_pack(tiny_campaign(), tiny_timetable(), "A1"))
    others = [name for reference, name in APPLICANT_NAMES.items() if reference != "A1"]
    assert [word for word in (*others, *NAMES["councils"].values()) if word in text] == []


def test_assessor_pack_names_colleagues_and_shows_applicants_by_reference() -> None:
    campaign = tiny_campaign()
    interview = signs_of(campaign)["interview"]
    pack = staff_pack(campaign, tiny_timetable(), "B1")
    player = ("Role player: Player 1",)
    assert (pack.name, pack.role, pack.council) == ("Member 1", "Assessor", "Somerset")
    assert pack.sessions == (
        StaffSession(
            head=head_of(campaign, "S1"),
            panel="P1",
            rooms=("Room 1",),
            arrive_by="08:50",
            finish="10:30",
            colleagues=("Member 2 (Devon)", "Member 3 (Bristol)"),
            lines=(
                StaffLine("09:05 to 09:35", interview, "Room 1", ("A1",), "09:35 to 09:45", player),
                StaffLine("09:50 to 10:20", interview, "Room 1", ("A2",), "10:20 to 10:30", player),
            ),
        ),
    )


def test_assessor_pack_mentions_interpreters_in_the_room() -> None:
    pack = staff_pack(tiny_campaign(), tiny_timetable(), "B4")
    assert pack.sessions[0].lines[0].notes == (
        "Role player: Player 2",
        "Interpreters in the room: Interpreter 1 and Interpreter 2",
    )


def test_role_players_pack_ends_with_the_conversation() -> None:
    pack = staff_pack(tiny_campaign(), tiny_timetable(), "RP3")
    session = pack.sessions[0]
    assert (pack.role, session.panel, session.finish) == ("Role player", "", "17:35")
    assert [(line.hours, line.writing) for line in session.lines] == [("17:05 to 17:35", "")]


def test_interpreters_pack_is_about_the_applicant_they_interpret_for() -> None:
    campaign = tiny_campaign()
    rows = tiny_timetable().entries
    shared = next(row for row in rows if row.person == "A3" and row.exercise == "round")
    timetable = timetable_of([*rows, replace(shared, person="A2")])
    lines = {line.sign.exercise: line for line in staff_pack(campaign, timetable, "I1").sessions[0].lines}
    assert {line.applicants for line in lines.values()} == {("A3",)}
    assert lines["interview"].notes == ("Role player: Player 2", "With Interpreter 2")
    assert lines["round"].notes == ("With Interpreter 2",)


def test_staff_packs_have_no_names_and_no_choices_of_applicants() -> None:
    campaign, timetable = tiny_campaign(), tiny_timetable()
    packs = [staff_pack(campaign, timetable, person) for person in ("B1", "B2", "B4", "B7", "RP1", "I1")]
    assert [name for name in APPLICANT_NAMES.values() if name in repr(packs)] == []
    assert "choice" not in repr(packs)
