"""Workbooks out and in again: the same tables, with real numbers, dates and times where nothing is lost."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import pytest
import python_calamine

from api.campaign import Table
from api.exports.tables import write_folder
from api.exports.xlsx import cell_value, workbook_bytes, write_workbook
from api.imports.kinds import Kind
from api.imports.read import read_campaign
from api.imports.workbook import text_of
from api.samples import SAMPLE_NAMES, sample_tables
from tests.api.campaigns import SOUND, copy_of_sound, said, sound_campaign

NASTY_NAMES = [
    "=1+1",
    "1e5",
    "TRUE",
    "007",
    "2015-07-14",
    "09:00",
    "0.10",
    "'=quoted",
    "-5",
    "two\nlines",
    "Zoë 🙂 李",
    'say "so", twice',
    "http://example.org",
    "x" * 5000,
    "_x000D_",
    "{=A1}",
    "#N/A",
    "12345678901234567890",
]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind.WHOLE, "12", 12.0),
        (Kind.WHOLE, "007", "007"),
        (Kind.WHOLE, "1e5", "1e5"),
        (Kind.WHOLE, "123456789012345678", "123456789012345678"),
        (Kind.DECIMAL, "1.5", 1.5),
        (Kind.DECIMAL, "0.50", "0.50"),
        (Kind.DECIMAL, "nan", "nan"),
        (Kind.DECIMAL, "-0", "-0"),
        (Kind.COORDINATE, "-3.103", -3.103),
        (Kind.DATE, "2015-07-14", datetime.date(2015, 7, 14)),
        (Kind.DATE, "14/07/2015", "14/07/2015"),
        (Kind.TIME, "09:05", datetime.time(9, 5)),
        (Kind.TIME, "9:05", "9:05"),
        (Kind.TEXT, "12", "12"),
        (Kind.NAME, "12", "12"),
    ],
)
def test_cell_is_typed_only_where_nothing_is_lost(kind: Kind, text: str, value: object) -> None:
    assert cell_value(kind, text) == value


@pytest.mark.parametrize("minute", range(0, 1440, 7))
def test_every_time_of_day_survives_a_workbook(minute: int) -> None:
    time = f"{minute // 60:02d}:{minute % 60:02d}"
    columns = ("session", "venue", "date", "start", "end", "panels_max")
    content = workbook_bytes([Table("sessions", columns, (("S1", "V", "2015-07-14", time, "", "1"),))])
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    row = book.get_sheet_by_name("sessions").to_python()[1]
    assert [text_of(cell) for cell in row] == ["S1", "V", "2015-07-14", time, "", "1"]


def test_same_tables_give_the_same_bytes() -> None:
    tables = sound_campaign().tables.values()
    assert workbook_bytes(tables) == workbook_bytes(tables)


def there_and_back(folder: Path, place: Path) -> dict[str, bytes]:
    """The files of a campaign that went from folder to workbook to folder."""
    reading = read_campaign(folder)
    assert reading.campaign is not None, said(reading.faults)
    write_workbook(reading.campaign.tables.values(), place / "book.xlsx")
    from_book = read_campaign(place / "book.xlsx")
    assert from_book.campaign == reading.campaign
    write_folder(reading.campaign.tables.values(), place / "back")
    return {file.name: file.read_bytes() for file in (place / "back").iterdir()}


def test_sound_campaign_survives_there_and_back(tmp_path: Path) -> None:
    assert there_and_back(SOUND, tmp_path) == {file.name: file.read_bytes() for file in SOUND.iterdir()}


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_sample_survives_there_and_back(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "sample"
    write_folder(sample_tables(name).values(), folder)
    assert there_and_back(folder, tmp_path) == {file.name: file.read_bytes() for file in folder.iterdir()}


def test_nasty_names_survive_there_and_back(tmp_path: Path) -> None:
    """With missing columns at the end, an optional table without rows, references like numbers."""
    rows = tuple((f"{number:03d}", name) for number, name in enumerate(NASTY_NAMES))
    nasty = [
        Table("interpreters", ("interpreter", "name"), rows),
        Table("responses", ("applicant", "response"), ()),
    ]
    folder = copy_of_sound(tmp_path)
    write_folder(nasty, folder)
    assert there_and_back(folder, tmp_path) == {file.name: file.read_bytes() for file in folder.iterdir()}
    campaign = read_campaign(tmp_path / "book.xlsx").campaign
    assert campaign is not None
    assert campaign.tables["interpreters"] == nasty[0]


def test_nothing_is_left_behind_where_writing_fails(tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").mkdir()
    with pytest.raises(IsADirectoryError):
        write_workbook(sound_campaign().tables.values(), tmp_path / "book.xlsx")
    assert [file.name for file in tmp_path.iterdir()] == ["book.xlsx"]
