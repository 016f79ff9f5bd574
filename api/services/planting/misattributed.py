"""Slips by which ratings stand under the wrong reference, or stand there twice."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import combinations, pairwise

from api.campaign import Table
from api.services.planting.book import Book, RatingRow, Rows, row_words
from api.services.planting.kind import Slip

INTEREST_COLUMNS = ("applicant", "person", "kind", "decision")


def form_copied(book: Book, rng: random.Random) -> Iterator[Slip]:
    """One rater's form of one applicant stands again under another, evidence and all. Size: ratings copied, 0
    where evidence in this campaign is often the same anyway, or missing."""
    if _evidence_repeated(book) > STOCK_MOST:
        return
    for (rater, exercise), forms in book.columns.items():
        for one, other in combinations(forms, 2):
            pairs = book.paired(forms[one], forms[other])
            if (
                pairs
                and book.session(one) == book.session(other)
                and all(book.rows[a].evidence for a, _ in pairs)
            ):
                words = (
                    f"{rater}'s form of {one} in {exercise} ({row_words(forms[one])}) stands again as that "
                    f"of {other} "
                    f"({row_words(forms[other])}), evidence and all"
                )
                copied = {
                    b: replace(book.rows[b], rating=book.rows[a].rating, evidence=book.rows[a].evidence)
                    for a, b in pairs
                }
                yield _slip(book, len(pairs), words, {rater, one, other}, copied)


def column_copied(book: Book, rng: random.Random) -> Iterator[Slip]:
    """One rater's ratings of a session stand again under another's name, evidence and all. Size: ratings."""
    groups: dict[tuple[str, str, str, str], list[str]] = {}
    for (applicant, exercise), raters in book.raters.items():
        for one, other in combinations(raters, 2):
            groups.setdefault((exercise, book.session(applicant), one, other), []).append(applicant)
    for (exercise, _, one, other), applicants in groups.items():
        mine, theirs = book.columns[one, exercise], book.columns[other, exercise]
        pairs = [pair for who in applicants for pair in book.paired(mine[who], theirs[who])]
        if pairs and all(book.rows[a].evidence for a, _ in pairs):
            words = (
                f"{one}'s ratings in {exercise} of {', '.join(applicants)} "
                f"({row_words([a for a, _ in pairs])}) stand "
                f"again as {other}'s ({row_words([b for _, b in pairs])}), evidence and all"
            )
            copied = {b: replace(book.rows[a], assessor=other) for a, b in pairs}
            yield _slip(book, len(pairs), words, {one, other}, copied)


def kept_apart(book: Book, rng: random.Random) -> Iterator[Slip]:
    """An interest is declared between an applicant and somebody who rated them, and the ratings stay."""
    table = book.campaign.tables.get("interests", Table("interests", INTEREST_COLUMNS, ()))
    declared = {(each.applicant, each.person) for each in book.campaign.problem.interests}
    for (applicant, exercise), raters in book.raters.items():
        for rater in raters:
            if (applicant, rater) not in declared:
                cells = {"applicant": applicant, "person": rater, "kind": "neighbours", "decision": "exclude"}
                added = Table(
                    table.name, table.columns, (*table.rows, tuple(cells.get(c, "") for c in table.columns))
                )
                words = (
                    f"{rater}, who rated {applicant} in {exercise} "
                    f"({row_words(book.columns[rater, exercise][applicant])}), "
                    f"is {applicant}'s neighbour: the table interests keeps the two apart"
                )
                yield Slip(1, words, frozenset({applicant, rater}), 0, partial(list, book.rows), (added,))


def absent(book: Book, rng: random.Random) -> Iterator[Slip]:
    """All ratings of one applicant stand under the reference of somebody who did not come."""
    attendance = book.campaign.attendance
    if attendance is None:
        return
    rows: dict[str, Rows] = {}
    for at, row in enumerate(book.rows):
        rows.setdefault(row.applicant, []).append(at)
    away = [who for who, status in attendance.items() if not status.came and who not in rows]
    for applicant, own in rows.items():
        if away:
            other = rng.choice(away)
            words = (
                f"all {len(own)} ratings of {applicant} ({row_words(own)}) stand under {other}, who by the "
                f"table "
                f"attendance {attendance[other].value.replace('_', ' ')}"
            )
            yield _slip(book, len(own), words, {applicant, other}, _under(book, own, applicant=other))


def form_astray(book: Book, rng: random.Random) -> Iterator[Slip]:
    """A rater's form of one applicant stands under another of the session, whom the rater did not rate."""
    for (rater, exercise), forms in book.columns.items():
        for applicant, form in forms.items():
            others = [
                who
                for who, where in book.raters
                if where == exercise and who not in forms and book.session(who) == book.session(applicant)
            ]
            if others:
                other = rng.choice(others)
                words = (
                    f"{rater}'s form of {applicant} in {exercise} ({row_words(form)}) stands under {other}"
                )
                yield _slip(
                    book, len(form), words, {rater, applicant, other}, _under(book, form, applicant=other)
                )


def row_astray(book: Book, rng: random.Random) -> Iterator[Slip]:
    """A single row under an applicant whom the rater did not rate."""
    for (rater, exercise), forms in book.columns.items():
        for applicant, form in forms.items():
            others = [who for who, where in book.raters if where == exercise and who not in forms]
            if others and len(form) > 1:
                at, other = rng.choice(form), rng.choice(others)
                words = (
                    f"{rater}'s rating of {applicant} on {exercise} / {book.rows[at].criterion} "
                    f"({row_words([at])}) stands "
                    f"under {other}"
                )
                yield _slip(book, 1, words, {rater, applicant, other}, _under(book, [at], applicant=other))


STOCK_MOST = 0.1


def _evidence_repeated(book: Book) -> float:
    """How often a rater's evidence for two applicants in turn is alike, where the rating is; 1 for none."""
    alike = told = 0
    for forms in book.columns.values():
        for one, other in pairwise(forms.values()):
            for a, b in book.paired(one, other):
                if book.given[a] == book.given[b] and book.rows[a].evidence and book.rows[b].evidence:
                    told += 1
                    alike += book.rows[a].evidence == book.rows[b].evidence
    return alike / told if told else 1.0


def _under(book: Book, rows: Rows, *, applicant: str) -> dict[int, RatingRow]:
    return {at: replace(book.rows[at], applicant=applicant) for at in rows}


def _slip(book: Book, size: float, words: str, concerned: set[str], changed: Mapping[int, RatingRow]) -> Slip:
    return Slip(size, words, frozenset(concerned), len(changed), partial(_with, book, changed))


def _with(book: Book, changed: Mapping[int, RatingRow]) -> list[RatingRow]:
    return [changed.get(at, row) for at, row in enumerate(book.rows)]
