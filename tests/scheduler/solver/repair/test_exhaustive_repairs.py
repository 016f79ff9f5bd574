"""A hundred tiny repairs against an exhaustive search that shares nothing with the solver."""

from __future__ import annotations

from functools import cache

import pytest

from scheduler.params import Params
from scheduler.problem import Problem
from scheduler.solver.engine import Budget
from scheduler.solver.repair import stages
from scheduler.solver.repair.door import repair
from scheduler.solver.repair.history import history_of
from scheduler.solver.repair.stages import best_repair
from scheduler.solver.schedule import schedule
from scheduler.timetable import Timetable
from tests.scheduler.solver.random_campaigns import tiny_problem_of
from tests.scheduler.solver.repair.cases import random_disruption
from tests.scheduler.solver.repair.exhaustive import Values, least_change

# By campaign, the disruptions of it that the search can go through in a fraction of a second.
CASES = {
    0: (0, 1, 2, 3, 4, 5, 6, 7),
    1: (0, 1, 2, 3, 4, 5, 7),
    2: (0, 1, 2, 4, 5, 6, 7),
    3: (0, 1, 2, 3, 4, 5, 6, 7),
    4: (0, 1, 2, 3, 4, 5, 6, 7),
    7: (0, 1, 2, 3, 4, 5, 6, 7),
    10: (0, 1, 2, 3, 4, 5, 6, 7),
    11: (1, 2, 4),
    15: (0, 1, 4, 6),
    21: (0,),
    27: (0, 2, 5, 6, 7),
    28: (7,),
    29: (0, 1, 3, 4, 6, 7),
    33: (1, 3, 4, 5),
    34: (3, 7),
    36: (0, 1, 2, 3, 5, 6),
    38: (3,),
    39: (1, 3),
    40: (1, 2, 3, 5, 7),
    41: (3, 5),
    42: (0, 2, 3, 5),
    # A role player in a group run that is written up.
    62: (0, 2, 3),
}
PAIRS = [(seed, number) for seed, numbers in CASES.items() for number in numbers]


@cache
def campaign(seed: int) -> tuple[Problem, Timetable]:
    problem = tiny_problem_of(seed)
    return problem, schedule(problem, Params(seconds=4, workers=1)).timetable


@cache
def least(seed: int, number: int) -> Values:
    problem, timetable = campaign(seed)
    return least_change(problem, timetable, random_disruption(problem, timetable, 100 * seed + number))


@pytest.mark.parametrize(("seed", "number"), PAIRS)
def test_repair_changes_as_few_people_as_an_exhaustive_search(seed: int, number: int) -> None:
    problem, timetable = campaign(seed)
    disruption = random_disruption(problem, timetable, 100 * seed + number)
    found = repair(problem, timetable, disruption, params=Params(seconds=10, workers=1))
    outcome = {tier.name: tier for tier in found.result.objective}
    values = (
        len(found.repairs[-1].left_out),
        outcome["in_another_session"].value,
        outcome["people_changed"].value,
    )
    assert values == least(seed, number)
    assert outcome["people_changed"].proven


@pytest.mark.parametrize(("seed", "number"), [*PAIRS[::4], (62, 0), (62, 3)])
def test_model_without_what_is_found_in_place_changes_as_few_people(seed: int, number: int) -> None:
    problem, timetable = campaign(seed)
    disruption = random_disruption(problem, timetable, 100 * seed + number)
    params = Params(seconds=10, workers=1)
    history = history_of(problem, timetable, (), disruption)
    best = best_repair(history, params, Budget(params), in_place=False)
    assert (len(best.left_out), best.elsewhere, best.bound) == least(seed, number)
    assert best.proven


@pytest.mark.parametrize(("seed", "number"), PAIRS[::3])
def test_repair_in_steps_proves_nothing_that_is_not_so(
    seed: int, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a larger campaign is repaired, one session after the other; most answers are the least even so."""
    monkeypatch.setattr(stages, "SMALL", 0)
    problem, timetable = campaign(seed)
    disruption = random_disruption(problem, timetable, 100 * seed + number)
    found = repair(problem, timetable, disruption, params=Params(seconds=10, workers=1))
    outcome = {tier.name: tier for tier in found.result.objective}
    people = outcome["people_changed"]
    values = (len(found.repairs[-1].left_out), outcome["in_another_session"].value, people.value)
    assert values >= least(seed, number)
    assert values == least(seed, number) or not people.proven
    assert people.bound <= least(seed, number)[2] or values[0] > 0


def test_cases_hold_every_sort_of_repair() -> None:
    """A hundred and three; some with people left out, some who go elsewhere, most with somebody to tell."""
    found = [least(seed, number) for seed, number in PAIRS]
    assert len(found) == 103
    assert sum(1 for unplaced, _, _ in found if unplaced) >= 10
    assert sum(1 for _, elsewhere, _ in found if elsewhere) >= 1
    assert sum(1 for _, _, people in found if people) >= 40
