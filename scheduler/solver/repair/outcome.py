"""What a repair hands back: the new timetable as any run's result, and what is different in it."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.changes import Change
from scheduler.disruption import Repair
from scheduler.result import Result


@dataclass(frozen=True, slots=True)
class Repaired:
    """`repairs` are all so far, this one last. `people_changed` leaves out the absent; all times as recorded.

    `result.unplaced` names every applicant who is there and has no session, or could not be kept in it.
    """

    result: Result
    repairs: tuple[Repair, ...]
    changes: tuple[Change, ...]
    people_changed: tuple[str, ...]
    minutes_of_change: int
