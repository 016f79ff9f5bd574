"""One session on its day: who is expected by the published timetable, and what was noted of each of them.

Only reading is here; noting is in `check_in.py`, signing off in `sign_off.py`. Everybody of the published
version is there, with whoever an earlier repair has left without anything to do.
"""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from api.exports.packs.runs import held_sessions
from api.presenters.day_terms import Arrival, Here, SessionDay, SignedOff
from api.services.open_campaign import Opened
from api.services.published_timetable import Published, latest_published, published_version
from api.storage.repositories.campaigns import KeptRow, KeptTable
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork
from scheduler.disruption import in_force
from scheduler.programme import Session
from scheduler.timetable import Entry, Role

ATTENDANCE, STAFF_ATTENDANCE = "attendance", "staff_attendance"
INCIDENTS, SIGN_OFFS = "incidents", "sign_offs"


@dataclass(frozen=True, slots=True)
class DayOfSession(SessionDay):
    """The same with the version that holds: everybody is expected as it says."""

    published: Published


def days_of(work: UnitOfWork, record: CampaignRecord, opened: Opened) -> tuple[DayOfSession, ...]:
    """Every session of the published timetable, by date; none where nothing is published."""
    published = latest_published(work, record)
    if published is None:
        return ()
    known = published.reading.campaign.problem.session_by_reference
    held = set(held_sessions(published.reading.campaign, published.reading.timetable))
    placed = published.reading.timetable.applicant_entries
    held |= {
        cells["session"]
        for _, cells in noted(opened, ATTENDANCE)
        if cells["applicant"] not in placed and cells.get("session") in known
    }
    missing = _missing(work, record, published)
    ordered = sorted(held, key=lambda s: (known[s].date, known[s].window.start, s))
    return tuple(_day(opened, published, known[session], missing) for session in ordered)


def day_of_session(
    work: UnitOfWork, record: CampaignRecord, opened: Opened, session: str
) -> DayOfSession | None:
    """None where nothing is published, or the campaign has no such session."""
    published = latest_published(work, record)
    found = published.reading.campaign.problem.session_by_reference.get(session) if published else None
    if published is None or found is None:
        return None
    return _day(opened, published, found, _missing(work, record, published))


def noted(opened: Opened, table: str) -> Iterator[tuple[KeptRow, dict[str, str]]]:
    """The rows of a table with their cells by column."""
    kept = opened.tables.get(table) or KeptTable(table, (), ())
    for row in kept.rows:
        yield row, dict(zip(kept.columns, row.cells, strict=True))


def is_today(session: Session, zone: str, now: datetime.datetime) -> bool:
    return now.astimezone(zoneinfo.ZoneInfo(zone)).date() == session.date


def proposed_minute(day: DayOfSession, zone: str, now: datetime.datetime) -> int:
    """What time it probably is at the centre, in minutes after midnight: the clock's on the session's day.

    On any other day, when somebody plays through a campaign, the last moment that was noted.
    """
    local = now.astimezone(zoneinfo.ZoneInfo(zone))
    if local.date() == day.session.date:
        return 60 * local.hour + local.minute
    moments = [day.session.window.start]
    for each in day.everybody:
        if each.state is not Here.LATE and each.arrived is not None:
            moments.append(each.arrived)
    for repair in day.published.reading.repairs:
        if repair.disruption.now.date == day.session.date:
            moments.append(repair.disruption.now.minutes)
    return max(moments)


def _day(
    opened: Opened, published: Published, session: Session, missing: Mapping[str, tuple[Entry, ...]]
) -> DayOfSession:
    s = session.reference
    rows: dict[tuple[str, bool], list[Entry]] = {}
    for entry in published.reading.timetable.by_session.get(s, []):
        rows.setdefault((entry.person, entry.role is not Role.APPLICANT), []).append(entry)
    for person, entries in missing.items():
        if entries[0].session == s:
            rows.setdefault((person, False), list(entries))
    attendance = {cells["applicant"]: (row, cells) for row, cells in noted(opened, ATTENDANCE)}
    staffed = {
        cells["person"]: (row, cells)
        for row, cells in noted(opened, STAFF_ATTENDANCE)
        if cells["session"] == s
    }
    for person, (_, cells) in attendance.items():
        if cells.get("session") == s and person not in published.reading.timetable.applicant_entries:
            rows.setdefault((person, False), [])
    arrivals = [
        _arrival(person, entries, (staffed if is_staff else attendance).get(person), is_staff)
        for (person, is_staff), entries in rows.items()
    ]
    arrivals.sort(key=lambda a: (_starts(a), a.person))
    return DayOfSession(
        session=session,
        published=published,
        applicants=tuple(a for a in arrivals if not a.is_staff),
        staff=tuple(sorted((a for a in arrivals if a.is_staff), key=_by_role)),
        signed=_signed(opened, s),
    )


def _arrival(
    person: str, entries: Iterable[Entry], found: tuple[KeptRow, dict[str, str]] | None, is_staff: bool
) -> Arrival:
    ordered = tuple(sorted(entries, key=lambda entry: entry.start))
    role = ordered[0].role if is_staff else Role.APPLICANT
    if found is None:
        return Arrival(person, role, ordered)
    row, cells = found
    return Arrival(person, role, ordered, cells, row.row_id, row.since)


def _starts(arrival: Arrival) -> int:
    return arrival.first.start if arrival.first else 24 * 60


def _by_role(arrival: Arrival) -> tuple[int, int, str]:
    return (list(Role).index(arrival.role), _starts(arrival), arrival.person)


def _missing(work: UnitOfWork, record: CampaignRecord, published: Published) -> dict[str, tuple[Entry, ...]]:
    """Applicants whom a repair has left without anything to do, with what they had before it."""
    force = in_force(published.reading.repairs)
    placed = published.reading.timetable.applicant_entries
    applicants = published.reading.campaign.problem.applicant_by_reference
    wanted = {p for p in force.absent | force.left_out if p in applicants and p not in placed}
    found: dict[str, tuple[Entry, ...]] = {}
    number = published.publication.number - 1
    while wanted and number > 0 and (before := published_version(work, record, number)):
        for person in wanted & before.reading.timetable.applicant_entries.keys():
            found[person] = tuple(before.reading.timetable.applicant_entries[person])
        wanted -= found.keys()
        number -= 1
    return found


def _signed(opened: Opened, session: str) -> SignedOff | None:
    for row, cells in noted(opened, SIGN_OFFS):
        if cells["session"] == session:
            later = sum(
                each.since > row.since
                for table in (ATTENDANCE, STAFF_ATTENDANCE, INCIDENTS)
                for each, other in noted(opened, table)
                if other.get("session") == session
            )
            note = cells.get("note", "")
            return SignedOff(cells["at"], cells["signed_by"], note, later, row.row_id, row.since)
    return None
