"""The scheduler alone, on JSON, without tables or names: `python -m scheduler schedule problem.json`.

Commands: `schedule PROBLEM` prints the timetable and the run's outcome; `verify PROBLEM TIMETABLE` prints
every breach. Campaigns as people keep them are the business of `stepup` (`api.cli`).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from scheduler.checks import breaches_of
from scheduler.params import Params
from scheduler.problem import Problem
from scheduler.serialise import (
    problem_of,
    run_record,
    timetable_of_record,
    timetable_record,
)

BAD_INPUT = 2


def main(arguments: list[str] | None = None) -> int:
    """Exit code: 0 all placed or no breach, 1 somebody unplaced or a breach, 2 input that cannot be read."""
    options = _options(arguments)
    try:
        problem = problem_of(_json(options.problem))
        if options.command == "schedule":
            return _schedule(problem, Params(options.seconds, options.workers, options.seed))
        return _verify(problem, _json(options.timetable))
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"cannot be read: {error}", file=sys.stderr)
        return BAD_INPUT


def _schedule(problem: Problem, params: Params) -> int:
    # OR-Tools is slow to load and is needed only here.
    from scheduler.solver.schedule import schedule

    result = schedule(problem, params)
    record = {"run": run_record(result, "", {}), "timetable": timetable_record(result.timetable)}
    print(json.dumps(record, indent=1))
    return 1 if result.unplaced else 0


def _verify(problem: Problem, record: Any) -> int:
    breaches = breaches_of(problem, timetable_of_record(record.get("timetable", record)))
    for breach in breaches:
        print(f"{breach.rule}: {breach.detail}")
    return 1 if breaches else 0


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scheduler", description="Timetables from JSON.")
    commands = parser.add_subparsers(dest="command", required=True)
    schedule = commands.add_parser("schedule", help="timetable a problem")
    schedule.add_argument("problem", type=Path)
    schedule.add_argument("--seconds", type=float, default=Params().seconds)
    schedule.add_argument("--workers", type=int, default=Params().workers)
    schedule.add_argument("--seed", type=int, default=Params().seed)
    verify = commands.add_parser("verify", help="check a timetable against every rule")
    verify.add_argument("problem", type=Path)
    verify.add_argument("timetable", type=Path)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
