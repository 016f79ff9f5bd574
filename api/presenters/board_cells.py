"""The completeness board in itself: each applicant in each exercise, how far each rater is. Never a value.

`api.services.follow_ratings` makes it; how it reads as a page is in `completeness_board.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from api.campaign import Campaign

Where = tuple[str, str]  # (applicant, exercise)


class Filling(StrEnum):
    """How far one applicant's ratings in one exercise are."""

    FILLED = "filled"
    WAITING = "waiting"
    MISSING = "missing"
    NOT_EXPECTED = "not_expected"


class Hand(StrEnum):
    """How far one rater is.

    `NOT_NEEDED` is one in whose place somebody else rated, `APART` one whom a declared interest keeps away.
    """

    LOCKED = "locked"
    LOCKED_PART = "locked_part"
    BEGUN = "begun"
    NOT_BEGUN = "not_begun"
    ABSENT = "absent"
    APART = "apart"
    NOT_NEEDED = "not_needed"


STILL_TO_LOCK = frozenset({Hand.BEGUN, Hand.NOT_BEGUN})
NEVER_TO_LOCK = frozenset({Hand.ABSENT, Hand.APART, Hand.LOCKED_PART})


@dataclass(frozen=True, slots=True)
class Rater:
    """One rater of a cell. `rated` of its criteria have a rating; `owes` counts those not locked yet."""

    rater: str
    hand: Hand
    rated: int
    owes: int
    is_expected: bool


@dataclass(frozen=True, slots=True)
class BoardCell:
    """One applicant in one exercise. `wanted` raters more are needed whom nobody has named.

    `locked` and `due` count ratings, one for each rater and criterion. `is_named`: the timetable says who is
    to rate here.
    """

    applicant: str
    exercise: str
    session: str
    state: Filling
    raters: tuple[Rater, ...] = ()
    wanted: int = 0
    locked: int = 0
    due: int = 0
    is_complete: bool = False
    is_named: bool = False

    @property
    def outstanding(self) -> tuple[str, ...]:
        """Who has still to lock; until they have, nobody may be told what the others gave."""
        return tuple(rater.rater for rater in self.raters if rater.hand in STILL_TO_LOCK)

    @property
    def lockers(self) -> int:
        return sum(rater.hand in (Hand.LOCKED, Hand.LOCKED_PART) for rater in self.raters)


@dataclass(frozen=True)
class Board:
    """Every cell, by applicant and exercise. `version` is the published version, 0 where there is none."""

    campaign: Campaign
    version: int
    exercises: tuple[str, ...]
    cells: Mapping[Where, BoardCell]
    session_of: Mapping[str, str]

    @cached_property
    def applicants(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(applicant for applicant, _ in self.cells))

    def cell(self, applicant: str, exercise: str) -> BoardCell | None:
        return self.cells.get((applicant, exercise))
