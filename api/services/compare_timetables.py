"""Two timetables of one campaign beside each other: aim by aim, and person by person.

Which aims there are and in what order is the campaign's; values are what the checks measure, never what a
run reported. Rows are paired as `scheduler.changes` does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from api.campaign import Campaign
from api.exports.packs.legend import signs_of
from api.exports.packs.wording import counted, day_and_date, half_day
from api.presenters.breaches import BreachLine, breach_lines
from api.presenters.tiers import tier_words
from api.services.affected_people import ROLE_NAMES
from scheduler.changes import Change, difference
from scheduler.checks import tier_values
from scheduler.grid import clock
from scheduler.rules import tiers_of
from scheduler.timetable import Entry, Role, Timetable


class Side(StrEnum):
    """How the second timetable stands against the first in one aim."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class TierSides:
    """One aim: what each timetable comes to, in words, and how the second stands."""

    key: str
    aim: str
    old: str
    new: str
    side: Side
    sentence: str


@dataclass(frozen=True, slots=True)
class Move:
    """One row that is not as it was: the exercise, and where and when it was and is ("" where it is not)."""

    exercise: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PersonMoved:
    """`minutes` is the furthest that a row moves within its session, None where they change session.

    `old_session` and `new_session` are "" for people who had, or have, none; several are listed.
    """

    person: str
    name: str
    role: Role
    role_name: str
    old_session: str
    new_session: str
    minutes: int | None
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`headline` says how many move and how far; breaches are those of either timetable."""

    headline: str
    verdict: str
    tiers: tuple[TierSides, ...]
    people: tuple[PersonMoved, ...]
    old_breaches: tuple[BreachLine, ...]
    new_breaches: tuple[BreachLine, ...]


def compare_timetables(campaign: Campaign, old: Timetable, new: Timetable) -> Comparison:
    """The second timetable against the first."""
    tiers = tuple(_tiers(campaign, old, new))
    people = _people(campaign, old, new)
    return Comparison(
        headline=moved_headline(people),
        verdict=_verdict(tiers),
        tiers=tiers,
        people=people,
        old_breaches=breach_lines(campaign, old),
        new_breaches=breach_lines(campaign, new),
    )


def moved_headline(people: Sequence[PersonMoved]) -> str:
    """12 people move, nobody by more than 20 minutes."""
    if not people:
        return "Nobody moves."
    verb = "moves" if len(people) == 1 else "move"
    said = f"{counted(len(people), 'person', 'people')} {verb}"
    elsewhere = sum(one.minutes is None for one in people)
    most = max((one.minutes for one in people if one.minutes is not None), default=0)
    if elsewhere == len(people):
        which = "" if elsewhere == 1 else ", all of them"
        return f"{said}{which} to or from another session."
    if elsewhere:
        said += f", {elsewhere:,} of them to or from another session"
        return f"{said}; nobody else by more than {counted(most, 'minute')}." if most else f"{said}."
    if most:
        return f"{said}, nobody by more than {counted(most, 'minute')}."
    changed = "changes" if len(people) == 1 else "change"
    return f"{counted(len(people), 'person', 'people')} {changed} room, panel or duties; nobody's times move."


def _tiers(campaign: Campaign, old: Timetable, new: Timetable) -> Iterator[TierSides]:
    before, after = tier_values(campaign.problem, old), tier_values(campaign.problem, new)
    for tier in tiers_of(campaign.problem):
        one, other = before[tier.key], after[tier.key]
        side = Side.SAME if one == other else Side.BETTER if other < one else Side.WORSE
        aim, was = tier_words(tier.key, one)
        _, now = tier_words(tier.key, other)
        said = f"{now}, as before" if side is Side.SAME else f"{now} instead of {was}: {side.value}"
        yield TierSides(tier.key, aim, was, now, side, f"{aim}: {said}.")


def _verdict(tiers: Sequence[TierSides]) -> str:
    """Aims come in order: the first in which the two differ decides."""
    first = next((tier for tier in tiers if tier.side is not Side.SAME), None)
    if first is None:
        return "Both are equally good in every aim."
    which = "The second" if first.side is Side.BETTER else "The first"
    return f"{which} is better in the first aim in which they differ. {first.sentence}"


def _people(campaign: Campaign, old: Timetable, new: Timetable) -> tuple[PersonMoved, ...]:
    changes: dict[str, list[Change]] = defaultdict(list)
    for change in difference(old, new):
        changes[change.person].append(change)
    moved = [
        _moved(campaign, person, mine, old.by_person.get(person, []), new.by_person.get(person, []))
        for person, mine in changes.items()
    ]
    roles = list(Role)
    return tuple(sorted(moved, key=lambda one: (roles.index(one.role), one.name, one.person)))


def _moved(
    campaign: Campaign, person: str, changes: Sequence[Change], had: Sequence[Entry], has: Sequence[Entry]
) -> PersonMoved:
    before, after = _sessions(had), _sessions(has)
    shifts = [
        abs(c.new.start - c.old.start)
        for c in changes
        if c.old is not None and c.new is not None and c.old.session == c.new.session
    ]
    role = changes[0].role
    return PersonMoved(
        person=person,
        name=campaign.person_name(person),
        role=role,
        role_name=ROLE_NAMES[role],
        old_session=", ".join(before),
        new_session=", ".join(after),
        minutes=max(shifts, default=0) if before == after else None,
        moves=tuple(_move(campaign, change, len({*before, *after}) > 1) for change in changes),
    )


def _sessions(rows: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(sorted({row.session for row in rows}))


def _move(campaign: Campaign, change: Change, several: bool) -> Move:
    name = signs_of(campaign)[change.row.exercise].name
    old, new = ("" if row is None else _whole(campaign, row, several) for row in (change.old, change.new))
    return Move(name, old, new)


def _whole(campaign: Campaign, row: Entry, several: bool) -> str:
    """09:40, Room 3, panel P1; with the day for whoever is in several sessions."""
    panel = f", panel {row.panel}" if row.panel else ""
    said = f"{clock(row.start)}, {campaign.name_of('rooms', row.room)}{panel}"
    if not several:
        return said
    session = campaign.problem.session_by_reference[row.session]
    return f"{row.session}, {day_and_date(session.date)} in the {half_day(session.window.start)}, {said}"
