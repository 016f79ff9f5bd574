"""Where things happen: venues and their rooms. Names and addresses stay outside the scheduler."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.programme import ExerciseKind


@dataclass(frozen=True, slots=True)
class Room:
    """A room at a venue. `seats` counts applicants; `use` holds the kinds of exercise it may serve."""

    reference: str
    venue: str
    use: frozenset[ExerciseKind]
    seats: int
    step_free: bool = False
    quiet: bool = False
