"""Settling one rating at the wash-up: the agreed rating and its reason, a row of the table `agreed`.

The first ratings stay as they were. An agreed rating can be put right by another, with a new reason; what it
was before stays in the row's history.
"""

from __future__ import annotations

from fractions import Fraction

from api.errors import BadInput, Fault, shown
from api.imports.cells import Unreadable, spelled
from api.imports.columns import TABLES
from api.presenters.washup_items import OpenWashup
from api.services.change_tables import WASHUP, ChangedMeanwhile, RowChanged, add_row, change_row
from api.services.doing import Doing
from api.services.open_campaign import Opened, open_campaign
from api.services.open_washup import open_washup, scale_words
from api.services.save_row import add_column
from api.storage.repositories.campaigns import KeptRow
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork
from assessment.framework import Framework
from assessment.scoring import CellKey

REASON_CHARACTERS_MAX = 2_000


class NotInWashup(Exception):
    """There is no such cell, or nobody is expected in it."""


def settle_rating(
    work: UnitOfWork,
    record: CampaignRecord,
    key: CellKey,
    seen: int,
    rating: str,
    reason: str,
    doing: Doing,
) -> RowChanged:
    """Keep what was agreed for one cell. The campaign must be held.

    `seen` is the change after which the agreed rating was shown, 0 where there was none. Raises `BadInput`
    for what is lacking or off the scale, and while somebody has still to lock; `ChangedMeanwhile` where
    somebody else has settled it; `NotInWashup`.
    """
    opened = open_washup(work, record)
    item = opened.item(key) if opened else None
    if opened is None or item is None:
        raise NotInWashup
    kept = open_campaign(work, record)
    row = agreed_row(kept, key)
    if (row.since if row else 0) != seen:
        raise ChangedMeanwhile(row, _by(work, record, row))
    said = " ".join(reason.split())
    faults = _faults(opened, item.outstanding, rating.strip(), said)
    if row is not None and not faults:
        faults = _same_reason(kept, row, rating.strip(), said)
    if faults:
        raise BadInput(faults)
    cells = {"rating": rating.strip(), "reason": said}
    if row is not None and "reason" not in kept.tables["agreed"].columns:
        add_column(work, record, "agreed", "reason", doing)
        row = agreed_row(open_campaign(work, record), key)
    if row is not None:
        done = change_row(work, record, "agreed", row.row_id, row.since, cells, doing, WASHUP)
    else:
        applicant, exercise, criterion = key
        named = {"applicant": applicant, "exercise": exercise, "criterion": criterion}
        done = add_row(work, record, "agreed", named | cells, doing, WASHUP)
    facts = {"cell": list(key), "change": done.change, "again": bool(seen)}
    work.audit.record(record.id, doing.at, doing.by, "rating agreed", "agreed", facts)
    return done


def agreed_row(opened: Opened, key: CellKey) -> KeptRow | None:
    """The row that settles a cell; None where it is not settled."""
    kept = opened.tables.get("agreed")
    if kept is None:
        return None
    places = [kept.columns.index(name) for name in ("applicant", "exercise", "criterion")]
    return next((row for row in kept.rows if tuple(row.cells[p] for p in places) == key), None)


def _faults(opened: OpenWashup, outstanding: tuple[str, ...], rating: str, reason: str) -> list[Fault]:
    framework = opened.campaign.framework
    faults = []
    if outstanding:
        wanted = "everybody who is to rate here to have locked"
        faults.append(Fault("agreed", None, None, f"{', '.join(outstanding)} not locked yet", wanted))
    if not _is_on_scale(framework, rating):
        found = shown(rating) if rating else "nothing"
        wanted = f"a rating from {scale_words(framework)}, such as 3 or 3.5"
        faults.append(Fault("agreed", None, "rating", found, wanted))
    if not reason:
        faults.append(Fault("agreed", None, "reason", "no reason", "why this is the right rating"))
    elif len(reason) > REASON_CHARACTERS_MAX:
        wanted = f"at most {REASON_CHARACTERS_MAX:,} characters"
        faults.append(Fault("agreed", None, "reason", f"{len(reason):,} characters", wanted))
    return faults


def _same_reason(opened: Opened, row: KeptRow, rating: str, reason: str) -> list[Fault]:
    """Another rating needs a reason of its own; the same again changes nothing."""
    before = dict(zip(opened.tables["agreed"].columns, row.cells, strict=True))
    if before.get("reason") != reason or _same_number(before["rating"], rating):
        return []
    return [Fault("agreed", None, "reason", "the reason that was there", "why it is another rating now")]


def _same_number(one: str, other: str) -> bool:
    return Fraction(one) == Fraction(other)


def _is_on_scale(framework: Framework, text: str) -> bool:
    column = TABLES["agreed"].column("rating")
    assert column is not None
    try:
        return framework.scale_min <= Fraction(spelled(column, text)) <= framework.scale_max
    except (Unreadable, ValueError):
        return False


def _by(work: UnitOfWork, record: CampaignRecord, row: KeptRow | None) -> str:
    change = work.campaigns.change(record, row.since) if row else None
    return change.made_by if change else ""
