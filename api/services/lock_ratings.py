"""Locking a sheet: what it says becomes rows of the campaign's table `ratings`, and never changes again.

Only from then on may the wash-up, the ranking and others who rated the same applicant see it. What ought to
count instead of a locked rating is settled by the wash-up, which keeps both.
"""

from __future__ import annotations

import hashlib
import json

from api.errors import BadInput, Fault
from api.imports.raw import CONTROL_CHARACTER
from api.services.change_tables import RATING, RowChanged, add_rows
from api.services.doing import Doing
from api.services.save_ratings import Filled, filled_in
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.ratings import RatingSheet
from api.storage.unit_of_work import UnitOfWork


def lock_sheet(
    work: UnitOfWork,
    record: CampaignRecord,
    sheet: RatingSheet,
    doing: Doing,
    *,
    is_partial: bool = False,
    is_copied: bool = False,
) -> RowChanged | None:
    """Lock a sheet; None where it is locked already. The campaign must be held, and the sheet.

    Every criterion needs a rating and every rating its evidence. `is_partial` says that there was no more to
    see, for instance because the applicant left: then what has a rating is locked. `is_copied` says that it
    was copied from paper, on behalf of the rater. Raises `BadInput` with everything that is lacking, and
    where others have changed the campaign so that the ratings do not fit.
    """
    if sheet.locked_at is not None:
        return None
    filled = filled_in(work, sheet)
    if faults := lacking(sheet, filled, is_partial=is_partial):
        raise BadInput(faults)
    rated = [each for each in filled if each.rating is not None]
    rows = [
        {
            "applicant": sheet.applicant,
            "exercise": sheet.exercise,
            "criterion": each.criterion,
            "assessor": sheet.rater,
            "rating": str(each.rating),
            "evidence": evidence_in_one_line(each.evidence),
        }
        for each in rated
    ]
    said = f"Locked {sheet.rater}'s ratings of {sheet.applicant}: {sheet.exercise}"
    changed = add_rows(work, record, "ratings", rows, doing, RATING, said)
    sheet.locked_at, sheet.locked_by = doing.at, doing.by
    work.ratings.save_sheet(sheet)
    facts: dict[str, object] = {
        "applicant": sheet.applicant,
        "exercise": sheet.exercise,
        "rater": sheet.rater,
        "criteria": len(rows),
        "entries_sha256": entries_sha256(work, sheet),
    }
    if is_copied:
        facts["on_behalf_of"] = sheet.rater
    if is_partial:
        facts["no_more_to_see"] = True
    work.audit.record(record.id, doing.at, doing.by, "ratings locked", f"sheet {sheet.id}", facts)
    return changed


def evidence_in_one_line(text: str) -> str:
    """As a cell of a table holds it, the same after it was written to a file and read again."""
    return " ".join(CONTROL_CHARACTER.sub(" ", text).split())


def lacking(sheet: RatingSheet, filled: tuple[Filled, ...], *, is_partial: bool) -> list[Fault]:
    """What a sheet still needs before it can be locked; a fault's column is the criterion."""
    faults = []
    for each in filled:
        if each.rating is None and not is_partial:
            wanted = f"a rating from {sheet.scale_min} to {sheet.scale_max}"
            faults.append(Fault("ratings", None, each.criterion, "no rating", wanted))
        if each.rating is not None and not evidence_in_one_line(each.evidence):
            wanted = "what you saw or heard that led you to the rating"
            faults.append(Fault("ratings", None, each.criterion, "no evidence", wanted))
    if is_partial and all(each.rating is None for each in filled):
        faults.append(Fault("ratings", None, None, "no rating at all", "at least one rating to lock"))
    return faults


def entries_sha256(work: UnitOfWork, sheet: RatingSheet) -> str:
    """The fingerprint of everything that was ever entered on a sheet, so that the audit's chain covers it."""
    entries = [
        [
            e.device,
            e.number,
            e.criterion,
            e.rating,
            e.evidence,
            e.typed_at.isoformat(),
            e.saved_at.isoformat(),
        ]
        for e in work.ratings.entries(sheet.id)
        if not e.was_locked
    ]
    return hashlib.sha256(json.dumps(entries, ensure_ascii=False).encode()).hexdigest()
