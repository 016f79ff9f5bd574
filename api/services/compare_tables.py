"""What would change if these tables took the place of those: what is shown before an import is applied.

Rows are told apart by their table's key (`api.imports.kinds`), and cells by what they mean: an empty cell is
its default, the order of columns means nothing, and a table without a row is no table. How two timetables
differ is `scheduler.changes`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from api.campaign import Table
from api.exports.packs.wording import counted, listed
from api.imports.columns import TABLES
from api.imports.kinds import Column, TableSpec
from api.imports.raw import plain_name
from api.imports.settings import SETTINGS

# Where the table's name in the singular is not what one row of it is called.
ROWS_IN_WORDS: Mapping[str, tuple[str, str]] = {
    "criteria": ("criterion", "criteria"),
    "matrix": ("weight", "weights"),
    "service_user_groups": ("service-user group", "service-user groups"),
    "service_users": ("service user", "service users"),
    "role_players": ("role player", "role players"),
    "travel": ("journey", "journeys"),
    "availability": ("row of availability", "rows of availability"),
    "interests": ("declared interest", "declared interests"),
    "attendance": ("row of attendance", "rows of attendance"),
    "agreed": ("agreed rating", "agreed ratings"),
    "council_lists": ("place on a council's list", "places on councils' lists"),
    "flags": ("red flag", "red flags"),
    "frozen_rules": ("version of frozen rules", "versions of frozen rules"),
    "offer_events": ("act about offers", "acts about offers"),
}


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell of a row that stays: what it says and what it would say; an empty one means its default."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that stays, by its key, with its row number in the new table (the header is row 1).

    A setting that is left out has row 0: it stays with its default.
    """

    key: tuple[str, ...]
    row: int
    cells: tuple[CellChange, ...]


@dataclass(frozen=True, slots=True)
class TableChange:
    """All that would change in one table. `added` and `gone` hold the keys of rows, in their tables' order.

    `is_new` and `is_gone` are about the whole table; `reordered` says that the rows which stay would stand in
    another order.
    """

    table: str
    sentence: str
    added: tuple[tuple[str, ...], ...] = ()
    changed: tuple[RowChange, ...] = ()
    gone: tuple[tuple[str, ...], ...] = ()
    columns_added: tuple[str, ...] = ()
    columns_gone: tuple[str, ...] = ()
    reordered: bool = False
    is_new: bool = False
    is_gone: bool = False


def compare_tables(old: Mapping[str, Table], new: Mapping[str, Table]) -> tuple[TableChange, ...]:
    """Every table that would change, in the format's order. Tables that mean the same give nothing."""
    changes = (_compared(spec, _filled(old, name), _filled(new, name)) for name, spec in TABLES.items())
    return tuple(change for change in changes if change is not None)


@dataclass(frozen=True, slots=True)
class _Rows:
    """A table's rows by key, each cell as written, and the columns in which anything is said."""

    by_key: Mapping[tuple[str, ...], Mapping[str, str]]
    number_by_key: Mapping[tuple[str, ...], int]
    columns: frozenset[str]


def _filled(tables: Mapping[str, Table], name: str) -> Table | None:
    return tables[name] if name in tables and tables[name].rows else None


def _compared(spec: TableSpec, old: Table | None, new: Table | None) -> TableChange | None:
    if old is None and new is None:
        return None
    before, after = _rows(spec, old), _rows(spec, new)
    added = tuple(key for key, row in after.number_by_key.items() if row and key not in before.by_key)
    gone = tuple(key for key, row in before.number_by_key.items() if row and key not in after.by_key)
    changed = tuple(_changed_rows(spec, before, after))
    stay_before = [key for key in before.by_key if key in after.by_key]
    stay_after = [key for key in after.by_key if key in before.by_key]
    reordered = stay_before != stay_after and spec.name != "settings"
    if not (added or gone or changed or reordered or old is None or new is None):
        return None
    is_new, is_gone = old is None, new is None
    columns_added = () if is_new else _in_order(new, after.columns - before.columns)
    columns_gone = () if is_gone else _in_order(old, before.columns - after.columns)
    sentence = _sentence(spec.name, len(added), len(changed), len(gone), reordered, is_new, is_gone)
    if extra := _about_columns(columns_added, columns_gone):
        sentence = f"{sentence} {extra}"
    return TableChange(
        spec.name, sentence, added, changed, gone, columns_added, columns_gone, reordered, is_new, is_gone
    )


