"""Drafts of a campaign's timetable in the database: stored whole, never changed, read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from api.campaign import Campaign
from api.imports.timetable import known_references
from api.security import new_reference
from api.services.doing import Doing
from api.services.identify_campaign import content_sha256, timetable_input_sha256
from api.services.keep_timetable import timetable_from_text, timetable_text
from api.services.lately import Lately
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.timetables import StoredTimetable
from api.storage.unit_of_work import UnitOfWork
from scheduler.timetable import Timetable

READ_MAX = 12
SOLVE, REPAIR, MOVE, FILE = "solve", "repair", "move", "file"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a draft comes from: `kind` (one of the four above), the draft that was changed, one sentence."""

    kind: str
    sentence: str
    parent: int | None = None
    run: Mapping[str, object] = field(default_factory=dict)
    repairs: Sequence[Mapping[str, object]] = ()


def keep_draft(
    work: UnitOfWork,
    record: CampaignRecord,
    campaign: Campaign,
    change: int,
    timetable: Timetable,
    origin: Origin,
    doing: Doing,
) -> StoredTimetable:
    """Store a timetable as the next draft of a held campaign. `change` is what it was made for."""
    rows, rotations = timetable_text(timetable)
    kept = StoredTimetable(
        id=new_reference(),
        campaign_id=record.id,
        number=work.timetables.next_number(record.id),
        origin=origin.kind,
        parent=origin.parent,
        sentence=origin.sentence,
        campaign_change=change,
        input_sha256=timetable_input_sha256(campaign),
        content_sha256=content_sha256(f"{rows}\n{rotations}".encode()),
        timetable_csv=rows,
        rotations_csv=rotations,
        run=dict(origin.run),
        repairs=[dict(repair) for repair in origin.repairs],
        made_by=doing.by,
        made_at=doing.at,
    )
    work.timetables.add(kept)
    facts = {"draft": kept.number, "origin": origin.kind, "sha256": kept.content_sha256, "change": change}
    work.audit.record(record.id, doing.at, doing.by, "draft kept", f"draft {kept.number}", facts)
    return kept


def timetable_of_draft(campaign: Campaign, draft: StoredTimetable) -> Timetable:
    """The timetable of a draft. Raises `BadInput` where the campaign no longer knows somebody in it."""
    # What the campaign does not know is a fault, so campaigns that know the same read a draft alike.
    key = (draft.content_sha256, frozenset(known_references(campaign).items()))
    return _READ.get_or_make(
        key, lambda: timetable_from_text(campaign, draft.timetable_csv, draft.rotations_csv)
    )


_READ = Lately[tuple[str, frozenset[tuple[str, frozenset[str]]]], Timetable](READ_MAX)
