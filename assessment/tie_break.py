"""Who comes first among applicants with the same overall score: named exercises in turn, then the lot.

Two scores tie only when they are the same fraction; 3.333 and 10/3 do not tie though both print as 3.33.
The lot can be recomputed by anybody who knows the seed; `README.md` shows the command. A tie that is left to
the panel stays a tie here: those concerned share a rank until somebody decides.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessment.framework import Framework
from assessment.scoring import ScoreSheet, weighted_mean


@dataclass(frozen=True, slots=True)
class Standing:
    """Applicants who stand on one level; more than one only while the tie-break has not separated them.

    `by` is the exercise that separated them from the others, empty where there was no tie.
    """

    applicants: tuple[str, ...]
    by: str


def separated(framework: Framework, sheet: ScoreSheet, tied: Sequence[str]) -> list[Standing]:
    """Put applicants with one overall score in order by the named exercises, the better mean first."""
    return separated_by(framework, sheet, tuple(tied), exercises_that_count(framework), by="")


def exercises_that_count(framework: Framework) -> tuple[str, ...]:
    """The exercises of the tie-break that the matrix rates; on the others everybody is level."""
    rated = {exercise for exercise, _ in framework.weights}
    return tuple(exercise for exercise in framework.tie_break if exercise in rated)


def lot_order(lot_seed: str, tied: Sequence[str]) -> list[str]:
    """Put applicants in the order of the lot: the lower number first."""
    return sorted(tied, key=lambda applicant: lot_number(lot_seed, applicant))


def lot_number(lot_seed: str, applicant: str) -> str:
    """HMAC-SHA-256 in hexadecimal, with the seed as key and the applicant's reference as message (UTF-8)."""
    return hmac.new(lot_seed.encode(), applicant.encode(), hashlib.sha256).hexdigest()


def separated_by(
    framework: Framework, sheet: ScoreSheet, tied: tuple[str, ...], exercises: tuple[str, ...], by: str
) -> list[Standing]:
    if len(tied) == 1 or not exercises:
        return [Standing(tied, by if len(tied) == 1 else "")]
    exercise, *later = exercises
    level_by_mean: dict[Fraction, list[str]] = {}
    for applicant in tied:
        level_by_mean.setdefault(exercise_mean(framework, sheet, applicant, exercise), []).append(applicant)
    return [
        standing
        for mean in sorted(level_by_mean, reverse=True)
        for standing in separated_by(framework, sheet, tuple(level_by_mean[mean]), tuple(later), by=exercise)
    ]


def exercise_mean(framework: Framework, sheet: ScoreSheet, applicant: str, exercise: str) -> Fraction:
    mean = weighted_mean(
        framework, [cell for cell in sheet.cells_by_applicant[applicant] if cell.exercise == exercise]
    )
    if mean is None:
        raise ValueError(f"{applicant} has no complete rating on {exercise} and cannot be in a tie")
    return mean
