"""The wash-up of a campaign of the database: what is far apart, what is agreed, and who has still to lock.

Ratings are shown to nobody while somebody who is to rate the same applicant in the same exercise has not
locked; who gave which is told once the rating is agreed. What hangs on it is `effect_of_washup`, for the
chair alone.
"""

from __future__ import annotations

from dataclasses import replace

from api.campaign import Campaign
from api.exports.packs.washup_agenda import Stake, Washup
from api.presenters.board_cells import Board
from api.presenters.washup_items import Given, Item, OpenWashup
from api.services.follow_ratings import follow_ratings
from api.services.lately import Lately
from api.services.prepare_washup import Expected, expected_raters, stake_of, washup_of
from api.services.published_timetable import latest_published
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork
from assessment.framework import Framework
from assessment.scoring import CellKey

KEPT_MAX = 4
# What hangs on all open discrepancies together is told on one page while that takes a few seconds at most.
STAKES_RATINGS_MAX = 100_000


def open_washup(work: UnitOfWork, record: CampaignRecord) -> OpenWashup | None:
    """How it stands now; None where the tables have faults. Raises `BadInput` where nobody has come yet."""
    board = follow_ratings(work, record)
    if board is None:
        return None
    washup, given = _read(work, record, board)
    held_back = frozenset(where for where, cell in board.cells.items() if cell.outstanding)
    return OpenWashup(replace(washup, held_back=held_back), board, given)


def effect_of_washup(work: UnitOfWork, record: CampaignRecord, opened: OpenWashup) -> Washup:
    """The same with what it does to ranks and offers: for the chair alone."""
    key = (work.database_address, record.id, record.change, opened.board.version)

    def make() -> Washup:
        expected = _expected(work, record)
        return washup_of(opened.campaign, expected, stakes_ratings_max=STAKES_RATINGS_MAX)

    found = (_EFFECTS.get(key) or make()) if work.writes else _EFFECTS.get_or_make(key, make)
    return replace(found, held_back=opened.washup.held_back)


def what_hangs_on(item: Item, campaign: Campaign) -> tuple[Stake | None, tuple[str, ...]]:
    """What hangs on one cell, for the chair alone; and why, where that cannot be told."""
    if len(item.discrepancy.ratings) < 1:
        return None, ("Nobody has rated it, so there is nothing to compare.",)
    return stake_of(campaign, item.discrepancy)


def scale_words(framework: Framework) -> str:
    return f"{framework.scale_min} to {framework.scale_max}"


_Read = tuple[Washup, dict[CellKey, tuple[Given, ...]]]
_Key = tuple[str, str, int, int]
_READ = Lately[_Key, _Read](KEPT_MAX)
_EFFECTS = Lately[_Key, Washup](KEPT_MAX)


def _read(work: UnitOfWork, record: CampaignRecord, board: Board) -> _Read:
    key = (work.database_address, record.id, record.change, board.version)

    def make() -> _Read:
        washup = washup_of(board.campaign, _expected(work, record), with_effect=False)
        return washup, _given(board.campaign)

    return (_READ.get(key) or make()) if work.writes else _READ.get_or_make(key, make)


def _expected(work: UnitOfWork, record: CampaignRecord) -> Expected | None:
    published = latest_published(work, record)
    if published is None:
        return None
    return expected_raters(published.reading.campaign.problem, published.reading.timetable)


def _given(campaign: Campaign) -> dict[CellKey, tuple[Given, ...]]:
    """The locked ratings of each cell in order of size: their order tells nothing about who gave them."""
    table = campaign.tables.get("ratings")
    evidence: dict[tuple[str, ...], str] = {}
    if table is not None and "evidence" in table.columns:
        names = ("applicant", "exercise", "criterion", "assessor", "evidence")
        places = [table.columns.index(name) for name in names]
        for row in table.rows:
            *key, text = (row[place] for place in places)
            evidence[tuple(key)] = text
    found: dict[CellKey, list[Given]] = {}
    for each in campaign.ratings:
        cell = (each.applicant, each.exercise, each.criterion)
        words = evidence.get((*cell, each.assessor), "")
        found.setdefault(cell, []).append(Given(each.assessor, each.rating, words))
    return {
        cell: tuple(sorted(given, key=lambda one: (one.rating, one.evidence)))
        for cell, given in found.items()
    }
