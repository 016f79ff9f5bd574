"""The words of the blank workbook: its sheet "Help", the note on every heading, the messages at every cell.

They come from the declarations of tables and settings. The workbook itself is `blank_workbook.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from api.imports.cells import wanted_of
from api.imports.columns import TABLES
from api.imports.columns_after_the_day import AFTER_THE_DAY
from api.imports.kinds import Column, Kind
from api.imports.settings import SETTINGS

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

HELP_SHEET = "Help"
TYPING_TITLE = "{}"
WRONG_TITLE = "Please look again"
# What spreadsheet programs show of a message.
MESSAGE_CHARACTERS_MAX = 250
HOW_TO = (
    "Fill in the sheets from left to right: the councils come before the applicants who choose them.",
    "A dark heading must be filled in for every row. A light heading in italics may stay empty.",
    "Rest the pointer on a heading to read what belongs under it. The lists below say the same.",
    "Keep the names of sheets and headings as they are. Sheets and light columns you do not need may go.",
    "Type values, not formulas, and do not merge cells.",
    "A reference is the short name by which one sheet speaks of a row of another, such as SOM or A017.",
    "Dates are written 2015-07-14, times 09:00. Parts of a list are separated by a semicolon.",
    "Sheets with a grey tab are filled in on the day and after it; leave them empty until then.",
    "This sheet is not read. Bring the workbook in as often as you like: nothing changes until you say so.",
)


def header_note(column: Column) -> str:
    """The note on a heading: what belongs there, in which form, and what an empty cell means."""
    return f"{column.help}\nWanted: {wanted_of(column)}.\n{_when_empty(column)}"


def setting_note(setting: Column) -> str:
    """The note on a setting's name."""
    return header_note(setting)


def typing_message(column: Column) -> str:
    """What is shown beside a cell while it is filled in."""
    return _cut(f"{column.help} {_when_empty(column)}")


def wrong_message(column: Column) -> str:
    """What is shown when something else was typed."""
    if column.kind is Kind.NAME:
        return "This reference is in the column already. Each may be used once."
    if column.kind is Kind.REFERENCE and len(column.points_to) == 1:
        return _cut(f"The sheet {column.points_to[0]} has no such reference. Fill it in there as well.")
    return _cut(f"Please type {wanted_of(column)}.")


def write_help_sheet(book: Workbook, columns: Mapping[str, tuple[Column, ...]]) -> None:
    """The first sheet. It is made of text and of links within the workbook."""
    sheet = book.add_worksheet(HELP_SHEET)
    title, head = (
        book.add_format({"bold": True, "font_size": 16}),
        book.add_format({"bold": True, "bottom": 1}),
    )
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for place, width in enumerate((24, 32, 20, 60, 60)):
        sheet.set_column(place, place, width, wrapped)
    sheet.write_string(0, 0, "How to fill in this workbook", title)
    for row, line in enumerate(HOW_TO, start=1):
        sheet.write_string(row, 0, f"{row}. {line}", book.add_format())
    row = _write_sheets(sheet, len(HOW_TO) + 2, head)
    row = _write_block(sheet, row, head, "Columns", _column_rows(columns))
    _write_block(sheet, row, head, "Settings", _setting_rows())


def _write_sheets(sheet: Worksheet, row: int, head: object) -> int:
    """Each table's sheet with a link to it; returns the row for what comes next."""
    later = {spec.name for spec in AFTER_THE_DAY}
    for place, name in enumerate(("Sheet", "What it holds", "When")):
        sheet.write_string(row, place, name, head)
    for number, spec in enumerate(TABLES.values(), start=row + 1):
        sheet.write_url(number, 0, f"internal:'{spec.name}'!A1", string=spec.name)
        sheet.write_string(number, 1, spec.help)
        when = "on the day or after it" if spec.name in later else "if you need it"
        sheet.write_string(number, 2, "always" if spec.required else when)
    return row + len(TABLES) + 2


def _write_block(sheet: Worksheet, row: int, head: object, title: str, rows: list[tuple[str, ...]]) -> int:
    names = (title, "Sheet" if title == "Columns" else "", "Must it be filled in?", "What it says", "Wanted")
    for number, cells in enumerate([names, *rows], start=row):
        for place, text in enumerate(cells):
            if text:
                sheet.write_string(number, place, text, *([head] if number == row else []))
    return row + len(rows) + 2


def _column_rows(columns: Mapping[str, tuple[Column, ...]]) -> list[tuple[str, ...]]:
    return [(column.name, name, *_told(column)) for name, declared in columns.items() for column in declared]


def _setting_rows() -> list[tuple[str, ...]]:
    return [(setting.name, "", *_told(setting)) for setting in SETTINGS.values()]


def _told(column: Column) -> tuple[str, str, str]:
    empty = f"no; empty means {column.default}" if column.default else "no"
    return ("yes" if column.required else empty, column.help, wanted_of(column))


def _when_empty(column: Column) -> str:
    if column.required:
        return "It must be filled in."
    return f"Left empty it means {column.default}." if column.default else "It may stay empty."


def _cut(text: str) -> str:
    return text if len(text) <= MESSAGE_CHARACTERS_MAX else f"{text[: MESSAGE_CHARACTERS_MAX - 1]}…"
