"""How likely each rating was, given everybody else's: what every check of disagreement is reckoned with.

What a rater gives is expected near what the others gave in the same cell, and what others gave the applicant
elsewhere; how much each of the two says is fitted to the campaign by least squares. How far ratings then lie
from there is learnt from the campaign too (`spread.py`), and a rater's severity in an exercise is allowed
for. So where raters agree little, nothing looks unlikely, and the checks are quiet by themselves. How
unlikely is too unlikely is in `doubt.py`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import mul

from assessment.plausibility.deviations import Deviations, deviations_of
from assessment.plausibility.sheet import ColumnKey, Sheet, rows_of
from assessment.plausibility.spread import FREEDOM, ROUNDS, Tables
from assessment.plausibility.standings import Standing, standings_of

OTHERS_MAX = 3  # three others or more in a cell are one class
SEVERITY_CELLS = 8.0  # so many cells without severity are added before a rater's own is believed
SHIFTS = (-1.0, -0.5, 0.0, 0.5, 1.0)  # in steps of the scale
SCALE_LEAST = 0.3  # in steps of the scale, however well raters agree
CLOSE_ENOUGH = 0.001
ROWS_FITTED = 5_000  # of each class, evenly over the table: enough to know two factors and a scale by
SCALES_MOST = 2.0  # how much of a residual counts for the halo, so that one gross error is not taken for it


@dataclass(frozen=True, slots=True)
class Fit:
    """How much the others here and the others elsewhere say of a rating, and the scale of what is left."""

    here: float
    elsewhere: float
    scale: float


@dataclass(frozen=True)
class Expectation:
    """What to expect of each row.

    `given` is each row's level, `expected` the level to be expected without the rater's severity, `severity`
    how much the rater gives above that throughout the exercise, `classes` how many others stand behind it.
    `chances` has the natural logarithm of the chance of each level, severity allowed for. `halo` is how far
    the ratings of one form err together in this campaign, from 0 (each on its own) to 1 (all alike).
    """

    sheet: Sheet
    given: Sequence[int]
    deviations: Deviations
    expected: Sequence[float]
    severity: Sequence[float]
    classes: Sequence[int]
    tables: Tables
    chances: Sequence[Sequence[float]]
    halo: float

    @cached_property
    def own(self) -> list[float]:
        """The log chance of each row's rating as it stands."""
        return [chance[level] for chance, level in zip(self.chances, self.given, strict=True)]

    @cached_property
    def room(self) -> list[float]:
        """How much likelier than the rating of each row its likeliest level is: no story gains more there."""
        best = {id(chance): max(chance) for chance in {id(each): each for each in self.chances}.values()}
        return [best[id(chance)] - own for chance, own in zip(self.chances, self.own, strict=True)]

    @cached_property
    def room_by_column(self) -> dict[ColumnKey, float]:
        return {key: self.room_in(rows_of(forms.values())) for key, forms in self.sheet.columns.items()}

    @cached_property
    def standings(self) -> dict[str, dict[str, Standing]]:
        """Every applicant in every exercise, beside what the other exercises let expect."""
        return standings_of(self.sheet, self.deviations)

    def room_in(self, rows: Iterable[int]) -> float:
        room = self.room
        return sum([room[row] for row in rows])

    def stands(self, rows: Iterable[int]) -> float:
        """The log likelihood of these rows' ratings as they stand."""
        own = self.own
        return sum([own[row] for row in rows])

    def moved(self, pairs: Iterable[tuple[int, int]]) -> float:
        """The log likelihood of the first rows of these pairs with the ratings of the second ones."""
        chances, given = self.chances, self.given
        return sum([chances[row][given[other]] for row, other in pairs])

    def turned(self, rows: Iterable[int]) -> float:
        """The log likelihood of these rows' ratings with the scale upside down, and without severity."""
        top, row_of = self.sheet.levels - 1, self.tables.row
        classes, expected, given = self.classes, self.expected, self.given
        return sum([row_of(classes[row], expected[row])[top - given[row]] for row in rows])

    def stands_with_shift(self, rows: Sequence[int]) -> float:
        """As `stands`, with the one shift up or down for all these rows that suits them best."""
        return max(self._shifted(rows, shift) for shift in SHIFTS)

    def _shifted(self, rows: Sequence[int], shift: float) -> float:
        row_of, classes, given = self.tables.row, self.classes, self.given
        expected, severity = self.expected, self.severity
        return sum([row_of(classes[row], expected[row] + severity[row] + shift)[given[row]] for row in rows])

    def weighed(self, gain: float, cells_of_a_form: float) -> float:
        """A gain in log likelihood, counted for less where the cells of a form err together.

        It is divided by the design effect of forms of k cells, 1 + (k - 1) x halo (Kish, Survey Sampling,
        1965): with a halo of 1, k cells that say the same count as one.
        """
        return gain / (1 + (cells_of_a_form - 1) * self.halo)


