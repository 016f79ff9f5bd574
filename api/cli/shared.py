"""What every command shares: its arguments and options, exit codes, and how faults and lines are printed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.errors import Fault, sentence_of

if TYPE_CHECKING:
    from api.campaign import Campaign
    from scheduler.params import Params

DONE, NOT_ALL_WELL, BAD_INPUT, STOPPED = 0, 1, 2, 130

CampaignPath = Annotated[
    Path, typer.Argument(help="A folder of CSV files, or an .xlsx workbook.", metavar="CAMPAIGN")
]
TimetablePath = Annotated[
    Path, typer.Argument(help="timetable.csv, or the folder that holds it.", metavar="TIMETABLE")
]
OutFolder = Annotated[Path, typer.Option("--out", help="The folder to write to; it is made where missing.")]
Seconds = Annotated[
    float,
    typer.Option(
        min=0.1, max=86_400, help="How long the solver may take; for a first timetable at least 10."
    ),
]
Workers = Annotated[int, typer.Option(min=1, max=256, help="How many processors; 1 makes a run repeatable.")]
Seed = Annotated[int, typer.Option(min=0, max=2**31 - 1, help="The seed of everything left to chance.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="No progress while solving.")]


def campaign_at(path: Path) -> Campaign:
    """The campaign at `path`, its warnings printed. Raises `BadInput`."""
    from api.services.check_campaign import check_campaign

    checked = check_campaign(path)
    warn(checked.warnings)
    return checked.campaign


def params_of(seconds: float, workers: int, seed: int) -> Params:
    from scheduler.params import Params

    return Params(seconds=seconds, workers=workers, seed=seed)


def complain(faults: Sequence[Fault], warnings: Sequence[str], so: str = "nothing was written") -> None:
    """Every fault, grouped by table, to standard error; `so` says what comes of them."""
    warn(warnings)
    number = len(faults)
    print(f"{number} fault{'' if number == 1 else 's'}; {so}.", file=sys.stderr)
    for table in dict.fromkeys(fault.table for fault in faults):
        print(f"\n{table}", file=sys.stderr)
        for fault in faults:
            if fault.table == table:
                print(f"  {sentence_of(fault)}", file=sys.stderr)


def warn(warnings: Sequence[str]) -> None:
    for warning in warnings:
        print(f"Note: {warning}.", file=sys.stderr)


def print_lines(lines: Sequence[str]) -> None:
    for line in lines:
        print(line)


def print_papers(made: int, of: int) -> None:
    if made == of or made % 50 == 0:
        print(f"{made} of {of} papers made", file=sys.stderr)
