"""Fields of a row: the right kind for each column, what a form sends read back into the same cells."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pytest

from api.errors import Fault
from api.imports.columns import TABLES
from api.imports.kinds import Column, Kind
from api.presenters.row_form import Option, errors_by_column, field_of, row_fields, typed_cells
from api.samples import sample_tables
from api.storage.repositories.campaigns import KeptRow, KeptTable

KEPT = {
    name: KeptTable(name, table.columns, tuple(KeptRow(n, n, row, 1) for n, row in enumerate(table.rows)))
    for name, table in sample_tables("tiny").items()
}


def _value(sent: Mapping[str, list[str]], key: str) -> list[str]:
    return sent.get(key, [])


def test_every_table_of_the_sample_is_read_back_as_it_was() -> None:
    for name, table in KEPT.items():
        spec = TABLES[name]
        declared = [(c, column) for c in table.columns if (column := spec.column(c)) is not None]
        for row in table.rows[:20]:
            cells = dict(zip(table.columns, row.cells, strict=True))
            sent: dict[str, list[str]] = {}
            for field in row_fields(name, table.columns, cells, KEPT):
                sent |= {f"{field.anchor}-{part}": [text] for part, text in field.parts}
                if field.control == "checkboxes":
                    sent[field.anchor] = ["", *(option.value for option in field.options if option.chosen)]
                elif field.control in ("radios", "select"):
                    sent[field.anchor] = [option.value for option in field.options if option.chosen]
                elif field.control != "date":
                    sent[field.anchor] = [field.value]
            assert typed_cells(declared, {}, partial(_value, sent)) == cells


@pytest.mark.parametrize(
    ("table", "column", "control"),
    [
        ("applicants", "applicant", "input"),
        ("applicants", "choice_2", "select"),
        ("applicants", "step_free", "radios"),
        ("rooms", "use", "checkboxes"),
        ("assessors", "trained_for", "checkboxes"),
        ("sessions", "date", "date"),
        ("sessions", "start", "input"),
        ("exercises", "kind", "select"),
        ("pins", "person", "select"),
        ("flags", "evidence", "area"),
        ("ratings", "rating", "input"),
    ],
)
def test_each_column_has_its_kind_of_field(table: str, column: str, control: str) -> None:
    declared = TABLES[table].column(column)
    assert declared is not None
    assert field_of(column, declared, "", KEPT).control == control


def test_many_references_are_suggested_rather_than_listed() -> None:
    rows = tuple(KeptRow(n, n, (f"A{n}", f"Name {n}"), 1) for n in range(61))
    tables = {"applicants": KeptTable("applicants", ("applicant", "name"), rows)}
    column = TABLES["flags"].column("applicant")
    assert column is not None
    field = field_of("applicant", column, "A3", tables)
    assert (field.control, field.options[4]) == ("listed", Option("A3", "A3 – Name 3", True))


def test_what_is_not_known_stays_choosable() -> None:
    column = Column("council", Kind.REFERENCE, "The council.", points_to=("councils",))
    field = field_of("council", column, "XXX", KEPT)
    assert (field.options[0], field.options[-1]) == (
        Option("", "Nothing"),
        Option("XXX", "XXX (not known)", True),
    )


def test_defaults_are_said() -> None:
    step_free = TABLES["rooms"].column("step_free")
    extra = TABLES["applicants"].column("extra_time_percent")
    assert step_free is not None
    assert extra is not None
    assert field_of("step_free", step_free, "", KEPT).options == (
        Option("yes", "Yes"),
        Option("no", "No"),
        Option("", "Not said, which counts as no", True),
    )
    assert (
        field_of("extra_time_percent", extra, "", KEPT).hint
        == "Extra time, in percent. Left empty it means 0."
    )


@pytest.mark.parametrize(
    ("parts", "cell"),
    [
        (("14", "7", "2015"), "2015-07-14"),
        (("", "", ""), ""),
        (("14", "", "2015"), "2015--14"),
        (("4", "July", "2015"), "2015-July-4"),
    ],
)
def test_a_date_is_put_together_from_its_parts(parts: tuple[str, str, str], cell: str) -> None:
    column = TABLES["sessions"].column("date")
    assert column is not None
    sent = {f"cell-date-{name}": [text] for name, text in zip(("day", "month", "year"), parts, strict=True)}
    assert typed_cells([("date", column)], {}, lambda name: sent.get(name, [])) == {"date": cell}
    if cell:
        assert dict(field_of("date", column, cell, KEPT).parts) == dict(
            zip(("day", "month", "year"), parts, strict=True)
        )


def test_a_field_that_was_not_sent_leaves_its_cell() -> None:
    columns = [
        ("name", Column("name", Kind.TEXT, "")),
        ("use", Column("use", Kind.LIST, "", words=("a", "b"))),
    ]
    assert typed_cells(columns, {"name": "x", "use": "b;a"}, lambda _: []) == {}
    ticked = {"cell-use": ["", "a", "b"]}
    assert typed_cells(columns, {"use": "b;a"}, lambda name: ticked.get(name, [])) == {"use": "b;a"}


def test_faults_find_their_column_by_name_or_by_letters() -> None:
    faults = [
        Fault("rooms", 2, "seats", '"many"', "a number"),
        Fault("rooms", 2, "B", "a control character", "text only"),
        Fault("rooms", 2, None, "the row", "another"),
    ]
    assert errors_by_column(faults, ("room", "venue", "seats")) == {
        "seats": 'Found "many"; wanted a number',
        "venue": "Found a control character; wanted text only",
        "": "Found the row; wanted another",
    }
