"""What somebody sends by a browser, as raw tables: one workbook, CSV files, or a zip archive of CSV files.

Everything stays in memory and within `limits.py`; nothing of an upload's names is used as a path. What cannot
be taken is a fault in plain words. What lies in a file is read by `workbook.py` and `csv_folder.py`, what it
means by `read.py`.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from api.errors import Fault
from api.imports.archive import DAMAGE, Refused, opened
from api.imports.columns_after_the_day import AFTER_THE_DAY
from api.imports.csv_folder import csv_table_of_bytes
from api.imports.limits import UPLOAD_BYTES_MAX, Allowance, TooMuch
from api.imports.outputs import OUTPUT_TABLES
from api.imports.raw import TABLES_MAX, RawTables, plain_name
from api.imports.workbook import workbook_tables

UPLOAD_WANTED = "one .xlsx workbook, CSV files, or one .zip of CSV files"
WORKBOOK_WANTED = "the same saved as an .xlsx workbook"
WORKBOOK, CSV, ZIP = ".xlsx", ".csv", ".zip"
OTHER_KINDS = {
    ".xls": ("an old Excel workbook (.xls)", WORKBOOK_WANTED),
    ".xlsm": ("a workbook with macros (.xlsm)", "the same saved as an .xlsx workbook, without macros"),
    ".xlsb": ("a binary Excel workbook (.xlsb)", WORKBOOK_WANTED),
    ".xltx": ("a template for workbooks (.xltx)", WORKBOOK_WANTED),
    ".ods": ("an OpenDocument spreadsheet (.ods)", WORKBOOK_WANTED),
    ".numbers": ("a Numbers spreadsheet (.numbers)", WORKBOOK_WANTED),
    ".pdf": ("a PDF (.pdf)", UPLOAD_WANTED),
    ".doc": ("a Word document (.doc)", UPLOAD_WANTED),
    ".docx": ("a Word document (.docx)", UPLOAD_WANTED),
    ".txt": ("a text file (.txt)", "the table saved as CSV, in UTF-8"),
    ".tsv": ("a table with tabs between its columns (.tsv)", "the table saved as CSV, in UTF-8"),
}
NAME_CHARACTERS_MAX = 80
NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Beside the files people pack, some systems pack their own.
PACKED_BY_SYSTEMS = re.compile(r"(^|/)(__MACOSX/|\.|Thumbs\.db$|desktop\.ini$)")
OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)")


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as it was sent: the name its sender's computer gave it, and what is in it."""

    name: str
    content: bytes


def raw_of_uploads(uploads: Sequence[Upload]) -> RawTables:
    """The tables of everything sent at once. Nothing raises: whatever is wrong with it is a fault.

    A fault of a file has the file's name for its table. Tables that the program writes are passed over, and
    so are tables for after the day without a row: an empty sheet "attendance" does not say that nobody came.
    """
    # A form sent without a file still sends a nameless empty one.
    given = [upload for upload in uploads if upload.name or upload.content]
    found = RawTables(faults=list(_refusals(given)))
    if found.faults:
        return found
    try:
        _read(given, found)
    except TooMuch as much:
        found.faults.append(Fault(_subject(given), None, None, much.found, much.wanted))
    found.tables = [table for table in found.tables if table.rows or not _is_for_later(table.name)]
    return found


def file_name(name: str) -> str:
    """An upload's own name, fit to be shown: no folders, nothing invisible, not too long."""
    last = NOT_SHOWN.sub("", re.split(r"[/\\]", name)[-1]).strip()
    ending = _ending(last)
    stem = last[: len(last) - len(ending)]
    if len(stem) > NAME_CHARACTERS_MAX:
        return f"{stem[:NAME_CHARACTERS_MAX]}…{ending}"
    return last or "no name"


def headers_of(raw: RawTables) -> dict[str, tuple[str, ...]]:
    """The header row of every table by its sheet's or file's own name: what a fault's cell is found by."""
    return {table.name: table.header for table in raw.tables}


def _read(given: Sequence[Upload], found: RawTables) -> None:
    allowance = Allowance()
    first = given[0]
    match _ending(first.name):
        case ".xlsx":
            tables = workbook_tables(file_name(first.name), first.content, allowance)
            found.tables, found.faults, found.warnings = tables.tables, tables.faults, tables.warnings
        case ".zip":
            _read_zip(first, found, allowance)
        case _:
            _read_csv_files(given, found, allowance)


def _read_csv_files(files: Iterable[Upload], found: RawTables, allowance: Allowance) -> None:
    seen = 0
    for file in files:
        table = file_name(file.name)[: -len(CSV)]
        if plain_name(table) in OUTPUT_TABLES:
            continue
        seen += 1
        read = csv_table_of_bytes(table, file.content, found.faults, allowance)
        if read is not None:
            found.tables.append(read)
    if not seen:
        found.faults.append(
            Fault("upload", None, None, "only tables that this program makes itself", "the campaign's tables")
        )


