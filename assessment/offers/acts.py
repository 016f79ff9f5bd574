"""What people do about offers, as recorded: releases, answers, passes, changes of places, undoing and more.

People appear as labels that tell them apart; their names stay in the campaign's tables. What an act does, and
when it is refused, is in `ledger.py`.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from assessment.offers.moves import Move


@dataclass(frozen=True, slots=True)
class Release:
    """The allocation's offers are sent out. `people` are those who put their names to it: two at least."""

    act: str
    at: datetime.datetime
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Response:
    """An applicant's answer."""

    act: str
    at: datetime.datetime
    applicant: str
    move: Move


@dataclass(frozen=True, slots=True)
class Pass:
    """Free places are given out: upgrades first, then offers to those waiting. `people` as in a release."""

    act: str
    at: datetime.datetime
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangePlaces:
    """A council has another number of places from now on."""

    act: str
    at: datetime.datetime
    council: str
    places: int


@dataclass(frozen=True, slots=True)
class Extend:
    """An applicant has longer to answer."""

    act: str
    at: datetime.datetime
    applicant: str
    until: datetime.datetime


@dataclass(frozen=True, slots=True)
class Undo:
    """An earlier act, by its own name, is taken back."""

    act: str
    at: datetime.datetime
    undoes: str


Act = Release | Response | Pass | ChangePlaces | Extend | Undo
