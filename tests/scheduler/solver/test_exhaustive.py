"""Every tier against an exhaustive search that shares nothing with the solver, on a hundred tiny campaigns.

`python -m tests.scheduler.solver.compare_tiers` compares nine hundred.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from scheduler.checks import breaches_of, tier_values
from scheduler.params import Params
from scheduler.problem import FirstChoiceRule, Problem
from scheduler.result import Status
from scheduler.rules import LINK_GROUP, tiers_of
from scheduler.solver.schedule import schedule
from tests.scheduler.solver.exhaustive_tiers import Optimum, optimum_of
from tests.scheduler.solver.random_campaigns import tiny_problem_of
from tests.scheduler.solver.tied_campaigns import tied_problem_of

# Of the first few hundred of each kind: those with most in them, however they come out, that take under
# a second.
TINY = (
    *(0, 4, 5, 10, 11, 13, 15, 16, 24, 26, 27, 39, 44, 47, 48),
    *(50, 52, 59, 68, 92, 102, 116, 120, 150, 155, 167, 193, 200, 224, 245),
)
TIED = (
    *(28, 33, 36, 42, 43, 46, 48, 49, 55, 58, 63, 64, 66, 75, 80, 86, 90, 92, 98, 102, 105, 108, 114),
    *(115, 120, 121, 123, 124, 128, 132, 134, 138, 140, 145, 148, 152, 153, 157, 160, 164, 177, 180),
    *(181, 185, 193, 196, 197, 210, 211, 214, 216, 227, 229, 231, 234, 240, 247, 249, 252, 256, 259),
    *(261, 262, 263, 270, 273, 290, 291, 392, 571),
)
CAMPAIGNS = tuple([("tiny", seed) for seed in TINY] + [("tied", seed) for seed in TIED])


def problem_of(kind: str, seed: int) -> Problem:
    return tiny_problem_of(seed) if kind == "tiny" else tied_problem_of(seed)


@cache
def optimum_for(kind: str, seed: int) -> Optimum | None:
    return optimum_of(problem_of(kind, seed))


@pytest.mark.parametrize(("kind", "seed"), CAMPAIGNS)
def test_schedule_finds_and_proves_what_an_exhaustive_search_finds(kind: str, seed: int) -> None:
    problem, optimum = problem_of(kind, seed), optimum_for(kind, seed)
    result = schedule(problem, Params(seconds=20, workers=1))
    if optimum is None:
        assert result.status is Status.INFEASIBLE
    else:
        outcomes = [(o.name, o.value, o.bound, o.proven) for o in result.objective]
        names = [tier.key for tier in tiers_of(problem)]
        assert outcomes == [
            (name, value, value, True) for name, value in zip(names, optimum.values, strict=True)
        ]


@pytest.mark.parametrize(("kind", "seed"), CAMPAIGNS)
def test_exhaustive_search_itself_finds_a_sound_timetable(kind: str, seed: int) -> None:
    """The checks agree with the search, so that neither is alone in its reading of the format."""
    problem, optimum = problem_of(kind, seed), optimum_for(kind, seed)
    if optimum is not None:
        assert breaches_of(problem, optimum.timetable, check_rotations=False) == []
        measured = tier_values(problem, optimum.timetable)
        assert tuple(measured[tier.key] for tier in tiers_of(problem)) == optimum.values


def test_seeds_hold_every_sort_of_campaign() -> None:
    """Or the hundred would say less than they seem to."""
    found: Counter[str] = Counter()
    for kind, seed in CAMPAIGNS:
        found.update(sorts_of(problem_of(kind, seed), optimum_for(kind, seed)))
    assert len(CAMPAIGNS) == 100
    assert {sort: number for sort, number in found.items() if number < 5} == {"without an answer": 3}
    assert set(found) == set(SORTS)


SORTS = (
    "without an answer",
    "everybody placed",
    "some placed",
    "several panels",
    "several sessions",
    "first choices lacking",
    "people wait",
    "separate groups of assessors",
    "repeated pairings",
    "many placements tied",
    "tiers in the organiser's order",
    "tiers left out",
    "hard rule",
    "soft rule",
    "no rule",
    "assessors on standby",
    "extra time",
    "breaks",
    "interpreters",
)


def sorts_of(problem: Problem, optimum: Optimum | None) -> list[str]:
    """What this campaign is an example of, of SORTS."""
    if optimum is None:
        return ["without an answer"]
    order = [tier.key for tier in tiers_of(problem)]
    values = Counter(dict(zip(order, optimum.values, strict=True)))
    groups, repeats = divmod(values["assessor_links"], LINK_GROUP)
    needs = [applicant.adjustment for applicant in problem.applicants]
    holds = (
        False,
        values["unplaced"] == 0,
        0 < values["unplaced"] < len(problem.applicants),
        values["panel_half_days"] > 1,
        values["sessions_held"] > 1,
        values["without_first_choice_member"] > 0,
        values["idle_minutes"] > 0,
        groups > 1,
        repeats > 0,
        optimum.placements >= 10,
        problem.tiers != () and len(order) == 9,
        len(order) < 9,
        problem.panel.first_choice_rule is FirstChoiceRule.HARD,
        problem.panel.first_choice_rule is FirstChoiceRule.SOFT,
        problem.panel.first_choice_rule is FirstChoiceRule.OFF,
        any(assessor.standby for assessor in problem.assessors),
        any(need.extra_time_percent for need in needs),
        any(need.break_minutes for need in needs),
        any(need.interpreter for need in needs),
    )
    return [sort for sort, so in zip(SORTS, holds, strict=True) if so]
