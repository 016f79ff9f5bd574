"""The standard: completeness before floors, floors before weights, and the reasons in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest

from assessment.framework import BelowFloor, Floor, Framework
from assessment.scoring import score_sheet
from assessment.standard import Appointable, Judgement, judgement_of
from tests.assessment.builders import WEIGHTS, framework, ratings


def judged(cells: Sequence[str], frame: Framework | None = None) -> Judgement:
    frame = frame or framework()
    sheet = score_sheet(frame, ["A01"], ratings("A01", cells, frame.weights), [])
    return judgement_of(frame, sheet.cells)


def test_standard_met_exactly_is_appointable() -> None:
    assert judged(["3 3", "3 3", "3 3", "3 3"]) == Judgement(
        Appointable.YES,
        "Overall 3.00 of 5 is 60 %; the standard of 60 % is met and no floor is broken.",
    )


def test_overall_score_below_the_standard_is_not_appointable() -> None:
    # 3 x 3 + 2 x 2.5 + 2 x 3 + 1 x 2.8 = 22.8; 22.8 / 8 = 2.85
    cells = ["3 3", "2 3", "3 3", "2 3 3 3 3"]
    assert judged(cells) == Judgement(
        Appointable.NO, "Overall 2.85 of 5 is 57 %, below the standard of 60 %."
    )


def test_score_a_hair_below_the_standard_is_not_shown_as_the_standard() -> None:
    weights = {("interview", "empathy"): Fraction(9999), ("written", "analysis"): Fraction(1)}
    frame = framework(weights=weights, floors=())
    assert judged(["3 3", "2 2"], frame) == Judgement(
        Appointable.NO, "Overall 2.9999 of 5 is 59.998 %, below the standard of 60 %."
    )


def test_one_floor_rating_too_low_cannot_be_made_up_for() -> None:
    assert judged(["5 5", "5 5", "5 5", "1 1"]) == Judgement(
        Appointable.NO, "No final rating of 1 is allowed; there is one: written / analysis 1.00."
    )


def test_floor_counts_final_ratings_rounded_down() -> None:
    assert judged(["2 3", "5 5", "2 2", "2 3"]) == Judgement(
        Appointable.NO,
        "Two final ratings of 2 are allowed; there are three after rounding down: "
        "interview / empathy 2.50, service_users / empathy 2.00, written / analysis 2.50.",
    )


def test_floor_kept_at_its_limit_is_not_broken() -> None:
    assert judged(["2 3", "5 5", "5 5", "2 2"]).appointable is Appointable.YES


def test_floor_counts_a_cell_of_weight_zero() -> None:
    frame = framework(weights=WEIGHTS | {("written", "analysis"): Fraction(0)})
    assert judged(["5 5", "5 5", "5 5", "1 2"], frame) == Judgement(
        Appointable.NO,
        "No final rating of 1 is allowed; there is one after rounding down: written / analysis 1.50.",
    )


def test_floor_of_one_is_said_in_the_singular() -> None:
    frame = framework(floors=(Floor(2, 1),))
    assert judged(["5 5", "5 5", "2 2", "2 2"], frame).why == (
        "One final rating of 2 is allowed; there are two: "
        "service_users / empathy 2.00, written / analysis 2.00."
    )


def test_broken_floor_goes_to_the_panel_where_the_campaign_says_so() -> None:
    frame = framework(below_floor=BelowFloor.PANEL_DISCUSSION)
    assert judged(["5 5", "5 5", "5 5", "1 1"], frame) == Judgement(
        Appointable.PANEL_DISCUSSION,
        "No final rating of 1 is allowed; there is one: written / analysis 1.00.",
    )


@pytest.mark.parametrize("below_floor", list(BelowFloor))
def test_score_below_the_standard_is_not_for_the_panel_to_discuss(below_floor: BelowFloor) -> None:
    assert judged(["2 2", "3 3", "3 3", "1 1"], framework(below_floor=below_floor)) == Judgement(
        Appointable.NO,
        "No final rating of 1 is allowed; there is one: written / analysis 1.00. "
        "Overall 2.38 of 5 is 47.5 %, below the standard of 60 %.",
    )


def test_missing_rating_comes_before_floors_and_standard_and_names_the_cells() -> None:
    assert judged(["1 1", "1 1", "3", ""]) == Judgement(
        Appointable.UNRANKABLE,
        "Ratings are missing: service_users / empathy (1 of 2), written / analysis (0 of 2).",
    )
