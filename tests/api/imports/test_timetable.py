"""A timetable read back: equal to what was written, with its own faults, and without its rotations."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.exports.tables import write_folder
from api.imports.timetable import ROTATIONS_NOT_CHECKED, TimetableReading, read_timetable
from api.services.schedule_campaign import timetable_tables
from scheduler.timetable import Entry, Meeting, Role, timetable_of
from tests.api.campaigns import said, sound_campaign

TIMETABLE = timetable_of(
    [
        Entry("S01", 540, "interview", "I1", "T1", Role.APPLICANT, "A1", 580, "P-1"),
        Entry("S01", 540, "interview", "I1", "T1", Role.ASSESSOR, "P1", 595, "P-1"),
        Entry("S01", 600, "service_users", "G1", "T2", Role.SERVICE_USER_GROUP, "G1", 650),
    ],
    [Meeting("S01", "G1", 1, 600, 608, "U1", "A1")],
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_folder(timetable_tables(TIMETABLE), tmp_path)
    return tmp_path


def with_change(file: Path, old: str, new: str) -> list[str]:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    reading = read_timetable(file.parent, sound_campaign())
    assert reading.timetable is None
    return said(reading.faults)


@pytest.mark.parametrize("name", ["", "timetable.csv"])
def test_timetable_reads_back_equal(name: str, folder: Path) -> None:
    assert read_timetable(folder / name, sound_campaign()) == TimetableReading(TIMETABLE, (), ())


def test_timetable_under_another_name_is_read(folder: Path) -> None:
    (folder / "timetable.csv").rename(folder / "plan.csv")
    assert read_timetable(folder / "plan.csv", sound_campaign()).timetable == TIMETABLE


def test_missing_rotations_are_pointed_out(folder: Path) -> None:
    (folder / "rotations.csv").unlink()
    reading = read_timetable(folder, sound_campaign())
    assert reading.timetable == timetable_of(TIMETABLE.entries)
    assert (reading.warnings, reading.rotations_given) == ((ROTATIONS_NOT_CHECKED,), False)


def test_unknown_references_are_faults(folder: Path) -> None:
    assert with_change(folder / "timetable.csv", "T1,09:00,09:40,A1", "T9,09:00,09:40,A9") == [
        'timetable: row 2, column room: found "T9"; wanted a room of this campaign',
        'timetable: row 2, column person: found "A9"; wanted a person of this campaign',
    ]


def test_unknown_service_user_is_a_fault(folder: Path) -> None:
    assert with_change(folder / "rotations.csv", "U1", "U9") == [
        'rotations: row 2, column service_user: found "U9"; wanted a service user of this campaign'
    ]


def test_cell_that_cannot_be_read_is_a_fault(folder: Path) -> None:
    assert with_change(folder / "timetable.csv", "09:40", "later") == [
        'timetable: row 2, column end: found "later"; wanted a 24-hour time such as 09:00'
    ]


def test_missing_timetable_is_a_fault(tmp_path: Path) -> None:
    reading = read_timetable(tmp_path, sound_campaign())
    assert said(reading.faults) == [
        "timetable: found no such file or directory; wanted a file that can be read",
    ]


def test_timetable_of_another_form_is_a_fault(folder: Path) -> None:
    (folder / "timetable.csv").rename(folder / "timetable.json")
    reading = read_timetable(folder / "timetable.json", sound_campaign())
    assert said(reading.faults) == [
        "timetable.json: found a file that does not end in .csv; wanted timetable.csv, or its folder"
    ]
