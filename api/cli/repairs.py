"""The command that changes a timetable on the day: `repair`."""

from __future__ import annotations

from collections.abc import Sequence
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
    Seed,
    TimetablePath,
    Workers,
    campaign_at,
    params_of,
    print_lines,
)

# Options that take one reference or several, as the campaign format writes them (`--absent A001 A002`), and
# those that take a reference and a time (`--late A001 10:40`); how many words make one value.
WORDS = {"--absent": 1, "--room-lost": 1, "--late": 2, "--leaving": 2, "--session-start": 2}

Now = Annotated[str, typer.Option(help='The moment from which plans may change, e.g. "2015-07-14 10:05".')]
Absent = Annotated[
    list[str], typer.Option(help="Who is not there from now on; one reference or several.", metavar="REF…")
]
Late = Annotated[list[str], typer.Option(help="Who starts nothing before a time today.", metavar="REF HH:MM")]
Leaving = Annotated[list[str], typer.Option(help="Who has to be gone by a time today.", metavar="REF HH:MM")]
RoomLost = Annotated[
    list[str], typer.Option("--room-lost", help="A room that nothing may begin in any more.", metavar="ROOM…")
]
SessionStart = Annotated[
    list[str],
    typer.Option("--session-start", help="A session's new start, later or earlier.", metavar="SESSION HH:MM"),
]
RepairSeconds = Annotated[
    float, typer.Option(min=0.1, max=86_400, help="How long the solver may look for a better repair.")
]


@app.command()
def repair(
    campaign: CampaignPath,
    timetable: TimetablePath,
    now: Now,
    out: OutFolder,
    absent: Absent = [],  # noqa: B006  (how the command line says "none"; never changed)
    late: Late = [],  # noqa: B006
    leaving: Leaving = [],  # noqa: B006
    room_lost: RoomLost = [],  # noqa: B006
    session_start: SessionStart = [],  # noqa: B006
    seconds: RepairSeconds = 1.2,
    workers: Workers = 2,
    seed: Seed = 0,
    quiet: Quiet = False,
) -> None:
    """Change a timetable as little as possible when somebody is absent or late, or a room is lost."""
    from api.imports.disruption import Told, pair_of
    from api.services.repair_timetable import repair_timetable, write_repair
    from api.services.schedule_campaign import make_ready
    from api.services.summarise_repair import repair_lines

    checked = campaign_at(campaign)
    told = Told(
        now=now,
        absent=tuple(absent),
        late=tuple(map(pair_of, late)),
        leaving=tuple(map(pair_of, leaving)),
        rooms_lost=tuple(room_lost),
        session_starts=tuple(map(pair_of, session_start)),
    )
    params = params_of(seconds, workers, seed)
    repaired = watched(quiet, lambda _: repair_timetable(checked, timetable, told, params))
    make_ready(out)
    write_repair(checked, repaired, out)
    print_lines([*repair_lines(len(checked.problem.applicants), repaired), f"Written to {out}."])
    raise typer.Exit(NOT_ALL_WELL if repaired.result.unplaced else DONE)


def one_at_a_time(arguments: Sequence[str]) -> list[str]:
    """`--absent A001 A002` as the parser wants it, `--absent A001 --absent A002`; pairs become one word."""
    found: list[str] = []
    left = list(arguments)
    while left:
        option = left.pop(0)
        values = []
        while option in WORDS and left and not left[0].startswith("-"):
            values.append(left.pop(0))
        size = WORDS.get(option, 1)
        found += [option] if not values else []
        for first in range(0, len(values), size):
            found += [option, " ".join(values[first : first + size])]
    return found
