"""From raw tables to checked ones: names and columns recognised, every cell read by its declaration.

A cell that cannot be read is a fault and counts as empty from then on, so that the checks between cells
(`checks/`) still run and a person hears of everything at once.
"""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from api.campaign import Table
from api.errors import Fault, shown
from api.imports.cells import Unreadable, list_of, minutes_of, spelled
from api.imports.kinds import CHOICE_COLUMN, Column, TableSpec
from api.imports.raw import RawRow, RawTable, plain_name


@dataclass(frozen=True, slots=True)
class Record:
    """One row, by column; a column that is empty or left out has its default, "" where there is none."""

    table: str
    row: int
    cells: Mapping[str, str]
    spec: TableSpec
    unread: frozenset[str] = frozenset()

    def text(self, column: str) -> str:
        if value := self.cells.get(column, ""):
            return value
        declared = self.spec.column(column)
        return "" if declared is None else declared.default

    def whole(self, column: str) -> int:
        return int(self.text(column) or 0)

    def whole_or_none(self, column: str) -> int | None:
        return int(self.text(column)) if self.text(column) else None

    def number(self, column: str) -> Fraction:
        return Fraction(self.text(column) or 0)

    def yes(self, column: str) -> bool:
        return self.text(column) == "yes"

    def date(self, column: str) -> datetime.date:
        return datetime.date.fromisoformat(self.text(column))

    def minutes(self, column: str) -> int:
        """A time, in minutes after midnight."""
        return minutes_of(self.text(column))

    def parts(self, column: str) -> tuple[str, ...]:
        return list_of(self.text(column))

    @property
    def choices(self) -> tuple[str, ...]:
        """The cells of choice_1, choice_2, … in order, empty ones included."""
        numbered = sorted((int(m[1]), c) for c in self.cells if (m := CHOICE_COLUMN.fullmatch(c)))
        return tuple(self.cells[column] for _, column in numbered)

    def fault(self, column: str | None, found: str, wanted: str) -> Fault:
        return Fault(self.table, self.row, column, found, wanted)


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """One table of the format: the table as it is kept, and its rows as records."""

    spec: TableSpec
    table: Table
    records: tuple[Record, ...]


@dataclass(slots=True)
class CheckedTables:
    """All tables of a campaign by name, with the faults and warnings found so far.

    `unread` names tables that are missing or could not be read at all and have their fault for that:
    what points into them is not held against anybody.
    """

    by_name: dict[str, CheckedTable] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    faults: list[Fault] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def records(self, name: str) -> tuple[Record, ...]:
        """The rows of a table; none where the campaign does not have it."""
        return self.by_name[name].records if name in self.by_name else ()

    def keys(self, *names: str) -> frozenset[str]:
        """The references that these tables define, the first column of each."""
        return frozenset(r.text(r.spec.columns[0].name) for name in names for r in self.records(name)) - {""}


def checked_tables(raw: Iterable[RawTable], specs: Mapping[str, TableSpec]) -> CheckedTables:
    """Read every raw table that is one of `specs`; others are kept out with a warning."""
    result = CheckedTables()
    for table in raw:
        name = plain_name(table.name)
        if name not in specs:
            what = f"table {table.name} is not part of the campaign format and was not read"
            result.warnings.append(what + likely(name, specs))
        elif name in result.by_name:
            result.faults.append(Fault(name, None, None, "the table twice", "each table once"))
        else:
            result.by_name[name] = checked_table(table, specs[name], result)
    return result


def likely(name: str, known: Iterable[str]) -> str:
    """What an unknown name was perhaps meant to be, as the end of a warning."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.8)
    return f"; was {near[0]} meant?" if near else ""


def checked_table(raw: RawTable, spec: TableSpec, result: CheckedTables) -> CheckedTable:
    """Read one table. Faults and warnings are added to `result`."""
    columns = _columns(raw, spec, result)
    records: list[Record] = []
    rows: list[tuple[str, ...]] = []
    for row in raw.rows:
        result.faults += _beyond_header(raw, spec, row)
        cells, unread = _cells(row, columns, spec, result.faults)
        records.append(Record(spec.name, row.number, cells, spec, unread))
        rows.append(tuple(cells.values()))
    return CheckedTable(spec, Table(spec.name, tuple(n for _, n, _ in columns), tuple(rows)), tuple(records))


def _columns(raw: RawTable, spec: TableSpec, result: CheckedTables) -> list[tuple[int, str, Column]]:
    """The known columns, each with its place in the row and its declaration."""
    columns: list[tuple[int, str, Column]] = []
    names = [plain_name(header) for header in raw.header]
    for place, name in enumerate(names):
        declared = spec.column(name)
        if name and names.index(name) < place:
            result.faults.append(Fault(spec.name, 1, name, "the column twice", "each column once"))
        elif declared is not None:
            columns.append((place, name, declared))
        elif name:
            what = f"table {spec.name}: column {raw.header[place]} is not known and was not read"
            result.warnings.append(what + likely(name, [column.name for column in spec.columns]))
        elif any(len(row.cells) > place and row.cells[place] for row in raw.rows):
            result.faults.append(
                Fault(spec.name, 1, None, "a column without a name", "a name for every filled column")
            )
    present = {name for _, name, _ in columns}
    for column in spec.columns:
        if column.required and column.name not in present:
            result.faults.append(
                Fault(spec.name, 1, column.name, "no such column", f"the column {column.name}")
            )
    result.faults += _missing_choices(spec, present)
    return columns


def _missing_choices(spec: TableSpec, present: set[str]) -> Iterator[Fault]:
    numbers = {int(m[1]) for name in present if (m := CHOICE_COLUMN.fullmatch(name))}
    for number in range(1, max(numbers, default=0)):
        if number not in numbers:
            yield Fault(spec.name, 1, f"choice_{number}", "no such column", "choice columns without a gap")


def _beyond_header(raw: RawTable, spec: TableSpec, row: RawRow) -> Iterator[Fault]:
    for cell in row.cells[len(raw.header) :]:
        if cell:
            yield Fault(
                spec.name,
                row.number,
                None,
                f"{shown(cell)} beyond the last column",
                "no cell without a header",
            )


def _cells(
    row: RawRow, columns: list[tuple[int, str, Column]], spec: TableSpec, faults: list[Fault]
) -> tuple[dict[str, str], frozenset[str]]:
    cells: dict[str, str] = {}
    unread: set[str] = set()
    for place, name, column in columns:
        text = row.cells[place] if place < len(row.cells) else ""
        try:
            cells[name] = spelled(column, text)
        except Unreadable as problem:
            faults.append(Fault(spec.name, row.number, name, problem.found, problem.wanted))
            cells[name] = ""
            unread.add(name)
    return cells, frozenset(unread)
