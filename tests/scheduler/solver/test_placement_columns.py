"""Panels counted by mix or by number are two ways to say the same; applicants alike are one class."""

from __future__ import annotations

import pytest
from ortools.sat.python import cp_model

from scheduler.params import Params
from scheduler.problem import Problem
from scheduler.solver.engine import PLACEMENT, Budget, solve
from scheduler.solver.placement.constraints import add_constraints
from scheduler.solver.placement.objective import AIMS
from scheduler.solver.placement.options import Options
from scheduler.solver.placement.variables import build_variables
from tests.scheduler.solver.random_campaigns import random_problem

PARAMS = Params(seconds=30, workers=1)
SEEDS = range(12)


def best_values(problem: Problem, numbered: bool) -> tuple[int, ...] | None:
    """Every aim of the placement in turn, each held; None where there is no placement."""
    v = build_variables(cp_model.CpModel(), Options(problem, numbered=numbered))
    add_constraints(v)
    values: list[int] = []
    for aim in AIMS:
        v.model.minimize(aim(v))
        answer = solve(v.model, PARAMS, Budget(PARAMS), 20, PLACEMENT)
        if not answer.found:
            return None
        assert answer.proven
        values.append(answer.value)
        v.model.add(aim(v) == answer.value)
    return tuple(values)


@pytest.mark.parametrize("seed", SEEDS)
def test_mixes_and_numbers_come_to_the_same(seed: int) -> None:
    problem = random_problem(seed)
    assert best_values(problem, numbered=False) == best_values(problem, numbered=True)


def test_applicants_alike_are_one_class() -> None:
    problem = random_problem(3)
    classes = Options(problem).classes
    assert sorted(a.reference for k in classes for a in k.members) == sorted(
        a.reference for a in problem.applicants
    )
    assert all(len({a.adjustment for a in k.members}) == 1 for k in classes)
    assert all(len(k.members) == 1 for k in classes if k.members[0].adjustment.interpreter)
