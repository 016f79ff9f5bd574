"""Who is where when: every person of the campaign with their sessions and their papers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.documents import Kind
from api.exports.packs.runs import head_of
from api.exports.packs.wording import hours
from api.presenters.links import PaperLinks
from scheduler.result import Result
from scheduler.timetable import Entry, Timetable

STAFF = (
    ("assessors", "Assessor", Kind.ASSESSOR),
    ("role_players", "Role player", Kind.ROLE_PLAYER),
    ("interpreters", "Interpreter", Kind.INTERPRETER),
)
NO_SESSION = "No session"
NOT_NEEDED = "Not needed"


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
    """One person. `remark` stands in place of the stays of somebody who has none."""

    reference: str
    name: str
    role: str
    stays: tuple[Stay, ...]
    remark: str
    timetable: PaperLinks | None
    letter: PaperLinks | None


def applicant_lines(
    campaign: Campaign,
    timetable: Timetable,
    result: Result | None,
    links: dict[tuple[Kind, str], PaperLinks],
) -> tuple[PersonLine, ...]:
    """Every applicant, by reference."""
    reasons = {each.applicant: each.reason for each in result.unplaced} if result is not None else {}
    return tuple(
        PersonLine(
            reference=applicant.reference,
            name=campaign.name_of("applicants", applicant.reference),
            role="Applicant",
            stays=_stays(campaign, timetable.applicant_entries.get(applicant.reference, [])),
            remark=f"{NO_SESSION}. {reasons.get(applicant.reference, '')}".strip(),
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
            timetable=links.get((kind, reference)),
            letter=None,
        )
        for table, role, kind in STAFF
        for reference in _references(campaign, table)
    )


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
