"""Our own solver with a note of when it knew what. Everything here runs in a process of its own."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field

from scheduler.params import Params
from scheduler.problem import Problem
from scheduler.result import Progress, Result
from scheduler.rules import FIXED_TIERS
from tests.benchmarks.campaigns import problem_of


class Enough(Exception):
    """Raised when all that was to be measured is known."""


@dataclass
class Trace:
    """When each thing was first known, in seconds from the call.

    `complete` is the first timetable with everybody in it, `settled` the first moment at which the fixed
    tiers of the best timetable are proven, `reached` the last change of that timetable.
    """

    values: dict[str, int] = field(default_factory=dict)
    bounds: dict[str, int] = field(default_factory=dict)
    proven: dict[str, float] = field(default_factory=dict)
    complete: float | None = None
    settled: float | None = None
    reached: float = 0.0

    def hear(self, progress: Progress, seconds: float) -> None:
        if progress.proven:
            self.proven.setdefault(progress.tier, seconds)
        if progress.bound is not None and progress.tier in FIXED_TIERS:
            self.bounds[progress.tier] = max(self.bounds.get(progress.tier, 0), progress.bound)
        # A value without a bound is a whole timetable's, and the checks measured it.
        if progress.bound is None and progress.value is not None:
            if self.values.get(progress.tier) != progress.value:
                self.reached = seconds
            self.values[progress.tier] = progress.value
        if self.complete is None and self.values.get(FIXED_TIERS[0]) == 0:
            self.complete = seconds
        if self.settled is None and all(
            tier in self.values and self.values[tier] <= self.bounds.get(tier, 0) for tier in FIXED_TIERS
        ):
            self.settled = seconds


def solve_traced(name: str, seconds: float, workers: int = 2) -> tuple[Result, Trace]:
    """The whole run."""
    return traced(problem_of(name), Params(seconds=seconds, workers=workers))


def traced(problem: Problem, params: Params) -> tuple[Result, Trace]:
    # OR-Tools is loaded before the clock starts: a run's own time begins with its problem.
    from scheduler.solver.schedule import schedule

    trace, began = Trace(), time.monotonic()
    result = schedule(problem, params, lambda progress: trace.hear(progress, time.monotonic() - began))
    if result.first_complete_seconds is not None:
        trace.complete = result.first_complete_seconds
    return result, trace


def first_and_settled(name: str, seconds: float, workers: int = 2) -> Trace:
    """Only until everybody is placed and the fixed tiers are proven; or until the time is over."""
    from scheduler.solver.schedule import schedule

    problem, trace = problem_of(name), Trace()
    began = time.monotonic()

    def watch(progress: Progress) -> None:
        trace.hear(progress, time.monotonic() - began)
        # The placement proves its tiers before there is a timetable; a timetable is told here, by us.
        if trace.complete is not None and trace.settled is not None and progress.bound is None:
            raise Enough

    with suppress(Enough):
        schedule(problem, Params(seconds=seconds, workers=workers), watch)
    return trace
