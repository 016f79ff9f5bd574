"""The command that looks at ratings and changes nothing: `advise`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.application import app
from api.cli.shared import CampaignPath, OutFolder, Seed, print_lines, warn


@app.command()
def advise(
    campaign: CampaignPath,
    out: OutFolder,
    timetable: Annotated[
        Path | None,
        typer.Argument(help="timetable.csv, or the folder that holds it.", metavar="[TIMETABLE]"),
    ] = None,
    simulations: Annotated[
        int, typer.Option(min=1_000, max=100_000, help="How many times the scores are drawn anew.")
    ] = 5_000,
    seed: Seed = 0,
) -> None:
    """Say how far assessors agree, who rates severely, and how sharp the line is; changes no score."""
    from api.exports.packs.advice_sheet import advice_answers
    from api.exports.packs.advice_wording import ONLY_ADVICE
    from api.services.advise_on_ratings import advise_on_ratings, write_advice

    done = advise_on_ratings(campaign, timetable, simulations, seed)
    warn(done.warnings)
    write_advice(done, out)
    print_lines([ONLY_ADVICE, *advice_answers(done.advice), f"Written to {out}."])
