"""How far the day and what comes after it have come: what the last steps of a campaign's home show."""

from __future__ import annotations

import datetime

from api.campaign import Campaign
from api.errors import BadInput
from api.exports.packs.runs import held_sessions
from api.presenters.desk_trainees import Told
from api.presenters.home_after_the_day import AfterTheDay
from api.services.council_receipts import receipts_of
from api.services.follow_ratings import follow_ratings
from api.services.own_trainees import released_book
from api.services.prepare_washup import sheet_of
from api.services.published_timetable import Published
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork
from assessment.offers.moves import OfferState
from assessment.washup import washup_agenda

ARRIVED = frozenset({"attended", "late", "left_early"})


def look_after_the_day(
    work: UnitOfWork,
    record: CampaignRecord,
    campaign: Campaign | None,
    published: Published | None,
    now: datetime.datetime,
) -> AfterTheDay:
    """Nothing where the tables have faults: they are to be mended first."""
    if campaign is None:
        return AfterTheDay()
    sessions = held_sessions(published.reading.campaign, published.reading.timetable) if published else ()
    signed = _cells(campaign, "sign_offs", "session")
    statuses = _cells(campaign, "attendance", "status")
    locked, due, differences, doubts = _ratings(work, record, campaign)
    told, book, _ = released_book(campaign, now)
    lines = [line for line in book.lines.values() if line.council] if book else []
    receipts = receipts_of(campaign, book) if book else ()
    return AfterTheDay(
        sessions=len(sessions),
        signed_off=len(set(signed) & set(sessions)),
        checked_in=sum(status in ARRIVED for status in statuses),
        ratings=locked,
        ratings_due=due,
        differences=differences,
        is_released=told is Told.RELEASED,
        offers=len(lines),
        waiting=sum(line.state is OfferState.OFFERED for line in lines),
        councils=len(receipts),
        confirmed=sum(not each.receipt.is_due for each in receipts),
        doubts=doubts,
    )


def _ratings(work: UnitOfWork, record: CampaignRecord, campaign: Campaign) -> tuple[int, int, int, bool]:
    """Ratings that are locked, ratings that are due, differences to settle; whether they cannot be read."""
    if not campaign.ratings:
        return 0, 0, 0, False
    try:
        board = follow_ratings(work, record)
        sheet = sheet_of(campaign)
    except BadInput:
        return len(campaign.ratings), len(campaign.ratings), 0, True
    cells = board.cells.values() if board else ()
    locked, due = sum(cell.locked for cell in cells), sum(cell.due for cell in cells)
    agenda = washup_agenda(campaign.framework, sheet)
    return locked, max(due, locked), sum(not each.settled for each in agenda), False


def _cells(campaign: Campaign, table: str, column: str) -> list[str]:
    found = campaign.tables.get(table)
    if found is None or column not in found.columns:
        return []
    place = found.columns.index(column)
    return [row[place] for row in found.rows]
