"""The command for equality monitoring: `monitor`. It reads a table of its own; no other command does."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.application import app
from api.cli.shared import CampaignPath, OutFolder, print_lines, warn


@app.command()
def monitor(
    campaign: CampaignPath,
    answers: Annotated[
        Path,
        typer.Argument(
            help="monitoring.csv, its folder, or a workbook with the one sheet monitoring.",
            metavar="MONITORING",
        ),
    ],
    out: OutFolder,
) -> None:
    """Say how far each group came, in counts that nobody can be picked out of."""
    from api.services.monitor_selection import monitor_selection, monitoring_lines, write_monitoring

    done = monitor_selection(campaign, answers)
    warn(done.warnings)
    write_monitoring(done, answers, out)
    print_lines([*monitoring_lines(done.facts), f"Written to {out}."])
