"""The command for the wash-up after the day: `washup`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.application import app
from api.cli.shared import DONE, NOT_ALL_WELL, CampaignPath, OutFolder, campaign_at, print_lines, warn


@app.command()
def washup(
    campaign: CampaignPath,
    out: OutFolder,
    timetable: Annotated[
        Path | None,
        typer.Argument(help="timetable.csv, or the folder that holds it.", metavar="[TIMETABLE]"),
    ] = None,
) -> None:
    """Say which ratings are missing, what has to be discussed, and what the wash-up changed."""
    from api.services.prepare_washup import prepare_washup
    from api.services.record_washup import washup_lines, write_washup

    prepared = prepare_washup(campaign_at(campaign), timetable)
    warn(prepared.warnings)
    write_washup(prepared, out)
    print_lines([*washup_lines(prepared), f"Written to {out}."])
    raise typer.Exit(DONE if prepared.all_done else NOT_ALL_WELL)
