"""Runs: sizes, and who keeps apart from whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.checks import breaches_of
from scheduler.checks.runs import run_size_is_within_limits
from scheduler.people import DeclaredInterest
from tests.builders import (
    applicant_row,
    tiny_problem,
    tiny_timetable,
    with_changes,
    with_more_rows,
    with_row,
    without_rows,
)


@pytest.mark.parametrize(
    ("one", "other", "where"),
    [
        ("A1", "B3", "run I-1 of interview in S1 (09:00-09:45, room R1)"),
        ("A1", "RP1", "run I-1 of interview in S1 (09:00-09:45, room R1)"),
        ("A1", "G1", "run G-1 of round in S1 (11:00-11:15, room R4)"),
    ],
)
def test_excluded_pair_is_told_with_its_run(one: str, other: str, where: str) -> None:
    interests = (DeclaredInterest(one, other, "colleague", excluded=True),)
    (breach,) = breaches_of(replace(tiny_problem(), interests=interests), tiny_timetable())
    assert breach.detail == f"{one} and {other} meet in {where}, and a declared interest keeps them apart."


def test_excluded_service_user_is_met_through_the_group() -> None:
    interests = (DeclaredInterest("A1", "U2", "neighbour", excluded=True),)
    (breach,) = breaches_of(replace(tiny_problem(), interests=interests), tiny_timetable())
    assert (breach.rule, breach.who) == ("excluded_pair_never_meets", ("A1", "G1"))


def test_two_applicants_kept_apart_meet_in_shared_runs() -> None:
    interests = (DeclaredInterest("A1", "A2", "relative", excluded=True),)
    found = breaches_of(replace(tiny_problem(), interests=interests), tiny_timetable())
    assert [(breach.rule, breach.who) for breach in found] == [
        ("excluded_pair_never_meets", ("A1", "A2")),
        ("excluded_pair_never_meets", ("A1", "A2")),
    ]


def test_accepted_interest_keeps_nobody_apart() -> None:
    interests = (DeclaredInterest("A1", "B3", "colleague", excluded=False),)
    assert breaches_of(replace(tiny_problem(), interests=interests), tiny_timetable()) == []


def test_run_without_applicants_is_too_small() -> None:
    timetable = without_rows(tiny_timetable(), person="A4", exercise="interview")
    found = list(run_size_is_within_limits(tiny_problem(), timetable))
    assert [breach.detail for breach in found] == [
        "Run I-1 of interview in S3 (17:05-17:45) holds no applicants; at least 1 must be."
    ]


def test_solo_run_is_for_one() -> None:
    timetable = without_rows(tiny_timetable(), person="A1", exercise="reflection")
    second = applicant_row("S1", "reflection", "S-2", "R5", "A1", "10:30", "10:45")
    found = [breach.rule for breach in breaches_of(tiny_problem(), with_more_rows(timetable, second))]
    assert found == ["run_size_is_within_limits"]


def test_rotating_run_has_no_more_applicants_than_rounds() -> None:
    problem = with_changes(tiny_problem(), "exercises", "round", minutes=10, station_minutes=10)
    found = breaches_of(problem, tiny_timetable(), check_rotations=False)
    assert [(breach.rule, breach.who) for breach in found] == [("run_size_is_within_limits", ("A1", "A2"))]


def test_one_assessor_in_another_room_breaks_one_rule() -> None:
    timetable = with_row(tiny_timetable(), "B4", "interview", room="R2")
    (breach,) = breaches_of(tiny_problem(), timetable)
    assert breach.detail == (
        "B4 is in interview (13:05-13:45, room R2) while run I-1 of interview in S2 is in room R1."
    )
