"""Two versions of one row side by side, cell by cell, for whoever has to choose between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.presenters.row_form import column_label

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """One cell that somebody changed: as both saw it, theirs, mine. `whose` says who changed it."""

    label: str
    began: str
    theirs: str
    mine: str
    whose: str


def conflict_lines(
    columns: Sequence[str],
    began: Cells,
    theirs: Cells | None,
    mine: Cells,
    by_them: Sequence[str],
    by_me: Sequence[str],
) -> tuple[ConflictLine, ...]:
    """Every cell that either changed, in the order of the columns."""
    there = theirs or {}
    return tuple(
        ConflictLine(
            label=column_label(column),
            began=began.get(column, ""),
            theirs=there.get(column, ""),
            mine=mine.get(column, ""),
            whose=_whose(column in by_them and theirs is not None, column in by_me),
        )
        for column in columns
        if column in by_them or column in by_me
    )


def _whose(theirs: bool, mine: bool) -> str:
    if theirs and mine:
        return "both of you"
    return "they did" if theirs else "you did"
