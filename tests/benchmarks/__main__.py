"""`make bench`: every bar of the project measured, beside what was reached.

`python -m tests.benchmarks` runs all of it, which takes hours; `--only peers --only growth` some parts, which
are put into the report in place of their older figures; `--quick` shorter ones, to see that all works. The
report is printed and written to `bench/`, as Markdown and as JSON. Machines are shared and noisy: read the
numbers, do not trust one run. What is measured is in `bars/`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.bars import BARS
from tests.benchmarks.report import merged


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Measure the bars.")
    parser.add_argument("--quick", action="store_true", help="small campaigns and short times")
    parser.add_argument("--only", action="append", choices=BARS, metavar="NAME", help=", ".join(BARS))
    parser.add_argument("--out", type=Path, default=Path("bench"), help="the folder of the reports")
    given = parser.parse_args(arguments)
    report = ""
    for name in given.only or BARS:
        print(f"measuring {name}", file=sys.stderr, flush=True)
        # Written after each part, so that hours are not lost with the last one.
        report = merged(given.out, {name: BARS[name](given.quick)}, tuple(BARS))
    print(report)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
