"""Numbers that are no ratings: row numbers, ranks, a column in order of size, the same number throughout.

Each story says outright which numbers stand there, and is held against how likely those numbers are as
ratings, given what the others gave. Row numbers and ranks are looked for where they fit the scale; beyond it
the reader refuses them. Each needs more than one form: 1, 2, 3 for one applicant is a rating like any other.

What is not seen: ranks of two applicants, or of three on a single criterion; a constant column where the
others gave much the same too (then it does little harm); on a scale that does not begin at 0 or 1, row
numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assessment.plausibility.doubt import needed, needed_to_refuse
from assessment.plausibility.expectation import Expectation
from assessment.plausibility.finding import Check, Finding
from assessment.plausibility.sheet import ColumnKey, Form, Sheet, forms_of, rows_of, size_of
from assessment.plausibility.wording import counted, others_gave, references

CRITERIA_LEAST = 3
RANKED_LEAST = 3
NUMBERINGS = 2  # up or down
RANKINGS = 3  # of whole applicants, of applicants on each criterion, of each applicant's criteria


def row_numbers(check: Check, sheet: Sheet, expectation: Expectation) -> Iterator[Finding]:
    """1, 2, 3 ... down every form of a rater in an exercise, or up."""
    limit = needed_to_refuse(NUMBERINGS * len(sheet.columns))
    for (rater, exercise), forms in sheet.columns.items():
        rows = rows_of(forms.values())
        in_words = _numbered(sheet, list(forms.values())) if _has_a_one(sheet, rows) else ""
        if not in_words:
            continue
        weight = expectation.weighed(-expectation.stands(rows), size_of(forms))
        if weight >= limit:
            reason = (
                f"{rater}'s ratings of {exercise} are {in_words} for {references(forms)}: row numbers, "
                f"not ratings; {others_gave(sheet, rows)}"
            )
            yield check.found(
                (rater, exercise), (rater, *forms), reason, forms_of(rater, forms, exercise), weight - limit
            )


def ranks(check: Check, sheet: Sheet, expectation: Expectation) -> Iterator[Finding]:
    """Each of 1 to n once, among the applicants of one session or among the criteria of each applicant."""
    limit = needed(RANKINGS * len(sheet.columns))
    for (rater, exercise), every_form in sheet.columns.items():
        for session, forms in _by_session(sheet, every_form).items():
            rows = rows_of(forms.values())
            found = _ranked(sheet, list(forms.values())) if _has_a_one(sheet, rows) else None
            if found is None:
                continue
            in_words, orders = found
            weight = expectation.weighed(-expectation.stands(rows), size_of(forms)) - orders
            if weight >= limit:
                reason = (
                    f"{rater}'s ratings of {references(forms)} in {exercise} are {in_words}, each number "
                    f"once: ranks, not ratings; {others_gave(sheet, rows)}"
                )
                parts = (rater, exercise, *([session] if session else []))
                yield check.found(
                    parts, (rater, *forms), reason, forms_of(rater, forms, exercise), weight - limit
                )


def sorted_column(check: Check, sheet: Sheet, expectation: Expectation) -> Iterator[Finding]:
    """All of a rater's ratings in an exercise, down the table, in order of size."""
    limit = needed(2 * len(sheet.columns))
    for (rater, exercise), forms in sheet.columns.items():
        rows = sorted(rows_of(forms.values()))
        numbers = [sheet.given[row] for row in rows]
        if len(forms) < 2 or numbers[0] == numbers[-1] or not _in_order(numbers):
            continue
        # As many columns of this length are in order as there are ways to say where each level ends.
        orders = math.log(math.comb(len(rows) + sheet.levels - 1, sheet.levels - 1))
        weight = expectation.weighed(-expectation.stands(rows), size_of(forms)) - orders
        if weight >= limit:
            way = "rise" if numbers[0] < numbers[-1] else "fall"
            reason = (
                f"{rater}'s {counted(len(rows), 'rating')} of {exercise} only {way} down the table, from "
                f"{sheet.shown(numbers[0])} to {sheet.shown(numbers[-1])}, as if the column had been "
                f"sorted by "
                f"itself; {others_gave(sheet, rows)}"
            )
            yield check.found(
                (rater, exercise), (rater, *forms), reason, forms_of(rater, forms, exercise), weight - limit
            )


