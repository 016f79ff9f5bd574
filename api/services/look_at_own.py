"""What assessors and officers need to know first: what the homes of both show."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from api.campaign import Campaign
from api.exports.packs.personal import ARRIVE_MINUTES_BEFORE
from api.exports.packs.runs import held_sessions
from api.presenters.desk_people import our_people
from api.presenters.desk_trainees import Told
from api.presenters.own_home import OwnDay, OwnHome, assessor_words, council_words
from api.presenters.rating import SheetState
from api.services.confirm_trainees import receipt_of
from api.services.keep_availability import needed_but_away, own_assessors, said_by
from api.services.open_campaign import Opened
from api.services.own_ratings import OwnSheet, own_sheets
from api.services.own_trainees import own_trainees
from api.services.published_timetable import Published, latest_published
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork

PUT_RIGHT = "The organiser is putting the campaign’s tables right. Please come back later."


def council_home(
    work: UnitOfWork, record: CampaignRecord, opened: Opened, council: str, now: datetime.datetime
) -> OwnHome:
    """For an officer of this council: its trainees once they are released, till then its own people."""
    campaign = opened.campaign
    if campaign is None:
        return OwnHome(PUT_RIGHT, (), "See our people", "/our-people")
    published = latest_published(work, record)
    mine = own_assessors(campaign, council)
    away = needed_but_away(campaign, published.reading.timetable, mine) if published else []
    read = (published.reading.campaign, published.reading.timetable) if published else None
    said = {person: said_by(campaign, person) for person in mine}
    people = our_people(campaign, council, read, said, away, (), "")
    own = own_trainees(campaign, council, now)
    receipt = receipt_of(campaign, council, own.references) if own.told is Told.RELEASED else None
    return council_words(people.answer, len(away), own, receipt, published is not None)


def assessor_home(
    work: UnitOfWork,
    record: CampaignRecord,
    opened: Opened,
    person: str,
    now: datetime.datetime,
    time_zone: str,
) -> OwnHome:
    """For an assessor, or whoever writes for a service-user group: today, and the sheets to rate."""
    published = latest_published(work, record)
    today = now.astimezone(ZoneInfo(time_zone)).date()
    if published is None:
        return assessor_words(False, (), 0, 0, today)
    sheets: tuple[OwnSheet, ...] = ()
    if opened.campaign is not None:
        sheets = own_sheets(work, record, opened.campaign, published, person)
    due = [each.facts for each in sheets if each.facts.is_due]
    begun = sum(each.state is not SheetState.NOT_BEGUN for each in due)
    return assessor_words(True, _days(published, person), len(due), begun, today)


def _days(published: Published, person: str) -> tuple[OwnDay, ...]:
    campaign, timetable = published.reading.campaign, published.reading.timetable
    found = []
    for session in held_sessions(campaign, timetable):
        rows = [row for row in timetable.by_person.get(person, ()) if row.session == session]
        if rows:
            found.append(_day(campaign, session, min(row.start for row in rows)))
    return tuple(found)


def _day(campaign: Campaign, reference: str, start: int) -> OwnDay:
    session = campaign.problem.session_by_reference[reference]
    venue = campaign.name_of("venues", session.venue)
    return OwnDay(session.date, start, start - ARRIVE_MINUTES_BEFORE, venue)
