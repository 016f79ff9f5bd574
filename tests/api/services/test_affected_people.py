"""Who is told what when a timetable is published: those with other rows, and nobody else."""

from __future__ import annotations

from dataclasses import replace

from api.services.affected_people import Affected, What, affected_headline, affected_people
from api.services.edit_timetable import (
    MoveApplicant,
    MoveSitting,
    RemoveApplicant,
    ReplaceAssessor,
    edit_timetable,
)
from api.services.editing.changes import TimetableChange
from scheduler.timetable import Role, Timetable, timetable_of
from tests.api.exports.tiny_campaign import tiny_campaign
from tests.builders import at, tiny_timetable

TOWN_HALL = "Tuesday 14 July 2015 in the morning at Town Hall"
OLD_MILL = "Wednesday 15 July 2015 in the afternoon at Old Mill"


def after(change: TimetableChange) -> Timetable:
    return edit_timetable(tiny_campaign(), tiny_timetable(), change).timetable


def told(old: Timetable | None, new: Timetable) -> dict[str, tuple[str, ...]]:
    return {one.person: one.lines for one in affected_people(tiny_campaign(), old, new)}


def test_first_version_tells_everybody_their_half_days() -> None:
    affected = affected_people(tiny_campaign(), None, tiny_timetable())
    assert affected_headline(affected) == (
        "22 people to tell: 4 applicants, 7 assessors, 3 role players, 3 service-user groups and"
        " 2 interpreters."
    )
    assert affected[0] == Affected(
        person="A1",
        name="Anwen Ashby",
        role=Role.APPLICANT,
        role_name="applicant",
        what=What.NEW,
        lines=(
            f"You are in S1, {TOWN_HALL}: Interview at 09:00 (Room 1), Reflection at 09:45 (Room 5),"
            " Service users' round at 11:00 (Room 4) and Written exercise at 11:20 (Room 3).",
        ),
        tell=("Anwen Ashby",),
        sessions=("S1",),
    )


def test_same_timetable_tells_nobody() -> None:
    assert affected_people(tiny_campaign(), tiny_timetable(), tiny_timetable()) == ()
    assert affected_headline(()) == (
        "Nobody has to be told anything: everybody's times, rooms and panels are the same."
    )


def test_other_name_of_a_run_tells_nobody() -> None:
    renamed = [replace(row, sitting=f"{row.sitting}-x") for row in tiny_timetable().entries]
    assert told(tiny_timetable(), timetable_of(renamed)) == {}


def test_moved_run_tells_old_and_new_time_and_room_in_one_sentence() -> None:
    new = after(MoveSitting("S1", "round", "G-1", start=at("11:05"), room="R3"))
    line = ("Your Service users' round is at 11:05 instead of 11:00, in Room 3 instead of Room 4.",)
    assert told(tiny_timetable(), new) == {"A1": line, "A2": line, "G1": line}


def test_group_is_told_through_its_members() -> None:
    new = after(MoveSitting("S1", "round", "G-1", start=at("11:05")))
    (group,) = (one for one in affected_people(tiny_campaign(), tiny_timetable(), new) if one.person == "G1")
    assert (group.name, group.role_name, group.tell) == ("Avon group", "service-user group", ("U1", "U2"))


def test_applicant_in_another_session_hears_of_both_and_staff_of_what_they_gain_and_lose() -> None:
    lines = told(tiny_timetable(), after(MoveApplicant("A4", "S1")))
    assert lines["A4"] == (
        f"You now come on {TOWN_HALL} (S1) instead of {OLD_MILL} (S3).",
        f"You are in S1, {TOWN_HALL}: Service users' round at 10:25 (Room 4), Interview at 10:40 (Room 1),"
        " Written exercise at 11:20 (Room 3) and Reflection at 12:05 (Room 1).",
    )
    assert lines["B7"] == (f"You are no longer needed on {OLD_MILL} (S3).",)
    assert lines["B1"] == ("Your Interview at 10:45 is new, in Room 1, panel P1.",)
    # B3 sits in S1 and sat in S3: the day is said.
    assert lines["B3"] == (
        f"You are no longer needed on {OLD_MILL} (S3).",
        f"Your Interview on {TOWN_HALL} at 10:45 is new, in Room 1, panel P1.",
    )


def test_applicant_taken_out_is_told_that_there_is_no_place() -> None:
    lines = told(tiny_timetable(), after(RemoveApplicant("A2")))
    assert lines["A2"] == (f"You no longer have a place on {TOWN_HALL} (S1).",)
    assert lines["B1"] == ("Your Interview at 09:50 is no longer on.",)


def test_replaced_assessor_and_the_new_one_are_told_and_applicants_are_not() -> None:
    new = after(ReplaceAssessor("S1", "P1", "B1", "B7"))
    affected = affected_people(tiny_campaign(), tiny_timetable(), new)
    assert [(one.person, one.what.value) for one in affected] == [("B1", "dropped"), ("B7", "changed")]
    assert affected[1].lines == (
        f"You are now also in S1, {TOWN_HALL}: Interview at 09:05 (Room 1) and Interview at 09:50 (Room 1).",
    )
