"""Tables as they lie in a file, before anything is known about their columns; and the caps on them.

`csv_folder.py` and `workbook.py` make them; `tables.py` reads them. Both makers collect faults here
rather than raise, so that a person hears of every fault at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from api.errors import Fault

FILE_BYTES_MAX = 20_000_000
UNPACKED_BYTES_MAX = 200_000_000
ROWS_MAX = 50_000
COLUMNS_MAX = 200
CELL_CHARACTERS_MAX = 32_767
TABLES_MAX = 100
CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row: the number a spreadsheet shows, and its cells as text, trimmed."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table: its name as the file has it, its header row and the rows below, empty ones left out."""

    name: str
    header: tuple[str, ...]
    rows: tuple[RawRow, ...]


@dataclass(slots=True)
class RawTables:
    """All tables of one folder or workbook, with what was wrong on the way."""

    tables: list[RawTable] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def raw_table(name: str, rows: Sequence[RawRow], faults: list[Fault]) -> RawTable | None:
    """A table of these rows, the first of which must be row 1; None, with faults, where it cannot be one."""
    if too_many := [row for row in rows if len(row.cells) > COLUMNS_MAX]:
        found = f"{len(too_many[0].cells)} columns"
        faults.append(Fault(name, too_many[0].number, None, found, f"at most {COLUMNS_MAX} columns"))
        return None
    if len(rows) - 1 > ROWS_MAX:
        faults.append(too_many_rows(name))
        return None
    filled = [RawRow(row.number, _without_trailing_blanks(row.cells)) for row in rows if any(row.cells)]
    if not filled or filled[0].number != 1:
        faults.append(Fault(name, 1, None, "no header row", "the names of the columns in row 1"))
        return None
    if bad := [fault for row in filled for fault in cell_faults(name, row)]:
        faults.extend(bad)
        return None
    return RawTable(name, filled[0].cells, tuple(filled[1:]))


def too_many_rows(name: str) -> Fault:
    return Fault(name, None, None, f"more than {ROWS_MAX:,} rows", f"at most {ROWS_MAX:,} rows in a table")


def cell_faults(name: str, row: RawRow) -> list[Fault]:
    """Cells that no table may hold: too long, or with characters that are not text."""
    faults = []
    for index, cell in enumerate(row.cells):
        if len(cell) > CELL_CHARACTERS_MAX:
            found, wanted = (
                f"{len(cell):,} characters",
                f"at most {CELL_CHARACTERS_MAX:,} characters in a cell",
            )
        elif CONTROL_CHARACTER.search(cell):
            found, wanted = "a control character", "text only"
        else:
            continue
        faults.append(Fault(name, row.number, column_letters(index), found, wanted))
    return faults


def column_letters(index: int) -> str:
    """A column as spreadsheets name it: 0 is A, 26 is AA."""
    letters = ""
    while index >= 0:
        letters = chr(ord("A") + index % 26) + letters
        index = index // 26 - 1
    return letters


def plain_name(name: str) -> str:
    """A table's, column's or setting's name as the format spells it: "Step free " is `step_free`."""
    return re.sub(r"[\s\-]+", "_", name.strip().lower())


def tidy(text: str) -> str:
    """A cell without blanks around it and with one kind of line break."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _without_trailing_blanks(cells: tuple[str, ...]) -> tuple[str, ...]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]
