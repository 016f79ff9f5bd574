"""Marked tables as a new workbook: a sheet per table of the format, cells as they were typed.

How a workbook is marked that can be kept as it is, is in `marked_copy.py`.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from api.errors import Fault
from api.exports.marks import AUTHOR, FAULTS_SHEET, FILL, HEADINGS, WIDTHS, Line, lines_of, marks_of, safe
from api.exports.xlsx import NOT_DATED, cell_value
from api.imports.columns import TABLES
from api.imports.kinds import Kind
from api.imports.raw import RawRow, RawTable, RawTables, plain_name

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

Notes = Mapping[tuple[int, int], str]


def marked_anew(raw: RawTables, faults: Sequence[Fault]) -> bytes:
    """The tables that could be read, with the faults marked; the same input gives the same bytes."""
    # A slow import that `stepup --help` must not pay for.
    import xlsxwriter  # type: ignore[import-untyped]

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    tables: dict[str, RawTable] = {}
    for table in raw.tables:
        if plain_name(table.name) in TABLES:
            tables.setdefault(plain_name(table.name), table)
    headers = {name: table.header for name, table in tables.items()}
    notes = marks_of(faults, headers)
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"created": NOT_DATED})
        _write_lines(book, lines_of(faults, headers))
        looks = _Looks(book)
        for name, table in tables.items():
            _write_table(book.add_worksheet(name), name, table, notes.get(name, {}), looks)
    return content.getvalue()


class _Looks:
    """Formats by the type of a cell's value, plain and marked."""

    def __init__(self, book: Workbook) -> None:
        formats = {"date": "yyyy-mm-dd", "time": "hh:mm", "str": "@", "float": "General"}
        self.plain = {kind: book.add_format({"num_format": f}) for kind, f in formats.items()}
        colour = {"bg_color": f"#{FILL}"}
        self.marked = {kind: book.add_format({"num_format": f, **colour}) for kind, f in formats.items()}
        self.header = book.add_format({"bold": True, "bottom": 1})
        self.marked_header = book.add_format({"bold": True, "bottom": 1, **colour})

    def of(self, value: object, row: int, is_marked: bool) -> Format:
        if row == 1:
            return self.marked_header if is_marked else self.header
        return (self.marked if is_marked else self.plain)[type(value).__name__]


def _write_lines(book: Workbook, lines: Sequence[Line]) -> None:
    sheet = book.add_worksheet(FAULTS_SHEET)
    head, wrapped = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True})
    for place, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.write_string(0, place, heading, head)
        sheet.set_column(place, place, width)
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, line.sheet)
        if line.link:
            sheet.write_url(row, 1, f"internal:{line.link}", string=line.cell or "A1")
        sheet.write_string(row, 2, line.found, wrapped)
        sheet.write_string(row, 3, line.wanted, wrapped)
    sheet.freeze_panes(1, 0)


def _write_table(sheet: Worksheet, name: str, table: RawTable, notes: Notes, looks: _Looks) -> None:
    columns = [TABLES[name].column(plain_name(column)) for column in table.header]
    kinds = [Kind.TEXT if column is None else column.kind for column in columns]
    for row in (RawRow(1, table.header), *table.rows):
        for place, text in enumerate(row.cells):
            kind = kinds[place] if row.number > 1 and place < len(kinds) else Kind.TEXT
            _write_cell(sheet, row.number, place, cell_value(kind, text), (row.number, place) in notes, looks)
    for (number, place), note in notes.items():
        sheet.write_comment(number - 1, place, note, {"author": AUTHOR, "width": 260, "height": 120})
    sheet.set_column(0, max(len(table.header) - 1, 0), 16)
    sheet.freeze_panes(1, 0)


def _write_cell(
    sheet: Worksheet, row: int, place: int, value: object, is_marked: bool, looks: _Looks
) -> None:
    look = looks.of(value, row, is_marked)
    if value == "":
        if is_marked:
            sheet.write_blank(row - 1, place, None, look)
    elif isinstance(value, str):
        sheet.write_string(row - 1, place, safe(value), look)
    elif isinstance(value, float):
        sheet.write_number(row - 1, place, value, look)
    else:
        sheet.write_datetime(row - 1, place, value, look)
