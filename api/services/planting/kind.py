"""What a kind of slip is: where it can be planted, how large it is there, and how it is planted."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from api.campaign import Table
from api.services.planting.book import Book, RatingRow


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip that could be planted: the rows as they would be, in words, and whom it concerns.

    `size` is how large it is, in the measure of its kind; 0 changes nothing. `rows` makes the changed rows.
    `others` are further tables that the slip changes.
    """

    size: float
    words: str
    concerned: frozenset[str]
    rows: Callable[[], list[RatingRow]]
    others: tuple[Table, ...] = ()

    def tables(self, book: Book) -> dict[str, Table]:
        """The changed tables by name."""
        return {"ratings": book.table_of(self.rows()), **{table.name: table for table in self.others}}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of slip.

    `slips` yields every place where it can be planted in a campaign, with a seed for what it leaves to
    chance. `least` is the size from which on it is planted in the drill, `measure` what size means, as the
    end of "in a place with ...". `lacking` says why there may be no such place. `at_reading` is true of slips
    that the table checks catch before any rating is looked at.
    """

    key: str
    title: str
    slips: Callable[[Book, random.Random], Iterator[Slip]]
    least: float
    measure: str
    lacking: str
    at_reading: bool = False
