"""A thousand applicants in one campaign, and a whole country of campaigns side by side."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.measure import Measured, apart, run, run_record
from tests.benchmarks.report import Line, Part, Table, within
from tests.benchmarks.traced import first_and_settled

MINUTES = 600.0
MEMORY_MIB = 4096
START_SECONDS = 60.0
# Seconds for each of the 22 campaigns, 11 a process. With one worker they are counted by the work done, and
# take longer by the clock.
SECONDS_EACH = 30.0
COPIES = 4
SPEED_UP = 1.7


def measure_thousand(quick: bool) -> Part:
    """1,000 applicants, 40 councils, 6 venues: everybody placed, tiers 1 and 2 proven, in time and memory."""
    name = "size-200" if quick else "size-1000"
    run_apart = apart(MINUTES + START_SECONDS, first_and_settled, name, 60.0 if quick else MINUTES)
    trace = run_apart.value
    lines = [
        within(f"{name}: everybody placed", MINUTES, trace.complete if trace else None),
        within(f"{name}: tiers 1 and 2 proven", MINUTES, trace.settled if trace else None),
        Line(
            f"{name}: peak memory",
            f"at most {MEMORY_MIB} MiB",
            f"{run_apart.peak_mib:.0f} MiB" if trace else run_apart.fault,
            trace is not None and run_apart.peak_mib <= MEMORY_MIB,
        ),
    ]
    return Part("A thousand applicants", tuple(lines), quick=quick)


def measure_national(quick: bool) -> Part:
    """22 partnerships with 4,391 applicants in two processes, and what two processes gain over one."""
    with tempfile.TemporaryDirectory() as folder:
        country = Path(folder) / "national"
        run("sample", "national", "--out", str(country))
        campaigns = sorted(country.iterdir())[: 2 if quick else None]
        out = Path(folder) / "result"
        seconds = 5.0 if quick else SECONDS_EACH
        whole = _schedule(campaigns, out, 2, seconds)
        rows = _summary(out)
        placed, applicants = (
            sum(int(row[column] or 0) for row in rows) for column in ("placed", "applicants")
        )
        proven = sum(_first_two_proven(out / row["campaign"]) for row in rows)
        gain = _speed_up("size-50" if quick else "size-200", 2.0 if quick else 10.0, Path(folder))
    everybody = placed == applicants and len(rows) == len(campaigns)
    what = f"{len(campaigns)} partnerships, {applicants:,} applicants, two processes"
    table = Table(
        "Each partnership",
        ("partnership", "applicants", "placed", "status", "seconds"),
        tuple(tuple(row.values()) for row in rows),
        f"{seconds:g} s each, one worker each. Largest process: {whole.peak_mib:.0f} MiB.",
    )
    lines = (
        within(what, MINUTES, whole.seconds, everybody),
        Line("applicants placed", "all", f"{placed:,} of {applicants:,}", everybody),
        Line("tiers 1 and 2 proven", "", f"in {proven} of {len(rows)} partnerships", None),
        gain,
    )
    return Part("A whole country", lines, (table,), quick)


def _speed_up(name: str, seconds: float, folder: Path) -> Line:
    """The same work by one process and by two.

    Every campaign is the same, under other names, and with one worker its work is counted by the solver and
    not by the clock: so both runs do the same, which their timetables show.
    """
    copies = [folder / "copies" / f"copy-{number}" for number in range(1, COPIES + 1)]
    for copy in copies:
        run("sample", name, "--out", str(copy))
    taken: list[float] = []
    timetables: set[bytes] = set()
    for at_once in (1, 2):
        out = folder / f"copies-by-{at_once}"
        taken.append(_schedule(copies, out, at_once, seconds).seconds)
        timetables |= {(out / copy.name / "timetable.csv").read_bytes() for copy in copies}
    ratio = taken[0] / taken[1]
    same = len(timetables) == 1
    said = f"{ratio:.2f} ({taken[0]:.1f} s by one, {taken[1]:.1f} s by two)"
    return Line(
        f"speed-up of two processes over one, {COPIES} times {name}",
        f"at least {SPEED_UP}",
        said if same else f"{said}; the timetables differ, so the work was not the same",
        ratio >= SPEED_UP and same,
    )


def _schedule(campaigns: Sequence[Path], out: Path, at_once: int, seconds: float) -> Measured:
    options = ["--jobs", str(at_once), "--workers", "1", "--seconds", str(seconds), "--quiet"]
    return run("schedule", *map(str, campaigns), "--out", str(out), *options)


def _summary(out: Path) -> list[dict[str, str]]:
    with (out / "summary.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _first_two_proven(out: Path) -> bool:
    if not (out / "run.json").exists():
        return False
    objective = run_record(out)["objective"]
    assert isinstance(objective, list)
    return all(tier["proven"] for tier in objective[:2])
