"""The same form twice: one rater's for two applicants, or two raters' for the same, evidence and all.

Ratings alone are often alike; it is the same words beside each of them that give a copy away. How often two
pieces of evidence are the same where nothing was copied is counted in the campaign itself, so a campaign
whose panels write their evidence together, or only in stock phrases, raises nothing. Without evidence nothing
is seen, nor is a copy of which a single word was changed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from itertools import combinations, islice, pairwise

from assessment.plausibility.doubt import needed
from assessment.plausibility.expectation import Expectation
from assessment.plausibility.finding import Check, Finding
from assessment.plausibility.sheet import Form, Sheet, forms_of, rows_of, size_of
from assessment.plausibility.wording import counted, references

PAIRS_COUNTED = 20_000  # enough to know a share by


def copied_between_applicants(check: Check, sheet: Sheet, expectation: Expectation) -> Iterator[Finding]:
    """One rater, one exercise: several applicants' forms with the same ratings and the same evidence."""
    if not any(sheet.evidence):
        return
    usual = _share(sheet, (pair for forms in sheet.columns.values() for pair in _neighbours(sheet, forms)))
    limit = needed(sum(sheet.pairs_in_a_session(list(forms)) for forms in sheet.columns.values()))
    for (rater, exercise), forms in sheet.columns.items():
        words = Counter(sheet.evidence[row] for row in rows_of(forms.values()))
        for alike in _alike(sheet, forms):
            rows = rows_of(forms[each] for each in alike[1:])
            stock = [max(usual, (words[sheet.evidence[r]] - len(alike)) / words.total()) for r in rows]
            gain = -expectation.stands(rows) - sum(map(math.log, stock))
            weight = expectation.weighed(gain, size_of(forms))
            if weight >= limit + (len(alike) - 2) * math.log(len(forms)):
                reason = (
                    f"{rater}'s {counted(len(forms[alike[0]]), 'rating')} of {references(alike)} in "
                    f"{exercise} "
                    f"are the same, with the same evidence word for word"
                )
                parts = (rater, exercise, *alike[:2])
                yield check.found(
                    parts, (rater, *alike), reason, forms_of(rater, alike, exercise), weight - limit
                )


def copied_between_raters(check: Check, sheet: Sheet, expectation: Expectation) -> Iterator[Finding]:
    """Two raters of the same applicants in an exercise of a session, every form of theirs the same."""
    if not any(sheet.evidence):
        return
    usual = _share(sheet, (pair for cell in sheet.cells.values() for pair in pairwise(cell)))
    shared = _shared_forms(sheet)
    limit = needed(len(shared))
    for (exercise, session, one, other), applicants in shared.items():
        mine, theirs = sheet.columns[one, exercise], sheet.columns[other, exercise]
        if not all(_same(sheet, mine[each], theirs[each]) for each in applicants):
            continue
        rows = rows_of(theirs[each] for each in applicants)
        gain = -expectation.stands(rows) - len(rows) * math.log(usual)
        weight = expectation.weighed(gain, len(rows) / len(applicants))
        if weight >= limit:
            reason = (
                f"{one}'s and {other}'s {counted(len(rows), 'rating')} of {references(applicants)} in "
                f"{exercise} "
                f"are the same, with the same evidence word for word"
            )
            parts = (one, other, exercise, *([session] if session else []))
            forms = [*forms_of(one, applicants, exercise), *forms_of(other, applicants, exercise)]
            yield check.found(parts, (one, other, *applicants), reason, forms, weight - limit)


def _share(sheet: Sheet, pairs: Iterator[tuple[int, int]]) -> float:
    """Of pairs of rows with the same rating and some evidence, the share with the same; never 0."""
    alike = told = 0
    for one, other in islice(pairs, PAIRS_COUNTED):
        if sheet.evidence[one] and sheet.evidence[other] and sheet.given[one] == sheet.given[other]:
            told += 1
            alike += sheet.evidence[one] == sheet.evidence[other]
    return (alike + 1) / (told + 2)


def _neighbours(sheet: Sheet, forms: dict[str, Form]) -> Iterator[tuple[int, int]]:
    for one, other in pairwise(forms.values()):
        yield from sheet.side_by_side(one, other)


def _alike(sheet: Sheet, forms: dict[str, Form]) -> list[list[str]]:
    """The applicants whose forms are the same to the word, two or more together."""
    found: dict[tuple[str, ...], list[str]] = {}
    evidence = sheet.evidence
    for applicant, form in forms.items():
        found.setdefault(tuple([evidence[row] for row in form]), []).append(applicant)
    return [
        applicants
        for words, applicants in found.items()
        if len(applicants) > 1
        and all(words)
        and all(_same(sheet, forms[applicants[0]], forms[each]) for each in applicants[1:])
    ]


def _same(sheet: Sheet, form: Form, other: Form) -> bool:
    """Whether two forms, row by row, have the same evidence, some everywhere, and the same ratings."""
    if len(form) != len(other):
        return False
    for row, counterpart in zip(form, other, strict=True):
        if not sheet.evidence[row] or sheet.evidence[row] != sheet.evidence[counterpart]:
            return False
        if sheet.given[row] != sheet.given[counterpart]:
            return False
    return sheet.criteria_of(form) == sheet.criteria_of(other)


def _shared_forms(sheet: Sheet) -> dict[tuple[str, str, str, str], list[str]]:
    """The applicants whom two raters both rated, by (exercise, session, rater, rater)."""
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for (applicant, exercise), raters in sheet.raters_by_form.items():
        session = sheet.session_by_applicant.get(applicant, "")
        for one, other in combinations(sorted(raters), 2):
            found.setdefault((exercise, session, one, other), []).append(applicant)
    return found
