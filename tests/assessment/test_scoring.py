"""Final ratings and overall scores, against examples worked by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.errors import MatrixWithoutWeight, RatingsInDoubt
from assessment.ratings import Rating
from assessment.scoring import ScoreCell, score_sheet
from tests.assessment.builders import WEIGHTS, agreed, framework, ratings


def test_score_sheet_worked_by_hand() -> None:
    # (3 x 3.5 + 2 x 4 + 2 x 3 + 1 x 2.5) / 8 = 27 / 8
    sheet = score_sheet(framework(), ["A01"], ratings("A01", ["3 4", "4 4", "3 3", "2 3"]), [])
    assert sheet.overall == {"A01": Fraction(27, 8)}
    assert sheet.cells == (
        ScoreCell("A01", "interview", "empathy", (Fraction(3), Fraction(4)), Fraction(7, 2), False),
        ScoreCell("A01", "interview", "analysis", (Fraction(4), Fraction(4)), Fraction(4), False),
        ScoreCell("A01", "service_users", "empathy", (Fraction(3), Fraction(3)), Fraction(3), False),
        ScoreCell("A01", "written", "analysis", (Fraction(2), Fraction(3)), Fraction(5, 2), False),
    )


def test_final_rating_of_three_assessors_keeps_its_third() -> None:
    sheet = score_sheet(framework(), ["A01"], ratings("A01", ["3 3 4", "3 3", "3 3", "3 3"]), [])
    assert sheet.cells[0].final == Fraction(10, 3)
    assert sheet.overall["A01"] == Fraction(25, 8)  # 3 x 10/3 + 15 = 25


def test_agreed_rating_takes_the_place_of_the_mean_and_keeps_the_first_ratings() -> None:
    settled = [agreed("A01", "interview", "empathy", "4")]
    sheet = score_sheet(framework(), ["A01"], ratings("A01", ["1 5", "4 4", "3 3", "2 3"]), settled)
    first = ScoreCell("A01", "interview", "empathy", (Fraction(1), Fraction(5)), Fraction(4), True)
    assert (sheet.cells[0], sheet.overall["A01"]) == (first, Fraction(57, 16))  # 28.5 / 8


def test_agreed_rating_completes_a_cell_without_enough_ratings() -> None:
    settled = [agreed("A01", "written", "analysis", "3")]
    sheet = score_sheet(framework(), ["A01"], ratings("A01", ["3 3", "3 3", "3 3", ""]), settled)
    assert sheet.overall["A01"] == Fraction(3)


@pytest.mark.parametrize("last_cell", ["", "3"])
def test_cell_with_fewer_than_raters_min_is_incomplete_and_never_zero(last_cell: str) -> None:
    sheet = score_sheet(framework(), ["A01"], ratings("A01", ["3 3", "3 3", "3 3", last_cell]), [])
    assert (sheet.cells[3].final, sheet.overall["A01"]) == (None, None)


def test_incomplete_cell_of_weight_zero_leaves_no_overall_score() -> None:
    weights = WEIGHTS | {("written", "analysis"): Fraction(0)}
    sheet = score_sheet(framework(weights=weights), ["A01"], ratings("A01", ["3 3", "3 3", "3 3", "3"]), [])
    assert sheet.overall["A01"] is None


def test_cell_of_weight_zero_adds_nothing_to_the_overall_score() -> None:
    weights = WEIGHTS | {("written", "analysis"): Fraction(0)}
    sheet = score_sheet(framework(weights=weights), ["A01"], ratings("A01", ["3 3", "3 3", "3 3", "5 5"]), [])
    assert sheet.overall["A01"] == Fraction(3)


def test_ratings_keep_the_order_in_which_they_were_entered() -> None:
    given_order = [
        Rating("A01", "written", "analysis", each, Fraction(n)) for each, n in (("S09", 4), ("S01", 2))
    ]
    sheet = score_sheet(framework(), ["A01"], given_order, [])
    assert sheet.cells[3].ratings == (Fraction(4), Fraction(2))


def test_ratings_that_no_score_uses_are_named() -> None:
    stray = [
        Rating("A99", "interview", "empathy", "S01", Fraction(3)),
        Rating("A01", "interview", "warmth", "S01", Fraction(3)),
    ]
    sheet = score_sheet(framework(), ["A01"], stray, [])
    assert sheet.not_counted == (("A01", "interview", "warmth"), ("A99", "interview", "empathy"))
    assert not sheet.is_rated("A01")


def test_every_rating_in_doubt_is_named_at_once() -> None:
    doubtful = [
        Rating("A01", "interview", "empathy", "S01", Fraction(3)),
        Rating("A01", "interview", "empathy", "S01", Fraction(4)),
        Rating("A02", "interview", "empathy", "S01", Fraction(87)),
    ]
    settled = [agreed("A01", "written", "analysis", "3"), agreed("A01", "written", "analysis", "0.5")]
    with pytest.raises(RatingsInDoubt) as raised:
        score_sheet(framework(), ["A01", "A02"], doubtful, settled)
    assert raised.value.faults == (
        "S01 rated A01 2 times on interview / empathy.",
        "A01 has 2 agreed ratings on written / analysis.",
        "A02 on interview / empathy: the rating 87 is outside the scale of 1 to 5.",
        "A01 on written / analysis: the rating 0.5 is outside the scale of 1 to 5.",
    )


def test_matrix_without_weight_is_refused() -> None:
    with pytest.raises(MatrixWithoutWeight, match="sum to 0"):
        score_sheet(framework(weights={("written", "analysis"): Fraction(0)}), ["A01"], [], [])


@given(
    st.lists(st.lists(st.integers(1, 5), min_size=2, max_size=4), min_size=4, max_size=4),
    st.integers(1, 1000),
)
def test_overall_score_lies_within_the_ratings_and_ignores_a_common_factor_of_the_weights(
    cells: list[list[int]], factor: int
) -> None:
    given_ratings = ratings("A01", [" ".join(map(str, cell)) for cell in cells])
    overall = score_sheet(framework(), ["A01"], given_ratings, []).overall["A01"]
    scaled = framework(weights={key: weight * factor for key, weight in WEIGHTS.items()})
    assert overall is not None
    assert min(map(min, cells)) <= overall <= max(map(max, cells))
    assert score_sheet(scaled, ["A01"], given_ratings, []).overall["A01"] == overall
