"""How each applicant stands in an exercise, beside what the other exercises let expect.

It is what tells a panel that erred as one from applicants who are good or poor: their ratings elsewhere. As
far as exercises go together in a campaign is fitted to it by least squares, and how far means lie from there
is learnt from it. The checks made with it are in `panels.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.plausibility.deviations import Deviations
from assessment.plausibility.sheet import Sheet
from assessment.plausibility.spread import FREEDOM_OF_MEANS, scale_of, t_tail

STEPS_OF_FIVE = 4  # a scale from 1 to 5 has four steps; what is said in steps of it grows with longer scales
SCALE_LEAST = 0.15
APPLICANTS_LEAST = 6  # so many in an exercise, for a spread to be learnt


@dataclass(frozen=True, slots=True)
class Standing:
    """One applicant in one exercise.

    `mean` is the mean rating less that of the criteria, `off` how far it lies from what is expected, and
    `turned` how far it would with the scale upside down. `scale` is that of Student's t for `off`, and
    `chance` the log chance of `off`, but for a constant.
    """

    mean: float
    off: float
    turned: float
    scale: float
    chance: float

    def chance_shifted(self, shift: float) -> float:
        """The log chance where ratings of the panel lie so much above what they should be."""
        return t_tail((self.off - shift) / self.scale, FREEDOM_OF_MEANS)

    @property
    def chance_turned(self) -> float:
        return t_tail(self.turned / self.scale, FREEDOM_OF_MEANS)


@dataclass(frozen=True, slots=True)
class _Raw:
    mean: float
    turned: float
    elsewhere: float | None


def step_of(sheet: Sheet) -> float:
    """One step of a scale from 1 to 5, on the campaign's own scale."""
    return (sheet.levels - 1) / STEPS_OF_FIVE


def standings_of(sheet: Sheet, deviations: Deviations) -> dict[str, dict[str, Standing]]:
    """By exercise and applicant, for exercises with enough applicants."""
    found: dict[str, dict[str, _Raw]] = {}
    by_row, given, top = deviations.by_row, sheet.given, sheet.levels - 1
    rows_by_form: dict[tuple[str, str], list[int]] = {}
    for (applicant, exercise, _), cell in sheet.cells.items():
        rows_by_form.setdefault((applicant, exercise), []).extend(cell)
    for (applicant, exercise), raters in sheet.raters_by_form.items():
        rows = rows_by_form[applicant, exercise]
        mean = sum([by_row[row] for row in rows]) / len(rows)
        plain = sum([given[row] for row in rows]) / len(rows)
        # Turned, the rating is top - plain; the mean of the criteria is still plain - mean.
        turned = top - plain - (plain - mean)
        elsewhere = deviations.by_others(applicant, raters)
        found.setdefault(exercise, {})[applicant] = _Raw(mean, turned, elsewhere)
    step = step_of(sheet)
    return {e: _fitted(raw, step) for e, raw in found.items() if len(raw) >= APPLICANTS_LEAST}


def _fitted(found: Mapping[str, _Raw], step: float) -> dict[str, Standing]:
    told = [(each.mean, each.elsewhere) for each in found.values() if each.elsewhere is not None]
    square = sum(elsewhere * elsewhere for _, elsewhere in told)
    slope = sum(mean * elsewhere for mean, elsewhere in told) / square if square else 0.0
    expected = {who: slope * (each.elsewhere or 0.0) for who, each in found.items()}
    # Of whom nothing is known elsewhere, less is expected to be right.
    scales = {
        known: max(
            SCALE_LEAST * step,
            scale_of(
                [e.mean - expected[who] for who, e in found.items() if (e.elsewhere is not None) is known],
                FREEDOM_OF_MEANS,
            ),
        )
        for known in (False, True)
    }
    standings = {}
    for who, each in found.items():
        scale, off = scales[each.elsewhere is not None], each.mean - expected[who]
        chance = t_tail(off / scale, FREEDOM_OF_MEANS)
        standings[who] = Standing(each.mean, off, each.turned - expected[who], scale, chance)
    return standings
