"""A campaign as read but not yet believed: what every check is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from api.errors import Fault
from api.imports.settings_table import ReadSettings
from api.imports.tables import CheckedTables, Record


@dataclass(frozen=True, slots=True)
class Draft:
    tables: CheckedTables
    settings: ReadSettings
    applicants_wanted: bool = True

    def records(self, table: str) -> tuple[Record, ...]:
        return self.tables.records(table)

    def has(self, table: str) -> bool:
        return table in self.tables.by_name

    def row_of(self, table: str, reference: str) -> Record | None:
        """The row that defines a reference (the first, where there are several)."""
        key = self.tables.by_name[table].spec.columns[0].name if self.has(table) else ""
        return next((r for r in self.records(table) if r.text(key) == reference), None)


Check = Callable[[Draft], Iterator[Fault]]
