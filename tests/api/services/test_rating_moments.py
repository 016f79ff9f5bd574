"""When somebody was seen, from a timetable and from the attendance table."""

from __future__ import annotations

import datetime
from dataclasses import replace

from api.services.rating_moments import moments_of_attendance, moments_of_timetable
from assessment.advice.order_effects import Moment
from assessment.advice.views import View, views_of
from scheduler.timetable import Entry, Meeting, Role, timetable_of
from tests.api.campaigns import sound_campaign

CAMPAIGN = sound_campaign()
DAY = CAMPAIGN.problem.session_by_reference["S01"].date.toordinal()
START = CAMPAIGN.problem.session_by_reference["S01"].window.start
VIEWS = views_of(CAMPAIGN.framework, CAMPAIGN.ratings)


def entry(start: int, exercise: str, sitting: str, role: Role, person: str) -> Entry:
    return Entry("S01", start, exercise, sitting, "T1", role, person, start + 30)


TIMETABLE = timetable_of(
    [
        entry(540, "interview", "I1", Role.APPLICANT, "A1"),
        entry(540, "interview", "I1", Role.ASSESSOR, "P1"),
        entry(600, "interview", "I2", Role.APPLICANT, "A2"),
        entry(600, "interview", "I2", Role.ASSESSOR, "P2"),
        entry(660, "service_users", "R1", Role.APPLICANT, "A1"),
        entry(660, "service_users", "R1", Role.APPLICANT, "A2"),
        entry(660, "service_users", "R1", Role.SERVICE_USER_GROUP, "G1"),
        entry(720, "written", "W1", Role.APPLICANT, "A1"),
    ],
    [Meeting("S01", "R1", 1, 660, 668, "U1", "A1"), Meeting("S01", "R1", 2, 670, 678, "U1", "A2")],
)


def test_moments_of_a_timetable_are_of_those_in_one_run() -> None:
    assert set(moments_of_timetable(CAMPAIGN, TIMETABLE, VIEWS)) == {
        Moment("A1", "interview", "P1", DAY, 540, True),
        Moment("A2", "interview", "P2", DAY, 600, True),
        Moment("A1", "service_users", "U1", DAY, 660, True),
        Moment("A2", "service_users", "U1", DAY, 670, True),
        Moment("A1", "service_users", "U2", DAY, 660, True),
        Moment("A2", "service_users", "U2", DAY, 660, True),
    }


def test_group_that_rates_as_one_is_there_as_its_members_are() -> None:
    (found,) = moments_of_timetable(CAMPAIGN, TIMETABLE, [View("A1", "service_users", "G1", 3.0)])
    assert found == Moment("A1", "service_users", "G1", DAY, 660, True)


def test_attendance_gives_the_session_of_what_was_rated_on_the_spot() -> None:
    found = moments_of_attendance(CAMPAIGN, VIEWS)
    assert {(each.exercise, each.day, each.start, each.exact) for each in found} == {
        ("interview", DAY, START, False),
        ("service_users", DAY, START, False),
    }
    assert datetime.date.fromordinal(DAY) == CAMPAIGN.problem.session_by_reference["S01"].date


def test_without_attendance_no_moment_is_known() -> None:
    without = {name: table for name, table in CAMPAIGN.tables.items() if name != "attendance"}
    assert moments_of_attendance(replace(CAMPAIGN, tables=without), VIEWS) == ()
    table = CAMPAIGN.tables["attendance"]
    no_session = replace(table, columns=tuple(f"{column}_" for column in table.columns))
    assert moments_of_attendance(replace(CAMPAIGN, tables={**without, "attendance": no_session}), VIEWS) == ()