def _rows(spec: TableSpec, table: Table | None) -> _Rows:
    by_key: dict[tuple[str, ...], Mapping[str, str]] = {}
    number_by_key: dict[tuple[str, ...], int] = {}
    said: set[str] = set()
    times: Counter[tuple[str, ...]] = Counter()
    for number, row in enumerate(table.rows if table is not None else (), start=2):
        cells = dict(zip(table.columns, row, strict=False)) if table is not None else {}
        key = _key(spec, cells)
        times[key] += 1
        if times[key] > 1:
            # A key given twice is a fault; here it must only not hide a row.
            key = (*key, f"row {times[key]} of these")
        by_key[key], number_by_key[key] = cells, number
        said |= {column for column, text in cells.items() if text}
    if spec.name == "settings" and by_key:
        # A setting left out has its default, and so is there all the same.
        for name in SETTINGS:
            by_key.setdefault((name,), {"setting": name, "value": ""})
            number_by_key.setdefault((name,), 0)
    return _Rows(by_key, number_by_key, frozenset(said))


def _key(spec: TableSpec, cells: Mapping[str, str]) -> tuple[str, ...]:
    key = tuple(cells.get(column, "") for column in spec.key)
    return (plain_name(key[0]),) if spec.name == "settings" else key


def _changed_rows(spec: TableSpec, before: _Rows, after: _Rows) -> list[RowChange]:
    changes = []
    for key, new in after.by_key.items():
        if (old := before.by_key.get(key)) is None:
            continue
        cells = tuple(
            CellChange(column, old.get(column, ""), new.get(column, ""))
            for column in dict.fromkeys((*new, *old))
            if column not in spec.key
            and _meaning(spec, key, column, old.get(column, ""))
            != _meaning(spec, key, column, new.get(column, ""))
        )
        if cells:
            changes.append(RowChange(key, after.number_by_key[key], cells))
    return changes


def _meaning(spec: TableSpec, key: tuple[str, ...], column: str, text: str) -> str:
    declared: Column | None = spec.column(column)
    if spec.name == "settings":
        declared = SETTINGS.get(key[0])
    return text or ("" if declared is None else declared.default)


def _in_order(table: Table | None, columns: frozenset[str]) -> tuple[str, ...]:
    return () if table is None else tuple(column for column in table.columns if column in columns)


def _sentence(
    table: str, added: int, changed: int, gone: int, reordered: bool, is_new: bool, is_gone: bool
) -> str:
    one, many = ROWS_IN_WORDS.get(table, (table.removesuffix("s"), table))
    numbers = [(added, "added"), (changed, "changed"), (gone, "gone")]
    parts = [(number, what) for number, what in numbers if number]
    if is_new or is_gone:
        held = counted(added or gone, one, many)
        return f"A new table, with {held}." if is_new else f"The table is gone, with {held}."
    if not parts:
        return "The same rows in another order."
    (first, what), *others = parts
    told = ", ".join(
        [f"{counted(first, one, many)} {what}", *(f"{number:,} {what}" for number, what in others)]
    )
    return f"{told}, and the others in another order." if reordered else f"{told}."


def _about_columns(added: tuple[str, ...], gone: tuple[str, ...]) -> str:
    parts = [
        f"{'Column' if len(columns) == 1 else 'Columns'} {what}: {listed(columns)}."
        for what, columns in (("added", added), ("gone", gone))
        if columns
    ]
    return " ".join(parts)
