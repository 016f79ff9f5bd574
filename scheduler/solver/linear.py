"""A CP-SAT model solved by the linear-programming solver HiGHS instead, for aims made of many small sums.

Travel is such an aim: HiGHS proves in seconds what CP-SAT leaves with a gap. The model is translated line
by line (`_Translation`); what HiGHS finds is put back into the model and checked by CP-SAT in whole numbers,
so that no rounding gets into an answer. Its bounds are floating-point with a tolerance of one part in a
million; every aim is a whole number, so they are rounded up. HiGHS works with one thread and is repeatable.
"""

from __future__ import annotations

import datetime
import math
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.sat.python import cp_model

from scheduler.params import Params
from scheduler.solver.engine import LEAST_SECONDS, LOOK_SECONDS, PLACEMENT, Answer, Budget, Stopped, solve

# With one worker a run must repeat, so HiGHS is stopped after so many nodes of its search, not by the clock.
# Before the first node nothing stops it. What that takes for each term of the model, in seconds on an
# ordinary machine, and how many nodes it does in as much time again:
SECONDS_PER_TERM = 0.00008
NODES_PER_START = 8
# What one simplex iteration takes there: how such a run is charged for its time.
SECONDS_PER_ITERATION = 0.0003
TOLERANCE = 1e-6
# Whether an answer keeps every constraint is known at once in all but the largest models.
CHECK_SECONDS = 10.0


def linear_has_time(model: cp_model.CpModel, budget: Budget, seconds: float) -> bool:
    """Whether it is worth asking HiGHS for the least of something: a run that cannot be stopped must fit."""
    return not budget.deterministic or seconds >= _seconds_to_start(model)


def _seconds_to_start(model: cp_model.CpModel) -> float:
    # To read `linear` of a constraint that is none would make it one.
    terms = sum(len(c.linear.vars) for c in model.proto.constraints if c.has_linear())
    return SECONDS_PER_TERM * terms


def solve_linear(model: cp_model.CpModel, params: Params, budget: Budget, seconds: float) -> Answer:
    """Minimise the objective of `model`, if it has one, for at most `seconds`.

    The model may hold linear constraints (also with gaps in their domain, or enforced) and clauses. Does not
    charge the budget. Once the run is asked to stop, raises `Stopped`.
    """
    translation = _Translation(model)
    linear = translation.linear_model()
    settings = mathopt.SolveParameters(
        relative_gap_tolerance=0.0,
        absolute_gap_tolerance=0.99,
        random_seed=params.seed,
    )
    if budget.deterministic:
        starts = seconds / max(LEAST_SECONDS, _seconds_to_start(model))
        settings.node_limit = max(1, int((starts - 1) * NODES_PER_START))
    else:
        settings.time_limit = datetime.timedelta(seconds=max(LEAST_SECONDS, seconds))
    result = _solved(linear, settings, budget)
    spent = result.solve_stats.simplex_iterations * SECONDS_PER_ITERATION
    reason = result.termination.reason
    bound = result.termination.objective_bounds.dual_bound
    nothing = Answer(False, False, False, 0, _rounded_up(bound), spent, cp_model.CpSolver())
    if reason is mathopt.TerminationReason.INFEASIBLE:
        return replace(nothing, proven=True, impossible=True)
    found = _in_whole_numbers(model, translation.size, result, params, budget) if result.solutions else None
    if found is None:
        return nothing
    lowest = min(found.value, _rounded_up(bound))
    return replace(found, proven=lowest == found.value, bound=lowest, seconds=found.seconds + spent)


def _solved(linear: mathopt.Model, settings: mathopt.SolveParameters, budget: Budget) -> mathopt.SolveResult:
    """What HiGHS makes of it. Raises `Stopped` as soon as the run is asked to stop.

    HiGHS hears no such word through MathOpt 9.15 (its interrupter is taken and never looked at), so it works
    in a thread that is left behind then, to end at its own limit.
    """
    if budget.stop is None:
        return mathopt.solve(linear, mathopt.SolverType.HIGHS, params=settings)
    outcome: list[mathopt.SolveResult | Exception] = []
    done = threading.Event()

    def run() -> None:
        try:
            outcome.append(mathopt.solve(linear, mathopt.SolverType.HIGHS, params=settings))
        except Exception as error:
            outcome.append(error)
        done.set()

    threading.Thread(target=run, name="highs", daemon=True).start()
    while not done.wait(LOOK_SECONDS):
        if budget.stopped:
            raise Stopped
    if isinstance(outcome[0], Exception):
        raise outcome[0]
    return outcome[0]


def _rounded_up(bound: float) -> int:
    """The whole number that a bound stands for; 0 where there is none yet."""
    if not math.isfinite(bound):
        return 0
    return math.ceil(bound - TOLERANCE * max(1.0, abs(bound)))


def _in_whole_numbers(
    model: cp_model.CpModel,
    size: int,
    result: mathopt.SolveResult,
    params: Params,
    budget: Budget,
) -> Answer | None:
    """The solution, with every number rounded and every constraint checked by CP-SAT."""
    model.clear_hints()  # type: ignore[no-untyped-call]
    for variable, value in result.variable_values().items():
        if variable.id < size:
            model.add_hint(model.get_int_var_from_proto_index(variable.id), round(value))
    answer = solve(model, params, budget, CHECK_SECONDS, PLACEMENT, workers=1, fixed=True)
    return answer if answer.found else None


