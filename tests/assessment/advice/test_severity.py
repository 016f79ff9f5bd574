"""Known severities are recovered better than by plain means; what cannot be compared is refused."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np

from assessment.advice.refusal import Refusal
from assessment.advice.severity import Severities, severities, told_apart_effects
from assessment.ratings import Rating
from tests.assessment.advice.made_up import ratings_of_known_severity


def found(ratings: list[Rating]) -> Severities:
    outcome = severities(ratings)
    assert isinstance(outcome, Severities)
    return outcome


def reasons(ratings: list[Rating]) -> tuple[str, ...]:
    outcome = severities(ratings)
    assert isinstance(outcome, Refusal)
    return outcome.reasons


def test_known_severities_are_recovered_better_than_by_plain_means() -> None:
    """The ratio of the errors (root mean square) over 6 made-up campaigns; below 1 in every one of them."""
    ratios, held, assessors = [], 0, 0
    for seed in range(6):
        ratings, known = ratings_of_known_severity(seed)
        each = found(ratings).assessors
        truth = np.array([known[one.assessor] for one in each])
        model, plain = (np.array([getattr(one, name) for one in each]) for name in ("severity", "difference"))
        ratios.append(float(np.sqrt(((model - truth) ** 2).mean() / ((plain - truth) ** 2).mean())))
        held += sum(abs(one.severity - known[one.assessor]) <= 1.96 * one.standard_error for one in each)
        assessors += len(each)
    assert max(ratios) < 1
    assert 0.45 < float(np.mean(ratios)) < 0.6
    assert 0.9 <= held / assessors <= 0.99


def test_severe_assessor_has_a_positive_severity() -> None:
    ratings, _ = ratings_of_known_severity(1, severity=0.0)
    lower = [
        replace(each, rating=max(Fraction(1), each.rating - 1)) if each.assessor == "S04" else each
        for each in ratings
    ]
    most = max(found(lower).assessors, key=lambda each: each.severity)
    assert (most.assessor, most.told_apart) == ("S04", True)


def test_severities_do_not_depend_on_the_order_of_ratings() -> None:
    ratings, _ = ratings_of_known_severity(2)
    one, other = found(ratings), found(ratings[::-1])
    assert [each.assessor for each in one.assessors] == [each.assessor for each in other.assessors]
    assert np.allclose(*([each.severity for each in way.assessors] for way in (one, other)), atol=1e-5)


def test_variance_that_cannot_be_told_apart_is_left_to_the_finer_effect() -> None:
    ratings, _ = ratings_of_known_severity(3)
    interview = [each for each in ratings if each.exercise == "interview"]
    one_criterion = [each for each in ratings if each.criterion == "c0"]
    assert told_apart_effects(ratings)[0] == ["view", "applicant_in_exercise", "applicant"]
    assert told_apart_effects(interview)[0] == ["view", "applicant"]
    assert told_apart_effects(one_criterion)[0] == ["applicant_in_exercise", "applicant"]
    shares = found(interview).shares
    assert shares.applicant_in_exercise is None
    assert shares.total == sum(
        part for part in (shares.applicant, shares.view, shares.assessor, shares.residual) if part
    )


def test_assessors_who_share_no_applicant_are_refused_by_name() -> None:
    ratings, _ = ratings_of_known_severity(4)
    apart = [replace(each, applicant="A000") for each in ratings if each.applicant == "A000"]
    alone = [replace(each, applicant="X", assessor="S99") for each in apart[:4]]
    sentences = reasons([*ratings, *alone])
    assert sentences[0] == "S99 shares no applicant with the other 24 assessors, directly or through others."


def test_too_few_are_refused_with_every_reason() -> None:
    few = [Rating("A1", "interview", "empathy", "S1", Fraction(3))]
    assert reasons(few) == (
        "Assessors with ratings: 1; at least 5 are needed.",
        "Applicants with ratings: 1; at least 10 are needed.",
        "There are too few ratings for so many assessors, applicants and criteria.",
        "On every criterion all ratings are the same.",
    )


def test_no_difference_between_assessors_is_refused() -> None:
    """Everybody gives every applicant one point more on one criterion or on the other, in turn."""
    same = [
        Rating(f"A{applicant:02}", "interview", criterion, f"S{assessor}", Fraction(2 + applicant % 3 + more))
        for applicant in range(12)
        for assessor in range(5)
        for place, criterion in enumerate(("empathy", "analysis"))
        for more in [(applicant + assessor + place) % 2]
    ]
    assert reasons(same) == ("The ratings show no difference in severity between assessors beyond chance.",)
