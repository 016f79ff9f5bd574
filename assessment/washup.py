"""The agenda of the wash-up: where the ratings of one cell lie so far apart that they must be discussed.

The agenda shows how far apart they are, not who gave which. What the wash-up settles comes back as agreed
ratings; the first ratings stay as they were.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from assessment.framework import Framework
from assessment.scoring import ScoreSheet


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One cell whose ratings are at least `rating_gap_to_discuss` apart.

    `agreed` is what the wash-up settled, None until it has.
    """

    applicant: str
    exercise: str
    criterion: str
    ratings: tuple[Fraction, ...]
    spread: Fraction
    agreed: Fraction | None

    @property
    def settled(self) -> bool:
        return self.agreed is not None


def washup_agenda(framework: Framework, sheet: ScoreSheet) -> tuple[Discrepancy, ...]:
    """Every discrepancy, the widest first, then by applicant, exercise and criterion."""
    wide = [
        Discrepancy(
            applicant=cell.applicant,
            exercise=cell.exercise,
            criterion=cell.criterion,
            ratings=cell.ratings,
            spread=max(cell.ratings) - min(cell.ratings),
            agreed=cell.final if cell.agreed else None,
        )
        for cell in sheet.cells
        if len(cell.ratings) > 1 and max(cell.ratings) - min(cell.ratings) >= framework.rating_gap_to_discuss
    ]
    return tuple(sorted(wide, key=lambda each: (-each.spread, each.applicant, each.exercise, each.criterion)))
