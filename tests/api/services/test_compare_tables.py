"""What would change: by key, by meaning, with a sentence for each table."""

from __future__ import annotations

import pytest

from api.campaign import Table
from api.services.compare_tables import CellChange, RowChange, TableChange, compare_tables
from tests.api.campaigns import sound_campaign

COLUMNS = ("applicant", "name", "quiet_room")
OLD = Table("applicants", COLUMNS, (("A1", "Ada", "no"), ("A2", "Bram", ""), ("A3", "Cleo", "yes")))


def changes(new: Table, old: Table = OLD) -> tuple[TableChange, ...]:
    return compare_tables({old.name: old}, {new.name: new})


def test_same_tables_give_nothing() -> None:
    tables = sound_campaign().tables
    assert compare_tables(tables, tables) == ()


@pytest.mark.parametrize(
    "same",
    [
        Table("applicants", COLUMNS, (("A1", "Ada", ""), ("A2", "Bram", "no"), ("A3", "Cleo", "yes"))),
        Table(
            "applicants",
            ("name", "applicant", "quiet_room", "email", "break_minutes"),
            (("Ada", "A1", "no", "", "0"), ("Bram", "A2", "no", "", ""), ("Cleo", "A3", "yes", "", "0")),
        ),
    ],
    ids=["defaults written out", "columns in another order, and columns that say nothing"],
)
def test_tables_that_mean_the_same_give_nothing(same: Table) -> None:
    assert changes(same) == ()


def test_rows_are_added_changed_and_gone_by_their_key() -> None:
    new = Table("applicants", COLUMNS, (("A1", "Ada", "yes"), ("A3", "Cleo", "yes"), ("A9", "Zoë", "")))
    assert changes(new) == (
        TableChange(
            "applicants",
            "1 applicant added, 1 changed, 1 gone.",
            added=(("A9",),),
            changed=(RowChange(("A1",), 2, (CellChange("quiet_room", "no", "yes"),)),),
            gone=(("A2",),),
        ),
    )


def test_another_order_is_said_as_such() -> None:
    new = Table("applicants", COLUMNS, (OLD.rows[1], OLD.rows[0], OLD.rows[2]))
    assert changes(new) == (TableChange("applicants", "The same rows in another order.", reordered=True),)
    more = Table("applicants", COLUMNS, (*new.rows, ("A4", "Dina", "")))
    assert changes(more)[0].sentence == "1 applicant added, and the others in another order."


def test_columns_are_added_and_gone() -> None:
    rows = tuple((row[0], f"{row[0]}@example.org", row[2]) for row in OLD.rows)
    (change,) = changes(Table("applicants", ("applicant", "email", "quiet_room"), rows))
    assert (change.columns_added, change.columns_gone, change.sentence) == (
        ("email",),
        ("name",),
        "3 applicants changed. Column added: email. Column gone: name.",
    )


def test_tables_are_new_and_gone() -> None:
    pins = Table("pins", ("person", "session", "rule"), (("A1", "S01", "must"),))
    criteria = Table("criteria", ("criterion", "name"), (("a", ""), ("b", "")))
    assert compare_tables({"criteria": criteria}, {"pins": pins}) == (
        TableChange("criteria", "The table is gone, with 2 criteria.", gone=(("a",), ("b",)), is_gone=True),
        TableChange("pins", "A new table, with 1 pin.", added=(("A1", "S01"),), is_new=True),
    )


def test_new_table_of_settings_counts_the_settings_it_has() -> None:
    settings = Table("settings", ("setting", "value"), (("format", "1"), ("panel_size", "4")))
    (change,) = compare_tables({}, {"settings": settings})
    assert (change.sentence, change.added) == (
        "A new table, with 2 settings.",
        (("format",), ("panel_size",)),
    )


def test_table_without_a_row_is_no_table() -> None:
    assert compare_tables({}, {"pins": Table("pins", ("person", "session", "rule"), ())}) == ()


def test_settings_are_compared_by_name_and_default() -> None:
    old = Table("settings", ("setting", "value"), (("format", "1"), ("panel_size", "3"), ("lot_seed", "a")))
    new = Table("settings", ("setting", "value"), (("format", "1"), ("panel_size", ""), ("Lot seed", "b")))
    assert changes(new, old) == (
        TableChange(
            "settings",
            "1 setting changed.",
            changed=(RowChange(("lot_seed",), 4, (CellChange("value", "a", "b"),)),),
        ),
    )


def test_setting_left_out_means_its_default() -> None:
    old = Table("settings", ("setting", "value"), (("format", "1"), ("panel_size", "3")))
    new = Table("settings", ("setting", "value"), (("format", "1"),))
    assert (changes(new, old), changes(old, new)) == ((), ())
    other = Table("settings", ("setting", "value"), (("format", "1"), ("panel_size", "4")))
    changed = RowChange(("panel_size",), 0, (CellChange("value", "4", ""),))
    assert changes(new, other) == (TableChange("settings", "1 setting changed.", changed=(changed,)),)


def test_row_given_twice_is_not_hidden() -> None:
    new = Table("applicants", COLUMNS, (*OLD.rows, ("A1", "Ada again", "")))
    assert changes(new)[0].added == (("A1", "row 2 of these"),)
