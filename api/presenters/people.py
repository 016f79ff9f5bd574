"""Who is where when: every person of the campaign with their sessions and their papers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.documents import Kind
from api.exports.packs.outcomes import overall_allocation
from api.exports.packs.runs import head_of
from api.exports.packs.wording import hours
from api.presenters.links import PaperLinks
from api.presenters.outcomes import outcome_words
from assessment.allocation.result import Allocation
from assessment.ranking import OrderOfMerit
from assessment.ratings import Attendance
from scheduler.result import Result
from scheduler.timetable import Entry, Timetable

STAFF = (
    ("assessors", "Assessor", Kind.ASSESSOR),
    ("role_players", "Role player", Kind.ROLE_PLAYER),
    ("interpreters", "Interpreter", Kind.INTERPRETER),
)
NO_SESSION = "No session"
NOT_NEEDED = "Not needed"
NO_RATINGS = "No ratings"
NOT_NOTED = "Not noted whether they came"
PRESENCE_WORDS = {
    Attendance.INVITED: NOT_NOTED,
    Attendance.CONFIRMED: NOT_NOTED,
    Attendance.DECLINED: "Did not come (declined)",
    Attendance.WITHDREW: "Did not come (withdrew)",
    Attendance.ATTENDED: "Came",
    Attendance.LATE: "Came",
    Attendance.LEFT_EARLY: "Came",
    Attendance.DID_NOT_ATTEND: "Did not come",
}


@dataclass(frozen=True, slots=True)
class Stay:
    """One person's time in one session. `anchor` leads to it; `order` sorts by start."""

    session: str
    anchor: str
    day: str
    hours: str
    venue: str
    order: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person. `remark` stands in place of the stays of somebody who has none.

    `travel_minutes` are one way, once for each session; None where nobody needs to know. `waiting_minutes`
    are an applicant's between activities, moving not counted. `share` is an assessor's half-days, of those
    they offered.
    """

    reference: str
    name: str
    role: str
    stays: tuple[Stay, ...]
    remark: str
    travel_minutes: int | None
    waiting_minutes: int | None
    share: str
    outcome: str
    timetable: PaperLinks | None
    letter: PaperLinks | None


def applicant_lines(
    campaign: Campaign,
    timetable: Timetable,
    result: Result | None,
    links: dict[tuple[Kind, str], PaperLinks],
    outcomes: Mapping[str, str] | None = None,
) -> tuple[PersonLine, ...]:
    """Every applicant, by reference. `outcomes` are in words, by reference; without them nothing is said."""
    reasons = {each.applicant: each.reason for each in result.unplaced} if result is not None else {}
    return tuple(
        PersonLine(
            reference=applicant.reference,
            name=campaign.name_of("applicants", applicant.reference),
            role="Applicant",
            stays=_stays(campaign, timetable.applicant_entries.get(applicant.reference, [])),
            remark=f"{NO_SESSION}. {reasons.get(applicant.reference, '')}".strip(),
            travel_minutes=_travel(campaign, timetable, applicant.reference),
            waiting_minutes=_waiting(campaign, timetable, applicant.reference),
            share="",
            outcome=(outcomes or {}).get(applicant.reference, ""),
            timetable=links.get((Kind.APPLICANT, applicant.reference)),
            letter=links.get((Kind.LETTER, applicant.reference)),
        )
        for applicant in campaign.problem.applicants
    )


def staff_lines(
    campaign: Campaign, timetable: Timetable, links: dict[tuple[Kind, str], PaperLinks]
) -> tuple[PersonLine, ...]:
    """Every assessor, role player and interpreter, by kind and reference."""
    return tuple(
        PersonLine(
            reference=reference,
            name=campaign.name_of(table, reference),
            role=role,
            stays=_stays(campaign, timetable.by_person.get(reference, [])),
            remark=NOT_NEEDED,
            travel_minutes=_travel(campaign, timetable, reference) if table == "assessors" else None,
            waiting_minutes=None,
            share=_share(campaign, timetable, reference) if table == "assessors" else "",
            outcome="",
            timetable=links.get((kind, reference)),
            letter=None,
        )
        for table, role, kind in STAFF
        for reference in _references(campaign, table)
    )


def outcomes_in_words(
    campaign: Campaign, order: OrderOfMerit | None, allocation: Allocation | None
) -> dict[str, str]:
    """What became of each applicant, by reference: the outcome, or whether they came; empty until then."""
    if order is None:
        return {}
    said = {each.reference: _presence(campaign, each.reference) for each in campaign.problem.applicants}
    if allocation is not None:
        said |= {
            line.reference: outcome_words(line)
            for line in overall_allocation(campaign, order, allocation).lines
        }
    return said


def _presence(campaign: Campaign, applicant: str) -> str:
    if campaign.attendance is None:
        return NO_RATINGS
    found = campaign.attendance.get(applicant)
    return NOT_NOTED if found is None else PRESENCE_WORDS[found]


def _travel(campaign: Campaign, timetable: Timetable, person: str) -> int | None:
    sessions = {row.session for row in timetable.by_person.get(person, [])}
    if not sessions:
        return None
    venue_of = campaign.problem.session_by_reference
    return sum(campaign.problem.travel_of(person, venue_of[session].venue) for session in sessions)


def _waiting(campaign: Campaign, timetable: Timetable, applicant: str) -> int | None:
    rows = timetable.applicant_entries.get(applicant, [])
    if not rows:
        return None
    busy = sum(row.window.minutes for row in rows) + campaign.problem.move_minutes * (len(rows) - 1)
    return max(row.end for row in rows) - min(row.start for row in rows) - busy


def _share(campaign: Campaign, timetable: Timetable, assessor: str) -> str:
    worked = len({row.session for row in timetable.by_person.get(assessor, [])})
    return f"{worked} of {campaign.problem.assessor_by_reference[assessor].half_days_max}"


def _references(campaign: Campaign, table: str) -> list[str]:
    people = {
        "assessors": [each.reference for each in campaign.problem.assessors],
        "role_players": [each.reference for each in campaign.problem.role_players],
        "interpreters": [each.reference for each in campaign.problem.interpreters],
    }
    return people[table]


def _stays(campaign: Campaign, rows: list[Entry]) -> tuple[Stay, ...]:
    by_session: dict[str, list[Entry]] = defaultdict(list)
    for row in rows:
        by_session[row.session].append(row)
    stays = []
    for session, own in by_session.items():
        head = head_of(campaign, session)
        start, end = min(row.start for row in own), max(row.end for row in own)
        date = campaign.problem.session_by_reference[session].date
        order = f"{date.isoformat()} {start:04d}"
        stays.append(Stay(session, head.anchor, head.day, hours(start, end), head.venue, order))
    return tuple(sorted(stays, key=lambda stay: stay.order))
