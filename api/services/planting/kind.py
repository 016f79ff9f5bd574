"""What a kind of slip is: where it can be planted, how large it is there, and how it is planted."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from api.campaign import Table
from api.services.planting.book import Book, RatingRow


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip that could be planted.

    `size` is how large it is, in the measure of its kind, `words` say it, `concerned` are the references it
    is about, and `changed` is how many ratings it changes. `rows` makes the changed rows; `others` are
    further tables that the slip changes.
    """

    size: float
    words: str
    concerned: frozenset[str]
    changed: int
    rows: Callable[[], list[RatingRow]]
    others: tuple[Table, ...] = ()

    def tables(self, book: Book) -> dict[str, Table]:
        """The changed tables by name."""
        return {"ratings": book.table_of(self.rows()), **{table.name: table for table in self.others}}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of slip.

    `slips` yields every place where it can be planted in a campaign; what a place leaves open is left to the
    given source of chance. In the drill it is planted at a size of at least `least`; `measure` says so in
    words, and `lacking` why there may be no such place.
    `by_disagreement` is true of slips that only what is right around them can tell, so that they must not be
    most of a small campaign, `at_reading` of those that are faults of the tables themselves.
    """

    key: str
    title: str
    slips: Callable[[Book, random.Random], Iterator[Slip]]
    least: float
    measure: str
    lacking: str
    by_disagreement: bool = False
    at_reading: bool = False
