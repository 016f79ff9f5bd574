"""What the pages of the day and the services behind them speak of: how people stand, what is asked and open.

Only what is known is here, as `api.services.day_of_session` and its neighbours find it out; what a page says
of it is in `arrivals.py`, `arrival_form.py`, `repair_form.py`, `wall.py` and `sign_off_page.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from api.imports.disruption import minutes_of
from scheduler.programme import Session
from scheduler.timetable import Entry, Role, Sitting


class Here(StrEnum):
    """How somebody stands on the day. Of the late it is not known yet that they have come."""

    NOT_YET = "not_yet"
    HERE = "here"
    LATE = "late"
    ABSENT = "absent"
    WITHDREW = "withdrew"
    LEFT = "left"


STATE_OF_WORD = {
    "attended": Here.HERE,
    "here": Here.HERE,
    "late": Here.LATE,
    "left_early": Here.LEFT,
    "did_not_attend": Here.ABSENT,
    "absent": Here.ABSENT,
    "withdrew": Here.WITHDREW,
    "declined": Here.WITHDREW,
}
AWAY = frozenset({Here.ABSENT, Here.WITHDREW})
APPLICANT_STATES = (Here.HERE, Here.LATE, Here.ABSENT, Here.WITHDREW, Here.LEFT, Here.NOT_YET)
STAFF_STATES = tuple(state for state in APPLICANT_STATES if state is not Here.WITHDREW)
LATER = "later"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One person of a session. `entries` are theirs by the published timetable, in order of time.

    `cells` are what was noted, in a row with this number and change; both are 0 where nothing was.
    """

    person: str
    role: Role
    entries: tuple[Entry, ...]
    cells: Mapping[str, str] = field(default_factory=dict)
    row_id: int = 0
    since: int = 0

    @property
    def is_staff(self) -> bool:
        return self.role is not Role.APPLICANT

    @property
    def first(self) -> Entry | None:
        return self.entries[0] if self.entries else None

    @property
    def state(self) -> Here:
        found = STATE_OF_WORD.get(self.cell("status"), Here.NOT_YET)
        # Whose identity was looked at was there: somebody who came late.
        return Here.HERE if found is Here.LATE and self.cell("id_seen") else found

    @property
    def arrived(self) -> int | None:
        """In minutes after midnight; of the late, when they are expected."""
        return minutes_of(self.cell("arrived"))

    @property
    def left(self) -> int | None:
        return minutes_of(self.cell("left"))

    def cell(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class SignedOff:
    """Who signed a session off, and when. `later` counts what was noted or changed since."""

    at: str
    by: str
    note: str
    later: int
    row_id: int
    since: int


@dataclass(frozen=True, slots=True)
class SessionDay:
    """Everybody of one session, applicants in order of their first activity, then the staff."""

    session: Session
    applicants: tuple[Arrival, ...]
    staff: tuple[Arrival, ...]
    signed: SignedOff | None

    @property
    def everybody(self) -> tuple[Arrival, ...]:
        return (*self.applicants, *self.staff)

    def of(self, person: str) -> Arrival | None:
        return next((each for each in self.everybody if each.person == person), None)

    def counted(self, *states: Here) -> int:
        """How many applicants stand so."""
        return sum(each.state in states for each in self.applicants)


@dataclass(frozen=True, slots=True)
class Noted:
    """What is to be noted of somebody. Times and the date are as they were typed.

    Identity and certificates are an applicant's only: "yes", "no" or empty, certificates also `LATER`.
    """

    state: Here | None
    arrived: str = ""
    left: str = ""
    id_seen: str = ""
    certificates: str = ""
    certificates_by: str = ""


class What(StrEnum):
    """How somebody is not there as planned. `GONE` is to the end of the campaign, `MISSING` this session."""

    GONE = "gone"
    MISSING = "missing"
    LATE = "late"
    LEAVING = "leaving"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Somebody who is not there as planned, since or from `at`, in minutes after midnight."""

    person: str
    what: What
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """Two whom a declared interest keeps apart and who would still meet."""

    applicant: str
    person: str
    run: Sitting


@dataclass(frozen=True, slots=True)
class Asked:
    """What a repair is to be told. Times are as typed; `now` is one of the session's day."""

    now: str
    people: tuple[tuple[str, What, str], ...]
    rooms_lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """An applicant at one minute: what is on, and what comes next. Both are None at the end."""

    applicant: str
    now: Entry | None
    next: Entry | None


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """What is open at the end of a session. Of ratings only counts are known here: sheets that somebody is
    expected to lock, and how many are locked.
    """

    applicants: tuple[Arrival, ...]
    staff: tuple[Arrival, ...]
    identity: tuple[Arrival, ...]
    certificates: tuple[Arrival, ...]
    sheets: int
    locked: int

    @property
    def unlocked(self) -> int:
        return self.sheets - self.locked
