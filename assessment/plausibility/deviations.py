"""Every rating less the campaign's mean of its exercise and criterion, and the means of what others gave.

A criterion that everybody finds hard is thereby no reason to doubt a rater. What is expected of a rating is
put together from these in `expectation.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessment.plausibility.sheet import Sheet


@dataclass(frozen=True)
class Deviations:
    """The deviation of each row; sums and counts by applicant, and by (applicant, rater).

    `here` is the mean deviation of the others in the row's cell, `elsewhere` that of everything others gave
    the applicant; 0 where there are none. `others` is how many others there are in the cell.
    """

    by_row: Sequence[float]
    by_applicant: dict[str, tuple[float, int]]
    by_pair: dict[tuple[str, str], tuple[float, int]]
    here: Sequence[float]
    elsewhere: Sequence[float]
    others: Sequence[int]

    def by_others(self, applicant: str, raters: Iterable[str]) -> float | None:
        """The mean of everything that others than these gave the applicant; None where there is nothing."""
        total, number = self.by_applicant[applicant]
        for rater in raters:
            own, count = self.by_pair[applicant, rater]
            total -= own
            number -= count
        return total / number if number else None


def deviations_of(sheet: Sheet) -> Deviations:
    by_row, here, others = _by_cell(sheet)
    by_pair = _by_pair(sheet, by_row)
    by_applicant: dict[str, tuple[float, int]] = {}
    for (applicant, _), (own, number) in by_pair.items():
        total, count = by_applicant.get(applicant, (0.0, 0))
        by_applicant[applicant] = (total + own, count + number)
    elsewhere = [0.0] * len(by_row)
    for (rater, _), forms in sheet.columns.items():
        for applicant, form in forms.items():
            own, number = by_pair[applicant, rater]
            total, count = by_applicant[applicant]
            if count > number:
                mean = (total - own) / (count - number)
                for row in form:
                    elsewhere[row] = mean
    return Deviations(by_row, by_applicant, by_pair, here, elsewhere, others)


def _by_pair(sheet: Sheet, by_row: Sequence[float]) -> dict[tuple[str, str], tuple[float, int]]:
    found: dict[tuple[str, str], tuple[float, int]] = {}
    for (rater, _), forms in sheet.columns.items():
        for applicant, form in forms.items():
            total, number = sum([by_row[row] for row in form]), len(form)
            before = found.get((applicant, rater))
            found[applicant, rater] = (
                (total, number) if before is None else (before[0] + total, before[1] + number)
            )
    return found


def _by_cell(sheet: Sheet) -> tuple[list[float], list[float], list[int]]:
    """Each row's deviation, the mean deviation of the others in its cell, and how many they are."""
    given, rows = sheet.given, len(sheet.ratings)
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for (_, exercise, criterion), cell in sheet.cells.items():
        total, number = sums.get((exercise, criterion), (0, 0))
        sums[exercise, criterion] = (total + sum([given[row] for row in cell]), number + len(cell))
    means = {key: total / number for key, (total, number) in sums.items()}
    by_row, here, others = [0.0] * rows, [0.0] * rows, [0] * rows
    for (_, exercise, criterion), cell in sheet.cells.items():
        mean, size = means[exercise, criterion], len(cell) - 1
        whole = sum([given[row] for row in cell])
        for row in cell:
            by_row[row] = given[row] - mean
            if size:
                here[row] = (whole - given[row]) / size - mean
                others[row] = size
    return by_row, here, others
