"""Changing a campaign's tables: whole tables at once, one row, or taking a change back.

Every change has a number and an entry in the audit, in the same unit of work. Each function wants the
campaign held (`Campaigns.held`), so that two changes never meet half way.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from api.campaign import Table
from api.errors import BadInput, Fault
from api.imports.cells import Unreadable, spelled
from api.imports.columns import TABLES
from api.imports.kinds import TableSpec
from api.imports.read import Reading
from api.services.doing import Doing
from api.services.identify_campaign import tables_sha256
from api.services.open_campaign import (
    Opened,
    keep_when_committed,
    open_campaign,
    plain_tables,
    read_kept,
)
from api.services.stays_as_it_is import refuse_to_touch
from api.storage.repositories.campaigns import KeptRow, KeptTable
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork

IMPORT, EDIT, UNDO, WAY_OUT, PIN = "import", "edit", "undo", "way_out", "pin"
# What was done on the day and after it has ways of its own to be put right, never by taking a change back.
DAY, RATING, WASHUP, OFFERS, DESK = "day", "rating", "washup", "offers", "desk"
FINAL = frozenset({DAY, RATING, WASHUP, OFFERS, DESK})


class ChangedMeanwhile(Exception):
    """Somebody else changed the row after it was shown; `now` is how it stands, None where it is gone."""

    def __init__(self, now: KeptRow | None, by: str) -> None:
        super().__init__("the row was changed meanwhile")
        self.now = now
        self.by = by


@dataclass(frozen=True, slots=True)
class RowChanged:
    """What came of changing one row. `elsewhere` are faults that the change leaves in other places."""

    change: int
    row_id: int
    elsewhere: tuple[Fault, ...]


def put_tables(
    work: UnitOfWork,
    record: CampaignRecord,
    tables: Mapping[str, Table],
    kind: str,
    sentence: str,
    doing: Doing,
    facts: Mapping[str, object] | None = None,
) -> int:
    """Bring these whole tables into the campaign; the others stay. Returns the number of the change.

    Rows keep their identity where their key is the same. The tables must have been read and checked.
    """
    old = work.campaigns.tables(record)
    new: dict[str, KeptTable | None] = {n: _matched(table, old.get(n)) for n, table in tables.items()}
    return _put(work, record, old, new, kind, sentence, doing, facts)


def undo_change(work: UnitOfWork, record: CampaignRecord, doing: Doing) -> int:
    """Bring every table back to how it stood before the latest change, as a change of its own.

    Raises `BadInput` where there is nothing to take back, or where it was done on the day or after it.
    """
    if record.change == 0:
        raise BadInput([Fault("campaign", None, None, "no change", "a change to take back")])
    taken_back = work.campaigns.change(record, record.change)
    if taken_back and taken_back.kind in FINAL:
        found = f"the latest change: {taken_back.sentence}"
        wanted = "a change of the tables; what is done on the day and after it is put right on its own page"
        raise BadInput([Fault("campaign", None, None, found, wanted)])
    old = work.campaigns.tables(record)
    before = work.campaigns.tables(record, record.change - 1)
    new: dict[str, KeptTable | None] = {name: before.get(name) for name in {*old, *before}}
    said = f"Took back: {taken_back.sentence}" if taken_back else "Took the latest change back"
    return _put(work, record, old, new, UNDO, said, doing, {"taken_back": record.change})


def change_row(
    work: UnitOfWork,
    record: CampaignRecord,
    table: str,
    row_id: int,
    seen: int,
    cells: Mapping[str, str],
    doing: Doing,
    kind: str = EDIT,
) -> RowChanged:
    """Change one row that was shown as it stood after change `seen`.

    Raises `ChangedMeanwhile` where it is no longer so, `BadInput` for faults in the row itself; faults that
    it leaves elsewhere are told, and keep the campaign from being solved until they are mended. A column
    that the table does not have yet, and the format knows, is added to it.
    """
    opened = open_campaign(work, record)
    before = opened.tables[table]
    found = before.row(row_id)
    if found is None or found.since != seen:
        raise ChangedMeanwhile(found, _last_changed_by(work, record, found, seen))
    kept = _with_columns(before, [cells])
    cells, row = _without_empty(kept, cells), kept.row(row_id)
    assert row is not None
    wanted = _spelled(kept, cells, kept.rows.index(row) + 2, row)
    if wanted == row.cells:
        return RowChanged(record.change, row_id, ())
    changed_row = replace(row, cells=wanted, since=record.change + 1)
    after = replace(kept, rows=tuple(changed_row if r is row else r for r in kept.rows))
    refuse_to_touch(work, record, kept, after, kind in FINAL)
    reading = _checked(opened, after, [kept.rows.index(row) + 2])
    work.campaigns.begin_change(record)
    if before.columns != kept.columns:
        work.campaigns.put_tables(record, {table: before}, {table: after})
        after = work.campaigns.tables(record)[table]
    else:
        work.campaigns.change_row(record, table, row, wanted)
    changed = [c for c, old, new in zip(kept.columns, row.cells, wanted, strict=True) if old != new]
    said = f"Changed {_called(table, wanted)}: {', '.join(changed)}"
    done = _RowsDone(opened, after, reading, (row_id,), said, "row changed", kind, tuple(changed))
    return _rows_done(work, record, done, doing)


def add_row(
    work: UnitOfWork,
    record: CampaignRecord,
    table: str,
    cells: Mapping[str, str],
    doing: Doing,
    kind: str = EDIT,
) -> RowChanged:
    """A new row below the others. Raises `BadInput` for faults in it."""
    return add_rows(work, record, table, [cells], doing, kind)


def add_rows(
    work: UnitOfWork,
    record: CampaignRecord,
    table: str,
    rows: Sequence[Mapping[str, str]],
    doing: Doing,
    kind: str = EDIT,
    sentence: str = "",
) -> RowChanged:
    """New rows below the others, in one change. Raises `BadInput` for faults in them.

    A column that the table does not have yet, and the format knows, is added to it.
    """
    opened = open_campaign(work, record)
    before = opened.tables.get(table)
    kept = _with_columns(before or KeptTable(table, new_columns(TABLES[table]), ()), rows)
    first = len(kept.rows) + 2
    wanted = [_spelled(kept, cells, number, None) for number, cells in enumerate(rows, start=first)]
    fresh = tuple(KeptRow(0, 0, cells, 0) for cells in wanted)
    refuse_to_touch(work, record, before, replace(kept, rows=(*kept.rows, *fresh)), kind in FINAL)
    reading = _checked(opened, replace(kept, rows=(*kept.rows, *fresh)), range(first, first + len(wanted)))
    work.campaigns.begin_change(record)
    if before is None or before.columns != kept.columns:
        work.campaigns.put_tables(record, {table: before} if before else {}, {table: kept})
    added = tuple(work.campaigns.add_row(record, table, cells) for cells in wanted)
    said = sentence or (
        f"Added {_called(table, wanted[0])}"
        if len(wanted) == 1
        else f"Added {len(wanted)} rows of {table.replace('_', ' ')}"
    )
    after = replace(kept, rows=(*kept.rows, *added))
    if before is not None and before.columns != kept.columns:
        after = work.campaigns.tables(record)[table]  # With a new column every row is a new one.
    row_ids = tuple(row.row_id for row in added)
    done = _RowsDone(opened, after, reading, row_ids, said, "row added", kind)
    return _rows_done(work, record, done, doing)


def remove_row(
    work: UnitOfWork,
    record: CampaignRecord,
    table: str,
    row_id: int,
    seen: int,
    doing: Doing,
    kind: str = EDIT,
) -> RowChanged:
    """Take one row away that was shown as it stood after change `seen`. Raises `ChangedMeanwhile`."""
    opened = open_campaign(work, record)
    kept = opened.tables[table]
    row = kept.row(row_id)
    if row is None or row.since != seen:
        raise ChangedMeanwhile(row, _last_changed_by(work, record, row, seen))
    after = replace(kept, rows=tuple(r for r in kept.rows if r is not row))
    refuse_to_touch(work, record, kept, after, kind in FINAL)
    reading = _read_with(opened, after)
    work.campaigns.begin_change(record)
    work.campaigns.end_rows(record, [row_id])
    said = f"Removed {_called(table, row.cells)}"
    done = _RowsDone(opened, after, reading, (row_id,), said, "row removed", kind)
    return _rows_done(work, record, done, doing)


def _put(
    work: UnitOfWork,
    record: CampaignRecord,
    old: Mapping[str, KeptTable],
    new: Mapping[str, KeptTable | None],
    kind: str,
    sentence: str,
    doing: Doing,
    facts: Mapping[str, object] | None,
) -> int:
    for name, table in new.items():
        refuse_to_touch(work, record, old.get(name), table, kind in FINAL)
    work.campaigns.begin_change(record)
    work.campaigns.put_tables(record, old, new)
    _end(work, record, work.campaigns.tables(record), kind, sentence, doing)
    rows = {name: len(table.rows) if table else 0 for name, table in sorted(new.items())}
    told = {"change": record.change, "rows": rows, **(facts or {})}
    work.audit.record(record.id, doing.at, doing.by, f"tables {kind}", f"change {record.change}", told)
    return record.change


@dataclass(frozen=True, slots=True)
class _RowsDone:
    """What a change of rows came to: the campaign before, the table after, both read, and how it is told."""

    opened: Opened
    after: KeptTable
    reading: Reading
    row_ids: tuple[int, ...]
    sentence: str
    act: str
    kind: str
    columns: tuple[str, ...] = ()


def _rows_done(work: UnitOfWork, record: CampaignRecord, done: _RowsDone, doing: Doing) -> RowChanged:
    table, row_id = done.after.name, done.row_ids[-1]
    tables = {**done.opened.tables, table: done.after}
    _end(work, record, tables, done.kind, done.sentence, doing)
    facts: dict[str, object] = {"change": record.change, "row": row_id, "columns": list(done.columns)}
    if len(done.row_ids) > 1:
        facts["rows"] = len(done.row_ids)
    work.audit.record(record.id, doing.at, doing.by, done.act, table, facts)
    # Everybody's next page wants the tables as they stand now; they have just been read.
    keep_when_committed(work, record, tables, done.reading)
    return RowChanged(record.change, row_id, _new_faults(done.opened, done.reading))


def _end(
    work: UnitOfWork,
    record: CampaignRecord,
    tables: Mapping[str, KeptTable],
    kind: str,
    sentence: str,
    doing: Doing,
) -> None:
    now = plain_tables(tables)
    if settings := now.get("settings"):
        named = {row[0]: row[1] for row in settings.rows if len(row) > 1}
        record.name = named.get("campaign_name") or record.name
    work.campaigns.end_change(record, kind, sentence, doing.by, doing.at, tables_sha256(now.values()))


def _matched(table: Table, old: KeptTable | None) -> KeptTable:
    """The table with the identity of rows whose key was there before."""
    spec = TABLES[table.name]
    known = {} if old is None else {_key(spec, old.columns, row.cells): row for row in old.rows}
    rows: list[KeptRow] = []
    for position, cells in enumerate(table.rows, start=1):
        before = known.pop(_key(spec, table.columns, cells), None)
        rows.append(KeptRow(before.row_id if before else 0, position, cells, 0))
    return KeptTable(table.name, table.columns, tuple(rows))


def _key(spec: TableSpec, columns: tuple[str, ...], cells: tuple[str, ...]) -> tuple[str, ...]:
    by_column = dict(zip(columns, cells, strict=True))
    return tuple(by_column.get(column, "") for column in spec.key)


def new_columns(spec: TableSpec) -> tuple[str, ...]:
    """The columns of a table that is not there yet; three choices where there may be any number."""
    open_ended = ("choice_1", "choice_2", "choice_3") if spec.open_ended else ()
    names = tuple(column.name for column in spec.columns)
    return (*names, *open_ended)


def _spelled(kept: KeptTable, cells: Mapping[str, str], number: int, row: KeptRow | None) -> tuple[str, ...]:
    """The row's cells as the format spells them; columns not named stay. Raises `BadInput`."""
    spec = TABLES[kept.name]
    faults = [
        Fault(
            kept.name,
            number,
            column,
            "a column that this table does not have",
            f"one of {', '.join(kept.columns)}",
        )
        for column in cells
        if column not in kept.columns
    ]
    wanted: list[str] = []
    for place, name in enumerate(kept.columns):
        was = row.cells[place] if row else ""
        column = spec.column(name)
        assert column is not None
        try:
            wanted.append(spelled(column, cells[name].strip()) if name in cells else was)
        except Unreadable as problem:
            faults.append(Fault(kept.name, number, name, problem.found, problem.wanted))
            wanted.append("")
    if faults:
        raise BadInput(faults)
    return tuple(wanted)


