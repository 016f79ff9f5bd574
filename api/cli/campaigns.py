"""The commands about a campaign's tables: `check`, `convert`, `sample`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.application import app
from api.cli.shared import (
    CampaignPath,
    OutFolder,
    Seed,
    campaign_at,
)


@app.command()
def check(campaign: CampaignPath) -> None:
    """Read a campaign and list every fault in it."""
    checked = campaign_at(campaign)
    problem = checked.problem
    places = sum(checked.places.by_council.values())
    print(
        f"{checked.settings['campaign_name']}: {len(problem.applicants)} applicants, "
        f"{len(problem.sessions)} sessions, {len(problem.assessors)} assessors, {places} places. No faults."
    )


@app.command()
def convert(
    source: Annotated[Path, typer.Argument(help="The campaign to read.", metavar="IN")],
    out: Annotated[Path, typer.Argument(help="A name ending in .xlsx, or a folder.", metavar="OUT")],
) -> None:
    """Turn a folder of CSV files into a workbook, or a workbook into a folder."""
    from api.services.convert_campaign import convert_campaign

    number = convert_campaign(campaign_at(source), out)
    print(f"{number} tables written to {out}.")


@app.command()
def sample(
    name: Annotated[
        str,
        typer.Argument(
            help="tiny, south-west-2015, south-west-2017 or south-west-bid; size-N for one of N applicants; "
            "national for a folder of 22 campaigns.",
            metavar="NAME",
        ),
    ],
    out: OutFolder,
    answers: Annotated[
        Path | None, typer.Option(help="A folder for made-up answers to an equality form, for `monitor`.")
    ] = None,
    seed: Seed = 0,
) -> None:
    """Write a made-up campaign to try things with."""
    from api.services.write_sample import write_sample

    number = write_sample(name, seed, out, answers)
    print(f"{number} tables of the made-up campaign {name} written to {out}.")