def expectation_of(sheet: Sheet) -> Expectation:
    """Fit the expectation to the ratings themselves, those in doubt included."""
    deviations = deviations_of(sheet)
    classes = [others if others < OTHERS_MAX else OTHERS_MAX for others in deviations.others]
    fits = [_fit(deviations, classes, kind) for kind in range(OTHERS_MAX + 1)]
    residuals = _residuals(deviations, classes, fits)
    severity = _severities(sheet, residuals)
    scales = [max(SCALE_LEAST, fit.scale) for fit in fits]
    tables = Tables(sheet.levels, scales)
    expected = [level - residual for level, residual in zip(sheet.given, residuals, strict=True)]
    return Expectation(
        sheet=sheet,
        given=sheet.given,
        deviations=deviations,
        expected=expected,
        severity=severity,
        classes=classes,
        tables=tables,
        chances=tables.rows(classes, [e + s for e, s in zip(expected, severity, strict=True)]),
        halo=_halo(sheet, _without_outliers(residuals, severity, classes, scales)),
    )


def _residuals(deviations: Deviations, classes: Sequence[int], fits: Sequence[Fit]) -> list[float]:
    """What is left of each deviation."""
    here_factors, elsewhere_factors = [fit.here for fit in fits], [fit.elsewhere for fit in fits]
    return [
        deviation - here_factors[kind] * here - elsewhere_factors[kind] * elsewhere
        for deviation, here, elsewhere, kind in zip(
            deviations.by_row, deviations.here, deviations.elsewhere, classes, strict=True
        )
    ]


def _fit(deviations: Deviations, classes: Sequence[int], kind: int) -> Fit:
    """Student's t regression of the deviations on the two means of others, by reweighted least squares.

    Outliers count for little in it, so that it stays what it is when one rater's ratings are wrong.
    """
    rows = [row for row, each in enumerate(classes) if each == kind]
    rows = rows[:: len(rows) // ROWS_FITTED + 1]
    y, h, e = (
        [each[row] for row in rows] for each in (deviations.by_row, deviations.here, deviations.elsewhere)
    )
    fit = Fit(0.0, 0.0, 0.0)
    weights = [1.0] * len(rows)
    for _ in range(ROUNDS):
        here, elsewhere = _factors(y, h, e, weights)
        squares = [(d - here * a - elsewhere * b) ** 2 for d, a, b in zip(y, h, e, strict=True)]
        before, square = fit.scale, sum(map(mul, weights, squares)) / len(rows) if rows else 0.0
        fit = Fit(here, elsewhere, math.sqrt(square))
        if fit.scale < SCALE_LEAST / 2 or abs(fit.scale - before) < CLOSE_ENOUGH * fit.scale:
            break
        weights = [(FREEDOM + 1) / (FREEDOM + each / square) for each in squares]
    return fit


def _factors(
    y: Sequence[float], h: Sequence[float], e: Sequence[float], weights: Sequence[float]
) -> tuple[float, float]:
    """The two factors, without a constant; where the means cannot be told apart, one that says anything."""
    wh, we = list(map(mul, weights, h)), list(map(mul, weights, e))
    hh, he, ee, hy, ey = _product(wh, h), _product(wh, e), _product(we, e), _product(wh, y), _product(we, y)
    determinant = hh * ee - he * he
    if determinant > 1e-9 * hh * ee:
        return (hy * ee - ey * he) / determinant, (ey * hh - hy * he) / determinant
    if hh:
        return hy / hh, 0.0
    return 0.0, ey / ee if ee else 0.0


def _product(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(map(mul, one, other), 0.0)


def _severities(sheet: Sheet, residuals: Sequence[float]) -> list[float]:
    """For each row how much its rater gives above what is expected, over the exercise, drawn towards 0."""
    found = [0.0] * len(residuals)
    for forms in sheet.columns.values():
        rows = rows_of(forms.values())
        shift = sum([residuals[row] for row in rows]) / (len(rows) + SEVERITY_CELLS)
        for row in rows:
            found[row] = shift
    return found


def _without_outliers(
    residuals: Sequence[float], severity: Sequence[float], classes: Sequence[int], scales: Sequence[float]
) -> list[float]:
    """What is left of each residual without severity, cut off at so many scales."""
    most = [SCALES_MOST * scale for scale in scales]
    return [
        max(-most[kind], min(most[kind], residual - shift))
        for residual, shift, kind in zip(residuals, severity, classes, strict=True)
    ]


def _halo(sheet: Sheet, left: Sequence[float]) -> float:
    """The correlation of what two ratings of one form are off by, never below 0."""
    squares = _product(left, left)
    off_diagonal = pairs = 0.0
    for forms in sheet.columns.values():
        for form in forms.values():
            own = [left[row] for row in form]
            off_diagonal += sum(own) ** 2
            pairs += len(own) * (len(own) - 1)
    if not pairs or not squares:
        return 0.0
    return min(1.0, max(0.0, ((off_diagonal - squares) / pairs) / (squares / len(left))))
