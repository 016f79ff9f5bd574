"""Whole minutes, and windows of them.

Every time inside the scheduler is a whole number of minutes after midnight, local to the campaign's
time zone; dates belong to sessions. Clock faces ("09:00") exist only at the edges.
Read `places.py` next.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A stretch of one day, from `start` up to but not including `end`, in minutes after midnight."""

    start: int
    end: int

    @property
    def minutes(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Window) -> bool:
        return self.start < other.end and other.start < self.end

    def holds(self, other: Window) -> bool:
        return self.start <= other.start and other.end <= self.end


def round_up(minutes: int, grid_minutes: int) -> int:
    """The least multiple of `grid_minutes` that is not below `minutes`."""
    return -(-minutes // grid_minutes) * grid_minutes


def clock(minutes: int) -> str:
    """Minutes after midnight as a 24-hour clock face: 545 is "09:05"."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
