"""The settings of a campaign: each with its meaning, its default and what it is now.

A setting is a row of the table `settings`; what there are is declared in `api.imports.settings`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.errors import Fault
from api.imports.kinds import Column
from api.imports.raw import plain_name
from api.imports.settings import SETTINGS
from api.presenters.row_form import RowField, column_label, fault_sentence, field_of
from api.storage.repositories.campaigns import KeptRow, KeptTable


@dataclass(frozen=True, slots=True)
class SettingLine:
    """One setting. `value` is what it is now; `is_default` where that is because nothing else was said."""

    name: str
    label: str
    help: str
    value: str
    default: str
    is_default: bool
    errors: tuple[str, ...]
    seen: int

    @property
    def is_own(self) -> bool:
        """Whether the campaign says something else than the default."""
        return self.value != self.default


@dataclass(frozen=True, slots=True)
class OtherRow:
    """A row of the table that is no setting, or one given again."""

    row_id: int
    name: str
    value: str


def setting_lines(table: KeptTable | None, faults: Sequence[Fault]) -> tuple[SettingLine, ...]:
    """Every setting, in the order of the format."""
    rows = rows_by_setting(table)
    return tuple(_line(name, column, table, rows.get(name), faults) for name, column in SETTINGS.items())


def setting_line(name: str, table: KeptTable | None, faults: Sequence[Fault]) -> SettingLine:
    return _line(name, SETTINGS[name], table, rows_by_setting(table).get(name), faults)


def other_rows(table: KeptTable | None) -> tuple[OtherRow, ...]:
    """Rows that are not read: unknown names, and settings given a second time."""
    if table is None:
        return ()
    read = {row.row_id for row in rows_by_setting(table).values()}
    return tuple(
        OtherRow(row.row_id, row.cells[0], _value(table, row)) for row in table.rows if row.row_id not in read
    )


def setting_field(name: str, value: str, tables: Mapping[str, KeptTable], error: str = "") -> RowField:
    """The field in which a setting is changed."""
    return field_of(name, SETTINGS[name], value, tables, error)


def rows_by_setting(table: KeptTable | None) -> dict[str, KeptRow]:
    """The row of each setting that the table gives, the first where it gives it twice."""
    rows: dict[str, KeptRow] = {}
    if table is not None and "setting" in table.columns:
        place = table.columns.index("setting")
        for row in table.rows:
            if (name := plain_name(row.cells[place])) in SETTINGS:
                rows.setdefault(name, row)
    return rows


def _line(
    name: str, column: Column, table: KeptTable | None, row: KeptRow | None, faults: Sequence[Fault]
) -> SettingLine:
    given = _value(table, row) if table and row else ""
    return SettingLine(
        name=name,
        label=column_label(name),
        help=column.help,
        value=given or column.default,
        default=column.default,
        is_default=not given,
        errors=tuple(fault_sentence(f) for f in faults if f.table == "settings" and f.column == name),
        seen=row.since if row else 0,
    )


def _value(table: KeptTable, row: KeptRow) -> str:
    return row.cells[table.columns.index("value")] if "value" in table.columns else ""
