"""The settings table read: every setting by name, defaults filled in, with the row it came from.

What settings there are is declared in `settings.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from api.errors import Fault, shown
from api.imports.cells import Unreadable, list_of, minutes_of, spelled, wanted_of
from api.imports.raw import plain_name
from api.imports.settings import SETTINGS
from api.imports.tables import CheckedTables, likely


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """Every setting as text. `row_by_name` holds only those that the table sets itself."""

    values: Mapping[str, str]
    row_by_name: Mapping[str, int]

    def text(self, name: str) -> str:
        return self.values[name]

    def whole(self, name: str) -> int:
        return int(self.values[name])

    def number(self, name: str) -> Fraction:
        return Fraction(self.values[name])

    def minutes(self, name: str) -> int:
        return minutes_of(self.values[name])

    def parts(self, name: str) -> tuple[str, ...]:
        return list_of(self.values[name])

    def is_given(self, name: str) -> bool:
        return name in self.row_by_name

    def fault(self, name: str, found: str, wanted: str) -> Fault:
        return Fault("settings", self.row_by_name.get(name), name, found, wanted)


def read_settings(tables: CheckedTables) -> ReadSettings:
    """Read the settings table. An unknown setting is a warning; faults are added to `tables`."""
    values = {name: column.default for name, column in SETTINGS.items()}
    rows: dict[str, int] = {}
    # The same spelling twice is a fault of `checks/references.py`, as in every table.
    rows_by_spelling: dict[str, int] = {}
    for record in tables.records("settings"):
        name, text = plain_name(record.text("setting")), record.text("value")
        if name not in SETTINGS:
            if name:
                what = f"setting {record.text('setting')} is not known and was not read"
                tables.warnings.append(what + likely(name, SETTINGS))
            continue
        if name in rows and rows_by_spelling.get(record.text("setting")) is None:
            found = f"{shown(record.text('setting'))} for {name}, which is row {rows[name]}'s"
            tables.faults.append(Fault("settings", record.row, "setting", found, "each setting once"))
        rows_by_spelling.setdefault(record.text("setting"), record.row)
        if text:
            rows[name] = record.row
            try:
                values[name] = spelled(SETTINGS[name], text)
            except Unreadable as problem:
                tables.faults.append(Fault("settings", record.row, name, problem.found, problem.wanted))
    if "settings" in tables.by_name:
        tables.faults += _missing(tables, rows)
    return ReadSettings(values, rows)


def _missing(tables: CheckedTables, rows: Mapping[str, int]) -> list[Fault]:
    """Settings that every campaign needs: not there at all, or there and left empty."""
    there = {plain_name(record.text("setting")): record.row for record in tables.records("settings")}
    return [
        Fault("settings", there[name], name, "an empty cell", wanted_of(column))
        if name in there
        else Fault("settings", None, name, "no such setting", f"the setting {name}")
        for name, column in SETTINGS.items()
        if column.required and name not in rows
    ]
