"""`make bench`: the speed lines of the project, measured on the samples, beside their bars.

Prints a Markdown report and writes it, with the same as JSON, to `bench/`. Machines are shared and noisy:
read the numbers, do not trust one run. `python -m tests.benchmarks --quick` leaves the long solves out.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.lines import Line, chain_lines, command_lines, solver_lines

HEAD = ("what", "bar", "measured", "holds")


def main(arguments: list[str]) -> int:
    out = Path("bench")
    out.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        lines = [*command_lines()]
        if "--quick" not in arguments:
            lines += solver_lines(Path(folder))
        lines += chain_lines(Path(folder), quick="--quick" in arguments)
    report = _markdown(lines)
    (out / "report.md").write_text(report, encoding="utf-8")
    (out / "report.json").write_text(json.dumps([line.record() for line in lines], indent=2) + "\n")
    print(report)
    return 0


def _markdown(lines: list[Line]) -> str:
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    rows = [HEAD, ("---",) * len(HEAD)]
    rows += [(line.what, line.bar, line.measured, "yes" if line.holds else "no") for line in lines]
    table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    return f"# Benchmarks\n\n{machine}\n\n{table}\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
