"""The outcome of an allocation: for everybody in the order of merit, an offer or what there is instead.

Nouns only. Who holds which place comes from `merit.py` or `deferred_acceptance.py`; `outcomes.py` makes the
lines of it, `checks.py` asks whether they are sound.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What the allocation means for one applicant (campaign format, `allocation.outcome`).

    `reserve`: no place now, but one that comes free can be theirs. `not_placed`: appointable, but no listed
    council could ever take them; or the panel has still to discuss them.
    """

    OFFER = "offer"
    RESERVE = "reserve"
    NOT_PLACED = "not_placed"
    NOT_APPOINTABLE = "not_appointable"
    UNRANKABLE = "unrankable"


@dataclass(frozen=True, slots=True)
class AllocationLine:
    """One applicant's outcome.

    `council` and `choice` (1 is the first) come with an offer only, `reserve_position` with `reserve` only.
    """

    applicant: str
    outcome: Outcome
    council: str | None
    choice: int | None
    reserve_position: int | None
    why: str


@dataclass(frozen=True)
class Allocation:
    """One line for each line of the order of merit, in that order; the rule; what somebody should look at."""

    lines: tuple[AllocationLine, ...]
    rule: str
    warnings: tuple[str, ...] = ()
