"""A look through a workbook's XML before any library opens it.

It finds what the library would hide or stumble over: formulas (of which only the last shown value would be
seen), merged cells, error values, too many rows or columns, and archives that unpack without end. Values
are read by `workbook.py`.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from xml.parsers import expat

from api.errors import Fault
from api.imports.columns import TABLES
from api.imports.raw import (
    COLUMNS_MAX,
    ROWS_MAX,
    TABLES_MAX,
    UNPACKED_BYTES_MAX,
    column_letters,
    plain_name,
    too_many_rows,
)

CHUNK_BYTES = 1 << 20
FAULTS_OF_ONE_KIND_MAX = 20
CELL = re.compile(r"([A-Z]{1,4})([0-9]{1,8})")
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
WANTED = "an .xlsx workbook"
# What reading an archive and its XML raises on bytes that are not what they should be.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    expat.ExpatError,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
    EOFError,
    OverflowError,
)


@dataclass(slots=True)
class Scan:
    """The names of the workbook's sheets in order, and what is wrong with it."""

    sheets: tuple[str, ...] = ()
    faults: list[Fault] = field(default_factory=list)


class _Refused(Exception):
    def __init__(self, found: str, wanted: str) -> None:
        super().__init__(found)
        self.found = found
        self.wanted = wanted


def scan(file_name: str, content: bytes) -> Scan:
    """Look through the bytes of one .xlsx file; nothing is unpacked beyond `UNPACKED_BYTES_MAX`."""
    result = Scan()
    if not content.startswith(ZIP):
        what = (
            "an old or password-protected Office file"
            if content.startswith(OLD_OFFICE)
            else "no workbook inside"
        )
        result.faults.append(Fault(file_name, None, None, what, WANTED))
        return result
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_sizes(archive)
            part_by_sheet = _sheet_parts(archive)
            result.sheets = tuple(part_by_sheet)
            for name, part in part_by_sheet.items():
                if plain_name(name) in TABLES:
                    result.faults += _SheetScan(name).of(archive, part)
    except _Refused as refused:
        result.faults.append(Fault(file_name, None, None, refused.found, refused.wanted))
    except DAMAGE:
        result.faults.append(Fault(file_name, None, None, "a damaged workbook", WANTED))
    return result


def _check_sizes(archive: zipfile.ZipFile) -> None:
    """Unpack every part once, in pieces, so that neither its stated nor its true size passes the cap."""
    unpacked = 0
    too_much = _Refused("a workbook too large to unpack", f"at most {UNPACKED_BYTES_MAX:,} bytes unpacked")
    if sum(part.file_size for part in archive.infolist()) > UNPACKED_BYTES_MAX:
        raise too_much
    for part in archive.infolist():
        if part.filename.lower().endswith("vbaproject.bin"):
            raise _Refused("a workbook with macros", "an .xlsx workbook without macros")
        with archive.open(part) as stream:
            while piece := stream.read(CHUNK_BYTES):
                unpacked += len(piece)
                if unpacked > UNPACKED_BYTES_MAX:
                    raise too_much


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The archive's part for each sheet's name."""
    if "xl/workbook.xml" not in archive.namelist():
        raise _Refused("a zip archive that is no workbook", WANTED)
    targets: dict[str, str] = {}
    relations: dict[str, str] = {}

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "Relationship":
            targets[attributes["Id"]] = attributes["Target"]

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "sheet":
            key = next((value for name, value in attributes.items() if _local(name) == "id"), "")
            if attributes["name"] in relations:
                raise _Refused(f"two sheets named {attributes['name']}", "a name of its own for each sheet")
            relations[attributes["name"]] = key

    _parse(archive, "xl/_rels/workbook.xml.rels", _parser(relation))
    _parse(archive, "xl/workbook.xml", _parser(sheet))
    if len(relations) > TABLES_MAX:
        raise _Refused(f"{len(relations)} sheets", f"at most {TABLES_MAX} sheets")
    return {name: _part(targets[key]) for name, key in relations.items()}


class _SheetScan:
    """One sheet's XML as it streams past."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[Fault] = []
        self.row = 0
        self.column = 0
        self.formulas = 0
        self.too_large = False

    def of(self, archive: zipfile.ZipFile, part: str) -> list[Fault]:
        _parse(archive, part, _parser(self._start))
        if self.formulas > FAULTS_OF_ONE_KIND_MAX:
            found = f"{self.formulas - FAULTS_OF_ONE_KIND_MAX:,} more formulas"
            self.faults.append(Fault(self.name, None, None, found, "values only"))
        return self.faults

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        match _local(tag):
            case "row":
                self.row = int(attributes.get("r", self.row + 1))
                self.column = -1
            case "c":
                self._cell(attributes)
            case "f":
                self._formula()
            case "v" | "is":
                self._check_size()
            case "mergeCell":
                self._merged(attributes.get("ref", "?"))

    def _cell(self, attributes: dict[str, str]) -> None:
        self.column += 1
        if match := CELL.fullmatch(attributes.get("r", "")):
            self.column = _column_index(match[1])
            self.row = int(match[2])
        if attributes.get("t") == "e":
            self._fault("an error value", "a value")

    def _formula(self) -> None:
        self.formulas += 1
        if self.formulas <= FAULTS_OF_ONE_KIND_MAX:
            self._fault(f"a formula in cell {column_letters(self.column)}{self.row}", "the value itself")

    def _check_size(self) -> None:
        if self.too_large:
            return
        if self.row > ROWS_MAX + 1:
            self.too_large = True
            self.faults.append(too_many_rows(self.name))
        elif self.column >= COLUMNS_MAX:
            self.too_large = True
            self._fault(f"a value in column {column_letters(self.column)}", f"at most {COLUMNS_MAX} columns")

    def _merged(self, reference: str) -> None:
        where = "in the header row" if re.match(r"[A-Z]+1:", reference) else "in the table"
        match = CELL.match(reference)
        row = int(match[2]) if match else None
        self.faults.append(
            Fault(self.name, row, None, f"merged cells {reference} {where}", "one cell for each value")
        )

    def _fault(self, found: str, wanted: str) -> None:
        self.faults.append(Fault(self.name, self.row, column_letters(self.column), found, wanted))


def _parser(start: Callable[[str, dict[str, str]], None]) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start

    def refuse(*_: object) -> None:
        raise _Refused("a workbook with a document type declaration", WANTED)

    parser.StartDoctypeDeclHandler = refuse
    return parser


def _parse(archive: zipfile.ZipFile, part: str, parser: expat.XMLParserType) -> None:
    with archive.open(part) as stream:
        parser.ParseFile(stream)


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


def _column_index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
