"""Service-user groups, role players and interpreters: the odd cases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.checks import breaches_of
from scheduler.people import Interpreter, RolePlayer
from scheduler.timetable import Role, timetable_of
from tests.builders import (
    at,
    tiny_problem,
    tiny_timetable,
    with_adjustment,
    with_changes,
    with_more_rows,
    with_row,
    without_rows,
)

INTERPRETERS = "interpreters_stay_with_their_applicant"


def test_run_of_a_group_exercise_without_a_group_is_a_breach() -> None:
    timetable = without_rows(tiny_timetable(), person="G3")
    (breach,) = breaches_of(tiny_problem(), timetable, check_rotations=False)
    assert breach.detail == "Run G-1 of round in S3 (18:00-18:10) has no service-user groups instead of 1."


def test_second_role_player_in_a_run_is_a_breach() -> None:
    problem = replace(tiny_problem(), role_players=(*tiny_problem().role_players, RolePlayer("RP4")))
    (row,) = (r for r in tiny_timetable().entries if r.person == "RP3")
    found = breaches_of(problem, with_more_rows(tiny_timetable(), replace(row, person="RP4")))
    assert [breach.detail for breach in found] == [
        "Run I-1 of interview in S3 (17:00-17:45) has 2 role players (RP3 and RP4) instead of 1."
    ]


def test_role_player_where_none_is_asked_for_is_a_breach() -> None:
    problem = with_changes(tiny_problem(), "exercises", "interview", role_player=False)
    found = [breach.rule for breach in breaches_of(problem, tiny_timetable())]
    assert found == ["role_player_takes_part"] * 4


def test_somebody_who_is_no_role_player_is_a_breach() -> None:
    timetable = with_row(tiny_timetable(), "RP3", "interview", person="B6")
    found = [breach.detail for breach in breaches_of(tiny_problem(), timetable)]
    assert found == ["B6 is in run I-1 of interview in S3 as a role player but is not one."]


def test_applicant_who_needs_interpreters_and_has_none_is_a_breach() -> None:
    found = breaches_of(with_adjustment(tiny_problem(), "A1", interpreter=True), tiny_timetable())
    assert [(breach.rule, breach.who, breach.size) for breach in found] == [(INTERPRETERS, ("A1",), 2)]
    assert found[0].detail == "A1 needs two interpreters for all of S1; nobody is there throughout."


def test_interpreters_for_nobody_are_a_breach() -> None:
    found = breaches_of(with_adjustment(tiny_problem(), "A3", interpreter=False), tiny_timetable())
    assert [(breach.rule, breach.who) for breach in found] == [
        (INTERPRETERS, ("I1",)),
        (INTERPRETERS, ("I2",)),
    ]


def test_third_interpreter_is_a_breach() -> None:
    problem = replace(tiny_problem(), interpreters=(*tiny_problem().interpreters, Interpreter("I3")))
    third = [replace(row, person="I3") for row in tiny_timetable().entries if row.person == "I2"]
    found = breaches_of(problem, with_more_rows(tiny_timetable(), *third))
    assert [(breach.rule, breach.who) for breach in found] == [(INTERPRETERS, ("A3", "I1", "I2", "I3"))]


def test_interpreter_who_changes_half_way_is_a_breach() -> None:
    problem = replace(tiny_problem(), interpreters=(*tiny_problem().interpreters, Interpreter("I3")))
    timetable = with_row(tiny_timetable(), "I2", "written", person="I3")
    found = breaches_of(problem, timetable)
    assert [(breach.rule, breach.who) for breach in found] == [(INTERPRETERS, ("A3", "I1", "I2", "I3"))]


@pytest.mark.parametrize("change", [{"room": "R2"}, {"end": at("13:36")}])
def test_interpreter_elsewhere_or_at_other_times_is_a_breach(change: dict[str, object]) -> None:
    timetable = with_row(tiny_timetable(), "I1", "interview", **change)
    assert [breach.rule for breach in breaches_of(tiny_problem(), timetable)] == [INTERPRETERS]


def test_somebody_who_is_no_interpreter_is_a_breach() -> None:
    rows = (replace(r, person="B7") if r.person == "I1" else r for r in tiny_timetable().entries)
    found = breaches_of(tiny_problem(), timetable_of(rows, tiny_timetable().meetings))
    assert [breach.detail for breach in found] == ["B7 is in S2 as an interpreter but is not one."]


def test_two_applicants_with_interpreters_keep_their_own_pairs() -> None:
    problem = with_adjustment(tiny_problem(), "A1", interpreter=True)
    pair = (Interpreter("I3"), Interpreter("I4"))
    problem = replace(problem, interpreters=(*problem.interpreters, *pair))
    followed = [row for row in tiny_timetable().entries if row.person == "A1"]
    rows = [
        replace(row, person=one.reference, role=Role.INTERPRETER, panel="")
        for row in followed
        for one in pair
    ]
    assert breaches_of(problem, with_more_rows(tiny_timetable(), *rows)) == []
