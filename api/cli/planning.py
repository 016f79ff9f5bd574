"""The commands for before invitations go out: `capacity`, `forecast`."""

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
    OutFolder,
    Quiet,
    Seconds,
    Seed,
    Workers,
    params_of,
    print_lines,
    warn,
)


@app.command()
def capacity(
    campaign: CampaignPath,
    applicants: Annotated[
        int | None,
        typer.Option(
            min=1, max=10_000, help="How many applicants to plan for, whoever the campaign has.", metavar="N"
        ),
    ] = None,
    interpreters: Annotated[
        int,
        typer.Option(min=0, max=10_000, help="How many of --applicants will need interpreters.", metavar="N"),
    ] = 0,
    count_only: Annotated[
        bool, typer.Option("--count-only", help="Count, without a trial timetable.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="The folder to write the sheet to; it is made where missing.")
    ] = None,
    seconds: Seconds = 60,
    workers: Workers = 2,
    seed: Seed = 0,
    quiet: Quiet = False,
) -> None:
    """Say what the sessions can hold and what applicants need, before invitations go out."""
    from api.exports.packs.capacity_sheet import capacity_answers, lacking
    from api.services.plan_capacity import (
        campaign_before_invitations,
        plan_capacity,
        refuse_interpreters_of_nobody,
        write_capacity,
    )
    from api.services.schedule_campaign import make_ready

    checked = campaign_before_invitations(campaign)
    warn(checked.warnings)
    refuse_interpreters_of_nobody(applicants, interpreters)
    params = None if count_only else params_of(seconds, workers, seed)
    if out is not None:
        make_ready(out)
    done = watched(
        quiet, lambda watch: plan_capacity(checked.campaign, applicants, interpreters, params, watch)
    )
    lines = list(capacity_answers(done.plan))
    if short := lacking(done.campaign, done.plan):
        lines += ["What is lacking:", *(f"- {each}" for each in short)]
    lines += ["What was assumed:", *(f"- {assumption}" for assumption in done.assumptions)]
    if out is not None:
        write_capacity(done, out)
        lines.append(f"Written to {out}.")
    print_lines(lines)
    raise typer.Exit(DONE if done.plan.enough else NOT_ALL_WELL)


@app.command()
def forecast(
    campaign: CampaignPath,
    out: OutFolder,
    timetable: Annotated[
        Path | None,
        typer.Argument(help="timetable.csv, or the folder that holds it.", metavar="[TIMETABLE]"),
    ] = None,
    rate: Annotated[
        str, typer.Option(help="How many came of how many invited: 87/106; or 0.74..0.88; or 0.82 with --of.")
    ] = "87/106",
    of: Annotated[
        int | None, typer.Option(min=1, max=1_000_000, help="Out of how many a rate such as 0.82 was seen.")
    ] = None,
    risk: Annotated[
        float, typer.Option(min=0, max=49, help="Accepted chance of overflow in one session, in percent.")
    ] = 5,
    simulations: Annotated[
        int, typer.Option(min=100, max=1_000_000, help="How many times the campaign is played.")
    ] = 10_000,
    seed: Seed = 0,
) -> None:
    """Say how many of those invited will come, and how many to book for each session."""
    from api.exports.packs.forecast_sheet import forecast_answers, kinds_in_words
    from api.services.forecast_attendance import forecast_attendance, rate_from, write_forecast

    meant = rate_from(rate, of)
    done = forecast_attendance(campaign, timetable, meant, risk / 100, simulations, seed)
    warn(done.warnings)
    write_forecast(done, out)
    advice, *others = forecast_answers(done.forecast)
    print_lines([advice, *kinds_in_words(done.forecast.advice), *others, f"Written to {out}."])
