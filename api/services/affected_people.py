"""Who must be told what when a timetable is published: person by person, old and new, in plain words.

Whoever has the same rows in both is not named. Sending anything is somebody's decision, later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from api.campaign import Campaign
from api.exports.packs.legend import signs_of
from api.exports.packs.wording import counted, day_and_date, half_day, listed
from scheduler.changes import Change, difference
from scheduler.grid import clock
from scheduler.timetable import Entry, Role, Timetable, timetable_of

ROLE_NAMES = {
    Role.APPLICANT: "applicant",
    Role.ASSESSOR: "assessor",
    Role.ROLE_PLAYER: "role player",
    Role.SERVICE_USER_GROUP: "service-user group",
    Role.INTERPRETER: "interpreter",
}


class What(StrEnum):
    """What publishing means for somebody."""

    NEW = "new"
    CHANGED = "changed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Affected:
    """One person (or service-user group) and all they must be told, a sentence a line.

    `tell` names who is told: the person, or the members of the group. `sessions` are those concerned.
    """

    person: str
    name: str
    role: Role
    role_name: str
    what: What
    lines: tuple[str, ...]
    tell: tuple[str, ...]
    sessions: tuple[str, ...]


def affected_people(campaign: Campaign, old: Timetable | None, new: Timetable) -> tuple[Affected, ...]:
    """Everybody whose rows are not the same, applicants first, then staff by role and name."""
    before = timetable_of([]) if old is None else old
    changes: dict[str, list[Change]] = defaultdict(list)
    for change in difference(before, new):
        changes[change.person].append(change)
    found = [_affected(campaign, before, new, person, mine) for person, mine in changes.items()]
    roles = list(Role)
    return tuple(sorted(found, key=lambda each: (roles.index(each.role), each.name, each.person)))


def affected_headline(affected: Sequence[Affected]) -> str:
    """How many there are to tell, by role: 14 people to tell: 9 applicants and 5 assessors."""
    if not affected:
        return "Nobody has to be told anything: everybody's times, rooms and panels are the same."
    each = [
        counted(number, ROLE_NAMES[role])
        for role in Role
        if (number := sum(one.role is role for one in affected))
    ]
    people = len({name for one in affected for name in one.tell})
    return f"{counted(people, 'person', 'people')} to tell: {listed(each)}."


def _affected(
    campaign: Campaign, old: Timetable, new: Timetable, person: str, changes: Sequence[Change]
) -> Affected:
    had, has = old.by_person.get(person, []), new.by_person.get(person, [])
    what = What.NEW if not had else What.DROPPED if not has else What.CHANGED
    role = changes[0].role
    group = campaign.problem.group_by_reference.get(person)
    tell = (person,) if group is None else group.members
    if what is What.NEW:
        lines = list(_days(campaign, has, "You are in"))
    elif what is What.DROPPED:
        no_longer = "no longer have a place" if role is Role.APPLICANT else "are no longer needed"
        lines = [f"You {no_longer} on {_dates(campaign, had)}."]
    else:
        lines = list(_changed(campaign, had, has, changes))
    return Affected(
        person=person,
        name=campaign.person_name(person),
        role=role,
        role_name=ROLE_NAMES[role],
        what=what,
        lines=tuple(lines),
        tell=tuple(campaign.person_name(one) for one in tell),
        sessions=tuple(sorted({row.session for c in changes for row in (c.old, c.new) if row is not None})),
    )


def _changed(
    campaign: Campaign, had: Sequence[Entry], has: Sequence[Entry], changes: Sequence[Change]
) -> Iterator[str]:
    """First whole half-days that come or go, then what is otherwise in those that stay."""
    before, after = {row.session for row in had}, {row.session for row in has}
    gone, come = before - after, after - before
    if gone and come and len(before) == len(after) == 1:
        yield f"You now come on {_dates(campaign, has)} instead of {_dates(campaign, had)}."
        yield from _days(campaign, has, "You are in")
        return
    if gone:
        rows = [row for row in had if row.session in gone]
        yield f"You are no longer needed on {_dates(campaign, rows)}."
    if come:
        yield from _days(campaign, [row for row in has if row.session in come], "You are now also in")
    several = len(before | after) > 1
    for change in (part for whole in changes for part in _by_session(whole)):
        if change.row.session not in gone | come:
            yield from _one(campaign, change, several)


def _by_session(change: Change) -> Iterator[Change]:
    """A row that is now in another session is one that is gone and one that is new."""
    if change.old is None or change.new is None or change.old.session == change.new.session:
        yield change
    else:
        yield replace(change, new=None)
        yield replace(change, old=None)


def _one(campaign: Campaign, change: Change, several: bool) -> Iterator[str]:
    """What is otherwise in one row, in one sentence; the day is told to whoever comes on several."""
    old, new = change.old, change.new
    if old is None or new is None:
        if old is not None:
            yield f"{_your(campaign, old, several)} at {clock(old.start)} is no longer on."
        if new is not None:
            yield f"{_your(campaign, new, several)} at {clock(new.start)} is new, {_where(campaign, new)}."
        return
    said = []
    if old.start != new.start:
        said.append(f"at {clock(new.start)} instead of {clock(old.start)}")
    elif old.end != new.end:
        said.append(f"until {clock(new.end)} instead of {clock(old.end)}")
    if old.room != new.room:
        said.append(f"in {_room(campaign, new)} instead of {_room(campaign, old)}")
    if old.panel != new.panel and change.role in (Role.APPLICANT, Role.ASSESSOR):
        seen = "before" if change.role is Role.APPLICANT else "with"
        said.append(f"{seen} panel {new.panel} instead of panel {old.panel}")
    when = "" if old.start != new.start else f" at {clock(new.start)}"
    yield f"{_your(campaign, new, several)}{when} is {', '.join(said)}."


def _your(campaign: Campaign, row: Entry, several: bool) -> str:
    name = signs_of(campaign)[row.exercise].name
    return f"Your {name} on {_date(campaign, row.session)}" if several else f"Your {name}"


def _days(campaign: Campaign, rows: Sequence[Entry], opening: str) -> Iterator[str]:
    """For each half-day one sentence with all that is on."""
    for session in sorted({row.session for row in rows}, key=lambda s: _when(campaign, s)):
        mine = sorted((row for row in rows if row.session == session), key=lambda row: row.start)
        what = [
            f"{signs_of(campaign)[row.exercise].name} at {clock(row.start)} ({_room(campaign, row)})"
            for row in mine
        ]
        yield f"{opening} {session}, {_date(campaign, session)}: {listed(what)}."


def _dates(campaign: Campaign, rows: Iterable[Entry]) -> str:
    sessions = sorted({row.session for row in rows}, key=lambda s: _when(campaign, s))
    return listed([f"{_date(campaign, session)} ({session})" for session in sessions])


def _date(campaign: Campaign, session: str) -> str:
    found = campaign.problem.session_by_reference[session]
    venue = campaign.name_of("venues", found.venue)
    return f"{day_and_date(found.date)} in the {half_day(found.window.start)} at {venue}"


def _when(campaign: Campaign, session: str) -> tuple[object, int, str]:
    found = campaign.problem.session_by_reference[session]
    return (found.date, found.window.start, session)


def _where(campaign: Campaign, row: Entry) -> str:
    panel = f", panel {row.panel}" if row.panel else ""
    return f"in {_room(campaign, row)}{panel}"


def _room(campaign: Campaign, row: Entry) -> str:
    return campaign.name_of("rooms", row.room)
