"""Slips by which ratings, right in themselves, stand with another applicant, rater, criterion or exercise.

The size of a slip among applicants is the points by which ratings change, added up, as far as all that the
applicants were given on average bears it out.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations

from api.services.planting.book import Book, Rows, row_words
from api.services.planting.kind import Slip

Pairs = Sequence[tuple[int, int]]


def two_applicants(book: Book, rng: random.Random) -> Iterator[Slip]:
    """One rater's forms of two applicants of a session, in one exercise, exchanged."""
    for (rater, exercise), forms in book.columns.items():
        for one, other in combinations(forms, 2):
            pairs = book.paired(forms[one], forms[other])
            if pairs and book.session(one) == book.session(other):
                words = (
                    f"{rater}'s ratings in {exercise} of {one} ({row_words(forms[one])}) and {other} "
                    f"({row_words(forms[other])}) are exchanged"
                )
                yield _exchange(book, pairs, words, {rater, one, other})


def papers(book: Book, rng: random.Random) -> Iterator[Slip]:
    """Two applicants of a session exchanged in one exercise by everybody who rated them."""
    by_exercise: dict[tuple[str, str], list[str]] = {}
    for applicant, exercise in book.raters:
        by_exercise.setdefault((exercise, book.session(applicant)), []).append(applicant)
    for (exercise, _), applicants in by_exercise.items():
        for one, other in combinations(applicants, 2):
            mine, theirs = book.forms(one, exercise), book.forms(other, exercise)
            if len(mine) != len(theirs):
                continue
            pairs = [pair for a, b in zip(mine, theirs, strict=True) for pair in book.paired(a, b)]
            if not pairs:
                continue
            words = (
                f"everybody's ratings in {exercise} of {one} ({row_words(_rows(mine))}) and {other} "
                f"({row_words(_rows(theirs))}) are exchanged, as if papers had been taken for each other's"
            )
            yield _exchange(book, pairs, words, {one, other})


def raters(book: Book, rng: random.Random) -> Iterator[Slip]:
    """Two raters of a session who saw different applicants: the one's numbers under the other's name.

    Size: as for applicants, beyond what might as well be the two raters' severity.
    """
    groups: dict[tuple[str, str], dict[str, dict[str, Rows]]] = {}
    for (rater, exercise), forms in book.columns.items():
        for applicant, form in forms.items():
            group = groups.setdefault((exercise, book.session(applicant)), {})
            group.setdefault(rater, {})[applicant] = form
    for (exercise, session), by_rater in groups.items():
        for one, other in combinations(by_rater, 2):
            mine, theirs = by_rater[one], by_rater[other]
            if not session or len(mine) != len(theirs) or mine.keys() & theirs.keys():
                continue
            counterparts = zip(mine.values(), theirs.values(), strict=True)
            pairs = [pair for a, b in counterparts for pair in book.paired(a, b)]
            if pairs:
                words = (
                    f"{one}'s ratings in {exercise} of {', '.join(mine)} "
                    f"({row_words(_rows(mine.values()))}) and "
                    f"{other}'s of {', '.join(theirs)} ({row_words(_rows(theirs.values()))}), session "
                    f"{session}, "
                    f"are exchanged"
                )
                slip = _exchange(book, pairs, words, {one, other})
                yield replace(slip, size=2 * book.apart_beyond_severity(pairs))


def criteria(book: Book, rng: random.Random) -> Iterator[Slip]:
    """One rater's numbers for two criteria exchanged. Size: points between what others gave for the two, on
    average over at least eight applicants."""
    for (rater, exercise), forms in book.columns.items():
        by_criterion: dict[str, dict[str, int]] = {}
        for applicant, form in forms.items():
            for at in form:
                by_criterion.setdefault(book.rows[at].criterion, {})[applicant] = at
        for one, other in combinations(by_criterion, 2):
            pairs = [
                (at, by_criterion[other][who])
                for who, at in by_criterion[one].items()
                if who in by_criterion[other]
            ]
            if len(pairs) >= PAIRS_LEAST:
                words = (
                    f"{rater}'s ratings of {one} and {other} in {exercise} are exchanged for "
                    f"{len(pairs)} applicants"
                )
                yield _headings(book, rater, pairs, words)


def exercises(book: Book, rng: random.Random) -> Iterator[Slip]:
    """One rater's numbers for two exercises exchanged, where they share criteria. Size: as for criteria."""
    found = list(book.columns)
    for (rater, one), (same, other) in combinations(found, 2):
        if rater != same:
            continue
        mine, theirs = book.columns[rater, one], book.columns[rater, other]
        by_cell = {(who, book.rows[at].criterion): at for who, form in theirs.items() for at in form}
        pairs = [
            (at, by_cell[who, book.rows[at].criterion])
            for who, form in mine.items()
            for at in form
            if (who, book.rows[at].criterion) in by_cell
        ]
        if len(pairs) >= PAIRS_LEAST:
            words = (
                f"{rater}'s ratings of {one} and {other} are exchanged on the criteria they share "
                f"({len(pairs)} ratings)"
            )
            yield _headings(book, rater, pairs, words)


def shifted(book: Book, rng: random.Random) -> Iterator[Slip]:
    """A form typed twice: from there on each applicant has a rater's ratings of the one before."""
    for (rater, exercise), forms in book.columns.items():
        applicants = list(forms)
        for first in range(1, len(applicants) - 1):
            block = applicants[first:]
            pairs = [
                pair
                for who, before in zip(block, applicants[first - 1 :], strict=False)
                for pair in book.paired(forms[who], forms[before])
            ]
            changed = {at: book.given[source] for at, source in pairs}
            if changed:
                words = (
                    f"{rater}'s form of {applicants[first - 1]} in {exercise} is typed twice, so that from "
                    f"{block[0]} on "
                    f"({row_words(list(changed))}) each of {len(block)} applicants has the ratings of the "
                    f"one before"
                )
                concerned = frozenset({rater, *block})
                rows = partial(book.with_ratings, changed)
                yield Slip(book.apart(pairs), words, concerned, book.differing(changed), rows)


PAIRS_LEAST = 8


def _rows(forms: Iterable[Rows]) -> Rows:
    return [at for form in forms for at in form]


def _exchange(book: Book, pairs: Pairs, words: str, concerned: set[str]) -> Slip:
    changed = _exchanged(book, pairs)
    rows = partial(book.with_ratings, changed)
    return Slip(2 * book.apart(pairs), words, frozenset(concerned), book.differing(changed), rows)


def _exchanged(book: Book, pairs: Pairs) -> dict[int, int]:
    there = {one: book.given[other] for one, other in pairs}
    return there | {other: book.given[one] for one, other in pairs}


def _headings(book: Book, rater: str, pairs: Pairs, words: str) -> Slip:
    apart = [abs(a - b) for a, b in ((_others(book, one), _others(book, other)) for one, other in pairs)]
    changed = _exchanged(book, pairs)
    rows = partial(book.with_ratings, changed)
    size = sum(apart) / len(apart) / book.point
    return Slip(size, words, frozenset({rater}), book.differing(changed), rows)


def _others(book: Book, at: int) -> float:
    """What others gave in this row's cell, on average; the row's own rating where there is nobody."""
    row = book.rows[at]
    rows = [
        other
        for form in book.forms(row.applicant, row.exercise)
        for other in form
        if book.rows[other].criterion == row.criterion and other != at
    ]
    return sum(book.given[other] for other in rows) / len(rows) if rows else float(book.given[at])
