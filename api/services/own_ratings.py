"""What somebody has to rate as it stands now: each sheet with how far it is, and what they may do about it.

Whose sheets are whose is decided in `rating_sheets.py`; here are only one person's own. Somebody kept apart
from an applicant by a declared interest has no sheet of theirs, unless something is written on it already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.campaign import Campaign
from api.errors import BadInput, Fault
from api.presenters.rating import SheetFacts, SheetState
from api.services.doing import Doing
from api.services.lock_ratings import lacking
from api.services.published_timetable import Published
from api.services.rating_sheets import NOT_HERE, Task, criteria_of, kept_apart, tasks_of, timetabled
from api.services.save_ratings import Filled, filled_of
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.ratings import RatingEntry, RatingSheet
from api.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """One applicant whom somebody is to rate in one exercise. `filled` is empty before it was opened."""

    task: Task
    facts: SheetFacts
    filled: tuple[Filled, ...]


def own_sheets(
    work: UnitOfWork, record: CampaignRecord, campaign: Campaign, published: Published, person: str
) -> tuple[OwnSheet, ...]:
    """Everything that somebody has to rate or has rated, in order of time.

    `campaign` is the campaign as it stands now: it knows who came, and the interests declared today.
    """
    tasks = tasks_of(work, record, published, person)
    entries = work.ratings.entries_of([task.sheet.id for task in tasks if task.sheet])
    named = {key for key, _ in timetabled(published, person)}
    apart = kept_apart(campaign)
    found = []
    for task in tasks:
        is_apart = bool({person, task.rater} & apart.get(task.applicant, frozenset()))
        written = entries[task.sheet.id] if task.sheet else []
        if is_apart and not written:
            continue
        filled = filled_of(task.sheet, written) if task.sheet else ()
        facts = SheetFacts(
            applicant=task.applicant,
            exercise=task.exercise,
            rater=task.rater,
            session=task.where.session,
            start=task.where.start,
            end=task.where.end,
            room=task.where.room,
            sheet=task.sheet.id if task.sheet else "",
            state=state_of(task.sheet, written),
            criteria=_number_of_criteria(published, task),
            rated=sum(1 for each in filled if each.rating is not None),
            is_apart=is_apart,
            is_absent=(campaign.attendance or {}).get(task.applicant) in NOT_HERE,
            is_script=task.key not in named,
        )
        found.append(OwnSheet(task, facts, filled))
    return tuple(found)


def state_of(sheet: RatingSheet | None, entries: Sequence[RatingEntry]) -> SheetState:
    """How far a sheet is, by everything that was entered on it."""
    if sheet is None or not (entries or sheet.locked_at):
        return SheetState.NOT_BEGUN
    if sheet.locked_at is not None:
        return SheetState.LOCKED
    if lacking(sheet, filled_of(sheet, entries), is_partial=False):
        return SheetState.BEGUN
    return SheetState.READY


def others_locked(work: UnitOfWork, sheet: RatingSheet) -> tuple[tuple[str, tuple[Filled, ...]], ...]:
    """What others locked of the same applicant in the same exercise, by rater.

    Nothing at all before the sheet itself is locked, and never a sheet that is not.
    """
    if sheet.locked_at is None:
        return ()
    beside = [
        other
        for other in work.ratings.sheets_about(sheet.campaign_id, sheet.applicant, sheet.exercise)
        if other.id != sheet.id and other.locked_at is not None
    ]
    entries = work.ratings.entries_of([other.id for other in beside])
    return tuple((other.rater, filled_of(other, entries[other.id])) for other in beside)


def give_back_script(work: UnitOfWork, record: CampaignRecord, own: OwnSheet, doing: Doing) -> None:
    """Put a script back for others. Raises `BadInput` where it cannot be. The campaign must be held."""
    facts = own.facts
    sheet = work.ratings.sheet(record.id, facts.sheet, held=True) if facts.can_be_given_back else None
    if sheet is None or work.ratings.entries(sheet.id):
        wanted = "a script that was taken and that nothing is written on"
        raise BadInput([Fault("scripts", None, None, f"{facts.applicant}'s {facts.exercise}", wanted)])
    work.ratings.remove_sheet(sheet)
    told = {"applicant": sheet.applicant, "exercise": sheet.exercise, "rater": sheet.rater}
    work.audit.record(record.id, doing.at, doing.by, "script given back", f"sheet {sheet.id}", told)


def _number_of_criteria(published: Published, task: Task) -> int:
    if task.sheet is not None:
        return len(task.sheet.criteria)
    return len(criteria_of(published.reading.campaign.framework, task.exercise))
