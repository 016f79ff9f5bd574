"""Running CP-SAT: one seed, one set of workers, one budget, and what came out.

With one worker the limit is CP-SAT's deterministic time, so that the same seed gives the same answer on
any machine however busy; with more it is the wall clock. Nothing here knows about timetabling.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from scheduler.params import Params, Stop

Sink = Callable[[int | None, int | None], None]


@dataclass(frozen=True)
class ModelKind:
    """How a kind of model is solved, measured on the samples.

    `pace` is the seconds that one unit of CP-SAT's deterministic time takes on an ordinary machine: a run
    with one worker counts its time so. With `interleaved`, one worker takes several's strategies in turn.
    With `from_start` the model has hints that are a whole answer, and is searched round about them.
    """

    pace: float
    interleaved: bool
    from_start: bool = False


PLACEMENT = ModelKind(pace=2.2, interleaved=False)
ANY_ORDER = ModelKind(pace=1.5, interleaved=True)
BEST_ORDER = ModelKind(pace=5.0, interleaved=True)
BETTER_ORDER = ModelKind(pace=5.0, interleaved=True, from_start=True)

# What is left of CP-SAT's strategies finds the least waiting two to three times as fast with two workers, and
# twice as fast with one: neighbourhoods over variables and constraints, beside one search for the bound.
LEFT_OUT = (
    "feasibility_pump",
    "rins/rens",
    "ls",
    "ls_lin",
    "scheduling_intervals_lns",
    "scheduling_precedences_lns",
    "scheduling_resource_windows_lns",
    "scheduling_time_window_lns",
)
# How many pieces of work one worker does before the next strategy has its turn.
PIECES_A_TURN = 10

FIRST_SECONDS = 10.0
LEAST_SECONDS = 0.3

# What the smallest model costs to build and load: without it many small solves would count as none.
OVERHEAD_SECONDS = 0.02

# How often a solve looks whether it is to stop, and says so again to a solver that has not begun yet.
LOOK_SECONDS = 0.1


class Stopped(Exception):
    """A solve was not begun, or not waited for, because somebody asked the run to stop."""


def with_later_seed(params: Params, number: int) -> Params:
    """The same with the seed so many further on; after the highest that CP-SAT takes comes 0."""
    return replace(params, seed=(params.seed + number) % 2**31)


class Budget:
    """What is left of `params.seconds`, in seconds: by the wall clock, or by deterministic time spent.

    A first timetable is worth waiting for, so until `settle` there are at least `FIRST_SECONDS`. Once
    somebody has asked to `stop`, nothing is left.
    """

    def __init__(self, params: Params, stop: Stop | None = None) -> None:
        self.stop = stop
        self._seconds = max(params.seconds, FIRST_SECONDS)
        self._settled_seconds = params.seconds
        self._deterministic = params.workers == 1
        self._spent = 0.0
        self._began = time.monotonic()

    @property
    def deterministic(self) -> bool:
        return self._deterministic

    @property
    def stopped(self) -> bool:
        return self.stop is not None and self.stop.asked

    @property
    def elapsed(self) -> float:
        """Seconds of wall clock since the run began, for reports only."""
        return time.monotonic() - self._began

    @property
    def left(self) -> float:
        if self.stopped:
            return 0.0
        spent = self._spent if self._deterministic else self.elapsed
        return max(0.0, self._seconds - spent)

    def settle(self) -> None:
        """From now on just what was asked for."""
        self._seconds = self._settled_seconds

    def at_most(self, seconds: float) -> float:
        """`seconds`, or what is left where that is less; never so little that a solve could not begin."""
        return max(LEAST_SECONDS, min(seconds, self.left))

    def spend(self, seconds: float) -> None:
        """Charge seconds of deterministic time (`Answer.seconds`); the wall clock charges itself."""
        self._spent += seconds


@dataclass(frozen=True)
class Answer:
    """What a solve left: `found` a solution, `proven` best (or proven impossible), value and bound.

    `seconds` is the deterministic time spent, in seconds at the model's pace.
    """

    found: bool
    proven: bool
    impossible: bool
    value: int
    bound: int
    seconds: float
    _values: cp_model.CpSolver

    def of(self, expression: cp_model.LinearExprT) -> int:
        return int(self._values.value(expression))

    @property
    def solution(self) -> tuple[int, ...]:
        """The values of all variables, in the order in which the model got them."""
        return tuple(self._values.response_proto.solution)


class _Reporter(cp_model.CpSolverSolutionCallback):
    """Hands each better solution on to the sink."""

    def __init__(self, sink: Sink) -> None:
        super().__init__()
        self._sink = sink

    def on_solution_callback(self) -> None:
        self._sink(round(self.objective_value), round(self.best_objective_bound))


def solve(
    model: cp_model.CpModel,
    params: Params,
    budget: Budget,
    seconds: float,
    kind: ModelKind,
    sink: Sink | None = None,
    workers: int | None = None,
    fixed: bool = False,
) -> Answer:
    """Solve `model` for at most `seconds`, as the budget counts them. Does not charge the budget.

    With `fixed` the model's hints are the only answer allowed: are they sound? Once the run is asked to stop,
    a solve that has begun ends with what it has, and a new one raises `Stopped`.
    """
    if budget.stopped:
        raise Stopped
    solver = cp_model.CpSolver()
    settings = solver.parameters
    settings.random_seed = params.seed
    settings.num_workers = workers or params.workers
    settings.linearization_level = 2
    # Ctrl-C belongs to whoever started the run; the solver's own handler ends the process.
    settings.catch_sigint_signal = False
    # Two parts of CP-SAT 9.15's presolve have certified values that are not the least: reasoning about what
    # an optimum need not contain (found here, by `tests/scheduler/solver/test_linear.py`), and about sums
    # that hold at-most-ones (or-tools issue 5293). Both are left out, for a proof must be one.
    settings.keep_all_feasible_solutions_in_presolve = True
    settings.presolve_inclusion_work_limit = 0
    settings.fix_variables_to_their_hinted_value = fixed
    settings.interleave_search = kind.interleaved and settings.num_workers == 1
    if kind.from_start:
        settings.linearization_level = 1
        settings.ignore_subsolvers.extend(LEFT_OUT)
        settings.subsolvers.append("default_lp")
        settings.interleave_batch_size = PIECES_A_TURN if settings.num_workers == 1 else 0
    if budget.deterministic:
        settings.max_deterministic_time = max(0.01, seconds / kind.pace)
    else:
        settings.max_time_in_seconds = max(0.05, seconds)
    reporter = None if sink is None else _reporting(solver, sink)
    with _stopped_when_asked(solver, budget.stop):
        status = solver.solve(model, reporter)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    has_objective = model.has_objective()
    return Answer(
        found=found,
        proven=status in (cp_model.OPTIMAL, cp_model.INFEASIBLE),
        impossible=status == cp_model.INFEASIBLE,
        value=round(solver.objective_value) if found and has_objective else 0,
        bound=_whole_bound(solver.best_objective_bound) if has_objective else 0,
        seconds=OVERHEAD_SECONDS + solver.response_proto.deterministic_time * kind.pace,
        _values=solver,
    )


def _reporting(solver: cp_model.CpSolver, sink: Sink) -> _Reporter:
    best: list[int | None] = [None]

    def on_bound(bound: float) -> None:
        sink(best[0], round(bound))

    def on_value(value: int | None, bound: int | None) -> None:
        best[0] = value
        sink(value, bound)

    solver.best_bound_callback = on_bound
    return _Reporter(on_value)


@contextmanager
def _stopped_when_asked(solver: cp_model.CpSolver, stop: Stop | None) -> Iterator[None]:
    """A thread beside the solve that ends it when somebody asks to stop."""
    if stop is None:
        yield
        return
    done = threading.Event()

    def look() -> None:
        while not done.wait(LOOK_SECONDS):
            if stop.asked:
                # The word may come before the solver is ready to hear it, so it is said until it is done.
                solver.stop_search()

    beside = threading.Thread(target=look, name="look-for-stop", daemon=True)
    beside.start()
    try:
        yield
    finally:
        done.set()
        beside.join()


def _whole_bound(bound: float) -> int:
    """Every objective here is a whole number, so a bound rounds up (less a hair for floating point)."""
    if bound in (float("inf"), float("-inf")):
        return 0
    return int(-((-bound + 1e-6) // 1))
