"""How severely each assessor rates, from a model of every single rating. Advice only: it changes no rating.

A rating is the mean of its cell (exercise and criterion) + the applicant + the applicant in this exercise +
one assessor's view of the applicant in it + the assessor's severity + a residual. All but the means are taken
to be drawn at random, so an assessor of whom little is known is pulled towards the others. The model can only
tell severity from weak applicants where assessors share applicants; where they do not, it is refused. The
arithmetic is in `variances.py`; what the order of merit would be is in `adjusted.py`.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assessment.advice.linking import linked_groups, unlinked_sentences
from assessment.advice.refusal import Refusal
from assessment.advice.variances import MixedFit, fit_mixed
from assessment.ratings import Rating

# Below these a variance between assessors would be hardly more than a guess.
ASSESSORS_MIN = 5
APPLICANTS_MIN = 10
# For a normal distribution: 95 % lie within so many standard errors.
NORMAL_95 = 1.96


@dataclass(frozen=True, slots=True)
class AssessorSeverity:
    """One assessor. `severity` is by how many points of the scale lower than the average assessor they rate.

    `standard_error` is that of the severity (the root of the prediction error variance). `difference` is the
    plain mean of (rating less the mean of its cell), the other way round: what one would say without a model.
    """

    assessor: str
    ratings: int
    applicants: int
    severity: float
    standard_error: float
    difference: float

    @property
    def told_apart(self) -> bool:
        """Whether 0, the average assessor, lies outside the 95 % interval."""
        return abs(self.severity) > NORMAL_95 * self.standard_error


@dataclass(frozen=True, slots=True)
class Shares:
    """The variance of a single rating by where it comes from, in squared points of the scale.

    An effect that the ratings cannot tell from a finer one is None and is contained in that.
    """

    applicant: float
    applicant_in_exercise: float | None
    view: float | None
    assessor: float
    residual: float

    @property
    def total(self) -> float:
        parts = (self.applicant, self.applicant_in_exercise, self.view, self.assessor, self.residual)
        return sum(part for part in parts if part is not None)


@dataclass(frozen=True)
class Severities:
    """The model's outcome. `covariances` are those of the severities' errors, in the order of `assessors`."""

    assessors: tuple[AssessorSeverity, ...]
    shares: Shares
    ratings: int
    applicants: int
    covariances: np.ndarray

    @cached_property
    def place_by_assessor(self) -> Mapping[str, int]:
        return {each.assessor: place for place, each in enumerate(self.assessors)}


def severities(ratings: Sequence[Rating]) -> Severities | Refusal:
    """The severity of every assessor, by reference; or why there can be no such figures.

    `ratings` are those that count: of applicants who came, on cells of the matrix, none given twice.
    """
    if reasons := reasons_against(ratings):
        return Refusal(reasons)
    assessors, rater = numbered([each.assessor for each in ratings])
    _, cell = numbered([(each.exercise, each.criterion) for each in ratings])
    given = np.array([float(each.rating) for each in ratings])
    names, nests = told_apart_effects(ratings)
    fit = fit_mixed(given, cell, rater, nests)
    if fit.rater <= 0:
        return Refusal(("The ratings show no difference in severity between assessors beyond chance.",))
    return Severities(
        assessors=each_assessor(ratings, assessors, rater, given - cell_means(given, cell), fit),
        shares=shares_of_variance(fit, names),
        ratings=len(ratings),
        applicants=len({each.applicant for each in ratings}),
        covariances=fit.rater_errors,
    )


def reasons_against(ratings: Sequence[Rating]) -> tuple[str, ...]:
    assessors = {each.assessor for each in ratings}
    applicants = {each.applicant for each in ratings}
    cells = {(each.exercise, each.criterion) for each in ratings}
    found: list[str] = []
    if len(assessors) < ASSESSORS_MIN:
        found.append(f"Assessors with ratings: {len(assessors)}; at least {ASSESSORS_MIN} are needed.")
    if len(applicants) < APPLICANTS_MIN:
        found.append(f"Applicants with ratings: {len(applicants)}; at least {APPLICANTS_MIN} are needed.")
    if len(ratings) <= len(cells) + len(assessors) + len(applicants):
        found.append("There are too few ratings for so many assessors, applicants and criteria.")
    if ratings and len({(each.exercise, each.criterion, each.rating) for each in ratings}) == len(cells):
        found.append("On every criterion all ratings are the same.")
    groups = linked_groups((each.applicant, each.assessor) for each in ratings)
    return (*found, *(unlinked_sentences(groups) if len(groups) > 1 else ()))


def told_apart_effects(ratings: Sequence[Rating]) -> tuple[list[str], list[np.ndarray]]:
    """The nested effects from the finest to the coarsest, without those that coincide with another.

    Where every view is of one criterion, for instance, a view cannot be told from the residual.
    """
    keys: dict[str, list[Hashable]] = {
        "view": [(each.applicant, each.exercise, each.assessor) for each in ratings],
        "applicant_in_exercise": [(each.applicant, each.exercise) for each in ratings],
        "applicant": [each.applicant for each in ratings],
    }
    counts = [len(set(groups)) for groups in keys.values()]
    names: list[str] = []
    nests: list[np.ndarray] = []
    finer = len(ratings)
    for (name, groups), count, coarser in zip(keys.items(), counts, (*counts[1:], 0), strict=True):
        if coarser < count < finer:
            names.append(name)
            nests.append(numbered(groups)[1])
            finer = count
    return names, nests


def each_assessor(
    ratings: Sequence[Rating], assessors: Sequence[str], rater: np.ndarray, beside: np.ndarray, fit: MixedFit
) -> tuple[AssessorSeverity, ...]:
    seen: dict[str, set[str]] = {}
    for each in ratings:
        seen.setdefault(each.assessor, set()).add(each.applicant)
    counts = np.bincount(rater)
    plain = np.bincount(rater, weights=beside) / counts
    errors = np.sqrt(np.diag(fit.rater_errors))
    return tuple(
        AssessorSeverity(
            assessor=assessor,
            ratings=int(counts[place]),
            applicants=len(seen[assessor]),
            severity=-float(fit.rater_effects[place]),
            standard_error=float(errors[place]),
            difference=-float(plain[place]),
        )
        for place, assessor in enumerate(assessors)
    )


def shares_of_variance(fit: MixedFit, names: Sequence[str]) -> Shares:
    nested = dict(zip(names, fit.nested, strict=True))
    return Shares(
        applicant=nested.get("applicant", 0.0),
        applicant_in_exercise=nested.get("applicant_in_exercise"),
        view=nested.get("view"),
        assessor=fit.rater,
        residual=fit.residual,
    )


def cell_means(given: np.ndarray, cell: np.ndarray) -> np.ndarray:
    """For each rating, the plain mean of its cell."""
    return (np.bincount(cell, weights=given) / np.bincount(cell))[cell]


def numbered(labels: Sequence[Hashable]) -> tuple[list[str], np.ndarray]:
    """The different labels in order, and for each rating the number of its own."""
    order = sorted(set(labels), key=str)
    number = {label: place for place, label in enumerate(order)}
    return [str(label) for label in order], np.fromiter(map(number.__getitem__, labels), dtype=np.int64)
