"""The error of a score from the differences between assessors, reckoned by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from assessment.advice.refusal import Refusal
from assessment.advice.score_errors import ScoreErrors, score_errors
from assessment.advice.views import views_of
from assessment.ratings import AgreedRating, Rating
from assessment.scoring import score_sheet
from tests.assessment.builders import agreed, framework, ratings

WEIGHTS = {("interview", "empathy"): Fraction(3), ("written", "analysis"): Fraction(1)}
FRAME = framework(weights=WEIGHTS)
APPLICANTS = [f"A{number:02}" for number in range(6)]


def given(*others: tuple[str, str], first: str = "3 4", second: str = "2 4") -> list[Rating]:
    """Six applicants rated alike, or some otherwise."""
    cells = dict.fromkeys(APPLICANTS, (first, second)) | dict(zip(APPLICANTS, others, strict=False))
    return [each for applicant, own in cells.items() for each in ratings(applicant, own, WEIGHTS)]


def errors(all_given: list[Rating], settled: tuple[AgreedRating, ...] = ()) -> ScoreErrors:
    sheet = score_sheet(FRAME, APPLICANTS, all_given, settled)
    found = score_errors(FRAME, sheet, views_of(FRAME, all_given))
    assert isinstance(found, ScoreErrors)
    return found


def test_error_is_the_pooled_variance_over_the_number_of_ratings() -> None:
    found = errors(given())
    # Ratings of 3 and 4 have a variance of 1/2, of 2 and 4 one of 2; together 1/2 x 1.
    assert [(each.exercise, each.share, each.degrees) for each in found.exercises] == [
        ("interview", 0.75, 6),
        ("written", 0.25, 6),
    ]
    assert [each.variance for each in found.exercises] == pytest.approx([0.5, 2.0])
    assert found.together == pytest.approx({("interview", "written"): 1.0})
    own = 0.75**2 * 0.5 / 2 + 0.25**2 * 2 / 2
    both = 2 * 0.75 * 0.25 * 1.0 * 2 / 4
    assert found.variance_by_applicant["A00"] == pytest.approx(own + both)


def test_more_ratings_make_a_score_surer() -> None:
    found = errors(given(("3 4 3 4", "2 4")))
    assert found.variance_by_applicant["A00"] < found.variance_by_applicant["A01"]


def apart(found: list[Rating]) -> list[Rating]:
    """The same ratings, by other assessors in every exercise."""
    return [replace(each, assessor=f"{each.exercise} {each.assessor}") for each in found]


def test_errors_of_different_assessors_do_not_go_together() -> None:
    found = errors(apart(given()))
    assert found.together == {}
    own = 0.75**2 * 0.5 / 2 + 0.25**2 * 2 / 2
    assert found.variance_by_applicant["A00"] == pytest.approx(own)


def test_agreed_rating_is_no_surer_than_the_mean_it_replaced() -> None:
    settlement = (agreed("A00", "written", "analysis", "3"),)
    settled = errors(apart(given()), settlement)
    assert settled.variance_by_applicant["A00"] == settled.variance_by_applicant["A01"]
    # With no rating behind it, it counts as one.
    alone = errors(apart(given(("3 4", ""))), settlement)
    assert alone.variance_by_applicant["A00"] > alone.variance_by_applicant["A01"]


def test_nobody_without_a_score_has_an_error() -> None:
    assert list(errors(given(("3 4", ""))).variance_by_applicant) == APPLICANTS[1:]


def test_exercise_hardly_ever_rated_twice_is_refused() -> None:
    frame = framework(weights=WEIGHTS, raters_min=1)
    alone = given(("3 4", "2 4"), ("3 4", "2 4"), second="3")
    sheet = score_sheet(frame, APPLICANTS, alone, [])
    assert score_errors(frame, sheet, views_of(frame, alone)) == Refusal(
        (
            "Too few applicants were rated by two assessors on written (2 differences, at least 5 are "
            "needed), so nobody knows how sure its ratings are.",
        )
    )
