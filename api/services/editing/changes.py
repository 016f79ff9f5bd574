"""The changes that an organiser can make to a timetable by hand; each says itself in a sentence.

What they do is in `api.services.edit_timetable`. Times are minutes after midnight, everything else is by
reference.
"""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.grid import clock


@dataclass(frozen=True, slots=True)
class MoveSitting:
    """A run to another time, another room or both, with everybody in it. A panel moves rooms as a whole."""

    session: str
    exercise: str
    sitting: str
    start: int | None = None
    room: str | None = None

    @property
    def sentence(self) -> str:
        when = "" if self.start is None else f" to {clock(self.start)}"
        where = "" if self.room is None else f" to room {self.room}"
        both = " and".join(part for part in (when, where) if part)
        return f"Move {self.exercise} {self.sitting} of {self.session}{both or ' nowhere'}."


@dataclass(frozen=True, slots=True)
class MoveApplicant:
    """An applicant to another session, into runs that have room, or to free times there."""

    applicant: str
    session: str

    @property
    def sentence(self) -> str:
        return f"Move {self.applicant} to {self.session}."


@dataclass(frozen=True, slots=True)
class SwapApplicants:
    """Two applicants into each other's places, whether or not these are in one session."""

    one: str
    other: str

    @property
    def sentence(self) -> str:
        return f"Let {self.one} and {self.other} change places."


@dataclass(frozen=True, slots=True)
class ReplaceAssessor:
    """Somebody else for one member of one panel in one session."""

    session: str
    panel: str
    old: str
    new: str

    @property
    def sentence(self) -> str:
        return f"Put {self.new} in the place of {self.old} on panel {self.panel} of {self.session}."


@dataclass(frozen=True, slots=True)
class RemoveApplicant:
    """An applicant out of the timetable altogether."""

    applicant: str

    @property
    def sentence(self) -> str:
        return f"Take {self.applicant} out of the timetable."


TimetableChange = MoveSitting | MoveApplicant | SwapApplicants | ReplaceAssessor | RemoveApplicant
