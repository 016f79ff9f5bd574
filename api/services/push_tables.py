"""Tables that another program pushes: whole tables in the place of old ones, or applicants by reference.

They go through the reader and the checks of every other campaign. What is newly wrong in a pushed table is
refused with every fault; what is left wrong is told, and keeps the campaign from being solved until mended.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.campaign import Table
from api.errors import BadInput, Fault, shown
from api.imports.columns import TABLES
from api.imports.kinds import TableSpec
from api.imports.limits import Allowance, TooMuch
from api.imports.raw import tidy
from api.imports.read import raw_tables_of, read_tables
from api.services.change_tables import IMPORT, put_tables
from api.services.doing import Doing
from api.services.open_campaign import open_campaign, plain_tables
from api.storage.repositories.campaigns import KeptTable
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork

Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Pushed:
    """The number of the change, and the faults that the campaign has after it."""

    change: int
    left: tuple[Fault, ...]


class ChangedSince(Exception):
    """The campaign was changed after the change that was named; `change` is the latest."""

    def __init__(self, change: int) -> None:
        super().__init__(f"the campaign stands at change {change}")
        self.change = change


def push_tables(
    work: UnitOfWork, record: CampaignRecord, pushed: Mapping[str, Rows], seen: int, doing: Doing
) -> Pushed:
    """These whole tables instead of the ones that stood after change `seen`; the others stay.

    Raises `BadInput` with every fault, `ChangedSince` where somebody has changed the campaign meanwhile.
    """
    if record.change != seen:
        raise ChangedSince(record.change)
    if not pushed:
        raise BadInput([Fault("tables", None, None, "no table", "at least one table of the campaign format")])
    unknown = [
        Fault(
            shown(name)[:80],
            None,
            None,
            "a table that the campaign format does not have",
            "one of its tables",
        )
        for name in pushed
        if name not in TABLES
    ]
    if unknown:
        raise BadInput(unknown)
    tables, faults = {}, []
    for name, rows in pushed.items():
        tables[name], found = _table(TABLES[name], rows, ())
        faults += found
    if faults:
        raise BadInput(faults)
    return _put(work, record, tables, f"Pushed by a program: {', '.join(sorted(tables))}", doing)


def push_applicants(work: UnitOfWork, record: CampaignRecord, rows: Rows, doing: Doing) -> Pushed:
    """Applicants added, or changed where their reference is there already; columns not named stay.

    Raises `BadInput` with every fault. The row of a fault is the one that the table would have.
    """
    spec = TABLES["applicants"]
    kept = work.campaigns.tables(record).get(spec.name)
    merged, faults = _merged(spec, kept, rows)
    table, found = _table(spec, list(merged.values()), kept.columns if kept else ())
    if faults or found:
        raise BadInput([*faults, *found])
    return _put(work, record, {spec.name: table}, "Pushed by a program: applicants", doing)


def _merged(
    spec: TableSpec, kept: KeptTable | None, rows: Rows
) -> tuple[dict[str, dict[str, str]], list[Fault]]:
    """Every row by its reference, in the order that they have or came in."""
    merged: dict[str, dict[str, str]] = {}
    for number, row in enumerate(kept.rows if kept else (), start=1):
        cells = dict(zip(kept.columns if kept else (), row.cells, strict=True))
        merged[cells.get("applicant") or f"row {number}"] = cells
    faults, named = [], set()
    for number, pushed in enumerate(rows, start=2):
        reference = tidy(pushed.get("applicant", ""))
        if not reference or reference in named:
            found = shown(reference) + (", twice in what was pushed" if reference else "")
            faults.append(
                Fault(spec.name, number, "applicant", found, "a reference of its own for everybody")
            )
        named.add(reference)
        merged[reference] = {**merged.get(reference, {}), **pushed}
    return merged, faults


def _table(spec: TableSpec, rows: Rows, before: Iterable[str]) -> tuple[Table, list[Fault]]:
    """Rows by column as a table: the columns that were there before, then those named, as they come."""
    named = dict.fromkeys([*before, *(column for row in rows for column in row)])
    wanted = ", ".join(column.name for column in spec.columns)
    faults = [
        Fault(
            spec.name, None, shown(column)[:80], "a column that this table does not have", f"one of {wanted}"
        )
        for column in named
        if spec.column(column) is None
    ]
    columns = tuple(named) or tuple(column.name for column in spec.columns)
    cells = tuple(tuple(tidy(row.get(column, "")) for column in columns) for row in rows)
    return Table(spec.name, columns, cells), faults


def _put(
    work: UnitOfWork, record: CampaignRecord, tables: Mapping[str, Table], sentence: str, doing: Doing
) -> Pushed:
    _refuse_too_much(tables.values())
    before = plain_tables(work.campaigns.tables(record))
    reading = read_tables(raw_tables_of({**before, **tables}))
    were_there = set(open_campaign(work, record).faults)
    if new := [fault for fault in reading.faults if fault.table in tables and fault not in were_there]:
        raise BadInput(new)
    checked = (
        reading.campaign.tables
        if reading.campaign
        else {n: t.table for n, t in reading.tables.by_name.items()}
    )
    change = put_tables(work, record, {name: checked[name] for name in tables}, IMPORT, sentence, doing)
    return Pushed(change, reading.faults)


def _refuse_too_much(tables: Iterable[Table]) -> None:
    """The caps on an upload hold for what is pushed too."""
    allowance = Allowance()
    try:
        for table in tables:
            allowance.take_rows(len(table.rows))
            allowance.take_cells(len(table.rows) * len(table.columns))
            allowance.take_characters(sum(len(cell) for row in table.rows for cell in row))
    except TooMuch as problem:
        raise BadInput([Fault("tables", None, None, problem.found, problem.wanted)]) from problem
