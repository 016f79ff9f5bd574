"""The commands about the timetable: `schedule`, for one campaign or for many, and `verify`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.application import app
from api.cli.progress import ProgressLines, watched
from api.cli.shared import (
    BAD_INPUT,
    DONE,
    NOT_ALL_WELL,
    CampaignPath,
    OutFolder,
    Quiet,
    Seconds,
    Seed,
    TimetablePath,
    campaign_at,
    complain,
    params_of,
    print_lines,
    warn,
)
from api.errors import BadInput

if TYPE_CHECKING:
    from api.services.schedule_many import Finished
    from scheduler.params import Params
    from scheduler.result import Progress

CampaignPaths = Annotated[
    list[Path],
    typer.Argument(help="A folder of CSV files, or an .xlsx workbook; or several.", metavar="CAMPAIGN…"),
]
Jobs = Annotated[
    int, typer.Option(min=1, max=256, help="How many campaigns at once, where there are several.")
]
WorkersEach = Annotated[
    int | None,
    typer.Option(
        min=1,
        max=256,
        help="How many processors for each campaign; 1 makes a run repeatable. Default: 2, or 1 with --jobs.",
    ),
]


@app.command()
def schedule(
    campaigns: CampaignPaths,
    out: OutFolder,
    seconds: Seconds = 60,
    workers: WorkersEach = None,
    seed: Seed = 0,
    jobs: Jobs = 1,
    quiet: Quiet = False,
) -> None:
    """Timetable a campaign: who sits what, where, when, before whom. Or many campaigns, side by side."""
    several = len(campaigns) > 1
    params = params_of(seconds, workers or (1 if several and jobs > 1 else 2), seed)
    code = _many(campaigns, out, params, jobs, quiet) if several else _one(campaigns[0], out, params, quiet)
    raise typer.Exit(code)


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


def _one(campaign: Path, out: Path, params: Params, quiet: bool) -> int:
    from api.services.schedule_campaign import make_ready, schedule_campaign, write_schedule
    from api.services.summarise import schedule_lines

    checked = campaign_at(campaign)
    make_ready(out)
    result = watched(quiet, lambda watch: schedule_campaign(checked, params, watch))
    write_schedule(checked, result, out)
    print_lines([*schedule_lines(checked, result), f"Written to {out}."])
    return NOT_ALL_WELL if result.unplaced else DONE


def _many(campaigns: Sequence[Path], out: Path, params: Params, at_once: int, quiet: bool) -> int:
    """Each to a folder of its name in `out`. Those with faults are told first; the others go on."""
    from api.services.schedule_campaign import make_ready
    from api.services.schedule_many import FAULTS, Finished, jobs_of, look_at, schedule_many
    from api.services.summarise_many import ended, summary_lines, write_summary

    jobs = jobs_of(campaigns, out)
    looked = [look_at(job) for job in jobs]
    faults = [fault for each in looked for fault in each.faults]
    warnings = [warning for each in looked for warning in each.warnings]
    sound = [each.job for each in looked if not each.faults]
    if not sound:
        raise BadInput(faults, warnings)
    if faults:
        complain(faults, warnings, f"{len(jobs) - len(sound)} of {len(jobs)} campaigns are left out")
    else:
        warn(warnings)
    make_ready(out)
    lines = {job.name: ProgressLines(job.name) for job in sound}

    def tell(name: str, progress: Progress) -> None:
        lines[name](progress)

    def end(finished: Finished) -> None:
        print(f"{finished.name}  {finished.seconds:7.1f} s  {ended(finished)}", file=sys.stderr, flush=True)

    heard = (None, None) if quiet else (tell, end)
    done = schedule_many(sound, params, at_once, *heard)
    outcomes = {finished.name: finished for finished in done}
    ordered = [outcomes.get(job.name, Finished(job.name, FAULTS)) for job in jobs]
    write_summary(ordered, out)
    print_lines([*summary_lines(ordered), f"Written to {out}."])
    return max(_code(finished) for finished in ordered)


def _code(finished: Finished) -> int:
    if not finished.has_timetable:
        return BAD_INPUT
    return DONE if finished.all_placed else NOT_ALL_WELL
