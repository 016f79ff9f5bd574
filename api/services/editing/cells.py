"""A campaign's tables, open to change: cells set, rows added and dropped, columns and tables as needed.

Nothing is checked here: whoever changes tables so reads them again as a campaign afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping

from api.campaign import Table
from api.imports.columns import TABLES

Row = dict[str, str]


class Cells:
    """Tables of which some may have been changed."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = tables
        self._open: dict[str, tuple[list[str], list[Row]]] = {}

    def changed(self) -> dict[str, Table]:
        """The tables that were opened and are not what they were, in the order of the format."""
        made = {
            name: Table(name, tuple(columns), tuple(tuple(row.get(c, "") for c in columns) for row in rows))
            for name, (columns, rows) in self._open.items()
        }
        return {
            name: made[name]
            for name in TABLES
            if name in made
            and made[name] != self._tables.get(name)
            and (name in self._tables or made[name].rows)
        }

    def rows(self, table: str, **where: str) -> list[Row]:
        """The rows that have all these cells."""
        return [row for row in self._opened(table)[1] if _has(row, where)]

    def drop(self, table: str, **where: str) -> None:
        columns, rows = self._opened(table)
        self._open[table] = (columns, [row for row in rows if not _has(row, where)])

    def add(self, table: str, **cells: str) -> None:
        """One more row; columns that the table did not have are added for it."""
        self._columns_for(table, cells)
        self._opened(table)[1].append(dict(cells))

    def set(self, table: str, reference: str, **cells: str) -> None:
        """Cells of the row with this reference. Raises `KeyError` where there is none."""
        self.set_rows(table, {TABLES[table].columns[0].name: reference}, **cells)

    def set_rows(self, table: str, where: Mapping[str, str], **cells: str) -> None:
        """Cells of all rows that have those others. Raises `KeyError` where there is none."""
        found = self.rows(table, **where)
        if not found:
            raise KeyError(f"{table}: {dict(where)}")
        self._columns_for(table, cells)
        for row in found:
            row.update(cells)

    def set_setting(self, setting: str, value: str) -> None:
        """A setting's value, with a row of its own where it had none."""
        if self.rows("settings", setting=setting):
            self.set("settings", setting, value=value)
        else:
            self.add("settings", setting=setting, value=value)

    def add_person(self, table: str, stem: str, name: str, session: str, **cells: str) -> str:
        """Somebody who is there for one session only. Returns their new reference."""
        reference = self.free_reference(stem)
        self.add(table, **{TABLES[table].columns[0].name: reference, "name": name}, **cells)
        self.add("availability", person=reference, session=session, available="yes")
        return reference

    def free_reference(self, stem: str) -> str:
        """`stem-1`, or the first number that nobody and nothing has, whatever its capital letters."""
        taken = {
            row.get(TABLES[name].columns[0].name, "").casefold()
            for name in {*self._tables, *self._open} & set(TABLES)
            for row in self._opened(name)[1]
        }
        number = 1
        while f"{stem}-{number}".casefold() in taken:
            number += 1
        return f"{stem}-{number}"

    def _opened(self, name: str) -> tuple[list[str], list[Row]]:
        if name not in self._open:
            table = self._tables.get(name)
            if table is None:
                wanted = [column.name for column in TABLES[name].columns if column.required]
                self._open[name] = (wanted, [])
            else:
                rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
                self._open[name] = (list(table.columns), rows)
        return self._open[name]

    def _columns_for(self, table: str, cells: Mapping[str, str]) -> None:
        columns, _ = self._opened(table)
        columns += [column for column in cells if column not in columns]


def _has(row: Row, where: Mapping[str, str]) -> bool:
    return all(row.get(column, "") == value for column, value in where.items())
