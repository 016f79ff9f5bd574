"""A service with the timetable of `tiny_draft` published as version 1, for tests of the day."""

from __future__ import annotations

from api.clock import utc_now
from api.services.day_of_session import DayOfSession, day_of_session
from api.services.doing import Doing
from api.services.open_campaign import Opened, open_campaign
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.timetables import Publication
from api.storage.unit_of_work import UnitOfWork
from tests.api.routes.drafts_made import bring_in_draft
from tests.service import Service


def publish_tiny(service: Service) -> None:
    """Draft 1 as version 1, with nobody to tell."""
    bring_in_draft(service)
    with service.database.writing() as work:
        record = held(work, service)
        version = Publication(
            campaign_id=record.id,
            number=1,
            timetable_number=1,
            campaign_change=record.change,
            published_by=service.accounts["organiser"].id,
            published_at=utc_now(),
        )
        work.timetables.publish(version, [])


def held(work: UnitOfWork, service: Service) -> CampaignRecord:
    record = work.campaigns.held(service.campaign)
    assert record is not None
    return record


def opened_now(work: UnitOfWork, record: CampaignRecord) -> Opened:
    return open_campaign(work, record)


def day_now(work: UnitOfWork, record: CampaignRecord, session: str = "H01") -> DayOfSession:
    day = day_of_session(work, record, open_campaign(work, record), session)
    assert day is not None
    return day


def manager(service: Service) -> Doing:
    return Doing(service.accounts["centre_manager"].id, utc_now())
