"""The commands about ratings and places, and the one that does it all: `rank`, `allocate`, `run`."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.application import app
from api.cli.progress import watched
from api.cli.shared import (
    DONE,
    NOT_ALL_WELL,
    CampaignPath,
    OutFolder,
    Quiet,
    Seconds,
    Seed,
    Workers,
    campaign_at,
    params_of,
    print_lines,
    print_papers,
)


@app.command()
def rank(campaign: CampaignPath, out: OutFolder) -> None:
    """Compute scores and the order of merit from the ratings."""
    from api.services.rank_applicants import rank_applicants, write_ranking
    from api.services.summarise import ranking_lines

    checked = campaign_at(campaign)
    ranked = rank_applicants(checked)
    write_ranking(checked, ranked, out)
    print_lines([*ranking_lines(checked, ranked), f"Written to {out}."])
    raise typer.Exit(NOT_ALL_WELL if ranked.unrankable else DONE)


@app.command()
def allocate(campaign: CampaignPath, out: OutFolder) -> None:
    """Give out the places by the order of merit."""
    from api.services.allocate_places import allocate_places, write_allocation
    from api.services.rank_applicants import rank_applicants
    from api.services.summarise import allocation_lines, ranking_lines

    checked = campaign_at(campaign)
    ranked = rank_applicants(checked)
    allocated = allocate_places(checked, ranked)
    write_allocation(checked, ranked, allocated, out)
    print_lines(
        [*ranking_lines(checked, ranked), *allocation_lines(checked, allocated), f"Written to {out}."]
    )


@app.command("run")
def run_all(
    campaign: CampaignPath,
    out: OutFolder,
    seconds: Seconds = 60,
    workers: Workers = 2,
    seed: Seed = 0,
    quiet: Quiet = False,
    rating_forms: Annotated[
        bool, typer.Option("--rating-forms", help="Print blank rating forms too: several hundred pages.")
    ] = False,
) -> None:
    """Do all of it: timetable, order of merit, allocation, papers."""
    from api.services.run_campaign import run_campaign
    from api.services.summarise import run_lines

    checked = campaign_at(campaign)
    params = params_of(seconds, workers, seed)
    papers = None if quiet else print_papers
    done = watched(
        quiet,
        lambda watch: run_campaign(checked, params, out, watch, papers, with_forms=rating_forms),
    )
    print_lines(run_lines(checked, done))
    unrankable = done.assessed is not None and done.assessed.ranked.unrankable
    raise typer.Exit(NOT_ALL_WELL if done.result.unplaced or done.breaches or unrankable else DONE)
