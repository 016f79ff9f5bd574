"""The wash-up: which ratings of one cell lie so far apart that they must be discussed, and what was settled.

The agenda shows how far apart they are, never who gave which: an open discussion of whose rating it was does
not make the result truer. What is settled comes back as agreed ratings; the first ratings stay as they were,
and `settled_cells` sets them beside each other, with who gave them, for the record. What a settlement does to
the order of merit is in `washup_effect.py`.

Source for keeping back who gave what: the field experiment in Public Personnel Management 21(2), 1992,
doi 10.1177/009102609202100205 (its abstract).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from assessment.framework import Framework
from assessment.ratings import AgreedRating, Rating
from assessment.scoring import CellKey, ScoreSheet


class Remark(StrEnum):
    """Why somebody should look at an agreed rating again."""

    NEEDS_REASON = "needs_reason"
    NOT_FAR_APART = "not_far_apart"
    OUTSIDE_THE_RATINGS = "outside_the_ratings"
    RATINGS_MISSING = "ratings_missing"


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One cell whose ratings are at least `rating_gap_to_discuss` apart.

    `ratings` are in order of size, the lowest first, so that their order tells nothing about who gave them.
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


@dataclass(frozen=True, slots=True)
class PanelAgenda:
    """What one set of raters has to discuss: all who rated the applicant in that exercise.

    `panel` is a number from 1, the same for as long as the ratings are; `raters` says whom to call together
    and nothing more.
    """

    panel: int
    raters: tuple[str, ...]
    discrepancies: tuple[Discrepancy, ...]

    @property
    def still_open(self) -> tuple[Discrepancy, ...]:
        return tuple(each for each in self.discrepancies if not each.settled)


@dataclass(frozen=True, slots=True)
class SettledCell:
    """One agreed rating beside the first ratings, which say who gave them: for the record only.

    `mean` is of the first ratings, None where there are none; that of fewer than `raters_min` never counted.
    """

    applicant: str
    exercise: str
    criterion: str
    first_ratings: tuple[Rating, ...]
    agreed: Fraction
    reason: str
    remarks: tuple[Remark, ...]

    @property
    def mean(self) -> Fraction | None:
        given = [each.rating for each in self.first_ratings]
        return sum(given, Fraction(0)) / len(given) if given else None


def washup_agenda(framework: Framework, sheet: ScoreSheet) -> tuple[Discrepancy, ...]:
    """Every discrepancy, the widest first, then by applicant, exercise and criterion."""
    wide = [
        Discrepancy(
            applicant=cell.applicant,
            exercise=cell.exercise,
            criterion=cell.criterion,
            ratings=tuple(sorted(cell.ratings)),
            spread=spread_of(cell.ratings),
            agreed=cell.final if cell.agreed else None,
        )
        for cell in sheet.cells
        if is_wide(framework, cell.ratings)
    ]
    return tuple(sorted(wide, key=lambda each: (-each.spread, each.applicant, each.exercise, each.criterion)))


def agenda_by_panel(agenda: Sequence[Discrepancy], ratings: Iterable[Rating]) -> tuple[PanelAgenda, ...]:
    """The agenda for each set of raters, in the agenda's order; panels are numbered by their first item."""
    raters = raters_by_sitting(ratings)
    by_panel: dict[tuple[str, ...], list[Discrepancy]] = {}
    for each in agenda:
        by_panel.setdefault(raters[each.applicant, each.exercise], []).append(each)
    return tuple(
        PanelAgenda(number, panel, tuple(found)) for number, (panel, found) in enumerate(by_panel.items(), 1)
    )


def settled_cells(
    framework: Framework, ratings: Iterable[Rating], agreed: Iterable[AgreedRating]
) -> tuple[SettledCell, ...]:
    """Every agreed rating in the order given, with the first ratings and what somebody should look at."""
    first: dict[CellKey, list[Rating]] = {}
    for each in ratings:
        first.setdefault((each.applicant, each.exercise, each.criterion), []).append(each)
    return tuple(
        settled_cell(framework, each, first.get((each.applicant, each.exercise, each.criterion), ()))
        for each in agreed
    )


def settled_cell(framework: Framework, agreed: AgreedRating, first: Sequence[Rating]) -> SettledCell:
    return SettledCell(
        applicant=agreed.applicant,
        exercise=agreed.exercise,
        criterion=agreed.criterion,
        first_ratings=tuple(first),
        agreed=agreed.rating,
        reason=agreed.reason,
        remarks=remarks_on(framework, agreed, [each.rating for each in first]),
    )


def remarks_on(framework: Framework, agreed: AgreedRating, first: Sequence[Fraction]) -> tuple[Remark, ...]:
    missing = len(first) < framework.raters_min
    found: Mapping[Remark, bool] = {
        Remark.NEEDS_REASON: not agreed.reason.strip(),
        Remark.RATINGS_MISSING: missing,
        Remark.NOT_FAR_APART: not missing and not is_wide(framework, first),
        Remark.OUTSIDE_THE_RATINGS: bool(first) and not min(first) <= agreed.rating <= max(first),
    }
    return tuple(remark for remark, applies in found.items() if applies)


def raters_by_sitting(ratings: Iterable[Rating]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Everybody who rated an applicant in an exercise, on whichever criterion."""
    found: dict[tuple[str, str], set[str]] = {}
    for each in ratings:
        found.setdefault((each.applicant, each.exercise), set()).add(each.assessor)
    return {sitting: tuple(sorted(raters)) for sitting, raters in found.items()}


def is_wide(framework: Framework, ratings: Sequence[Fraction]) -> bool:
    return len(ratings) > 1 and spread_of(ratings) >= framework.rating_gap_to_discuss


def spread_of(ratings: Sequence[Fraction]) -> Fraction:
    return max(ratings) - min(ratings)
