"""Asking raters for what they owe: nothing is sent from here, it is noted who was asked, and when."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from api.services.doing import Doing
from api.storage.repositories.audit import AuditFilter
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork

ASKED = "ratings asked for"
ENTRIES_LOOKED_AT = 200


def note_asked(
    work: UnitOfWork, record: CampaignRecord, owes: Mapping[str, int], people: Iterable[str], doing: Doing
) -> int:
    """Note that these raters were asked, of those who owe something. Returns how many."""
    asked = {person: owes[person] for person in people if person in owes}
    if asked:
        facts: dict[str, object] = {"raters": dict(sorted(asked.items()))}
        work.audit.record(record.id, doing.at, doing.by, ASKED, "ratings", facts)
    return len(asked)


def last_asked(work: UnitOfWork, record: CampaignRecord) -> dict[str, tuple[datetime.datetime, str]]:
    """When each rater was asked last, and by whose account."""
    found: dict[str, tuple[datetime.datetime, str]] = {}
    for entry, _ in work.audit.newest(record.id, AuditFilter(act=ASKED), ENTRIES_LOOKED_AT):
        raters = entry.facts.get("raters", {})
        for person in raters if isinstance(raters, dict) else ():
            found.setdefault(str(person), (entry.at, entry.actor))
    return found
