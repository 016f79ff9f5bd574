"""A timetable read back from `timetable.csv`, with `rotations.csv` from beside it where there is one.

Only what makes no sense at all is a fault: a cell that cannot be read, a reference the campaign does not
have. A timetable that breaks rules is read like any other; finding that out is `scheduler.checks`'.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from api.campaign import Campaign
from api.errors import Fault, shown
from api.imports.csv_folder import csv_table, read_csv_file
from api.imports.outputs import OUTPUT_TABLES
from api.imports.raw import RawTable
from api.imports.tables import CheckedTables, Record, checked_table
from scheduler.timetable import Entry, Meeting, Role, Timetable, timetable_of

ROTATIONS_NOT_CHECKED = "there is no rotations.csv beside the timetable: rotations were not checked"


@dataclass(frozen=True, slots=True)
class TimetableReading:
    """What came of reading a timetable: it is there exactly when there are no faults.

    `rotations_given` tells a timetable without rotations from one whose rotations were not handed over.
    """

    timetable: Timetable | None
    faults: tuple[Fault, ...]
    warnings: tuple[str, ...]
    rotations_given: bool = True


def read_timetable(path: Path, campaign: Campaign) -> TimetableReading:
    """Read a timetable for this campaign; `path` is `timetable.csv` or the folder that holds it."""
    file = path / "timetable.csv" if path.is_dir() else path
    tables = CheckedTables()
    entries = _records(file, "timetable", tables)
    rotations = file.with_name("rotations.csv")
    given = rotations.exists()
    meetings = _records(rotations, "rotations", tables) if given else ()
    return _reading(campaign, tables, entries, meetings, given)


def timetable_of_texts(timetable_csv: str, rotations_csv: str, campaign: Campaign) -> TimetableReading:
    """The same from what the two files say."""
    tables = CheckedTables()
    texts = {"timetable": timetable_csv, "rotations": rotations_csv}
    entries, meetings = (
        _checked(csv_table(name, text, tables.faults), name, tables) for name, text in texts.items()
    )
    return _reading(campaign, tables, entries, meetings, given=True)


def known_references(campaign: Campaign) -> dict[str, frozenset[str]]:
    """What a timetable's columns may name. Two campaigns that know the same read a timetable alike."""
    problem = campaign.problem
    people = [
        *problem.applicant_by_reference,
        *problem.assessor_by_reference,
        *problem.group_by_reference,
        *problem.role_player_by_reference,
        *problem.interpreter_by_reference,
    ]
    return {
        "session": frozenset(problem.session_by_reference),
        "exercise": frozenset(problem.exercise_by_reference),
        "room": frozenset(problem.room_by_reference),
        "person": frozenset(people),
        "applicant": frozenset(problem.applicant_by_reference),
        "service_user": frozenset(member for g in problem.service_user_groups for member in g.members),
    }


def _reading(
    campaign: Campaign,
    tables: CheckedTables,
    entries: tuple[Record, ...],
    meetings: tuple[Record, ...],
    given: bool,
) -> TimetableReading:
    known = known_references(campaign)
    faults = [*tables.faults, *_undefined(entries, known), *_undefined(meetings, known)]
    if faults:
        return TimetableReading(None, tuple(faults), tuple(tables.warnings), given)
    timetable = timetable_of(map(_entry, entries), map(_meeting, meetings))
    wanted = not given and any(e.station_minutes for e in campaign.problem.exercises)
    warnings = (*tables.warnings, *([ROTATIONS_NOT_CHECKED] if wanted else []))
    return TimetableReading(timetable, (), warnings, given)


def _records(path: Path, name: str, tables: CheckedTables) -> tuple[Record, ...]:
    if path.suffix.lower() != ".csv":
        found = "a file that does not end in .csv" if path.exists() else "nothing there"
        tables.faults.append(Fault(path.name, None, None, found, "timetable.csv, or its folder"))
        return ()
    return _checked(read_csv_file(path, tables.faults), name, tables)


def _checked(raw: RawTable | None, name: str, tables: CheckedTables) -> tuple[Record, ...]:
    return () if raw is None else checked_table(raw, OUTPUT_TABLES[name], tables).records


def _undefined(records: tuple[Record, ...], known: dict[str, frozenset[str]]) -> Iterator[Fault]:
    for record in records:
        for column, references in known.items():
            used = record.cells.get(column, "")
            if used and used not in references:
                yield record.fault(column, shown(used), f"a {column.replace('_', ' ')} of this campaign")


def _entry(r: Record) -> Entry:
    return Entry(
        session=r.text("session"),
        start=r.minutes("start"),
        exercise=r.text("exercise"),
        sitting=r.text("sitting"),
        room=r.text("room"),
        role=Role(r.text("role")),
        person=r.text("person"),
        end=r.minutes("end"),
        panel=r.text("panel"),
    )


def _meeting(r: Record) -> Meeting:
    return Meeting(
        session=r.text("session"),
        sitting=r.text("sitting"),
        round=r.whole("round"),
        start=r.minutes("start"),
        end=r.minutes("end"),
        service_user=r.text("service_user"),
        applicant=r.text("applicant"),
    )
