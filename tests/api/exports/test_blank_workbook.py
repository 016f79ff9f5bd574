"""The blank workbook: nothing is wrong with it but what is missing, and filled in it is a campaign."""

from __future__ import annotations

import io

import openpyxl  # type: ignore[import-untyped]
import pytest

from api.campaign import Campaign
from api.errors import Fault
from api.exports.blank_workbook import blank_workbook, columns_of
from api.exports.xlsx import cell_value
from api.imports.cells import wanted_of
from api.imports.columns import TABLES
from api.imports.kinds import Column, Kind
from api.imports.read import Reading, raw_tables_of, read_tables
from api.imports.settings import SETTINGS
from api.imports.upload import Upload, raw_of_uploads
from api.samples import sample_tables
from api.services.compare_tables import compare_tables


def reading_of(content: bytes) -> Reading:
    return read_tables(raw_of_uploads([Upload("campaign.xlsx", content)]))


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def campaign_of(reading: Reading) -> Campaign:
    assert reading.campaign is not None, reading.faults
    return reading.campaign


def test_blank_workbook_lacks_only_what_is_to_be_filled_in() -> None:
    reading = reading_of(blank_workbook())
    empty = [
        Fault(name, None, None, "no rows", f"the table {name}, with at least one row")
        for name in ("councils", "venues", "rooms", "sessions", "exercises", "applicants")
    ]
    settings = [fault for fault in reading.faults if fault.table == "settings"]
    assert [fault.column for fault in settings] == ["campaign_name", "lead_council"]
    assert (list(reading.faults), reading.warnings) == ([*settings, *empty], ())


def test_blank_workbook_has_a_sheet_per_table_after_its_help() -> None:
    book = opened(blank_workbook(2))
    assert book.sheetnames == ["Help", *TABLES]
    headers = {name: tuple(cell.value for cell in book[name][1]) for name in TABLES}
    assert headers == {name: tuple(c.name for c in columns_of(spec, 2)) for name, spec in TABLES.items()}
    assert headers["applicants"][3:8] == (
        "latitude",
        "longitude",
        "choice_1",
        "choice_2",
        "extra_time_percent",
    )


def test_every_heading_has_its_note_and_required_ones_stand_out() -> None:
    book = opened(blank_workbook())
    notes = {(n, c.name): book[n][1][i].comment for n, i, c in every_column()}
    assert [place for place, note in notes.items() if note is None] == []
    fills = {(book[n][1][i].fill.fgColor.rgb, c.required) for n, i, c in every_column()}
    assert fills == {("FF1D3557", True), ("FFDBE4EE", False)}
    told = notes["applicants", "extra_time_percent"]
    assert told is not None
    assert told.text == (
        "Extra time, in percent.\nWanted: a whole number from 0 to 300.\nLeft empty it means 0."
    )


def test_every_setting_is_there_with_its_meaning() -> None:
    sheet = opened(blank_workbook())["settings"]
    rows = [(row[0].value, row[1].value) for row in sheet.iter_rows(min_row=2)]
    assert rows == [(name, "1" if name == "format" else None) for name in SETTINGS]
    note = sheet["A6"].comment
    assert note is not None
    assert note.text.startswith(
        f"{SETTINGS['grid_minutes'].help}\nWanted: {wanted_of(SETTINGS['grid_minutes'])}"
    )


@pytest.mark.parametrize(
    ("cell", "sheet", "kind", "first"),
    [
        ("B2", "sessions", "list", "references_of_venues"),
        ("C2", "sessions", "date", "36526"),
        ("F2", "sessions", "whole", "0"),
        ("C2", "exercises", "list", '"panel,group,sitting,solo"'),
        ("F2", "applicants", "list", "references_of_councils"),
        ("J2", "applicants", "list", '"yes,no"'),
    ],
)
def test_cells_are_checked_while_they_are_typed(cell: str, sheet: str, kind: str, first: str) -> None:
    rules = [rule for rule in opened(blank_workbook())[sheet].data_validations.dataValidation if cell in rule]
    assert [(rule.type, rule.formula1) for rule in rules] == [(kind, first)]


def test_dates_and_times_are_typed_as_such() -> None:
    sheet = opened(blank_workbook())["sessions"]
    formats = [sheet.column_dimensions[letter].number_format for letter in "CD"]
    assert formats == ["yyyy-mm-dd", "hh:mm"]


def test_filled_in_it_reads_to_the_very_same_campaign() -> None:
    tables = sample_tables("tiny")
    book = opened(blank_workbook(sum("choice" in column for column in tables["applicants"].columns)))
    for name, table in tables.items():
        sheet = book[name]
        places = {cell.value: cell.column for cell in sheet[1]}
        if name == "settings":
            sheet.delete_rows(2, sheet.max_row)
        for number, row in enumerate(table.rows, start=2):
            for column, text in zip(table.columns, row, strict=True):
                declared = TABLES[name].column(column)
                value = cell_value(Kind.TEXT if declared is None else declared.kind, text)
                sheet.cell(number, places[column]).value = value if text else None
    content = io.BytesIO()
    book.save(content)
    reading = reading_of(content.getvalue())
    campaign, wanted = campaign_of(reading), campaign_of(read_tables(raw_tables_of(tables)))
    assert compare_tables(wanted.tables, campaign.tables) == ()
    narrowed = {
        name: tuple(
            tuple(row[campaign.tables[name].columns.index(column)] for column in table.columns)
            for row in campaign.tables[name].rows
        )
        for name, table in wanted.tables.items()
    }
    assert narrowed == {name: table.rows for name, table in wanted.tables.items()}
    assert (campaign.problem, campaign.framework) == (wanted.problem, wanted.framework)
    assert campaign.ratings == wanted.ratings


def test_same_number_of_choices_gives_the_same_bytes() -> None:
    assert blank_workbook(4) == blank_workbook(4)


def test_number_of_choices_is_bounded() -> None:
    with pytest.raises(ValueError, match="21 choices; wanted from 1 to 20"):
        blank_workbook(21)


def every_column() -> list[tuple[str, int, Column]]:
    return [(n, i, c) for n, spec in TABLES.items() for i, c in enumerate(columns_of(spec, 3))]
