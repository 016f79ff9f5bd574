"""Faults as a page lists them: grouped by cause, each with its cell as a spreadsheet names it.

What a fault is stands in `api.errors`, where its cell lies in `api.imports.places`; the same faults within
the workbook itself are `api.exports.marked_workbook`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.errors import Fault
from api.exports.packs.wording import counted
from api.imports.columns import TABLES
from api.imports.places import address_of, quoted, sheet_of
from api.imports.raw import plain_name

LINES_MAX = 200


@dataclass(frozen=True, slots=True)
class FaultLine:
    """One fault. `cell` is e.g. F12, empty for one of a whole sheet or file; `address` has the sheet too."""

    sheet: str
    cell: str
    address: str
    found: str
    wanted: str


@dataclass(frozen=True, slots=True)
class FaultGroup:
    """The faults with one cause: the same is wanted in the same column of the same sheet.

    `number` counts them; of very many only the first `LINES_MAX` have their lines.
    """

    heading: str
    sheet: str
    column: str
    wanted: str
    number: int
    lines: tuple[FaultLine, ...]


def grouped(faults: Iterable[Fault], sheets: Mapping[str, Sequence[str]]) -> tuple[FaultGroup, ...]:
    """The faults by cause, in the order in which each cause is first met.

    `sheets` holds the header row of each sheet by the sheet's own name (`api.imports.upload.headers_of`).
    """
    by_cause: dict[tuple[str, str, str], list[Fault]] = {}
    for fault in faults:
        sheet = sheet_of(fault, sheets) or fault.table
        by_cause.setdefault((sheet, fault.column or "", fault.wanted), []).append(fault)
    return tuple(
        FaultGroup(
            _heading(sheet, column, those),
            sheet,
            column,
            wanted,
            len(those),
            tuple(line_of(fault, sheets) for fault in those[:LINES_MAX]),
        )
        for (sheet, column, wanted), those in by_cause.items()
    )


def line_of(fault: Fault, sheets: Mapping[str, Sequence[str]]) -> FaultLine:
    sheet = sheet_of(fault, sheets)
    name = fault.table if sheet is None else sheet
    cell = address_of(fault, None if sheet is None else sheets[sheet])
    return FaultLine(name, cell, f"{quoted(name)}!{cell}" if cell else name, fault.found, fault.wanted)


def headline(faults: Sequence[Fault]) -> str:
    """23 faults in 3 sheets; without the sheets where the faults lie before any table."""
    if not faults:
        return "No faults"
    sheets = {name for fault in faults if (name := plain_name(fault.table)) in TABLES}
    number = counted(len(faults), "fault")
    return f"{number} in {counted(len(sheets), 'sheet')}" if sheets else number


def _heading(sheet: str, column: str, faults: Sequence[Fault]) -> str:
    cells = sum(1 for fault in faults if fault.row is not None)
    spec = TABLES.get(plain_name(sheet))
    is_setting = spec is not None and spec.name == "settings" and spec.column(column) is None
    where = f"{sheet}, {'setting' if is_setting else 'column'} {column}" if column else sheet
    return f"{where}: {counted(cells, 'cell' if column else 'row')}" if cells else where
