"""What assessors and partner councils see of a published timetable: their own days, and nothing of others.

An assessor sees whom they meet and with whom they sit; a council's officer, when its own assessors are
needed. Nobody's choices, arrangements or results are here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.packs.legend import Sign
from api.exports.packs.personal import StaffLine, StaffSession, staff_pack
from api.exports.packs.runs import SessionHead, head_of, held_sessions
from api.exports.packs.wording import counted, hours, listed
from api.presenters.rating import SheetFacts, SheetLine, sheet_line
from scheduler.timetable import Entry, Timetable


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One run of an assessor or a group. `applicants` are those they see, by reference as on paper.

    `sheets` are what is to be rated in it, each with how far it is.
    """

    hours: str
    sign: Sign
    room: str
    applicants: tuple[str, ...]
    writing: str
    notes: tuple[str, ...]
    sheets: tuple[SheetLine, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnSession:
    """One half-day of an assessor, or of a service-user group."""

    head: SessionHead
    panel: str
    rooms: tuple[str, ...]
    arrive_by: str
    finish: str
    colleagues: tuple[str, ...]
    lines: tuple[OwnLine, ...]


@dataclass(frozen=True, slots=True)
class OwnDays:
    answer: str
    sessions: tuple[OwnSession, ...]


@dataclass(frozen=True, slots=True)
class CouncilHalfDay:
    """One half-day in which assessors of a council are needed: reference, name and hours of each."""

    head: SessionHead
    people: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class CouncilAssessor:
    """One assessor of a council: the sessions they are needed in, and of how many half-days they offered."""

    reference: str
    name: str
    sessions: tuple[str, ...]
    offered: int
    free: int


@dataclass(frozen=True, slots=True)
class CouncilDays:
    """`spare` are the assessors who are not needed at all."""

    council: str
    answer: str
    half_days: tuple[CouncilHalfDay, ...]
    assessors: tuple[CouncilAssessor, ...]
    spare: tuple[CouncilAssessor, ...]


def own_days(
    campaign: Campaign, timetable: Timetable, person: str, sheets: Sequence[SheetFacts] = ()
) -> OwnDays:
    """The half-days of one assessor or service-user group, with what they have to rate."""
    if person not in timetable.by_person:
        return OwnDays("You are not needed in any session.", ())
    pack = staff_pack(campaign, timetable, person)
    sessions = tuple(_session(campaign, session, sheets, person) for session in pack.sessions)
    days = listed(list(dict.fromkeys(session.head.day for session in sessions)))
    return OwnDays(f"You are needed for {counted(len(sessions), 'half-day')}, on {days}.", sessions)


def council_days(campaign: Campaign, timetable: Timetable, council: str) -> CouncilDays:
    """When a council's own assessors are needed, and what they offered besides."""
    mine = [a for a in campaign.problem.assessors if a.council == council]
    own = {a.reference for a in mine}
    half_days = []
    for session in held_sessions(campaign, timetable):
        rows: dict[str, list[Entry]] = {}
        for row in timetable.by_session[session]:
            if row.person in own:
                rows.setdefault(row.person, []).append(row)
        if rows:
            people = tuple(_in_session(campaign, who, found) for who, found in sorted(rows.items()))
            half_days.append(CouncilHalfDay(head_of(campaign, session), people))
    assessors = tuple(_assessor(campaign, timetable, a.reference, a.half_days_max) for a in mine)
    spare = tuple(a for a in assessors if not a.sessions)
    return CouncilDays(
        campaign.name_of("councils", council), _answer(assessors, spare), tuple(half_days), assessors, spare
    )


def _answer(assessors: tuple[CouncilAssessor, ...], spare: tuple[CouncilAssessor, ...]) -> str:
    if not assessors:
        return "Your council has no assessors in this campaign."
    here = len(assessors) - len(spare)
    needed = sum(len(a.sessions) for a in assessors)
    free = sum(a.free for a in assessors)
    verb = "is" if here == 1 else "are"
    said = f"{here} of your council’s {counted(len(assessors), 'assessor')} {verb} needed"
    stays = "stays" if free == 1 else "stay"
    return (
        f"{said}, for {counted(needed, 'half-day')}; {counted(free, 'half-day')} they offered {stays} free."
    )


def _session(
    campaign: Campaign, session: StaffSession, sheets: Sequence[SheetFacts], person: str
) -> OwnSession:
    here = [sheet for sheet in sheets if sheet.session == session.head.reference]
    return OwnSession(
        session.head,
        session.panel,
        session.rooms,
        session.arrive_by,
        session.finish,
        session.colleagues,
        tuple(_line(campaign, line, here, person) for line in session.lines),
    )


def _line(campaign: Campaign, line: StaffLine, sheets: Sequence[SheetFacts], person: str) -> OwnLine:
    own = tuple(
        sheet_line(campaign, sheet, person)
        for sheet in sheets
        if sheet.exercise == line.sign.exercise and sheet.applicant in line.applicants
    )
    return OwnLine(line.hours, line.sign, line.room, tuple(line.applicants), line.writing, line.notes, own)


def _in_session(campaign: Campaign, person: str, rows: list[Entry]) -> tuple[str, str, str]:
    window = hours(min(row.start for row in rows), max(row.end for row in rows))
    return (person, campaign.name_of("assessors", person), window)


def _assessor(campaign: Campaign, timetable: Timetable, person: str, offered: int) -> CouncilAssessor:
    sessions = tuple(dict.fromkeys(row.session for row in timetable.by_person.get(person, [])))
    free = max(0, offered - len(sessions))
    return CouncilAssessor(person, campaign.name_of("assessors", person), sessions, offered, free)
