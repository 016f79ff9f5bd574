"""One rater's scale read upside down, in one exercise or throughout: 1 for the best, 5 for the worst.

What counts is that the numbers fit what the others gave when they are turned round, and that no severity,
however great, lets them fit as they stand. A rater whose applicants were all middling, or all alike, cannot
be told from one who disagrees a little: on five criteria, about four applicants who differ are needed. A
whole panel or exercise upside down is another matter, for then nobody is left to disagree: `panels.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assessment.plausibility.doubt import needed
from assessment.plausibility.expectation import Expectation
from assessment.plausibility.finding import Check, Finding
from assessment.plausibility.sheet import ColumnKey, Sheet, forms_of, rows_of, size_of
from assessment.plausibility.wording import counted, mean


def upside_down(check: Check, sheet: Sheet, expectation: Expectation) -> Iterator[Finding]:
    """Every column by itself, and every rater's columns together."""
    by_rater: dict[str, list[ColumnKey]] = {}
    for rater, exercise in sheet.columns:
        by_rater.setdefault(rater, []).append((rater, exercise))
    whole = [keys for keys in by_rater.values() if len(keys) > 1]
    limit = needed(len(sheet.columns) + len(whole))
    against = {key: _against(sheet, expectation, key) for key in sheet.columns}
    for keys in [*([key] for key in sheet.columns), *whole]:
        # Numbers that rise with what is expected, on the whole, never fit better upside down.
        if sum(against[key] for key in keys) > 0:
            weight = sum(_weight(sheet, expectation, key) for key in keys)
            if weight >= limit:
                yield _finding(check, sheet, keys, weight - limit)


def _against(sheet: Sheet, expectation: Expectation, key: ColumnKey) -> float:
    """How far the numbers fall where more is expected: minus the covariance, times their number."""
    rows = rows_of(sheet.columns[key].values())
    given, expected = expectation.given, expectation.expected
    middle = sum([expected[row] for row in rows]) / len(rows)
    return -sum([given[row] * (expected[row] - middle) for row in rows])


def _weight(sheet: Sheet, expectation: Expectation, key: ColumnKey) -> float:
    forms = sheet.columns[key]
    rows = rows_of(forms.values())
    return expectation.weighed(expectation.turned(rows) - expectation.stands_with_shift(rows), size_of(forms))


def _finding(check: Check, sheet: Sheet, keys: Sequence[ColumnKey], weight: float) -> Finding:
    rater, exercise = keys[0]
    rows = [row for key in keys for row in rows_of(sheet.columns[key].values())]
    forms = [form for key in keys for form in forms_of(rater, sheet.columns[key], key[1])]
    of = f"of {exercise}" if len(keys) == 1 else f"in {counted(len(keys), 'exercise')}"
    reason = (
        f"{rater}'s {counted(len(rows), 'rating')} {of} run against everybody else's"
        f"{_where_others_gave_most(sheet, rows)}"
    )
    parts = (rater, exercise) if len(keys) == 1 else (rater,)
    return check.found(parts, (rater,), reason, forms, weight)


def _where_others_gave_most(sheet: Sheet, rows: Sequence[int]) -> str:
    """The rater's own mean where others rated above and below the middle of what they gave."""
    told = [(sum(others) / len(others), row) for row in rows if (others := sheet.others([row]))]
    if not told:
        return ""
    middle = sum(other for other, _ in told) / len(told)
    above = [sheet.given[row] for other, row in told if other > middle]
    below = [sheet.given[row] for other, row in told if other < middle]
    if not above or not below:
        return ""
    return (
        f": {mean(sheet, above)} on average where they gave more, {mean(sheet, below)} where they gave less"
    )
