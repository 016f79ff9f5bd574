"""A campaign of the database as the rest of the program knows it: its tables, read and checked.

Reading and checking takes some hundredths of a second, so the last few campaigns are kept, by campaign and
number of change: what has a number never changes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from api.campaign import Campaign, Table
from api.errors import Fault
from api.imports.columns import TABLES
from api.imports.read import Reading, raw_tables_of, read_tables
from api.storage.repositories.campaigns import KeptTable
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork

KEPT_MAX = 64


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


class Lately:
    """The campaigns opened last, shared by all requests of this process."""

    def __init__(self, most: int = KEPT_MAX) -> None:
        self._kept: OrderedDict[tuple[str, str, int], Opened] = OrderedDict()
        self._lock = threading.Lock()
        self._most = most

    def get(self, key: tuple[str, str, int]) -> Opened | None:
        with self._lock:
            if found := self._kept.get(key):
                self._kept.move_to_end(key)
            return found

    def put(self, key: tuple[str, str, int], opened: Opened) -> None:
        with self._lock:
            self._kept[key] = opened
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


_LATELY = Lately()


def open_campaign(work: UnitOfWork, record: CampaignRecord, change: int | None = None) -> Opened:
    """The campaign as it stood after `change`, the latest where none is named."""
    number = record.change if change is None else change
    key = (str(work.session.get_bind().engine.url), record.id, number)
    found = _LATELY.get(key)
    if found is None:
        found = opened_of(record, number, work.campaigns.tables(record, number))
        if not work.writes:
            # A unit of work that writes may yet be taken back, and its number given to another change.
            _LATELY.put(key, found)
    return found


def opened_of(record: CampaignRecord, change: int, tables: Mapping[str, KeptTable]) -> Opened:
    """These tables read and checked."""
    reading = read_kept(tables)
    return Opened(record.id, record.name, change, tables, reading.campaign, reading.faults, reading.warnings)


def read_kept(tables: Mapping[str, KeptTable]) -> Reading:
    return read_tables(raw_tables_of(plain_tables(tables)))


def plain_tables(tables: Mapping[str, KeptTable]) -> dict[str, Table]:
    """The tables as files have them, in the format's order."""
    return {
        name: Table(name, tables[name].columns, tuple(row.cells for row in tables[name].rows))
        for name in TABLES
        if name in tables
    }
