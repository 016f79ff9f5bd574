"""What may be sent and what may not: a campaign or faults in plain words, whatever comes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from api.campaign import Campaign
from api.exports.xlsx import workbook_bytes
from api.imports.read import read_tables
from api.imports.upload import UPLOAD_WANTED, Upload, file_name, headers_of, raw_of_uploads
from tests.api.campaigns import SOUND, said, sound_campaign

FILES = {file.name: file.read_bytes() for file in SOUND.iterdir()}
WORKBOOK = workbook_bytes(sound_campaign().tables.values())


def campaign_of(*uploads: Upload) -> Campaign | None:
    reading = read_tables(raw_of_uploads(uploads))
    assert (said(reading.faults), reading.warnings) == ([], ())
    return reading.campaign


def faults_of(*uploads: Upload) -> list[str]:
    raw = raw_of_uploads(uploads)
    assert raw.tables == []
    return said(raw.faults)


def archive(files: Mapping[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", packing) as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return content.getvalue()


def test_workbook_csv_files_and_archive_are_the_same_campaign() -> None:
    flat, folder = archive(FILES), archive({f"campaign/{name}": text for name, text in FILES.items()})
    assert [
        campaign_of(Upload("Campaign.XLSX", WORKBOOK)),
        campaign_of(*(Upload(name, text) for name, text in FILES.items())),
        campaign_of(Upload("campaign.zip", flat)),
        campaign_of(Upload("campaign.zip", folder)),
    ] == [sound_campaign()] * 4


def test_folders_in_the_names_of_files_mean_nothing() -> None:
    assert campaign_of(*(Upload(f"C:\\up\\..\\{n}", text) for n, text in FILES.items())) == sound_campaign()


@pytest.mark.parametrize(
    ("name", "content", "found", "wanted"),
    [
        ("a.xls", b"x", "an old Excel workbook (.xls)", "the same saved as an .xlsx workbook"),
        (
            "a.xlsm",
            WORKBOOK,
            "a workbook with macros (.xlsm)",
            "the same saved as an .xlsx workbook, without macros",
        ),
        ("a.ods", b"x", "an OpenDocument spreadsheet (.ods)", "the same saved as an .xlsx workbook"),
        ("a.numbers", b"x", "a Numbers spreadsheet (.numbers)", "the same saved as an .xlsx workbook"),
        ("a.PDF", b"%PDF", "a PDF (.pdf)", UPLOAD_WANTED),
        ("a.exe", b"x", "a file ending in .exe", UPLOAD_WANTED),
        ("a", b"x", "a file without an ending", UPLOAD_WANTED),
        ("a.csv", b"", "an empty file", UPLOAD_WANTED),
        ("a.xlsx", b"PK\x03\x04", "a damaged workbook", "an .xlsx workbook"),
        ("a.xlsx", archive(FILES), "a zip archive that is no workbook", "an .xlsx workbook"),
        ("a.zip", b"PK", "a damaged zip archive", UPLOAD_WANTED),
        ("a.zip", WORKBOOK, "a workbook whose name ends in .zip", "the workbook's name ending in .xlsx"),
        (
            "a.zip",
            archive({"b.xlsx": WORKBOOK}),
            "a zip archive with no CSV file in it, but b.xlsx",
            UPLOAD_WANTED,
        ),
        (
            "a.zip",
            archive({"x/a.csv": b"a", "y/b.csv": b"b"}),
            "a zip archive with CSV files in several folders",
            "CSV files in one folder",
        ),
        (
            "a.zip",
            archive({"../a.csv": b"a"}),
            "a zip archive with a file that leads out of it",
            "CSV files, or one folder of them",
        ),
        (
            "a.zip",
            archive({"A.csv": b"a", "a.csv": b"b"}),
            "a zip archive with two parts of one name",
            "a sound zip archive",
        ),
        (
            "a.zip",
            archive({"a.csv": b"a"}, zipfile.ZIP_BZIP2),
            "a zip archive packed in an unusual way",
            "a zip archive as spreadsheet programs make it",
        ),
        (
            "a.zip",
            archive({"a.csv": b"0" * 6_000_000}),
            "a zip archive that swells when it is unpacked",
            "a zip archive of the usual kind",
        ),
    ],
)
def test_file_that_cannot_be_taken_is_a_fault(name: str, content: bytes, found: str, wanted: str) -> None:
    assert faults_of(Upload(name, content)) == [f"{name}: found {found}; wanted {wanted}"]


def test_files_that_do_not_go_together_are_faults() -> None:
    book, file = Upload("a.xlsx", WORKBOOK), Upload("criteria.csv", FILES["criteria.csv"])
    assert faults_of(book, Upload("b.xlsx", WORKBOOK)) == [
        f"b.xlsx: found a second workbook or archive; wanted {UPLOAD_WANTED}"
    ]
    assert faults_of(file, book) == [
        f"a.xlsx: found a workbook together with CSV files; wanted {UPLOAD_WANTED}"
    ]
    assert faults_of(Upload("", b"")) == [f"upload: found no file; wanted {UPLOAD_WANTED}"]


def test_every_file_that_cannot_be_taken_is_told() -> None:
    assert faults_of(Upload("a.pdf", b"%PDF"), Upload("b.txt", b"b")) == [
        f"a.pdf: found a PDF (.pdf); wanted {UPLOAD_WANTED}",
        "b.txt: found a text file (.txt); wanted the table saved as CSV, in UTF-8",
    ]


def test_caps_on_a_whole_upload_are_faults() -> None:
    wide = b"x" + b",x" * 149 + b"\n"
    assert [
        faults_of(Upload("a.csv", b"a" * 15_000_000), Upload("b.csv", b"b" * 15_000_000)),
        said(raw_of_uploads([Upload("a.csv", wide * 2_001)]).faults),
        said(raw_of_uploads([Upload(f"{n}.csv", b"x\n" * 40_000) for n in "abc"]).faults),
        faults_of(Upload("a.csv", b"," * 5_000_000)),
        faults_of(Upload("a.csv", b"x" * 6_000_000)),
    ] == [
        ["upload: found 30,000,000 bytes; wanted at most 20,000,000 bytes"],
        ["a.csv: found more than 300,000 cells; wanted at most 300,000 cells in one upload"],
        ["upload: found more than 100,000 rows; wanted at most 100,000 rows in one upload"],
        ["a.csv: found more than 300,000 cells; wanted at most 300,000 cells in one upload"],
        ["a.csv: found a line of 6,000,000 characters; wanted a line for each row of the table"],
    ]


def test_tables_that_the_program_writes_are_passed_over() -> None:
    timetable = Upload("timetable.csv", b"session\nS99\n")
    assert campaign_of(*(Upload(n, text) for n, text in FILES.items()), timetable) == sound_campaign()
    assert faults_of(timetable) == [
        "upload: found only tables that this program makes itself; wanted the campaign's tables"
    ]


def test_other_files_of_an_archive_are_told() -> None:
    files = {**FILES, "notes.txt": b"hello", "__MACOSX/._notes.txt": b"x", ".DS_Store": b"x"}
    raw = raw_of_uploads([Upload("campaign.zip", archive(files))])
    assert (raw.faults, raw.warnings) == ([], ["notes.txt is not a CSV file and was not read"])


def test_empty_table_for_after_the_day_says_nothing() -> None:
    """Else an untouched sheet "attendance" of the blank workbook would mean that nobody came."""
    emptied = {**FILES, "attendance.csv": FILES["attendance.csv"].split(b"\n")[0]}
    campaign = read_tables(raw_of_uploads([Upload(n, text) for n, text in emptied.items()])).campaign
    assert campaign is not None
    assert (campaign.attendance, "attendance" in campaign.tables) == (None, False)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a.csv", "a.csv"),
        ("../../a.csv", "a.csv"),
        ("C:\\my files\\a.csv", "a.csv"),
        ("\u202ea\0.csv ", "a.csv"),
        ("", "no name"),
        ("x" * 90 + ".xlsx", "x" * 80 + "….xlsx"),
    ],
)
def test_name_of_a_file_is_fit_to_be_shown(name: str, shown: str) -> None:
    assert file_name(name) == shown


def test_headers_are_kept_under_the_files_own_names() -> None:
    raw = raw_of_uploads([Upload("Service Users.csv", b"Service User,Group\nU1,G1\n")])
    assert headers_of(raw) == {"Service Users": ("Service User", "Group")}
