"""A folder of CSV files, read as it lies: UTF-8 with or without a byte order mark, any line ends.

What the columns mean is `tables.py`'s business. A cell that the writer neutralised (a single quote before
`=` and the like, see `api.exports.tables`) is read back without that quote.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from api.errors import Fault
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
    text = _text_of(path, faults)
    if text is None:
        return None
    rows: list[RawRow] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            if number > ROWS_MAX + 1:
                faults.append(too_many_rows(path.stem))
                return None
            rows.append(RawRow(number, tuple(_plain(cell) for cell in cells)))
    except csv.Error as error:
        wanted = "quotes that open and close around a whole cell"
        faults.append(Fault(path.stem, len(rows) + 1, None, f"a row that breaks off ({error})", wanted))
        return None
    if rows and len(rows[0].cells) == 1 and re.search("[;\t]", rows[0].cells[0]):
        faults.append(
            Fault(path.stem, 1, None, "columns separated by semicolons or tabs", "commas between columns")
        )
        return None
    return raw_table(path.stem, rows, faults)


def _text_of(path: Path, faults: list[Fault]) -> str | None:
    try:
        if path.exists() and not path.is_file():
            raise OSError("not a file")
        if path.stat().st_size > FILE_BYTES_MAX:
            found = f"{path.stat().st_size:,} bytes"
            faults.append(Fault(path.stem, None, None, found, f"at most {FILE_BYTES_MAX:,} bytes"))
            return None
        content = path.read_bytes()
    except OSError as error:
        faults.append(Fault(path.stem, None, None, _reason(error), "a file that can be read"))
        return None
    for start, what in OTHER_FILES:
        if content.startswith(start):
            faults.append(Fault(path.stem, None, None, what, CSV_WANTED))
            return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        faults.append(
            Fault(path.stem, row, None, f"a byte that is not UTF-8 ({content[error.start]:#04x})", CSV_WANTED)
        )
        return None


def _plain(cell: str) -> str:
    text = tidy(cell)
    return text[1:] if NEUTRALISED.match(text) else text


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
