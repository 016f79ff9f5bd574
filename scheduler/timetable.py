"""`Timetable`: who is where, when and as what; exactly the rows of `timetable.csv` and `rotations.csv`.

It is deliberately a bag of rows, not a tree that could only hold sound timetables: the checks must be
able to look at a broken one. `sittings` and `panels` are views over the rows. Read `rules.py` next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from scheduler.grid import Window

K = TypeVar("K")
T = TypeVar("T")


class Role(StrEnum):
    APPLICANT = "applicant"
    ASSESSOR = "assessor"
    ROLE_PLAYER = "role_player"
    SERVICE_USER_GROUP = "service_user_group"
    INTERPRETER = "interpreter"


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One person (or service-user group) in one run of one exercise. Times are minutes after midnight."""

    session: str
    start: int
    exercise: str
    sitting: str
    room: str
    role: Role
    person: str
    end: int
    panel: str = ""

    @property
    def window(self) -> Window:
        return Window(self.start, self.end)


@dataclass(frozen=True, slots=True, order=True)
class Meeting:
    """One applicant with one service user in one round (from 1) of a rotating run."""

    session: str
    sitting: str
    round: int
    start: int
    end: int
    service_user: str
    applicant: str


@dataclass(frozen=True)
class Sitting:
    """One run of one exercise, with everybody in it. The checks ask it the same hundreds of times."""

    reference: str
    session: str
    exercise: str
    entries: tuple[Entry, ...]

    def of(self, role: Role) -> tuple[Entry, ...]:
        return self._by_role.get(role, ())

    @cached_property
    def _by_role(self) -> dict[Role, tuple[Entry, ...]]:
        return {role: tuple(rows) for role, rows in _grouped(self.entries, lambda e: e.role).items()}

    @cached_property
    def applicants(self) -> tuple[str, ...]:
        return tuple(entry.person for entry in self.of(Role.APPLICANT))

    @cached_property
    def window(self) -> Window:
        """From the first person's start to the last person's end: the time its room is taken."""
        return Window(min(e.start for e in self.entries), max(e.end for e in self.entries))


@dataclass(frozen=True, slots=True)
class Panel:
    """One interview panel in one session: its members and the applicants it sees."""

    reference: str
    session: str
    members: tuple[str, ...]
    applicants: tuple[str, ...]
    rooms: tuple[str, ...]


@dataclass(frozen=True)
class Timetable:
    """All rows, sorted. Build it with `timetable_of`, which sorts."""

    entries: tuple[Entry, ...]
    meetings: tuple[Meeting, ...] = ()

    @cached_property
    def by_person(self) -> dict[str, list[Entry]]:
        """Each person's rows over the whole campaign, in order of session and start."""
        return _grouped(self.entries, lambda entry: entry.person)

    @cached_property
    def by_session(self) -> dict[str, list[Entry]]:
        return _grouped(self.entries, lambda entry: entry.session)

    @cached_property
    def applicant_entries(self) -> dict[str, list[Entry]]:
        return _grouped([e for e in self.entries if e.role is Role.APPLICANT], lambda entry: entry.person)

    @cached_property
    def sittings(self) -> tuple[Sitting, ...]:
        """Runs, keyed by session, exercise and name: a name used twice is two runs here."""
        groups = _grouped(self.entries, lambda e: (e.session, e.exercise, e.sitting))
        return tuple(Sitting(k[2], k[0], k[1], tuple(rows)) for k, rows in sorted(groups.items()))

    @cached_property
    def panels(self) -> tuple[Panel, ...]:
        """Panels with at least one row that names them, keyed by session and name."""
        rows = [e for e in self.entries if e.panel]
        groups = _grouped(rows, lambda e: (e.session, e.panel))
        return tuple(
            Panel(
                reference=name,
                session=session,
                members=_people(found, Role.ASSESSOR),
                applicants=_people(found, Role.APPLICANT),
                rooms=tuple(sorted({e.room for e in found})),
            )
            for (session, name), found in sorted(groups.items())
        )

    @cached_property
    def session_of_applicant(self) -> dict[str, str]:
        """The session of each placed applicant (the first, where a broken timetable holds several)."""
        return {person: rows[0].session for person, rows in self.applicant_entries.items()}


def timetable_of(entries: Iterable[Entry], meetings: Iterable[Meeting] = ()) -> Timetable:
    return Timetable(tuple(sorted(entries)), tuple(sorted(meetings)))


def _grouped(rows: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    groups: dict[K, list[T]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return dict(groups)


def _people(rows: Iterable[Entry], role: Role) -> tuple[str, ...]:
    return tuple(sorted({e.person for e in rows if e.role is role}))
