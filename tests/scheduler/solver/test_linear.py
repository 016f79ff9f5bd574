"""HiGHS and CP-SAT agree on the same models: the translation loses and adds nothing."""

from __future__ import annotations

import random

import pytest
from ortools.sat.python import cp_model

from scheduler.params import Params
from scheduler.solver.engine import PLACEMENT, Budget, solve
from scheduler.solver.linear import linear_has_time, solve_linear

PARAMS = Params(seconds=20, workers=1)


def random_model(seed: int) -> cp_model.CpModel:
    """Small, with every kind of constraint that the placement uses; some have no solution."""
    rng = random.Random(seed)
    model = cp_model.CpModel()
    numbers = [model.new_int_var(-rng.randint(0, 3), rng.randint(1, 6), f"n{i}") for i in range(4)]
    yes_no = [model.new_bool_var(f"b{i}") for i in range(6)]
    everything = [*numbers, *yes_no]

    def some() -> cp_model.LinearExprT:
        return sum(rng.randint(-3, 4) * variable for variable in rng.sample(everything, 4))

    for _ in range(3):
        model.add(some() <= rng.randint(0, 9))
        model.add(some() >= rng.randint(-6, 2)).only_enforce_if(
            rng.choice(yes_no), rng.choice(yes_no).negated()
        )
    gaps = cp_model.Domain.from_values([0, 2, 5, 6, 7])
    model.add_linear_expression_in_domain(sum(numbers), gaps)
    enforced = model.add_linear_expression_in_domain(
        numbers[0] + yes_no[0], cp_model.Domain.from_values([-3, 0, 3])
    )
    enforced.only_enforce_if(yes_no[5])
    model.add(sum(numbers) >= rng.randint(0, 9))
    model.add_at_most_one([yes_no[0], yes_no[1].negated(), yes_no[2]])
    model.add_exactly_one([yes_no[3], yes_no[4]])
    model.add_bool_or([yes_no[0], yes_no[4].negated(), yes_no[5]])
    model.add_implication(yes_no[1], yes_no[5])
    model.minimize(some() - rng.randint(0, 5) * sum(yes_no) + 3)
    return model


@pytest.mark.parametrize("seed", range(40))
def test_linear_solver_finds_and_proves_what_cp_sat_does(seed: int) -> None:
    exact = solve(random_model(seed), PARAMS, Budget(PARAMS), 10, PLACEMENT)
    linear = solve_linear(random_model(seed), PARAMS, Budget(PARAMS), 10)
    assert exact.proven
    if exact.impossible:
        assert (linear.found, linear.impossible) == (False, True)
    else:
        assert (linear.value, linear.bound, linear.proven) == (exact.value, exact.value, True)


def test_random_models_are_of_both_kinds() -> None:
    kinds = [solve(random_model(s), PARAMS, Budget(PARAMS), 10, PLACEMENT).impossible for s in range(40)]
    assert set(kinds) == {True, False}


def test_linear_solver_refuses_what_it_cannot_translate() -> None:
    model = cp_model.CpModel()
    one, other = model.new_int_var(0, 3, "one"), model.new_int_var(0, 3, "other")
    model.add_max_equality(other, [one])
    model.minimize(other)
    with pytest.raises(NotImplementedError):
        solve_linear(model, PARAMS, Budget(PARAMS), 5)


def test_asking_for_time_leaves_the_model_as_it_is() -> None:
    model = random_model(0)
    before = str(model.proto)
    assert linear_has_time(model, Budget(PARAMS), 1.0)
    assert not linear_has_time(model, Budget(PARAMS), 0.0)
    assert linear_has_time(model, Budget(Params(seconds=20, workers=2)), 0.0)
    assert str(model.proto) == before
