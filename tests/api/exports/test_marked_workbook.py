"""A workbook given back: cells and formats kept, every fault marked and listed, and read again like any."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import openpyxl  # type: ignore[import-untyped]
import pytest

from api.errors import Fault
from api.exports.marked_workbook import marked_workbook
from api.exports.marks import AUTHOR, FILL, LISTED_MAX
from api.exports.xlsx import workbook_bytes
from api.imports.read import Reading, read_tables
from api.imports.upload import Upload, raw_of_uploads
from tests.api.campaigns import SOUND, sound_campaign

FILES = {file.name: file.read_bytes() for file in SOUND.iterdir()}
EMAIL = Fault("applicants", 3, "email", '"nowhere"', "an e-mail address")
Change = Callable[[openpyxl.Workbook], None]


def workbook_with(change: Change) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(sound_campaign().tables.values())))
    change(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def reading_of(content: bytes) -> Reading:
    return read_tables(raw_of_uploads([Upload("campaign.xlsx", content)]))


def marked(content: bytes, *faults: Fault) -> bytes:
    return marked_workbook([Upload("campaign.xlsx", content)], faults)


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def marks_in(book: openpyxl.Workbook) -> dict[str, str]:
    """The note of every cell that is marked by colour and note."""
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment and cell.comment.author == AUTHOR and cell.fill.fgColor.rgb.endswith(FILL)
    }


def faulty(book: openpyxl.Workbook) -> None:
    book["applicants"]["C3"] = "nowhere"
    book["applicants"]["C3"].number_format = "0.00"
    book["sessions"]["C2"] = "14/07/2015"
    book["rooms"]["H1"] = "=colour"
    book["rooms"]["H1"].data_type = "s"
    book.create_sheet("Notes")["B2"] = "keep me"


def test_marked_workbook_is_the_same_with_its_faults_marked() -> None:
    content = workbook_with(faulty)
    reading = reading_of(content)
    book = opened(marked(content, *reading.faults))
    assert marks_in(book) == {
        "applicants!C3": 'Found: "nowhere"\nWanted: an e-mail address',
        "sessions!C2": 'Found: "14/07/2015"\nWanted: a date such as 2015-07-14, from 2000 to 2099',
    }
    assert book.sheetnames == ["Faults", *opened(content).sheetnames]
    assert (book["applicants"]["C3"].number_format, book["Notes"]["B2"].value) == ("0.00", "keep me")
    assert (book["rooms"]["H1"].value, book["rooms"]["H1"].data_type) == ("=colour", "s")


def test_first_sheet_lists_the_faults_with_links() -> None:
    missing = Fault("pins", None, None, "no such table", "the table pins")
    sheet = opened(marked(workbook_with(faulty), EMAIL, missing))["Faults"]
    assert [tuple(cell.value for cell in row) for row in sheet.iter_rows()] == [
        ("Sheet", "Cell", "Found", "Wanted"),
        ("applicants", "C3", '"nowhere"', "an e-mail address"),
        ("pins", "A1", "no such table", "the table pins"),
    ]
    assert sheet["B2"].hyperlink.location == "applicants!C3"


def test_faults_without_a_cell_of_their_own_have_a_sensible_one() -> None:
    faults = [
        Fault("applicants", 3, None, "a row", "x"),
        Fault("applicants", 1, "colour", "no such column", "x"),
        Fault("settings", 4, "panel_size", "0", "x"),
        Fault("sessions", 2, "C", "an error value", "x"),
    ]
    places = marks_in(opened(marked(workbook_with(faulty), *faults)))
    assert sorted(places) == ["applicants!A1", "applicants!A3", "sessions!C2", "settings!B4"]


def test_several_faults_of_one_cell_share_a_note() -> None:
    other = Fault("applicants", 3, "email", '"nowhere"', "an address that is not B's")
    note = marks_in(opened(marked(workbook_with(faulty), EMAIL, other)))["applicants!C3"]
    assert note == (
        'Found: "nowhere"\nWanted: an e-mail address\n\nFound: "nowhere"\nWanted: an address that is not B\'s'
    )


def test_marked_workbook_is_read_like_the_one_before() -> None:
    content = workbook_with(faulty)
    reading = reading_of(content)
    again = reading_of(marked(content, *reading.faults))
    assert (again.faults, again.warnings) == (reading.faults, reading.warnings)


def test_corrected_workbook_is_the_campaign() -> None:
    book = opened(marked(workbook_with(faulty), EMAIL))
    book["applicants"]["C3"] = "bram@example.org"
    book["sessions"]["C2"] = "2015-07-14"
    book.remove(book["Notes"])
    book["rooms"]["H1"] = None
    content = io.BytesIO()
    book.save(content)
    reading = reading_of(content.getvalue())
    assert (reading.campaign, reading.warnings) == (sound_campaign(), ())


def test_marks_of_an_earlier_time_are_taken_away() -> None:
    first = marked(workbook_with(faulty), EMAIL)
    book = opened(marked(first, Fault("sessions", 2, "date", "x", "y")))
    assert (list(marks_in(book)), book.sheetnames.count("Faults")) == (["sessions!C2"], 1)
    assert (book["applicants"]["C3"].comment, book["applicants"]["C3"].fill.fill_type) == (None, None)


def test_formula_that_leads_out_of_the_workbook_becomes_text() -> None:
    def outward(book: openpyxl.Workbook) -> None:
        book["councils"]["C2"] = "=1+1"
        book["councils"]["C3"] = "=[1]Other!A1"
        book["councils"]["B3"] = "=cmd|'/c calc'!A1"
        book["councils"]["B2"].hyperlink = "file:///server/share"
        book["applicants"]["C3"].hyperlink = "mailto:bram@example.org"
        book.defined_names["away"] = openpyxl.workbook.defined_name.DefinedName("away", attr_text="[1]A!A1")

    book = opened(marked(workbook_with(outward), EMAIL))
    cells = [book["councils"][name] for name in ("C2", "C3", "B3")]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        ("=1+1", "f"),
        ("=[1]Other!A1", "s"),
        ("=cmd|'/c calc'!A1", "s"),
    ]
    links = [book["councils"]["B2"].hyperlink, book["applicants"]["C3"].hyperlink.target]
    assert (links, list(book.defined_names)) == ([None, "mailto:bram@example.org"], [])


def test_pictures_and_macros_stay_behind() -> None:
    source, content = zipfile.ZipFile(io.BytesIO(workbook_with(faulty))), io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name))
        archive.writestr("xl/media/image1.png", b"picture")
        archive.writestr("xl/externalLinks/externalLink1.xml", b"<x/>")
        archive.writestr("xl/vbaProject.bin", b"macro")
    names = zipfile.ZipFile(io.BytesIO(marked(content.getvalue(), EMAIL))).namelist()
    assert [name for name in names if "media" in name or "external" in name or "vba" in name] == []


@pytest.mark.parametrize("area", ["A1:XFD1048576", "nonsense"])
def test_workbook_that_cannot_be_kept_comes_back_as_its_tables(area: str) -> None:
    source, content = zipfile.ZipFile(io.BytesIO(workbook_with(faulty))), io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            merged = f'</sheetData><mergeCells><mergeCell ref="{area}"/></mergeCells>'.encode()
            last = name.endswith("sheet21.xml")
            text = source.read(name)
            archive.writestr(name, text.replace(b"</sheetData>", merged) if last else text)
    book = opened(marked(content.getvalue(), EMAIL))
    assert ("Notes" in book.sheetnames, list(marks_in(book))) == (False, ["applicants!C3"])


def test_csv_files_come_back_as_a_workbook_of_their_tables() -> None:
    files = {**FILES, "applicants.csv": FILES["applicants.csv"].replace(b"bram@example.org", b"nowhere")}
    uploads = [Upload(name, content) for name, content in files.items()]
    reading = read_tables(raw_of_uploads(uploads))
    book = opened(marked_workbook(uploads, reading.faults))
    assert marks_in(book) == {"applicants!C3": 'Found: "nowhere"\nWanted: an e-mail address'}
    assert sorted(book.sheetnames) == sorted(["Faults", *(name.removesuffix(".csv") for name in FILES)])
    again = reading_of(marked_workbook(uploads, reading.faults))
    assert (again.faults, again.warnings) == (reading.faults, reading.warnings)


def test_cell_that_begins_like_a_formula_stays_text() -> None:
    uploads = [Upload("criteria.csv", b"criterion,name\nvalues,'=1+1\nwriting,@both\n")]
    fault = Fault("criteria", 2, "name", "=1+1", "=2")
    book = opened(marked_workbook(uploads, [fault]))
    cells = [book["criteria"]["B2"], book["criteria"]["B3"], book["Faults"]["C2"], book["Faults"]["D2"]]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        ("=1+1", "s"),
        ("@both", "s"),
        ("=1+1", "s"),
        ("=2", "s"),
    ]


@pytest.mark.parametrize("name", ["a.xlsx", "a.zip", "a.csv", "a.pdf", ""])
def test_what_cannot_be_read_comes_back_as_a_list_of_faults(name: str) -> None:
    fault = Fault("a\0.xlsx", None, None, "\ufffe\x01 damaged", "x" * 50_000)
    book = opened(marked_workbook([Upload(name, b"PK\x03\x04junk")], [fault]))
    assert (book.sheetnames, book["Faults"]["A2"].value) == (["Faults"], "a.xlsx")


def test_very_many_faults_are_listed_as_far_as_is_of_use() -> None:
    faults = [Fault("applicants", row, "email", "x", "y") for row in range(2, LISTED_MAX + 5)]
    sheet = opened(marked(workbook_with(faulty), *faults))["Faults"]
    assert (sheet.max_row, sheet.cell(sheet.max_row, 3).value) == (LISTED_MAX + 2, "3 more faults")
