"""One rule, one sentence, one name, said three times: in the catalogue, as a check and as a constraint.

And one tier, one name: in the catalogue, as a measure and as an objective of the solver, in one order.
"""

from __future__ import annotations

from scheduler.checks import CHECKS, MEASURES
from scheduler.rules import RULES, TIERS
from scheduler.solver.placement.constraints import CONSTRAINTS as PLACEMENT_CONSTRAINTS
from scheduler.solver.placement.objective import AIMS
from scheduler.solver.rotation_orders import rotation_has_one_meeting_at_a_time
from scheduler.solver.running_order.constraints import CONSTRAINTS as RUNNING_ORDER_CONSTRAINTS
from scheduler.solver.running_order.objective import assessor_links, idle_minutes

KEYS = [rule.key for rule in RULES]


def test_every_rule_has_one_name_of_its_own() -> None:
    assert sorted(set(KEYS)) == sorted(KEYS)


def test_every_rule_is_a_check_of_its_name() -> None:
    assert [check.__name__ for check in CHECKS.values()] == KEYS
    assert list(CHECKS) == KEYS


def test_every_rule_is_a_constraint_of_its_name() -> None:
    constraints = [*PLACEMENT_CONSTRAINTS, *RUNNING_ORDER_CONSTRAINTS, rotation_has_one_meeting_at_a_time]
    assert {constraint.__name__ for constraint in constraints} == set(KEYS)


def test_no_stage_says_a_rule_twice() -> None:
    for constraints in (PLACEMENT_CONSTRAINTS, RUNNING_ORDER_CONSTRAINTS):
        names = [constraint.__name__ for constraint in constraints]
        assert sorted(set(names)) == sorted(names)


def test_every_tier_is_a_measure_and_an_objective_in_one_order() -> None:
    keys = [tier.key for tier in TIERS]
    assert [measure.__name__ for measure in MEASURES.values()] == keys
    assert list(MEASURES) == keys
    assert [aim.__name__ for aim in (*AIMS, assessor_links)] == keys
    # The placement bounds waiting, the running order decides it.
    assert AIMS[-1].__name__ == idle_minutes.__name__
