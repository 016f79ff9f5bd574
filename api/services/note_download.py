"""Somebody takes a file away: the audit tells who took which, and by its hash what was in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from api.services.doing import Doing
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Download:
    """A file under the name that it is given."""

    name: str
    content: bytes


def note_downloads(
    work: UnitOfWork, record: CampaignRecord | None, given: Iterable[Download], doing: Doing
) -> None:
    """One entry of the audit for each file, in the chain of its campaign, or in the one outside campaigns."""
    chain = record.id if record else ""
    for one in given:
        facts = {"bytes": len(one.content), "sha256": hashlib.sha256(one.content).hexdigest()}
        work.audit.record(chain, doing.at, doing.by, "file given", one.name, facts)
