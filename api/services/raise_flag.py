"""A red flag: what an applicant said or did that no rating should decide. Deciding it is the wash-up's."""

from __future__ import annotations

import re

from api.errors import BadInput, Fault
from api.services.change_tables import DAY, add_row
from api.services.doing import Doing
from api.services.open_campaign import open_campaign
from api.storage.repositories.campaigns import KeptTable
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork

NUMBERED = re.compile(r"F([0-9]{1,9})")
WORDS_CHARACTERS_MAX = 2_000


def raise_flag(
    work: UnitOfWork,
    record: CampaignRecord,
    raised_by: str,
    applicant: str,
    at: str,
    concern: str,
    evidence: str,
    doing: Doing,
) -> str:
    """A new row of `flags`. Returns its reference. The campaign must be held; `at` is as moments are spelled.

    The same flag sent twice is raised once. Raises `BadInput` for what is lacking.
    """
    said, seen = " ".join(concern.split()), " ".join(evidence.split())
    faults = [
        Fault("flags", None, column, "nothing" if not text else f"{len(text):,} characters", wanted)
        for column, text, wanted in (
            ("concern", said, "what the concern is, in a sentence"),
            ("evidence", seen, "what you saw and heard"),
        )
        if not 0 < len(text) <= WORDS_CHARACTERS_MAX
    ]
    if faults:
        raise BadInput(faults)
    kept = open_campaign(work, record).tables.get("flags")
    row = {"applicant": applicant, "raised_by": raised_by, "concern": said, "evidence": seen}
    if twin := _same(kept, row):
        return twin
    flag = _next_reference(kept)
    add_row(work, record, "flags", {"flag": flag, "at": at, **row}, doing, DAY)
    return flag


def flags_raised(kept: KeptTable | None, person: str, applicant: str) -> tuple[tuple[str, str], ...]:
    """Reference and concern of the flags that somebody raised about an applicant."""
    return tuple(
        (row["flag"], row["concern"])
        for row in _rows(kept)
        if (row.get("raised_by"), row.get("applicant")) == (person, applicant)
    )


def _same(kept: KeptTable | None, wanted: dict[str, str]) -> str:
    for row in _rows(kept):
        if all(row.get(column) == text for column, text in wanted.items()):
            return row["flag"]
    return ""


def _next_reference(kept: KeptTable | None) -> str:
    numbers = [int(found[1]) for row in _rows(kept) if (found := NUMBERED.fullmatch(row["flag"]))]
    return f"F{max(numbers, default=0) + 1:02d}"


def _rows(kept: KeptTable | None) -> list[dict[str, str]]:
    return [dict(zip(kept.columns, row.cells, strict=True)) for row in kept.rows] if kept else []
