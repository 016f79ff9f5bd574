"""Makes two made-up applicants exactly level where the places run out, so that the tie-break chain has work.

It counts as the campaign format does, in exact fractions, and is the only file of the samples that does.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from fractions import Fraction

from api.samples.programme import MATRIX

Cell = tuple[str, str, str]
Ratings = dict[Cell, dict[str, int]]  # cell -> rater -> rating


def make_level(ratings: Ratings, agreed: Mapping[Cell, int], places: int) -> None:
    """Raises or lowers single ratings of the applicant ranked just after `places` until they are level.

    Only cells without a wide gap change, and none so far that a gap opens or a floor is broken.
    """
    order = appointable_in_order(ratings, agreed)
    if len(order) <= places:
        raise ValueError(f"only {len(order)} appointable, {places} wanted")
    above, below = order[places - 1], order[places]
    missing = _total(ratings, agreed, above) - _total(ratings, agreed, below)
    steps = _single_steps(ratings, agreed, below)
    for size in range(1, 5):
        for chosen in itertools.combinations(steps, size):
            if sum(gain for _, _, _, gain in chosen) == missing and _apart(chosen):
                for cell, rater, change, _ in chosen:
                    ratings[cell][rater] += change
                return
    if missing:
        raise ValueError("no four ratings make the two level")


def appointable_in_order(ratings: Ratings, agreed: Mapping[Cell, int]) -> list[str]:
    """Those above floors and standard, best first; applicants who are level in order of reference."""
    people = sorted({applicant for applicant, _, _ in ratings})
    good = [a for a in people if _is_appointable(ratings, agreed, a)]
    return sorted(good, key=lambda a: -_total(ratings, agreed, a))


Step = tuple[Cell, str, int, Fraction]  # cell, rater, change, gain in the weighted total


def _single_steps(ratings: Ratings, agreed: Mapping[Cell, int], applicant: str) -> list[Step]:
    steps: list[Step] = []
    for (exercise, criterion), weight in MATRIX.items():
        cell = (applicant, exercise, criterion)
        given = ratings[cell]
        if cell in agreed:
            continue
        for rater, change in itertools.product(sorted(given), (1, -1)):
            changed = {**given, rater: given[rater] + change}
            if min(changed.values()) >= 3 and max(changed.values()) <= 5 and _gap(changed) < 2:
                steps.append((cell, rater, change, Fraction(weight * change, len(given))))
    return sorted(steps, key=lambda step: step[3] < 0)


def _apart(steps: tuple[Step, ...]) -> bool:
    return len({cell for cell, _, _, _ in steps}) == len(steps)


def _gap(given: Mapping[str, int]) -> int:
    return max(given.values()) - min(given.values())


def _final(ratings: Ratings, agreed: Mapping[Cell, int], cell: Cell) -> Fraction:
    if cell in agreed:
        return Fraction(agreed[cell])
    given = ratings[cell]
    return Fraction(sum(given.values()), len(given))


def _total(ratings: Ratings, agreed: Mapping[Cell, int], applicant: str) -> Fraction:
    return sum(
        (weight * _final(ratings, agreed, (applicant, *cell)) for cell, weight in MATRIX.items()), Fraction(0)
    )


def _is_appointable(ratings: Ratings, agreed: Mapping[Cell, int], applicant: str) -> bool:
    finals = [int(_final(ratings, agreed, (applicant, *cell))) for cell in MATRIX]
    standard = Fraction(3 * sum(MATRIX.values()))
    return finals.count(1) == 0 and finals.count(2) <= 2 and _total(ratings, agreed, applicant) >= standard
