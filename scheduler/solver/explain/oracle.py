"""One question, put to the ordinary solver again and again: can everybody of this campaign have a session?

Yes is said on the strength of a timetable without a breach, no on the strength of a proof. Nothing else is
ever said; where time runs out, the answer is that nobody knows.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from enum import StrEnum

from scheduler.checks import breaches_of
from scheduler.params import Params, Stop
from scheduler.problem import Problem
from scheduler.result import Result, Status
from scheduler.solver.explain.placing import AIMS, ruled_out, some_timetable
from scheduler.solver.schedule import schedule

# What one question may take: a share of the time left, and no more than these seconds.
QUICK_SHARE, FULL_SHARE = 0.1, 0.3
QUICK_SECONDS, FULL_SECONDS = 5.0, 20.0
# With less time left than this, asking makes no sense.
LEAST_SECONDS = 0.2


class Verdict(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Question:
    """`problem` with all its applicants, of whom `spare` are more than have a session now.

    `focus` are those whose session is asked for. Without any, the question is only whether there is a
    timetable at all, with anybody or nobody in it.
    """

    problem: Problem
    focus: tuple[str, ...]
    spare: int = 1


class Oracle:
    """Asks within `seconds` of wall clock from now on, and no more once somebody asked to `stop`."""

    def __init__(self, params: Params, seconds: float, stop: Stop | None = None) -> None:
        self._params = params
        self._stop = stop
        self._ends = time.monotonic() + seconds

    @property
    def left(self) -> float:
        if self._stop is not None and self._stop.asked:
            return 0.0
        return max(0.0, self._ends - time.monotonic())

    @property
    def over(self) -> bool:
        """Whether there is no time left for another question."""
        return self.left < LEAST_SECONDS

    def part(self, share: float) -> Oracle:
        """One that has a share of the time left."""
        return Oracle(self._params, self.left * share, self._stop)

    def ruled_out(self, problem: Problem, everybody: bool = True) -> bool:
        """Whether counting and the placement alone prove it impossible; False proves nothing."""
        if self.over:
            return False
        return ruled_out(problem, everybody, self._params, self._quick_seconds, self._stop)

    def verdict(self, problem: Problem, everybody: bool = True) -> Verdict:
        """Whether everybody can have a session (or, without `everybody`, there is a timetable at all)."""
        if self.over:
            return Verdict.UNKNOWN
        if self.ruled_out(problem, everybody):
            return Verdict.NO
        seconds = max(LEAST_SECONDS, min(QUICK_SECONDS, self.left * FULL_SHARE))
        if some_timetable(problem, self._params, seconds, self._stop) is not None:
            return Verdict.YES
        result = self.placing_most(problem)
        return Verdict.UNKNOWN if result is None else verdict_of(problem, result, everybody)

    def placing_most(self, problem: Problem) -> Result | None:
        """What `schedule` makes of it, by the first aim alone; None where there is no time left."""
        if self.over:
            return None
        seconds = max(LEAST_SECONDS, min(FULL_SECONDS, self.left * FULL_SHARE))
        return schedule(replace(problem, tiers=AIMS), replace(self._params, seconds=seconds), stop=self._stop)

    @property
    def _quick_seconds(self) -> float:
        return max(LEAST_SECONDS, min(QUICK_SECONDS, self.left * QUICK_SHARE))


def verdict_of(problem: Problem, result: Result, everybody: bool = True) -> Verdict:
    """What a run of the solver shows."""
    if result.status is Status.INFEASIBLE:
        return Verdict.NO
    sound = result.status is not Status.UNKNOWN and not breaches_of(problem, result.timetable)
    if sound and not (everybody and result.unplaced):
        return Verdict.YES
    first = next((tier for tier in result.objective if tier.name == "unplaced"), None)
    return Verdict.NO if everybody and first is not None and first.bound > 0 else Verdict.UNKNOWN
