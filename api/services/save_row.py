"""Saving one row as a person typed it; where somebody else changed it meanwhile, what each of the two did.

The change itself is in `change_tables.py`. A `Conflict` holds both versions beside the one that both began
from, so that a person can keep either, or both where they touched different cells.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from api.campaign import Table
from api.errors import BadInput, Fault
from api.imports.cells import Unreadable, spelled
from api.imports.columns import TABLES
from api.imports.kinds import CHOICE_COLUMN
from api.imports.raw import plain_name, tidy
from api.imports.settings import SETTINGS
from api.services.change_tables import (
    EDIT,
    ChangedMeanwhile,
    RowChanged,
    add_row,
    change_row,
    put_tables,
    remove_row,
)
from api.services.doing import Doing
from api.storage.repositories.campaigns import KeptRow
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two people changed one row. `began` is what both saw, `theirs` how it stands (None where it is gone).

    `by` is the account that was first, at `at`. `now` is the change that made it so, 0 where the row is gone.
    """

    table: str
    row_id: int
    columns: tuple[str, ...]
    began: Cells
    theirs: Cells | None
    mine: Cells
    by: str
    at: datetime.datetime | None
    now: int

    @property
    def changed_by_them(self) -> tuple[str, ...]:
        return _different(self.columns, self.began, self.theirs or {})

    @property
    def changed_by_me(self) -> tuple[str, ...]:
        return _different(self.columns, self.began, self.mine)

    @property
    def both(self) -> Cells | None:
        """Their row with my changes in it, where no cell was changed by both in different ways."""
        if self.theirs is None:
            return None
        twice = set(self.changed_by_them) & set(self.changed_by_me)
        if any(self.theirs.get(column, "") != self.mine.get(column, "") for column in twice):
            return None
        return {**self.theirs, **{column: self.mine[column] for column in self.changed_by_me}}


def save_row(
    work: UnitOfWork,
    record: CampaignRecord,
    table: str,
    row_id: int,
    seen: int,
    cells: Cells,
    doing: Doing,
) -> RowChanged | Conflict:
    """Change a row shown as it stood after change `seen`. Raises `BadInput` for faults in the row itself.

    A row that was only moved, or got a column, in between is saved all the same, and one that was looked at
    but not changed stays as others left it: nobody's words are lost.
    """
    typed = {column: tidy(text) for column, text in cells.items()}
    try:
        return change_row(work, record, table, row_id, seen, typed, doing)
    except ChangedMeanwhile as meanwhile:
        conflict = conflict_of(work, record, table, row_id, seen, typed, meanwhile)
        if conflict.theirs is not None and not conflict.changed_by_me:
            return RowChanged(record.change, row_id, ())
        if conflict.theirs is None or conflict.changed_by_them:
            return conflict
        return change_row(work, record, table, row_id, conflict.now, typed, doing)


def take_row_away(
    work: UnitOfWork, record: CampaignRecord, table: str, row_id: int, seen: int, doing: Doing
) -> RowChanged | Conflict:
    """Take away a row that was shown as it stood after change `seen`."""
    try:
        return remove_row(work, record, table, row_id, seen, doing)
    except ChangedMeanwhile as meanwhile:
        return conflict_of(work, record, table, row_id, seen, {}, meanwhile)


def save_setting(
    work: UnitOfWork, record: CampaignRecord, name: str, seen: int, value: str, doing: Doing
) -> RowChanged | Conflict:
    """Give a setting this value; an empty one means its default. `seen` is 0 where it had no row.

    Raises `BadInput` for a value that it cannot have.
    """
    row = setting_row(work, record, name)
    typed = {"value": tidy(value)}
    if row is not None and seen:
        return save_row(work, record, "settings", row.row_id, seen, typed, doing)
    if row is not None:
        return conflict_of(
            work, record, "settings", row.row_id, 0, {"setting": name, **typed}, ChangedMeanwhile(row, "")
        )
    if typed["value"] in ("", SETTINGS[name].default):
        return RowChanged(record.change, 0, ())
    return add_row(work, record, "settings", {"setting": name, **typed}, doing)


def setting_row(work: UnitOfWork, record: CampaignRecord, name: str) -> KeptRow | None:
    """The row that gives a setting its value, None where it has its default."""
    kept = work.campaigns.tables(record).get("settings")
    if kept is None or "setting" not in kept.columns:
        return None
    place = kept.columns.index("setting")
    return next((row for row in kept.rows if plain_name(row.cells[place]) == name), None)


def add_column(work: UnitOfWork, record: CampaignRecord, table: str, column: str, doing: Doing) -> int:
    """A column of the format that the table does not have yet, empty in every row. Returns the change.

    Raises `BadInput` where the format has no such column, or the table has it.
    """
    kept = work.campaigns.tables(record)[table]
    wanted = columns_to_add(table, kept.columns)
    if column not in wanted:
        said = f"one of {', '.join(wanted)}" if wanted else "nothing: the table has every column"
        raise BadInput([Fault(table, 1, "column", f'"{column[:60]}"', said)])
    rows = tuple((*row.cells, "") for row in kept.rows)
    called = table.replace("_", " ")
    wider = Table(table, (*kept.columns, column), rows)
    return put_tables(work, record, {table: wider}, EDIT, f"Added the column {column} to {called}", doing)


def columns_to_add(table: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of the format that a table does not have; of choices only the next."""
    spec = TABLES[table]
    wanted = [column.name for column in spec.columns if column.name not in columns]
    if spec.open_ended is not None:
        numbers = [int(found[1]) for name in columns if (found := CHOICE_COLUMN.fullmatch(name))]
        if max(numbers, default=0) < 99:
            wanted.append(f"choice_{max(numbers, default=0) + 1}")
    return tuple(wanted)


def conflict_of(
    work: UnitOfWork,
    record: CampaignRecord,
    table: str,
    row_id: int,
    seen: int,
    typed: Cells,
    meanwhile: ChangedMeanwhile,
) -> Conflict:
    """What each of two people did to a row."""
    columns = work.campaigns.tables(record)[table].columns
    states = work.campaigns.history_of_row(record, row_id)
    headers = work.campaigns.headers_since(record, table)
    began = next((state for state in states if state.since == seen), None)
    now = meanwhile.now
    number = now.since if now else work.campaigns.row_ended_by(record, row_id)
    change = work.campaigns.change(record, number) if number else None
    began_cells = _by_column(began, headers)
    mine = {column: _spelled(table, column, text) for column, text in typed.items()}
    return Conflict(
        table=table,
        row_id=row_id,
        columns=columns,
        began=began_cells,
        theirs=_by_column(now, headers) if now else None,
        mine={**began_cells, **mine} if typed else began_cells,
        by=change.made_by if change else meanwhile.by,
        at=change.made_at if change else None,
        now=now.since if now else 0,
    )


def _by_column(row: KeptRow | None, headers: list[tuple[int, tuple[str, ...]]]) -> dict[str, str]:
    if row is None:
        return {}
    columns = [names for since, names in headers if since <= row.since][-1]
    return dict(zip(columns, row.cells, strict=True))


def _spelled(table: str, column: str, text: str) -> str:
    declared = TABLES[table].column(column)
    try:
        return spelled(declared, text) if declared else text
    except Unreadable:
        return text


def _different(columns: tuple[str, ...], one: Cells, other: Cells) -> tuple[str, ...]:
    return tuple(column for column in columns if one.get(column, "") != other.get(column, ""))
