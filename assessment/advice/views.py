"""One assessor's view of one applicant in one exercise: all criteria together, weighed as the matrix does.

Assessors who like an applicant tend to rate every criterion of an exercise high. Whoever reckons with single
criteria as if they were independent takes ratings to be surer than they are; a view has this in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessment.framework import Framework
from assessment.ratings import Rating


@dataclass(frozen=True, slots=True)
class View:
    """The weighted mean of what one assessor gave one applicant on the criteria of one exercise."""

    applicant: str
    exercise: str
    assessor: str
    score: float


def views_of(framework: Framework, ratings: Iterable[Rating]) -> tuple[View, ...]:
    """Every view in which no criterion of the exercise is missing, in the order of the ratings.

    An exercise whose weights are all 0 is taken by its plain mean, as in a tie.
    """
    weights = weights_by_exercise(framework)
    given: dict[tuple[str, str, str], dict[str, float]] = {}
    for each in ratings:
        if each.criterion in weights.get(each.exercise, {}):
            key = (each.applicant, each.exercise, each.assessor)
            given.setdefault(key, {})[each.criterion] = float(each.rating)
    return tuple(
        View(*key, score=sum(shares[criterion] * rating for criterion, rating in own.items()))
        for key, own in given.items()
        if len(own) == len(shares := weights[key[1]])
    )


def weights_by_exercise(framework: Framework) -> dict[str, Mapping[str, float]]:
    """Each criterion's share of its exercise; the shares of an exercise sum to 1."""
    found: dict[str, dict[str, float]] = {}
    for (exercise, criterion), weight in framework.weights.items():
        found.setdefault(exercise, {})[criterion] = float(weight)
    return {exercise: shares_of(own) for exercise, own in found.items()}


def share_of_exercise(framework: Framework) -> dict[str, float]:
    """Each exercise's share of the overall score."""
    total = sum(framework.weights.values())
    shares: dict[str, float] = {}
    for (exercise, _), weight in framework.weights.items():
        shares[exercise] = shares.get(exercise, 0.0) + float(weight / total)
    return shares


def shares_of(weights: Mapping[str, float]) -> dict[str, float]:
    total = sum(weights.values())
    return {each: weight / total if total else 1 / len(weights) for each, weight in weights.items()}
