"""What the wash-up changed: scores, ranks and offers with the agreed ratings and without them.

Both sides come from the same scoring, ranking and allocation, lot included; here they are only set beside
each other. Without an agreed rating the mean of the first ratings counts; a cell with too few has none. The
agreed ratings themselves are beside the first ratings in `washup.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from assessment.allocation.result import Allocation, Outcome
from assessment.ranking import OrderOfMerit
from assessment.scoring import ScoreSheet
from assessment.standard import Appointable


@dataclass(frozen=True)
class Outcomes:
    """One assessment carried through. `allocation` is None where places cannot be given out yet."""

    sheet: ScoreSheet
    order: OrderOfMerit
    allocation: Allocation | None


@dataclass(frozen=True, slots=True)
class Position:
    """Where one applicant stands. All is None for somebody who is not in the order of merit at all."""

    overall: Fraction | None = None
    rank: int | None = None
    appointable: Appointable | None = None
    outcome: Outcome | None = None
    council: str | None = None


@dataclass(frozen=True, slots=True)
class EffectLine:
    """One applicant without and with the wash-up.

    `settled` counts the applicant's agreed ratings. `completed` are the (exercise, criterion) that only the
    wash-up completed: they had too few ratings to count.
    """

    applicant: str
    settled: int
    completed: tuple[tuple[str, str], ...]
    without: Position
    after: Position

    @property
    def changed(self) -> bool:
        return self.without != self.after

    @property
    def offer_changed(self) -> bool:
        """Whether the applicant is offered another place, or one instead of none, or none instead of one."""
        return (self.without.outcome is Outcome.OFFER, self.without.council) != (
            self.after.outcome is Outcome.OFFER,
            self.after.council,
        )


def washup_effect(without: Outcomes, after: Outcomes) -> tuple[EffectLine, ...]:
    """One line for everybody in either order of merit, in the order of the one with the agreed ratings."""
    before, now = positions(without), positions(after)
    return tuple(
        EffectLine(
            applicant=applicant,
            settled=sum(cell.agreed for cell in after.sheet.cells_by_applicant.get(applicant, ())),
            completed=completed_cells(without.sheet, after.sheet, applicant),
            without=before.get(applicant, Position()),
            after=now.get(applicant, Position()),
        )
        for applicant in dict.fromkeys([*now, *before])
    )


def offers_moved(lines: Iterable[EffectLine]) -> tuple[str, ...]:
    """Everybody whose offer is another one, in the order of the lines."""
    return tuple(line.applicant for line in lines if line.offer_changed)


def positions(outcomes: Outcomes) -> dict[str, Position]:
    given = {line.applicant: line for line in outcomes.allocation.lines} if outcomes.allocation else {}
    found: dict[str, Position] = {}
    for line in outcomes.order.lines:
        place = given.get(line.applicant)
        found[line.applicant] = Position(
            overall=line.overall,
            rank=line.rank,
            appointable=line.appointable,
            outcome=place.outcome if place else None,
            council=place.council if place else None,
        )
    return found


def completed_cells(without: ScoreSheet, after: ScoreSheet, applicant: str) -> tuple[tuple[str, str], ...]:
    had = {
        (cell.exercise, cell.criterion)
        for cell in without.cells_by_applicant.get(applicant, ())
        if cell.final is not None
    }
    has = [
        (cell.exercise, cell.criterion)
        for cell in after.cells_by_applicant.get(applicant, ())
        if cell.final is not None
    ]
    return tuple(cell for cell in has if cell not in had)
