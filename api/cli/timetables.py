"""The commands about the timetable: `schedule`, `verify`."""

from __future__ import annotations

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
    TimetablePath,
    Workers,
    campaign_at,
    params_of,
    print_lines,
    warn,
)


@app.command()
def schedule(
    campaign: CampaignPath,
    out: OutFolder,
    seconds: Seconds = 60,
    workers: Workers = 2,
    seed: Seed = 0,
    quiet: Quiet = False,
) -> None:
    """Timetable a campaign: who sits what, where, when, before whom."""
    from api.services.schedule_campaign import make_ready, schedule_campaign, write_schedule
    from api.services.summarise import schedule_lines

    checked = campaign_at(campaign)
    make_ready(out)
    result = watched(
        quiet, lambda watch: schedule_campaign(checked, params_of(seconds, workers, seed), watch)
    )
    write_schedule(checked, result, out)
    print_lines([*schedule_lines(checked, result), f"Written to {out}."])
    raise typer.Exit(NOT_ALL_WELL if result.unplaced else DONE)


@app.command()
def verify(campaign: CampaignPath, timetable: TimetablePath) -> None:
    """Check a timetable against every rule, without the solver."""
    from api.services.summarise import verified_lines
    from api.services.verify_timetable import verify_timetable

    checked = campaign_at(campaign)
    verified = verify_timetable(checked, timetable)
    warn(verified.warnings)
    print_lines(verified_lines(checked, verified))
    raise typer.Exit(NOT_ALL_WELL if verified.breaches else DONE)
