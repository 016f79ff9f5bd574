"""What the latest change of a campaign has left wrong that was not wrong before it."""

from __future__ import annotations

from collections import Counter

from api.errors import Fault
from api.services.open_campaign import open_campaign
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork


def faults_left(work: UnitOfWork, record: CampaignRecord, change: int) -> tuple[Fault, ...]:
    """The faults that this change brought; none where it is not the latest, so that nobody is told old news.

    Rows are counted anew after a row is taken away, so faults are held against each other without their rows.
    """
    if change != record.change or change < 1:
        return ()
    before = Counter(_plain(fault) for fault in open_campaign(work, record, change - 1).faults)
    left = []
    for fault in open_campaign(work, record).faults:
        if before[_plain(fault)]:
            before[_plain(fault)] -= 1
        else:
            left.append(fault)
    return tuple(left)


def _plain(fault: Fault) -> tuple[str, str | None, str, str]:
    return fault.table, fault.column, fault.found, fault.wanted
