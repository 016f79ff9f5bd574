"""A block of ratings that slipped: from some row on, each stands where the one before or after belongs.

It is looked for in each rater's column of an exercise, by whole applicants and by single rows, up and down
the table. The first of the block is then either anything or a copy of its neighbour, typed twice; what the
last should have been is lost. A block is seen where the applicants, or the criteria, differ enough from one
to the next: about three forms of five criteria, more where applicants are much alike. A slip by one row
among criteria that are rated alike changes little, and is not seen.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessment.plausibility.doubt import needed_of_moved
from assessment.plausibility.expectation import Expectation
from assessment.plausibility.finding import Check, Finding
from assessment.plausibility.sheet import ColumnKey, Form, Sheet, forms_of, rows_of, size_of
from assessment.plausibility.wording import counted

UNITS_LEAST = 3  # with two, it is a swap or a copy
STORIES = 4  # up or down, the first anything or a copy


@dataclass(frozen=True, slots=True)
class Block:
    """Units `first` to `last` of a column, of which all but `first` have the ratings of the unit before."""

    weight: float
    first: int
    last: int


def shifted_rows(check: Check, sheet: Sheet, expectation: Expectation) -> Iterator[Finding]:
    """By whole applicants and by single rows, in every column."""
    limit = needed_of_moved(sum(map(_comparisons, sheet.columns.values())))
    for key, forms in sheet.columns.items():
        if expectation.room_by_column[key] < limit:
            continue
        stories = [
            (best_block(sheet, expectation, ordered), ordered, down)
            for units in _sequences(forms)
            for ordered, down in ((units, True), (units[::-1], False))
        ]
        if not stories:
            continue
        block, ordered, down = max(stories, key=lambda story: story[0].weight)
        weight = expectation.weighed(block.weight, size_of(forms))
        if weight >= limit:
            yield _finding(check, sheet, key, ordered[block.first : block.last + 1], down, weight - limit)


def best_block(sheet: Sheet, expectation: Expectation, units: Sequence[Form]) -> Block:
    """The block that gains most when each unit of it but the first gives its ratings to the one before.

    For a block from i to j the weight is the sum of what units i to j - 1 gain by the ratings of their next
    ones, less the likelihood of unit j as it stands, plus that of whatever came to stand at unit i.
    """
    best = Block(-math.inf, 0, 0)
    start, at = -math.inf, 0
    gained = 0.0  # by all units before this one, each with the ratings of its next
    anything = -math.log(sheet.levels)
    for place, unit in enumerate(units):
        stands = expectation.stands(unit)
        if place and start + gained - stands > best.weight:
            best = Block(start + gained - stands, at, place)
        copied = place > 0 and _alike(expectation, unit, units[place - 1])
        begun = (0.0 if copied else len(unit) * anything) - gained
        if begun > start:
            start, at = begun, place
        if place + 1 < len(units):
            gained += _gain(sheet, expectation, unit, units[place + 1], stands)
    return best


def _gain(sheet: Sheet, expectation: Expectation, unit: Form, following: Form, stands: float) -> float:
    """What a unit gains by the ratings of the next one."""
    if len(unit) == 1 and len(following) == 1:
        return expectation.chances[unit[0]][expectation.given[following[0]]] - stands
    pairs = sheet.side_by_side(unit, following)
    if len(pairs) < len(unit):
        stands = expectation.stands([row for row, _ in pairs])
    return expectation.moved(pairs) - stands


def _comparisons(forms: dict[str, Form]) -> int:
    """Every block of every sequence, by every story."""
    return sum(STORIES * size * (size - 1) // 2 for size in map(len, _sequences(forms)))


def _sequences(forms: dict[str, Form]) -> Iterator[list[Form]]:
    """The forms one after the other; and, where they have several rows, these."""
    units = list(forms.values())
    if len(units) >= UNITS_LEAST:
        yield units
    if any(len(form) > 1 for form in units) and len(rows := sorted(rows_of(units))) >= UNITS_LEAST:
        yield [[row] for row in rows]


def _alike(expectation: Expectation, unit: Form, other: Form) -> bool:
    given = expectation.given
    return [given[row] for row in unit] == [given[row] for row in other]


def _finding(
    check: Check, sheet: Sheet, key: ColumnKey, block: Sequence[Form], down: bool, weight: float
) -> Finding:
    rater, exercise = key
    by_row = all(len(unit) == 1 for unit in block)
    rows = sorted(rows_of(block))
    applicants = list(dict.fromkeys(sheet.ratings[row].applicant for row in rows))
    whose = f"of the {'row' if by_row else 'applicant'} {'before' if down else 'after'}"
    reason = (
        f"{rater}'s {counted(len(rows), 'rating')} of {exercise} from {applicants[0]} to {applicants[-1]} "
        f"fit what "
        f"others gave far better one place {'up' if down else 'down'}: each seems to be that {whose}"
    )
    parts = (rater, exercise, applicants[0], applicants[-1])
    return check.found(parts, (rater, *applicants), reason, forms_of(rater, applicants, exercise), weight)
