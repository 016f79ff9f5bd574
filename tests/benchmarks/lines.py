"""The lines of the report: what is measured, against which bar, and what came out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from api.exports.tables import write_folder
from api.imports.read import read_campaign
from api.samples import sample_tables
from scheduler.params import Params
from scheduler.problem import Problem
from scheduler.result import Progress, Result
from scheduler.solver.schedule import schedule
from tests.benchmarks.measure import Measured, run, run_record

FIRST_TIERS = ("unplaced", "panel_half_days", "sessions_held", "without_first_choice_member")
FIVE_TIERS = (*FIRST_TIERS, "applicant_travel_minutes")
MEMORY_MIB = 2048


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the report. `measured` is in words; `holds` says whether the bar was met in this run."""

    what: str
    bar: str
    measured: str
    holds: bool

    def record(self) -> dict[str, object]:
        return asdict(self)


def command_lines() -> Iterator[Line]:
    helped = run("--help", repeat=5)
    yield _seconds("`stepup --help`, median of five", 0.5, helped.seconds, helped.exit_code == 0)


def solver_lines(folder: Path) -> Iterator[Line]:
    """The three samples, each with the time its bar allows."""
    result, proven = _solve(_problem("south-west-2015", folder), 60)
    first = result.first_complete_seconds
    yield _seconds("south-west-2015: first complete timetable without a breach", 10, first)
    yield _seconds("south-west-2015: tiers 1 to 5 proven", 60, _all_proven(result, proven))
    yield Line("south-west-2015: all tiers, 60 s", "reported", _tiers(result), True)
    for name in ("south-west-2017", "south-west-bid"):
        result, _ = _solve(_problem(name, folder), 180)
        placed = not result.unplaced
        yield _seconds(f"{name}: everybody placed, no breach", 60, result.first_complete_seconds, placed)
        bounded = all(tier.bound <= tier.value for tier in result.objective[: len(FIVE_TIERS)])
        yield Line(f"{name}: tiers with their bounds, 180 s", "tiers 1 to 5", _tiers(result), bounded)


def chain_lines(folder: Path, quick: bool) -> Iterator[Line]:
    """What `make demo` does, after installation."""
    name = "tiny" if quick else "south-west-2015"
    campaign, out = str(folder / "demo"), folder / "demo-result"
    sample = run("sample", name, "--out", campaign)
    chain = run("run", campaign, "--out", str(out), "--quiet")
    record = run_record(out)
    yield _seconds(f"the demo on {name}", 180, sample.seconds + chain.seconds, chain.exit_code == 0)
    yield _memory(f"the demo on {name}: peak memory of the main process", chain)
    yield Line(f"the demo on {name}: the solver alone", "reported", f"{record['seconds']} s", True)


def _solve(problem: Problem, seconds: float) -> tuple[Result, dict[str, float]]:
    """Solve, and note when each tier was first proven. Unsound timetables raise, so none is measured."""
    proven: dict[str, float] = {}

    def watch(progress: Progress) -> None:
        if progress.proven:
            proven.setdefault(progress.tier, progress.seconds)

    return schedule(problem, Params(seconds=seconds), watch), proven


def _problem(name: str, folder: Path) -> Problem:
    write_folder(sample_tables(name).values(), folder / name)
    campaign = read_campaign(folder / name).campaign
    assert campaign is not None
    return campaign.problem


def _all_proven(result: Result, seconds_by_tier: dict[str, float]) -> float | None:
    """When the last of tiers 1 to 5 was proven, if the result says that all of them are."""
    if not all(tier.proven for tier in result.objective if tier.name in FIVE_TIERS):
        return None
    return max(seconds_by_tier[tier] for tier in FIVE_TIERS)


def _tiers(result: Result) -> str:
    return "; ".join(
        f"{tier.name} {tier.value}" + (" proven" if tier.proven else f" (bound {tier.bound})")
        for tier in result.objective
    )


def _seconds(what: str, bar: float, measured: float | None, also: bool = True) -> Line:
    if measured is None:
        return Line(what, f"at most {bar:g} s", "not reached", False)
    return Line(what, f"at most {bar:g} s", f"{measured:.2f} s", measured <= bar and also)


def _memory(what: str, measured: Measured) -> Line:
    return Line(
        what, f"at most {MEMORY_MIB} MiB", f"{measured.peak_mib:.0f} MiB", measured.peak_mib <= MEMORY_MIB
    )
