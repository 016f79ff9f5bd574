"""What a repair will be asked, in a form that can be changed before it is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.packs.wording import listed
from api.presenters.day_terms import AWAY, Arrival, Asked, Here, SessionDay, Together, Trouble, What
from scheduler.grid import clock
from scheduler.timetable import Entry, Timetable

Choice = tuple[str, str]
LEAVE_OUT = "no"
APPLICANT_CHOICES: tuple[Choice, ...] = (
    (What.GONE.value, "does not come, or has gone"),
    (What.LATE.value, "is late, and there at"),
    (What.LEAVING.value, "leaves at"),
    (LEAVE_OUT, "leave out of this repair"),
)
STAFF_CHOICES: tuple[Choice, ...] = (
    (What.MISSING.value, "is not there for this session"),
    (What.GONE.value, "will not be there at all any more"),
    *APPLICANT_CHOICES[1:],
)


@dataclass(frozen=True, slots=True)
class PersonField:
    """One person who is not there as planned; `what` and `at` as proposed, or as they were typed."""

    person: str
    named: str
    choices: tuple[Choice, ...]
    what: str
    at: str


@dataclass(frozen=True, slots=True)
class RepairForm:
    """`together` and `missed` are sentences: what is seen to without asking, and what no repair can do."""

    now: str
    people: tuple[PersonField, ...]
    together: tuple[str, ...]
    missed: tuple[str, ...]
    rooms: tuple[Choice, ...]
    rooms_lost: tuple[str, ...]


def repair_form(
    day: SessionDay,
    timetable: Timetable,
    campaign: Campaign,
    now: str,
    minute: int,
    troubles: Sequence[Trouble],
    together: Sequence[Together],
    typed: Mapping[str, tuple[str, str]] | None = None,
    rooms_lost: Sequence[str] = (),
) -> RepairForm:
    """`typed` holds, by person, what was sent where that could not be asked."""
    proposed = {t.person: (t.what.value, clock(t.at) if t.at is not None else "") for t in troubles}
    staff = {each.person for each in day.staff}
    people = {**proposed, **(typed or {})}
    rooms = {e.room for e in timetable.by_session.get(day.session.reference, []) if e.room}
    return RepairForm(
        now=now,
        people=tuple(
            PersonField(
                person,
                _named(campaign, person),
                STAFF_CHOICES if person in staff else APPLICANT_CHOICES,
                what,
                at,
            )
            for person, (what, at) in people.items()
        ),
        together=tuple(together_words(campaign, together)),
        missed=tuple(_missed(day, campaign, minute)),
        rooms=tuple((room, campaign.name_of("rooms", room)) for room in sorted(rooms)),
        rooms_lost=tuple(rooms_lost),
    )


def asked_of(now: str, people: Iterable[tuple[str, str, str]], rooms_lost: Sequence[str]) -> Asked:
    """What was sent: (person, what, time) each; whoever is left out is not asked about."""
    known = {what.value for what in What}
    return Asked(
        now=now,
        people=tuple((person, What(what), at.strip()) for person, what, at in people if what in known),
        rooms_lost=tuple(rooms_lost),
    )


def together_words(campaign: Campaign, together: Iterable[Together]) -> Iterable[str]:
    for each in together:
        name = campaign.name_of("exercises", each.run.exercise)
        when = f"{clock(each.run.window.start)} (session {each.run.session})"
        both = f"{_named(campaign, each.applicant)} and {_named(campaign, each.person)}"
        yield f"{both} would meet in {name} at {when}; a declared interest keeps them apart."


def missed(arrival: Arrival, now: int) -> tuple[Entry, ...]:
    """What began without them: no repair can give it again."""
    if arrival.state in (*AWAY, Here.LEFT):
        return ()
    there = arrival.arrived if arrival.state is Here.HERE else None
    return tuple(e for e in arrival.entries if e.start <= now and (there is None or e.start < there))


def _missed(day: SessionDay, campaign: Campaign, minute: int) -> Iterable[str]:
    for each in day.applicants:
        if entries := missed(each, minute):
            names = listed(
                [f"{campaign.name_of('exercises', e.exercise)} at {clock(e.start)}" for e in entries]
            )
            yield f"{_named(campaign, each.person)} was not noted as here when this began: {names}."


def _named(campaign: Campaign, person: str) -> str:
    name = campaign.person_name(person)
    return person if name == person else f"{name} ({person})"
