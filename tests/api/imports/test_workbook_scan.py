"""Workbooks that say one thing to a reader of XML and another to the spreadsheet library are refused."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile

import pytest

from api.exports.xlsx import workbook_bytes
from api.imports.limits import Allowance, TooMuch
from api.imports.workbook_scan import scan
from tests.api.campaigns import said, sound_campaign

SOUND = workbook_bytes(sound_campaign().tables.values())
SHEET, BOOK = "xl/worksheets/sheet2.xml", "xl/workbook.xml"
RELATIONS, STRINGS = "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
DAMAGED = ["a.xlsx: found a damaged workbook; wanted an .xlsx workbook"]


def changed(part: str, old: bytes, new: bytes) -> bytes:
    source, result = zipfile.ZipFile(io.BytesIO(SOUND)), io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            text = source.read(name)
            assert name != part or old in text
            archive.writestr(name, text.replace(old, new, 1) if name == part else text)
    return result.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        changed(SHEET, b'r="A2"', b'r="xfd2"'),
        changed(SHEET, b'r="A2"', b'r="AAAAA2"'),
        changed(SHEET, b'<row r="2"', b'<row r="+2"'),
        changed(SHEET, b"<sheetData>", b"<a>" * 60 + b"</a>" * 60 + b"<sheetData>"),
        changed(BOOK, b'r:id="rId2"', b'x:id="rId2" r:id="rId3"'),
        changed(RELATIONS, b'Id="rId2"', b'Id="rId3"'),
    ],
    ids=["small letters", "five letters", "signed row", "deep", "two identifiers", "two relations"],
)
def test_ambiguous_workbook_is_refused(content: bytes) -> None:
    assert said(scan("a.xlsx", content).faults) == DAMAGED


def test_part_that_is_larger_than_it_says_is_refused() -> None:
    """Else the library would unpack all of what only the first bytes of were looked at."""
    content = bytearray(SOUND)
    entry = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 4)
    struct.pack_into("<I", content, entry + 24, 10)
    assert said(scan("a.xlsx", bytes(content)).faults) == DAMAGED


def test_workbook_with_two_parts_of_one_name_is_refused() -> None:
    content = io.BytesIO(SOUND)
    with warnings.catch_warnings(), zipfile.ZipFile(content, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(SHEET.upper(), b"<worksheet/>")
    assert said(scan("a.xlsx", content.getvalue()).faults) == [
        "a.xlsx: found a workbook with two parts of one name; wanted a sound workbook"
    ]


def test_only_what_was_looked_at_is_handed_on() -> None:
    content = changed(SHEET, b"<v>2</v>", b"<f>1+1</f><v>2</v>")
    with zipfile.ZipFile(io.BytesIO(scan("a.xlsx", content).sound)) as archive:
        names = archive.namelist()
    assert [name for name in names if "drawing" in name or "theme" in name or "docProps" in name] == []
    assert (SHEET in names, "xl/worksheets/sheet1.xml" in names) == (False, True)


def test_text_that_stands_in_many_cells_counts_for_each() -> None:
    content = changed(STRINGS, b"Somerset", b"S" * 1_000)
    scan("a.xlsx", content, Allowance(characters=10_000))
    with pytest.raises(TooMuch):
        scan("a.xlsx", changed(STRINGS, b"Somerset", b"S" * 10_000), Allowance(characters=10_000))


def test_cells_count_as_far_as_the_library_makes_them() -> None:
    """One value far from the others makes a table of all the cells between."""
    content = changed(SHEET, b'r="A2"', b'r="GR9999"')
    with pytest.raises(TooMuch) as much:
        scan("a.xlsx", content, Allowance())
    assert (much.value.found, much.value.wanted) == (
        "more than 300,000 cells",
        "at most 300,000 cells in one upload",
    )


def test_text_after_the_cells_is_no_text_of_a_cell() -> None:
    rules = b'</sheetData><dataValidations><dataValidation sqref="A1"><formula1>"yes,no"</formula1>'
    content = changed(SHEET, b"</sheetData>", rules + b"</dataValidation></dataValidations>")
    assert scan("a.xlsx", content, Allowance()).faults == []
