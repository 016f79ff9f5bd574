"""What can be wrong with what a person hands in: faults, each with its place, and the one exception for them.

A `Fault` holds facts, not prose; `sentence_of` is how the command line says it. Breaches of scheduling
rules are something else and live in `scheduler.rules`. Faults are found in `api.imports`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FOUND_CHARACTERS_MAX = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the input: where it is, what was found there and what is wanted instead.

    `row` is the row number a spreadsheet shows (the header is row 1), None where the fault concerns the
    whole table; `column` is None where it concerns the whole row. `table` is a file's name where the
    fault lies before any table.
    """

    table: str
    row: int | None
    column: str | None
    found: str
    wanted: str

    @property
    def place(self) -> str:
        """Row and column in words, empty for a fault of the whole table."""
        row = "" if self.row is None else f"row {self.row}"
        column = "" if self.column is None else f"column {self.column}"
        return ", ".join(part for part in (row, column) if part)


class BadInput(Exception):
    """Raised where a stage is handed something that cannot be used. It carries every fault and warning."""

    def __init__(self, faults: Sequence[Fault], warnings: Sequence[str] = ()) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = tuple(faults)
        self.warnings = tuple(warnings)


def shown(text: str) -> str:
    """What was found, fit for one line: quoted, on one line, and cut where it is long."""
    if text == "":
        return "an empty cell"
    line = " ".join(text.split())
    if len(line) > FOUND_CHARACTERS_MAX:
        line = f"{line[:FOUND_CHARACTERS_MAX]}… ({len(text)} characters)"
    return f'"{line}"'


def sentence_of(fault: Fault) -> str:
    """The fault in one line, without its table: place, found, wanted."""
    place = f"{fault.place}: " if fault.place else ""
    return f"{place}found {fault.found}; wanted {fault.wanted}"