def _checked(opened: Opened, table: KeptTable, numbers: Collection[int]) -> Reading:
    """The campaign with the changed table, read. Raises `BadInput` for new faults of the rows themselves."""
    reading = _read_with(opened, table)
    new = _new_faults(opened, reading)
    if own := [fault for fault in new if fault.table == table.name and fault.row in numbers]:
        raise BadInput(own)
    return reading


def _with_columns(kept: KeptTable, rows: Sequence[Mapping[str, str]]) -> KeptTable:
    """The table with every column that these rows have something for and the format knows."""
    spec = TABLES[kept.name]
    wanted = {name for cells in rows for name, text in cells.items() if text.strip()}
    fresh = tuple(c.name for c in spec.columns if c.name in wanted and c.name not in kept.columns)
    if not fresh:
        return kept
    longer = tuple(replace(row, cells=(*row.cells, *("" for _ in fresh))) for row in kept.rows)
    return replace(kept, columns=(*kept.columns, *fresh), rows=longer)


def _without_empty(kept: KeptTable, cells: Mapping[str, str]) -> Mapping[str, str]:
    """Without what is empty in columns that the format knows and the table does not have."""
    known = {column.name for column in TABLES[kept.name].columns} - set(kept.columns)
    return {name: text for name, text in cells.items() if text.strip() or name not in known}


def _read_with(opened: Opened, table: KeptTable) -> Reading:
    return read_kept({**opened.tables, table.name: table})


def _new_faults(opened: Opened, reading: Reading) -> tuple[Fault, ...]:
    known = set(opened.faults)
    return tuple(fault for fault in reading.faults if fault not in known)


def _called(table: str, cells: tuple[str, ...]) -> str:
    """A row in a sentence: its table and reference, never a name."""
    what = table.replace("_", " ")
    return f"{what} {cells[0]}" if cells and cells[0] else f"a row of {what}"


def _last_changed_by(work: UnitOfWork, record: CampaignRecord, row: KeptRow | None, seen: int) -> str:
    number = (
        row.since if row else next((c.number for c in work.campaigns.changes(record) if c.number > seen), 0)
    )
    change = work.campaigns.change(record, number)
    return change.made_by if change else ""
