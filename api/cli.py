"""The command `stepup`: reads arguments, calls one use case, prints what came of it, sets the exit code.

Exit codes: 0 done, 1 done but not all is well (somebody without a place, unrankable, or a breach), 2 bad
input and nothing written, 130 stopped by Ctrl-C. Results go to standard output; faults, warnings and
progress to standard error. Heavy imports stay inside the commands, so that `--help` is quick.
"""

from __future__ import annotations

import io
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import typer

from api.errors import BadInput, Fault, sentence_of

if TYPE_CHECKING:
    from rich.table import Table

    from api.campaign import Campaign
    from scheduler.params import Params
    from scheduler.result import Progress, Watcher

DONE, NOT_ALL_WELL, BAD_INPUT, STOPPED = 0, 1, 2, 130

app = typer.Typer(
    name="stepup",
    help="Runs an assessment centre for councils: timetable, order of merit, allocation, papers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

CampaignPath = Annotated[
    Path, typer.Argument(help="A folder of CSV files, or an .xlsx workbook.", metavar="CAMPAIGN")
]
TimetablePath = Annotated[
    Path, typer.Argument(help="timetable.csv, or the folder that holds it.", metavar="TIMETABLE")
]
OutFolder = Annotated[Path, typer.Option("--out", help="The folder to write to; it is made where missing.")]
Seconds = Annotated[
    float,
    typer.Option(
        min=0.1, max=86_400, help="How long the solver may take; for a first timetable at least 10."
    ),
]
Workers = Annotated[int, typer.Option(min=1, max=256, help="How many processors; 1 makes a run repeatable.")]
Seed = Annotated[int, typer.Option(min=0, max=2**31 - 1, help="The seed of everything left to chance.")]
T = TypeVar("T")
Quiet = Annotated[bool, typer.Option("--quiet", help="No progress while solving.")]


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show somebody's name must not stop the work.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    code = run(sys.argv[1:])
    if code == STOPPED:
        print("Stopped.", file=sys.stderr)
        # The solver may still be at work in its own threads; the ordinary way out would wait for it.
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code. Nothing that input can do gets past this as a traceback."""
    try:
        app(args=list(arguments), prog_name="stepup")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else DONE
    except BadInput as bad:
        _complain(bad.faults, bad.warnings)
        return BAD_INPUT
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        print(f"Cannot read or write{where}: {(error.strerror or str(error)).lower()}.", file=sys.stderr)
        return BAD_INPUT
    return DONE


@app.command()
def check(campaign: CampaignPath) -> None:
    """Read a campaign and list every fault in it."""
    checked = _campaign(campaign)
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

    number = convert_campaign(_campaign(source), out)
    print(f"{number} tables written to {out}.")


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

    checked = _campaign(campaign)
    make_ready(out)
    result = _watched(quiet, lambda watch: schedule_campaign(checked, _params(seconds, workers, seed), watch))
    write_schedule(checked, result, out)
    _print([*schedule_lines(checked, result), f"Written to {out}."])
    raise typer.Exit(NOT_ALL_WELL if result.unplaced else DONE)


@app.command()
def verify(campaign: CampaignPath, timetable: TimetablePath) -> None:
    """Check a timetable against every rule, without the solver."""
    from api.services.summarise import verified_lines
    from api.services.verify_timetable import verify_timetable

    checked = _campaign(campaign)
    verified = verify_timetable(checked, timetable)
    _warn(verified.warnings)
    _print(verified_lines(checked, verified))
    raise typer.Exit(NOT_ALL_WELL if verified.breaches else DONE)


@app.command()
def rank(campaign: CampaignPath, out: OutFolder) -> None:
    """Compute scores and the order of merit from the ratings."""
    from api.services.rank_applicants import rank_applicants, write_ranking
    from api.services.summarise import ranking_lines

    checked = _campaign(campaign)
    ranked = rank_applicants(checked)
    write_ranking(checked, ranked, out)
    _print([*ranking_lines(checked, ranked), f"Written to {out}."])
    raise typer.Exit(NOT_ALL_WELL if ranked.unrankable else DONE)


@app.command()
def allocate(campaign: CampaignPath, out: OutFolder) -> None:
    """Give out the places by the order of merit."""
    from api.services.allocate_places import allocate_places, write_allocation
    from api.services.rank_applicants import rank_applicants
    from api.services.summarise import allocation_lines, ranking_lines

    checked = _campaign(campaign)
    ranked = rank_applicants(checked)
    allocated = allocate_places(checked, ranked)
    write_allocation(checked, ranked, allocated, out)
    _print([*ranking_lines(checked, ranked), *allocation_lines(checked, allocated), f"Written to {out}."])


@app.command()
def sample(
    name: Annotated[
        str, typer.Argument(help="south-west-2015, south-west-2017, south-west-bid or tiny.", metavar="NAME")
    ],
    out: OutFolder,
    seed: Seed = 0,
) -> None:
    """Write a made-up campaign to try things with."""
    from api.services.write_sample import write_sample

    number = write_sample(name, seed, out)
    print(f"{number} tables of the made-up campaign {name} written to {out}.")


@app.command("run")
def run_all(
    campaign: CampaignPath,
    out: OutFolder,
    seconds: Seconds = 60,
    workers: Workers = 2,
    seed: Seed = 0,
    quiet: Quiet = False,
) -> None:
    """Do all of it: timetable, order of merit, allocation, papers."""
    from api.services.run_campaign import run_campaign
    from api.services.summarise import run_lines

    checked = _campaign(campaign)
    params = _params(seconds, workers, seed)
    papers = None if quiet else _print_papers
    done = _watched(quiet, lambda watch: run_campaign(checked, params, out, watch, papers))
    _print(run_lines(checked, done))
    unrankable = done.assessed is not None and done.assessed.ranked.unrankable
    raise typer.Exit(NOT_ALL_WELL if done.result.unplaced or done.breaches or unrankable else DONE)


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

    verify_timetable(_campaign(campaign), timetable, standby_allowed=True)
    _not_yet("repair a timetable")


@app.command()
def explain(campaign: CampaignPath) -> None:
    """Say why applicants cannot be placed, and the cheapest ways out (not in this version)."""
    _campaign(campaign)
    _not_yet("explain")


def _not_yet(what: str) -> NoReturn:
    print(f"The input is sound, but this version cannot {what} yet. Nothing was written.", file=sys.stderr)
    raise typer.Exit(BAD_INPUT)


def _campaign(path: Path) -> Campaign:
    """The campaign at `path`, its warnings printed. Raises `BadInput`."""
    from api.services.check_campaign import check_campaign

    checked = check_campaign(path)
    _warn(checked.warnings)
    return checked.campaign


def _params(seconds: float, workers: int, seed: int) -> Params:
    from scheduler.params import Params

    return Params(seconds=seconds, workers=workers, seed=seed)


def _complain(faults: Sequence[Fault], warnings: Sequence[str]) -> None:
    """Every fault, grouped by table, to standard error."""
    _warn(warnings)
    number = len(faults)
    print(f"{number} fault{'' if number == 1 else 's'}; nothing was written.", file=sys.stderr)
    for table in dict.fromkeys(fault.table for fault in faults):
        print(f"\n{table}", file=sys.stderr)
        for fault in faults:
            if fault.table == table:
                print(f"  {sentence_of(fault)}", file=sys.stderr)


def _warn(warnings: Sequence[str]) -> None:
    for warning in warnings:
        print(f"Note: {warning}.", file=sys.stderr)


def _print(lines: Sequence[str]) -> None:
    for line in lines:
        print(line)


def _print_papers(made: int, of: int) -> None:
    if made == of or made % 50 == 0:
        print(f"{made} of {of} papers made", file=sys.stderr)


def _watched(quiet: bool, work: Callable[[Watcher | None], T]) -> T:
    """Do the long work while showing how it goes. It runs beside, so that Ctrl-C is heard at once."""
    done: list[T] = []
    failed: list[BaseException] = []
    with _progress(quiet) as watch:

        def worker() -> None:
            try:
                done.append(work(watch))
            except BaseException as error:
                failed.append(error)

        thread = threading.Thread(target=worker, daemon=True)
        thread.start()
        while thread.is_alive():
            thread.join(timeout=0.2)
    if failed:
        raise failed[0]
    return done[0]


@contextmanager
def _progress(quiet: bool) -> Iterator[Watcher | None]:
    """Whoever is told how the solver gets on: a table that changes in place on a terminal, else lines."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        from rich.console import Console
        from rich.live import Live

        table = ProgressTable()
        with Live(get_renderable=table.__rich__, console=Console(stderr=True), refresh_per_second=4):
            yield table
    else:
        yield ProgressLines()


def _value(progress: Progress) -> str:
    return "none yet" if progress.value is None else f"{progress.value:,}"


def _bound(progress: Progress) -> str:
    """That nothing is below nought goes without saying."""
    if progress.proven:
        return "proven"
    return f"at least {progress.bound:,}" if progress.bound and progress.bound > 0 else ""


def _tier_sentences() -> dict[str, str]:
    from scheduler.rules import TIERS

    return {tier.key: tier.sentence for tier in TIERS}


class ProgressLines:
    """One line to standard error for each change: elapsed seconds, tier, value, bound.

    Small steps of one tier are told every other second; a proof is told at once.
    """

    STEP_SECONDS = 2.0

    def __init__(self) -> None:
        from scheduler.result import Progress

        self._sentences = _tier_sentences()
        self._last = Progress(-self.STEP_SECONDS, "", None, None)

    def __call__(self, progress: Progress) -> None:
        last = self._last
        changed = replace(progress, seconds=last.seconds) != last
        soon = progress.tier == last.tier and progress.seconds < last.seconds + self.STEP_SECONDS
        if changed and (progress.proven or not soon):
            self._last = progress
            standing = ", ".join(filter(None, [_value(progress), _bound(progress)]))
            sentence = self._sentences.get(progress.tier, progress.tier)
            print(f"{progress.seconds:7.1f} s  {sentence}: {standing}", file=sys.stderr, flush=True)


class ProgressTable:
    """A row for each tier with its latest value and bound, for a terminal."""

    def __init__(self) -> None:
        self._sentences = _tier_sentences()
        self._latest: dict[str, Progress] = {}

    def __call__(self, progress: Progress) -> None:
        # What was proven once stays so, also when a later stage reports the value alone.
        before = self._latest.get(progress.tier)
        if before is None or not before.proven or progress.proven or progress.value != before.value:
            self._latest[progress.tier] = progress

    def __rich__(self) -> Table:
        from rich.table import Table

        table = Table("Aim", "Value", "Bound", "Seconds")
        for key, sentence in self._sentences.items():
            latest = self._latest.get(key)
            if latest is not None:
                table.add_row(sentence, _value(latest), _bound(latest), f"{latest.seconds:.1f}")
        return table
