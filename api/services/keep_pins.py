"""Pins set from a timetable: a change of the tables like any other, checked before it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.campaign import Table
from api.errors import BadInput
from api.services.change_tables import PIN, put_tables
from api.services.doing import Doing
from api.services.open_campaign import open_campaign, plain_tables, read_kept
from api.services.pin_people import PinRule, pin_rows
from api.storage.repositories.campaigns import KeptRow, KeptTable
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork

PEOPLE_NAMED_MAX = 3


@dataclass(frozen=True, slots=True)
class Pinned:
    """What was done, in one sentence, and the number of the change; 0 where nothing had to be changed."""

    sentence: str
    change: int


def keep_pins(
    work: UnitOfWork,
    record: CampaignRecord,
    persons: Sequence[str],
    session: str,
    rule: PinRule | None,
    doing: Doing,
) -> Pinned:
    """Pin these people to the session, keep them out of it, or (None) take their pins there away.

    The campaign must be held. Raises `BadInput` where the tables have faults, or would have with these pins.
    """
    opened = open_campaign(work, record)
    if opened.campaign is None:
        raise BadInput(opened.faults, opened.warnings)
    table = pin_rows(opened.campaign, persons, session, rule)
    before = plain_tables(opened.tables).get("pins")
    sentence = _sentence(persons, session, rule)
    if set(table.rows) == set(before.rows if before else ()):
        return Pinned("Nothing changed: it was so already.", 0)
    faults = read_kept({**opened.tables, "pins": _kept(table)}).faults
    if faults:
        raise BadInput(faults)
    return Pinned(sentence, put_tables(work, record, {"pins": table}, PIN, sentence, doing))


def _sentence(persons: Sequence[str], session: str, rule: PinRule | None) -> str:
    named = ", ".join(persons) if len(persons) <= PEOPLE_NAMED_MAX else f"{len(persons)} people"
    if rule is None:
        return f"Took the pin of {named} in {session} away"
    return f"Pinned {named} to {session}" if rule == "must" else f"Kept {named} out of {session}"


def _kept(table: Table) -> KeptTable:
    rows = tuple(KeptRow(0, position, cells, 0) for position, cells in enumerate(table.rows, start=1))
    return KeptTable(table.name, table.columns, rows)
