"""The answers to the equality form: read from a file of their own, every fault at once, no answer told."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.campaign import Table
from api.exports.xlsx import write_workbook
from api.imports.monitoring import (
    FILE_WANTED,
    UPLOAD_WANTED,
    MonitoringReading,
    monitoring_of_bytes,
    read_monitoring,
)
from tests.api.campaigns import said

APPLICANTS = {"A1", "A2", "A3"}
HEADER = "applicant,characteristic,group\n"


def read(place: Path, text: str, name: str = "monitoring.csv") -> MonitoringReading:
    (place / name).write_text(text, encoding="utf-8")
    return read_monitoring(place / name, APPLICANTS)


def test_answers_are_kept_by_characteristic_however_it_is_capitalised(tmp_path: Path) -> None:
    text = HEADER + "A1,sex,female\nA2,Sex,prefer not to say\nA1,age,25 to 34\n"
    assert read(tmp_path, text) == MonitoringReading(
        {"sex": {"A1": "female", "A2": "prefer not to say"}, "age": {"A1": "25 to 34"}}, (), ()
    )
    assert read_monitoring(tmp_path, APPLICANTS).answers == read(tmp_path, text, "other.csv").answers


def test_every_fault_is_told_at_once_and_no_answer_with_it(tmp_path: Path) -> None:
    text = HEADER + "A1,sex,female\nA9,sex,male\nA1,SEX,male\nA2,,male\nA3,age,\n,age,young\n"
    found = read(tmp_path, text)
    assert found.answers == {}
    assert said(found.faults) == [
        'monitoring: row 3, column applicant: found "A9"; wanted an applicant of this campaign',
        'monitoring: row 4: found "A1" a second time for "sex"; wanted one row for each applicant and '
        "characteristic",
        "monitoring: row 5, column characteristic: found an empty cell; wanted some text",
        "monitoring: row 6, column group: found an empty cell; wanted some text",
        "monitoring: row 7, column applicant: found an empty cell; wanted a reference: letters, digits, "
        "spaces, dots, - and _, at most 40",
    ]


def test_columns_that_are_missing_are_named(tmp_path: Path) -> None:
    assert said(read(tmp_path, "applicant,sex\nA1,female\n").faults) == [
        "monitoring: row 1, column characteristic: found no such column; wanted the column characteristic",
        "monitoring: row 1, column group: found no such column; wanted the column group",
    ]


def test_table_without_rows_is_refused(tmp_path: Path) -> None:
    assert said(read(tmp_path, HEADER).faults) == ["monitoring: found no rows; wanted a row for each answer"]


@pytest.mark.parametrize(
    ("name", "found"), [("answers.txt", "a file ending in .txt"), ("missing.csv", "nothing there")]
)
def test_other_files_are_refused(name: str, found: str, tmp_path: Path) -> None:
    (tmp_path / "answers.txt").write_text("A1 female", encoding="utf-8")
    reading = read_monitoring(tmp_path / name, APPLICANTS)
    assert said(reading.faults) == [f"{name}: found {found}; wanted {FILE_WANTED}"]


def test_workbook_with_the_one_sheet_reads_to_the_same(tmp_path: Path) -> None:
    rows = (("A1", "sex", "female"), ("A2", "age", "25 to 34"))
    write_workbook([Table("monitoring", ("applicant", "characteristic", "group"), rows)], tmp_path / "m.xlsx")
    assert read_monitoring(tmp_path / "m.xlsx", APPLICANTS) == MonitoringReading(
        {"sex": {"A1": "female"}, "age": {"A2": "25 to 34"}}, (), ()
    )


def test_upload_reads_to_the_same_as_the_file(tmp_path: Path) -> None:
    text = HEADER + "A1,sex,female\nA9,age,25 to 34\n"
    assert monitoring_of_bytes("answers.csv", text.encode(), APPLICANTS) == read(tmp_path, text)
    rows = (("A1", "sex", "female"), ("A2", "age", "25 to 34"))
    write_workbook([Table("monitoring", ("applicant", "characteristic", "group"), rows)], tmp_path / "m.xlsx")
    content = (tmp_path / "m.xlsx").read_bytes()
    assert monitoring_of_bytes("Answers.XLSX", content, APPLICANTS).answers == {
        "sex": {"A1": "female"},
        "age": {"A2": "25 to 34"},
    }


def test_upload_of_another_kind_or_too_much_is_refused() -> None:
    reading = monitoring_of_bytes("answers.pdf", b"%PDF", APPLICANTS)
    assert said(reading.faults) == [f"answers.pdf: found a file ending in .pdf; wanted {UPLOAD_WANTED}"]
    much = HEADER + "A1,sex,female\n" * 50_001
    (fault,) = monitoring_of_bytes("answers.csv", much.encode(), APPLICANTS).faults
    assert fault.found == "more than 50,000 rows"


def test_workbook_with_other_sheets_is_refused(tmp_path: Path) -> None:
    tables = [
        Table("councils", ("council", "places"), (("SOM", "1"),)),
        Table("monitoring", ("applicant", "characteristic", "group"), (("A1", "sex", "female"),)),
    ]
    write_workbook(tables, tmp_path / "m.xlsx")
    assert said(read_monitoring(tmp_path / "m.xlsx", APPLICANTS).faults) == [
        "m.xlsx: found the sheets councils, monitoring; wanted one sheet, monitoring, alone in its file"
    ]


def test_file_that_only_looks_like_a_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "m.xlsx").write_bytes(b"no workbook")
    assert said(read_monitoring(tmp_path / "m.xlsx", APPLICANTS).faults) == [
        "m.xlsx: found no workbook inside; wanted an .xlsx workbook"
    ]
