"""A campaign from tables kept elsewhere is the campaign of the files they came from, faults and all."""

from __future__ import annotations

from api.campaign import Table
from api.imports.raw import RawRow, RawTable, RawTables
from api.imports.read import raw_tables_of, read_tables
from tests.api.campaigns import said, sound_campaign


def test_kept_tables_read_to_the_same_campaign() -> None:
    reading = read_tables(raw_tables_of(sound_campaign().tables))
    assert (reading.campaign, reading.faults, reading.warnings) == (sound_campaign(), (), ())


def test_kept_tables_have_the_row_numbers_of_a_file() -> None:
    table = Table(
        "criteria", ("criterion", "name"), (("values", " Values "), ("", ""), ("writing", "Writing"))
    )
    assert raw_tables_of({"criteria": table}) == RawTables(
        [
            RawTable(
                "criteria",
                ("criterion", "name"),
                (RawRow(2, ("values", "Values")), RawRow(4, ("writing", "Writing"))),
            )
        ]
    )


def test_kept_cell_that_no_file_could_hold_is_a_fault() -> None:
    raw = raw_tables_of({"criteria": Table("criteria", ("criterion", "name"), (("values", "a\0b"),))})
    assert said(raw.faults) == ["criteria: row 2, column B: found a control character; wanted text only"]


def test_tables_as_read_are_there_with_faults_too() -> None:
    """A campaign may be made table by table: pages show what is there already."""
    settings = Table("settings", ("setting", "value"), (("format", "1"),))
    councils = Table("councils", ("council", "places"), (("SOM", "26"), ("DEV", "many")))
    reading = read_tables(raw_tables_of({"settings": settings, "councils": councils}))
    assert reading.campaign is None
    assert {name: checked.table for name, checked in reading.tables.by_name.items()} == {
        "settings": settings,
        "councils": Table("councils", ("council", "places"), (("SOM", "26"), ("DEV", ""))),
    }
    assert [record.unread for record in reading.tables.records("councils")] == [
        frozenset(),
        frozenset({"places"}),
    ]


def test_campaign_without_applicants_is_read_where_none_are_wanted() -> None:
    tables = {name: table for name, table in sound_campaign().tables.items() if name in BEFORE_APPLICANTS}
    assert said(read_tables(raw_tables_of(tables)).faults) == [
        "applicants: found no such table; wanted the table applicants, with at least one row"
    ]
    reading = read_tables(raw_tables_of(tables), applicants_wanted=False)
    assert reading.campaign is not None
    assert reading.campaign.tables == tables


BEFORE_APPLICANTS = (
    "settings",
    "councils",
    "venues",
    "rooms",
    "sessions",
    "exercises",
    "criteria",
    "matrix",
    "assessors",
    "service_user_groups",
    "service_users",
)
