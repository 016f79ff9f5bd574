"""The outcome of a run: the timetable, and per tier its value, the best bound and whether it is proven."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from scheduler.timetable import Timetable

# The reason of everybody where a run was asked to stop before anything was known of them.
STOPPED_TOO_SOON = "The search was stopped before it had a first timetable."


class Status(StrEnum):
    """`optimal`: every tier proven. `feasible`: sound, not all proven. `infeasible`: proven that none is.

    `unknown`: none found in the time given, and not proven that there is none (an extension of the format).
    """

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TierOutcome:
    """`value` as the checks measured it; no sound timetable of the same earlier tiers is below `bound`.

    `note` says in words what a proof covers where it covers less than everything.
    """

    name: str
    value: int
    bound: int
    proven: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unplaced:
    applicant: str
    reason: str


@dataclass(frozen=True, slots=True)
class Result:
    """What `schedule` returns. `first_complete_seconds` is when the first full timetable was in hand."""

    status: Status
    timetable: Timetable
    objective: tuple[TierOutcome, ...]
    unplaced: tuple[Unplaced, ...]
    seconds: float
    seed: int
    workers: int
    first_complete_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """One line for whoever watches: after `seconds`, `tier` stands at `value` with `bound`, if known."""

    seconds: float
    tier: str
    value: int | None
    bound: int | None
    proven: bool = False


Watcher = Callable[[Progress], None]
