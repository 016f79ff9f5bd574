"""The answers to an equality form, read from a table of its own that is no part of a campaign.

Only `api.services.monitor_selection` imports this file; nothing that scores, ranks or gives out places can
come by an answer. The file is `monitoring.csv`, or an .xlsx workbook with the one sheet `monitoring`: a row
for each applicant and characteristic. What is counted of it, and what may be told, is in
`assessment.monitoring`.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from api.errors import Fault, shown
from api.imports.csv_folder import csv_table_of_bytes, read_csv_file
from api.imports.kinds import TableSpec, name_column, text_column
from api.imports.limits import Allowance, TooMuch
from api.imports.raw import FILE_BYTES_MAX, RawRow, RawTable, plain_name, raw_table
from api.imports.tables import CheckedTables, Record, checked_table
from api.imports.workbook import WORKBOOK_WANTED, text_of
from api.imports.workbook_scan import scan

SHEET = "monitoring"
FILE_WANTED = "monitoring.csv, its folder, or an .xlsx workbook with the sheet monitoring"
UPLOAD_WANTED = "monitoring.csv, or an .xlsx workbook with the sheet monitoring"
SPEC = TableSpec(
    SHEET,
    "Answers to the equality form, for monitoring alone.",
    (
        name_column("applicant", "The applicant's reference."),
        text_column("characteristic", "What was asked, e.g. sex.", required=True),
        text_column("group", "What was answered, e.g. female, or: prefer not to say.", required=True),
    ),
    ("applicant", "characteristic"),
)


@dataclass(frozen=True, slots=True)
class MonitoringReading:
    """What came of reading the table. `answers` holds, by characteristic, each applicant's group.

    Characteristics that differ by capitals only are one, spelled as in the first row. With any fault there
    are no answers.
    """

    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    warnings: tuple[str, ...] = ()


def read_monitoring(path: Path, applicants: Collection[str]) -> MonitoringReading:
    """Read the table for the campaign with these applicants. Nothing raises: what is wrong is a fault."""
    faults: list[Fault] = []
    return _reading(_raw(path, faults), faults, applicants)


def monitoring_of_bytes(name: str, content: bytes, applicants: Collection[str]) -> MonitoringReading:
    """The same from the content of a file of that name, within what an upload may hold."""
    faults: list[Fault] = []
    try:
        raw = _raw_of_bytes(name, content, faults)
    except TooMuch as much:
        raw = None
        faults.append(Fault(name, None, None, much.found, much.wanted))
    return _reading(raw, faults, applicants)


def _reading(raw: RawTable | None, faults: list[Fault], applicants: Collection[str]) -> MonitoringReading:
    tables = CheckedTables()
    tables.faults += faults
    records = () if raw is None else checked_table(raw, SPEC, tables).records
    answers: dict[str, dict[str, str]] = {}
    spelling: dict[str, str] = {}
    for record in records:
        tables.faults += _faults_of(record, applicants, spelling, answers)
    if raw is not None and not records and not tables.faults:
        tables.faults.append(Fault(SHEET, None, None, "no rows", "a row for each answer"))
    if tables.faults:
        in_order = sorted(tables.faults, key=lambda fault: fault.row or 0)
        return MonitoringReading(faults=tuple(in_order), warnings=tuple(tables.warnings))
    return MonitoringReading(answers, (), tuple(tables.warnings))


def _faults_of(
    record: Record, applicants: Collection[str], spelling: dict[str, str], answers: dict[str, dict[str, str]]
) -> list[Fault]:
    """Files one row's answer, and says what is wrong with the row, naming its applicant, never the answer."""
    applicant, characteristic = record.text("applicant"), record.text("characteristic")
    faults = []
    if applicant and applicant not in applicants:
        faults.append(record.fault("applicant", shown(applicant), "an applicant of this campaign"))
    if applicant and characteristic:
        name = spelling.setdefault(characteristic.casefold(), characteristic)
        given = answers.setdefault(name, {})
        if applicant in given:
            found = f"{shown(applicant)} a second time for {shown(name)}"
            faults.append(record.fault(None, found, "one row for each applicant and characteristic"))
        given.setdefault(applicant, record.text("group"))
    return faults


def _raw(path: Path, faults: list[Fault]) -> RawTable | None:
    file = path / f"{SHEET}.csv" if path.is_dir() else path
    if file.suffix.lower() == ".csv" and file.exists():
        raw = read_csv_file(file, faults)
        return None if raw is None else RawTable(SHEET, raw.header, raw.rows)
    if file.suffix.lower() == ".xlsx" and file.is_file():
        return _sheet(file, faults)
    found = f"a file ending in {file.suffix or 'nothing'}" if file.exists() else "nothing there"
    faults.append(Fault(file.name, None, None, found, FILE_WANTED))
    return None


def _raw_of_bytes(name: str, content: bytes, faults: list[Fault]) -> RawTable | None:
    ending = PurePath(name).suffix.lower()
    if ending == ".csv":
        return csv_table_of_bytes(SHEET, content, faults, Allowance())
    if ending == ".xlsx":
        return _sheet_of_bytes(name, content, faults, Allowance())
    found = f"a file ending in {ending or 'nothing'}"
    faults.append(Fault(name, None, None, found, UPLOAD_WANTED))
    return None


def _sheet(file: Path, faults: list[Fault]) -> RawTable | None:
    content = _content_of(file, faults)
    return None if content is None else _sheet_of_bytes(file.name, content, faults)


def _sheet_of_bytes(
    name: str, content: bytes, faults: list[Fault], allowance: Allowance | None = None
) -> RawTable | None:
    """The sheet `monitoring` of a workbook that holds nothing of the campaign."""
    scanned = scan(name, content, allowance)
    found = [*scanned.faults]
    sheets = [name for name in scanned.sheets if plain_name(name) == SHEET]
    if not found and [plain_name(name) for name in scanned.sheets] != [SHEET]:
        told = ", ".join(scanned.sheets[:5]) or "none"
        found.append(
            Fault(name, None, None, f"the sheets {told}", "one sheet, monitoring, alone in its file")
        )
    faults += found
    return None if found else _read_sheet(name, content, sheets[0], faults)


def _read_sheet(file: str, content: bytes, name: str, faults: list[Fault]) -> RawTable | None:
    # A slow import that `stepup --help` must not pay for.
    import python_calamine

    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except BaseException as error:
        # The library is written in Rust: on a damaged file it may also panic, which is no `Exception`.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        faults.append(Fault(file, None, None, "a workbook that cannot be read", WORKBOOK_WANTED))
        return None
    rows = [RawRow(number, tuple(text_of(cell) for cell in row)) for number, row in enumerate(cells, start=1)]
    return raw_table(SHEET, rows, faults)


def _content_of(file: Path, faults: list[Fault]) -> bytes | None:
    if (size := file.stat().st_size) > FILE_BYTES_MAX:
        faults.append(Fault(file.name, None, None, f"{size:,} bytes", f"at most {FILE_BYTES_MAX:,} bytes"))
        return None
    return file.read_bytes()