class _Translation:
    """The linear model, row by row. Its first variables are the CP-SAT model's, in their order."""

    def __init__(self, model: cp_model.CpModel) -> None:
        self._proto = model_pb2.ModelProto()
        self._rows: list[tuple[float, float, dict[int, float]]] = []
        self._domains: list[tuple[int, int]] = []
        for variable in model.proto.variables:
            domain = list(variable.domain)
            self._add_variable(domain[0], domain[-1])
        self.size = len(self._domains)
        for constraint in model.proto.constraints:
            self._constraint(constraint)
        self._objective(model.proto.objective)

    def linear_model(self) -> mathopt.Model:
        matrix = self._proto.linear_constraint_matrix
        for number, (low, high, terms) in enumerate(self._rows):
            self._proto.linear_constraints.ids.append(number)
            self._proto.linear_constraints.lower_bounds.append(low)
            self._proto.linear_constraints.upper_bounds.append(high)
            for index in sorted(terms):
                matrix.row_ids.append(number)
                matrix.column_ids.append(index)
                matrix.coefficients.append(terms[index])
        return mathopt.Model.from_model_proto(self._proto)

    def _add_variable(self, low: int, high: int) -> int:
        index = len(self._domains)
        self._domains.append((low, high))
        variables = self._proto.variables
        variables.ids.append(index)
        variables.lower_bounds.append(low)
        variables.upper_bounds.append(high)
        variables.integers.append(True)
        return index

    def _objective(self, objective: Any) -> None:
        terms: Counter[int] = Counter()
        for index, coefficient in zip(list(objective.vars), list(objective.coeffs), strict=True):
            terms[index] += coefficient
        self._proto.objective.offset = objective.offset
        for index in sorted(terms):
            self._proto.objective.linear_coefficients.ids.append(index)
            self._proto.objective.linear_coefficients.values.append(terms[index])

    def _constraint(self, constraint: Any) -> None:
        """Raises `NotImplementedError` for kinds that the placement does not use."""
        enforced = list(constraint.enforcement_literal)
        off = [-literal - 1 for literal in enforced]
        if constraint.has_linear():
            self._linear(constraint.linear, off)
        elif constraint.has_bool_or():
            self._at_least_one([*constraint.bool_or.literals, *off])
        elif constraint.has_bool_and():
            for literal in list(constraint.bool_and.literals):
                self._at_least_one([literal, *off])
        elif constraint.has_at_most_one():
            terms, constant = self._literals(list(constraint.at_most_one.literals))
            self._rows.append((-math.inf, 1 - constant, terms))
        elif constraint.has_exactly_one():
            terms, constant = self._literals(list(constraint.exactly_one.literals))
            self._rows.append((1 - constant, 1 - constant, terms))
        else:
            raise NotImplementedError(str(constraint))

    def _at_least_one(self, literals: Sequence[int]) -> None:
        terms, constant = self._literals(literals)
        self._rows.append((1 - constant, math.inf, terms))

    def _linear(self, linear: Any, off: Sequence[int]) -> None:
        """Lower and upper limit, unless one of `off` is true; where the domain has gaps, of one stretch."""
        terms: Counter[int] = Counter()
        for index, coefficient in zip(list(linear.vars), list(linear.coeffs), strict=True):
            terms[index] += coefficient
        ends = [sorted(coefficient * end for end in self._domains[i]) for i, coefficient in terms.items()]
        least, most = sum(low for low, _ in ends), sum(high for _, high in ends)
        domain = list(linear.domain)
        low, high = max(least, domain[0]), min(most, domain[-1])
        slack, constant = self._literals(off)
        room_below, room_above = low - least, high - most
        if len(domain) == 2:
            lowest, highest, lower, higher = low, high, Counter[int](), Counter[int]()
        else:
            room_below, room_above = most - least, least - most
            stretches = list(zip(domain[::2], domain[1::2], strict=True))
            chosen = [self._add_variable(0, 1) for _ in stretches]
            self._rows.append((1, 1, dict.fromkeys(chosen, 1)))
            lower = Counter({c: max(least, start) for c, (start, _) in zip(chosen, stretches, strict=True)})
            higher = Counter({c: min(most, end) for c, (_, end) in zip(chosen, stretches, strict=True)})
            lowest = highest = 0
        if low > least or lower:
            row = _plus(terms, slack, room_below, lower, -1)
            self._rows.append((lowest - room_below * constant, math.inf, row))
        if high < most or higher:
            row = _plus(terms, slack, room_above, higher, -1)
            self._rows.append((-math.inf, highest - room_above * constant, row))

    def _literals(self, literals: Sequence[int]) -> tuple[dict[int, float], int]:
        """Their sum: terms and a constant. A negative literal is one less the variable."""
        terms: Counter[int] = Counter()
        for literal in literals:
            terms[literal if literal >= 0 else -literal - 1] += 1 if literal >= 0 else -1
        return dict(terms), sum(literal < 0 for literal in literals)


def _plus(
    terms: Mapping[int, float], more: Mapping[int, float], times: float, other: Mapping[int, float], by: float
) -> dict[int, float]:
    """terms + times * more + by * other."""
    total = Counter(terms)
    for index, coefficient in more.items():
        total[index] += times * coefficient  # type: ignore[assignment]
    for index, coefficient in other.items():
        total[index] += by * coefficient  # type: ignore[assignment]
    return dict(total)