def _read_zip(upload: Upload, found: RawTables, allowance: Allowance) -> None:
    name = file_name(upload.name)
    try:
        with opened(upload.content, "zip archive", allowance) as archive:
            members = _csv_members(archive, name, found)
            if members:
                # One after the other, so that no two are in memory at once.
                _read_csv_files((Upload(m.filename, archive.read(m)) for m in members), found, allowance)
    except Refused as refused:
        found.faults.append(Fault(name, None, None, refused.found, refused.wanted))
    except DAMAGE:
        found.faults.append(Fault(name, None, None, "a damaged zip archive", UPLOAD_WANTED))


def _csv_members(archive: zipfile.ZipFile, name: str, found: RawTables) -> list[zipfile.ZipInfo]:
    """The CSV files of an archive, flat or in one folder, in order of name; none, with faults, otherwise."""
    parts = [p for p in archive.infolist() if not p.is_dir() and not PACKED_BY_SYSTEMS.search(p.filename)]
    members = sorted((p for p in parts if _ending(p.filename) == CSV), key=lambda part: part.filename)
    others = [file_name(p.filename) for p in parts if p not in members]
    faults = list(_faults_of_members(members, others, set(archive.namelist())))
    found.faults += [Fault(name, None, None, what, wanted) for what, wanted in faults]
    found.warnings += [f"{other} is not a CSV file and was not read" for other in others[:TABLES_MAX]]
    return [] if faults else members


def _faults_of_members(
    members: Sequence[zipfile.ZipInfo], others: Sequence[str], names: set[str]
) -> Iterator[tuple[str, str]]:
    if "xl/workbook.xml" in names:
        yield "a workbook whose name ends in .zip", "the workbook's name ending in .xlsx"
    elif any(OUTSIDE.search(name) for name in names):
        yield "a zip archive with a file that leads out of it", "CSV files, or one folder of them"
    elif not members:
        inside = f", but {', '.join(others[:3])}" if others else ""
        yield f"a zip archive with no CSV file in it{inside}", UPLOAD_WANTED
    elif len({_folder(member.filename) for member in members}) > 1:
        yield "a zip archive with CSV files in several folders", "CSV files in one folder"
    elif len(members) > TABLES_MAX:
        yield f"{len(members)} CSV files", f"at most {TABLES_MAX}"


def _refusals(given: Sequence[Upload]) -> Iterator[Fault]:
    """What can be said before any file is opened."""
    if not given:
        yield Fault("upload", None, None, "no file", UPLOAD_WANTED)
    for upload in given:
        if refusal := _refusal(upload):
            yield Fault(file_name(upload.name), None, None, *refusal)
    endings = [_ending(upload.name) for upload in given]
    wholes = [upload for upload, ending in zip(given, endings, strict=True) if ending in (WORKBOOK, ZIP)]
    if len(wholes) > 1:
        yield Fault(file_name(wholes[1].name), None, None, "a second workbook or archive", UPLOAD_WANTED)
    elif wholes and CSV in endings:
        found = f"{'a workbook' if WORKBOOK in endings else 'a zip archive'} together with CSV files"
        yield Fault(file_name(wholes[0].name), None, None, found, UPLOAD_WANTED)
    if len(given) > TABLES_MAX:
        yield Fault("upload", None, None, f"{len(given):,} files", f"at most {TABLES_MAX} files")
    size = sum(len(upload.content) for upload in given)
    if size > UPLOAD_BYTES_MAX:
        yield Fault(_subject(given), None, None, f"{size:,} bytes", f"at most {UPLOAD_BYTES_MAX:,} bytes")


def _refusal(upload: Upload) -> tuple[str, str] | None:
    ending = _ending(upload.name)
    if ending in OTHER_KINDS:
        return OTHER_KINDS[ending]
    if ending not in (WORKBOOK, CSV, ZIP):
        return (f"a file ending in {ending}" if ending else "a file without an ending", UPLOAD_WANTED)
    return None if upload.content else ("an empty file", UPLOAD_WANTED)


def _is_for_later(table: str) -> bool:
    return plain_name(table) in {spec.name for spec in AFTER_THE_DAY}


def _subject(given: Sequence[Upload]) -> str:
    return file_name(given[0].name) if len(given) == 1 else "upload"


def _ending(name: str) -> str:
    """The ending of a file's name in small letters; none where what follows the dot is no ending."""
    ending = NOT_SHOWN.sub("", PurePosixPath(name.strip()).suffix.lower())
    return ending if re.fullmatch(r"\.\w{1,10}", ending) else ""


def _folder(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[0]
