"""Slips that make a row wrong by itself: the table checks catch them before any rating is looked at."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from api.services.planting.book import Book, RatingRow, row_words
from api.services.planting.kind import Slip


def typed_twice(book: Book, rng: random.Random) -> Iterator[Slip]:
    """A digit typed twice: 44 for 4."""
    for at, row in enumerate(book.rows):
        wrong = row.rating * 2
        if int(wrong) > book.high:
            words = f"{_rating(row)} ({row_words([at])}) is typed {wrong} instead of {row.rating}"
            yield _slip(book, at, replace(row, rating=wrong), words)


def left_empty(book: Book, rng: random.Random) -> Iterator[Slip]:
    """A rating left out."""
    for at, row in enumerate(book.rows):
        yield _slip(book, at, replace(row, rating=""), f"{_rating(row)} ({row_words([at])}) is left empty")


def unknown_rater(book: Book, rng: random.Random) -> Iterator[Slip]:
    """A reference mistyped into one that nobody has."""
    for at, row in enumerate(book.rows):
        wrong = f"{row.assessor}0"
        if ("assessors", wrong) not in book.campaign.names:
            words = f"{_rating(row)} ({row_words([at])}) stands under {wrong} instead of {row.assessor}"
            yield _slip(book, at, replace(row, assessor=wrong), words)


def row_twice(book: Book, rng: random.Random) -> Iterator[Slip]:
    """A row pasted a second time at the end."""
    for at, row in enumerate(book.rows):
        words = f"{_rating(row)} ({row_words([at])}) is pasted again as row {len(book.rows) + 2}"
        yield Slip(1, words, frozenset({row.assessor, row.applicant}), 1, partial(_pasted, book, row))


def _rating(row: RatingRow) -> str:
    return f"{row.assessor}'s rating of {row.applicant} on {row.exercise} / {row.criterion}"


def _slip(book: Book, at: int, wrong: RatingRow, words: str) -> Slip:
    return Slip(1, words, frozenset({wrong.assessor, wrong.applicant}), 1, partial(_with, book, at, wrong))


def _with(book: Book, at: int, row: RatingRow) -> list[RatingRow]:
    return [*book.rows[:at], row, *book.rows[at + 1 :]]


def _pasted(book: Book, row: RatingRow) -> list[RatingRow]:
    return [*book.rows, row]
