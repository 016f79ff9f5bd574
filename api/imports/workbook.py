"""An .xlsx workbook, read as it lies: a sheet per table, cells spelled as the campaign format spells them.

A workbook is a zip of XML, so it is looked through (`workbook_scan.py`) before the spreadsheet library
opens it. What the columns mean is `tables.py`'s business.
"""

from __future__ import annotations

import datetime
import io
import math
from decimal import Decimal
from pathlib import Path

from api.errors import Fault
from api.imports.columns import TABLES
from api.imports.limits import Allowance
from api.imports.raw import FILE_BYTES_MAX, RawRow, RawTables, plain_name, raw_table, tidy
from api.imports.workbook_scan import scan

WORKBOOK_WANTED = "an .xlsx workbook"
# The program puts these into workbooks it gives out: help, and the list of what is wrong. They hold no table.
OUR_OWN_SHEETS = ("help", "faults")
# Spreadsheets keep a bare time as a moment of their first day.
DAY_ZERO = datetime.date(1899, 12, 31)

CellValue = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


def read_workbook(path: Path) -> RawTables:
    """Every sheet named like a table of the format; other sheets are kept out with a warning."""
    found = RawTables()
    content = _content_of(path, found.faults)
    return found if content is None else workbook_tables(path.name, content)


def workbook_tables(name: str, content: bytes, allowance: Allowance | None = None) -> RawTables:
    """The same from the content of the file of that name.

    Raises `TooMuch` where it takes more than is left of an upload's allowance.
    """
    found = RawTables()
    scanned = scan(name, content, allowance)
    found.faults += scanned.faults
    wanted = [sheet for sheet in scanned.sheets if plain_name(sheet) in TABLES]
    found.warnings += [
        f"sheet {sheet} is no table of the campaign format and was not read"
        for sheet in scanned.sheets
        if sheet not in wanted and plain_name(sheet) not in OUR_OWN_SHEETS
    ]
    if any(fault.table == name for fault in scanned.faults):
        return found
    if not wanted:
        missing = Fault(name, None, None, "no sheet named like a table", "a sheet per table: settings, …")
        found.faults.append(missing)
    faulty = {fault.table for fault in scanned.faults}
    _read_sheets(name, scanned.sound, [sheet for sheet in wanted if sheet not in faulty], found)
    return found


def text_of(value: CellValue) -> str:
    """A spreadsheet cell as text: 2015-07-14, 09:00, 12 rather than 12.0."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number_text(value)
    if isinstance(value, datetime.datetime):
        if value.date() <= DAY_ZERO:
            return text_of(value.time())
        time = text_of(value.time())
        return value.date().isoformat() if time == "00:00" else f"{value.date().isoformat()} {time}"
    if isinstance(value, datetime.time):
        return value.isoformat("minutes" if value.second == value.microsecond == 0 else "seconds")
    if isinstance(value, datetime.timedelta):
        return _duration_text(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return tidy(str(value))


def _read_sheets(file_name: str, content: bytes, names: list[str], found: RawTables) -> None:
    # A slow import that `stepup --help` must not pay for.
    import python_calamine

    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            for name in names:
                cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                rows = [RawRow(n, tuple(text_of(c) for c in row)) for n, row in enumerate(cells, start=1)]
                if (table := raw_table(name, rows, found.faults)) is not None:
                    found.tables.append(table)
    except BaseException as error:
        # The library is written in Rust: on a damaged file it may also panic, which is no `Exception`.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        found.faults.append(Fault(file_name, None, None, "a workbook that cannot be read", WORKBOOK_WANTED))


def _content_of(path: Path, faults: list[Fault]) -> bytes | None:
    try:
        size = path.stat().st_size
        if size <= FILE_BYTES_MAX:
            return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        faults.append(Fault(path.name, None, None, reason, "a file that can be read"))
        return None
    faults.append(Fault(path.name, None, None, f"{size:,} bytes", f"at most {FILE_BYTES_MAX:,} bytes"))
    return None


def _number_text(number: float) -> str:
    if not math.isfinite(number):
        return str(number)
    # Fifteen digits are what a spreadsheet shows and keeps: 0.3 for the sum of 0.1 and 0.2,
    # and no minus before nought.
    return format(Decimal(format(number + 0.0, ".15g")), "f")


def _duration_text(duration: datetime.timedelta) -> str:
    """A time of day where it can be one; anything else stays odd on purpose, to be found as a fault."""
    seconds = round(duration.total_seconds())
    if 0 <= seconds < 86_400 and seconds % 60 == 0:
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"
    return str(duration)
