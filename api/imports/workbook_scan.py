"""A look through a workbook's XML before any library opens it.

It finds what the library would hide or stumble over: formulas (of which only the last shown value would be
seen), merged cells, error values, too many rows or columns, and archives that unpack without end. What was
found sound is packed anew, so that the library opens exactly what was looked at. Values are read by
`workbook.py`, archives opened by `archive.py`.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from xml.parsers import expat

from api.errors import Fault
from api.imports.archive import DAMAGE, ZIP, Refused, opened
from api.imports.columns import TABLES
from api.imports.limits import Allowance
from api.imports.raw import (
    COLUMNS_MAX,
    ROWS_MAX,
    TABLES_MAX,
    column_letters,
    plain_name,
    too_many_rows,
)

# A name or a text that is longer than a piece is looked at again with each piece, so pieces are large.
PIECE_BYTES = 1 << 22
DEPTH_MAX = 50
PLACE_DIGITS_MAX = 8
FAULTS_OF_ONE_KIND_MAX = 20
CELL = re.compile(r"([A-Z]{1,4})([0-9]{1,8})")
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
WANTED = "an .xlsx workbook"
DAMAGED = "a damaged workbook"
SHARED_STRINGS = "xl/sharedstrings.xml"
# What the library reads beside the sheets; names are told apart without regard to capitals.
BESIDE_SHEETS = (
    "[content_types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    SHARED_STRINGS,
)


@dataclass(slots=True)
class Scan:
    """The names of the workbook's sheets in order, and what is wrong with it.

    `sound` is a workbook of the sound sheets that are named like tables, empty where nothing can be read.
    """

    sheets: tuple[str, ...] = ()
    faults: list[Fault] = field(default_factory=list)
    sound: bytes = b""


def scan(file_name: str, content: bytes, allowance: Allowance | None = None) -> Scan:
    """Look through the bytes of one .xlsx file; nothing is unpacked beyond a cap.

    Raises `TooMuch` where the sheets named like tables take more than is left of an upload's allowance.
    """
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
        with opened(content, "workbook", allowance) as archive:
            _refuse_macros(archive)
            part_by_sheet = sheet_parts(archive)
            result.sheets = tuple(part_by_sheet)
            tables = {name: part for name, part in part_by_sheet.items() if plain_name(name) in TABLES}
            lengths = _shared_lengths(archive) if allowance is not None else []
            for name, part in tables.items():
                result.faults += _SheetScan(name, allowance, lengths).of(archive, part)
            faulty = {fault.table for fault in result.faults}
            result.sound = _packed(archive, {part for name, part in tables.items() if name not in faulty})
    except Refused as refused:
        result.faults.append(Fault(file_name, None, None, refused.found, refused.wanted))
    except DAMAGE:
        result.faults.append(Fault(file_name, None, None, DAMAGED, WANTED))
    return result


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The archive's part for each sheet's name. Raises `Refused`, or one of `DAMAGE`."""
    if "xl/workbook.xml" not in archive.namelist():
        raise Refused("a zip archive that is no workbook", WANTED)
    targets: dict[str, str] = {}
    relations: dict[str, str] = {}

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "Relationship":
            if attributes["Id"] in targets:
                raise Refused(DAMAGED, WANTED)
            targets[attributes["Id"]] = attributes["Target"]

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "sheet":
            keys = [value for name, value in attributes.items() if _local(name) == "id"]
            if len(keys) > 1:
                raise Refused(DAMAGED, WANTED)
            if attributes["name"] in relations:
                raise Refused(f"two sheets named {attributes['name']}", "a name of its own for each sheet")
            relations[attributes["name"]] = keys[0] if keys else ""

    parse(archive, "xl/_rels/workbook.xml.rels", relation)
    parse(archive, "xl/workbook.xml", sheet)
    if len(relations) > TABLES_MAX:
        raise Refused(f"{len(relations)} sheets", f"at most {TABLES_MAX} sheets")
    return {name: _part(targets[key]) for name, key in relations.items()}


