"""Put a campaign's tables where somebody asked for them, and never over anything else.

A name ending in `.xlsx` is a workbook, every other name a folder of CSV files. Used by the use cases that
write campaigns: `convert_campaign.py`, `write_sample.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from api.campaign import Table
from api.errors import BadInput, Fault
from api.exports.tables import write_folder, write_workbook
from api.imports.columns import TABLES
from api.imports.raw import plain_name
from api.imports.read import OTHER_SPREADSHEETS, raw_tables

WORKBOOK_ENDING = ".xlsx"


def place_campaign(tables: Iterable[Table], out: Path) -> None:
    """Write the tables to `out`. What is there may be replaced only if it is a campaign of the same tables.

    Raises `BadInput` where `out` holds something else, `OSError` where it cannot be written.
    """
    place_campaigns({out: tables})


def place_campaigns(tables_by_out: Mapping[Path, Iterable[Table]]) -> None:
    """Write several campaigns, each to its place, once nothing is in the way of any of them.

    Raises `BadInput` where any place holds something else, `OSError` where it cannot be written.
    """
    kept = {out: tuple(tables) for out, tables in tables_by_out.items()}
    faults = [f for out, tables in kept.items() for f in _in_the_way(out, {table.name for table in tables})]
    if faults:
        raise BadInput(faults)
    for out, tables in kept.items():
        _write(tables, out)


def _write(kept: tuple[Table, ...], out: Path) -> None:
    if out.suffix.lower() == WORKBOOK_ENDING:
        write_workbook(kept, out)
    else:
        write_folder(kept, out)


def _in_the_way(out: Path, names: set[str]) -> list[Fault]:
    """What at `out` must not be written over, or would be read as part of the new campaign."""
    wanted = "a new name, or a campaign of the same tables"
    if out.suffix.lower() in (*OTHER_SPREADSHEETS, ".csv"):
        return [
            Fault(
                out.name, None, None, f"a name ending in {out.suffix}", "a folder, or a name ending in .xlsx"
            )
        ]
    if not out.exists():
        return []
    if out.is_file() and out.suffix.lower() != WORKBOOK_ENDING:
        return [Fault(out.name, None, None, "a file of that name", "a folder, or a name ending in .xlsx")]
    if out.is_dir() and (out.suffix.lower() == WORKBOOK_ENDING or not any(out.iterdir())):
        found = [Fault(out.name, None, None, "a folder of that name", "a workbook's name")]
        return found if out.suffix.lower() == WORKBOOK_ENDING else []
    there = {plain_name(table.name) for table in raw_tables(out).tables}
    if "settings" not in there:
        return [Fault(out.name, None, None, "something that is no campaign", wanted)]
    if out.is_dir() and (more := sorted(there & set(TABLES) - names)):
        return [Fault(out.name, None, None, f"a campaign with other tables: {', '.join(more)}", wanted)]
    return []
