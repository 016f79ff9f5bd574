"""What is different between two timetables, person by person: the rows that somebody has to be told about.

A row is told apart by when, where and before which panel it is; whom else one meets there, and what a run is
called, is no change. Rows that both timetables have are no matter; of the others, one person's rows of one
exercise are paired in order of their start.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from scheduler.timetable import Entry, Role, Timetable

# What an applicant's row counts as when it is now in another session, in minutes of change.
OTHER_SESSION_MINUTES = 240

Face = tuple[str, str, int, int, str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One row of one person that is not as it was: `old` is None for a new row, `new` for one gone."""

    person: str
    role: Role
    old: Entry | None
    new: Entry | None

    @property
    def row(self) -> Entry:
        """The row as it is now, or as it was where it is gone."""
        found = self.new or self.old
        assert found is not None
        return found


def difference(old: Timetable, new: Timetable) -> tuple[Change, ...]:
    """Every row that changes, by person and time; none for timetables that tell everybody the same."""
    people = sorted(old.by_person.keys() | new.by_person.keys())
    return tuple(
        change
        for person in people
        for change in _of_person(old.by_person.get(person, []), new.by_person.get(person, []))
    )


def people_changed(changes: Iterable[Change], leaving_out: Iterable[str] = ()) -> tuple[str, ...]:
    """Everybody with a change, but for those left out (the absent, who are the reason and not its effect)."""
    return tuple(sorted({change.person for change in changes} - set(leaving_out)))


def minutes_of_change(changes: Iterable[Change]) -> int:
    """How far applicants' rows move, summed; staff move with the applicants and are not counted again.

    A row in another session counts `OTHER_SESSION_MINUTES`; a row that has gone altogether is another aim's
    matter (`unplaced`) and counts nothing.
    """
    total = 0
    for change in changes:
        if change.role is Role.APPLICANT and change.old is not None and change.new is not None:
            same = change.old.session == change.new.session
            total += abs(change.new.start - change.old.start) if same else OTHER_SESSION_MINUTES
    return total


def face(entry: Entry) -> Face:
    """What of a row matters to the person whose row it is."""
    panel = entry.panel if entry.role in (Role.APPLICANT, Role.ASSESSOR) else ""
    return (entry.session, entry.exercise, entry.start, entry.end, entry.room, panel)


def _of_person(old: list[Entry], new: list[Entry]) -> Iterator[Change]:
    if old == new:
        return
    gone, come = _without_common(old, new), _without_common(new, old)
    changes: list[Change] = []
    for exercise in sorted({row.exercise for row in (*gone, *come)}):
        before = [row for row in gone if row.exercise == exercise]
        after = [row for row in come if row.exercise == exercise]
        for one, other in zip_longest(before, after):
            row = other or one
            changes.append(Change(row.person, row.role, one, other))
    yield from sorted(changes, key=lambda change: change.row)


def _without_common(rows: list[Entry], others: list[Entry]) -> list[Entry]:
    """Those of `rows` whose like the others do not have, in order."""
    left = Counter(face(row) for row in others)
    found = []
    for row in rows:
        if left[face(row)]:
            left[face(row)] -= 1
        else:
            found.append(row)
    return found