def parse(
    archive: zipfile.ZipFile,
    part: str,
    start: Callable[[str, dict[str, str]], None],
    text: Callable[[str], None] | None = None,
) -> None:
    """One part's XML as it streams past. Raises `Refused` for what no spreadsheet program writes."""
    depth = 0

    def starting(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH_MAX:
            raise Refused(DAMAGED, WANTED)
        start(tag, attributes)

    def ending(_: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_: object) -> None:
        raise Refused("a workbook with a document type declaration", WANTED)

    # The library takes every part for UTF-8 whatever it says of itself, so this does too.
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = starting
    parser.EndElementHandler = ending
    parser.StartDoctypeDeclHandler = refuse
    if text is not None:
        parser.CharacterDataHandler = text
    with archive.open(part) as stream:
        while piece := stream.read(PIECE_BYTES):
            parser.Parse(piece, False)
        parser.Parse(b"", True)


class _SheetScan:
    """One sheet's XML as it streams past."""

    def __init__(self, name: str, allowance: Allowance | None, lengths: list[int]) -> None:
        self.name = name
        self.allowance = allowance
        self.lengths = lengths
        self.faults: list[Fault] = []
        self.row = 0
        self.column = 0
        self.rows = 0
        self.columns = 0
        self.formulas = 0
        self.too_large = False
        self.is_shared = False
        self.is_in_value = False
        self.place_of_text = ""

    def of(self, archive: zipfile.ZipFile, part: str) -> list[Fault]:
        parse(archive, part, self._start, None if self.allowance is None else self._text)
        self._count_shared()
        if self.formulas > FAULTS_OF_ONE_KIND_MAX:
            found = f"{self.formulas - FAULTS_OF_ONE_KIND_MAX:,} more formulas"
            self.faults.append(Fault(self.name, None, None, found, "values only"))
        if self.allowance is not None:
            self.allowance.take_cells(self.rows * self.columns)
            self.allowance.take_rows(self.rows)
        return self.faults

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        self.is_in_value = name in ("v", "is", "t")
        match name:
            case "row":
                self.row = _row_number(attributes["r"]) if "r" in attributes else self.row + 1
                self.column = -1
            case "c":
                self._cell(attributes)
            case "f":
                self._formula()
            case "v" | "is":
                self._value()
            case "mergeCell":
                self._merged(attributes.get("ref", "?"))

    def _cell(self, attributes: dict[str, str]) -> None:
        self._count_shared()
        self.column += 1
        if "r" in attributes:
            # The library would go by a name that only looks odd, however far away that is.
            match = CELL.fullmatch(attributes["r"])
            if match is None:
                raise Refused(DAMAGED, WANTED)
            self.column = _column_index(match[1])
            self.row = int(match[2])
        kind = attributes.get("t")
        self.is_shared = kind == "s"
        if kind == "e":
            self._fault("an error value", "a value")

    def _formula(self) -> None:
        self.formulas += 1
        if self.formulas <= FAULTS_OF_ONE_KIND_MAX:
            self._fault(f"a formula in cell {column_letters(self.column)}{self.row}", "the value itself")

    def _value(self) -> None:
        """A cell that holds something: the library makes a table that reaches from A1 to all of these."""
        if self.row > self.rows or self.column >= self.columns:
            self.rows = max(self.rows, self.row)
            self.columns = max(self.columns, self.column + 1)
            self._check_size()
            if self.allowance is not None and not self.too_large:
                left = self.allowance.cells
                self.allowance.take_cells(self.rows * self.columns)
                self.allowance.cells = left

    def _check_size(self) -> None:
        if self.too_large:
            return
        if self.row > ROWS_MAX + 1:
            self.too_large = True
            self.faults.append(too_many_rows(self.name))
        elif self.column >= COLUMNS_MAX:
            self.too_large = True
            self._fault(f"a value in column {column_letters(self.column)}", f"at most {COLUMNS_MAX} columns")

    def _text(self, text: str) -> None:
        if not self.is_in_value:
            return
        if self.is_shared:
            self.place_of_text += text.strip()
            if len(self.place_of_text) > PLACE_DIGITS_MAX:
                raise Refused(DAMAGED, WANTED)
        elif self.allowance is not None:
            self.allowance.take_characters(len(text))

    def _count_shared(self) -> None:
        """A text may stand in the file once and in every cell of a sheet."""
        if self.allowance is not None and self.place_of_text:
            self.allowance.take_characters(self.lengths[int(self.place_of_text)])
        self.place_of_text = ""

    def _merged(self, reference: str) -> None:
        where = "in the header row" if re.match(r"[A-Z]+1:", reference) else "in the table"
        match = CELL.match(reference)
        row = int(match[2]) if match else None
        self.faults.append(
            Fault(self.name, row, None, f"merged cells {reference} {where}", "one cell for each value")
        )

    def _fault(self, found: str, wanted: str) -> None:
        self.faults.append(Fault(self.name, self.row, column_letters(self.column), found, wanted))


def _refuse_macros(archive: zipfile.ZipFile) -> None:
    if any(name.lower().endswith("vbaproject.bin") for name in archive.namelist()):
        raise Refused("a workbook with macros", "an .xlsx workbook without macros")


def _shared_lengths(archive: zipfile.ZipFile) -> list[int]:
    """The length of each text that cells refer to by its place."""
    lengths: list[int] = []

    def start(tag: str, _: dict[str, str]) -> None:
        if _local(tag) == "si":
            lengths.append(0)

    def text(piece: str) -> None:
        if lengths:
            lengths[-1] += len(piece)

    for part in archive.namelist():
        if part.lower() == SHARED_STRINGS:
            parse(archive, part, start, text)
    return lengths


def _packed(archive: zipfile.ZipFile, sheets: Iterable[str]) -> bytes:
    """A workbook of these sheets and what belongs to all; the others are named in it but not there."""
    kept = {*(sheet.lower() for sheet in sheets), *BESIDE_SHEETS}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name in archive.namelist():
            if name.lower() in kept:
                packed.writestr(zipfile.ZipInfo(name), archive.read(name), zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _row_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 8):
        raise Refused(DAMAGED, WANTED)
    return int(text)


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


def _column_index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
