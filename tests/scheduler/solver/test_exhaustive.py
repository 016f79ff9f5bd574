"""Tiers 1 to 4 against an exhaustive search that shares nothing with the solver, on thirty tiny campaigns."""

from __future__ import annotations

from functools import cache

import pytest

from scheduler.checks import breaches_of, tier_values
from scheduler.params import Params
from scheduler.result import Status
from scheduler.solver.schedule import schedule
from tests.scheduler.solver.exhaustive import Best, best_of
from tests.scheduler.solver.random_campaigns import tiny_problem_of

# Of the first three hundred seeds: those whose campaigns have most in them, however they come out.
SEEDS = (
    *(0, 4, 5, 10, 11, 13, 15, 16, 24, 26, 27, 39, 44, 47, 48),
    *(50, 52, 59, 68, 92, 102, 116, 120, 150, 155, 167, 193, 200, 224, 245),
)
FIRST_TIERS = ("unplaced", "panel_half_days", "sessions_held", "without_first_choice_member")


@cache
def best_for(seed: int) -> Best | None:
    return best_of(tiny_problem_of(seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_schedule_finds_and_proves_what_an_exhaustive_search_finds(seed: int) -> None:
    result = schedule(tiny_problem_of(seed), Params(seconds=20, workers=1))
    best = best_for(seed)
    if best is None:
        assert result.status is Status.INFEASIBLE
    else:
        outcomes = [(o.name, o.value, o.bound, o.proven) for o in result.objective[:4]]
        assert outcomes == [
            (name, value, value, True) for name, value in zip(FIRST_TIERS, best.tiers, strict=True)
        ]


@pytest.mark.parametrize("seed", SEEDS)
def test_exhaustive_search_itself_finds_a_sound_timetable(seed: int) -> None:
    """The checks agree with the search, so that neither is alone in its reading of the format."""
    best, problem = best_for(seed), tiny_problem_of(seed)
    if best is not None:
        assert breaches_of(problem, best.timetable, check_rotations=False) == []
        measured = tier_values(problem, best.timetable)
        assert tuple(measured[name] for name in FIRST_TIERS) == best.tiers


def test_seeds_hold_every_sort_of_campaign() -> None:
    """Everybody placed, or some; first choices that cannot be met; several panels and sessions; no answer."""
    solved = [(seed, best) for seed in SEEDS if (best := best_for(seed)) is not None]
    missing = [(best.tiers[0], len(tiny_problem_of(seed).applicants)) for seed, best in solved]
    assert len(SEEDS) == 30
    assert sum(1 for unplaced, _ in missing if unplaced == 0) >= 8
    assert sum(1 for unplaced, everybody in missing if 0 < unplaced < everybody) >= 8
    assert sum(1 for _, best in solved if best.tiers[1] > best.tiers[2]) >= 3
    assert sum(1 for _, best in solved if best.tiers[2] > 1) >= 5
    assert sum(1 for _, best in solved if best.tiers[3] > 0) >= 5
    assert len(solved) < len(SEEDS)
