"""What became of many campaigns: a few words for each, a table of them all, and the same as a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from api.campaign import Table
from api.exports.tables import csv_text, write_files
from api.services.schedule_many import SUMMARY, Finished

COLUMNS = ("campaign", "applicants", "placed", "status", "seconds")


def ended(finished: Finished) -> str:
    """What became of a campaign, in a few words."""
    if not finished.has_timetable:
        return f"no timetable: {finished.why}"
    return f"{finished.placed} of {finished.applicants} applicants placed, {finished.status}"


def write_summary(outcomes: Sequence[Finished], out: Path) -> None:
    """Write `summary.csv` to `out`: a row for each campaign. Raises `OSError`."""
    table = Table("summary", COLUMNS, tuple(_cells(outcome) for outcome in outcomes))
    write_files({SUMMARY: csv_text(table).encode()}, out)


def summary_lines(outcomes: Sequence[Finished]) -> list[str]:
    """The same as a table to look at, the reasons of what went wrong, and the sum of it all."""
    rows = [COLUMNS, *(_cells(outcome) for outcome in outcomes)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    right = (False, True, True, False, True)
    lines = [
        "  ".join(
            cell.rjust(width) if to_the_right else cell.ljust(width)
            for cell, width, to_the_right in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in rows
    ]
    lines += [f"{outcome.name}: {outcome.why}." for outcome in outcomes if outcome.why]
    done = [outcome for outcome in outcomes if outcome.has_timetable]
    applicants = sum(outcome.applicants or 0 for outcome in done)
    placed = sum(outcome.placed or 0 for outcome in done)
    return [
        *lines,
        f"{len(done)} of {len(outcomes)} campaigns have a timetable; "
        f"{placed:,} of their {applicants:,} applicants have a session.",
    ]


def _cells(outcome: Finished) -> tuple[str, ...]:
    applicants = "" if outcome.applicants is None else str(outcome.applicants)
    placed = "" if outcome.placed is None else str(outcome.placed)
    return (outcome.name, applicants, placed, outcome.status, f"{outcome.seconds:.1f}")
