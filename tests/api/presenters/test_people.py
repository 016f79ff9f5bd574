"""Who is where when."""

from __future__ import annotations

from dataclasses import replace

from api.exports.documents import Kind, documents_of
from api.presenters.links import PaperLinks, links_by_subject, shelves_of
from api.presenters.people import PersonLine, Stay, applicant_lines, outcomes_in_words, staff_lines
from api.presenters.sessions import calendar_of
from assessment.ratings import Attendance
from scheduler.checks import tier_values
from scheduler.result import Result, Status, Unplaced
from tests.api.exports.tiny_campaign import tiny_campaign, tiny_outcomes
from tests.builders import tiny_problem, tiny_timetable, without_rows


def test_applicant_line_says_when_and_where_with_their_papers() -> None:
    campaign = tiny_campaign()
    outcomes = tiny_outcomes(campaign)
    timetable = tiny_timetable()
    links = links_by_subject(documents_of(campaign, timetable, outcomes.order, outcomes.allocation))
    said = outcomes_in_words(campaign, outcomes.order, outcomes.allocation)
    assert applicant_lines(campaign, timetable, None, links, said)[2] == PersonLine(
        reference="A3",
        name="Chidi Cole",
        role="Applicant",
        stays=(
            Stay(
                "S2", "session-S2", "Tuesday 14 July 2015", "13:00 to 15:35", "Town Hall", "2015-07-14 0780"
            ),
        ),
        remark="No session.",
        travel_minutes=tiny_problem().travel_of("A3", "V1"),
        waiting_minutes=30,
        share="",
        outcome="Reserve list, 1",
        timetable=PaperLinks(
            "A3", "Chidi Cole", "Your timetable, A3", "papers/applicants/A3.html", "papers/applicants/A3.pdf"
        ),
        letter=PaperLinks(
            "A3",
            "Chidi Cole, reserve",
            "Your place on the reserve list, A3",
            "papers/letters/A3.html",
            "papers/letters/A3.pdf",
        ),
    )


def test_applicant_without_a_session_has_the_reason() -> None:
    timetable = without_rows(tiny_timetable(), person="A4")
    result = Result(Status.FEASIBLE, timetable, (), (Unplaced("A4", "No panel is free."),), 1.0, 0, 1)
    line = applicant_lines(tiny_campaign(), timetable, result, {})[3]
    assert (line.stays, line.remark, line.timetable) == ((), "No session. No panel is free.", None)


def test_staff_lines_hold_everybody_with_all_their_sessions() -> None:
    lines = {line.reference: line for line in staff_lines(tiny_campaign(), tiny_timetable(), {})}
    assert [(ref, line.role, len(line.stays)) for ref, line in lines.items()] == [
        ("B1", "Assessor", 1),
        ("B2", "Assessor", 2),
        ("B3", "Assessor", 2),
        ("B4", "Assessor", 1),
        ("B5", "Assessor", 1),
        ("B6", "Assessor", 1),
        ("B7", "Assessor", 1),
        ("RP1", "Role player", 1),
        ("RP2", "Role player", 1),
        ("RP3", "Role player", 1),
        ("I1", "Interpreter", 1),
        ("I2", "Interpreter", 1),
    ]
    assert [stay.session for stay in lines["B3"].stays] == ["S1", "S3"]


def test_people_add_up_to_the_tiers() -> None:
    campaign, timetable = tiny_campaign(), tiny_timetable()
    applicants = applicant_lines(campaign, timetable, None, {})
    assessors = staff_lines(campaign, timetable, {})
    values = tier_values(campaign.problem, timetable)
    assert sum(line.travel_minutes or 0 for line in applicants) == values["applicant_travel_minutes"]
    assert sum(line.waiting_minutes or 0 for line in applicants) == values["idle_minutes"]
    assert sum(line.travel_minutes or 0 for line in assessors) == values["assessor_travel_minutes"]
    shares = [line.share.split(" of ") for line in assessors if line.share]
    heaviest = max(-(-100 * int(worked) // int(most)) for worked, most in shares)
    assert heaviest == values["heaviest_load"]


def test_everybodys_outcome_is_said_also_of_those_who_did_not_come() -> None:
    attendance = {"A1": Attendance.LATE, "A2": Attendance.WITHDREW, "A3": Attendance.INVITED}
    campaign = replace(tiny_campaign(), attendance=attendance)
    outcomes = tiny_outcomes(campaign)
    order = replace(outcomes.order, lines=outcomes.order.lines[:1])
    allocation = replace(outcomes.allocation, lines=outcomes.allocation.lines[:1])
    assert outcomes_in_words(campaign, order, allocation) == {
        "A1": "Offer, Bristol",
        "A2": "Did not come (withdrew)",
        "A3": "Not noted whether they came",
        "A4": "Not noted whether they came",
    }
    assert outcomes_in_words(campaign, order, None)["A1"] == "Came"
    assert outcomes_in_words(campaign, None, None) == {}
    assert outcomes_in_words(tiny_campaign(), order, allocation)["A4"] == "No ratings"


def test_calendar_puts_dates_against_venues() -> None:
    calendar = calendar_of(tiny_campaign(), tiny_timetable(), {})
    assert calendar.venues == ("Town Hall", "Old Mill")
    assert [
        (row.day, [[session.head.reference for session in cell] for cell in row.cells])
        for row in calendar.rows
    ] == [("Tuesday 14 July 2015", [["S1", "S2"], []]), ("Wednesday 15 July 2015", [[], ["S3"]])]
    assert [session.people for session in calendar.sessions] == [
        "2 applicants, 1 panel",
        "1 applicant, 1 panel",
        "1 applicant, 1 panel",
    ]


def test_shelves_hold_the_papers_there_are() -> None:
    shelves = shelves_of(documents_of(tiny_campaign(), tiny_timetable(), None, None))
    assert [(shelf.kind, len(shelf.papers)) for shelf in shelves] == [
        (Kind.RUNNING_ORDER, 3),
        (Kind.REGISTRATION, 3),
        (Kind.DOOR_SHEET, 3),
        (Kind.ROTATION, 3),
        (Kind.APPLICANT, 4),
        (Kind.ASSESSOR, 7),
        (Kind.ROLE_PLAYER, 3),
        (Kind.INTERPRETER, 2),
    ]
