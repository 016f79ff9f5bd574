"""Attendance: who counts as present, and whom a pin binds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.checks import breaches_of
from scheduler.people import Pin
from scheduler.timetable import Role
from tests.builders import tiny_problem, tiny_timetable, with_row, without_rows


def test_unplaced_applicant_breaks_no_rule() -> None:
    timetable = without_rows(tiny_timetable(), session="S3")
    kept = tuple(meeting for meeting in timetable.meetings if meeting.session != "S3")
    assert breaches_of(tiny_problem(), replace(timetable, meetings=kept)) == []


def test_unplaced_applicant_may_be_pinned_anywhere() -> None:
    problem = replace(tiny_problem(), pins=(Pin("A4", "S1", must=True),))
    timetable = without_rows(tiny_timetable(), session="S3")
    kept = tuple(meeting for meeting in timetable.meetings if meeting.session != "S3")
    assert breaches_of(problem, replace(timetable, meetings=kept)) == []


@pytest.mark.parametrize(
    ("pin", "detail"),
    [
        (Pin("A1", "S1", must=True), None),
        (Pin("A1", "S2", must=False), None),
        (Pin("A1", "S1", must=False), "A1 must not be in S1 but is."),
        (Pin("B1", "S2", must=True), "B1 must be in S2 but is in S1."),
        (Pin("B2", "S2", must=True), None),
        (Pin("B2", "S3", must=True), "B2 must be in S3 but is in S1 and S2."),
        (Pin("U1", "S1", must=False), "U1 must not be in S1 but is."),
    ],
)
def test_pin_binds_everybody_who_takes_part(pin: Pin, detail: str | None) -> None:
    found = breaches_of(replace(tiny_problem(), pins=(pin,)), tiny_timetable())
    assert [breach.detail for breach in found] == ([detail] if detail else [])


def test_pinned_assessor_without_any_session_is_a_breach() -> None:
    spare = replace(tiny_problem().assessors[0], reference="B9")
    problem = tiny_problem()
    problem = replace(problem, assessors=(*problem.assessors, spare), pins=(Pin("B9", "S1", must=True),))
    found = breaches_of(problem, tiny_timetable())
    assert [breach.detail for breach in found] == ["B9 must be in S1 but is in no session."]


@pytest.mark.parametrize("person", ["A1", "B1", "RP1", "G1", "U2"])
def test_availability_binds_every_kind_of_person(person: str) -> None:
    problem = replace(tiny_problem(), unavailable=frozenset({(person, "S1")}))
    found = breaches_of(problem, tiny_timetable())
    assert [(breach.rule, breach.who) for breach in found] == [
        ("person_attends_only_when_available", (person,))
    ]


def test_somebody_else_in_an_applicants_place_is_a_breach() -> None:
    timetable = with_row(tiny_timetable(), "A4", "reflection", person="B1")
    assert timetable.applicant_entries["B1"][0].role is Role.APPLICANT
    found = [breach.detail for breach in breaches_of(tiny_problem(), timetable)]
    assert found[0] == "B1 is listed as an applicant in S3 but is not one."
