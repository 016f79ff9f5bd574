"""The campaign's tables as pages show them: the list of all of them, one with its rows, one row's history.

A row's fields are in `row_form.py`, settings in `settings_page.py`. Every table is that of the campaign
format; what is asked of a list (search, order, page) is `data_table.py`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.errors import Fault
from api.exports.packs.wording import counted, long_date
from api.imports.columns import TABLES
from api.imports.columns_after_the_day import AFTER_THE_DAY
from api.imports.kinds import Column as Declared
from api.imports.kinds import Kind, TableSpec
from api.presenters.data_table import Cell, Column, DataTable, TableQuery, data_table
from api.presenters.fault_links import faults_by_row, faults_of_table
from api.presenters.row_form import column_label
from api.storage.repositories.campaigns import KeptRow, KeptTable
from api.templating import moment_words

LATER = frozenset(spec.name for spec in AFTER_THE_DAY)
NUMBERS = (Kind.WHOLE, Kind.DECIMAL, Kind.COORDINATE)
TEXT_SHOWN = 120


@dataclass(frozen=True, slots=True)
class TableLine:
    """One table in the list: what it holds, how many rows it has, and whether any campaign needs it."""

    label: str
    url: str
    help: str
    rows: str
    faults: int
    state: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One state of a row: the change that made it so, and each cell that was changed, old and new."""

    number: int
    at: datetime.datetime | None
    by: str
    what: str
    cells: tuple[tuple[str, str, str], ...]


def table_label(name: str) -> str:
    return column_label(name)


def table_lines(
    tables: Mapping[str, KeptTable], faults: Sequence[Fault], base: str
) -> tuple[tuple[TableLine, ...], tuple[TableLine, ...]]:
    """Every table of the format: those before the day, and those filled in on the day and after it."""
    lines = [(name, _line(spec, tables.get(name), faults, base)) for name, spec in TABLES.items()]
    return (
        tuple(line for name, line in lines if name not in LATER),
        tuple(line for name, line in lines if name in LATER),
    )


def table_page(
    table: KeptTable,
    tables: Mapping[str, KeptTable],
    faults: Sequence[Fault],
    query: TableQuery,
    action: str,
    *,
    only_faulty: bool = False,
    kept: Sequence[tuple[str, str]] = (),
    links: bool = True,
) -> DataTable:
    """One table with its rows, as the query asks. With `links` the first cell of a row leads to the row."""
    columns, rows = table_rows(table, tables, faults, action, only_faulty=only_faulty, links=links)
    return data_table(table_label(table.name), columns, rows, query, action, kept=kept)


def table_rows(
    table: KeptTable,
    tables: Mapping[str, KeptTable],
    faults: Sequence[Fault],
    action: str,
    *,
    only_faulty: bool = False,
    links: bool = True,
) -> tuple[list[Column], list[list[Cell]]]:
    spec = TABLES[table.name]
    wrong = faults_by_row(faults, table.name)
    declared = [spec.column(name) or Declared(name, Kind.TEXT, "") for name in table.columns]
    columns = [
        Column(name, column_label(name), number=column.kind in NUMBERS)
        for name, column in zip(table.columns, declared, strict=True)
    ]
    if wrong:
        # Beside the reference: at the end of a wide table nobody would see it.
        columns.insert(1, Column("faults", "Faults"))
    names = names_of_references(declared, tables)
    rows = []
    for number, row in enumerate(table.rows, start=2):
        here = wrong.get(number, [])
        if only_faulty and not here:
            continue
        cells = [_cell(column, text, names) for column, text in zip(declared, row.cells, strict=True)]
        if links and cells:
            first = cells[0].text or f"Row {number}"
            spoken = None if cells[0].text else f"Row {number} of {table_label(table.name)}"
            url = f"{action}/rows/{row.row_id}"
            cells[0] = Cell(first, url, cells[0].order, cells[0].note, spoken)
        if wrong:
            cells.insert(1, _fault_cell(here))
        rows.append(cells)
    return columns, rows


def names_of_references(
    columns: Iterable[Declared], tables: Mapping[str, KeptTable]
) -> dict[tuple[str, str], str]:
    """The name behind each reference that these columns may hold, by column and reference."""
    names: dict[tuple[str, str], str] = {}
    for column in columns:
        for pointed in column.points_to if column.kind is Kind.REFERENCE else ():
            there = tables.get(pointed)
            if there is not None and "name" in there.columns:
                place = there.columns.index("name")
                for row in there.rows:
                    names.setdefault((column.name, row.cells[0]), row.cells[place])
    return names


def row_history(
    table: str,
    states: Sequence[KeptRow],
    headers: Sequence[tuple[int, tuple[str, ...]]],
    made: Mapping[int, tuple[datetime.datetime, str]],
) -> tuple[HistoryEntry, ...]:
    """Every state of a row, the newest first. `made` says when each change was made, and by whom by name."""
    entries = []
    for place, state in enumerate(states):
        before = states[place + 1] if place + 1 < len(states) else None
        cells = _changed(_by_column(before, headers), _by_column(state, headers)) if before else ()
        at, by = made.get(state.since, (None, ""))
        what = "It was put in." if before is None else ""
        if before is not None and not cells:
            what = "Nothing in it changed; its place, or a column of the table, did."
        entries.append(HistoryEntry(state.since, at, by, what, cells))
    return tuple(entries)


def shown_value(column: Declared | None, text: str) -> str:
    """A cell as a person reads it: 2015-07-14 is 14 July 2015, 2015-07-14 11:20 is 14 July 2015, 11:20."""
    if column is not None and column.kind is Kind.DATE:
        try:
            return long_date(datetime.date.fromisoformat(text))
        except ValueError:
            return text
    if column is not None and column.kind is Kind.MOMENT:
        return moment_words(text)
    return text


def _changed(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    columns = dict.fromkeys((*new, *old))
    return tuple(
        (column_label(column), old.get(column, ""), new.get(column, ""))
        for column in columns
        if old.get(column, "") != new.get(column, "")
    )


def _by_column(row: KeptRow, headers: Sequence[tuple[int, tuple[str, ...]]]) -> dict[str, str]:
    columns = [names for since, names in headers if since <= row.since][-1]
    return dict(zip(columns, row.cells, strict=True))


def _line(spec: TableSpec, table: KeptTable | None, faults: Sequence[Fault], base: str) -> TableLine:
    wrong = faults_of_table(faults, spec.name)
    absent = "not there yet, and needed" if spec.required or wrong else "not used"
    return TableLine(
        label=table_label(spec.name),
        url=f"{base}/tables/{spec.name}",
        help=spec.help,
        rows=counted(len(table.rows), "row") if table else "",
        faults=wrong if table else 0,
        state="" if table else absent,
    )


def _cell(column: Declared, text: str, names: Mapping[tuple[str, str], str]) -> Cell:
    note = names.get((column.name, text)) if text and column.kind is Kind.REFERENCE else None
    if column.kind in NUMBERS and text:
        try:
            return Cell(text, order=float(text))
        except ValueError:
            return Cell(text)
    if column.kind is Kind.DATE:
        return Cell(shown_value(column, text), order=text)
    if len(text) > TEXT_SHOWN:
        return Cell(f"{text[:TEXT_SHOWN]}…", order=text)
    return Cell(text, note=note)


def _fault_cell(here: Sequence[Fault]) -> Cell:
    if not here:
        return Cell("")
    where = dict.fromkeys(column_label(fault.column) if fault.column else "The row" for fault in here)
    return Cell(counted(len(here), "fault"), note=", ".join(where), tag="red")
