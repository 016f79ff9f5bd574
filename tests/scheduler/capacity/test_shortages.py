"""Shortages: hand-counted on the tiny campaign, whose four applicants need two panels."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.capacity import shortages_of
from scheduler.problem import FirstChoiceRule, Problem
from tests.builders import tiny_problem, with_changes, with_panel_rules


def without_assessors(problem: Problem, *references: str) -> Problem:
    return replace(problem, assessors=tuple(a for a in problem.assessors if a.reference not in references))


def sentences(problem: Problem) -> list[str]:
    return [shortage.sentence for shortage in shortages_of(problem)]


def test_shortages_of_a_sound_campaign_are_none() -> None:
    assert shortages_of(tiny_problem()) == []


def test_shortages_of_lead_authority_half_days_are_counted() -> None:
    problem = without_assessors(with_panel_rules(tiny_problem(), interviews_max=1), "B1", "B4")
    assert sentences(problem) == [
        "4 panels need 4 lead-authority half-days, 3 are offered.",
        "4 panels need 4 safer-recruitment half-days, 3 are offered.",
        "4 panels need 4 chair half-days, 3 are offered.",
        "4 applicants need 4 panels; with those available in each session at most 3 can be staffed.",
    ]


def test_shortages_of_panels_are_counted() -> None:
    problem = tiny_problem()
    for session in ("S1", "S2", "S3"):
        problem = with_changes(problem, "sessions", session, panels_max=1 if session == "S1" else 0)
    assert [(s.resource, s.wanted, s.offered) for s in shortages_of(problem)] == [
        ("panels", 2, 1),
        ("staffed panels", 2, 1),
    ]


def test_shortages_count_only_half_days_that_can_be_worked() -> None:
    problem = with_panel_rules(tiny_problem(), interviews_max=1, chair_members=0, safer_recruitment_members=0)
    away = frozenset((person, session) for person in ("B1", "B4", "B7") for session in ("S1", "S2"))
    found = shortages_of(replace(problem, unavailable=away))
    assert [(s.resource, s.wanted, s.offered) for s in found] == [
        ("lead-authority half-days", 4, 3),
        ("staffed panels", 4, 2),
    ]


@pytest.mark.parametrize(("rule", "expected"), [(FirstChoiceRule.HARD, 1), (FirstChoiceRule.SOFT, 0)])
def test_shortages_of_a_first_choice_council_count_while_the_rule_is_hard(
    rule: FirstChoiceRule, expected: int
) -> None:
    problem = with_panel_rules(tiny_problem(), first_choice_rule=rule)
    problem = with_changes(problem, "applicants", "A1", choices=("COR",))
    wanted = "1 applicant with first choice COR: 1 half-day of its assessors needed, 0 offered."
    assert sentences(problem) == [wanted] * expected


def test_shortages_of_interpreter_pairs_are_counted() -> None:
    problem = replace(tiny_problem(), interpreters=tiny_problem().interpreters[:1])
    assert [(s.resource, s.wanted, s.offered) for s in shortages_of(problem)] == [("interpreter pairs", 1, 0)]


def test_shortages_of_role_player_minutes_are_counted() -> None:
    problem = tiny_problem()
    for player in ("RP1", "RP2", "RP3"):
        problem = with_changes(problem, "role_players", player, minutes_max=10)
    assert sentences(problem) == ["The applicants need 120 minutes of role players, 90 are offered."]
