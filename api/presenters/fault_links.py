"""Faults of a campaign's own tables, each leading to the row and the field where it can be mended.

Faults of an upload, which have cells of a spreadsheet instead, are in `faults.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from api.errors import Fault
from api.imports.columns import TABLES
from api.imports.settings import SETTINGS
from api.presenters.row_form import field_id
from api.storage.repositories.campaigns import KeptRow, KeptTable


@dataclass(frozen=True, slots=True)
class FaultLink:
    """One fault: where it is in words, the address where it is mended, what was found and what is wanted."""

    where: str
    url: str
    found: str
    wanted: str


@dataclass(frozen=True, slots=True)
class FaultCause:
    """Faults in which the same was found and the same is wanted, and all the places where that is so."""

    found: str
    wanted: str
    places: tuple[FaultLink, ...]


def fault_links(faults: Iterable[Fault], tables: Mapping[str, KeptTable], base: str) -> tuple[FaultLink, ...]:
    """Each fault by itself, in order. `base` is the campaign's address."""
    links = []
    for fault in faults:
        where, url = _place(fault, tables, f"{base}/tables")
        links.append(FaultLink(where, url, fault.found, fault.wanted))
    return tuple(links)


def fault_causes(
    faults: Iterable[Fault], tables: Mapping[str, KeptTable], base: str
) -> tuple[FaultCause, ...]:
    """The same by cause, in the order in which each cause is first met."""
    by_cause: dict[tuple[str, str], list[FaultLink]] = {}
    for link in fault_links(faults, tables, base):
        by_cause.setdefault((link.found, link.wanted), []).append(link)
    return tuple(FaultCause(found, wanted, tuple(places)) for (found, wanted), places in by_cause.items())


def faults_by_row(faults: Iterable[Fault], table: str) -> dict[int, list[Fault]]:
    """The faults of one table by the number of the row, as a spreadsheet counts (the header is 1)."""
    found: dict[int, list[Fault]] = {}
    for fault in faults:
        if fault.table == table and fault.row is not None:
            found.setdefault(fault.row, []).append(fault)
    return found


def faults_of_table(faults: Iterable[Fault], table: str) -> int:
    return sum(1 for fault in faults if fault.table == table)


def row_at(table: KeptTable | None, number: int | None) -> KeptRow | None:
    """The row that a spreadsheet would show as `number`."""
    if table is None or number is None or not 2 <= number < len(table.rows) + 2:
        return None
    return table.rows[number - 2]


def called(table: str, row: KeptRow | None = None) -> str:
    """A table, or a row of it by its reference, in words: "applicants", "applicants A017"."""
    words = table.replace("_", " ")
    return f"{words} {row.cells[0]}" if row and row.cells and row.cells[0] else words


def _place(fault: Fault, tables: Mapping[str, KeptTable], address: str) -> tuple[str, str]:
    if fault.table not in TABLES:
        return fault.table, address
    if fault.table == "settings" and fault.column in SETTINGS:
        return f"setting {fault.column}", f"{address}/settings/{fault.column}"
    row = row_at(tables.get(fault.table), fault.row)
    where = called(fault.table, row)
    if row is None:
        return where, f"{address}/{fault.table}"
    url = f"{address}/{fault.table}/rows/{row.row_id}"
    if not fault.column:
        return where, url
    return f"{where}, {fault.column.replace('_', ' ')}", f"{url}#{field_id(fault.column)}"
