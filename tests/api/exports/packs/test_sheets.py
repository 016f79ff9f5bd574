"""The sheets of one session."""

from __future__ import annotations

from api.exports.packs.legend import signs_of
from api.exports.packs.runs import head_of
from api.exports.packs.sheets import (
    DoorLine,
    DoorSheet,
    RegistrationLine,
    RegistrationList,
    RotationRun,
    RotationSheet,
    Round,
    ServiceUser,
    door_sheets,
    registration_list,
    rotation_sheet,
)
from scheduler.timetable import timetable_of
from tests.api.exports.tiny_campaign import APPLICANT_NAMES, tiny_campaign
from tests.builders import applicant_row, tiny_timetable, with_meetings


def test_door_sheet_lists_what_happens_in_the_room() -> None:
    campaign = tiny_campaign()
    sheets = door_sheets(campaign, tiny_timetable(), "S1")
    interview = signs_of(campaign)["interview"]
    assert [sheet.room for sheet in sheets] == ["Room 1", "Room 3", "Room 4", "Room 5"]
    assert sheets[0] == DoorSheet(
        head_of(campaign, "S1"),
        "R1",
        "Room 1",
        (
            DoorLine("09:00 to 09:35", interview, ("A1",), "P1"),
            DoorLine("09:45 to 10:20", interview, ("A2",), "P1"),
        ),
    )


def test_rotation_sheet_says_who_meets_whom_in_each_round() -> None:
    campaign = tiny_campaign({"service_users": {"U1": "Mara"}})
    assert rotation_sheet(campaign, tiny_timetable(), "S1") == RotationSheet(
        head_of(campaign, "S1"),
        "Avon group",
        (
            RotationRun(
                signs_of(campaign)["round"],
                "11:00 to 11:10",
                "Room 4",
                (ServiceUser("Mara", "U1"), ServiceUser("U2", "")),
                (
                    Round(1, "11:00 to 11:05", ("A1", "A2")),
                    Round(2, "11:05 to 11:10", ("A2", "A1")),
                ),
                ("A1", "A2"),
            ),
        ),
    )


def test_rotation_sheet_shows_a_rest_as_nobody() -> None:
    sheet = rotation_sheet(tiny_campaign(), tiny_timetable(), "S2")
    assert sheet is not None
    assert [round_.applicants for round_ in sheet.runs[0].rounds] == [("A3", ""), ("", "A3")]


def test_rotation_sheet_without_meetings_keeps_the_run() -> None:
    sheet = rotation_sheet(tiny_campaign(), with_meetings(tiny_timetable(), ()), "S1")
    assert sheet is not None
    assert [(run.rounds, run.applicants) for run in sheet.runs] == [((), ("A1", "A2"))]


def test_session_without_service_users_has_no_rotation_sheet() -> None:
    alone = timetable_of([applicant_row("S1", "reflection", "S-1", "R5", "A1", "10:00", "10:15")])
    assert rotation_sheet(tiny_campaign(), alone, "S1") is None


def test_registration_list_is_by_name() -> None:
    campaign = tiny_campaign({"applicants": {"A1": "Zoe Zander", "A2": "Bilal Birch"}})
    assert registration_list(campaign, tiny_timetable(), "S1") == RegistrationList(
        head_of(campaign, "S1"),
        (
            RegistrationLine("A2", "Bilal Birch", "09:45", ()),
            RegistrationLine("A1", "Zoe Zander", "09:00", ()),
        ),
    )


def test_sheets_on_doors_and_tables_have_no_names_of_applicants() -> None:
    campaign, timetable = tiny_campaign(), tiny_timetable()
    text = repr(
        [(door_sheets(campaign, timetable, s), rotation_sheet(campaign, timetable, s)) for s in ("S1", "S2")]
    )
    assert [name for name in APPLICANT_NAMES.values() if name in text] == []
