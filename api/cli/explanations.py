"""The command that says why somebody has no session, and what would help: `explain`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.application import app
from api.cli.progress import watched
from api.cli.shared import (
    DONE,
    NOT_ALL_WELL,
    CampaignPath,
    Quiet,
    Seconds,
    Seed,
    Workers,
    campaign_at,
    params_of,
    print_lines,
)

MaybeOut = Annotated[
    Path | None,
    typer.Option("--out", help="A folder for explanation.csv and explain.json; it is made where missing."),
]


@app.command()
def explain(
    campaign: CampaignPath,
    seconds: Seconds = 60,
    workers: Workers = 2,
    seed: Seed = 0,
    quiet: Quiet = False,
    out: MaybeOut = None,
) -> None:
    """Say why applicants cannot be placed, and the cheapest ways out, each one tried."""
    from api.services.explain_campaign import explain_campaign, explained_lines, write_explanation
    from api.services.schedule_campaign import make_ready

    checked = campaign_at(campaign)
    if out is not None:
        make_ready(out)
    params = params_of(seconds, workers, seed)
    explained = watched(quiet, lambda watch: explain_campaign(checked, params, watch))
    lines = explained_lines(checked, explained)
    if out is not None:
        write_explanation(checked, explained, out)
        lines = [*lines, f"Written to {out}."]
    print_lines(lines)
    raise typer.Exit(NOT_ALL_WELL if explained.explanation.cases else DONE)
