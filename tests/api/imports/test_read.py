"""What is read right although it looks odd, what is too large to read, and what is not there at all."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from api.exports.xlsx import workbook_bytes
from api.imports.raw import CELL_CHARACTERS_MAX, COLUMNS_MAX, ROWS_MAX
from api.imports.read import read_campaign
from tests.api.campaigns import copy_of_sound, said, sound, sound_campaign

CRITERIA = sound("criteria.csv")


def reading_with(place: Path, **changed: bytes) -> tuple[list[str], tuple[str, ...]]:
    """The faults and warnings of the sound campaign with these tables changed."""
    folder = copy_of_sound(place, {f"{name}.csv": content for name, content in changed.items()})
    reading = read_campaign(folder)
    return said(reading.faults), reading.warnings


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + CRITERIA,
        CRITERIA.replace(b"\n", b"\r\n"),
        CRITERIA.replace(b"\n", b"\r"),
        CRITERIA.replace(b"\n", b"\n\n"),
        CRITERIA.rstrip(b"\n"),
        CRITERIA.replace(b"criterion,name", b" Criterion , NAME ,,"),
        CRITERIA.replace(b"values,Values and ethics", b' values , "Values and ethics" ,')
        .replace(b' "', b'"')
        .replace(b'" ', b'"'),
    ],
    ids=["byte order mark", "CRLF", "CR alone", "blank lines", "no last line end", "header case", "blanks"],
)
def test_odd_form_reads_to_the_same_campaign(content: bytes, tmp_path: Path) -> None:
    folder = copy_of_sound(tmp_path, {"criteria.csv": content})
    reading = read_campaign(folder)
    assert said(reading.faults) == []
    assert reading.campaign is not None
    assert reading.campaign.tables == sound_campaign().tables
    assert reading.campaign.problem == sound_campaign().problem


def test_table_names_are_read_in_any_case(tmp_path: Path) -> None:
    folder = copy_of_sound(tmp_path, {"Criteria.CSV": CRITERIA}, ["criteria.csv"])
    assert read_campaign(folder).campaign == sound_campaign()


def test_line_break_in_a_quoted_cell_is_kept(tmp_path: Path) -> None:
    content = (
        sound("agreed.csv")
        .replace(b"Settled after both", b'"Settled,\r\nafter both')
        .replace(b"notes.", b'notes."')
    )
    reading = read_campaign(copy_of_sound(tmp_path, {"agreed.csv": content}))
    assert reading.campaign is not None
    assert reading.campaign.agreed[0].reason == "Settled,\nafter both read their notes."


def test_dates_and_times_are_spelled_in_one_way(tmp_path: Path) -> None:
    content = (
        sound("sessions.csv")
        .replace(b"2015-07-14,09:00", b"14 July 2015,9:00")
        .replace(b"2015-07-15", b"15 Jul 2015")
    )
    reading = read_campaign(copy_of_sound(tmp_path, {"sessions.csv": content}))
    assert reading.campaign == sound_campaign()


def test_neutralised_cell_is_read_without_its_quote(tmp_path: Path) -> None:
    content = CRITERIA.replace(b"Values and ethics", b"'=Values").replace(
        b"Written communication", b"''@both"
    )
    reading = read_campaign(copy_of_sound(tmp_path, {"criteria.csv": content}))
    assert reading.campaign is not None
    assert reading.campaign.tables["criteria"].rows == (("values", "=Values"), ("writing", "'@both"))


def test_unknown_tables_columns_and_settings_are_kept_out_with_a_warning(tmp_path: Path) -> None:
    changed = {
        "catering": b"dish,price\nsoup,3\n",
        "criteria": CRITERIA.replace(b"name\n", b"name,colour\n").replace(b"ethics\n", b"ethics,red\n"),
        "settings": sound("settings.csv") + b"tea_minutes,15\n",
    }
    assert reading_with(tmp_path, **changed) == (
        [],
        (
            "table catering is not part of the campaign format and was not read",
            "table criteria: column colour is not known and was not read",
            "setting tea_minutes is not known and was not read",
        ),
    )


def test_names_are_read_with_blanks_for_underscores(tmp_path: Path) -> None:
    changed = {
        "Service Users.csv": sound("service_users.csv").replace(b"service_user,", b"Service user ,"),
        "applicants.csv": sound("applicants.csv")
        .replace(b"choice_1,", b"Choice 1,")
        .replace(b"step_f", b"Step-f"),
        "settings.csv": sound("settings.csv").replace(b"lot_seed", b"Lot seed"),
    }
    reading = read_campaign(copy_of_sound(tmp_path, changed, ["service_users.csv"]))
    assert (said(reading.faults), reading.warnings) == ([], ())
    assert reading.campaign is not None
    assert reading.campaign.problem == sound_campaign().problem
    assert reading.campaign.framework == sound_campaign().framework


def test_setting_twice_under_two_spellings_is_a_fault(tmp_path: Path) -> None:
    found = '"Lot seed" for lot_seed, which is row 7\'s'
    fault = f"settings: row 8, column setting: found {found}; wanted each setting once"
    content = sound("settings.csv") + b"Lot seed,another\n"
    assert reading_with(tmp_path, settings=content) == ([fault], ())


def test_misspelled_names_are_told_with_what_they_may_have_meant(tmp_path: Path) -> None:
    changed = {
        "ratingz": b"applicant\n",
        "applicants": sound("applicants.csv").replace(b"quiet_room", b"quietroom"),
        "settings": sound("settings.csv") + b"panel_sise,4\n",
    }
    assert reading_with(tmp_path, **changed) == (
        [],
        (
            "table applicants: column quietroom is not known and was not read; was quiet_room meant?",
            "table ratingz is not part of the campaign format and was not read; was ratings meant?",
            "setting panel_sise is not known and was not read; was panel_size meant?",
        ),
    )


def test_tables_the_program_wrote_are_passed_over(tmp_path: Path) -> None:
    assert reading_with(tmp_path, timetable=b"session\nS99\n", order_of_merit=b"rank\n1\n") == ([], ())


def test_rated_applicant_who_did_not_attend_is_pointed_out(tmp_path: Path) -> None:
    content = sound("attendance.csv").replace(b"A2,S01,late", b"A2,S01,withdrew")
    warning = "rated but not attended, and so left out of the order of merit: A2"
    assert reading_with(tmp_path, attendance=content) == ([], (warning,))


def test_responses_before_a_release_are_read_with_a_word_that_they_wait(tmp_path: Path) -> None:
    content = b"applicant,response,at\nA1,accept,2015-08-03 16:20\n"
    warning = "responses wait until the release of the offers is in the table offer_events"
    assert reading_with(tmp_path, responses=content) == ([], (warning,))


def test_missing_lot_seed_is_pointed_out(tmp_path: Path) -> None:
    content = sound("settings.csv").replace(b"lot_seed,a made-up seed\n", b"")
    warning = "lot_seed is empty: a tie that comes to the lot cannot be drawn until it is set"
    assert reading_with(tmp_path, settings=content) == ([], (warning,))


def test_person_of_whom_no_place_is_known_counts_as_no_journey(tmp_path: Path) -> None:
    content = sound("applicants.csv").replace(b"51.346,-2.977", b",")
    warning = "no coordinates and no travel row, counted as 0 minutes: A3 to TAU, A3 to EXE"
    assert reading_with(tmp_path, applicants=content) == ([], (warning,))


def test_more_rows_than_a_table_may_have_are_one_fault(tmp_path: Path) -> None:
    content = b"criterion,name\n" + b"".join(b"c%d,x\n" % number for number in range(100_000))
    faults = [f"criteria: found more than {ROWS_MAX:,} rows; wanted at most {ROWS_MAX:,} rows in a table"]
    assert reading_with(tmp_path, criteria=content) == (faults, ())


def test_cell_of_a_megabyte_is_a_fault_with_its_place(tmp_path: Path) -> None:
    content = CRITERIA.replace(b"Values and ethics", b"x" * 1_000_000)
    faults = [
        f"criteria: row 2, column B: found 1,000,000 characters; "
        f"wanted at most {CELL_CHARACTERS_MAX:,} characters in a cell"
    ]
    assert reading_with(tmp_path, criteria=content) == (faults, ())


def test_more_columns_than_a_table_may_have_are_a_fault(tmp_path: Path) -> None:
    content = CRITERIA.replace(b"name\n", b"name" + b",x" * COLUMNS_MAX + b"\n")
    faults = [f"criteria: row 1: found {COLUMNS_MAX + 2} columns; wanted at most {COLUMNS_MAX} columns"]
    assert reading_with(tmp_path, criteria=content) == (faults, ())


def test_file_of_too_many_bytes_is_a_fault(tmp_path: Path) -> None:
    content = CRITERIA + b"\n" * 20_000_000
    faults = [f"criteria: found {len(content):,} bytes; wanted at most 20,000,000 bytes"]
    assert reading_with(tmp_path, criteria=content) == (faults, ())


def test_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(25):
            archive.writestr(f"xl/part{number}.xml", b"\0" * 10_000_000)
    assert said(read_campaign(path).faults) == [
        "bomb.xlsx: found a workbook too large to unpack; wanted at most 200,000,000 bytes unpacked"
    ]


def test_workbook_cell_at_the_far_end_is_refused_before_the_library_opens_it(tmp_path: Path) -> None:
    """One value in the last cell a sheet can have would make a dense table of 17 thousand million cells."""
    content = with_part_changed("xl/worksheets/sheet2.xml", b'r="A2"', b'r="XFD1048576"')
    path = tmp_path / "far.xlsx"
    path.write_bytes(content)
    assert said(read_campaign(path).faults) == [
        f"councils: found more than {ROWS_MAX:,} rows; wanted at most {ROWS_MAX:,} rows in a table"
    ]


def test_workbook_with_a_document_type_is_refused(tmp_path: Path) -> None:
    content = with_part_changed("xl/worksheets/sheet2.xml", b"<worksheet ", b"<!DOCTYPE x><worksheet ")
    path = tmp_path / "doctype.xlsx"
    path.write_bytes(content)
    assert said(read_campaign(path).faults) == [
        "doctype.xlsx: found a workbook with a document type declaration; wanted an .xlsx workbook"
    ]


def test_workbook_of_too_many_rows_is_refused_before_the_library_opens_it(tmp_path: Path) -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(10, 100_000))
    path = tmp_path / "long.xlsx"
    path.write_bytes(with_part_changed("xl/worksheets/sheet2.xml", b"</sheetData>", rows + b"</sheetData>"))
    assert said(read_campaign(path).faults) == [
        f"councils: found more than {ROWS_MAX:,} rows; wanted at most {ROWS_MAX:,} rows in a table"
    ]


def test_workbook_cell_of_a_megabyte_is_a_fault_with_its_place(tmp_path: Path) -> None:
    cell = b'<row r="9"><c r="B9" t="inlineStr"><is><t>' + b"x" * 1_000_000 + b"</t></is></c></row>"
    path = tmp_path / "wide.xlsx"
    path.write_bytes(with_part_changed("xl/worksheets/sheet2.xml", b"</sheetData>", cell + b"</sheetData>"))
    assert said(read_campaign(path).faults) == [
        f"councils: row 9, column B: found 1,000,000 characters; "
        f"wanted at most {CELL_CHARACTERS_MAX:,} characters in a cell"
    ]


def test_damaged_workbook_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "damaged.xlsx"
    path.write_bytes(workbook_bytes(sound_campaign().tables.values())[:3000])
    assert said(read_campaign(path).faults) == [
        "damaged.xlsx: found a damaged workbook; wanted an .xlsx workbook"
    ]


def test_sound_sheets_of_a_faulty_workbook_are_checked_too(tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    path.write_bytes(with_part_changed("xl/worksheets/sheet2.xml", b"<v>2</v>", b"<f>1+1</f><v>2</v>"))
    changed = path.read_bytes()
    assert said(read_campaign(path).faults) == [
        "councils: row 2, column C: found a formula in cell C2; wanted the value itself"
    ]
    path.write_bytes(
        with_part_changed("xl/worksheets/sheet5.xml", b"<v>1</v>", b"<v>-1</v>", content=changed)
    )
    assert said(read_campaign(path).faults) == [
        "councils: row 2, column C: found a formula in cell C2; wanted the value itself",
        'sessions: row 2, column panels_max: found "-1"; wanted a whole number from 0 to 1000',
    ]


def test_empty_folder_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert said(read_campaign(tmp_path / "empty").faults) == [
        "empty: found no CSV files; wanted a folder of CSV files, or an .xlsx workbook"
    ]


@pytest.mark.parametrize("name", ["nowhere", "nowhere.xlsx", "a\0b", "x" * 300])
def test_missing_campaign_is_a_fault(name: str, tmp_path: Path) -> None:
    assert said(read_campaign(tmp_path / name).faults) == [
        f"{name}: found nothing there; wanted a folder of CSV files, or an .xlsx workbook"
    ]


def test_folder_named_like_a_table_is_a_fault(tmp_path: Path) -> None:
    folder = copy_of_sound(tmp_path)
    (folder / "responses.csv").mkdir()
    assert said(read_campaign(folder).faults) == [
        "responses: found not a file; wanted a file that can be read"
    ]


def with_part_changed(part: str, old: bytes, new: bytes, content: bytes | None = None) -> bytes:
    """A workbook of the sound campaign, or `content`, with one piece of its XML replaced once."""
    source = zipfile.ZipFile(io.BytesIO(content or workbook_bytes(sound_campaign().tables.values())))
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                assert old in text
                text = text.replace(old, new, 1)
            archive.writestr(name, text)
    return result.getvalue()
