"""Ratings against what else is on record: declared interests, attendance, and who rated whom.

Nothing is reckoned here but counts, so there are no false alarms, only entries that a person has to put right
or explain. A missing rating is not looked for: whoever lacks one is unrankable, and `completeness.py` says
so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from assessment.plausibility.expectation import Expectation
from assessment.plausibility.finding import Check, Finding
from assessment.plausibility.sheet import Sheet, forms_of
from assessment.plausibility.wording import counted, references

# So many applicants of an exercise may have more or fewer raters than the others; with more, the numbers
# simply vary.
UNEVEN_MAX, UNEVEN_SHARE = 2, 20
EVEN_LEAST = 3


def kept_apart(check: Check, sheet: Sheet, expectation: Expectation) -> Iterator[Finding]:
    """Ratings by somebody whom a declared interest keeps apart from the applicant."""
    by_pair = expectation.deviations.by_pair
    for applicant, rater in sorted(pair for pair in sheet.apart if pair in by_pair):
        _, number = by_pair[applicant, rater]
        exercises = [e for (r, e), forms in sheet.columns.items() if r == rater and applicant in forms]
        reason = (
            f"{rater} gave {counted(number, 'rating')} of {applicant} ({references(exercises)}), though a "
            f"declared "
            f"interest keeps the two apart"
        )
        forms = [(rater, applicant, exercise) for exercise in exercises]
        yield check.found((applicant, rater), (applicant, rater), reason, forms)


def rated_but_absent(check: Check, sheet: Sheet, expectation: Expectation) -> Iterator[Finding]:
    """Ratings of somebody who was not there: attendance is wrong, or the ratings are somebody else's."""
    if sheet.attendance is None:
        return
    for applicant, (_, number) in sorted(expectation.deviations.by_applicant.items()):
        status = sheet.attendance.get(applicant)
        if status is None or not status.came:
            says = "has no row for them" if status is None else f"says {status.value}"
            reason = f"{applicant} has {counted(number, 'rating')}, but the table attendance {says}"
            yield check.found((applicant,), (applicant,), reason)


def rating_of_another(check: Check, sheet: Sheet, expectation: Expectation) -> Iterator[Finding]:
    """One applicant has a rater or a rating too many, and another lacks just that one."""
    yield from _rows_astray(check, sheet)
    counts: dict[str, dict[str, int]] = {}
    for (applicant, exercise), raters in sheet.raters_by_form.items():
        counts.setdefault(exercise, {})[applicant] = len(raters)
    for exercise, by_applicant in counts.items():
        usual = _usual(by_applicant)
        if usual is not None:
            yield from _forms_astray(check, sheet, exercise, by_applicant, usual)


def _rows_astray(check: Check, sheet: Sheet) -> Iterator[Finding]:
    """A form that lacks a criterion, where the same rater's only rating of somebody else is just that one."""
    for (rater, exercise), forms in sheet.columns.items():
        full = max(map(len, forms.values()))
        if full == min(map(len, forms.values())):
            continue
        short = {applicant: sheet.criteria_of(form) for applicant, form in forms.items() if len(form) < full}
        wanted = {criterion for each in forms.values() for criterion in sheet.criteria_of(each)}
        for lacking, has in short.items():
            for other, stray in short.items():
                if len(stray) < len(has) and set(has) | set(stray) == wanted and not set(has) & set(stray):
                    reason = (
                        f"{rater} rated {lacking} in {exercise} without {references(stray)}, and {other} on "
                        f"{references(stray)} only: the {counted(len(stray), 'rating')} may be that of "
                        f"{lacking}"
                    )
                    forms_in_question = forms_of(rater, (lacking, other), exercise)
                    parts = (rater, lacking, other, exercise)
                    yield check.found(parts, (rater, lacking, other), reason, forms_in_question)


def _forms_astray(
    check: Check, sheet: Sheet, exercise: str, by_applicant: Mapping[str, int], usual: int
) -> Iterator[Finding]:
    """A whole form under the wrong applicant; and somebody with more raters than all others."""
    fewer = [applicant for applicant, number in by_applicant.items() if number < usual]
    for other in [applicant for applicant, number in by_applicant.items() if number > usual]:
        raters = sheet.raters_by_form[other, exercise]
        astray = [
            (rater, each) for rater in raters for each in fewer if _belongs(sheet, exercise, rater, each)
        ]
        for rater, lacking in astray:
            reason = (
                f"{other} has {len(raters)} raters in {exercise} and {lacking} "
                f"{by_applicant[lacking]}, where others have {usual}: {rater}, who rated with {lacking}'s "
                f"raters, "
                f"rated {other} and not {lacking}"
            )
            forms = forms_of(rater, (other,), exercise)
            yield check.found((rater, lacking, other, exercise), (rater, lacking, other), reason, forms)
        if not astray:
            reason = (
                f"{other} has {len(raters)} raters in {exercise} ({references(raters)}), where others "
                f"have {usual}: ratings of somebody else may have been entered here"
            )
            forms = [(rater, other, exercise) for rater in raters]
            yield check.found((other, exercise), (other, *raters), reason, forms)


def _usual(by_applicant: Mapping[str, int]) -> int | None:
    """How many raters the applicants of an exercise have, where nearly all have the same number."""
    (usual, number), *_ = Counter(by_applicant.values()).most_common(1)
    uneven = len(by_applicant) - number
    few = uneven <= max(UNEVEN_MAX, len(by_applicant) // UNEVEN_SHARE)
    return usual if few and number >= EVEN_LEAST and number > uneven else None


def _belongs(sheet: Sheet, exercise: str, rater: str, applicant: str) -> bool:
    """Whether the rater did not rate the applicant, but rated others together with those who did."""
    raters = set(sheet.raters_by_form[applicant, exercise])
    if rater in raters:
        return False
    return any(raters & set(sheet.raters_by_form[each, exercise]) for each in sheet.columns[rater, exercise])
