"""How much one upload may hold over all its tables: bytes, cells, rows, characters.

The caps on one file or one table are in `raw.py` and hold wherever a campaign comes from. These come on top
where a server reads what anybody may send it, so that no upload takes more memory than the server has; a
campaign on one's own disk is read without them. The largest made-up campaign, of 2,000 applicants, has some
60 in 100 of these cells.
"""

from __future__ import annotations

from dataclasses import dataclass

UPLOAD_BYTES_MAX = 20_000_000
UPLOAD_UNPACKED_BYTES_MAX = 50_000_000
UPLOAD_CELLS_MAX = 300_000
UPLOAD_ROWS_MAX = 100_000
UPLOAD_LINE_CHARACTERS_MAX = 5_000_000
UPLOAD_CHARACTERS_MAX = 30_000_000
# What is packed tighter than this, and not small, is no spreadsheet: those shrink to a tenth or a thirtieth.
PACKED_RATIO_MAX = 200
PACKED_RATIO_BYTES = 5_000_000


class TooMuch(Exception):
    """An upload passes a cap. `found` and `wanted` are as in a fault."""

    def __init__(self, found: str, wanted: str) -> None:
        super().__init__(f"found {found}; wanted {wanted}")
        self.found = found
        self.wanted = wanted


@dataclass(slots=True)
class Allowance:
    """What an upload may still hold; every table read takes from it. Raises `TooMuch` where it is used up."""

    cells: int = UPLOAD_CELLS_MAX
    rows: int = UPLOAD_ROWS_MAX
    characters: int = UPLOAD_CHARACTERS_MAX
    unpacked_bytes: int = UPLOAD_UNPACKED_BYTES_MAX

    def take_cells(self, number: int) -> None:
        self.cells -= number
        if self.cells < 0:
            raise _too_much(UPLOAD_CELLS_MAX, "cells")

    def take_rows(self, number: int) -> None:
        self.rows -= number
        if self.rows < 0:
            raise _too_much(UPLOAD_ROWS_MAX, "rows")

    def take_characters(self, number: int) -> None:
        self.characters -= number
        if self.characters < 0:
            raise _too_much(UPLOAD_CHARACTERS_MAX, "characters")

    def check_line(self, characters: int) -> None:
        """One line of a CSV file, which is in memory several times while it is taken apart."""
        if characters > UPLOAD_LINE_CHARACTERS_MAX:
            raise TooMuch(f"a line of {characters:,} characters", "a line for each row of the table")

    def take_unpacked_bytes(self, number: int) -> None:
        self.unpacked_bytes -= number
        if self.unpacked_bytes < 0:
            raise _too_much(UPLOAD_UNPACKED_BYTES_MAX, "bytes unpacked")


def is_packed_too_tightly(packed_bytes: int, unpacked_bytes: int) -> bool:
    """Whether a part of an archive would swell like nothing that people fill in does."""
    return unpacked_bytes > PACKED_RATIO_BYTES and unpacked_bytes > PACKED_RATIO_MAX * packed_bytes


def _too_much(most: int, what: str) -> TooMuch:
    return TooMuch(f"more than {most:,} {what}", f"at most {most:,} {what} in one upload")
