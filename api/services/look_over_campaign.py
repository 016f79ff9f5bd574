"""How far a campaign has come, from its tables to who has been told: what its home shows."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from api.campaign import Campaign
from api.presenters.campaign_home import CampaignState
from api.presenters.desk_people import away_notice
from api.services.identify_campaign import timetable_input_sha256
from api.services.keep_availability import needed_but_away
from api.services.look_after_the_day import look_after_the_day
from api.services.open_campaign import Opened
from api.services.published_timetable import Published, latest_published
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork
from scheduler.capacity import shortages_of


def look_over_campaign(
    work: UnitOfWork, record: CampaignRecord, opened: Opened, now: datetime.datetime, time_zone: str
) -> CampaignState:
    """The campaign as it stands, seen on the day that it is in its time zone."""
    campaign = opened.campaign
    draft = work.timetables.latest(record.id)
    holds = latest_published(work, record)
    published = holds.publication if holds else None
    notices = work.timetables.notices(record.id, published.number) if published else []
    missing = tuple(name for name in opened.missing)
    return CampaignState(
        tables=opened.tables,
        missing=missing,
        faults=tuple(fault for fault in opened.faults if fault.table not in missing),
        is_sound=campaign is not None,
        shortages=tuple(s.sentence for s in shortages_of(campaign.problem)) if campaign else (),
        draft=draft.number if draft else 0,
        is_current=bool(draft and campaign and draft.input_sha256 == timetable_input_sha256(campaign)),
        version=published.number if published else 0,
        version_draft=published.timetable_number if published else 0,
        to_tell=sum(1 for notice in notices if notice.told_at is None),
        dates=tuple(session.date for session in campaign.problem.sessions) if campaign else (),
        today=now.astimezone(ZoneInfo(time_zone)).date(),
        after=look_after_the_day(work, record, campaign, holds, now),
        away=_away(campaign, holds),
    )


def _away(campaign: Campaign | None, holds: Published | None) -> tuple[str, ...]:
    """Assessors whom the published timetable needs in a session that they cannot come to, by session."""
    if campaign is None or holds is None:
        return ()
    timetable = holds.reading.timetable
    people = {assessor.reference for assessor in campaign.problem.assessors}
    number = holds.publication.number
    return tuple(
        away_notice(holds.reading.campaign, timetable, person, session, number)
        for person, session in needed_but_away(campaign, timetable, people)
    )
