"""Panels counted by mix or by number are two ways to say the same; pools bound both; applicants alike."""

from __future__ import annotations

import pytest
from ortools.sat.python import cp_model

from scheduler.params import Params
from scheduler.problem import FirstChoiceRule, Problem
from scheduler.solver.engine import PLACEMENT, Budget, solve
from scheduler.solver.placement.constraints import add_constraints
from scheduler.solver.placement.ideal import IDEAL_TIERS
from scheduler.solver.placement.objective import AIMS
from scheduler.solver.placement.options import Options, PanelsApart
from scheduler.solver.placement.pool import fill_pools
from scheduler.solver.placement.variables import build_variables
from tests.scheduler.solver.random_campaigns import random_problem

PARAMS = Params(seconds=30, workers=1)
SEEDS = range(12)


def best_values(problem: Problem, apart: PanelsApart) -> tuple[int, ...] | None:
    """Every aim of the placement in turn, each held; None where there is no placement."""
    v = build_variables(cp_model.CpModel(), Options(problem, apart=apart))
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
    assert best_values(problem, PanelsApart.BY_MIX) == best_values(problem, PanelsApart.BY_NUMBER)


@pytest.mark.parametrize("seed", SEEDS)
def test_pools_say_all_about_three_tiers_and_bound_the_fourth(seed: int) -> None:
    problem = random_problem(seed)
    pooled = best_values(problem, PanelsApart.NOT)
    exact = best_values(problem, PanelsApart.BY_NUMBER)
    if problem.panel.first_choice_rule is FirstChoiceRule.HARD or pooled is None or exact is None:
        assert exact is None or (pooled is not None and pooled <= exact)
    else:
        assert pooled[:3] == exact[:3]
        assert pooled[3] <= exact[3]


@pytest.mark.parametrize("seed", SEEDS)
def test_pools_are_dealt_out_to_panels(seed: int) -> None:
    """With what is best in tiers 1 to 3, or where first choices decide, no more than is possible."""
    problem = random_problem(seed)
    exact = best_values(problem, PanelsApart.BY_NUMBER)
    goal = dict(zip(IDEAL_TIERS[:3], exact or (), strict=False))
    options = Options(problem, apart=PanelsApart.BY_NUMBER)
    pools = fill_pools(options, goal, PARAMS, Budget(PARAMS), 20)
    assert pools.answer.found == (exact is not None)
    if exact is None:
        return
    v = build_variables(cp_model.CpModel(), options)
    add_constraints(v)
    pools.fix(v)
    dealt = solve(v.model, PARAMS, Budget(PARAMS), 20, PLACEMENT)
    hard = problem.panel.first_choice_rule is FirstChoiceRule.HARD
    assert dealt.found or hard
    if dealt.found:
        assert [dealt.of(aim(v)) for aim in AIMS[:3]] == list(goal.values())


def test_applicants_alike_are_one_class() -> None:
    problem = random_problem(3)
    classes = Options(problem).classes
    assert sorted(a.reference for k in classes for a in k.members) == sorted(
        a.reference for a in problem.applicants
    )
    assert all(len({a.adjustment for a in k.members}) == 1 for k in classes)
    assert all(len(k.members) == 1 for k in classes if k.members[0].adjustment.interpreter)
