"""A campaign's changes looked back at: what each did, and what taking the latest back would do."""

from __future__ import annotations

from dataclasses import dataclass

from api.services.compare_tables import TableChange, compare_tables
from api.services.open_campaign import open_campaign, plain_tables
from api.storage.tables.campaigns import CampaignChange, CampaignRecord
from api.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class LookedBack:
    """One change: what was written down about it, and what it did table by table."""

    change: CampaignChange
    changes: tuple[TableChange, ...]


def look_back(work: UnitOfWork, record: CampaignRecord, number: int) -> LookedBack | None:
    """What a change did; None where there is no change of that number."""
    change = work.campaigns.change(record, number)
    if change is None:
        return None
    return LookedBack(change, difference(work, record, number - 1, number))


def difference(work: UnitOfWork, record: CampaignRecord, one: int, other: int) -> tuple[TableChange, ...]:
    """What became different from the campaign after change `one` to that after change `other`."""
    old = plain_tables(open_campaign(work, record, one).tables)
    return compare_tables(old, plain_tables(open_campaign(work, record, other).tables))
