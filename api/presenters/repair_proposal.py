"""A proposed repair in one sentence and a list: who moves, by how much, who cannot be kept, whom to tell."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from api.campaign import Campaign
from api.exports.packs.wording import counted
from scheduler.changes import Change, difference
from scheduler.timetable import Timetable


class Told(Protocol):
    """Somebody who must be told something."""

    @property
    def person(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Proposal:
    """`sentence` is the answer. `left_out` are applicants whom it cannot keep, named.

    `tell` are those who must be told; of `reasons` (whoever is not there) the publication lists only what
    they no longer have.
    """

    sentence: str
    left_out: tuple[str, ...]
    tell: tuple[Told, ...]
    reasons: tuple[Told, ...]


def proposal_of(
    campaign: Campaign,
    old: Timetable,
    new: Timetable,
    affected: Iterable[Told],
    reasons: Collection[str],
    left_out: Collection[str],
) -> Proposal:
    """`reasons` are people who are not there as planned: they are why anything changes, and do not count."""
    changes = [change for change in difference(old, new) if change.person not in reasons]
    people = list(affected)
    return Proposal(
        sentence=_sentence(changes, left_out),
        left_out=tuple(f"{campaign.person_name(a)} ({a})" for a in sorted(left_out)),
        tell=tuple(one for one in people if one.person not in reasons),
        reasons=tuple(one for one in people if one.person in reasons),
    )


def _sentence(changes: list[Change], left_out: Collection[str]) -> str:
    """4 people move, nobody by more than 20 minutes; 1 person stands in."""
    by_person: dict[str, list[Change]] = {}
    for change in changes:
        by_person.setdefault(change.person, []).append(change)
    kept = {person: found for person, found in by_person.items() if person not in left_out}
    elsewhere = {p for p, found in kept.items() if any(_is_elsewhere(change) for change in found)}
    minutes = {p: _minutes(found) for p, found in kept.items() if p not in elsewhere}
    moved = {p for p, most in minutes.items() if most}
    beside = {p for p, most in minutes.items() if not most}
    new = {p for p in beside if all(change.old is None for change in by_person[p])}
    fewer = {p for p in beside if all(change.new is None for change in by_person[p])}
    said = []
    if moved:
        most = max(minutes[p] for p in moved)
        said.append(f"{_people(moved, 'moves', 'move')}, nobody by more than {counted(most, 'minute')}")
    else:
        said.append("Nobody moves to another time")
    if elsewhere:
        said.append(f"{_people(elsewhere, 'goes', 'go')} to another session")
    if new:
        said.append(f"{_people(new, 'stands', 'stand')} in")
    if other := beside - new - fewer:
        said.append(f"{_people(other, 'has', 'have')} another room, panel or part at the same time")
    if fewer:
        said.append(f"{_people(fewer, 'has', 'have')} less to do")
    if left_out:
        said.append(f"{counted(len(left_out), 'applicant')} cannot be kept")
    return f"{'; '.join(said)}."


def _people(people: Collection[str], one: str, many: str) -> str:
    return f"{counted(len(people), 'person', 'people')} {one if len(people) == 1 else many}"


def _minutes(changes: Iterable[Change]) -> int:
    """By how much the start of any of somebody's rows moves at most."""
    return max((abs(c.new.start - c.old.start) for c in changes if c.old and c.new), default=0)


def _is_elsewhere(change: Change) -> bool:
    old, new = change.old, change.new
    return old is not None and new is not None and old.session != new.session
