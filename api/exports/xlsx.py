"""Tables out as one .xlsx workbook: a sheet per table, in the order given.

A cell becomes a number, date or time only where its column holds such and reading it back gives the very
same text; everything else is text, so `007`, `1e5` and `=x` stay what they are. CSV is in `tables.py`.
"""

from __future__ import annotations

import datetime
import io
import math
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from api.campaign import Table
from api.imports.columns import TABLES
from api.imports.kinds import Kind, TableSpec
from api.imports.outputs import OUTPUT_TABLES
from api.imports.workbook import text_of

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

NUMBERS = (Kind.WHOLE, Kind.DECIMAL, Kind.COORDINATE)
WIDTH_MIN, WIDTH_MAX = 8, 60
ROWS_MEASURED = 200
NOT_DATED = datetime.datetime(2000, 1, 1)
Value = str | float | datetime.date | datetime.time


def write_workbook(tables: Iterable[Table], path: Path) -> None:
    """Write a workbook to `path`, whole or not at all. The same tables give the same bytes.

    Raises `OSError` where it cannot be written.
    """
    content = workbook_bytes(tables)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=".writing-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.chmod(beside, 0o644)
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise


def workbook_bytes(tables: Iterable[Table]) -> bytes:
    """The workbook as the content of a file."""
    # A slow import that `stepup --help` must not pay for.
    import xlsxwriter  # type: ignore[import-untyped]

    content = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(content, options) as book:
        # Without a fixed date the same tables would give other bytes every second.
        book.set_properties({"created": NOT_DATED})
        header = book.add_format({"bold": True, "bottom": 1})
        formats = {
            datetime.date: book.add_format({"num_format": "yyyy-mm-dd"}),
            datetime.time: book.add_format({"num_format": "hh:mm"}),
            str: book.add_format({"num_format": "@"}),
        }
        for table in tables:
            _write_sheet(book.add_worksheet(table.name), table, header, formats)
    return content.getvalue()


def cell_value(kind: Kind, text: str) -> Value:
    """What a spreadsheet shows for a cell: a number, date or time where nothing of the text is lost."""
    value: Value = text
    try:
        if kind in NUMBERS:
            value = _finite(text)
        elif kind is Kind.DATE:
            value = datetime.date.fromisoformat(text)
        elif kind is Kind.TIME:
            value = datetime.time.fromisoformat(text)
    except ValueError:
        return text
    return value if text_of(value) == text else text


def _finite(text: str) -> float:
    """The number of a text; spreadsheets have no infinity and no "not a number"."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _write_sheet(sheet: Worksheet, table: Table, header: Format, formats: dict[type, Format]) -> None:
    spec = TABLES.get(table.name) or OUTPUT_TABLES.get(table.name)
    kinds = [_kind(spec, column) for column in table.columns]
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column, header)
        sheet.set_column(
            place, place, _width(table, place), formats[str] if kinds[place] is Kind.NAME else None
        )
    for number, row in enumerate(table.rows, start=1):
        for place, text in enumerate(row):
            if text:
                _write_cell(sheet, number, place, cell_value(kinds[place], text), formats)
    sheet.freeze_panes(1, 0)


def _write_cell(sheet: Worksheet, row: int, place: int, value: Value, formats: dict[type, Format]) -> None:
    if isinstance(value, str):
        if sheet.write_string(row, place, value, formats[str]) < 0:
            raise ValueError(f"row {row + 1}: {len(value):,} characters do not fit into a spreadsheet's cell")
    elif isinstance(value, float):
        sheet.write_number(row, place, value)
    else:
        sheet.write_datetime(row, place, value, formats[type(value)])


def _kind(spec: TableSpec | None, column: str) -> Kind:
    declared = None if spec is None else spec.column(column)
    return Kind.TEXT if declared is None else declared.kind


def _width(table: Table, place: int) -> int:
    longest = max((len(row[place]) for row in table.rows[:ROWS_MEASURED]), default=0)
    return min(max(longest, len(table.columns[place]), WIDTH_MIN) + 2, WIDTH_MAX)
