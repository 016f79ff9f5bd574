"""A draft opened: its timetable read by the campaign's tables, with the rules it breaks and what it comes to.

A draft is read by the tables as they are now; where these no longer know somebody or something in it, by the
tables it was made for, and then it can only be looked at. The last few are kept, since neither a draft nor a
numbered state of the tables ever changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from api.campaign import Campaign
from api.errors import BadInput, Fault
from api.imports.repair_record import repairs_of
from api.presenters.breaches import BreachLine, lines_of
from api.services.identify_campaign import timetable_input_sha256
from api.services.keep_draft import timetable_of_draft
from api.services.lately import Lately
from api.services.open_campaign import open_campaign
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.timetables import StoredTimetable
from api.storage.unit_of_work import UnitOfWork
from scheduler.checks import breaches_of, tier_values
from scheduler.disruption import Repair
from scheduler.problem import Problem
from scheduler.rules import Breach
from scheduler.timetable import Timetable

KEPT_MAX = 12


class Fit(StrEnum):
    """How a draft stands to the tables as they are now."""

    SAME = "made from these tables"
    CHANGED = "the tables have changed since"
    PAST = "the tables no longer know everybody in it"


@dataclass(frozen=True)
class Checked:
    """A timetable held against the rules of a problem, once, whatever names its people have."""

    problem: Problem
    timetable: Timetable
    repairs: tuple[Repair, ...]

    @cached_property
    def breaches(self) -> tuple[Breach, ...]:
        return tuple(breaches_of(self.problem, self.timetable, repairs=self.repairs))

    @cached_property
    def values(self) -> Mapping[str, int]:
        return tier_values(self.problem, self.timetable)


@dataclass(frozen=True)
class DraftReading:
    """A draft's timetable by the tables as they stood after `change`."""

    campaign: Campaign
    change: int
    checked: Checked

    @property
    def timetable(self) -> Timetable:
        return self.checked.timetable

    @property
    def repairs(self) -> tuple[Repair, ...]:
        return self.checked.repairs

    @cached_property
    def breaches(self) -> tuple[BreachLine, ...]:
        return lines_of(self.campaign, self.timetable, self.checked.breaches)

    @property
    def values(self) -> Mapping[str, int]:
        """What it comes to in each aim."""
        return self.checked.values


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
    opened = open_campaign(work, record, change)
    if opened.campaign is None:
        raise BadInput(opened.faults, opened.warnings)
    key = (draft.id, id(opened.campaign))
    found = _READ.get(key)
    if found is None or found.campaign is not opened.campaign:
        found = DraftReading(opened.campaign, change, _checked(opened.campaign, draft))
        _READ.put(key, found)
    return found


def _checked(campaign: Campaign, draft: StoredTimetable) -> Checked:
    """The same as for the last tables, where what has changed since does not concern the timetable."""
    last = _CHECKED.get(draft.id)
    if last and last.problem == campaign.problem:
        return last
    faults: list[Fault] = []
    timetable = timetable_of_draft(campaign, draft)
    repairs = repairs_of(draft.repairs, campaign, faults)
    if faults:
        raise BadInput(faults)
    made = Checked(campaign.problem, timetable, repairs)
    _CHECKED.put(draft.id, made)
    return made


_READ = Lately[tuple[str, int], DraftReading](KEPT_MAX)
_CHECKED = Lately[str, Checked](KEPT_MAX)
