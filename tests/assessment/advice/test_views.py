"""One assessor's criteria of one exercise, weighed together."""

from __future__ import annotations

from fractions import Fraction

from assessment.advice.views import View, share_of_exercise, views_of
from tests.assessment.builders import framework, ratings


def test_view_weighs_the_criteria_as_the_matrix_does() -> None:
    given = ratings("A01", ["3 4", "4 2", "5", ""])
    assert views_of(framework(), given) == (
        View("A01", "interview", "S01", 3.4),
        View("A01", "interview", "S02", 3.2),
        View("A01", "service_users", "S01", 5.0),
    )


def test_view_with_a_criterion_missing_is_left_out() -> None:
    assert views_of(framework(), ratings("A01", ["3", "", "", ""])) == ()


def test_exercise_without_weight_is_taken_by_its_plain_mean() -> None:
    weights = {
        ("interview", "empathy"): Fraction(0),
        ("interview", "analysis"): Fraction(0),
        ("written", "analysis"): Fraction(2),
    }
    frame = framework(weights=weights)
    (view,) = views_of(frame, ratings("A01", ["3", "4", ""], weights))
    assert view == View("A01", "interview", "S01", 3.5)
    assert share_of_exercise(frame) == {"interview": 0.0, "written": 1.0}
