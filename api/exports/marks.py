"""What is written into a workbook about its faults: a mark for each faulty cell, a line for each fault.

The two ways to write them are `marked_copy.py`, into the workbook as it came, and `marked_anew.py`, into
one made of its tables.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.errors import Fault
from api.imports.places import address_of, cell_of, quoted, sheet_of
from api.imports.raw import CELL_CHARACTERS_MAX

FAULTS_SHEET = "Faults"
AUTHOR = "Step Up checks"
FILL = "FFE08A"
LISTED_MAX = 10_000
MARKS_MAX = 2_000
NOTE_CHARACTERS_MAX = 1_000
HEADINGS = ("Sheet", "Cell", "Found", "Wanted")
WIDTHS = (24, 10, 60, 80)
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the sheet "Faults". `link` is the cell it leads to, as in a formula; empty without one."""

    sheet: str
    cell: str
    found: str
    wanted: str
    link: str


def marks_of(
    faults: Sequence[Fault], headers: Mapping[str, Sequence[str]]
) -> dict[str, dict[tuple[int, int], str]]:
    """By sheet and cell (row from 1, column from 0): its note. At most `MARKS_MAX` cells are marked."""
    notes: dict[str, dict[tuple[int, int], list[str]]] = {}
    marked = 0
    for fault in faults[:LISTED_MAX]:
        sheet = sheet_of(fault, headers)
        if sheet is None:
            continue
        cell = cell_of(fault, headers[sheet])
        of_sheet = notes.setdefault(sheet, {})
        if cell not in of_sheet:
            if marked == MARKS_MAX:
                continue
            marked += 1
        of_sheet.setdefault(cell, []).append(f"Found: {fault.found}\nWanted: {fault.wanted}")
    return {
        sheet: {cell: safe("\n\n".join(texts))[:NOTE_CHARACTERS_MAX] for cell, texts in cells.items()}
        for sheet, cells in notes.items()
    }


def lines_of(faults: Sequence[Fault], headers: Mapping[str, Sequence[str]]) -> list[Line]:
    """A line for each fault, and a last one for those beyond `LISTED_MAX`."""
    lines = [_line(fault, headers) for fault in faults[:LISTED_MAX]]
    if (more := len(faults) - LISTED_MAX) > 0:
        lines.append(Line("", "", f"{more:,} more faults", "these mended first", ""))
    return lines


def safe(text: str) -> str:
    """Text that may stand in a workbook's XML, no longer than a cell."""
    return NO_XML.sub("", text)[:CELL_CHARACTERS_MAX]


def _line(fault: Fault, headers: Mapping[str, Sequence[str]]) -> Line:
    sheet = sheet_of(fault, headers)
    cell = address_of(fault, None if sheet is None else headers[sheet])
    link = "" if sheet is None else f"{quoted(sheet)}!{cell or 'A1'}"
    return Line(safe(sheet or fault.table), cell, safe(fault.found), safe(fault.wanted), link)
