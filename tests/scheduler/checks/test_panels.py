"""Panels: how a run belongs to one, and what odd rows do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.checks import breaches_of
from scheduler.problem import FirstChoiceRule
from scheduler.timetable import Role, timetable_of
from tests.builders import (
    at,
    tiny_problem,
    tiny_timetable,
    with_changes,
    with_more_rows,
    with_panel_rules,
    with_row,
)


@pytest.mark.parametrize(
    ("name", "detail"),
    [
        ("", "A1 meets P1 and a panel without a name in S1, and should meet one panel."),
        ("P9", "A1 meets P1 and P9 in S1, and should meet one panel."),
    ],
)
def test_applicant_with_another_panel_name_than_their_assessors(name: str, detail: str) -> None:
    timetable = with_row(tiny_timetable(), "A1", "interview", panel=name)
    assert [breach.detail for breach in breaches_of(tiny_problem(), timetable)] == [detail]


def test_interview_without_any_panel_name_is_a_breach() -> None:
    rows = [replace(r, panel="") if r.session == "S3" else r for r in tiny_timetable().entries]
    found = breaches_of(tiny_problem(), timetable_of(rows, tiny_timetable().meetings))
    assert [breach.detail for breach in found] == ["A4 has an interview in S3 whose panel is not named."]


def test_panel_in_two_rooms_is_a_breach() -> None:
    rows = [
        replace(r, room="R2") if (r.session, r.sitting) == ("S1", "I-2") else r
        for r in tiny_timetable().entries
    ]
    found = [b.detail for b in breaches_of(tiny_problem(), timetable_of(rows, tiny_timetable().meetings))]
    assert found == ["Panel P1 works in rooms R1 and R2 in S1."]


def test_assessor_in_an_exercise_without_a_panel_is_a_breach() -> None:
    (row,) = (r for r in tiny_timetable().entries if (r.person, r.exercise) == ("A4", "reflection"))
    helper = replace(row, person="B7", role=Role.ASSESSOR, start=at("17:50"), end=at("17:55"))
    found = [b.rule for b in breaches_of(tiny_problem(), with_more_rows(tiny_timetable(), helper))]
    assert found == ["run_has_its_full_length", "assessor_sits_on_one_panel_a_session"]


def test_applicant_in_an_assessors_place_is_a_breach() -> None:
    timetable = with_row(tiny_timetable(), "B7", "interview", person="A1")
    rules = [breach.rule for breach in breaches_of(tiny_problem(), timetable)]
    assert rules.count("assessor_is_trained_for_the_exercise") == 1


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (FirstChoiceRule.HARD, ["panel_has_first_choice_members"]),
        (FirstChoiceRule.SOFT, []),
        (FirstChoiceRule.OFF, []),
    ],
)
def test_first_choice_members_are_a_rule_only_while_hard(rule: FirstChoiceRule, expected: list[str]) -> None:
    problem = with_changes(tiny_problem(), "applicants", "A4", choices=("COR",))
    problem = with_panel_rules(problem, first_choice_rule=rule)
    assert [breach.rule for breach in breaches_of(problem, tiny_timetable())] == expected


def test_lead_members_count_where_the_lead_is_first_choice() -> None:
    problem = with_changes(tiny_problem(), "applicants", "A4", choices=("SOM",))
    assert breaches_of(problem, tiny_timetable()) == []


def test_applicant_without_choices_asks_nothing_of_the_panel() -> None:
    problem = with_changes(tiny_problem(), "applicants", "A4", choices=())
    assert breaches_of(problem, tiny_timetable()) == []


def test_panel_name_outside_panel_exercises_is_a_breach() -> None:
    timetable = with_row(tiny_timetable(), "A1", "reflection", panel="P1")
    assert [b.rule for b in breaches_of(tiny_problem(), timetable)] == ["panel_keeps_its_members_and_room"]
