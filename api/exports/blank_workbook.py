"""A workbook to fill in: a sheet per table, with drop-downs, checks of what is typed, help for every column.

It is made from the declarations that the reader reads by (`api.imports.columns`, `settings`), so the two
cannot differ. The words are in `blank_help.py`, the checks in `blank_rules.py`. A workbook of tables that are
there already is `xlsx.py`.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.exports.blank_help import (
    TYPING_TITLE,
    WRONG_TITLE,
    header_note,
    setting_note,
    typing_message,
    write_help_sheet,
    wrong_message,
)
from api.exports.blank_rules import list_name, list_range, validation_of
from api.exports.xlsx import NOT_DATED
from api.imports.columns import TABLES
from api.imports.columns_after_the_day import AFTER_THE_DAY
from api.imports.kinds import Column, Kind, TableSpec
from api.imports.raw import ROWS_MAX, column_letters
from api.imports.settings import FORMAT_VERSION, SETTINGS

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

CHOICES_MAX = 20
DARK, LIGHT, GREY = "#1d3557", "#dbe4ee", "#8a8f98"
NUMBER_FORMATS = {Kind.DATE: "yyyy-mm-dd", Kind.TIME: "hh:mm", Kind.MOMENT: "yyyy-mm-dd hh:mm"}
NUMBERS = (Kind.WHOLE, Kind.DECIMAL, Kind.COORDINATE)
LATER = frozenset(spec.name for spec in AFTER_THE_DAY)


def blank_workbook(applicant_choices: int = 3) -> bytes:
    """The workbook as the content of a file, with that many columns for an applicant's choices (1 to 20).

    The same number gives the same bytes. Reading it gives no warning, and no fault but what is missing.
    """
    # A slow import that `stepup --help` must not pay for.
    import xlsxwriter  # type: ignore[import-untyped]

    if not 1 <= applicant_choices <= CHOICES_MAX:
        raise ValueError(f"{applicant_choices} choices; wanted from 1 to {CHOICES_MAX}")
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        # Without a fixed date the same tables would give other bytes every second.
        book.set_properties({"created": NOT_DATED, "title": "A campaign to fill in"})
        looks = _looks(book)
        columns = {name: columns_of(spec, applicant_choices) for name, spec in TABLES.items()}
        write_help_sheet(book, columns)
        for name, declared in columns.items():
            sheet = book.add_worksheet(name)
            sheet.set_tab_color(GREY if name in LATER else DARK)
            _write_header(sheet, declared, looks)
            if name == "settings":
                _write_settings(sheet, looks)
        for name in _tables_pointed_to():
            book.define_name(list_name(name), f"={list_range(name)}")
    return content.getvalue()


def columns_of(spec: TableSpec, applicant_choices: int) -> tuple[Column, ...]:
    """The columns of a table in the order of the campaign format, choices after the coordinates."""
    if spec.open_ended is None:
        return spec.columns
    place = 1 + max(i for i, column in enumerate(spec.columns) if column.kind is Kind.COORDINATE)
    open_ended = spec.open_ended
    choices = tuple(
        Column(f"choice_{n}", open_ended.kind, open_ended.help, points_to=open_ended.points_to)
        for n in range(1, applicant_choices + 1)
    )
    return (*spec.columns[:place], *choices, *spec.columns[place:])


@dataclass(frozen=True, slots=True)
class _Looks:
    """How cells look; `by_kind` has the number format that keeps what is typed as it is meant."""

    required: Format
    optional: Format
    by_kind: dict[Kind, Format]
    setting: Format


def _looks(book: Workbook) -> _Looks:
    head = {"bold": True, "bottom": 1, "valign": "top"}
    by_kind = {kind: book.add_format({"num_format": NUMBER_FORMATS.get(kind, "@")}) for kind in Kind}
    for kind in NUMBERS:
        by_kind[kind] = book.add_format()
    return _Looks(
        required=book.add_format({**head, "bg_color": DARK, "font_color": "#ffffff"}),
        optional=book.add_format({**head, "bg_color": LIGHT, "italic": True}),
        by_kind=by_kind,
        setting=book.add_format({"num_format": "@", "bold": True}),
    )


def _write_header(sheet: Worksheet, columns: tuple[Column, ...], looks: _Looks) -> None:
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.name, looks.required if column.required else looks.optional)
        note = header_note(column)
        sheet.write_comment(0, place, note, _size_of(note))
        sheet.set_column(place, place, _width(column), looks.by_kind[column.kind])
        # Settings are checked one by one.
        if column.name != "value":
            _add_validation(sheet, (1, place, ROWS_MAX, place), column)
    sheet.freeze_panes(1, 1)


def _write_settings(sheet: Worksheet, looks: _Looks) -> None:
    sheet.set_column(0, 1, 34)
    for row, setting in enumerate(SETTINGS.values(), start=1):
        sheet.write_string(row, 0, setting.name, looks.required if setting.required else looks.setting)
        note = setting_note(setting)
        sheet.write_comment(row, 0, note, _size_of(note))
        value = FORMAT_VERSION if setting.name == "format" else ""
        if value:
            sheet.write_string(row, 1, value, looks.by_kind[setting.kind])
        else:
            sheet.write_blank(row, 1, None, looks.by_kind[setting.kind])
        _add_validation(sheet, (row, 1, row, 1), setting)


def _add_validation(sheet: Worksheet, cells: tuple[int, int, int, int], column: Column) -> None:
    rule = {
        **validation_of(column, column_letters(cells[1]), cells[0] + 1),
        "input_title": TYPING_TITLE.format(column.name)[:32],
        "input_message": typing_message(column),
        "error_title": WRONG_TITLE,
        "error_message": wrong_message(column),
    }
    sheet.data_validation(*cells, rule)


def _tables_pointed_to() -> list[str]:
    columns = [*SETTINGS.values(), *(c for spec in TABLES.values() for c in spec.columns)]
    columns += [spec.open_ended for spec in TABLES.values() if spec.open_ended is not None]
    return sorted({column.points_to[0] for column in columns if len(column.points_to) == 1})


def _width(column: Column) -> int:
    wide = column.kind in (Kind.TEXT, Kind.EMAIL, Kind.LIST)
    return max(len(column.name) + 3, 24 if wide else 12)


def _size_of(note: str) -> dict[str, int]:
    """A note's box, in pixels, so that all of the text shows."""
    return {"width": 280, "height": 24 + 18 * (1 + len(note) // 38 + note.count("\n"))}
