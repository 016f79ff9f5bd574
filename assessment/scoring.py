"""From ratings to scores: the final rating of every cell, and each applicant's overall score, exact.

A cell is one applicant, one exercise and one criterion of the matrix. Every cell of the matrix has to be
complete, also one of weight 0: it adds nothing to the overall score but the floors count it.
Whether a score is good enough is not decided here; see `standard.py`. Who disagrees is in `washup.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

from assessment.errors import MatrixWithoutWeight, RatingsInDoubt
from assessment.figures import exact
from assessment.framework import Framework
from assessment.ratings import AgreedRating, Rating

CellKey = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class ScoreCell:
    """One applicant on one criterion of one exercise.

    `ratings` are as first entered and in that order. `final` is None while the cell is incomplete.
    `agreed` is true where `final` was settled at the wash-up.
    """

    applicant: str
    exercise: str
    criterion: str
    ratings: tuple[Fraction, ...]
    final: Fraction | None
    agreed: bool


@dataclass(frozen=True)
class ScoreSheet:
    """Every cell of every applicant, in the order of the applicants and of the matrix.

    `overall` is each applicant's overall score, None while a cell is incomplete.
    `not_counted` are rated cells that no score uses: the applicant is not on the sheet or the exercise and
    criterion are not in the matrix.
    """

    cells: tuple[ScoreCell, ...]
    overall: Mapping[str, Fraction | None]
    not_counted: tuple[CellKey, ...]

    @cached_property
    def cells_by_applicant(self) -> Mapping[str, tuple[ScoreCell, ...]]:
        """Each applicant's cells in the order of the matrix."""
        cells: dict[str, list[ScoreCell]] = {applicant: [] for applicant in self.overall}
        for cell in self.cells:
            cells[cell.applicant].append(cell)
        return {applicant: tuple(own) for applicant, own in cells.items()}

    def is_rated(self, applicant: str) -> bool:
        """Whether anybody entered or agreed any rating for the applicant."""
        return any(cell.ratings or cell.agreed for cell in self.cells_by_applicant.get(applicant, ()))


def score_sheet(
    framework: Framework,
    applicants: Sequence[str],
    ratings: Iterable[Rating],
    agreed: Iterable[AgreedRating],
) -> ScoreSheet:
    """Score every applicant on every cell of the matrix.

    The final rating is the agreed rating if there is one, else the mean of the ratings, if they are at
    least `raters_min`. The overall score is the weighted mean of the final ratings.

    :raises RatingsInDoubt: a rating given twice by one assessor, a cell settled twice, or a rating outside
        the scale; all of them at once.
    :raises MatrixWithoutWeight: the weights sum to 0.
    """
    if not sum(framework.weights.values()):
        raise MatrixWithoutWeight
    ratings, agreed = tuple(ratings), tuple(agreed)
    refuse_ratings_in_doubt(framework, ratings, agreed)
    ratings_by_cell = by_cell(ratings)
    agreed_by_cell = by_cell(agreed)
    cells = tuple(
        scored_cell(framework, key, ratings_by_cell.get(key, ()), agreed_by_cell.get(key, ()))
        for applicant in applicants
        for key in cell_keys(framework, applicant)
    )
    used = {(cell.applicant, cell.exercise, cell.criterion) for cell in cells}
    return ScoreSheet(
        cells=cells,
        overall=overall_by_applicant(framework, applicants, cells),
        not_counted=tuple(sorted((ratings_by_cell.keys() | agreed_by_cell.keys()) - used)),
    )


def weighted_mean(framework: Framework, cells: Iterable[ScoreCell]) -> Fraction | None:
    """The weighted mean of final ratings; None while one is missing.

    Where all the weights are 0, each cell counts the same.
    """
    weighed = [(framework.weights[cell.exercise, cell.criterion], cell.final) for cell in cells]
    finals = [final for _, final in weighed if final is not None]
    if not finals or len(finals) < len(weighed):
        return None
    total_weight = total((weight.numerator, weight.denominator) for weight, _ in weighed)
    if not total_weight:
        return mean(finals)
    weighted_sum = total(
        (weight.numerator * final.numerator, weight.denominator * final.denominator)
        for weight, final in weighed
        if final is not None
    )
    return weighted_sum / total_weight


def mean(numbers: Sequence[Fraction]) -> Fraction:
    """The exact mean of at least one number."""
    return total((number.numerator, number.denominator) for number in numbers) / len(numbers)


def total(parts: Iterable[tuple[int, int]]) -> Fraction:
    """The exact sum of fractions given as numerator and denominator.

    Adding them one by one is just as exact but takes five times as long, for each sum would be reduced; a
    national campaign has a quarter of a million ratings.
    """
    sum_by_denominator: dict[int, int] = {}
    for numerator, denominator in parts:
        sum_by_denominator[denominator] = sum_by_denominator.get(denominator, 0) + numerator
    common = lcm(*sum_by_denominator)
    return Fraction(sum(part * (common // below) for below, part in sum_by_denominator.items()), common)


def cell_keys(framework: Framework, applicant: str) -> list[CellKey]:
    return [(applicant, exercise, criterion) for exercise, criterion in framework.weights]


def by_cell(ratings: Iterable[Rating | AgreedRating]) -> dict[CellKey, list[Fraction]]:
    found: dict[CellKey, list[Fraction]] = {}
    for rating in ratings:
        found.setdefault((rating.applicant, rating.exercise, rating.criterion), []).append(rating.rating)
    return found


def scored_cell(
    framework: Framework, key: CellKey, ratings: Sequence[Fraction], agreed: Sequence[Fraction]
) -> ScoreCell:
    final: Fraction | None = None
    if agreed:
        final = agreed[0]
    elif ratings and len(ratings) >= framework.raters_min:
        final = mean(ratings)
    return ScoreCell(*key, ratings=tuple(ratings), final=final, agreed=bool(agreed))


def overall_by_applicant(
    framework: Framework, applicants: Sequence[str], cells: Sequence[ScoreCell]
) -> dict[str, Fraction | None]:
    width = len(framework.weights)
    return {
        applicant: weighted_mean(framework, cells[index * width : (index + 1) * width])
        for index, applicant in enumerate(applicants)
    }


def refuse_ratings_in_doubt(
    framework: Framework, ratings: Sequence[Rating], agreed: Sequence[AgreedRating]
) -> None:
    given = Counter((each.applicant, each.exercise, each.criterion, each.assessor) for each in ratings)
    settled = Counter((each.applicant, each.exercise, each.criterion) for each in agreed)
    every_rating: tuple[Rating | AgreedRating, ...] = (*ratings, *agreed)
    faults = [
        f"{assessor} rated {applicant} {count} times on {exercise} / {criterion}."
        for (applicant, exercise, criterion, assessor), count in given.items()
        if count > 1
    ]
    faults += [
        f"{applicant} has {count} agreed ratings on {exercise} / {criterion}."
        for (applicant, exercise, criterion), count in settled.items()
        if count > 1
    ]
    faults += [
        f"{each.applicant} on {each.exercise} / {each.criterion}: the rating {exact(each.rating)} is outside "
        f"the scale of {framework.scale_min} to {framework.scale_max}."
        for each in every_rating
        if not framework.scale_min <= each.rating <= framework.scale_max
    ]
    if faults:
        raise RatingsInDoubt(faults)
