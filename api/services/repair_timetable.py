"""A timetable repaired on the day, and the files that record it.

Which timetable is nearest is decided by `scheduler.solver.repair`; names are joined on here.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from api.campaign import Campaign, Table
from api.errors import BadInput, Fault
from api.exports.tables import csv_text, write_files
from api.imports.disruption import Told, disruption_of
from api.imports.repair_record import REPAIR_JSON, repairs_record
from api.services.identify_campaign import timetable_input_sha256, versions
from api.services.schedule_campaign import json_bytes, timetable_tables
from api.services.verify_timetable import Verified, verify_timetable
from scheduler.changes import Change
from scheduler.disruption import InForce, in_force
from scheduler.grid import clock
from scheduler.params import Params, Stop
from scheduler.serialise import run_record
from scheduler.solver.repair.outcome import Repaired
from scheduler.timetable import Entry

KEPT_APART = "excluded_pair_never_meets"
CHANGE_COLUMNS = ("person", "name", "session", "exercise", "what", "old", "new", "tell")


def repair_timetable(
    campaign: Campaign, path: Path, told: Told, params: Params, stop: Stop | None = None
) -> Repaired:
    """The repaired timetable; once asked to `stop`, the nearest found so far. Writes nothing.

    Raises `BadInput`, also for a timetable that breaks rules: but for people who were put together before
    an interest was declared that keeps them apart, which the repair then sees to.
    """
    # OR-Tools is slow to load, and only some use cases need it.
    from scheduler.solver.repair.door import repair

    verified = verify_timetable(campaign, path)
    together = any(breach.rule == KEPT_APART for breach in verified.breaches)
    disruption = disruption_of(told, campaign, verified.timetable, verified.repairs, is_needed=together)
    faults = list(_unfit(path, campaign, verified))
    if faults:
        raise BadInput(faults, verified.warnings)
    return repair(campaign.problem, verified.timetable, disruption, verified.repairs, params, stop)


def write_repair(campaign: Campaign, repaired: Repaired, out: Path) -> None:
    """Write the timetable, its rotations, `run.json`, `changes.csv` and `repair.json`. Raises `OSError`."""
    tables = (*timetable_tables(repaired.result.timetable), changes_table(campaign, repaired))
    files = {f"{table.name}.csv": csv_text(table).encode() for table in tables}
    repairs = repairs_record(repaired.repairs)
    record = run_record(repaired.result, timetable_input_sha256(campaign), versions())
    files["run.json"] = json_bytes(record | {"repair": repairs[-1]})
    files[REPAIR_JSON] = json_bytes(
        {
            "repairs": repairs,
            "people_changed": list(repaired.people_changed),
            "minutes_of_change": repaired.minutes_of_change,
        }
    )
    write_files(files, out)


def changes_table(campaign: Campaign, repaired: Repaired) -> Table:
    """`changes.csv`: a row for each thing that changes for somebody; the absent need not be told."""
    force = in_force(repaired.repairs)
    rows = tuple(row for change in repaired.changes for row in _rows(campaign, force, change))
    return Table("changes", CHANGE_COLUMNS, rows)


def _unfit(path: Path, campaign: Campaign, verified: Verified) -> Iterator[Fault]:
    if number := sum(breach.rule != KEPT_APART for breach in verified.breaches):
        found = f"{number} {'breach' if number == 1 else 'breaches'} of the rules (see `stepup verify`)"
        yield Fault(path.name, None, None, found, "a timetable that keeps every rule")
    if not verified.rotations_given and any(e.station_minutes for e in campaign.problem.exercises):
        yield Fault("rotations.csv", None, None, "nothing there", "the rotations beside the timetable")


def _rows(campaign: Campaign, force: InForce, change: Change) -> Iterator[tuple[str, ...]]:
    row, who = change.row, change.person
    tell = "" if force.is_absent(campaign.problem, who) else _whom_to_tell(campaign, force, who)
    for what, old, new in _facts(change):
        yield (who, campaign.person_name(who), row.session, row.exercise, what, old, new, tell)


def _facts(change: Change) -> Iterator[tuple[str, str, str]]:
    old, new = change.old, change.new
    if old is None or new is None:
        what = "new" if old is None else "no longer"
        yield what, "" if old is None else _whole(old), "" if new is None else _whole(new)
        return
    if old.session != new.session:
        yield "session", f"{old.session} {_whole(old)}", f"{new.session} {_whole(new)}"
        return
    if old.window != new.window:
        yield "time", _time(old), _time(new)
    if old.room != new.room:
        yield "room", old.room, new.room
    if old.panel != new.panel and change.role.value in ("applicant", "assessor"):
        yield "panel", old.panel, new.panel


def _whole(row: Entry) -> str:
    panel = f", panel {row.panel}" if row.panel else ""
    return f"{_time(row)}, room {row.room}{panel}"


def _time(row: Entry) -> str:
    return f"{clock(row.start)}-{clock(row.end)}"


def _whom_to_tell(campaign: Campaign, force: InForce, person: str) -> str:
    """The person; of a service-user group, its members who are there."""
    group = campaign.problem.group_by_reference.get(person)
    people = (person,) if group is None else force.present_members(group)
    return "; ".join(campaign.person_name(one) for one in people)
