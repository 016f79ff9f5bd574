"""Tiers in words."""

from __future__ import annotations

from api.presenters.tiers import AIMS, TierLine, outcome_of, tier_lines
from scheduler.problem import FirstChoiceRule
from scheduler.result import Result, Status, TierOutcome
from scheduler.rules import TIERS
from scheduler.timetable import timetable_of
from tests.builders import tiny_problem, tiny_timetable, with_panel_rules


def result_of(*outcomes: TierOutcome) -> Result:
    return Result(Status.FEASIBLE, timetable_of(()), outcomes, (), 1.0, 0, 1)


def test_every_tier_has_its_aim_in_words() -> None:
    assert list(AIMS) == [tier.key for tier in TIERS]


def test_tier_line_tells_proof_from_best_so_far() -> None:
    result = result_of(
        TierOutcome("panel_half_days", 36, 36, True),
        TierOutcome("heaviest_load", 100, 75, False, "within the given panels"),
    )
    assert tier_lines(tiny_problem(), tiny_timetable(), result) == (
        TierLine(
            "Fewest panels to staff, over all sessions",
            "36 panels",
            "36 panels",
            "Proven: no plan does better",
            True,
            "",
            "#sessions",
        ),
        TierLine(
            "Lightest load for the busiest assessor, of the half-days they offered",
            "100 per cent",
            "75 per cent",
            "Best found so far",
            False,
            "Within the given panels",
            "people.html#staff",
        ),
    )


def test_tiers_without_a_run_are_measured_and_claim_no_bound() -> None:
    lines = tier_lines(tiny_problem(), tiny_timetable(), None)
    assert [line.value for line in lines[:3]] == ["0 applicants", "3 panels", "3 sessions"]
    assert {(line.bound, line.proven, line.state) for line in lines} == {("", False, "Not looked into")}


def test_applicants_without_a_member_of_their_first_choice_are_named() -> None:
    problem = with_panel_rules(tiny_problem(), first_choice_rule=FirstChoiceRule.SOFT, first_choice_members=2)
    outcome = TierOutcome("without_first_choice_member", 4, 2, False, "counted")
    notes = [line.note for line in tier_lines(problem, tiny_timetable(), result_of(outcome))]
    assert notes == ["Counted. Without one: A1, A2, A3 and A4"]
    assert [line.note for line in tier_lines(problem, tiny_timetable(), None)][3:5] == [
        "Without one: A1, A2, A3 and A4",
        "",
    ]


def test_outcome_is_found_by_its_tier() -> None:
    outcome = TierOutcome("sessions_held", 9, 9, True)
    assert outcome_of(result_of(outcome), "sessions_held") == outcome
    assert (outcome_of(result_of(outcome), "unplaced"), outcome_of(None, "sessions_held")) == (None, None)
