"""From a campaign to its timetable: the solver, and the three files that record its run."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from api.campaign import Campaign, Table
from api.exports.tables import csv_text, write_files
from api.services.identify_campaign import timetable_input_sha256, versions
from scheduler.params import Params, Stop
from scheduler.result import Result, Watcher
from scheduler.serialise import rotation_rows, run_record, timetable_rows
from scheduler.timetable import Timetable

REPAIR_FILES = ("repair.json", "changes.csv")


def schedule_campaign(
    campaign: Campaign, params: Params, watch: Watcher | None = None, stop: Stop | None = None
) -> Result:
    """The best timetable found within the time, verified by the checks. Writes nothing.

    Once asked to `stop`, the best so far is what is returned.
    """
    # OR-Tools is slow to load, and only this use case needs it.
    from scheduler.solver.schedule import schedule

    return schedule(campaign.problem, params, watch, stop)


def make_ready(out: Path) -> None:
    """Make the folder and try it, so that nobody waits for the solver in vain. Raises `OSError`."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=out):
        pass


def write_schedule(campaign: Campaign, result: Result, out: Path) -> None:
    """Write `timetable.csv`, `rotations.csv` and `run.json` to `out`. Raises `OSError`."""
    write_files(schedule_files(campaign, result), out)
    forget_repairs(out)


def forget_repairs(out: Path) -> None:
    """A new timetable is nobody's repair: what recorded one of an older timetable here goes."""
    for name in REPAIR_FILES:
        (out / name).unlink(missing_ok=True)


def schedule_files(campaign: Campaign, result: Result) -> dict[str, bytes]:
    """The three files by name; an empty `rotations.csv` too, so that none from an earlier run stays."""
    files = {f"{table.name}.csv": csv_text(table).encode() for table in timetable_tables(result.timetable)}
    record = run_record(result, timetable_input_sha256(campaign), versions())
    return files | {"run.json": json_bytes(record)}


def timetable_tables(timetable: Timetable) -> tuple[Table, Table]:
    """The timetable and its rotations as tables."""
    columns, rows = timetable_rows(timetable)
    rotation_columns, rotations = rotation_rows(timetable)
    return Table("timetable", columns, tuple(rows)), Table("rotations", rotation_columns, tuple(rotations))


def json_bytes(record: object) -> bytes:
    """A record as the content of a JSON file that people can read."""
    return (json.dumps(record, indent=2, ensure_ascii=False) + "\n").encode()
