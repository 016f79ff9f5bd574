"""How sure an overall score is: what chance disagreement between assessors puts into it.

Only differences between assessors who saw the same applicant in the same exercise are used. What all of them
missed, or saw wrongly together, is not in it; nor is what another day or other exercises would have shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from assessment.advice.refusal import Refusal
from assessment.advice.views import View, share_of_exercise
from assessment.framework import Framework
from assessment.scoring import ScoreSheet

# A variance that rests on fewer differences than this is hardly known.
DEGREES_MIN = 5

Scores = Mapping[tuple[str, str], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class ExerciseError:
    """The disagreement on one exercise, pooled over all applicants.

    `variance` is that of one assessor's view about the mean of all assessors who might have seen the
    applicant, in squared points; `degrees` are the differences it rests on; `share` is the exercise's of the
    overall score.
    """

    exercise: str
    share: float
    variance: float
    degrees: int


@dataclass(frozen=True)
class ScoreErrors:
    """The error of every score; `together` says how one assessor's errors on two exercises go together."""

    exercises: tuple[ExerciseError, ...]
    together: Mapping[tuple[str, str], float]
    variance_by_applicant: Mapping[str, float]


def score_errors(framework: Framework, sheet: ScoreSheet, views: Sequence[View]) -> ScoreErrors | Refusal:
    """The variance of the error of everybody's overall score.

    The error of an exercise is its variance over the number of ratings; an agreed rating counts as no surer
    than the mean it took the place of. Where one assessor rated an applicant in two exercises, their errors
    may go together, and that is counted. Refused where an exercise that counts was hardly ever rated twice.
    """
    shares = {exercise: share for exercise, share in share_of_exercise(framework).items() if share}
    scores = scores_by_assessor(views)
    exercises = tuple(exercise_error(each, share, scores) for each, share in shares.items())
    unknown = [each for each in exercises if each.degrees < DEGREES_MIN]
    if unknown:
        return Refusal(tuple(unknown_sentence(each) for each in unknown))
    together = {
        pair: found
        for pair in combinations(shares, 2)
        if (found := error_together(*pair, scores)) is not None
    }
    numbers = numbers_of_ratings(framework, sheet)
    scored = [applicant for applicant, overall in sheet.overall.items() if overall is not None]
    return ScoreErrors(
        exercises,
        together,
        {each: variance_of(each, exercises, together, scores, numbers) for each in scored},
    )


def scores_by_assessor(views: Sequence[View]) -> dict[tuple[str, str], dict[str, float]]:
    found: dict[tuple[str, str], dict[str, float]] = {}
    for view in views:
        found.setdefault((view.applicant, view.exercise), {})[view.assessor] = view.score
    return found


def exercise_error(exercise: str, share: float, scores: Scores) -> ExerciseError:
    squares, degrees = 0.0, 0
    for (_, other), own in scores.items():
        if other == exercise:
            mean = sum(own.values()) / len(own)
            squares += sum((score - mean) ** 2 for score in own.values())
            degrees += len(own) - 1
    return ExerciseError(exercise, share, squares / degrees if degrees else 0.0, degrees)


def error_together(one: str, other: str, scores: Scores) -> float | None:
    """The covariance of one assessor's errors on two exercises; None where hardly anybody was rated so."""
    products, degrees = 0.0, 0
    for applicant in dict.fromkeys(applicant for applicant, exercise in scores if exercise == one):
        first, second = scores[applicant, one], scores.get((applicant, other), {})
        both = [assessor for assessor in first if assessor in second]
        if len(both) > 1:
            mean, mean_other = (sum(own[each] for each in both) / len(both) for own in (first, second))
            products += sum((first[each] - mean) * (second[each] - mean_other) for each in both)
            degrees += len(both) - 1
    return products / degrees if degrees >= DEGREES_MIN else None


def numbers_of_ratings(framework: Framework, sheet: ScoreSheet) -> dict[tuple[str, str], int]:
    """How many ratings stand behind an exercise: the fewest on a criterion with a weight, at least 1."""
    numbers: dict[tuple[str, str], int] = {}
    for cell in sheet.cells:
        if framework.weights[cell.exercise, cell.criterion]:
            key = (cell.applicant, cell.exercise)
            numbers[key] = min(numbers.get(key, len(cell.ratings)), len(cell.ratings))
    return {key: max(number, 1) for key, number in numbers.items()}


def variance_of(
    applicant: str,
    exercises: Sequence[ExerciseError],
    together: Mapping[tuple[str, str], float],
    scores: Scores,
    numbers: Mapping[tuple[str, str], int],
) -> float:
    share = {each.exercise: each.share for each in exercises}
    total = sum(each.share**2 * each.variance / numbers[applicant, each.exercise] for each in exercises)
    for (one, other), covariance in together.items():
        both = scores.get((applicant, one), {}).keys() & scores.get((applicant, other), {}).keys()
        ratings = numbers[applicant, one] * numbers[applicant, other]
        total += 2 * share[one] * share[other] * covariance * len(both) / ratings
    return max(total, 0.0)


def unknown_sentence(found: ExerciseError) -> str:
    return (
        f"Too few applicants were rated by two assessors on {found.exercise} ({found.degrees} differences, "
        f"at least {DEGREES_MIN} are needed), so nobody knows how sure its ratings are."
    )
