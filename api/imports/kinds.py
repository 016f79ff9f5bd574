"""What a declaration of a table says: the kinds of cell, a column, a table.

The declarations themselves are in `columns.py` and `settings.py`; how a cell is read is in `cells.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

CHOICE_COLUMN = re.compile(r"choice_([1-9][0-9]?)")
MINUTES_A_DAY = 1440


class Kind(StrEnum):
    """What a cell holds. `NAME` defines a reference; `REFERENCE` points to one that a table defines."""

    NAME = "reference of its own"
    REFERENCE = "reference"
    TEXT = "text"
    WHOLE = "whole number"
    DECIMAL = "decimal number"
    YES_NO = "yes or no"
    DATE = "date"
    TIME = "time"
    MOMENT = "date and time"
    LIST = "list"
    COORDINATE = "coordinate"
    EMAIL = "e-mail address"
    CHOICE = "choice of words"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `help` is one plain sentence for whoever fills the table in.

    `required` means that no cell may be empty; other empty cells mean `default`. `points_to` names the
    tables whose references a REFERENCE or LIST may hold; `words` the words a CHOICE or LIST may hold.
    `least` and `most` are inclusive.
    """

    name: str
    kind: Kind
    help: str
    required: bool = False
    default: str = ""
    points_to: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table. `key` names the columns that together may occur only once.

    `open_ended` stands for choice_1, choice_2 and so on; its own name is the pattern shown to people.
    """

    name: str
    help: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    required: bool = False
    open_ended: Column | None = None

    def column(self, name: str) -> Column | None:
        """The declaration behind a column's name, None where the format has no such column."""
        for column in self.columns:
            if column.name == name:
                return column
        if self.open_ended is not None and CHOICE_COLUMN.fullmatch(name):
            return self.open_ended
        return None


def name_column(name: str, help: str) -> Column:
    return Column(name, Kind.NAME, help, required=True)


def reference_to(name: str, help: str, *tables: str, required: bool = True) -> Column:
    return Column(name, Kind.REFERENCE, help, required=required, points_to=tables)


def text_column(name: str, help: str, required: bool = False) -> Column:
    return Column(name, Kind.TEXT, help, required=required)


def minutes_column(
    name: str, help: str, *, required: bool = False, default: str = "", least: int = 0
) -> Column:
    return Column(name, Kind.WHOLE, help, required, default, least=least, most=MINUTES_A_DAY)


def yes_no_column(name: str, help: str, default: str = "no") -> Column:
    return Column(name, Kind.YES_NO, help, default=default)
