"""Ratings against what else is on record: who rated whom, and how many did."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from assessment.plausibility import findings
from assessment.ratings import Rating
from tests.assessment.builders import framework

CRITERIA = ("empathy", "analysis", "values")
WEIGHTS = {("interview", criterion): Fraction(1) for criterion in CRITERIA}
APPLICANTS = tuple(f"A{number:02}" for number in range(1, 13))


def rated() -> list[Rating]:
    """Twelve applicants by two raters each, S1 and S2 or S3 and S4 in turn."""
    return [
        Rating(applicant, "interview", criterion, f"S{2 * (place % 2) + number}", Fraction(2 + place % 3))
        for place, applicant in enumerate(APPLICANTS)
        for number in (1, 2)
        for criterion in CRITERIA
    ]


def said(ratings: list[Rating]) -> list[tuple[str, str]]:
    found = findings(framework(weights=WEIGHTS), ratings)
    return [(each.name, each.reason) for each in found if each.check == "rating_of_another"]


def under(ratings: list[Rating], applicant: str, rater: str, criteria: tuple[str, ...]) -> list[Rating]:
    """Some of a rater's ratings of A01 under another applicant."""
    return [
        replace(each, applicant=applicant)
        if (each.applicant, each.assessor) == ("A01", rater) and each.criterion in criteria
        else each
        for each in ratings
    ]


def test_single_row_astray_is_told_with_both_applicants() -> None:
    assert said(under(rated(), "A02", "S1", ("values",))) == [
        (
            "rating_of_another:S1:A01:A02:interview",
            "S1 rated A01 in interview but not on values, and A02 on values only: 1 rating of A01 may stand "
            "under A02",
        ),
        (
            "rating_of_another:A02:interview",
            "A02 has 3 raters in interview (S1, S3 and S4) where others have 2: ratings of somebody else may "
            "stand under A02",
        ),
    ]


def test_form_astray_is_told_with_whoever_lacks_one() -> None:
    assert said(under(rated(), "A02", "S1", CRITERIA)) == [
        (
            "rating_of_another:A02:interview",
            "A02 has 3 raters in interview (S1, S3 and S4) where others have 2, and A01 fewer: ratings of "
            "somebody else may stand under A02",
        )
    ]


def test_missing_form_is_left_to_the_completeness() -> None:
    assert said([each for each in rated() if (each.applicant, each.assessor) != ("A01", "S1")]) == []


def test_numbers_of_raters_that_vary_are_nothing_to_ask_about() -> None:
    more = [
        replace(each, assessor="S5")
        for each in rated()
        if each.assessor in ("S1", "S3") and each.applicant in APPLICANTS[:6]
    ]
    assert said([*rated(), *more]) == []
