"""One measurement at a time, in a process of its own, so that time and memory are its own too."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

STEPUP = str(Path(sys.executable).with_name("stepup"))


@dataclass(frozen=True, slots=True)
class Measured:
    """Wall-clock seconds and peak memory in MiB of one command, its exit code and what it printed."""

    seconds: float
    peak_mib: float
    exit_code: int
    output: str


def run(*arguments: str, repeat: int = 1) -> Measured:
    """Run the command `stepup` with these arguments; with `repeat`, the median time of several runs."""
    times: list[float] = []
    for _ in range(repeat):
        began = time.monotonic()
        process = subprocess.Popen(
            [STEPUP, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        times.append(time.monotonic() - began)
    return Measured(sorted(times)[len(times) // 2], _mib(usage), process.returncode, output)


def run_record(out: Path) -> dict[str, object]:
    """What a run of the solver wrote about itself."""
    record: dict[str, object] = json.loads((out / "run.json").read_text(encoding="utf-8"))
    return record


def _mib(usage: resource.struct_rusage) -> float:
    # Linux counts in KiB, macOS in bytes.
    return usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)
