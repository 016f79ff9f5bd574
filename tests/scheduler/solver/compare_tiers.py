"""Every tier of nine hundred tiny campaigns against the exhaustive search.

`python -m tests.scheduler.solver.compare_tiers` prints a line for each disagreement and one in sum, and ends
with 1 if there was any; about four minutes on one core. A number after `--tied` or `--tiny` compares fewer.
`test_exhaustive.py` does the same for a hundred of them.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence

from scheduler.checks import breaches_of, tier_values
from scheduler.params import Params
from scheduler.problem import Problem
from scheduler.result import Result, Status
from scheduler.solver.schedule import schedule
from tests.scheduler.solver.exhaustive_tiers import Optimum, optimum_of
from tests.scheduler.solver.random_campaigns import tiny_problem_of
from tests.scheduler.solver.tied_campaigns import tied_problem_of

CAMPAIGNS = {"tied": tied_problem_of, "tiny": tiny_problem_of}
NUMBERS = {"tied": 600, "tiny": 300}
SECONDS = 20


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Compare every tier with an exhaustive search.")
    for kind, number in NUMBERS.items():
        parser.add_argument(
            f"--{kind}", type=int, default=number, metavar="N", help=f"seeds 0 to N-1 ({number})"
        )
    given = vars(parser.parse_args(arguments))
    compared, disagreeing = 0, 0
    searching, solving = 0.0, 0.0
    for kind, problem_of in CAMPAIGNS.items():
        for seed in range(given[kind]):
            problem = problem_of(seed)
            begun = time.process_time()
            optimum = optimum_of(problem)
            found = time.process_time()
            result = schedule(problem, Params(seconds=SECONDS, workers=1))
            searching += found - begun
            solving += time.process_time() - found
            told = [*disagreements(problem, result, optimum)]
            for line in told:
                print(f"{kind} {seed}: {line}", flush=True)
            compared, disagreeing = compared + 1, disagreeing + bool(told)
    print(
        f"{compared} campaigns, {disagreeing} with a disagreement;"
        f" {searching:.0f} s of CPU for the search, {solving:.0f} s for the solver"
    )
    return 1 if disagreeing else 0


def disagreements(problem: Problem, result: Result, optimum: Optimum | None) -> Iterator[str]:
    """What the solver missed, did not prove or proved wrongly; and whatever the checks say of the search."""
    if optimum is None:
        if result.status is not Status.INFEASIBLE:
            yield f"{result.status.value}, but no timetable keeps the pins"
        return
    if breaches_of(problem, optimum.timetable, check_rotations=False):
        yield "the checks find a breach in the timetable of the exhaustive search"
    measured = tier_values(problem, optimum.timetable)
    alike = True
    for tier, least in zip(result.objective, optimum.values, strict=True):
        if measured[tier.name] != least:
            yield f"{tier.name}: the checks measure {measured[tier.name]} where the search says {least}"
        if alike and tier.bound > least:
            yield f"{tier.name}: WRONG BOUND {tier.bound}, least is {least}"
        if tier.value != least:
            yield f"{tier.name}: {tier.value} found, least is {least}"
        elif not tier.proven:
            yield f"{tier.name}: {tier.value} is least, but not proven"
        alike = alike and tier.value == least


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
