"""A campaign of the database as the rest of the program knows it: its tables, read and checked.

Reading and checking takes some hundredths of a second, so the last few campaigns are kept, by campaign and
number of change: what has a number never changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from api.campaign import Campaign, Table
from api.errors import Fault
from api.imports.columns import TABLES
from api.imports.read import Reading, raw_tables_of, read_tables
from api.services.lately import Lately
from api.storage.repositories.campaigns import KeptTable
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork

# Few: each is some ten thousand objects, and an older state is seldom asked for again.
KEPT_MAX = 12
Key = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Opened:
    """One campaign at one of its changes. `campaign` is there exactly when there are no faults."""

    reference: str
    name: str
    change: int
    tables: Mapping[str, KeptTable]
    campaign: Campaign | None
    faults: tuple[Fault, ...]
    warnings: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The tables that every campaign needs and this one lacks."""
        return tuple(name for name, spec in TABLES.items() if spec.required and name not in self.tables)


_LATELY = Lately[Key, Opened](KEPT_MAX)


def open_campaign(work: UnitOfWork, record: CampaignRecord, change: int | None = None) -> Opened:
    """The campaign as it stood after `change`, the latest where none is named."""
    number = record.change if change is None else change
    key = _key(work, record, number)

    def make() -> Opened:
        return opened_of(record, number, work.campaigns.tables(record, number))

    if work.writes:
        # A unit of work that writes may yet be taken back, and its number given to another change.
        return _LATELY.get(key) or make()
    return _LATELY.get_or_make(key, make)


def keep_when_committed(
    work: UnitOfWork, record: CampaignRecord, tables: Mapping[str, KeptTable], reading: Reading
) -> None:
    """Remember the campaign as this unit of work leaves it, once it has been committed."""
    key = _key(work, record, record.change)
    opened = _opened(record, record.change, tables, reading)
    work.after_commit(lambda: _LATELY.put(key, opened))


def opened_of(record: CampaignRecord, change: int, tables: Mapping[str, KeptTable]) -> Opened:
    """These tables read and checked."""
    return _opened(record, change, tables, read_kept(tables))


def _opened(record: CampaignRecord, change: int, tables: Mapping[str, KeptTable], reading: Reading) -> Opened:
    return Opened(record.id, record.name, change, tables, reading.campaign, reading.faults, reading.warnings)


def _key(work: UnitOfWork, record: CampaignRecord, change: int) -> Key:
    return (work.database_address, record.id, change)


def read_kept(tables: Mapping[str, KeptTable]) -> Reading:
    return read_tables(raw_tables_of(plain_tables(tables)))


def plain_tables(tables: Mapping[str, KeptTable]) -> dict[str, Table]:
    """The tables as files have them, in the format's order."""
    return {
        name: Table(name, tables[name].columns, tuple(row.cells for row in tables[name].rows))
        for name in TABLES
        if name in tables
    }
