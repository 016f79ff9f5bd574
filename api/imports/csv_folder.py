"""CSV files, one by one or as a folder: UTF-8 with or without a byte order mark, any line ends.

What the columns mean is `tables.py`'s business; files that somebody uploads come from `upload.py`. A cell
that the writer neutralised (a single quote before `=` and the like, see `api.exports.tables`) is read back
without that quote.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from api.errors import Fault
from api.imports.limits import UPLOAD_CELLS_MAX, Allowance
from api.imports.outputs import OUTPUT_TABLES
from api.imports.raw import (
    FILE_BYTES_MAX,
    ROWS_MAX,
    TABLES_MAX,
    RawRow,
    RawTable,
    RawTables,
    plain_name,
    raw_table,
    tidy,
    too_many_rows,
)

# Cells are held to our own cap, with their place, so the csv module's must not come first.
csv.field_size_limit(FILE_BYTES_MAX)

NEUTRALISED = re.compile(r"'+[=+\-@\t\r＝＋－＠|%]")  # noqa: RUF001  (the wide forms are meant)
# As Python's own files do: a line ends in CR LF, CR or LF, and keeps it for the csv module to see.
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
OTHER_FILES = (
    (b"PK\x03\x04", "a zip archive or workbook"),
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\xff\xfe", "UTF-16 text"),
    (b"\xfe\xff", "UTF-16 text"),
    (b"\x1f\x8b", "a compressed file"),
)
CSV_WANTED = "a CSV file in UTF-8"


def read_csv_folder(folder: Path) -> RawTables:
    """Every `*.csv` of the folder, in order of name. Tables that the program itself wrote are passed over."""
    found = RawTables()
    try:
        paths = sorted(p for p in folder.iterdir() if not p.name.startswith("."))
    except OSError as error:
        found.faults.append(Fault(folder.name, None, None, _reason(error), "a folder that can be read"))
        return found
    csv_paths = [p for p in paths if p.suffix.lower() == ".csv" and plain_name(p.stem) not in OUTPUT_TABLES]
    found.warnings += [
        f"{p.name} is not a CSV file and was not read"
        for p in paths
        if p.suffix.lower() in (".xlsx", ".xls", ".ods")
    ]
    if not csv_paths:
        found.faults.append(
            Fault(folder.name, None, None, "no CSV files", "a folder of CSV files, or an .xlsx workbook")
        )
    elif len(csv_paths) > TABLES_MAX:
        found.faults.append(
            Fault(folder.name, None, None, f"{len(csv_paths)} CSV files", f"at most {TABLES_MAX}")
        )
    else:
        for path in csv_paths:
            if (table := read_csv_file(path, found.faults)) is not None:
                found.tables.append(table)
    return found


def read_csv_file(path: Path, faults: list[Fault]) -> RawTable | None:
    """One CSV file; None, with faults, where it cannot be read."""
    content = _content_of(path, faults)
    return None if content is None else csv_table_of_bytes(path.stem, content, faults)


def csv_table_of_bytes(
    name: str, content: bytes, faults: list[Fault], allowance: Allowance | None = None
) -> RawTable | None:
    """The table of this name from a CSV file's content; otherwise as `csv_table`."""
    if len(content) > FILE_BYTES_MAX:
        faults.append(_too_many_bytes(name, len(content)))
        return None
    text = _text_of(name, content, faults)
    return None if text is None else csv_table(name, text, faults, allowance)


def csv_table(
    name: str, text: str, faults: list[Fault], allowance: Allowance | None = None
) -> RawTable | None:
    """The table of this name from what a CSV file says; None, with faults, where it cannot be read.

    Raises `TooMuch` where it takes more than is left of an upload's allowance.
    """
    if allowance is not None:
        _check_separators(text, allowance)
    rows: list[RawRow] = []
    reader = csv.reader(_lines(text, allowance), strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            if number > ROWS_MAX + 1:
                faults.append(too_many_rows(name))
                return None
            if allowance is not None:
                allowance.take_rows(1)
                allowance.take_cells(len(cells))
            rows.append(RawRow(number, tuple(_plain(cell) for cell in cells)))
    except csv.Error as error:
        wanted = "quotes that open and close around a whole cell"
        faults.append(Fault(name, len(rows) + 1, None, f"a row that breaks off ({error})", wanted))
        return None
    if rows and len(rows[0].cells) == 1 and re.search("[;\t]", rows[0].cells[0]):
        faults.append(
            Fault(name, 1, None, "columns separated by semicolons or tabs", "commas between columns")
        )
        return None
    return raw_table(name, rows, faults)


def _content_of(path: Path, faults: list[Fault]) -> bytes | None:
    try:
        if path.exists() and not path.is_file():
            raise OSError("not a file")
        size = path.stat().st_size
        if size <= FILE_BYTES_MAX:
            return path.read_bytes()
    except OSError as error:
        faults.append(Fault(path.stem, None, None, _reason(error), "a file that can be read"))
        return None
    faults.append(_too_many_bytes(path.stem, size))
    return None


def _too_many_bytes(name: str, size: int) -> Fault:
    return Fault(name, None, None, f"{size:,} bytes", f"at most {FILE_BYTES_MAX:,} bytes")


def _text_of(name: str, content: bytes, faults: list[Fault]) -> str | None:
    for start, what in OTHER_FILES:
        if content.startswith(start):
            faults.append(Fault(name, None, None, what, CSV_WANTED))
            return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        faults.append(
            Fault(name, row, None, f"a byte that is not UTF-8 ({content[error.start]:#04x})", CSV_WANTED)
        )
        return None


def _lines(text: str, allowance: Allowance | None) -> Iterator[str]:
    for line in LINE.finditer(text):
        if allowance is not None:
            allowance.check_line(line.end() - line.start())
        yield line.group()


def _check_separators(text: str, allowance: Allowance) -> None:
    """One row of millions of cells would be there as a whole before its cells could be counted.

    Commas within sentences count too, so there may be a few times as many as cells.
    """
    if text.count(",") > 4 * UPLOAD_CELLS_MAX:
        allowance.take_cells(UPLOAD_CELLS_MAX + 1)


def _plain(cell: str) -> str:
    text = tidy(cell)
    return text[1:] if NEUTRALISED.match(text) else text


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
