"""Ratings against what else is on record: declared interests, attendance, and who rated whom.

Nothing is reckoned here but counts, so there are no false alarms, only entries that a person has to put right
or explain. A missing rating is not looked for: whoever lacks one is unrankable, and `completeness.py` says
so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations

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
    """One applicant has a rater or a rating too many; most telling where another lacks just that one."""
    yield from _rows_astray(check, sheet)
    counts: dict[str, dict[str, int]] = {}
    for (applicant, exercise), raters in sheet.raters_by_form.items():
        counts.setdefault(exercise, {})[applicant] = len(raters)
    for exercise, by_applicant in counts.items():
        usual = _usual(by_applicant)
        if usual is not None:
            yield from _forms_astray(check, sheet, exercise, by_applicant, usual)


def _rows_astray(check: Check, sheet: Sheet) -> Iterator[Finding]:
    """Two forms of a rater in an exercise that each lack just the criteria which the other has."""
    for (rater, exercise), forms in sheet.columns.items():
        full = max(map(len, forms.values()))
        if full == min(map(len, forms.values())):
            continue
        criteria = {applicant: set(sheet.criteria_of(form)) for applicant, form in forms.items()}
        wanted = set().union(*criteria.values())
        short = [applicant for applicant in forms if criteria[applicant] < wanted]
        for pair in combinations(short, 2):
            whole, stray = sorted(
                pair, key=lambda who: (-len(forms[who]), len(sheet.raters_by_form[who, exercise]))
            )
            if criteria[whole] == wanted - criteria[stray]:
                lacking = references(sorted(criteria[stray]))
                reason = (
                    f"{rater} rated {whole} in {exercise} but not on {lacking}, and {stray} on {lacking} "
                    f"only: {counted(len(forms[stray]), 'rating')} of {whole} may stand under {stray}"
                )
                astray = forms_of(rater, (whole, stray), exercise)
                yield check.found((rater, whole, stray, exercise), (rater, whole, stray), reason, astray)


def _forms_astray(
    check: Check, sheet: Sheet, exercise: str, by_applicant: Mapping[str, int], usual: int
) -> Iterator[Finding]:
    """Somebody with more raters than all others, and those of the session who have fewer."""
    for applicant, number in by_applicant.items():
        if number > usual:
            raters = sheet.raters_by_form[applicant, exercise]
            fewer = [
                who for who, n in by_applicant.items() if n < usual and sheet.same_session(who, applicant)
            ]
            lack = f", and {references(fewer)} fewer" if fewer else ""
            reason = (
                f"{applicant} has {counted(number, 'rater')} in {exercise} ({references(raters)}) where "
                f"others have {usual}{lack}: ratings of somebody else may stand under {applicant}"
            )
            forms = [(rater, applicant, exercise) for rater in raters]
            yield check.found((applicant, exercise), (applicant, *raters, *fewer), reason, forms)


def _usual(by_applicant: Mapping[str, int]) -> int | None:
    """How many raters the applicants of an exercise have, where nearly all have the same number."""
    (usual, number), *_ = Counter(by_applicant.values()).most_common(1)
    uneven = len(by_applicant) - number
    few = uneven <= max(UNEVEN_MAX, len(by_applicant) // UNEVEN_SHARE)
    return usual if few and number >= EVEN_LEAST and number > uneven else None
