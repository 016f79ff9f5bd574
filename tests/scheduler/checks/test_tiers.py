"""Tiers worked out by hand on the tiny timetable."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.checks import tier_values
from scheduler.problem import FirstChoiceRule
from scheduler.timetable import Timetable, timetable_of
from tests.builders import tiny_problem, tiny_timetable, with_changes, with_panel_rules, without_rows


def test_tiers_of_the_tiny_timetable_are_as_worked_by_hand() -> None:
    assert tier_values(tiny_problem(), tiny_timetable()) == {
        "unplaced": 0,
        "panel_half_days": 3,  # P1 in each of S1, S2 and S3
        "sessions_held": 3,
        "without_first_choice_member": 0,
        "applicant_travel_minutes": 40 + 20 + 95,  # A1, A3 and A4; A2 lives near by
        "assessor_travel_minutes": 2 * 60 + 30,  # B2 twice, B3 once
        "heaviest_load": 100,  # B2 works 2 of 2; the others 1 or 2 of 3
        # A1: 09:00-12:00 less 35 + 15 + 10 + 40 and three moves; A2: 09:45-12:00; A3: 13:00-15:35 less
        # 35 + 15 + 50 + 10 and three moves; A4: 17:00-18:55
        "idle_minutes": (180 - 115) + (135 - 115) + (155 - 125) + (115 - 115),
        "assessor_links": 1_000_000,  # B1-B2-B3, B2-B4-B6, B3-B5-B7: one group, no pair twice
    }


def test_tiers_of_an_empty_timetable_count_everybody_unplaced() -> None:
    assert tier_values(tiny_problem(), timetable_of(())) == {
        "unplaced": 4,
        "panel_half_days": 0,
        "sessions_held": 0,
        "without_first_choice_member": 0,
        "applicant_travel_minutes": 0,
        "assessor_travel_minutes": 0,
        "heaviest_load": 0,
        "idle_minutes": 0,
        "assessor_links": 0,
    }


def without_s3() -> Timetable:
    return without_rows(tiny_timetable(), session="S3")


def test_tiers_count_an_applicant_who_is_not_placed() -> None:
    values = tier_values(tiny_problem(), without_s3())
    assert (values["unplaced"], values["panel_half_days"], values["sessions_held"]) == (1, 2, 2)
    assert (values["applicant_travel_minutes"], values["assessor_travel_minutes"]) == (60, 120)


@pytest.mark.parametrize(
    ("rule", "members", "expected"),
    [
        (FirstChoiceRule.SOFT, 1, 1),
        (FirstChoiceRule.SOFT, 2, 4),
        (FirstChoiceRule.SOFT, 0, 0),
        (FirstChoiceRule.HARD, 1, 0),
        (FirstChoiceRule.OFF, 1, 0),
    ],
)
def test_without_first_choice_member_counts_while_the_rule_is_soft(
    rule: FirstChoiceRule, members: int, expected: int
) -> None:
    problem = with_changes(tiny_problem(), "applicants", "A4", choices=("COR", "BRI"))
    problem = with_panel_rules(problem, first_choice_rule=rule, first_choice_members=members)
    assert tier_values(problem, tiny_timetable())["without_first_choice_member"] == expected


@pytest.mark.parametrize(("half_days_max", "expected"), [(1, 200), (2, 100), (3, 67), (4, 67), (0, 200)])
def test_heaviest_load_is_a_percentage_rounded_up(half_days_max: int, expected: int) -> None:
    problem = with_changes(tiny_problem(), "assessors", "B2", half_days_max=half_days_max)
    assert tier_values(problem, tiny_timetable())["heaviest_load"] == expected


def test_idle_minutes_take_off_one_move_between_each_two() -> None:
    problem = replace(tiny_problem(), move_minutes=0)
    assert tier_values(problem, tiny_timetable())["idle_minutes"] == 115 + 4 * 3 * 5


def test_assessor_links_count_groups_then_repeated_pairings() -> None:
    apart = {("S2", "B2"): "B9", ("S3", "B3"): "B8"}
    three_groups = with_people(tiny_timetable(), apart)
    assert tier_values(tiny_problem(), three_groups)["assessor_links"] == 3_000_000
    twice = with_people(tiny_timetable(), {("S2", "B4"): "B1"})
    assert tier_values(tiny_problem(), twice)["assessor_links"] == 1_000_001


def with_people(timetable: Timetable, new: dict[tuple[str, str], str]) -> Timetable:
    """The timetable with other people in some sessions."""
    rows = [replace(e, person=new.get((e.session, e.person), e.person)) for e in timetable.entries]
    return timetable_of(rows, timetable.meetings)
