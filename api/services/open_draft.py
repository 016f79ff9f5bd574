"""A draft opened: its timetable read by the campaign's tables, with the rules it breaks and what it comes to.

A draft is read by the tables as they are now; where these no longer know somebody or something in it, by the
tables it was made for, and then it can only be looked at. The last few are kept, since neither a draft nor a
numbered state of the tables ever changes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from api.campaign import Campaign
from api.errors import BadInput, Fault
from api.imports.repair_record import repairs_of
from api.presenters.breaches import BreachLine, breach_lines
from api.services.identify_campaign import timetable_input_sha256
from api.services.keep_draft import timetable_of_draft
from api.services.open_campaign import open_campaign
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.timetables import StoredTimetable
from api.storage.unit_of_work import UnitOfWork
from scheduler.checks import tier_values
from scheduler.disruption import Repair
from scheduler.timetable import Timetable

KEPT_MAX = 24


class Fit(StrEnum):
    """How a draft stands to the tables as they are now."""

    SAME = "made from these tables"
    CHANGED = "the tables have changed since"
    PAST = "the tables no longer know everybody in it"


@dataclass(frozen=True)
class DraftReading:
    """A draft's timetable by the tables as they stood after `change`."""

    campaign: Campaign
    change: int
    timetable: Timetable
    repairs: tuple[Repair, ...]

    @cached_property
    def breaches(self) -> tuple[BreachLine, ...]:
        return breach_lines(self.campaign, self.timetable, self.repairs)

    @cached_property
    def values(self) -> Mapping[str, int]:
        """What it comes to in each aim."""
        return tier_values(self.campaign.problem, self.timetable)


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """`misfits` say why it cannot be read by the tables as they are now, where `fit` is `PAST`."""

    draft: StoredTimetable
    reading: DraftReading
    fit: Fit
    misfits: tuple[Fault, ...] = ()

    @property
    def can_change(self) -> bool:
        """Whether other drafts can be made from it."""
        return self.fit is not Fit.PAST


def open_draft(work: UnitOfWork, record: CampaignRecord, draft: StoredTimetable) -> OpenDraft:
    """Raises `BadInput` only where not even the tables that it was made for can be read any more."""
    try:
        reading = read_draft(work, record, draft, record.change)
    except BadInput as problem:
        return OpenDraft(
            draft, read_draft(work, record, draft, draft.campaign_change), Fit.PAST, problem.faults
        )
    same = draft.campaign_change == record.change
    if same or timetable_input_sha256(reading.campaign) == draft.input_sha256:
        return OpenDraft(draft, reading, Fit.SAME)
    return OpenDraft(draft, reading, Fit.CHANGED)


def read_draft(work: UnitOfWork, record: CampaignRecord, draft: StoredTimetable, change: int) -> DraftReading:
    """The draft by the tables as they stood after this change. Raises `BadInput` where they do not fit."""
    key = (str(work.session.get_bind().engine.url), record.id, draft.number, change)
    found = _LATELY.get(key)
    if found is None:
        found = _read(work, record, draft, change)
        if not work.writes:
            # A unit of work that writes may yet be taken back, and its numbers given to others.
            _LATELY.put(key, found)
    return found


def _read(work: UnitOfWork, record: CampaignRecord, draft: StoredTimetable, change: int) -> DraftReading:
    opened = open_campaign(work, record, change)
    if opened.campaign is None:
        raise BadInput(opened.faults, opened.warnings)
    faults: list[Fault] = []
    timetable = timetable_of_draft(opened.campaign, draft)
    repairs = repairs_of(draft.repairs, opened.campaign, faults)
    if faults:
        raise BadInput(faults)
    return DraftReading(opened.campaign, change, timetable, repairs)


class _Lately:
    """The drafts read last, shared by all requests of this process."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str, int, int], DraftReading] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[str, str, int, int]) -> DraftReading | None:
        with self._lock:
            if found := self._kept.get(key):
                self._kept.move_to_end(key)
            return found

    def put(self, key: tuple[str, str, int, int], reading: DraftReading) -> None:
        with self._lock:
            self._kept[key] = reading
            while len(self._kept) > KEPT_MAX:
                self._kept.popitem(last=False)


_LATELY = _Lately()
