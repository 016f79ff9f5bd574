"""What happens and when it may: exercises and sessions.

An exercise is one thing that every applicant does once; a session is one half-day at one venue.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from scheduler.grid import Window


class ExerciseKind(StrEnum):
    """How applicants and staff come together (campaign format, `exercises.kind`)."""

    PANEL = "panel"
    GROUP = "group"
    SITTING = "sitting"
    SOLO = "solo"


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise. All lengths are whole minutes.

    `preparation_minutes` is the applicant's time just before `minutes`, in the same room;
    `writing_minutes` the staff's time just after, while the room stays taken. `group_max` is None where
    the room's seats are the only limit. `station_minutes` makes a group run a rotation.
    """

    reference: str
    kind: ExerciseKind
    minutes: int
    preparation_minutes: int = 0
    writing_minutes: int = 0
    group_min: int = 1
    group_max: int | None = None
    station_minutes: int | None = None
    after: str | None = None
    within_minutes: int | None = None
    role_player: bool = False
    extra_time: bool = False

    @property
    def is_shared(self) -> bool:
        """Whether several applicants take part in one run and start together."""
        return self.kind in (ExerciseKind.GROUP, ExerciseKind.SITTING)


@dataclass(frozen=True, slots=True)
class Session:
    """One half-day at one venue. `panels_max` is the most interview panels that may work in it."""

    reference: str
    venue: str
    date: datetime.date
    window: Window
    panels_max: int

    def overlaps(self, other: Session) -> bool:
        """Whether the two sessions share a minute of the same day."""
        return self.date == other.date and self.window.overlaps(other.window)
