"""Changing a draft by hand: what a form says as a change, what the change would break, the draft it makes.

A draft itself never changes: each change makes another, which knows where it came from. What the changes do
is in `edit_timetable.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from api.errors import BadInput, Fault, shown
from api.imports.disruption import minutes_of
from api.services.doing import Doing
from api.services.edit_timetable import Edited, edit_timetable
from api.services.editing.board import Board
from api.services.editing.changes import (
    MoveApplicant,
    MoveSitting,
    RemoveApplicant,
    ReplaceAssessor,
    SwapApplicants,
    TimetableChange,
)
from api.services.keep_draft import MOVE, Origin, keep_draft
from api.services.open_draft import DraftReading, OpenDraft
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.timetables import StoredTimetable
from api.storage.unit_of_work import UnitOfWork
from scheduler.changes import difference, people_changed
from scheduler.checks import tier_values
from scheduler.timetable import Timetable

NAME_CHARACTERS_MAX = 80
# What a form calls each change, and the fields that it needs for it.
ACTS: Mapping[str, tuple[str, ...]] = {
    "sitting": ("session", "exercise", "sitting", "start", "room"),
    "applicant": ("applicant", "to"),
    "swap": ("applicant", "other"),
    "assessor": ("session", "panel", "old", "new"),
    "remove": ("applicant",),
}


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do. `people` are all whose rows it changes; `mended` how many breaches it ends."""

    change: TimetableChange
    edited: Edited
    people: tuple[str, ...]
    mended: int


def change_of(fields: Mapping[str, str], timetable: Timetable, reading: DraftReading) -> TimetableChange:
    """The change that a form says. Raises `BadInput` with its fields as columns where it says none."""
    act = fields.get("act", "")
    if act not in ACTS:
        raise BadInput([Fault("change", None, "act", shown(act), "one of the changes on the page")])
    said = {name: fields.get(name, "").strip() for name in ACTS[act]}
    match act:
        case "sitting":
            return _move_sitting(said, timetable, reading)
        case "applicant":
            return MoveApplicant(said["applicant"], _chosen(said, "to", "a session"))
        case "swap":
            return SwapApplicants(said["applicant"], _chosen(said, "other", "an applicant"))
        case "assessor":
            new = _chosen(said, "new", "an assessor")
            return ReplaceAssessor(said["session"], said["panel"], said["old"], new)
        case _:
            return RemoveApplicant(said["applicant"])


def preview_change(opened: OpenDraft, change: TimetableChange) -> Preview:
    """Do the change and keep nothing. Raises `BadInput` where it names what is not there."""
    reading = opened.reading
    edited = edit_timetable(reading.campaign, reading.timetable, change)
    people = people_changed(difference(reading.timetable, edited.timetable))
    before = len(reading.breaches)
    mended = max(0, before + len(edited.new_breaches) - len(edited.breaches)) if not reading.repairs else 0
    return Preview(change, edited, people, mended)


def keep_change(
    work: UnitOfWork, record: CampaignRecord, opened: OpenDraft, preview: Preview, doing: Doing
) -> StoredTimetable:
    """The change as the campaign's next draft. The campaign must be held."""
    if not opened.can_change:
        raise BadInput(opened.misfits)
    campaign, timetable = opened.reading.campaign, preview.edited.timetable
    origin = Origin(
        MOVE,
        preview.change.sentence,
        opened.draft.number,
        {"measured": measured(opened.reading, timetable, len(preview.edited.breaches))},
        opened.draft.repairs,
    )
    return keep_draft(work, record, campaign, opened.reading.change, timetable, origin, doing)


def measured(reading: DraftReading, timetable: Timetable, breaches: int) -> dict[str, object]:
    """What a timetable that no solver made comes to, for its record."""
    return {"values": dict(tier_values(reading.campaign.problem, timetable)), "breaches": breaches}


def name_draft(
    work: UnitOfWork, record: CampaignRecord, draft: StoredTimetable, name: str, doing: Doing
) -> None:
    """Give a draft a name, or take it away. Raises `BadInput` where it is too long."""
    tidy = " ".join(name.split())
    if len(tidy) > NAME_CHARACTERS_MAX or not tidy.isprintable():
        wanted = f"at most {NAME_CHARACTERS_MAX} characters"
        raise BadInput([Fault("draft", None, "name", f"{len(tidy)} characters", wanted)])
    draft.name = tidy
    work.timetables.save(draft)
    work.audit.record(record.id, doing.at, doing.by, "draft named", f"draft {draft.number}")


def _move_sitting(said: Mapping[str, str], timetable: Timetable, reading: DraftReading) -> MoveSitting:
    """Only what is not as it was: a form is sent with the present time and room in it."""
    place = (said["session"], said["exercise"], said["sitting"])
    run = Board(reading.campaign.problem, timetable).runs.get(place)
    start = minutes_of(said["start"]) if said["start"] else None
    if said["start"] and start is None:
        raise BadInput([Fault("change", None, "start", shown(said["start"]), "a time such as 09:40")])
    room: str | None = said["room"] or None
    if run is not None:
        start = None if start == run.start else start
        room = None if room == run.room else room
    if start is None and room is None:
        raise BadInput([Fault("change", None, "start", "the time and room as they are", "another of either")])
    return MoveSitting(*place, start, room)


def _chosen(said: Mapping[str, str], name: str, wanted: str) -> str:
    if not said[name]:
        raise BadInput([Fault("change", None, name, "nothing chosen", wanted)])
    return said[name]
