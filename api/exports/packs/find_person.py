"""Where somebody is: found by reference or by part of the name, with all their half-days line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from api.campaign import PEOPLE_TABLES, Campaign
from api.exports.packs.legend import Sign, signs_of
from api.exports.packs.runs import SessionHead, head_of
from api.exports.packs.wording import hours
from scheduler.timetable import Entry, Timetable

ROLE_BY_TABLE = {
    "applicants": "applicant",
    "assessors": "assessor",
    "service_user_groups": "service-user group",
    "service_users": "service user",
    "role_players": "role player",
    "interpreters": "interpreter",
}


@dataclass(frozen=True, slots=True)
class DayLine:
    """One activity. `place` is its run: session, exercise, sitting."""

    hours: str
    sign: Sign
    room: str
    panel: str
    place: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class PersonSession:
    head: SessionHead
    lines: tuple[DayLine, ...]


@dataclass(frozen=True, slots=True)
class PersonDay:
    """Somebody found, with their half-days in order of time; a service user has those of their group."""

    reference: str
    name: str
    role: str
    sessions: tuple[PersonSession, ...]
    sentence: str


def find_person(campaign: Campaign, timetable: Timetable, text: str) -> tuple[PersonDay, ...]:
    """Everybody whose reference is `text`, or whose reference begins with it or name holds it.

    Capital letters do not matter. An exact reference comes first and alone; nothing is found for no text.
    """
    wanted = " ".join(text.casefold().split())
    if not wanted:
        return ()
    people = list(_people(campaign))
    exact = [person for person in people if person[1].casefold() == wanted]
    near = [p for p in people if p[1].casefold().startswith(wanted) or wanted in p[2].casefold()]
    return tuple(person_day(campaign, timetable, table, who) for table, who, _ in exact or near)


def person_day(campaign: Campaign, timetable: Timetable, table: str, person: str) -> PersonDay:
    """One person of one of the people's tables."""
    name, where = campaign.name_of(table, person), person
    if table == "service_users":
        groups = campaign.problem.service_user_groups
        where = next((group.reference for group in groups if person in group.members), person)
    rows = timetable.by_person.get(where, [])
    sessions = sorted({row.session for row in rows}, key=lambda s: _when(campaign, s))
    return PersonDay(
        reference=person,
        name=name,
        role=ROLE_BY_TABLE[table],
        sessions=tuple(_session(campaign, session, rows) for session in sessions),
        sentence="" if sessions else f"{name} is in no session.",
    )


def _people(campaign: Campaign) -> Iterator[tuple[str, str, str]]:
    """Table, reference and name of everybody, in the order of the tables."""
    problem = campaign.problem
    references = {
        "applicants": [a.reference for a in problem.applicants],
        "assessors": [a.reference for a in problem.assessors],
        "service_user_groups": [g.reference for g in problem.service_user_groups],
        "service_users": [member for g in problem.service_user_groups for member in g.members],
        "role_players": [p.reference for p in problem.role_players],
        "interpreters": [i.reference for i in problem.interpreters],
    }
    for table in PEOPLE_TABLES:
        for reference in references[table]:
            yield table, reference, campaign.name_of(table, reference)


def _session(campaign: Campaign, session: str, rows: list[Entry]) -> PersonSession:
    mine = sorted((row for row in rows if row.session == session), key=lambda row: (row.start, row.end))
    return PersonSession(
        head_of(campaign, session),
        tuple(
            DayLine(
                hours(row.start, row.end),
                signs_of(campaign)[row.exercise],
                campaign.name_of("rooms", row.room),
                row.panel,
                (row.session, row.exercise, row.sitting),
            )
            for row in mine
        ),
    )


def _when(campaign: Campaign, session: str) -> tuple[object, int, str]:
    found = campaign.problem.session_by_reference[session]
    return (found.date, found.window.start, session)
