"""What is expected of a rating: from the others, with a rater's severity, and with the halo of a form."""

from __future__ import annotations

import random
from fractions import Fraction

from assessment.plausibility import findings
from assessment.plausibility.expectation import Expectation, expectation_of
from assessment.plausibility.sheet import Sheet
from assessment.ratings import Rating
from tests.assessment.builders import framework

CRITERIA = ("empathy", "analysis", "values", "writing")
WEIGHTS = {("interview", criterion): Fraction(1) for criterion in CRITERIA}
RATERS = ("S1", "S2", "S3")


def made_up(seed: int, halo: float = 0.0, severity: float = 0.0, noise: float = 0.4) -> list[Rating]:
    """Forty applicants by three raters; S1 is so much more severe, and forms err together by `halo`."""
    rng = random.Random(seed)
    ratings = []
    for place in range(40):
        ability = rng.gauss(3.2, 0.8)
        for rater in RATERS:
            own = ability + rng.gauss(0, halo) - (severity if rater == "S1" else 0)
            for criterion in CRITERIA:
                level = Fraction(min(5, max(1, round(own + rng.gauss(0, noise)))))
                ratings.append(Rating(f"A{place:02}", "interview", criterion, rater, level))
    return ratings


def expected(ratings: list[Rating]) -> Expectation:
    frame = framework(weights=WEIGHTS)
    return expectation_of(Sheet(frame, ratings, None, frozenset(), {}, [""] * len(ratings)))


def test_halo_is_seen_where_forms_err_together_and_not_where_they_do_not() -> None:
    alone, together = expected(made_up(1)).halo, expected(made_up(1, halo=0.8)).halo
    assert (alone < 0.15, together > 0.4) == (True, True)


def test_severity_of_a_rater_is_expected_of_them() -> None:
    ratings = made_up(2, severity=1.0)
    severity = expected(ratings).severity
    by_rater = {each.assessor: severity[row] for row, each in enumerate(ratings)}
    assert by_rater["S1"] < -0.7 < 0.2 < min(by_rater["S2"], by_rater["S3"])


def test_raters_who_agree_little_leave_nothing_unlikely() -> None:
    close, loose = expected(made_up(3, noise=0.2)), expected(made_up(3, noise=1.5))
    assert sum(loose.room) < sum(close.room) * 3
    assert min(min(chance) for chance in close.chances) < min(min(chance) for chance in loose.chances)


def test_halo_and_severity_raise_no_alarm() -> None:
    frame = framework(weights=WEIGHTS)
    for seed in range(8):
        assert findings(frame, made_up(seed, halo=0.7, severity=0.8)) == ()
