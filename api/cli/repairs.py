"""The command that changes a timetable on the day: `repair`."""

from __future__ import annotations

import sys
from typing import Annotated, NoReturn

import typer

from api.cli.application import app
from api.cli.shared import (
    BAD_INPUT,
    CampaignPath,
    OutFolder,
    TimetablePath,
    campaign_at,
)


@app.command()
def repair(
    campaign: CampaignPath,
    timetable: TimetablePath,
    now: Annotated[
        str, typer.Option(help='The moment from which plans may change, e.g. "2015-07-14 10:05".')
    ],
    absent: Annotated[list[str], typer.Option(help="Somebody who is not there; may be given several times.")],
    out: OutFolder,
) -> None:
    """Change a timetable as little as possible when somebody is absent (not in this version)."""
    from api.services.verify_timetable import verify_timetable

    verify_timetable(campaign_at(campaign), timetable, standby_allowed=True)
    _not_yet("repair a timetable")


@app.command()
def explain(campaign: CampaignPath) -> None:
    """Say why applicants cannot be placed, and the cheapest ways out (not in this version)."""
    campaign_at(campaign)
    _not_yet("explain")


def _not_yet(what: str) -> NoReturn:
    print(f"The input is sound, but this version cannot {what} yet. Nothing was written.", file=sys.stderr)
    raise typer.Exit(BAD_INPUT)
