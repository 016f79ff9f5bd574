"""Slips by which numbers are no ratings, or are ratings on another scale."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial

from api.services.planting.book import Book, Rows, row_words
from api.services.planting.kind import Slip

CRITERIA_LEAST = 3
RANKED_LEAST = 3


def row_numbers(book: Book, rng: random.Random) -> Iterator[Slip]:
    """1, 2, 3 ... down every form of a rater in an exercise. Size: forms."""
    for (rater, exercise), forms in book.columns.items():
        numbers = range(1, max(map(len, forms.values())) + 1)
        if CRITERIA_LEAST <= len(numbers) <= book.high and book.low <= 1 and len(forms) > 1:
            changed = {at: n for form in forms.values() for n, at in enumerate(form, start=1)}
            words = (
                f"{rater}'s ratings of {exercise} ({row_words(list(changed))}) are "
                f"{', '.join(map(str, numbers))} "
                f"for each of {len(forms)} applicants"
            )
            yield _changed(book, rater, changed, words, len(forms))


def ranks(book: Book, rng: random.Random) -> Iterator[Slip]:
    """A rater numbers the applicants of a session, 1 for the best, instead of rating them. Size: ratings."""
    for (rater, exercise), every_form in book.columns.items():
        for session, forms in _by_session(book, every_form).items():
            if RANKED_LEAST <= len(forms) <= book.high and book.low <= 1:
                best_first = sorted(forms, key=lambda who: -sum(book.given[at] for at in forms[who]))
                changed = {at: rank for rank, who in enumerate(best_first, start=1) for at in forms[who]}
                words = (
                    f"{rater} ranks the {len(forms)} applicants of {session or 'all sessions'} in {exercise} "
                    f"({row_words(list(changed))}), 1 for the best, on every criterion"
                )
                yield _changed(book, rater, changed, words, len(changed))


def sorted_by_itself(book: Book, rng: random.Random) -> Iterator[Slip]:
    """A rater's numbers of an exercise sorted without the rest of their rows. Size: ratings."""
    for (rater, exercise), forms in book.columns.items():
        rows = sorted(at for form in forms.values() for at in form)
        if len(forms) > 1:
            changed = dict(zip(rows, sorted(book.given[at] for at in rows), strict=True))
            words = (
                f"{rater}'s {len(rows)} ratings of {exercise} ({row_words(rows)}) are sorted by themselves"
            )
            yield _changed(book, rater, changed, words, len(rows))


def constant(book: Book, rng: random.Random) -> Iterator[Slip]:
    """A rater's usual rating throughout an exercise. Size: ratings."""
    for (rater, exercise), forms in book.columns.items():
        rows = [at for form in forms.values() for at in form]
        usual = min(Counter(book.given[at] for at in rows).items(), key=lambda each: (-each[1], each[0]))[0]
        if len(forms) > 1:
            words = f"{rater}'s {len(rows)} ratings of {exercise} ({row_words(rows)}) are all {usual}"
            yield _changed(book, rater, dict.fromkeys(rows, usual), words, len(rows))


def upside_down(book: Book, rng: random.Random) -> Iterator[Slip]:
    """A rater takes the scale upside down, in every exercise. Size: how far the rater's applicants lie from
    their middle, by all they were given on average, added up over the ratings: of applicants who are alike
    nobody can tell whether they were rated upside down or severely."""
    by_rater: dict[str, Rows] = {}
    for at, row in enumerate(book.rows):
        by_rater.setdefault(row.assessor, []).append(at)
    for rater, rows in by_rater.items():
        changed = _turned(book, rows)
        words = f"all of {rater}'s {len(rows)} ratings ({row_words(rows)}) are upside down: {_turning(book)}"
        averages = [book.averages[book.rows[at].applicant] for at in rows]
        middle = sum(averages) / len(averages)
        size = sum(abs(average - middle) for average in averages) / book.point
        yield _changed(book, rater, changed, words, size)


def panel_upside_down(book: Book, rng: random.Random) -> Iterator[Slip]:
    """All who rated the same applicants of a session take the scale upside down. Size: points."""
    panels: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for (applicant, exercise), raters in book.raters.items():
        panels.setdefault((exercise, book.session(applicant), tuple(raters)), []).append(applicant)
    for (exercise, session, panel), applicants in panels.items():
        if len(applicants) < 2:
            continue
        rows = [at for who in applicants for form in book.forms(who, exercise) for at in form]
        changed = _turned(book, rows)
        words = (
            f"the panel {', '.join(panel)}{f' in {session}' if session else ''} takes the scale of "
            f"{exercise} upside down for {', '.join(applicants)} ({row_words(rows)}): {_turning(book)}"
        )
        concerned = frozenset({*panel, *applicants})
        yield Slip(
            book.points(changed),
            words,
            concerned,
            book.differing(changed),
            partial(book.with_ratings, changed),
        )


def _by_session(book: Book, forms: Mapping[str, Rows]) -> dict[str, dict[str, Rows]]:
    found: dict[str, dict[str, Rows]] = {}
    for applicant, form in forms.items():
        found.setdefault(book.session(applicant), {})[applicant] = form
    return found


def _turned(book: Book, rows: Rows) -> dict[int, int]:
    return {at: book.low + book.high - book.given[at] for at in rows}


def _turning(book: Book) -> str:
    return f"{book.low} for {book.high}, {book.high} for {book.low}"


def _changed(book: Book, rater: str, changed: dict[int, int], words: str, size: float) -> Slip:
    """A slip in one rater's ratings; of no size where it changes nothing."""
    differing = book.differing(changed)
    rows = partial(book.with_ratings, changed)
    return Slip(size if differing else 0, words, frozenset({rater}), differing, rows)
