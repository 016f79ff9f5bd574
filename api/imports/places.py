"""Where in a spreadsheet a fault lies: its sheet, and its cell by row and column.

A fault names a column as the format does (`email`), or by its letters where the columns are not known yet. In
the table of settings it names the setting, whose row has one cell for the value.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

from api.errors import Fault
from api.imports.raw import column_letters, plain_name

LETTERS = re.compile(r"[A-Z]{1,3}")
PLAIN_SHEET = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
VALUE_COLUMN = "value"


def sheet_of(fault: Fault, headers: Mapping[str, Sequence[str]]) -> str | None:
    """The sheet's own name for the fault's table; None where no sheet is named like it."""
    if fault.table in headers:
        return fault.table
    wanted = plain_name(fault.table)
    return next((sheet for sheet in headers if plain_name(sheet) == wanted), None)


def cell_of(fault: Fault, header: Sequence[str]) -> tuple[int, int]:
    """Row (the header is 1) and place of the column (A is 0), for every fault of a table.

    A fault of a whole row is at its first cell, one of a whole table or of a missing column at A1.
    """
    row = fault.row or 1
    place = None if fault.column is None else _place(fault.column, header)
    return row, place or 0


def address_of(fault: Fault, header: Sequence[str] | None) -> str:
    """The cell as spreadsheets name it, e.g. F12; empty where the fault is one of a whole table or file."""
    if fault.row is None:
        return ""
    row, place = cell_of(fault, header or ())
    return f"{column_letters(place)}{row}"


def quoted(sheet: str) -> str:
    """A sheet's name as it stands before the `!` of an address."""
    if PLAIN_SHEET.fullmatch(sheet) and not re.fullmatch(r"[A-Za-z]{1,3}[0-9]+|[rRcC][0-9]*", sheet):
        return sheet
    return "'" + sheet.replace("'", "''") + "'"


def _place(column: str, header: Sequence[str]) -> int | None:
    if LETTERS.fullmatch(column):
        return _place_of_letters(column)
    names = _plain_names(tuple(header))
    if column in names:
        # A column given twice is at fault where it comes again, but its cells are read from the first.
        return names.index(column)
    return names.index(VALUE_COLUMN) if VALUE_COLUMN in names and "setting" in names else None


@functools.lru_cache(maxsize=256)
def _plain_names(header: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(plain_name(name) for name in header)


def _place_of_letters(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
