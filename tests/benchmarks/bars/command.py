"""The command itself: how soon it answers, and the whole chain from tables to letters."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.benchmarks.measure import run, run_record
from tests.benchmarks.report import Line, Part, within

MEMORY_MIB = 2048


def measure_command(quick: bool) -> Part:
    """`stepup --help` loads nothing heavy."""
    helped = run("--help", repeat=5)
    line = within("`stepup --help`, median of five", 0.5, helped.seconds, helped.exit_code == 0)
    return Part("The command line", (line,), quick=quick)


def measure_chain(quick: bool) -> Part:
    """What `make demo` does, after installation."""
    name = "tiny" if quick else "south-west-2015"
    with tempfile.TemporaryDirectory() as folder:
        campaign, out = str(Path(folder) / "demo"), Path(folder) / "demo-result"
        sample = run("sample", name, "--out", campaign)
        chain = run("run", campaign, "--out", str(out), "--quiet")
        solver_seconds = run_record(out)["seconds"]
    whole = sample.seconds + chain.seconds
    return Part(
        f"The whole chain on {name}",
        (
            within("tables to letters", 180, whole, chain.exit_code == 0),
            Line(
                "peak memory of the main process",
                f"at most {MEMORY_MIB} MiB",
                f"{chain.peak_mib:.0f} MiB",
                chain.peak_mib <= MEMORY_MIB,
            ),
            Line("the solver alone", "", f"{solver_seconds} s", None),
        ),
        quick=quick,
    )
