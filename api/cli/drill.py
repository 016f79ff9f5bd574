"""The command that tries the doors: `drill`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.application import app
from api.cli.shared import DONE, NOT_ALL_WELL, CampaignPath, Seed, campaign_at, print_lines
from api.errors import BadInput, Fault


@app.command()
def drill(
    campaign: CampaignPath,
    out: Annotated[
        Path | None, typer.Option(help="A folder for the outcome and the planted copies; made where missing.")
    ] = None,
    trials: Annotated[
        int, typer.Option(min=0, max=10_000, help="How many more of each to plant anywhere, however small.")
    ] = 0,
    seed: Seed = 0,
) -> None:
    """Plant slips in a copy of the ratings, one at a time, and show which check stops each."""
    from api.services.drill_ratings import drill_lines, drill_ratings, write_drill

    checked = campaign_at(campaign)
    if out is not None:
        _refuse_the_campaign_itself(campaign, out)
    done = drill_ratings(checked, seed, trials)
    lines = drill_lines(done)
    if out is not None:
        write_drill(checked, done, out)
        lines.append(f"Written to {out}.")
    print_lines(lines)
    raise typer.Exit(DONE if done.all_well else NOT_ALL_WELL)


def _refuse_the_campaign_itself(campaign: Path, out: Path) -> None:
    """Nothing is ever written into the campaign that is drilled."""
    if campaign.resolve() in (out.resolve(), *out.resolve().parents):
        wanted = "a folder outside the campaign"
        raise BadInput([Fault("--out", None, None, "the campaign's own folder", wanted)])
