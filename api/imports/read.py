"""The door to a campaign: a folder of CSV files, an .xlsx workbook or tables kept elsewhere, read, checked.

Either everything is sound and there is a `Campaign`, or there are faults and there is none; warnings may
come with both. The steps are in `csv_folder.py`/`workbook.py` (what lies there) or `upload.py` (what somebody
sent), `tables.py` (cells), `checks/` (between cells) and `assemble.py` (what it means).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from api.campaign import Campaign, Table
from api.errors import Fault
from api.imports.assemble import assembled
from api.imports.checks.catalogue import every_fault
from api.imports.checks.draft import Draft
from api.imports.columns import TABLES
from api.imports.csv_folder import read_csv_folder
from api.imports.raw import RawRow, RawTables, plain_name, raw_table, tidy
from api.imports.settings_table import ReadSettings, read_settings
from api.imports.tables import CheckedTables, checked_tables
from api.imports.workbook import read_workbook
from scheduler.people import Applicant

OTHER_SPREADSHEETS = (".xls", ".xlsm", ".xlsb", ".ods", ".numbers")
CAMPAIGN_WANTED = "a folder of CSV files, or an .xlsx workbook"


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a campaign: it is there exactly when there are no faults.

    `tables` are the format's tables as far as they could be read, there with faults too: in each, an
    unreadable cell is empty and named in its record's `unread`.
    """

    campaign: Campaign | None
    faults: tuple[Fault, ...]
    warnings: tuple[str, ...]
    tables: CheckedTables = field(default_factory=CheckedTables, compare=False, repr=False)


def read_campaign(path: Path, *, applicants_wanted: bool = True) -> Reading:
    """Read and check a campaign. Nothing raises: whatever is wrong with the input is a fault.

    Faults come in the order of the format's tables, then by row. Without `applicants_wanted` a campaign may
    be read before anybody has applied: the applicants' table may be empty, or not there.
    """
    return read_tables(raw_tables(path), applicants_wanted=applicants_wanted)


def read_tables(raw: RawTables, *, applicants_wanted: bool = True) -> Reading:
    """The same for tables that lie anywhere: uploaded, or kept in a database."""
    if raw.faults and not raw.tables:
        return Reading(None, in_order(raw.faults), tuple(raw.warnings))
    tables = checked_tables(raw.tables, TABLES)
    settings = read_settings(tables)
    damaged = {plain_name(fault.table) for fault in raw.faults}
    missing = {name for name, spec in TABLES.items() if spec.required and name not in tables.by_name}
    if not applicants_wanted:
        missing.discard("applicants")
    tables.unread = frozenset(damaged | missing)
    between = [f for f in every_fault(Draft(tables, settings, applicants_wanted)) if f.table not in damaged]
    faults = in_order([*raw.faults, *tables.faults, *between])
    if faults:
        return Reading(None, faults, (*raw.warnings, *tables.warnings), tables)
    campaign = assembled(tables, settings)
    warnings = (*raw.warnings, *tables.warnings, *_remarks(tables, settings, campaign))
    return Reading(campaign, (), warnings, tables)


def raw_tables(path: Path) -> RawTables:
    """The tables as they lie at `path`, whichever form they come in."""
    try:
        is_folder, is_file = path.is_dir(), path.is_file()
    except (OSError, ValueError):
        is_folder, is_file = False, False
    if is_folder:
        return read_csv_folder(path)
    if is_file and path.suffix.lower() == ".xlsx":
        return read_workbook(path)
    found = "nothing there" if not is_file else f"a file ending in {path.suffix or 'nothing'}"
    if path.suffix.lower() in OTHER_SPREADSHEETS and is_file:
        found = f"a spreadsheet in another form ({path.suffix})"
    return RawTables(faults=[Fault(path.name or str(path), None, None, found, CAMPAIGN_WANTED)])


def raw_tables_of(tables: Mapping[str, Table]) -> RawTables:
    """Tables kept elsewhere as if they lay in files: the header is row 1, the first row row 2.

    The caps on a table and on a cell hold here as for a file; what passes them is a fault.
    """
    raw = RawTables()
    for table in tables.values():
        rows = [RawRow(n, tuple(tidy(cell) for cell in row)) for n, row in enumerate(table.rows, start=2)]
        found = raw_table(table.name, [RawRow(1, table.columns), *rows], raw.faults)
        if found is not None:
            raw.tables.append(found)
    return raw


def in_order(faults: list[Fault]) -> tuple[Fault, ...]:
    """Without repeats; by table as the format lists them, then by row, then as found."""
    places = {name: place for place, name in enumerate(TABLES)}
    unique = dict.fromkeys(faults)
    return tuple(sorted(unique, key=lambda f: (places.get(plain_name(f.table), -1), f.row or 0)))


def _remarks(tables: CheckedTables, settings: ReadSettings, campaign: Campaign) -> list[str]:
    """What is allowed but worth knowing."""
    remarks = []
    if without := [a.reference for a in campaign.problem.applicants if not a.choices]:
        remarks.append(f"applicants without a choice, who can be offered nothing: {_listed(without)}")
    if tables.records("responses") and not tables.records("offer_events"):
        remarks.append("responses wait until the release of the offers is in the table offer_events")
    rated = any(r.yes("rated") for r in tables.records("exercises"))
    if rated and settings.parts("tie_break")[-1] == "lot" and not settings.text("lot_seed"):
        remarks.append("lot_seed is empty: a tie that comes to the lot cannot be drawn until it is set")
    remarks += _rated_but_absent(campaign)
    remarks += _interpreters(campaign.problem.applicants, len(campaign.problem.interpreters))
    return remarks


def _rated_but_absent(campaign: Campaign) -> list[str]:
    """Whoever has ratings but did not come is left out of the order of merit: that must not go unseen."""
    if campaign.attendance is None:
        return []
    came = {applicant for applicant, status in campaign.attendance.items() if status.came}
    rated = dict.fromkeys(rating.applicant for rating in campaign.ratings)
    absent = [applicant for applicant in rated if applicant not in came]
    return (
        [f"rated but not attended, and so left out of the order of merit: {_listed(absent)}"]
        if absent
        else []
    )


def _interpreters(applicants: tuple[Applicant, ...], interpreters: int) -> list[str]:
    asking = [a.reference for a in applicants if a.adjustment.interpreter]
    if not asking or interpreters >= 2:
        return []
    return [f"two interpreters are needed but there are {interpreters}: {_listed(asking)} cannot be placed"]


def _listed(references: list[str]) -> str:
    more = len(references) - 5
    return ", ".join(references[:5]) + (f" and {more} more" if more > 0 else "")