def constant_column(check: Check, sheet: Sheet, expectation: Expectation) -> Iterator[Finding]:
    """The same rating throughout an exercise, or throughout everything a rater did."""
    by_rater: dict[str, list[ColumnKey]] = {}
    for rater, exercise in sheet.columns:
        by_rater.setdefault(rater, []).append((rater, exercise))
    whole = [keys for keys in by_rater.values() if len(keys) > 1]
    limit = needed(len(sheet.columns) + len(whole))
    for keys in [*([key] for key in sheet.columns), *whole]:
        yield from _constant(check, sheet, expectation, keys, limit)


def _constant(
    check: Check, sheet: Sheet, expectation: Expectation, keys: Sequence[ColumnKey], limit: float
) -> Iterator[Finding]:
    first = next(iter(sheet.columns[keys[0]].values()))[0]
    level = sheet.given[first]
    if any(sheet.given[form[0]] != level for key in keys for form in sheet.columns[key].values()):
        return
    rows = [row for key in keys for row in rows_of(sheet.columns[key].values())]
    if any(sheet.given[row] != level for row in rows) or len(set(sheet.others(rows))) < 2:
        return
    weight = -math.log(sheet.levels) + sum(
        expectation.weighed(-expectation.stands(rows_of(forms.values())), size_of(forms))
        for forms in map(sheet.columns.__getitem__, keys)
    )
    if weight >= limit:
        rater, exercise = keys[0]
        of = f" of {exercise}" if len(keys) == 1 else f", in {counted(len(keys), 'exercise')}"
        reason = (
            f"{rater} gave {sheet.shown(level)} in all {counted(len(rows), 'rating')}{of}; "
            f"{others_gave(sheet, rows)}"
        )
        forms_in_question = [form for key in keys for form in forms_of(rater, sheet.columns[key], key[1])]
        parts = (rater, exercise) if len(keys) == 1 else (rater,)
        yield check.found(parts, (rater,), reason, forms_in_question, weight - limit)


def _has_a_one(sheet: Sheet, rows: Sequence[int]) -> bool:
    """A quick look beforehand: every numbering and every ranking has a 1."""
    one, given = sheet.one, sheet.given
    return any(given[row] == one for row in rows)


def _numbered(sheet: Sheet, forms: Sequence[Form]) -> str:
    """How the rows of each form are numbered, in words; empty where they are not."""
    size = len(forms[0])
    upwards = list(range(1, size + 1))
    numbers = [[sheet.shown(sheet.given[row]) for row in form] for form in forms]
    in_turn = size >= CRITERIA_LEAST and len(forms) > 1 and numbers[0] in (upwards, upwards[::-1])
    if in_turn and all(each == numbers[0] for each in numbers):
        return f"{', '.join(map(str, numbers[0]))} in that order"
    return ""


def _ranked(sheet: Sheet, forms: Sequence[Form]) -> tuple[str, float] | None:
    """How the forms are ranked, in words, and the logarithm of the number of ways to rank them so."""
    numbers = [[sheet.shown(sheet.given[row]) for row in form] for form in forms]
    size = len(numbers[0])
    if len(forms) < 2 or any(len(each) != size for each in numbers):
        return None
    wanted = list(range(1, len(forms) + 1))
    if len(forms) >= RANKED_LEAST and all(sorted(column) == wanted for column in zip(*numbers, strict=True)):
        whole = all(len(set(each)) == 1 for each in numbers)
        return (
            f"1 to {len(forms)}" + ("" if whole else " on every criterion"),
            math.lgamma(len(forms) + 1) * (1 if whole else size),
        )
    wanted = list(range(1, size + 1))
    if size >= CRITERIA_LEAST and all(sorted(each) == wanted for each in numbers):
        return f"1 to {size} over each one's criteria", math.lgamma(size + 1) * len(forms)
    return None


def _by_session(sheet: Sheet, forms: dict[str, Form]) -> dict[str, dict[str, Form]]:
    found: dict[str, dict[str, Form]] = {}
    for applicant, form in forms.items():
        found.setdefault(sheet.session_by_applicant.get(applicant, ""), {})[applicant] = form
    return found


def _in_order(numbers: Sequence[int]) -> bool:
    rising = numbers[0] < numbers[-1]
    return all(one <= other if rising else one >= other for one, other in pairwise(numbers))
