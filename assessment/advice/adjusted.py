"""Where applicants would stand had every assessor been equally severe, and how many places that is.

It is a comparison, not a correction: the order of merit stays as it is. `severity.py` estimates the
severities; each is given back to the ratings it was taken from, and the scores are weighed as the matrix
says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assessment.advice.severity import NORMAL_95, Severities
from assessment.framework import Framework
from assessment.ranking import OrderOfMerit
from assessment.ratings import Rating
from assessment.scoring import ScoreSheet


@dataclass(frozen=True, slots=True)
class AdjustedStanding:
    """One ranked applicant. `change` is adjusted less overall score, `standard_error` that of the change.

    `rank_adjusted` is among the same applicants by the adjusted scores; floors and standard are not asked
    again. `places` is how many places the applicant would move up (negative: down). `offer` and
    `offer_adjusted` say who would have a place; the latter is None where places do not go by the order of
    merit.
    """

    applicant: str
    rank: int
    overall: float
    change: float
    standard_error: float
    rank_adjusted: int
    offer: bool
    offer_adjusted: bool | None

    @property
    def adjusted(self) -> float:
        return self.overall + self.change

    @property
    def places(self) -> int:
        return self.rank - self.rank_adjusted

    @property
    def told_apart(self) -> bool:
        """Whether the change is more than chance would make of it (95 %)."""
        return abs(self.change) > NORMAL_95 * self.standard_error


@dataclass(frozen=True, slots=True)
class Change:
    """By how much an applicant's overall score would change, and the standard error of that."""

    change: float
    standard_error: float


def changes_of_score(
    framework: Framework, sheet: ScoreSheet, ratings: Sequence[Rating], found: Severities
) -> Mapping[str, Change]:
    """For everybody with an overall score. What the wash-up agreed is nobody's own and stays as it is."""
    settled = {(cell.applicant, cell.exercise, cell.criterion) for cell in sheet.cells if cell.agreed}
    number_given: dict[tuple[str, str, str], int] = {}
    for each in ratings:
        key = (each.applicant, each.exercise, each.criterion)
        number_given[key] = number_given.get(key, 0) + 1
    total = float(sum(framework.weights.values()))
    weight = {cell: float(each) / total for cell, each in framework.weights.items()}
    pull = {applicant: np.zeros(len(found.assessors)) for applicant in scored(sheet)}
    for each in ratings:
        key = (each.applicant, each.exercise, each.criterion)
        if each.applicant in pull and key not in settled:
            place = found.place_by_assessor[each.assessor]
            pull[each.applicant][place] += weight[each.exercise, each.criterion] / number_given[key]
    severity = np.array([each.severity for each in found.assessors])
    return {
        applicant: Change(float(own @ severity), float(max(own @ found.covariances @ own, 0.0)) ** 0.5)
        for applicant, own in pull.items()
    }


def adjusted_standings(
    order: OrderOfMerit,
    changes: Mapping[str, Change],
    offers: frozenset[str],
    offers_adjusted: frozenset[str] | None,
) -> tuple[AdjustedStanding, ...]:
    """Everybody with a rank, in order of merit. Those level after the adjustment stay in order of merit."""
    ranked = [(line.applicant, line.rank, float(line.overall or 0)) for line in order.lines if line.rank]
    by_adjusted = sorted(ranked, key=lambda line: -(line[2] + changes[line[0]].change))
    place = {applicant: number for number, (applicant, _, _) in enumerate(by_adjusted, start=1)}
    return tuple(
        AdjustedStanding(
            applicant=applicant,
            rank=rank,
            overall=overall,
            change=changes[applicant].change,
            standard_error=changes[applicant].standard_error,
            rank_adjusted=place[applicant],
            offer=applicant in offers,
            offer_adjusted=None if offers_adjusted is None else applicant in offers_adjusted,
        )
        for applicant, rank, overall in ranked
    )


def movers_at_the_line(standings: Sequence[AdjustedStanding], most: int = 10) -> tuple[AdjustedStanding, ...]:
    """Those whose offer would change; then those who move most, the nearer to the last offer first."""
    last = max((each.rank for each in standings if each.offer), default=0)
    crossing = [each for each in standings if each.offer_adjusted not in (None, each.offer)]
    others = [each for each in standings if each.offer_adjusted in (None, each.offer) and each.places]
    near = sorted(
        others, key=lambda each: (abs(each.rank - last) > most, -abs(each.places), abs(each.rank - last))
    )
    return (*crossing, *near[: max(most - len(crossing), 0)])


def scored(sheet: ScoreSheet) -> list[str]:
    return [applicant for applicant, overall in sheet.overall.items() if overall is not None]
